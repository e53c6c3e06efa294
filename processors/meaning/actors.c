/* actors: see the header. */
#include "processors/meaning/actors.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "processors/meaning/built_in_text.h"
#include "processors/meaning/country_code_table.h"
#include "processors/meaning/lexicon_lines.h"
#include "processors/meaning/speakers.h"

enum { LEXICON_BYTES_MAX = 1 << 20 };

/* A noun with its role, or a name with its code. */
struct entry {
    struct str word, code;
    char country[3]; /* of a name: its code is a role of this country */
};

/* Someone in office, by the family name that ends the name. */
struct holder {
    struct str word, code; /* word first: found as entries are */
    char country[3];
    int from, to; /* years; to 0 = still */
};

struct actors {
    struct arena *arena;
    struct entry *nouns, *names;
    struct holder *holders;
    size_t noun_count, noun_capacity, name_count, name_capacity, holder_count, holder_capacity;
};

BUILT_IN_TEXT(newsd_actor_lexicon, "processors/meaning/actor_lexicon.txt");

struct str actors_text(void)
{
    return str_make(newsd_actor_lexicon, newsd_actor_lexicon_bytes);
}

/* ---- Reading ---- */

static int read_nouns(struct actors *actors, struct lexicon_lines *lines, struct str code, struct str words)
{
    struct str word;
    if (code.len != 3)
        return lexicon_wrong(lines, "a role has three letters", code);
    while (lexicon_word(&words, &word)) {
        if (arena_grow(actors->arena, (void **)&actors->nouns, actors->noun_count, &actors->noun_capacity,
                       sizeof(struct entry)))
            return lexicon_no_memory(lines);
        actors->nouns[actors->noun_count++] = (struct entry){.word = word, .code = code};
    }
    return 0;
}

static int read_names(struct actors *actors, struct lexicon_lines *lines, struct str head, struct str names)
{
    struct entry entry = {0};
    struct str country = STR_NONE;
    if (!lexicon_word(&head, &entry.code) || (lexicon_word(&head, &country) && country.len != 2))
        return lexicon_wrong(lines, "a code and perhaps a country of two letters are wanted", country);
    if (country.len)
        memcpy(entry.country, country.ptr, 2);
    while (str_split(&names, '|', &entry.word)) {
        entry.word = str_trim_ascii(entry.word);
        if (str_empty(entry.word))
            return lexicon_wrong(lines, "a name is empty", names);
        if (arena_grow(actors->arena, (void **)&actors->names, actors->name_count, &actors->name_capacity,
                       sizeof(entry)))
            return lexicon_no_memory(lines);
        actors->names[actors->name_count++] = entry;
    }
    return 0;
}

static bool read_years(struct str text, int *ret_from, int *ret_to)
{
    int64_t from, to = 0;
    ptrdiff_t dash = str_find_byte(text, '-', 0);
    if (dash <= 0 || !str_to_int64(str_slice(text, 0, (size_t)dash), &from) ||
        ((size_t)dash + 1 < text.len && !str_to_int64(str_slice(text, (size_t)dash + 1, text.len), &to)))
        return false;
    *ret_from = (int)from;
    *ret_to = (int)to;
    return from > 1900 && from < 3000 && (to == 0 || (to >= from && to < 3000));
}

/* "holder RU GOV 2000-2008: Name | Name" */
static int read_holders(struct actors *actors, struct lexicon_lines *lines, struct str head, struct str names)
{
    struct holder holder = {0};
    struct str country = STR_NONE, years = STR_NONE;
    if (!lexicon_word(&head, &country) || country.len != 2 || !lexicon_word(&head, &holder.code) ||
        holder.code.len != 3 || !lexicon_word(&head, &years) || !read_years(years, &holder.from, &holder.to))
        return lexicon_wrong(lines, "a country, a role and years (2000-2008, 2012-) are wanted", years);
    memcpy(holder.country, country.ptr, 2);
    while (str_split(&names, '|', &holder.word)) {
        holder.word = str_trim_ascii(holder.word);
        if (str_empty(holder.word))
            return lexicon_wrong(lines, "a name is empty", names);
        if (arena_grow(actors->arena, (void **)&actors->holders, actors->holder_count,
                       &actors->holder_capacity, sizeof(holder)))
            return lexicon_no_memory(lines);
        actors->holders[actors->holder_count++] = holder;
    }
    return 0;
}

