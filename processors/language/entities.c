/* entities: see the header. */
#include "processors/language/entities.h"

#include <errno.h>
#include <stdlib.h>

#include "base/hash.h"

/* A name under a key: its own words, or a person's last ones. */
enum part { WHOLE, TAIL };

struct keyed {
    uint64_t key;
    uint32_t name;
    enum part part;
};

struct finder {
    struct article *article;
    uint32_t *entity_of; /* of each name: 1 + its entity, 0 = none yet */
    struct keyed *keys;
    size_t count;
};

static struct str words_of(const struct article *article, uint32_t first, uint32_t end)
{
    return str_slice(article->text, article->tokens.items[first].start, article->tokens.items[end - 1].end);
}

enum { FOLDED_MAX = 96 };

/* Of people in small letters: "Siddiq al-Ghariani" is "Al-Ghariani" at the head of a sentence. */
static uint64_t key_of_words(enum name_type type, struct str words)
{
    char folded[FOLDED_MAX];
    for (size_t i = 0; i < words.len && type == NAME_PERSON && words.len <= FOLDED_MAX; i++)
        folded[i] = words.ptr[i] >= 'A' && words.ptr[i] <= 'Z' ? (char)(words.ptr[i] | 0x20) : words.ptr[i];
    bool fold = type == NAME_PERSON && words.len <= FOLDED_MAX;
    return hash_64_seeded((uint64_t)type + 1, fold ? str_make(folded, words.len) : words);
}

static uint64_t key_of(const struct article *article, const struct article_name *name, uint32_t first)
{
    return key_of_words(name->type, words_of(article, first, name->end));
}

static int by_key(const void *a, const void *b)
{
    const struct keyed *x = a, *y = b;
    if (x->key != y->key)
        return x->key < y->key ? -1 : 1;
    return x->name < y->name ? -1 : x->name > y->name;
}

/* Names of the same words. */
static void join_same(struct finder *finder, uint32_t *root)
{
    const struct article *article = finder->article;
    for (uint32_t i = 0; i < article->names.count; i++)
        finder->keys[i] = (struct keyed){
            key_of(article, &article->names.items[i], article->names.items[i].first), i, WHOLE};
    qsort(finder->keys, article->names.count, sizeof(*finder->keys), by_key);
    for (size_t i = 0; i < article->names.count; i++)
        root[finder->keys[i].name] = i && finder->keys[i - 1].key == finder->keys[i].key
                                         ? root[finder->keys[i - 1].name]
                                         : finder->keys[i].name;
}

static uint32_t top(uint32_t *root, uint32_t name)
{
    while (root[name] != name) {
        root[name] = root[root[name]]; /* keeps the ways short */
        name = root[name];
    }
    return name;
}

/* The two are of one: the first in the text stands for both. */
static void join(uint32_t *root, uint32_t a, uint32_t b)
{
    a = top(root, a);
    b = top(root, b);
    root[a > b ? a : b] = a > b ? b : a;
}

/* One word alone is the last longer name before that ends (begins) with it: "Smith", "the Commission". */
static void join_single(struct finder *finder, uint32_t *root, enum name_type type, bool by_end)
{
    const struct article *article = finder->article;
    size_t count = 0;
    for (uint32_t i = 0; i < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i];
        uint32_t word = by_end ? name->end - 1 : name->first;
        if (name->type == type)
            finder->keys[count++] =
                (struct keyed){key_of_words(type, words_of(article, word, word + 1)), i, WHOLE};
    }
    qsort(finder->keys, count, sizeof(*finder->keys), by_key);
    uint32_t longer = 0;
    uint64_t key = 0; /* whose last name of several words is `longer` */
    for (size_t i = 0; i < count; i++) {
        const struct article_name *name = &article->names.items[finder->keys[i].name];
        if (name->end - name->first > 1) {
            longer = finder->keys[i].name;
            key = finder->keys[i].key;
        } else if (key == finder->keys[i].key && root[finder->keys[i].name] == finder->keys[i].name) {
            join(root, finder->keys[i].name, longer);
        }
    }
}

enum { TAILS_MAX = 4, TAIL_WORDS_MIN = 2 };

/* Several words are the last longer name of a person before that ends with them: "Oduro-Mensah", "van der
 * Berg". */
static void join_tails(struct finder *finder, uint32_t *root)
{
    const struct article *article = finder->article;
    size_t count = 0;
    for (uint32_t i = 0; i < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i];
        if (name->type != NAME_PERSON)
            continue;
        if (name->end - name->first >= TAIL_WORDS_MIN)
            finder->keys[count++] = (struct keyed){key_of(article, name, name->first), i, WHOLE};
        for (uint32_t at = name->first + 1, tails = 0; at + TAIL_WORDS_MIN <= name->end && tails < TAILS_MAX;
             at++, tails++)
            finder->keys[count++] = (struct keyed){key_of(article, name, at), i, TAIL};
    }
    qsort(finder->keys, count, sizeof(*finder->keys), by_key);
    for (size_t i = 0, longer = count; i < count; i++) {
        const struct keyed *at = &finder->keys[i];
        if (at->part == TAIL)
            longer = i;
        else if (longer < count && finder->keys[longer].key == at->key)
            join(root, at->name, finder->keys[longer].name);
    }
}

