/* affiliation_candidates: see the header. */
#include "processors/meaning/affiliation_candidates.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "processors/language/tree.h"
#include "processors/meaning/affiliation_weight_table.h"
#include "processors/meaning/clauses.h"
#include "processors/meaning/home_country.h"

/* ---- The numbers of features ---- */

/* What kind of office somebody has. */
enum office {
    OFFICE_NONE,
    OFFICE_HEAD,
    OFFICE_MINISTER,
    OFFICE_SPEAKS,
    OFFICE_DIPLOMAT,
    OFFICE_ARMED,
    OFFICE_POLITICS,
    OFFICE_OTHER,
    OFFICES
};

/* Titles that few countries have. */
enum title { TITLE_PLAIN, TITLE_SECRETARY, TITLE_FOREIGN_SECRETARY, TITLE_CHANCELLOR, TITLE_ENVOY, TITLES };
enum bearer { BEARER_OTHER, BEARER_US, BEARER_GB, BEARER_GERMAN, BEARERS };

enum {
    SHARES = 4,
    SPANS = 6,
    RELATIONS = REL_OTHER + 1,
    PREPOSITIONS = 9,
    SORTS = 6,
    PLACES = 3,
    /* What bounds the work on hostile text */
    MENTIONS_MOST = 400,
    ENTITIES_MOST = 200
};

enum first_number {
    F_HOME = 0,
    F_DATELINE = F_HOME + OFFICES * 2,
    F_SHARE = F_DATELINE + OFFICES * 2,
    F_BEFORE = F_SHARE + OFFICES * SHARES,
    F_NEAREST = F_BEFORE + SPANS,
    F_NEAREST_SORT = F_NEAREST + OFFICES * PLACES,
    F_AFTER = F_NEAREST_SORT + SORTS,
    F_OWNER = F_AFTER + 2,
    F_RELATION = F_OWNER + 2,
    F_PREPOSITION = F_RELATION + RELATIONS * 2,
    F_OFFICIAL = F_PREPOSITION + PREPOSITIONS * 2,
    F_TAKEN = F_OFFICIAL + 2,
    F_LEADING = F_TAKEN + OFFICES,
    F_LAST_PERSON = F_LEADING + 2,
    F_TITLE = F_LAST_PERSON + 2,
    F_SUBJECT = F_TITLE + TITLES * BEARERS,
    F_HEADLINE = F_SUBJECT + OFFICES,
    F_END = F_HEADLINE + OFFICES
};

static const short weights[F_END] = {AFFILIATION_WEIGHTS};

size_t affiliation_feature_count(void)
{
    return F_END;
}

float affiliation_candidate_score(const struct affiliation_candidate *candidate)
{
    float score = 0;
    for (size_t i = 0; i < candidate->feature_count; i++)
        score += (float)weights[candidate->features[i]];
    return score / 1000;
}

static void say(struct affiliation_candidate *candidate, int number)
{
    assert(number >= 0 && number < F_END);
    for (size_t i = 0; i < candidate->feature_count; i++)
        if (candidate->features[i] == number)
            return;
    if (candidate->feature_count < AFFILIATION_FEATURES_MAX)
        candidate->features[candidate->feature_count++] = (uint16_t)number;
}

/* ---- The scene ---- */

static int by_token(const void *a, const void *b)
{
    const struct country_mention *x = a, *y = b;
    return x->token < y->token ? -1 : x->token > y->token;
}

static void add_mention(struct affiliation_scene *scene, struct country_mention *mentions, uint32_t entity,
                        uint32_t sentence, uint32_t first, uint32_t end)
{
    const struct article *article = scene->article;
    const struct tree *tree = &article->trees[sentence];
    struct country_mention *mention = &mentions[scene->mention_count++];
    memcpy(mention->country, article->entities.items[entity].country, sizeof(mention->country));
    mention->sentence = sentence;
    mention->token = tree->first + tree_head_of(tree, first - tree->first, end - tree->first);
    mention->entity = entity;
}