static int read_line(struct actors *actors, struct lexicon_lines *lines, struct str line)
{
    ptrdiff_t colon = str_find_byte(line, ':', 0);
    struct str head = colon < 0 ? line : str_slice(line, 0, (size_t)colon), kind = STR_NONE;
    struct str body = colon < 0 ? STR_NONE : str_slice(line, (size_t)colon + 1, line.len);
    bool noun = lexicon_word(&head, &kind) && str_equal(kind, STR("actor"));
    if (colon >= 0 && str_equal(kind, STR("holder")))
        return read_holders(actors, lines, head, body);
    if (colon < 0 || (!noun && !str_equal(kind, STR("name"))))
        return lexicon_wrong(lines, "'actor ROLE: ...', 'name CODE: ...' or 'holder ...' is wanted", line);
    return noun ? read_nouns(actors, lines, str_trim_ascii(head), body)
                : read_names(actors, lines, head, body);
}

static int by_word(const void *a, const void *b)
{
    struct str x = ((const struct entry *)a)->word, y = ((const struct entry *)b)->word;
    int order = memcmp(x.ptr, y.ptr, x.len < y.len ? x.len : y.len);
    return order ? order : (x.len > y.len) - (x.len < y.len);
}

static int by_holder(const void *a, const void *b)
{
    const struct holder *x = a, *y = b;
    struct entry left = {.word = x->word}, right = {.word = y->word};
    int order = by_word(&left, &right);
    return order ? order : (x->from > y->from) - (x->from < y->from);
}

int actors_create(struct actors **ret_actors, const char *name, struct str text, struct error *error)
{
    struct arena *arena = arena_create(LEXICON_BYTES_MAX);
    struct actors *actors = arena ? arena_new(arena, struct actors) : NULL;
    struct lexicon_lines lines = {.name = name, .rest = text, .error = error};
    struct str line;
    int failure = actors ? 0 : lexicon_no_memory(&lines);
    if (actors)
        actors->arena = arena;
    while (!failure && lexicon_line(&lines, &line))
        failure = read_line(actors, &lines, line);
    if (failure) {
        arena_destroy(&arena);
        *ret_actors = NULL;
        return failure;
    }
    if (actors->noun_count)
        qsort(actors->nouns, actors->noun_count, sizeof(struct entry), by_word);
    if (actors->name_count)
        qsort(actors->names, actors->name_count, sizeof(struct entry), by_word);
    if (actors->holder_count)
        qsort(actors->holders, actors->holder_count, sizeof(struct holder), by_holder);
    *ret_actors = actors;
    return 0;
}

void actors_destroy(struct actors **actors)
{
    struct arena *arena = *actors ? (*actors)->arena : NULL;
    arena_destroy(&arena);
    *actors = NULL;
}

static const struct entry *find(const struct entry *entries, size_t count, struct str word)
{
    struct entry wanted = {.word = word};
    return word.len && count ? bsearch(&wanted, entries, count, sizeof(*entries), by_word) : NULL;
}

/* ---- Countries and roles ---- */

static int by_code(const void *wanted, const void *row)
{
    return strcmp(wanted, ((const struct country_code *)row)->two);
}

/* "RUS" of "RU"; "" when there is none. */
static const char *three_letters(const char *two)
{
    const struct country_code *found =
        two[0] ? bsearch(two, country_codes, sizeof(country_codes) / sizeof(country_codes[0]),
                         sizeof(country_codes[0]), by_code)
               : NULL;
    return found ? found->three : "";
}

static const char *sector_of_role(enum role_class class)
{
    static const char *const sectors[ROLE_CLASSES] = {
        [ROLE_NONE] = "",          [ROLE_HEAD_OF_STATE] = "GOV", [ROLE_HEAD_OF_GOVERNMENT] = "GOV",
        [ROLE_MINISTER] = "GOV",   [ROLE_DIPLOMAT] = "GOV",      [ROLE_SPOKESPERSON] = "GOV",
        [ROLE_LEGISLATOR] = "LEG", [ROLE_PARTY] = "PTY",         [ROLE_OPPOSITION] = "OPP",
        [ROLE_REGIONAL] = "GOV",   [ROLE_OFFICIAL] = "GOV",      [ROLE_MILITARY] = "MIL",
        [ROLE_POLICE] = "COP",     [ROLE_INTELLIGENCE] = "SPY",  [ROLE_JUDICIAL] = "JUD",
        [ROLE_REBEL] = "REB",      [ROLE_LEADER] = "",           [ROLE_BUSINESS] = "BUS",
        [ROLE_RELIGIOUS] = "REL",  [ROLE_ROYAL] = "GOV",         [ROLE_ACTIVIST] = "OPP",
        [ROLE_EXPERT] = "EDU",     [ROLE_JOURNALIST] = "MED",    [ROLE_LAWYER] = "JUD",
        [ROLE_MEDICAL] = "HLH",    [ROLE_SPORT] = "CVL",         [ROLE_ARTIST] = "CVL",
        [ROLE_CRIMINAL] = "CRM",   [ROLE_CITIZEN] = "CVL"};
    return sectors[class];
}

