/* actors: see the header. */
#include "processors/meaning/actors.h"

#include <stdlib.h>
#include <string.h>

#include "base/word_list.h"

#include "base/arena.h"
#include "processors/meaning/clauses.h"
#include "processors/meaning/country_code_table.h"
#include "processors/meaning/home_country.h"
#include "processors/meaning/speakers.h"

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

void actor_finder_begin(struct actor_finder *finder, const struct actor_lexicon *lexicon,
                        const struct article *article)
{
    *finder = (struct actor_finder){.lexicon = lexicon, .article = article};
    home_country(article, finder->home);
    finder->phrases = arena_new_array(article->arena, struct known_actors, article->tokens.count + 1);
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
static void set_code(const struct actor_finder *finder, struct event_actor *actor)
{
    const char *country = three_letters(actor->country);
    if (country[0] || actor->sector[0])
        actor->cameo = arena_printf(finder->article->arena, "%s%s", country, actor->sector);
}

/* A name of the lexicon: its code, or its country and role. */
/* 0 = not known. */
static int year_of(const struct article *article)
{
    return article->published_ms ? (int)(article->published_ms / 31556952000LL) + 1970 : 0;
}

/* Who is something else today was it then: the Taliban were rebels in 2019. */
static bool held_then(const struct actor_finder *finder, struct str name, struct event_actor *actor)
{
    int year = year_of(finder->article);
    const struct actor_holder *holder = actor_lexicon_holder(finder->lexicon, name, year);
    if (!holder || !year || year < holder->from || (holder->to && year >= holder->to))
        return false;
    set_country(actor, holder->country);
    set_sector(actor, holder->code);
    set_code(finder, actor);
    return true;
}

static bool known_name(const struct actor_finder *finder, struct str name, struct event_actor *actor)
{
    const struct actor_entry *entry = actor_lexicon_name(finder->lexicon, name);
    if (entry && held_then(finder, name, actor))
        return true;
    bool nations = str_starts(name, STR("United Nations ")) || str_starts(name, STR("U.N. ")) ||
                   str_starts(name, STR("UN "));
    if (!entry && nations) {
        actor->cameo = STR("IGOUNO");
        return true;
    }
    if (!entry)
        return false;
    if (entry->country[0]) {
        set_country(actor, entry->country);
        set_sector(actor, entry->code);
        set_code(finder, actor);
    } else {
        actor->cameo = entry->code;
    }
    return true;
}

/* ---- Of an entity ---- */

/* A capital, or a country, that acts is its government. */
static void of_place(const struct actor_finder *finder, const struct article_entity *entity,
                     struct event_actor *actor)
{
    set_country(actor, entity->country);
    if (entity->capital)
        set_sector(actor, STR("GOV"));
    set_code(finder, actor);
}

/* What the text does not say of a known person: the country, and an office without a word for it. */
static void of_office(const struct actor_finder *finder, const struct article_entity *entity,
                      struct event_actor *actor)
{
    int year = year_of(finder->article);
    const struct actor_holder *holder = actor_lexicon_holder(finder->lexicon, entity->name, year);
    if (!holder || (actor->country[0] && memcmp(actor->country, holder->country, 2) != 0))
        return;
    set_country(actor, holder->country);
    if (!actor->sector[0])
        set_sector(actor, holder->to && year > holder->to ? STR("ELI") : holder->code);
}

static bool is_international(struct str name)
{
    static const char *const words[] = {"International", "World",    "Global",
                                        "Nations",       "European", "African Union"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_find(name, str_from(words[i]), 0) >= 0)
            return true;
    return false;
}

/* The role that the words of an organisation's name say: "Foreign Ministry", "Supreme Court". */
static void of_organisation(const struct actor_finder *finder, const struct article_entity *entity,
                            struct event_actor *actor)
{
    const struct article_name *name = &finder->article->names.items[entity->names[0]];
    const struct tree *tree = &finder->article->trees[name->sentence];
    const struct actor_entry *part = actor_lexicon_part(finder->lexicon, entity->name);
    set_country(actor, entity->country);
    if (part)
        set_sector(actor, part->code);
    for (uint32_t at = name->end; at-- > name->first && !actor->sector[0];) {
        const struct actor_entry *noun =
            actor_lexicon_noun(finder->lexicon, tree->nodes[at - tree->first].lower);
        if (noun)
            set_sector(actor, noun->code);
    }
    if (!actor->country[0] && !is_international(entity->name))
        set_country(actor, finder->home);
    set_code(finder, actor);
}

/* What somebody is by the organisation they speak or act for. */
static void of_members(const struct actor_finder *finder, const struct article_entity *organisation,
                       struct event_actor *actor)
{
    struct event_actor of = {0};
    if (organisation->type != NAME_ORGANISATION)
        return;
    of_organisation(finder, organisation, &of);
    set_sector(actor, str_from(of.sector));
    if (!actor->country[0])
        set_country(actor, of.country);
}

static void of_person(const struct actor_finder *finder, const struct article_entity *entity,
                      struct event_actor *actor)
{
    struct event_actor organisation = {0};
    set_country(actor, entity->country);
    set_sector(actor, str_from(sector_of_role(entity->role.class)));
    if (entity->role.status == ROLE_FORMER)
        set_sector(actor, STR("ELI"));
    if (entity->role.organisation &&
        known_name(finder, finder->article->entities.items[entity->role.organisation - 1].name,
                   &organisation)) {
        bool other =
            entity->country[0] && !strcmp(organisation.sector, "GOV"); /* "the German Foreign Office" */
        actor->cameo = organisation.country[0] ? STR_NONE : organisation.cameo;
        if (organisation.country[0] && !other)
            set_country(actor, organisation.country);
        if (actor->cameo.len)
            return;
    }
    of_office(finder, entity, actor);
    if (entity->role.organisation && !actor->sector[0]) /* "a leader of the miners' union" is of the union */
        of_members(finder, &finder->article->entities.items[entity->role.organisation - 1], actor);
    if (!actor->country[0])
        set_country(actor, entity->affiliation);
    set_code(finder, actor);
}

static bool of_entity(const struct actor_finder *finder, uint32_t number, struct event_actor *actor)
{
    const struct article_entity *entity = &finder->article->entities.items[number - 1];
    actor->entity = number;
    actor->name = entity->name;
    if (known_name(finder, entity->name, actor))
        return true;
    if (entity->type == NAME_PERSON)
        of_person(finder, entity, actor);
    else if (entity->type == NAME_ORGANISATION)
        of_organisation(finder, entity, actor);
    else if (entity->type == NAME_PLACE || entity->type == NAME_GROUP)
        of_place(finder, entity, actor);
    return entity->type == NAME_PERSON || entity->type == NAME_ORGANISATION || entity->country[0];
}

/* Of the entity that a word names or means: where a capital means its state, the government. */
static bool of_mention(const struct actor_finder *finder, uint32_t token, uint32_t number,
                       struct event_actor *actor)
{
    const struct article *article = finder->article;
    uint32_t name = article->token_names[token];
    bool found = of_entity(finder, number, actor);
    if (found && name && article->names.items[name - 1].acts && !actor->sector[0]) {
        set_sector(actor, STR("GOV"));
        set_code(finder, actor);
    }
    return found;
}

/* ---- Of a noun ---- */

/* The country that stands beside a noun: "French", "France's", "of France"; or the organisation's code. */
static bool add_country(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                        struct event_actor *actor)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        enum relation relation = tree->nodes[c].relation;
        uint32_t number = finder->article->token_entities[tree->first + c];
        bool beside =
            relation == REL_AMOD || relation == REL_NMOD || relation == REL_COMPOUND || relation == REL_FLAT;
        if (!beside || !number)
            continue;
        const struct article_entity *entity = &finder->article->entities.items[number - 1];
        struct event_actor of = {0};
        if (entity->country[0]) {
            set_country(actor, entity->country);
            return true;
        }
        if (known_name(finder, entity->name, &of)) {
            actor->cameo = of.country[0] ? STR_NONE : of.cameo;
            set_country(actor, of.country);
            return true;
        }
    }
    return false;
}