int affiliation_scene_fill(struct affiliation_scene *ret_scene, const struct article *article)
{
    size_t most = article->names.count + article->references.count;
    struct country_mention *mentions = arena_new_array(article->arena, struct country_mention, most + 1);
    *ret_scene = (struct affiliation_scene){.article = article, .mentions = mentions};
    if (!mentions)
        return -ENOMEM;
    home_country(article, ret_scene->home);
    for (size_t i = 0; i < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i];
        if (article->entities.items[name->entity].country[0])
            add_mention(ret_scene, mentions, name->entity, name->sentence, name->first, name->end);
    }
    for (size_t i = 0; i < article->references.count; i++) {
        const struct article_reference *reference = &article->references.items[i];
        if (article->entities.items[reference->entity].country[0])
            add_mention(ret_scene, mentions, reference->entity, reference->sentence, reference->first,
                        reference->end);
    }
    qsort(mentions, ret_scene->mention_count, sizeof(*mentions), by_token);
    return 0;
}

/* ---- The person ---- */

/* Where the person is first said to be something, or is named. */
struct anchor {
    const struct affiliation_scene *scene;
    const struct article_entity *person;
    uint32_t entity;
    uint32_t sentence, token; /* the first of the role or the name, of the article's tokens */
    uint32_t end;             /* behind both */
    const struct tree *tree;
    enum office office;
    enum title title;
};

static enum office office_of(enum role_class class)
{
    switch (class) {
    case ROLE_NONE:
    case ROLE_CITIZEN:
        return OFFICE_NONE;
    case ROLE_HEAD_OF_STATE:
    case ROLE_HEAD_OF_GOVERNMENT:
        return OFFICE_HEAD;
    case ROLE_MINISTER:
        return OFFICE_MINISTER;
    case ROLE_SPOKESPERSON:
    case ROLE_OFFICIAL:
        return OFFICE_SPEAKS;
    case ROLE_DIPLOMAT:
        return OFFICE_DIPLOMAT;
    case ROLE_MILITARY:
    case ROLE_POLICE:
    case ROLE_REBEL:
        return OFFICE_ARMED;
    case ROLE_LEGISLATOR:
    case ROLE_PARTY:
    case ROLE_OPPOSITION:
        return OFFICE_POLITICS;
    default:
        return OFFICE_OTHER;
    }
}

static bool has_word(const struct anchor *anchor, const char *lower)
{
    const struct role *role = &anchor->person->role;
    const struct tree *tree = &anchor->scene->article->trees[role->sentence];
    for (uint32_t at = role->first; at < role->end; at++)
        if (str_equal(tree->nodes[at - tree->first].lower, str_from(lower)))
            return true;
    return false;
}

static enum title title_of(const struct anchor *anchor)
{
    if (!anchor->person->role.class)
        return TITLE_PLAIN;
    if (has_word(anchor, "secretary") && (has_word(anchor, "foreign") || has_word(anchor, "home")))
        return TITLE_FOREIGN_SECRETARY;
    if (has_word(anchor, "secretary") || has_word(anchor, "sen.") || has_word(anchor, "rep.") ||
        (has_word(anchor, "attorney") && has_word(anchor, "general")))
        return TITLE_SECRETARY;
    if (has_word(anchor, "chancellor"))
        return TITLE_CHANCELLOR;
    return has_word(anchor, "envoy") || has_word(anchor, "commissioner") ? TITLE_ENVOY : TITLE_PLAIN;
}

static enum bearer bearer_of(const char country[3])
{
    return !strcmp(country, "US")                             ? BEARER_US
           : !strcmp(country, "GB")                           ? BEARER_GB
           : !strcmp(country, "DE") || !strcmp(country, "AT") ? BEARER_GERMAN
                                                              : BEARER_OTHER;
}