static void set_country(struct event_actor *actor, const char country[3])
{
    memcpy(actor->country, country, sizeof(actor->country));
}

static void set_sector(struct event_actor *actor, struct str sector)
{
    size_t length = sector.len < 3 ? sector.len : 3;
    memcpy(actor->sector, sector.ptr, length);
    actor->sector[length] = 0;
}

/* Country and role in one: "RUSGOV". */
static void set_code(const struct article *article, struct event_actor *actor)
{
    const char *country = three_letters(actor->country);
    if (country[0] || actor->sector[0])
        actor->cameo = arena_printf(article->arena, "%s%s", country, actor->sector);
}

/* A name of the lexicon: its code, or its country and role. */
static bool known_name(const struct actors *actors, const struct article *article, struct str name,
                       struct event_actor *actor)
{
    const struct entry *entry = find(actors->names, actors->name_count, name);
    if (!entry)
        return false;
    if (entry->country[0]) {
        set_country(actor, entry->country);
        set_sector(actor, entry->code);
        set_code(article, actor);
    } else {
        actor->cameo = entry->code;
    }
    return true;
}

/* ---- Of an entity ---- */

/* A capital, or a country, that acts is its government. */
static void of_place(const struct article *article, const struct article_entity *entity,
                     struct event_actor *actor)
{
    set_country(actor, entity->country);
    if (entity->capital)
        set_sector(actor, STR("GOV"));
    set_code(article, actor);
}

/* The office that the person held when the article was written, or had held last. */
static const struct holder *find_holder(const struct actors *actors, struct str name, int year)
{
    const struct holder *found = NULL;
    size_t low = 0, high = actors->holder_count;
    struct holder wanted = {.word = name};
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (by_holder(&actors->holders[middle], &wanted) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (; low < actors->holder_count && str_equal(actors->holders[low].word, name); low++)
        if (!year || actors->holders[low].from <= year)
            found = &actors->holders[low];
    return found;
}

/* What the text does not say of a known person: the country, and an office without a word for it. */
static void of_office(const struct actors *actors, const struct article *article,
                      const struct article_entity *entity, struct event_actor *actor)
{
    int year = article->published_ms ? (int)(article->published_ms / 31556952000LL) + 1970 : 0;
    const struct holder *holder = find_holder(actors, entity->name, year);
    if (!holder || (actor->country[0] && memcmp(actor->country, holder->country, 2) != 0))
        return;
    set_country(actor, holder->country);
    if (!actor->sector[0])
        set_sector(actor, holder->to && year > holder->to ? STR("ELI") : holder->code);
}

static void of_person(const struct actors *actors, const struct article *article,
                      const struct article_entity *entity, struct event_actor *actor)
{
    struct event_actor organisation = {0};
    set_country(actor, entity->country);
    set_sector(actor, str_from(sector_of_role(entity->role.class)));
    if (entity->role.status == ROLE_FORMER)
        set_sector(actor, STR("ELI"));
    if (entity->role.organisation &&
        known_name(actors, article, article->entities.items[entity->role.organisation - 1].name,
                   &organisation)) {
        actor->cameo = organisation.country[0] ? STR_NONE : organisation.cameo;
        if (organisation.country[0])
            set_country(actor, organisation.country);
        if (actor->cameo.len)
            return;
    }
    of_office(actors, article, entity, actor);
    set_code(article, actor);
}

/* The role that the words of an organisation's name say: "Foreign Ministry", "Supreme Court". */
static void of_organisation(const struct actors *actors, const struct article *article,
                            const struct article_entity *entity, struct event_actor *actor)
{
    const struct article_name *name = &article->names.items[entity->names[0]];
    const struct tree *tree = &article->trees[name->sentence];
    set_country(actor, entity->country);
    for (uint32_t at = name->end; at-- > name->first && !actor->sector[0];) {
        const struct entry *noun =
            find(actors->nouns, actors->noun_count, tree->nodes[at - tree->first].lower);
        if (noun)
            set_sector(actor, noun->code);
    }
    set_code(article, actor);
}

static bool of_entity(const struct actors *actors, const struct article *article, uint32_t number,
                      struct event_actor *actor)
{
    const struct article_entity *entity = &article->entities.items[number - 1];
    actor->entity = number;
    actor->name = entity->name;
    if (known_name(actors, article, entity->name, actor))
        return true;
    if (entity->type == NAME_PERSON)
        of_person(actors, article, entity, actor);
    else if (entity->type == NAME_ORGANISATION)
        of_organisation(actors, article, entity, actor);
    else if (entity->type == NAME_PLACE || entity->type == NAME_GROUP)
        of_place(article, entity, actor);
    return entity->type == NAME_PERSON || entity->type == NAME_ORGANISATION || entity->country[0];
}

/* ---- Of a noun ---- */

/* The country that stands beside a noun: "French", "France's", "of France"; or the organisation's code. */
static bool add_country(const struct actors *actors, const struct article *article, const struct tree *tree,
                        uint32_t head, struct event_actor *actor)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        enum relation relation = tree->nodes[c].relation;
        uint32_t number = article->token_entities[tree->first + c];
        bool beside =
            relation == REL_AMOD || relation == REL_NMOD || relation == REL_COMPOUND || relation == REL_FLAT;
        if (!beside || !number)
            continue;
        const struct article_entity *entity = &article->entities.items[number - 1];
        struct event_actor of = {0};
        if (entity->country[0]) {
            set_country(actor, entity->country);
            return true;
        }
        if (known_name(actors, article, entity->name, &of)) {
            actor->cameo = of.country[0] ? STR_NONE : of.cameo;
            set_country(actor, of.country);
            return true;
        }
    }
    return false;
}