/* What somebody in an office is by whose it is: "the opposition leader", "a spokesman for the rebels", "the
 * army chief". NULL = it is not said. */
static const struct actor_entry *of_whom(const struct actor_finder *finder, const struct tree *tree,
                                         uint32_t head)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        struct str preposition = clause_preposition(tree, c);
        bool beside = tree->nodes[c].relation == REL_COMPOUND || tree->nodes[c].relation == REL_AMOD;
        bool behind = tree->nodes[c].relation == REL_NMOD &&
                      (str_equal(preposition, STR("of")) || str_equal(preposition, STR("for")) ||
                       str_equal(preposition, STR("'s")));
        const struct actor_entry *entry =
            (beside || behind) && !finder->article->token_entities[tree->first + c]
                ? actor_lexicon_noun(finder->lexicon, tree->nodes[c].lemma)
                : NULL;
        if (entry && !entry->thing && !str_equal(entry->code, STR("ANY")) &&
            !str_equal(entry->code, STR("GOV")))
            return entry;
    }
    return NULL;
}

/* "the use of force", "fighter jets": nobody. */
static bool is_thing(const struct tree *tree, uint32_t head)
{
    static const char *const crafts[] = {"aircraft", "bomber", "jet", "pilot", "plane", "squadron"};
    const struct tree_node *node = &tree->nodes[head];
    return str_equal(node->lower, STR("force")) ||
           (str_equal(node->lemma, STR("fighter")) && head + 1 < tree->count &&
            WORD_LISTED(crafts, tree->nodes[head + 1].lemma));
}

