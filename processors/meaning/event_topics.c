/* event_topics: see the header. */
#include "processors/meaning/event_topics.h"

enum { REFINED_MAX = 3, WORDS_MAX = 40 };

/* One of the topic's words stands from `first` to before `end`, and is not the clause's own. */
static bool speaks_of(const struct clause *clause, const struct event_topic *topic, uint32_t first,
                      uint32_t end)
{
    for (uint32_t at = first; at < end && at < first + WORDS_MAX; at++) {
        const struct tree_node *node = &clause->tree->nodes[at];
        for (size_t i = 0; at != clause->at && i < topic->count; i++)
            if (str_equal(node->lemma, topic->words[i]) || str_equal(node->lower, topic->words[i]))
                return true;
    }
    return false;
}

static bool is_about(const struct clause *clause, const struct event_topic *topic, const struct stand *stand)
{
    uint32_t first, end;
    tree_reach(clause->tree, clause->at, &first, &end);
    if (speaks_of(clause, topic, clause->verb ? clause->at + 1 : first, end)) /* not of who does it */
        return true;
    if (clause->passive && clause->own_object < clause->at &&
        speaks_of(clause, topic, clause->own_object, clause->at))
        return true; /* "a request for aid was rejected" */
    for (size_t i = 0; i < stand->stance_count; i++)
        if (speaks_of(clause, topic, stand->stances[i] + 1, clause->at))
            return true;
    return false;
}

/* The stance that an act without an object of its own is: what is asked for, then, is the finer act. */
static enum stance stance_of(const struct act *act, enum stance stance)
{
    static const struct {
        const char *name;
        enum stance stance;
    } acts[] = {{"APPEAL", STANCE_APPEAL},  {"DEMAND", STANCE_DEMAND},       {"INTEND", STANCE_INTENT},
                {"REJECT", STANCE_REFUSAL}, {"REJECT_PLAN", STANCE_REFUSAL}, {"THREATEN", STANCE_THREAT}};
    for (size_t i = 0; stance == STANCE_DONE && i < sizeof(acts) / sizeof(acts[0]); i++)
        if (str_equal(str_from(act->name), str_from(acts[i].name)))
            return acts[i].stance;
    return stance;
}

/* Under what stance the topic's act is coded. */
static enum stance stance_under(const struct event_topic *topic, const struct stand *stand)
{
    bool same =
        stance_of(topic->act, STANCE_DONE) == stance_of(stand->act, STANCE_DONE); /* REJECT_PLAN -> REJECT */
    return topic->stance != STANCE_DONE ? topic->stance
           : same                       ? stand->stance
                                        : stance_of(stand->act, stand->stance);
}

/* Has the finer act a code of its own under the stance? */
static bool fits(const struct event_topic *topic, const struct stand *stand)
{
    enum stance stance = stance_under(topic, stand);
    return stance == STANCE_DONE || topic->act->codes[stance];
}

void event_topics_read(const struct event_lexicon *lexicon, const struct clause *clause, struct stand *stand)
{
    for (int i = 0; i < REFINED_MAX; i++) {
        const struct event_topic *topic = event_lexicon_topics(lexicon), *found = NULL;
        for (; topic && !found; topic = topic->next)
            if (topic->of == stand->act && fits(topic, stand) && is_about(clause, topic, stand))
                found = topic;
        if (!found)
            return;
        stand->stance = stance_under(found, stand);
        stand->act = found->act;
    }
}
