/* party_candidates: see the header. */
#include "processors/meaning/party_candidates.h"

#include <assert.h>
#include <string.h>

#include "processors/meaning/acts.h"
#include "processors/meaning/clauses.h"
#include "processors/meaning/party_weight_table.h"

/* ---- The numbers of features ---- */

/* Where a candidate is found; one may be found in several places. */
enum origin {
    BY_CLAUSE,
    BY_SENTENCE,
    BY_EARLIER_SOURCE,
    BY_EARLIER_TARGET,
    BY_HOME,
    BY_OWN_GOVERNMENT, /* of the other side's country */
    BY_ARTICLE,
    BY_NOBODY,
    ORIGINS
};

enum {
    ROOTS = 20,
    QUADS = 4,
    PASSIVE_SUBJECT = REL_OTHER + 1,
    RELATIONS,
    DEPTHS = 3,
    PREPOSITIONS = 16,
    DISTANCES = 5,
    NEARNESSES = 4,
    SIDES = 6,
    SECTORS = 7,
    SHARES = 5,
    PASTS = 5,
    NOUNS = 6,
    EVENTS_BACK = 8,
    ARTICLE_ENTITIES = 6,
    /* What bounds the work on hostile text */
    MENTIONS_MOST = 24,
    ENTITIES_MOST = 96,
    WORDS_AROUND = 60,
    STEPS_MOST = 12
};

enum first_number {
    F_ORIGIN = 0,
    F_ORIGIN_ROOT = F_ORIGIN + ORIGINS,
    F_ORIGIN_ALONE = F_ORIGIN_ROOT + ORIGINS * ROOTS, /* nobody is on the other side */
    F_BELOW = F_ORIGIN_ALONE + ORIGINS,
    F_BESIDE = F_BELOW + RELATIONS * DEPTHS,
    F_PREPOSITION = F_BESIDE + RELATIONS,
    F_DISTANCE = F_PREPOSITION + 2 * PREPOSITIONS,
    F_COUNTRY = F_DISTANCE + 2 * DISTANCES,
    F_SECTOR = F_COUNTRY + NEARNESSES * SIDES * QUADS,
    F_SHARE = F_SECTOR + SECTORS * ROOTS,
    F_PAST = F_SHARE + SHARES,
    F_NOUN = F_PAST + PASTS,
    F_OWNED = F_NOUN + NOUNS * QUADS,
    F_END = F_OWNED + QUADS
};

static const short weights[PARTIES][F_END] = {{SOURCE_WEIGHTS}, {TARGET_WEIGHTS}};

size_t party_feature_count(void)
{
    return F_END;
}

float party_candidate_score(const struct party_candidate *candidate, enum party party)
{
    float score = 0;
    for (size_t i = 0; i < candidate->feature_count; i++)
        score += (float)weights[party][candidate->features[i]];
    return score / 1000;
}

struct collecting {
    const struct actor_finder *finder;
    const struct event_actor *others; /* on the other side, by the clause */
    size_t other_count;
    const struct tree *tree;
    uint32_t at;
    const struct coded_event *event;
    int root, quad; /* from 0 */
    struct party_candidate *candidates;
    size_t count;
};

static void say(struct party_candidate *candidate, int number)
{
    assert(number >= 0 && number < F_END);
    for (size_t i = 0; i < candidate->feature_count; i++)
        if (candidate->features[i] == number)
            return;
    if (candidate->feature_count < PARTY_FEATURES_MAX)
        candidate->features[candidate->feature_count++] = (uint16_t)number;
}

/* ---- Who is who ---- */

static bool is_same(const struct event_actor *a, const struct event_actor *b)
{
    if (a->entity && b->entity && (a->entity == b->entity || !str_starts(a->cameo, STR("IGO"))))
        return a->entity == b->entity;
    return a->cameo.len && str_equal(a->cameo, b->cameo);
}

