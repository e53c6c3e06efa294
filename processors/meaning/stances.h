/* stances: what the words above an act make of it: "threatened to", "urged her to", "did not", "if". The act
 * and the stance together are what is coded. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_STANCES_H
#define NEWSD_PROCESSORS_MEANING_STANCES_H

#include "processors/event.h"
#include "processors/meaning/clauses.h"

enum { STAND_STEPS_MAX = 8 };

/* An act on its way up the tree. Heads are places in the tree, TREE_NONE = not said. */
struct stand {
    const struct act *act;
    enum stance stance;
    enum event_modality modality;
    uint32_t source, target; /* who does or demands it, and to whom */
    uint32_t speaker;        /* who says so */
    uint32_t top;            /* the highest word of it */
    const char *dropped; /* why it says nothing that is coded: not done, only supposed ...; NULL = it does */
    bool background;     /* in a clause beside */
    bool negation_told;  /* the rule itself wants the "not" of its word: "did not comment" */
    int steps;
    uint32_t stances[STAND_STEPS_MAX]; /* the words above that made it what it is */
    size_t stance_count;
};

/* Goes up from the clause, whose rule has matched: fills the stand that begins with its act, source and
 * target. */
void stand_read(struct stand *stand, const struct clause *clause, const struct event_lexicon *lexicon);

/* What a stance is where no act is below it: an appeal, a demand, an intent ... Never NULL. */
const struct act *stance_alone(enum event_stance stance);

#endif
