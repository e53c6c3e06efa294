/* salience: see the header. */
#include "processors/language/salience.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>

enum {
    LETTERS = 26,
    SHORT_MAX = 3,         /* "US" is not "us" */
    TITLE_NAMES_MAX = 8,   /* of an entity that are looked for in the title */
    INITIALS_MAX = 8,      /* of an agency */
    MENTIONS_OF_NAMES = 2, /* a name counts as much as so many pronouns */
};

struct standing {
    uint32_t mentions;        /* outside the dateline */
    uint32_t sentence;        /* of the first of them */
    bool in_title, is_barred; /* the publisher, or of the dateline alone */
    uint32_t stands_for;      /* the entity that has its mentions; often itself */
};

struct ranked {
    uint32_t entity;
    float weight;
};

struct weigher {
    const struct article *article;
    struct standing *standings; /* of each entity */
    struct ranked *ranked;
    size_t count;
    bool *holds_words;
};

struct str salience_words(const struct article *article, const struct article_name *name)
{
    return str_slice(article->text, article->tokens.items[name->first].start,
                     article->tokens.items[name->end - 1].end);
}

static const struct article_name *name_of(const struct article *article, const struct article_entity *entity,
                                          size_t at)
{
    return &article->names.items[entity->names[at]];
}

/* ---- The title ---- */