/* "the Turkish government" is one, not two. */
static bool overlap(struct span a, struct span b)
{
    return a.start < b.end && b.start < a.end;
}

static bool is_other(const struct collecting *collecting, const struct event_actor *actor)
{
    for (size_t i = 0; i < collecting->other_count; i++) {
        const struct event_actor *other = &collecting->others[i];
        if (is_same(other, actor) || overlap(other->span, actor->span))
            return true;
    }
    return false;
}

static bool is_of(const struct event_actor *actor, const char *sectors)
{
    return actor->sector[0] && strstr(sectors, actor->sector);
}

/* The kind of the side that somebody is on. */
static int sector_of(const struct event_actor *actor)
{
    if (is_of(actor, "GOV LEG JUD ELI"))
        return 1;
    if (is_of(actor, "MIL"))
        return 2;
    if (is_of(actor, "COP SPY"))
        return 3;
    if (is_of(actor, "REB SEP UAF INS CRM"))
        return 4;
    if (actor->sector[0])
        return 5; /* people */
    return actor->country[0] ? 0 : 6;
}

static int side_of_other(const struct collecting *collecting)
{
    if (!collecting->other_count)
        return 5;
    switch (sector_of(&collecting->others[0])) {
    case 0:
    case 1:
        return 0;
    case 2:
    case 3:
        return 1;
    case 4:
        return 2;
    case 5:
        return 3;
    default:
        return 4;
    }
}

static int nearness(const struct collecting *collecting, const struct event_actor *actor)
{
    if (!actor->country[0] || !collecting->other_count || !collecting->others[0].country[0])
        return 3;
    if (strcmp(actor->country, collecting->others[0].country) != 0)
        return 2;
    return sector_of(actor) <= 1 ? 0 : 1;
}

/* ---- What speaks for somebody ---- */

/* Names and references before the event, at most MENTIONS_MOST. */
static size_t mentions_before(const struct collecting *collecting, uint32_t number)
{
    const struct article *article = collecting->finder->article;
    uint32_t token = collecting->tree->first + collecting->at;
    const struct article_entity *entity = &article->entities.items[number - 1];
    size_t count = 0;
    for (size_t i = 0; i < entity->name_count && count < MENTIONS_MOST; i++) {
        if (article->names.items[entity->names[i]].first >= token)
            break;
        count++;
    }
    for (size_t i = 0; i < entity->reference_count && count < MENTIONS_MOST; i++) {
        if (article->references.items[entity->references[i]].first >= token)
            break;
        count++;
    }
    return count;
}

/* Is it an answer to the earlier act: a denial of an accusation, gas against those who march? */
static bool answers(const struct coded_event *event, const struct coded_event *before)
{
    return (!strncmp(event->cameo, "016", 3) && !strncmp(before->cameo, "11", 2)) ||
           (!strncmp(event->cameo, "175", 3) && !strncmp(before->cameo, "14", 2));
}

static void say_past(const struct collecting *collecting, struct party_candidate *candidate)
{
    const struct article *article = collecting->finder->article;
    const struct coded_event *event = collecting->event;
    size_t count = article->events.count, first = count > EVENTS_BACK ? count - EVENTS_BACK : 0;
    for (size_t i = count; i > first; i--) {
        const struct coded_event *before = &article->events.items[i - 1];
        bool by_us = before->source_count && collecting->other_count &&
                     is_same(&before->sources[0], &collecting->others[0]);
        bool to_us = before->target_count && collecting->other_count &&
                     is_same(&before->targets[0], &collecting->others[0]);
        bool to_them = before->target_count && is_same(&before->targets[0], &candidate->actors[0]);
        bool by_them = before->source_count && is_same(&before->sources[0], &candidate->actors[0]);
        if (by_us && to_them)
            say(candidate, F_PAST + !strncmp(before->cameo, event->cameo, 2));
        if (by_them && answers(event, before))
            say(candidate, F_PAST + 4);
        if (to_us && by_them)
            say(candidate, F_PAST + 2 + (act_quad_class(before->cameo) == act_quad_class(event->cameo)));
    }
}