/* A word within a person's name and alone elsewhere: "Eugenia Landaeta Mirabal", "Landaeta". Not where two
 * have it. */
static void join_middles(struct finder *finder, uint32_t *root)
{
    const struct article *article = finder->article;
    size_t count = 0;
    for (uint32_t i = 0; i < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i];
        if (name->type != NAME_PERSON)
            continue;
        if (name->end - name->first == 1)
            finder->keys[count++] = (struct keyed){key_of(article, name, name->first), i, WHOLE};
        for (uint32_t at = name->first + 1, tails = 0; at + 1 < name->end && tails < TAILS_MAX; at++, tails++)
            finder->keys[count++] =
                (struct keyed){key_of_words(NAME_PERSON, words_of(article, at, at + 1)), i, TAIL};
    }
    qsort(finder->keys, count, sizeof(*finder->keys), by_key);
    for (size_t i = 0, end; i < count; i = end) {
        uint32_t longer = UINT32_MAX;
        bool one = true;
        for (end = i; end < count && finder->keys[end].key == finder->keys[i].key; end++)
            if (finder->keys[end].part == TAIL) {
                one &= longer == UINT32_MAX || top(root, longer) == top(root, finder->keys[end].name);
                longer = finder->keys[end].name;
            }
        for (size_t k = i; k < end && one && longer != UINT32_MAX; k++) {
            const struct article_name *first = &article->names.items[top(root, finder->keys[k].name)];
            if (finder->keys[k].part == WHOLE && first->end - first->first == 1) /* no surname of another */
                join(root, finder->keys[k].name, longer);
        }
    }
}

/* "Israeli" and "Israelis" are the same people. */
static void join_plurals(struct finder *finder, uint32_t *root)
{
    const struct article *article = finder->article;
    size_t count = 0;
    for (uint32_t i = 0; i < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i];
        struct str words = words_of(article, name->first, name->end);
        if (name->type != NAME_GROUP)
            continue;
        if (str_ends(words, STR("s")))
            words = str_slice(words, 0, words.len - 1);
        finder->keys[count++] = (struct keyed){key_of_words(NAME_GROUP, words), i, WHOLE};
    }
    qsort(finder->keys, count, sizeof(*finder->keys), by_key);
    for (size_t i = 1; i < count; i++)
        if (finder->keys[i].key == finder->keys[i - 1].key)
            join(root, finder->keys[i].name, finder->keys[i - 1].name);
}

/* ---- Acronyms ---- */

enum { INITIALS_MAX = 12 };

static bool is_capital(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* The first letters of a name's words that have a capital ("OSCE"); of a word alone in capitals, with stops
 * or without ("U.N."), its letters. Their number; 0 = it is neither. */
static size_t initials_of(const struct article *article, const struct article_name *name,
                          char initials[INITIALS_MAX])
{
    size_t count = 0;
    if (name->end - name->first > 1) {
        for (uint32_t at = name->first; at < name->end; at++) {
            char c = article->text.ptr[article->tokens.items[at].start];
            if (is_capital(c) && count < INITIALS_MAX)
                initials[count++] = c;
        }
        return count;
    }
    struct str word = words_of(article, name->first, name->end);
    for (size_t i = 0; i < word.len; i++) {
        if (word.ptr[i] == '.')
            continue;
        if (!is_capital(word.ptr[i]) || count == INITIALS_MAX)
            return 0;
        initials[count++] = word.ptr[i];
    }
    return count;
}

/* "OSCE" is the organisation of whose words it has the first letters, "U.S." the state, before or behind it.
 */
static void join_acronyms(struct finder *finder, uint32_t *root, enum name_type type)
{
    const struct article *article = finder->article;
    char initials[INITIALS_MAX];
    size_t count = 0;
    for (uint32_t i = 0; i < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i];
        size_t length = name->type == type ? initials_of(article, name, initials) : 0;
        if (length > 1)
            finder->keys[count++] = (struct keyed){hash_64(str_make(initials, length)), i,
                                                   name->end - name->first > 1 ? WHOLE : TAIL};
    }
    qsort(finder->keys, count, sizeof(*finder->keys), by_key);
    for (size_t i = 0, end; i < count; i = end) {
        size_t whole = count;
        for (end = i; end < count && finder->keys[end].key == finder->keys[i].key; end++)
            if (finder->keys[end].part == WHOLE && whole == count)
                whole = end;
        for (size_t k = i; k < end; k++) /* "U.S." and "US" too */
            if (finder->keys[k].part == TAIL)
                join(root, finder->keys[k].name, finder->keys[whole < count ? whole : i].name);
    }
}