static bool is_word_byte(struct str text, size_t at)
{
    unsigned char c = at < text.len ? (unsigned char)text.ptr[at] : ' ';
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool title_holds(struct str title, struct str words)
{
    for (size_t from = 0; words.len && from < title.len;) {
        ptrdiff_t at =
            words.len > SHORT_MAX ? str_find_nocase(title, words, from) : str_find(title, words, from);
        if (at < 0)
            return false;
        if ((at == 0 || !is_word_byte(title, (size_t)at - 1)) && !is_word_byte(title, (size_t)at + words.len))
            return true;
        from = (size_t)at + 1;
    }
    return false;
}

/* Titles name people by their last name. */
static bool is_in_title(const struct article *article, const struct article_entity *entity)
{
    bool found = title_holds(article->title, entity->name);
    for (size_t i = 0; i < entity->name_count && i < TITLE_NAMES_MAX && !found; i++) {
        const struct article_name *name = name_of(article, entity, i);
        struct article_name last = *name;
        last.first = entity->type == NAME_PERSON ? name->end - 1 : name->first;
        found = title_holds(article->title, salience_words(article, name)) ||
                title_holds(article->title, salience_words(article, &last));
    }
    return found;
}

/* ---- Who writes ---- */

static struct str without_the(struct str name)
{
    return str_starts_nocase(name, STR("the ")) ? str_slice(name, 4, name.len) : name;
}

/* "AFP" of "Agence France-Presse". */
static bool has_initials(struct str name, struct str initials)
{
    char letters[INITIALS_MAX];
    size_t count = 0;
    for (size_t i = 0; i < name.len; i++)
        if (name.ptr[i] >= 'A' && name.ptr[i] <= 'Z' && !(i && is_word_byte(name, i - 1))) {
            if (count == INITIALS_MAX)
                return false;
            letters[count++] = name.ptr[i];
        }
    return count > 1 && str_equal(initials, str_make(letters, count));
}

static bool is_house(struct str house, const struct article_entity *entity)
{
    struct str name = without_the(entity->name);
    house = without_the(house);
    if (str_empty(house) || str_empty(name))
        return false;
    if (str_equal_nocase(house, name))
        return true;
    if (entity->type != NAME_ORGANISATION) /* "France 24" is not France */
        return false;
    size_t shorter = house.len < name.len ? house.len : name.len;
    struct str longer = house.len < name.len ? name : house;
    struct str rest = str_slice(longer, shorter, longer.len);
    bool same =
        str_starts_nocase(longer, house.len < name.len ? house : name) && str_starts(rest, STR(" News"));
    return same || has_initials(name, house); /* "Xinhua", "Xinhua News Agency" */
}

static bool is_publisher(const struct article *article, const struct article_entity *entity)
{
    struct str publisher = article->feed.publisher.len ? article->feed.publisher : article->feed.title;
    return is_house(publisher, entity) || is_house(article->dateline.agency, entity);
}

/* ---- Weights ---- */

static void look_at(struct weigher *weigher, uint32_t at)
{
    const struct article *article = weigher->article;
    const struct article_entity *entity = &article->entities.items[at];
    struct standing *standing = &weigher->standings[at];
    *standing = (struct standing){.stands_for = at, .sentence = UINT32_MAX};
    for (size_t i = 0; i < entity->name_count; i++) {
        const struct article_name *name = name_of(article, entity, i);
        if (name->span.start < article->dateline.span.end)
            continue;
        standing->mentions += MENTIONS_OF_NAMES;
        if (name->sentence < standing->sentence)
            standing->sentence = name->sentence;
    }
    standing->mentions += (uint32_t)entity->reference_count;
    standing->in_title = is_in_title(article, entity);
    standing->is_barred = is_publisher(article, entity) || (!standing->mentions && !standing->in_title);
}

static size_t country_at(const char country[3])
{
    bool code = country[0] >= 'A' && country[0] <= 'Z' && country[1] >= 'A' && country[1] <= 'Z';
    return code ? (size_t)(country[0] - 'A') * LETTERS + (size_t)(country[1] - 'A') : LETTERS * LETTERS;
}

/* A people's mentions, and those of a state's other names, are the state's. */
static void join_countries(struct weigher *weigher)
{
    const struct article *article = weigher->article;
    uint32_t states[LETTERS * LETTERS + 1] = {0}; /* 1 + the entity that stands for each country; 0 = none */
    for (int round = 0; round < 2; round++)
        for (uint32_t i = 0; i < article->entities.count; i++) {
            const struct article_entity *entity = &article->entities.items[i];
            struct standing *standing = &weigher->standings[i];
            size_t country = country_at(entity->country);
            bool joins =
                round == 0 ? entity->type == NAME_PLACE && entity->state : entity->type == NAME_GROUP;
            if (!joins || standing->is_barred || country == LETTERS * LETTERS)
                continue;
            if (!states[country])
                states[country] = i + 1;
            standing->stands_for = states[country] - 1;
            if (standing->stands_for == i)
                continue;
            struct standing *whole = &weigher->standings[standing->stands_for];
            whole->mentions += standing->mentions;
            whole->sentence = standing->sentence < whole->sentence ? standing->sentence : whole->sentence;
            whole->in_title |= standing->in_title;
        }
}

static bool may_be_keyword(const struct article_entity *entity)
{
    switch (entity->type) {
    case NAME_PERSON:
    case NAME_PLACE:
    case NAME_ORGANISATION:
        return true;
    case NAME_GROUP:
        return entity->country[0] != '\0';
    default:
        return false;
    }
}

static float weight_of(const struct standing *standing)
{
    float early = standing->sentence == UINT32_MAX ? 1.0f : 1.0f + 1.0f / (1.0f + (float)standing->sentence);
    float often = 1.0f + logf(1.0f + (float)standing->mentions / MENTIONS_OF_NAMES);
    return often * early * (standing->in_title ? 1.6f : 1.0f);
}

static int by_weight(const void *a, const void *b)
{
    const struct ranked *x = a, *y = b;
    if (x->weight != y->weight)
        return x->weight < y->weight ? 1 : -1;
    return x->entity < y->entity ? -1 : x->entity > y->entity;
}

static void rank(struct weigher *weigher)
{
    for (uint32_t i = 0; i < weigher->article->entities.count; i++) {
        const struct standing *standing = &weigher->standings[i];
        bool matters =
            standing->mentions > MENTIONS_OF_NAMES || standing->in_title || standing->sentence == 0;
        if (matters && !standing->is_barred && standing->stands_for == i &&
            may_be_keyword(&weigher->article->entities.items[i]))
            weigher->ranked[weigher->count++] = (struct ranked){i, weight_of(standing)};
    }
    qsort(weigher->ranked, weigher->count, sizeof(*weigher->ranked), by_weight);
}

static struct str without_plural(struct str name)
{
    return str_ends(name, STR("s")) ? str_slice(name, 0, name.len - 1) : name;
}

/* A name counts once, whatever its types: "the Houthi", "the Houthis". */
static bool is_chosen(const struct salience *salience, struct str name)
{
    for (size_t i = 0; i < salience->count; i++)
        if (str_equal_nocase(without_plural(salience->items[i].name), without_plural(name)))
            return true;
    return false;
}

static void choose(struct weigher *weigher, struct salience *ret_salience)
{
    const struct article *article = weigher->article;
    for (size_t i = 0; i < weigher->count && ret_salience->count < SALIENT_MAX; i++) {
        const struct ranked *ranked = &weigher->ranked[i];
        struct str name = article->entities.items[ranked->entity].name;
        if (!is_chosen(ret_salience, name))
            ret_salience->items[ret_salience->count++] = (struct salient_entity){name, ranked->weight};
    }
    for (size_t i = 0; i < article->entities.count; i++) {
        const struct standing *standing = &weigher->standings[i];
        weigher->holds_words[i] = standing->is_barred ||
                                  is_chosen(ret_salience, article->entities.items[i].name) ||
                                  is_chosen(ret_salience, article->entities.items[standing->stands_for].name);
    }
    ret_salience->holds_words = weigher->holds_words;
}

int salience_find(const struct article *article, struct salience *ret_salience)
{
    size_t count = article->entities.count;
    struct weigher weigher = {.article = article,
                              .standings = arena_new_array(article->arena, struct standing, count + 1),
                              .ranked = arena_new_array(article->arena, struct ranked, count + 1),
                              .holds_words = arena_new_array(article->arena, bool, count + 1)};
    *ret_salience = (struct salience){0};
    if (!weigher.standings || !weigher.ranked || !weigher.holds_words)
        return -ENOMEM;
    for (uint32_t i = 0; i < count; i++)
        look_at(&weigher, i);
    join_countries(&weigher);
    rank(&weigher);
    choose(&weigher, ret_salience);
    return 0;
}