static int noun_of(const struct collecting *collecting, const struct event_actor *actor)
{
    if (!actor->entity)
        return 5;
    switch (collecting->finder->article->entities.items[actor->entity - 1].type) {
    case NAME_PERSON:
        return 0;
    case NAME_ORGANISATION:
        return 1;
    case NAME_PLACE:
        return 2;
    case NAME_GROUP:
        return 3;
    default:
        return 4;
    }
}

static void say_who(const struct collecting *collecting, struct party_candidate *candidate)
{
    const struct event_actor *actor = &candidate->actors[0];
    int side = side_of_other(collecting);
    size_t mentions = actor->entity ? mentions_before(collecting, actor->entity) : 0;
    say(candidate, F_COUNTRY + (nearness(collecting, actor) * SIDES + side) * QUADS + collecting->quad);
    say(candidate, F_SECTOR + sector_of(actor) * ROOTS + collecting->root);
    say(candidate, F_SHARE + (mentions >= 8 ? 4 : mentions >= 4 ? 3 : mentions >= 2 ? 2 : (int)mentions));
    say(candidate, F_NOUN + noun_of(collecting, actor) * QUADS + collecting->quad);
    say_past(collecting, candidate);
}

static int preposition_number(struct str word)
{
    static const char *const words[] = {"against", "among", "at", "between", "by", "for",    "from", "in",
                                        "into",    "of",    "on", "over",    "to", "toward", "with"};
    _Static_assert(sizeof(words) / sizeof(words[0]) + 1 == PREPOSITIONS, "each has a number, the others one");
    for (int i = 0; i < PREPOSITIONS - 1; i++)
        if (str_equal(word, str_from(words[i])))
            return i;
    return PREPOSITIONS - 1;
}

/* "Its ambassador": does the other side own the candidate? */
static bool is_owned(const struct collecting *collecting, uint32_t head)
{
    const struct tree *tree = collecting->tree;
    if (!collecting->other_count || !collecting->others[0].entity)
        return false;
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child)
        if (tree->nodes[c].relation == REL_NMOD &&
            collecting->finder->article->token_entities[tree->first + c] == collecting->others[0].entity)
            return true;
    return false;
}

/* How the words of a candidate hang together with the event's. */
static void say_place(const struct collecting *collecting, uint32_t head, struct party_candidate *candidate)
{
    const struct tree *tree = collecting->tree;
    uint32_t below = head, away = head > collecting->at ? head - collecting->at : collecting->at - head;
    int depth = 0;
    while (below != TREE_NONE && depth < STEPS_MOST && tree->nodes[below].head != collecting->at) {
        below = tree->nodes[below].head;
        depth++;
    }
    if (below != TREE_NONE && depth < STEPS_MOST) {
        int relation =
            clause_passive_subject(tree, below) ? PASSIVE_SUBJECT : (int)tree->nodes[below].relation;
        say(candidate, F_BELOW + relation * DEPTHS + (depth >= DEPTHS ? DEPTHS - 1 : depth));
        say(candidate, F_PREPOSITION + preposition_number(clause_preposition(tree, below)) +
                           (tree->nodes[collecting->at].upos == UPOS_NOUN) * PREPOSITIONS);
    } else {
        say(candidate, F_BESIDE + tree->nodes[head].relation);
    }
    if (is_owned(collecting, head))
        say(candidate, F_OWNED + collecting->quad);
    int distance = away <= 3 ? 0 : away <= 6 ? 1 : away <= 10 ? 2 : away <= 20 ? 3 : 4;
    say(candidate, F_DISTANCE + (head > collecting->at) * DISTANCES + distance);
}

/* ---- Collecting ---- */

/* The candidate that these are, an earlier one where they are it already; NULL when there is no room, or when
 * they are who does it. */
