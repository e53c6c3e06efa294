/* actors: see the header. */
#include "processors/meaning/actors.h"

#include <string.h>

#include "base/arena.h"
#include "base/word_list.h"
#include "processors/meaning/clauses.h"
#include "processors/meaning/speakers.h"

/* ---- Of a noun ---- */

/* "To Peru", "with Peru": another's. */
static bool is_away(const struct tree *tree, uint32_t phrase)
{
    static const char *const words[] = {"about", "against", "near",    "on",  "over",
                                        "to",    "toward",  "towards", "with"};
    return WORD_LISTED(words, clause_preposition(tree, phrase));
}

/* The country that stands beside a noun: "French", "France's", "of France"; or the organisation's code. */
static bool add_country(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                        struct event_actor *actor)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        enum relation relation = tree->nodes[c].relation;
        uint32_t number = finder->article->token_entities[tree->first + c];
        bool beside =
            relation == REL_AMOD || relation == REL_NMOD || relation == REL_COMPOUND || relation == REL_FLAT;
        if (!beside || !number || is_away(tree, c)) /* an ambassador to Peru is not of Peru */
            continue;
        const struct article_entity *entity = &finder->article->entities.items[number - 1];
        struct event_actor of = {0};
        if (entity->country[0]) {
            actor_set_country(actor, entity->country);
            return true;
        }
        if (actor_of_name(finder, entity->name, &of)) {
            actor->cameo = of.country[0] ? STR_NONE : of.cameo;
            actor_set_country(actor, of.country);
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
        bool rank = str_equal(tree->nodes[c].lemma, STR("deputy")); /* "a deputy minister" */
        if (entry && !rank && !entry->thing && !str_equal(entry->code, STR("ANY")) &&
            !str_equal(entry->code, STR("GOV")))
            return entry;
    }
    return NULL;
}

/* "the use of force", "a general strike", "unlawful assembly", "fighter jets": nobody. */
static bool is_thing(const struct tree *tree, uint32_t head)
{
    static const char *const crafts[] = {"aircraft", "bomber", "jet", "pilot", "plane", "squadron"};
    const struct tree_node *node = &tree->nodes[head];
    static const char *const assemblies[] = {"illegal", "peaceful", "public", "unlawful"};
    bool beside = node->relation == REL_COMPOUND || node->relation == REL_AMOD;
    bool taken = node->relation == REL_OBJ && str_equal(node->lower, STR("office")); /* "took office" */
    return taken || str_equal(node->lower, STR("force")) ||
           (beside && str_equal(node->lower, STR("general"))) ||
           (str_equal(node->lemma, STR("assembly")) && head > 0 &&
            (WORD_LISTED(assemblies, tree->nodes[head - 1].lower) ||
             str_equal(tree->nodes[head - 1].lower, STR("of")))) || /* "freedom of assembly" */
           (str_equal(node->lemma, STR("fighter")) && head + 1 < tree->count &&
            WORD_LISTED(crafts, tree->nodes[head + 1].lemma));
}

/* `whose`: an adjective too. */
static bool of_word(const struct actor_finder *finder, const struct tree *tree, uint32_t head, bool whose,
                    struct event_actor *actor)
{
    const struct actor_entry *noun = actor_lexicon_noun(finder->lexicon, tree->nodes[head].lemma),
                             *office_of = NULL;
    if (actor_of_name(finder, tree->nodes[head].word, actor)) {
        actor->name = tree->nodes[head].word;
        return true;
    }
    bool noun_like = tree->nodes[head].upos == UPOS_NOUN || tree->nodes[head].upos == UPOS_PROPN ||
                     (tree->nodes[head].upos == UPOS_ADJ &&
                      (whose || tree->nodes[head].relation == REL_NSUBJ)); /* "the cardinal" */
    if (!noun || !noun_like || is_thing(tree, head))
        return false;
    bool any = str_equal(noun->code, STR("ANY")); /* "nation": only with a country it is someone */
    if (!any && str_equal(noun->code, STR("GOV")))
        office_of = of_whom(finder, tree, head);
    if (!any)
        actor_set_sector(actor, office_of ? office_of->code : noun->code);
    if (!add_country(finder, tree, head, actor) && (any || noun->thing))
        return false;
    actor->name = tree->nodes[head].word;
    if (str_empty(actor->cameo) && !actor->country[0] && !str_equal(noun->code, STR("UAF")))
        actor_set_country(actor, finder->home);
    if (str_empty(actor->cameo))
        actor_set_code(finder, actor);
    return true;
}

static bool of_noun(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                    struct event_actor *actor)
{
    return of_word(finder, tree, head, false, actor);
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
        if (actor_add_entity(finder, finder->article->token_entities[tree->first + c], actor) &&
            (actor->country[0] || actor->cameo.len))
            return true;
    }
    return false;
}

/* "Military" in "a military strike", "rebel" in "rebel shelling": whose what others act with is. */
static bool is_whose(const struct actor_finder *finder, const struct tree *tree, uint32_t head, uint32_t at)
{
    const struct actor_entry *thing = actor_lexicon_noun(finder->lexicon, tree->nodes[head].lemma),
                             *whose = actor_lexicon_noun(finder->lexicon, tree->nodes[at].lemma);
    return tree->nodes[at].relation == REL_AMOD && thing && thing->thing && whose && !whose->thing &&
           !str_equal(whose->code, STR("ANY"));
}