static struct anchor anchor_of(const struct affiliation_scene *scene, uint32_t entity)
{
    const struct article_entity *person = &scene->article->entities.items[entity];
    const struct article_name *name = &scene->article->names.items[person->names[0]];
    struct anchor anchor = {
        .scene = scene, .person = person, .entity = entity, .office = office_of(person->role.class)};
    anchor.sentence = name->sentence;
    anchor.token = name->first;
    anchor.end = name->end;
    if (person->role.class) {
        anchor.sentence = person->role.sentence;
        anchor.token = person->role.first;
        anchor.end = person->role.end;
    }
    anchor.tree = &scene->article->trees[anchor.sentence];
    anchor.title = title_of(&anchor);
    return anchor;
}

/* The entity that "its" before the role means, from 1; 0 = none. */
static uint32_t owner_of(const struct anchor *anchor)
{
    uint32_t at = anchor->token - anchor->tree->first;
    if (at == 0 || !str_equal(anchor->tree->nodes[at - 1].xpos, STR("PRP$")))
        return 0;
    return anchor->scene->article->token_entities[anchor->token - 1];
}

/* ---- What speaks for a country ---- */

static int preposition_number(struct str word)
{
    static const char *const words[] = {"in", "of", "to", "with", "from", "by", "for", "against"};
    _Static_assert(sizeof(words) / sizeof(words[0]) + 1 == PREPOSITIONS, "each has a number, the others one");
    for (int i = 0; i < PREPOSITIONS - 1; i++)
        if (str_equal(word, str_from(words[i])))
            return i;
    return PREPOSITIONS - 1;
}

static int sort_of(const struct article_entity *entity)
{
    switch (entity->type) {
    case NAME_PERSON:
        return 0;
    case NAME_ORGANISATION:
        return 1;
    case NAME_PLACE:
        return entity->state ? 2 : entity->capital ? 3 : 4;
    default:
        return 5;
    }
}

/* Does the mention say what somebody else is: "his Iranian counterpart"? */
static bool is_of_another(const struct anchor *anchor, uint32_t at)
{
    const struct tree_node *node = &anchor->tree->nodes[at];
    if (node->head == TREE_NONE ||
        (node->relation != REL_AMOD && node->relation != REL_COMPOUND && node->relation != REL_NMOD))
        return false;
    return anchor->tree->nodes[node->head].upos == UPOS_NOUN ||
           anchor->tree->nodes[node->head].upos == UPOS_PROPN;
}

/* How a mention in the person's own sentence hangs together with it. */
static void say_sentence(const struct anchor *anchor, const struct country_mention *mention,
                         struct affiliation_candidate *candidate)
{
    uint32_t at = mention->token - anchor->tree->first;
    bool after = mention->token >= anchor->end;
    const struct tree_node *node = &anchor->tree->nodes[at];
    say(candidate, F_RELATION + node->relation * 2 + after);
    if (node->relation == REL_NMOD || node->relation == REL_OBL)
        say(candidate, F_PREPOSITION + preposition_number(clause_preposition(anchor->tree, at)) * 2 + after);
    if (is_of_another(anchor, at))
        say(candidate, F_OFFICIAL + after);
    if (node->relation == REL_NSUBJ && !after)
        say(candidate, F_SUBJECT + (int)anchor->office);
    if (at <= 1)
        say(candidate, F_LEADING + (at == 1 && tree_is(anchor->tree, 0, "in")));
}

static int span_of(uint32_t sentences)
{
    return sentences <= 2 ? (int)sentences : sentences <= 4 ? 3 : sentences <= 8 ? 4 : 5;
}

/* Is the office taken: has somebody else of this country the same? */
static bool is_taken(const struct anchor *anchor, const char country[3])
{
    const struct article *article = anchor->scene->article;
    for (uint32_t i = 0; i < article->entities.count && i < ENTITIES_MOST; i++) {
        const struct article_entity *other = &article->entities.items[i];
        if (i != anchor->entity && other->type == NAME_PERSON && other->role.class &&
            other->role.class == anchor->person->role.class && !strcmp(other->country, country))
            return true;
    }
    return false;
}