static bool of_noun(const struct actors *actors, const struct article *article, const struct tree *tree,
                    uint32_t head, struct event_actor *actor)
{
    const struct entry *noun = find(actors->nouns, actors->noun_count, tree->nodes[head].lemma);
    if (known_name(actors, article, tree->nodes[head].word, actor)) {
        actor->name = tree->nodes[head].word;
        return true;
    }
    if (!noun || (tree->nodes[head].upos != UPOS_NOUN && tree->nodes[head].upos != UPOS_PROPN))
        return false;
    bool any = str_equal(noun->code, STR("ANY")); /* "nation": only with a country it is someone */
    if (!any)
        set_sector(actor, noun->code);
    if (!add_country(actors, article, tree, head, actor) && any)
        return false;
    actor->name = tree->nodes[head].word;
    if (str_empty(actor->cameo))
        set_code(article, actor);
    return true;
}

/* "the city of Kharkiv", "the Kharkiv region": its country's. */
static bool of_site(const struct actors *actors, const struct article *article, const struct tree *tree,
                    uint32_t head, struct event_actor *actor)
{
    static const char *const sites[] = {"city",     "town",     "village",  "region",    "province",
                                        "district", "port",     "island",   "area",      "suburb",
                                        "county",   "state",    "republic", "peninsula", "valley",
                                        "capital",  "outskirt", "border",   "coast"};
    bool site = false;
    for (size_t i = 0; i < sizeof(sites) / sizeof(sites[0]); i++)
        site |= str_equal(tree->nodes[head].lemma, str_from(sites[i]));
    for (uint32_t c = tree->nodes[head].first_child; site && c != TREE_NONE; c = tree->nodes[c].next_child) {
        enum relation relation = tree->nodes[c].relation;
        uint32_t number = article->token_entities[tree->first + c];
        bool names = relation == REL_NMOD || relation == REL_COMPOUND || relation == REL_AMOD ||
                     relation == REL_APPOS || relation == REL_FLAT;
        if (!names || !number || article->entities.items[number - 1].type == NAME_PERSON)
            continue;
        *actor = (struct event_actor){0};
        speaker_words(article, tree, head, &actor->span, &number);
        if (of_entity(actors, article, article->token_entities[tree->first + c], actor) && actor->country[0])
            return true;
    }
    return false;
}

