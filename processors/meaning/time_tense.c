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
    bool said = false;
    uint32_t child = time_node(reader, verb)->first_child;
    for (int i = 0; child != TREE_NONE && i < CHILDREN_MAX;
         child = time_node(reader, child)->next_child, i++) {
        const struct tree_node *node = time_node(reader, child);
        bool helper = node->relation == REL_AUX || node->relation == REL_COP;
        bool infinitive = node->relation == REL_MARK && str_equal(node->lower, STR("to"));
        if (infinitive || (helper && one_of(node->lower, future))) {
            *ret_tense = TENSE_FUTURE;
            return true;
        }
        if (helper && one_of(node->lower, past)) {
            *ret_tense = TENSE_PAST;
            said = true;
        } else if (helper && !said) { /* "is meeting", "is due" */
            *ret_tense = str_equal(time_node(reader, verb)->xpos, STR("VBN")) ? TENSE_PAST : TENSE_FUTURE;
            said = true;
        }
    }
    return said;
}

enum time_tense time_tense_at(const struct time_reader *reader, uint32_t at)
{
    static const char *const ahead[] = {"schedule", "plan",     "expect",      "set", "due",
                                        "slate",    "upcoming", "forthcoming", NULL};
    enum time_tense tense = TENSE_PAST;
    for (int step = 0; at != TREE_NONE && step < STEPS_MAX; step++, at = time_node(reader, at)->head) {
        const struct tree_node *node = time_node(reader, at);
        if (one_of(node->lemma, ahead))
            return TENSE_FUTURE;
        if (helpers_say(reader, at, &tense))
            return tense;
        if (str_equal(node->xpos, STR("VBD")) || str_equal(node->xpos, STR("VBN")))
            return TENSE_PAST;
        if (str_equal(node->xpos, STR("VBZ")) || str_equal(node->xpos, STR("VBP")) ||
            str_equal(node->xpos, STR("VB")))
            return TENSE_FUTURE;
    }
    return TENSE_PAST;
}