static void say_mentions(const struct anchor *anchor, struct affiliation_candidate *candidate)
{
    const struct affiliation_scene *scene = anchor->scene;
    const struct country_mention *before = NULL, *nearest = NULL, *last_person = NULL;
    size_t own = 0, all = 0;
    int office = (int)anchor->office;
    for (size_t i = 0; i < scene->mention_count && i < MENTIONS_MOST; i++) {
        const struct country_mention *mention = &scene->mentions[i];
        bool of_this = !strcmp(mention->country, candidate->country);
        bool earlier = mention->token < anchor->token;
        all++;
        own += of_this;
        if (mention->entity == anchor->entity)
            continue;
        if (earlier) {
            nearest = mention;
            if (scene->article->entities.items[mention->entity].type == NAME_PERSON)
                last_person = mention;
            before = of_this ? mention : before;
        }
        if (of_this && mention->sentence == anchor->sentence && (earlier || mention->token >= anchor->end))
            say_sentence(anchor, mention, candidate);
        if (of_this && !earlier && mention->sentence == anchor->sentence)
            say(candidate, F_AFTER);
        if (of_this && mention->sentence == 0)
            say(candidate, F_HEADLINE + office);
    }
    say(candidate, F_SHARE + office * SHARES +
                       (own * 2 >= all    ? 3
                        : own * 4 >= all  ? 2
                        : own * 10 >= all ? 1
                                          : 0));
    if (before)
        say(candidate, F_BEFORE + span_of(anchor->sentence - before->sentence));
    if (before && before == nearest) {
        uint32_t away = anchor->sentence - before->sentence;
        say(candidate, F_NEAREST + office * PLACES + (away < 2 ? (int)away : 2));
        say(candidate, F_NEAREST_SORT + sort_of(&scene->article->entities.items[before->entity]));
    }
    if (last_person && !strcmp(last_person->country, candidate->country))
        say(candidate, F_LAST_PERSON + (last_person->sentence == anchor->sentence));
}

static void say_all(const struct anchor *anchor, struct affiliation_candidate *candidate)
{
    const struct affiliation_scene *scene = anchor->scene;
    uint32_t owner = owner_of(anchor);
    int office = (int)anchor->office;
    say(candidate, F_HOME + office * 2 + !strcmp(candidate->country, scene->home));
    say(candidate, F_DATELINE + office * 2 + !strcmp(candidate->country, scene->article->dateline.country));
    if (owner && scene->article->entities.items[owner - 1].country[0])
        say(candidate,
            F_OWNER + !strcmp(candidate->country, scene->article->entities.items[owner - 1].country));
    if (is_taken(anchor, candidate->country))
        say(candidate, F_TAKEN + office);
    say(candidate, F_TITLE + (int)anchor->title * BEARERS + (int)bearer_of(candidate->country));
    say_mentions(anchor, candidate);
}

static size_t add_country(struct affiliation_candidate *candidates, size_t count, const char country[3])
{
    for (size_t i = 0; i < count; i++)
        if (!strcmp(candidates[i].country, country))
            return count;
    if (!country[0] || count == AFFILIATION_CANDIDATES_MAX)
        return count;
    memcpy(candidates[count].country, country, sizeof(candidates->country));
    candidates[count].feature_count = 0;
    return count + 1;
}

size_t affiliation_candidates(const struct affiliation_scene *scene, uint32_t person,
                              struct affiliation_candidate ret_candidates[AFFILIATION_CANDIDATES_MAX])
{
    struct anchor anchor = anchor_of(scene, person);
    size_t count = add_country(ret_candidates, 0, scene->home);
    count = add_country(ret_candidates, count, scene->article->dateline.country);
    for (size_t i = 0; i < scene->mention_count && i < MENTIONS_MOST; i++)
        count = add_country(ret_candidates, count, scene->mentions[i].country);
    for (size_t i = 0; i < count; i++)
        say_all(&anchor, &ret_candidates[i]);
    return count;
}
