/* actor_entities: see the header. */
#include "processors/meaning/actor_entities.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/word_list.h"
#include "processors/language/tree.h"
#include "processors/meaning/country_code_table.h"
#include "processors/meaning/home_country.h"

#define EUROPEAN_UNION "IGOEUREEC"

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

static bool names_country(const struct article *article, const char *country)
{
    for (size_t i = 0; i < article->entities.count; i++) {
        const struct article_entity *entity = &article->entities.items[i];
        if (!entity->capital && entity->type != NAME_PERSON && !strcmp(entity->country, country))
            return true;
    }
    return false;
}

static bool names_organisation(const struct actor_finder *finder, struct str code)
{
    for (size_t i = 0; i < finder->article->entities.count; i++) {
        const struct article_entity *entity = &finder->article->entities.items[i];
        const struct actor_entry *entry =
            entity->type == NAME_ORGANISATION ? actor_lexicon_name(finder->lexicon, entity->name) : NULL;
        if (entry && str_equal(entry->code, code))
            return true;
    }
    return false;
}

void actor_finder_begin(struct actor_finder *finder, const struct actor_lexicon *lexicon,
                        const struct article *article)
{
    *finder = (struct actor_finder){.lexicon = lexicon, .article = article};
    home_country(article, finder->home);
    finder->speaks_of_states = names_country(article, "US");
    finder->brussels_is_union =
        names_organisation(finder, STR(EUROPEAN_UNION)) && !names_country(article, "BE");
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

void actor_set_country(struct event_actor *actor, const char country[3])
{
    memcpy(actor->country, country, sizeof(actor->country));
}

void actor_set_sector(struct event_actor *actor, struct str sector)
{
    size_t length = sector.len < 3 ? sector.len : 3;
    memcpy(actor->sector, sector.ptr, length);
    actor->sector[length] = 0;
}

/* Country and role in one: "RUSGOV". */
void actor_set_code(const struct actor_finder *finder, struct event_actor *actor)
{
    const char *country = three_letters(actor->country);
    if (country[0] || actor->sector[0])
        actor->cameo = arena_printf(finder->article->arena, "%s%s", country, actor->sector);
}

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
    actor_set_country(actor, holder->country);
    actor_set_sector(actor, holder->code);
    actor_set_code(finder, actor);
    return true;
}

/* "United Nations Truth Commission", "ECOWAS Court of Justice": of the international organisation that the
 * name begins with. */
static bool part_of_known(const struct actor_finder *finder, struct str name, struct event_actor *actor)
{
    for (size_t end = name.len; end-- > 0;) {
        const struct actor_entry *entry =
            name.ptr[end] == ' ' ? actor_lexicon_name(finder->lexicon, str_slice(name, 0, end)) : NULL;
        if (!entry || entry->country[0] || !str_starts(entry->code, STR("IGO")))
            continue;
        actor->cameo = entry->code;
        return true;
    }
    return false;
}

/* "Congress", in news that are at home elsewhere and do not speak of the United States: that country's own.
 */
static bool is_elsewhere(const struct actor_finder *finder, struct str name)
{
    static const char *const houses[] = {"Capitol", "Congress", "House of Representatives", "Senate"};
    return WORD_LISTED(houses, name) && finder->home[0] && strcmp(finder->home, "US") != 0 &&
           !finder->speaks_of_states;
}