static bool of_noun(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                    struct event_actor *actor)
{
    const struct actor_entry *noun = actor_lexicon_noun(finder->lexicon, tree->nodes[head].lemma),
                             *whose = NULL;
    if (known_name(finder, tree->nodes[head].word, actor)) {
        actor->name = tree->nodes[head].word;
        return true;
    }
    bool noun_like =
        tree->nodes[head].upos == UPOS_NOUN || tree->nodes[head].upos == UPOS_PROPN ||
        (tree->nodes[head].upos == UPOS_ADJ && tree->nodes[head].relation == REL_NSUBJ); /* "the cardinal" */
    if (!noun || !noun_like || is_thing(tree, head))
        return false;
    bool any = str_equal(noun->code, STR("ANY")); /* "nation": only with a country it is someone */
    if (!any && str_equal(noun->code, STR("GOV")))
        whose = of_whom(finder, tree, head);
    if (!any)
        set_sector(actor, whose ? whose->code : noun->code);
    if (!add_country(finder, tree, head, actor) && (any || noun->thing))
        return false;
    actor->name = tree->nodes[head].word;
    if (str_empty(actor->cameo) && !actor->country[0] && !str_equal(noun->code, STR("UAF")))
        set_country(actor, finder->home);
    if (str_empty(actor->cameo))
        set_code(finder, actor);
    return true;
}

/* "the city of Kharkiv", "the Kharkiv region": its country's. */
static bool of_site(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                    struct event_actor *actor)
{
    static const char *const sites[] = {
        "city",    "town",         "village",  "region",    "province", "district", "port",
        "island",  "area",         "suburb",   "county",    "state",    "republic", "peninsula",
        "valley",  "capital",      "outskirt", "border",    "coast",    "camp",     "base",
        "post",    "headquarters", "position", "convoy",    "compound", "embassy",  "consulate",
        "airport", "school",       "hospital", "territory", "village",  "barracks", "stronghold"};
    bool site = false;
    for (size_t i = 0; i < sizeof(sites) / sizeof(sites[0]); i++)
        site |= str_equal(tree->nodes[head].lemma, str_from(sites[i]));
    for (uint32_t c = tree->nodes[head].first_child; site && c != TREE_NONE; c = tree->nodes[c].next_child) {
        enum relation relation = tree->nodes[c].relation;
        uint32_t number = finder->article->token_entities[tree->first + c];
        bool names = relation == REL_NMOD || relation == REL_COMPOUND || relation == REL_AMOD ||
                     relation == REL_APPOS || relation == REL_FLAT;
        if (!names || !number || finder->article->entities.items[number - 1].type == NAME_PERSON)
            continue;
        *actor = (struct event_actor){0};
        speaker_words(finder->article, tree, head, &actor->span, &number);
        if (of_entity(finder, finder->article->token_entities[tree->first + c], actor) &&
            (actor->country[0] || actor->cameo.len))
            return true;
    }
    return false;
}