/* "a Malian army base": the army's, of the country that stands beside. */
static bool of_compound(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                        struct event_actor *actor)
{
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        uint32_t number;
        *actor = (struct event_actor){0};
        bool whose = is_whose(finder, tree, head, c);
        if ((tree->nodes[c].relation != REL_COMPOUND && !whose) ||
            finder->article->token_entities[tree->first + c] || !of_word(finder, tree, c, whose, actor))
            continue;
        if (!actor->country[0] && add_country(finder, tree, head, actor))
            actor_set_code(finder, actor);
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

/* Whom of those without a name a later word means: "them", "the soldiers". NULL = none, or it is the first.
 */
static const struct article_unnamed *unnamed_of(const struct article *article, uint32_t token)
{
    uint32_t number = article->token_unnamed[token];
    const struct article_unnamed *unnamed = number ? &article->unnamed.items[number - 1] : NULL;
    return unnamed && unnamed->head != token ? unnamed : NULL;
}

/* "They", "the soldiers", where the first words that spoke of them say more: "49 soldiers from Ivory Coast".
 */
static bool of_unnamed(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                       struct event_actor *actor)
{
    const struct article_unnamed *unnamed = unnamed_of(finder->article, tree->first + head);
    struct event_actor beside = {0};
    if (!unnamed || (tree->nodes[head].upos != UPOS_PRON && add_country(finder, tree, head, &beside)))
        return false;
    const struct tree *first = &finder->article->trees[unnamed->sentence];
    struct span span = actor->span;
    if (unnamed->together || !of_noun(finder, first, unnamed->head - first->first, actor))
        return false;
    actor->span = span;
    return true;
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
        if (number ? actor_of_mention(finder, tree->first + c, number, actor)
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
        actor_set_code(finder, actor);
    }
}

/* "the company", "the government": whom it means, in the role that the noun says. */
static bool of_description(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                           uint32_t number, struct event_actor *actor)
{
    const struct actor_entry *noun = actor_lexicon_noun(finder->lexicon, tree->nodes[head].lemma);
    bool place = finder->article->entities.items[number - 1].type == NAME_PLACE;
    if (!actor_add_entity(finder, number, actor))
        return false;
    if (place && noun && !str_equal(noun->code, STR("ANY"))) {
        actor_set_sector(actor, noun->code);
        actor_set_code(finder, actor);
    }
    return true;
}

/* "Hun Sen's son, Prime Minister Hun Manet": the person that stands behind the noun for the same. */
static bool of_other_name(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                          struct event_actor *actor)
{
    if (tree->nodes[head].upos != UPOS_NOUN)
        return false;
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        uint32_t number = c > head && tree->nodes[c].relation == REL_APPOS
                              ? finder->article->token_entities[tree->first + c]
                              : 0;
        if (number && finder->article->entities.items[number - 1].type == NAME_PERSON)
            return actor_of_mention(finder, tree->first + c, number, actor);
    }
    return false;
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
        actor_of_mention(finder, tree->first + head, number, actor)) {
        of_words_beside(finder, tree, head, actor);
        return true;
    }
    if (number && of_description(finder, tree, head, number, actor))
        return true;
    if (of_other_name(finder, tree, head, actor))
        return true;
    if (of_unnamed(finder, tree, head, actor) || of_noun(finder, tree, head, actor))
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
    actor_set_sector(ret_actor, STR("CVL"));
    if (!add_country(finder, tree, head, ret_actor))
        actor_set_country(ret_actor, finder->home);
    ret_actor->name = tree->nodes[head].word;
    if (str_empty(ret_actor->cameo))
        actor_set_code(finder, ret_actor);
    return true;
}

const struct article_unnamed *actors_together(const struct article *article, uint32_t token)
{
    const struct article_unnamed *unnamed = unnamed_of(article, token);
    return unnamed && unnamed->together ? unnamed : NULL;
}

/* Is the one behind the list in it? */
static bool is_listed(const struct event_actor *list, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if ((list[count].entity && list[i].entity == list[count].entity) ||
            list[i].span.start == list[count].span.start)
            return true;
    return false;
}

size_t actors_of_phrase(const struct actor_finder *finder, const struct tree *tree, uint32_t head, bool owner,
                        struct event_actor *ret_actors, size_t max)
{
    size_t count = 0;
    const struct article_unnamed *unnamed = actors_together(finder->article, tree->first + head);
    if (unnamed) { /* "they", "the two countries" */
        const struct tree *first = &finder->article->trees[unnamed->sentence];
        count = actors_of_phrase(finder, first, unnamed->head - first->first, false, ret_actors, max);
        for (size_t i = 0; i < count; i++)
            ret_actors[i].span = tree_span(finder->article, tree, head, head + 1);
        return count;
    }
    head = clause_counted(tree, counted(tree, head));
    if (count < max && of_head(finder, tree, head, owner, &ret_actors[count]))
        count++;
    uint32_t second =
        count == 1 && count < max && !ret_actors[0].entity ? second_country(finder, tree, head) : TREE_NONE;
    if (second != TREE_NONE) {
        struct event_actor *other = &ret_actors[count++];
        *other = ret_actors[0];
        actor_set_country(
            other, finder->article->entities.items[finder->article->token_entities[tree->first + second] - 1]
                       .country);
        other->span = tree_span(finder->article, tree, second, second + 1);
        actor_set_code(finder, other);
    }
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE && count < max;
         c = tree->nodes[c].next_child)
        if (tree->nodes[c].relation == REL_CONJ && of_head(finder, tree, c, owner, &ret_actors[count]) &&
            !is_listed(ret_actors, count))
            count++;
    return count;
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