static struct party_candidate *add(struct collecting *collecting, const struct event_actor *actors,
                                   size_t count, enum origin origin)
{
    struct party_candidate *candidate = NULL;
    if (count && origin != BY_CLAUSE && (is_other(collecting, &actors[0]) || !actors[0].cameo.len))
        return NULL;
    for (size_t i = 0; i < collecting->count && !candidate; i++)
        if (!count == !collecting->candidates[i].count &&
            (!count || is_same(&collecting->candidates[i].actors[0], &actors[0])))
            candidate = &collecting->candidates[i];
    if (!candidate) {
        if (collecting->count == PARTY_CANDIDATES_MAX)
            return NULL;
        candidate = &collecting->candidates[collecting->count++];
        candidate->count = count;
        candidate->by_clause = candidate->placed = false;
        candidate->feature_count = 0;
        if (count) {
            memcpy(candidate->actors, actors, count * sizeof(*actors));
            say_who(collecting, candidate);
        }
    }
    candidate->by_clause |= origin == BY_CLAUSE;
    say(candidate, F_ORIGIN + (int)origin);
    say(candidate, F_ORIGIN_ROOT + (int)origin * ROOTS + collecting->root);
    if (!collecting->other_count)
        say(candidate, F_ORIGIN_ALONE + (int)origin);
    return candidate;
}

/* Heads of phrases that may name somebody: not the words within a name, nor what "and" joins to one. */
static bool is_head(const struct collecting *collecting, uint32_t at)
{
    const struct tree *tree = collecting->tree;
    const struct tree_node *node = &tree->nodes[at];
    uint32_t entity = collecting->finder->article->token_entities[tree->first + at];
    if (node->head != TREE_NONE && entity &&
        collecting->finder->article->token_entities[tree->first + node->head] == entity)
        return false;
    return entity || node->upos == UPOS_NOUN || node->upos == UPOS_PROPN ||
           collecting->finder->article->token_unnamed[tree->first + at];
}

/* "Turkish" in "the Turkish president" says who the president is, and is nobody beside him. */
static bool is_beside_somebody(const struct collecting *collecting, uint32_t at)
{
    const struct tree_node *node = &collecting->tree->nodes[at];
    size_t count = 0;
    if ((node->relation == REL_AMOD || node->relation == REL_COMPOUND) && node->head != TREE_NONE)
        (void)actors_known(collecting->finder, collecting->tree, node->head, &count);
    return count > 0;
}

static void add_sentence(struct collecting *collecting)
{
    const struct tree *tree = collecting->tree;
    uint32_t first = collecting->at > WORDS_AROUND ? collecting->at - WORDS_AROUND : 0;
    for (uint32_t at = first; at < tree->count && at < collecting->at + WORDS_AROUND; at++) {
        size_t count;
        if (at == collecting->at || !is_head(collecting, at) || is_beside_somebody(collecting, at))
            continue;
        const struct event_actor *actors = actors_known(collecting->finder, tree, at, &count);
        struct party_candidate *candidate = count ? add(collecting, actors, count, BY_SENTENCE) : NULL;
        if (candidate) {
            say_place(collecting, at, candidate);
            candidate->placed = true;
        }
    }
}

/* Whom the clause names, and no list has: their words have a place too. */
static void place_clause(struct collecting *collecting, const struct event_actor *actors, size_t count)
{
    const struct tree *tree = collecting->tree;
    const struct span *spans = collecting->finder->article->token_spans + tree->first;
    uint32_t first = collecting->at > WORDS_AROUND ? collecting->at - WORDS_AROUND : 0, end;
    struct party_candidate *candidate = &collecting->candidates[1];
    if (!count || collecting->count < 2 || candidate->placed)
        return;
    while (first < tree->count && spans[first].start < actors[0].span.start)
        first++;
    end = first;
    while (end < tree->count && spans[end].end <= actors[0].span.end)
        end++;
    if (end > first && first < collecting->at + WORDS_AROUND)
        say_place(collecting, tree_head_of(tree, first, end), candidate);
}