/* "a Malian army base": the army's, of the country that stands beside. */
static bool of_compound(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                        struct event_actor *actor)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        uint32_t number;
        *actor = (struct event_actor){0};
        if (tree->nodes[c].relation != REL_COMPOUND || finder->article->token_entities[tree->first + c] ||
            !of_noun(finder, tree, c, actor))
            continue;
        if (!actor->country[0] && add_country(finder, tree, head, actor))
            set_code(finder, actor);
        speaker_words(finder->article, tree, c, &actor->span, &number);
        return true;
    }
    return false;
}

/* What is done to whoever stands behind "of": "the bombing of the town" is not the town's. */
static bool is_done_to(const struct tree *tree, uint32_t head)
{
    static const char *const words[] = {"attack",     "bombing",   "killing",   "arrest",     "murder",
                                        "shelling",   "detention", "abduction", "invasion",   "execution",
                                        "capture",    "siege",     "seizure",   "occupation", "destruction",
                                        "death",      "strike",    "raid",      "release",    "persecution",
                                        "harassment", "beating",   "torture",   "expulsion"};
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
        if (str_equal(tree->nodes[head].lemma, str_from(words[i])))
            return true;
    return false;
}

/* Does the phrase name whose the thing is? */
static bool owns(const struct tree *tree, uint32_t head, uint32_t phrase)
{
    struct str preposition = clause_preposition(tree, phrase);
    return tree->nodes[phrase].relation != REL_NMOD || str_empty(preposition) ||
           str_equal(preposition, STR("'s")) || str_equal(preposition, STR("’s")) ||
           str_equal(preposition, STR("'")) || str_equal(preposition, STR("’")) ||
           str_equal(preposition, STR("by")) || str_equal(preposition, STR("from")) ||
           (str_equal(preposition, STR("of")) && !is_done_to(tree, head));
}

/* The actor whose the thing is: "Moscow's demands", "the Russian proposal", "the plans of the ministry". */
static bool of_owner(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                     struct event_actor *actor)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        enum relation relation = tree->nodes[c].relation;
        uint32_t number = finder->article->token_entities[tree->first + c];
        if ((relation != REL_AMOD && relation != REL_NMOD && relation != REL_COMPOUND) ||
            !owns(tree, head, c))
            continue;
        *actor = (struct event_actor){0};
        if (number ? of_mention(finder, tree->first + c, number, actor)
                   : relation == REL_NMOD && of_noun(finder, tree, c, actor)) {
            speaker_words(finder->article, tree, c, &actor->span, &number);
            return true;
        }
    }
    return false;
}

/* "Pakistan's Supreme Court", "the German Foreign Office": an organisation's country, where its name says
 * none. */
static void of_words_beside(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                            struct event_actor *actor)
{
    bool organisation = finder->article->entities.items[actor->entity - 1].type == NAME_ORGANISATION;
    bool unnamed = !finder->article->entities.items[actor->entity - 1].country[0];
    bool unknown = !actor->country[0] ||
                   (unnamed && (!strcmp(actor->country, finder->home) || !strcmp(actor->sector, "GOV")));
    struct event_actor beside = *actor;
    if (organisation && unknown && !str_starts(actor->cameo, STR("IGO")) &&
        add_country(finder, tree, head, &beside) && beside.country[0]) {
        *actor = beside;
        set_code(finder, actor);
    }
}

/* "the company", "the government": whom it means, in the role that the noun says. */
static bool of_description(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                           uint32_t number, struct event_actor *actor)
{
    const struct actor_entry *noun = actor_lexicon_noun(finder->lexicon, tree->nodes[head].lemma);
    bool place = finder->article->entities.items[number - 1].type == NAME_PLACE;
    if (!of_entity(finder, number, actor))
        return false;
    if (place && noun && !str_equal(noun->code, STR("ANY"))) {
        set_sector(actor, noun->code);
        set_code(finder, actor);
    }
    return true;
}