/* "a Malian army base": the army's, of the country that stands beside. */
static bool of_compound(const struct actors *actors, const struct article *article, const struct tree *tree,
                        uint32_t head, struct event_actor *actor)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        uint32_t number;
        *actor = (struct event_actor){0};
        if (tree->nodes[c].relation != REL_COMPOUND || article->token_entities[tree->first + c] ||
            !of_noun(actors, article, tree, c, actor))
            continue;
        if (!actor->country[0] && add_country(actors, article, tree, head, actor))
            set_code(article, actor);
        speaker_words(article, tree, c, &actor->span, &number);
        return true;
    }
    return false;
}

/* The actor whose the thing is: "Moscow's demands", "the Russian proposal", "the plans of the ministry". */
static bool of_owner(const struct actors *actors, const struct article *article, const struct tree *tree,
                     uint32_t head, struct event_actor *actor)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        enum relation relation = tree->nodes[c].relation;
        uint32_t number = article->token_entities[tree->first + c];
        if (relation != REL_AMOD && relation != REL_NMOD && relation != REL_COMPOUND)
            continue;
        *actor = (struct event_actor){0};
        if (number ? of_entity(actors, article, number, actor)
                   : relation == REL_NMOD && of_noun(actors, article, tree, c, actor)) {
            speaker_words(article, tree, c, &actor->span, &number);
            return true;
        }
    }
    return false;
}

static bool of_head(const struct actors *actors, const struct article *article, const struct tree *tree,
                    uint32_t head, bool owner, struct event_actor *actor)
{
    uint32_t number;
    *actor = (struct event_actor){0};
    speaker_words(article, tree, head, &actor->span, &number);
    bool proper = article->token_names[tree->first + head] || tree->nodes[head].upos == UPOS_PRON ||
                  tree->nodes[head].upos == UPOS_PROPN;
    if (number && (proper || article->entities.items[number - 1].type == NAME_PERSON) &&
        of_entity(actors, article, number, actor))
        return true;
    if (of_noun(actors, article, tree, head, actor) || (number && of_entity(actors, article, number, actor)))
        return true;
    return of_site(actors, article, tree, head, actor) || of_compound(actors, article, tree, head, actor) ||
           (owner && of_owner(actors, article, tree, head, actor));
}

/* "thousands of Sudanese": those that are counted. */
static uint32_t counted(const struct tree *tree, uint32_t head)
{
    static const char *const words[] = {"thousand", "hundred",  "dozen",     "million", "group", "crowd",
                                        "number",   "score",    "majority",  "handful", "ten",   "pair",
                                        "team",     "hundreds", "thousands", "dozens",  "tens"};
    bool count = false;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        count |= str_equal(tree->nodes[head].lemma, str_from(words[i])) ||
                 str_equal(tree->nodes[head].lower, str_from(words[i]));
    for (uint32_t c = tree->nodes[head].first_child; count && c != TREE_NONE; c = tree->nodes[c].next_child)
        if (tree->nodes[c].relation == REL_NMOD && c > head)
            return c;
    return head;
}

/* "Russian and Ukrainian delegations": the second country before the noun; TREE_NONE when there is none. */
static uint32_t second_country(const struct article *article, const struct tree *tree, uint32_t head)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        uint32_t second =
            c < head && tree->nodes[c].relation == REL_AMOD ? tree_child(tree, c, REL_CONJ) : TREE_NONE;
        uint32_t number = second == TREE_NONE ? 0 : article->token_entities[tree->first + second];
        if (number && article->entities.items[number - 1].country[0])
            return second;
    }
    return TREE_NONE;
}

size_t actors_of_phrase(const struct actors *actors, const struct article *article, const struct tree *tree,
                        uint32_t head, bool owner, struct event_actor *ret_actors, size_t max)
{
    size_t count = 0;
    head = counted(tree, head);
    if (count < max && of_head(actors, article, tree, head, owner, &ret_actors[count]))
        count++;
    uint32_t second =
        count == 1 && count < max && !ret_actors[0].entity ? second_country(article, tree, head) : TREE_NONE;
    if (second != TREE_NONE) {
        struct event_actor *other = &ret_actors[count++];
        *other = ret_actors[0];
        set_country(other,
                    article->entities.items[article->token_entities[tree->first + second] - 1].country);
        other->span = tree_span(article, tree, second, second + 1);
        set_code(article, other);
    }
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE && count < max;
         c = tree->nodes[c].next_child)
        if (tree->nodes[c].relation == REL_CONJ &&
            of_head(actors, article, tree, c, owner, &ret_actors[count]))
            count++;
    return count;
}