/* Is the name one word, mostly in capitals: "PLRA", "M23", "FNDCs"? */
static bool is_short(const struct article *article, const struct article_name *name)
{
    struct str word = words_of(article, name->first, name->end);
    size_t capitals = 0;
    for (size_t i = 0; i < word.len; i++)
        capitals += is_capital(word.ptr[i]);
    return name->end - name->first == 1 && capitals * 2 > word.len;
}

/* "the Authentic Radical Liberal Party (PLRA)": what stands in brackets behind a name is its short form, in
 * whatever language. */
static void join_brackets(struct finder *finder, uint32_t *root)
{
    const struct article *article = finder->article;
    for (uint32_t i = 0; i + 1 < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i], *next = name + 1;
        bool between = next->first == name->end + 1 && next->end < article->tokens.count &&
                       str_equal(words_of(article, name->end, next->first), STR("(")) &&
                       str_equal(words_of(article, next->end, next->end + 1), STR(")"));
        bool whole = name->type == NAME_ORGANISATION && name->end - name->first > 1;
        if (between && whole && next->type != NAME_PERSON && is_short(article, next))
            join(root, i, i + 1);
    }
}

static int add_entity(struct article *article, const struct article_name *name)
{
    struct article_entity *entity = article_list_add(article->arena, &article->entities);
    if (!entity)
        return -ENOMEM;
    *entity = (struct article_entity){.type = name->type, .name = words_of(article, name->first, name->end)};
    return 0;
}

/* One entity for each root, in the order of first mention, and how many names it has. */
static int make_entities(struct finder *finder, uint32_t *root)
{
    struct article *article = finder->article;
    for (uint32_t i = 0; i < article->names.count; i++) {
        uint32_t first = top(root, i);
        if (!finder->entity_of[first]) {
            if (add_entity(article, &article->names.items[first]))
                return -ENOMEM;
            finder->entity_of[first] = (uint32_t)article->entities.count;
        }
        finder->entity_of[i] = finder->entity_of[first];
        article->names.items[i].entity = finder->entity_of[i] - 1;
        article->entities.items[finder->entity_of[i] - 1].name_count++;
    }
    return 0;
}

/* Each entity's names, of which it has name_count: pieces of one list of all. */
static void give_lists(struct article *article, uint32_t *list)
{
    for (size_t i = 0; i < article->entities.count; i++) {
        article->entities.items[i].names = list;
        list += article->entities.items[i].name_count;
        article->entities.items[i].name_count = 0;
    }
    for (uint32_t i = 0; i < article->names.count; i++) {
        struct article_entity *entity = &article->entities.items[article->names.items[i].entity];
        entity->names[entity->name_count++] = i;
    }
}

static void call_by_longest(struct article *article)
{
    for (uint32_t i = 0; i < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i];
        struct article_entity *entity = &article->entities.items[name->entity];
        struct str words = words_of(article, name->first, name->end);
        if (words.len > entity->name.len)
            entity->name = words;
    }
}

int entities_find(struct article *article)
{
    struct finder finder = {
        .article = article,
        .entity_of = arena_new_array(article->arena, uint32_t, article->names.count + 1),
        .keys = arena_new_array(article->arena, struct keyed, article->names.count * (TAILS_MAX + 1) + 1)};
    uint32_t *root = arena_new_array(article->arena, uint32_t, article->names.count + 1);
    uint32_t *lists = arena_new_array(article->arena, uint32_t, article->names.count + 1);
    if (!finder.entity_of || !finder.keys || !root || !lists)
        return -ENOMEM;
    join_same(&finder, root);
    join_tails(&finder, root);
    join_single(&finder, root, NAME_PERSON, true);
    join_single(&finder, root, NAME_PERSON, false);
    join_single(&finder, root, NAME_ORGANISATION, true);
    join_middles(&finder, root);
    join_plurals(&finder, root);
    join_brackets(&finder, root);
    join_acronyms(&finder, root, NAME_ORGANISATION);
    join_acronyms(&finder, root, NAME_PLACE);
    if (make_entities(&finder, root))
        return -ENOMEM;
    call_by_longest(article);
    give_lists(article, lists);
    return 0;
}

int entities_regroup(struct article *article, const uint32_t *entity_of)
{
    size_t before = article->entities.count, count = 0;
    struct article_entity *entities = arena_new_array(article->arena, struct article_entity, before + 1);
    uint32_t *numbers = arena_new_array(article->arena, uint32_t, before + 1); /* from 1; 0 = none yet */
    uint32_t *lists = arena_new_array(article->arena, uint32_t, article->names.count + 1);
    if (!entities || !numbers || !lists)
        return -ENOMEM;
    for (uint32_t i = 0; i < article->names.count; i++) {
        uint32_t *number = &numbers[entity_of[i]];
        if (!*number) {
            entities[count++] = article->entities.items[entity_of[i]];
            *number = (uint32_t)count;
            entities[count - 1].name_count = 0;
        }
        article->names.items[i].entity = *number - 1;
        entities[*number - 1].name_count++;
    }
    article->entities.items = entities;
    article->entities.count = count;
    article->entities.capacity = before + 1;
    give_lists(article, lists);
    return 0;
}