static void add_earlier(struct collecting *collecting)
{
    const struct article *article = collecting->finder->article;
    size_t count = article->events.count, first = count > EVENTS_BACK ? count - EVENTS_BACK : 0;
    for (size_t i = count; i > first; i--) {
        const struct coded_event *before = &article->events.items[i - 1];
        if (before->source_count)
            add(collecting, before->sources, before->source_count, BY_EARLIER_SOURCE);
        if (before->target_count)
            add(collecting, before->targets, before->target_count, BY_EARLIER_TARGET);
    }
}

static void add_governments(struct collecting *collecting)
{
    struct event_actor government;
    if (collecting->finder->home[0]) {
        actor_government(collecting->finder, collecting->finder->home, &government);
        add(collecting, &government, 1, BY_HOME);
    }
    if (collecting->other_count && collecting->others[0].country[0]) {
        actor_government(collecting->finder, collecting->others[0].country, &government);
        add(collecting, &government, 1, BY_OWN_GOVERNMENT);
    }
}

/* Is the country no more than the one whose government is on the other side? A country acts by it. */
static bool is_state_of_other(const struct collecting *collecting, const struct event_actor *country)
{
    const struct event_actor *other = collecting->others;
    return collecting->other_count && country->country[0] && !country->sector[0] &&
           !strcmp(other->sector, "GOV") && !strcmp(country->country, other->country);
}

/* Those whom the article has spoken of most. */
static void add_article(struct collecting *collecting)
{
    const struct article *article = collecting->finder->article;
    uint32_t best[ARTICLE_ENTITIES] = {0};
    size_t mentions[ARTICLE_ENTITIES] = {0};
    for (uint32_t number = 1; number <= article->entities.count && number <= ENTITIES_MOST; number++) {
        size_t count = mentions_before(collecting, number), at = ARTICLE_ENTITIES;
        while (at > 0 && count > mentions[at - 1])
            at--;
        if (at == ARTICLE_ENTITIES)
            continue;
        memmove(&best[at + 1], &best[at], (ARTICLE_ENTITIES - 1 - at) * sizeof(best[0]));
        memmove(&mentions[at + 1], &mentions[at], (ARTICLE_ENTITIES - 1 - at) * sizeof(mentions[0]));
        best[at] = number;
        mentions[at] = count;
    }
    for (size_t i = 0; i < ARTICLE_ENTITIES && best[i]; i++) {
        struct event_actor actor;
        if (actor_of_entity(collecting->finder, best[i], &actor) && !is_state_of_other(collecting, &actor))
            add(collecting, &actor, 1, BY_ARTICLE);
    }
}

size_t party_candidates(const struct actor_finder *finder, const struct tree *tree, uint32_t at,
                        const struct coded_event *event, enum party party,
                        struct party_candidate ret_candidates[PARTY_CANDIDATES_MAX])
{
    bool source = party == PARTY_SOURCE;
    struct collecting collecting = {.finder = finder,
                                    .others = source ? event->targets : event->sources,
                                    .other_count = source ? event->target_count : event->source_count,
                                    .tree = tree,
                                    .at = at,
                                    .event = event,
                                    .root = (event->cameo[0] - '0') * 10 + event->cameo[1] - '1',
                                    .quad = act_quad_class(event->cameo) - 1,
                                    .candidates = ret_candidates};
    assert(collecting.root >= 0 && collecting.root < ROOTS && collecting.quad >= 0 &&
           collecting.quad < QUADS);
    add(&collecting, NULL, 0, BY_NOBODY);
    add(&collecting, source ? event->sources : event->targets,
        source ? event->source_count : event->target_count, BY_CLAUSE); /* nobody too */
    add_sentence(&collecting);
    place_clause(&collecting, source ? event->sources : event->targets,
                 source ? event->source_count : event->target_count);
    add_earlier(&collecting);
    add_governments(&collecting);
    add_article(&collecting);
    return collecting.count;
}