static bool of_head(const struct actor_finder *finder, const struct tree *tree, uint32_t head, bool owner,
                    struct event_actor *actor)
{
    uint32_t number;
    *actor = (struct event_actor){0};
    speaker_words(finder->article, tree, head, &actor->span, &number);
    bool proper = finder->article->token_names[tree->first + head] || tree->nodes[head].upos == UPOS_PRON ||
                  tree->nodes[head].upos == UPOS_PROPN;
    if (number && (proper || finder->article->entities.items[number - 1].type == NAME_PERSON) &&
        of_mention(finder, tree->first + head, number, actor)) {
        of_words_beside(finder, tree, head, actor);
        return true;
    }
    if (number && of_description(finder, tree, head, number, actor))
        return true;
    if (of_noun(finder, tree, head, actor))
        return true;
    return of_compound(finder, tree, head, actor) || of_site(finder, tree, head, actor) ||
           (owner && of_owner(finder, tree, head, actor));
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
static uint32_t second_country(const struct actor_finder *finder, const struct tree *tree, uint32_t head)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        uint32_t second =
            c < head && tree->nodes[c].relation == REL_AMOD ? tree_child(tree, c, REL_CONJ) : TREE_NONE;
        uint32_t number = second == TREE_NONE ? 0 : finder->article->token_entities[tree->first + second];
        if (number && finder->article->entities.items[number - 1].country[0])
            return second;
    }
    return TREE_NONE;
}

bool actor_somebody(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                    struct event_actor *ret_actor)
{
    uint32_t number;
    *ret_actor = (struct event_actor){0};
    if (tree->nodes[head].upos != UPOS_NOUN)
        return false;
    speaker_words(finder->article, tree, head, &ret_actor->span, &number);
    set_sector(ret_actor, STR("CVL"));
    if (!add_country(finder, tree, head, ret_actor))
        set_country(ret_actor, finder->home);
    ret_actor->name = tree->nodes[head].word;
    if (str_empty(ret_actor->cameo))
        set_code(finder, ret_actor);
    return true;
}

size_t actors_of_phrase(const struct actor_finder *finder, const struct tree *tree, uint32_t head, bool owner,
                        struct event_actor *ret_actors, size_t max)
{
    size_t count = 0;
    head = counted(tree, head);
    if (count < max && of_head(finder, tree, head, owner, &ret_actors[count]))
        count++;
    uint32_t second =
        count == 1 && count < max && !ret_actors[0].entity ? second_country(finder, tree, head) : TREE_NONE;
    if (second != TREE_NONE) {
        struct event_actor *other = &ret_actors[count++];
        *other = ret_actors[0];
        set_country(other,
                    finder->article->entities.items[finder->article->token_entities[tree->first + second] - 1]
                        .country);
        other->span = tree_span(finder->article, tree, second, second + 1);
        set_code(finder, other);
    }
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE && count < max;
         c = tree->nodes[c].next_child)
        if (tree->nodes[c].relation == REL_CONJ && of_head(finder, tree, c, owner, &ret_actors[count]))
            count++;
    return count;
}

void actor_government(const struct actor_finder *finder, const char country[3], struct event_actor *ret_actor)
{
    *ret_actor = (struct event_actor){0};
    set_country(ret_actor, country);
    set_sector(ret_actor, STR("GOV"));
    set_code(finder, ret_actor);
    ret_actor->name = ret_actor->cameo;
    for (uint32_t i = 0; i < finder->article->entities.count && !ret_actor->entity; i++) {
        const struct article_entity *entity = &finder->article->entities.items[i];
        if (entity->type == NAME_PLACE && entity->capital && !strcmp(entity->country, country)) {
            ret_actor->entity = i + 1;
            ret_actor->name = entity->name;
        }
    }
}

bool actor_of_entity(const struct actor_finder *finder, uint32_t number, struct event_actor *ret_actor)
{
    *ret_actor = (struct event_actor){0};
    return of_entity(finder, number, ret_actor);
}

const struct event_actor *actors_known(const struct actor_finder *finder, const struct tree *tree,
                                       uint32_t head, size_t *ret_count)
{
    struct known_actors *known = &finder->phrases[tree->first + head];
    if (!known->known) {
        struct event_actor actors[EVENT_ACTORS_MAX];
        size_t count = actors_of_phrase(finder, tree, head, false, actors, EVENT_ACTORS_MAX);
        known->known = true;
        known->items = count ? arena_new_array(finder->article->arena, struct event_actor, count) : NULL;
        if (known->items) {
            memcpy(known->items, actors, count * sizeof(*actors));
            known->count = (uint8_t)count;
        }
    }
    *ret_count = known->count;
    return known->items;
}
