/* time_tense: the tense of the verb above a word in the tree. */
#include "processors/meaning/time_grammar.h"

enum { STEPS_MAX = 12, CHILDREN_MAX = 24 };

static bool one_of(struct str word, const char *const *list)
{
    for (; *list; list++)
        if (str_equal(word, str_from(*list)))
            return true;
    return false;
}

/* What the verb's helpers say; false when they say nothing. */
static bool helpers_say(const struct time_reader *reader, uint32_t verb, enum time_tense *ret_tense)
{
    static const char *const future[] = {"will",  "shall",  "'ll",  "wo",  "would", "may",
                                         "might", "should", "must", "can", "could", NULL};
    static const char *const past[] = {"was", "were", "had", "has", "have", "been", "'ve", "did", NULL};
    static const char *const now[] = {"is", "are",   "am",   "'s", "'re", "'m",
                                      "be", "being", "does", "do", NULL};
    bool said = false;
    uint32_t child = time_node(reader, verb)->first_child;
    for (int i = 0; child != TREE_NONE && i < CHILDREN_MAX;
         child = time_node(reader, child)->next_child, i++) {
        const struct tree_node *node = time_node(reader, child);
        bool helper = node->relation == REL_AUX || node->relation == REL_COP;
        bool demanded = helper && str_equal(node->lower, STR("be")); /* "that he be charged" */
        if (demanded || (node->relation == REL_MARK && str_equal(node->lower, STR("to")))) {
            *ret_tense = TENSE_PRESENT;
            return true;
        }
        if (helper && one_of(node->lower, future)) {
            *ret_tense = TENSE_FUTURE;
            return true;
        }
        if (helper && one_of(node->lower, past)) {
            *ret_tense = TENSE_PAST;
            said = true;
        } else if (helper && !said && one_of(node->lower, now)) { /* "is meeting", "is due" */
            *ret_tense = str_equal(time_node(reader, verb)->xpos, STR("VBN")) ? TENSE_PAST : TENSE_PRESENT;
            said = true;
        }
    }
    return said;
}

/* What the verb says by itself; false when it is none, or an infinitive, of which the verbs above it may say
 * more. */
static bool verb_says(const struct time_reader *reader, uint32_t verb, enum time_tense *ret_tense)
{
    struct str tag = time_node(reader, verb)->xpos;
    if (helpers_say(reader, verb, ret_tense))
        return !str_equal(tag, STR("VB")) || *ret_tense != TENSE_PRESENT;
    if (str_equal(tag, STR("VBD")) || str_equal(tag, STR("VBN")))
        *ret_tense = TENSE_PAST;
    else if (str_equal(tag, STR("VBZ")) || str_equal(tag, STR("VBP")) || str_equal(tag, STR("VB")))
        *ret_tense = TENSE_PRESENT;
    else
        return false;
    return true;
}

/* What is done for an infinitive below it to be told: "had been allowed to cross", "managed to flee". */
static bool makes_true(const struct time_reader *reader, uint32_t verb)
{
    static const char *const verbs[] = {"manage", "force", "begin", "start", "continue",
                                        "fail",   "help",  "allow", NULL};
    const struct tree_node *node = time_node(reader, verb);
    if (one_of(node->lemma, verbs))
        return true;
    uint32_t child = node->first_child;
    for (int i = 0; child != TREE_NONE && i < CHILDREN_MAX; child = time_node(reader, child)->next_child, i++)
        if (time_node(reader, child)->relation == REL_AUX &&
            str_equal(time_node(reader, child)->lower, STR("had")))
            return true;
    return false;
}

static bool is_planned(const struct time_reader *reader, uint32_t at)
{
    static const char *const ahead[] = {"schedule", "plan",     "expect",      "due",
                                        "slate",    "upcoming", "forthcoming", NULL};
    if (str_equal(time_node(reader, at)->lemma, STR("set"))) /* not "set free", "set fire" */
        return time_is(reader, at + 1, "to") || time_is(reader, at + 1, "for");
    return one_of(time_node(reader, at)->lemma, ahead);
}

enum time_tense time_tense_at(const struct time_reader *reader, uint32_t at)
{
    enum time_tense tense = TENSE_PAST, above;
    bool infinitive = false;
    for (int step = 0; at != TREE_NONE && step < STEPS_MAX; step++, at = time_node(reader, at)->head) {
        if (is_planned(reader, at))
            return TENSE_FUTURE;
        above = TENSE_PAST;
        if (verb_says(reader, at, &above)) {
            if (!infinitive || above == TENSE_FUTURE || (above == TENSE_PAST && makes_true(reader, at)))
                return above;
            continue; /* "plans to go", "promised to go": what stands above may say more */
        }
        if (above == TENSE_PRESENT && !infinitive) {
            infinitive = true;
            tense = above;
        }
    }
    return tense;
}
