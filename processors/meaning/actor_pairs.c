/* actor_pairs: see the header. */
#include "processors/meaning/actor_pairs.h"

#include <string.h>

#include "base/word_list.h"

enum { SIDES_MAX = 12 };

struct side {
    struct event_actor actor;
    size_t mentions;
};

/* "both", "the two", "all sides". The lists are in the order of bytes. */
static bool speaks_of_two(const struct tree *tree, uint32_t head, bool *ret_states)
{
    static const char *const sides[] = {"camp", "faction", "foe", "party", "rival", "side"};
    static const char *const states[] = {"capital",  "country",   "government", "nation",
                                         "neighbor", "neighbour", "state"};
    static const char *const two[] = {"all", "both", "two", "warring"};
    bool side = WORD_LISTED(sides, tree->nodes[head].lemma);
    *ret_states = WORD_LISTED(states, tree->nodes[head].lemma);
    if (str_equal(tree->nodes[head].lower, STR("both")))
        return tree->nodes[head].relation == REL_OBJ || tree->nodes[head].relation == REL_NSUBJ ||
               tree->nodes[head].relation == REL_OBL;
    for (uint32_t c = tree->nodes[head].first_child; (side || *ret_states) && c != TREE_NONE;
         c = tree->nodes[c].next_child)
        if (WORD_LISTED(two, tree->nodes[c].lower) && (side || !str_equal(tree->nodes[c].lower, STR("all"))))
            return true;
    return false;
}

static bool is_armed(const struct event_actor *actor)
{
    return !strcmp(actor->sector, "REB") || !strcmp(actor->sector, "UAF") || !strcmp(actor->sector, "SEP");
}

/* A country with all that acts for it is one side; rebels are one each. */
static bool is_one_side(const struct event_actor *a, const struct event_actor *b)
{
    return is_armed(a) || is_armed(b) ? str_equal(a->cameo, b->cameo) && str_equal(a->name, b->name)
                                      : !strcmp(a->country, b->country);
}

static bool is_a_side(const struct event_actor *actor, bool states)
{
    bool of_state = !actor->sector[0] || !strcmp(actor->sector, "GOV") || !strcmp(actor->sector, "MIL");
    return (is_armed(actor) && !states) || (actor->country[0] && of_state);
}

static void count_side(struct side *sides, size_t *count, const struct event_actor *actor, size_t mentions)
{
    size_t i = 0;
    while (i < *count && !is_one_side(&sides[i].actor, actor))
        i++;
    if (i == SIDES_MAX)
        return;
    if (i == *count)
        sides[(*count)++] = (struct side){.actor = *actor};
    sides[i].mentions += mentions;
}

/* Of names and references, those that stand before the word. */
static size_t mentions_before(const struct article *article, const struct article_entity *entity,
                              uint32_t token)
{
    size_t count = 0;
    for (size_t i = 0; i < entity->name_count; i++)
        count += article->names.items[entity->names[i]].first < token;
    for (size_t i = 0; i < entity->reference_count; i++)
        count += article->references.items[entity->references[i]].first < token;
    return count;
}

/* Who does something to both is none of them: the entities of the subjects above the phrase. */
static bool is_subject_above(const struct article *article, const struct tree *tree, uint32_t head,
                             uint32_t number)
{
    for (uint32_t above = tree->nodes[head].head; above != TREE_NONE; above = tree->nodes[above].head) {
        uint32_t subject = tree_child(tree, above, REL_NSUBJ);
        if (subject != TREE_NONE && subject != head &&
            article->token_entities[tree->first + subject] == number)
            return true;
    }
    return false;
}

static size_t find_sides(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                         bool states, struct side sides[SIDES_MAX])
{
    const struct article *article = finder->article;
    size_t count = 0;
    for (uint32_t number = 1; number <= article->entities.count; number++) {
        const struct article_entity *entity = &article->entities.items[number - 1];
        size_t mentions =
            entity->type == NAME_PERSON ? 0 : mentions_before(article, entity, tree->first + head);
        struct event_actor actor = {0};
        if (mentions && !is_subject_above(article, tree, head, number) &&
            actor_of_entity(finder, number, &actor) && is_a_side(&actor, states))
            count_side(sides, &count, &actor, mentions);
    }
    return count;
}

static size_t largest(const struct side *sides, size_t count, size_t but)
{
    size_t best = count;
    for (size_t i = 0; i < count; i++)
        if (i != but && (best == count || sides[i].mentions > sides[best].mentions))
            best = i;
    return best;
}

/* "Russian-American talks": the word and the one before its hyphen, both of a country. */
static bool joined_pair(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                        struct event_actor ret_pair[2])
{
    if (head < 2 || !(tree_is(tree, head - 1, "-") || tree_is(tree, head - 1, "\u2013")))
        return false;
    for (uint32_t i = 0; i < 2; i++) {
        uint32_t at = head - 2 + 2 * i, number = finder->article->token_entities[tree->first + at];
        ret_pair[i] = (struct event_actor){0};
        if (!number || !actor_of_entity(finder, number, &ret_pair[i]) || !ret_pair[i].country[0] ||
            ret_pair[i].sector[0])
            return false;
        ret_pair[i].span = tree_span(finder->article, tree, at, at + 1);
    }
    return strcmp(ret_pair[0].country, ret_pair[1].country) != 0;
}

bool actor_pair(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                struct event_actor ret_pair[2])
{
    struct side sides[SIDES_MAX];
    bool states;
    if (joined_pair(finder, tree, head, ret_pair))
        return true;
    if (actors_together(finder->article, tree->first + head)) /* those are named */
        return false;
    if (!speaks_of_two(tree, head, &states))
        return false;
    size_t count = find_sides(finder, tree, head, states, sides);
    if (count < 2)
        return false;
    size_t first = largest(sides, count, count), second = largest(sides, count, first);
    ret_pair[0] = sides[first].actor;
    ret_pair[1] = sides[second].actor;
    ret_pair[0].span = ret_pair[1].span = tree_span(finder->article, tree, head, head + 1);
    return true;
}