bool actor_of_name(const struct actor_finder *finder, struct str name, struct event_actor *actor)
{
    const struct actor_entry *entry = actor_lexicon_name(finder->lexicon, name);
    if (entry && held_then(finder, name, actor))
        return true;
    if (!entry)
        return part_of_known(finder, name, actor);
    if (is_elsewhere(finder, name))
        return false;
    if (entry->country[0]) {
        actor_set_country(actor, entry->country);
        actor_set_sector(actor, entry->code);
        actor_set_code(finder, actor);
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
    if (entity->capital && finder->brussels_is_union && str_equal(entity->name, STR("Brussels"))) {
        actor->cameo = STR(EUROPEAN_UNION);
        return;
    }
    actor_set_country(actor, entity->country);
    if (entity->capital)
        actor_set_sector(actor, STR("GOV"));
    actor_set_code(finder, actor);
}

/* What the text does not say of a known person: the country, and an office without a word for it. */
static void of_office(const struct actor_finder *finder, const struct article_entity *entity,
                      struct event_actor *actor)
{
    int year = year_of(finder->article);
    const struct actor_holder *holder = actor_lexicon_holder(finder->lexicon, entity->name, year);
    if (!holder || (actor->country[0] && memcmp(actor->country, holder->country, 2) != 0))
        return;
    actor_set_country(actor, holder->country);
    if (!actor->sector[0])
        actor_set_sector(actor, holder->to && year > holder->to ? STR("ELI") : holder->code);
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
    actor_set_country(actor, entity->country);
    if (part)
        actor_set_sector(actor, part->code);
    for (uint32_t at = name->end; at-- > name->first && !actor->sector[0];) {
        const struct actor_entry *noun =
            actor_lexicon_noun(finder->lexicon, tree->nodes[at - tree->first].lower);
        if (noun)
            actor_set_sector(actor, noun->code);
    }
    if (!actor->country[0] && !is_international(entity->name))
        actor_set_country(actor, finder->home);
    actor_set_code(finder, actor);
}

/* What somebody is by the organisation they speak or act for. */
static void of_members(const struct actor_finder *finder, const struct article_entity *organisation,
                       struct event_actor *actor)
{
    struct event_actor of = {0};
    if (organisation->type != NAME_ORGANISATION)
        return;
    of_organisation(finder, organisation, &of);
    actor_set_sector(actor, str_from(of.sector));
    if (!actor->country[0])
        actor_set_country(actor, of.country);
}

/* Whom a spokesperson speaks for, where the words of the role say it: "the rebels' spokesman". */
static void of_house(const struct actor_finder *finder, const struct role *role, struct event_actor *actor)
{
    const struct tree *tree = &finder->article->trees[role->sentence];
    for (uint32_t at = role->first; at < role->end; at++) {
        const struct actor_entry *noun =
            actor_lexicon_noun(finder->lexicon, tree->nodes[at - tree->first].lemma);
        if (noun && !noun->thing && !str_equal(noun->code, STR("GOV")) && !str_equal(noun->code, STR("ANY")))
            actor_set_sector(actor, noun->code);
    }
}

static void of_person(const struct actor_finder *finder, const struct article_entity *entity,
                      struct event_actor *actor)
{
    struct event_actor organisation = {0};
    actor_set_country(actor, entity->country);
    actor_set_sector(actor, str_from(sector_of_role(entity->role.class)));
    if (entity->role.class == ROLE_SPOKESPERSON)
        of_house(finder, &entity->role, actor);
    if (entity->role.status == ROLE_FORMER)
        actor_set_sector(actor, STR("ELI"));
    if (entity->role.organisation &&
        actor_of_name(finder, finder->article->entities.items[entity->role.organisation - 1].name,
                      &organisation)) {
        bool other =
            entity->country[0] && !strcmp(organisation.sector, "GOV"); /* "the German Foreign Office" */
        actor->cameo = organisation.country[0] ? STR_NONE : organisation.cameo;
        if (organisation.country[0] && !other)
            actor_set_country(actor, organisation.country);
        if (actor->cameo.len)
            return;
    }
    of_office(finder, entity, actor);
    if (entity->role.organisation && !actor->sector[0]) /* "a leader of the miners' union" is of the union */
        of_members(finder, &finder->article->entities.items[entity->role.organisation - 1], actor);
    if (!actor->country[0])
        actor_set_country(actor, entity->affiliation);
    actor_set_code(finder, actor);
}

bool actor_add_entity(const struct actor_finder *finder, uint32_t number, struct event_actor *actor)
{
    const struct article_entity *entity = &finder->article->entities.items[number - 1];
    actor->entity = number;
    actor->name = entity->name;
    if (actor_of_name(finder, entity->name, actor))
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
bool actor_of_mention(const struct actor_finder *finder, uint32_t token, uint32_t number,
                      struct event_actor *actor)
{
    const struct article *article = finder->article;
    uint32_t name = article->token_names[token];
    bool found = actor_add_entity(finder, number, actor);
    if (found && name && article->names.items[name - 1].acts && !actor->sector[0] && actor->country[0]) {
        actor_set_sector(actor, STR("GOV"));
        actor_set_code(finder, actor);
    }
    return found;
}

void actor_government(const struct actor_finder *finder, const char country[3], struct event_actor *ret_actor)
{
    *ret_actor = (struct event_actor){0};
    actor_set_country(ret_actor, country);
    actor_set_sector(ret_actor, STR("GOV"));
    actor_set_code(finder, ret_actor);
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
    return actor_add_entity(finder, number, ret_actor);
}
