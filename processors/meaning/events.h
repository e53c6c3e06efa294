/* events: who did what to whom: coded political events (CAMEO 1.1b3, PLOVER of 2024). English.
 *
 * Each verb and each event's noun of the lexicon is looked up with what belongs to it (clauses.h), the words
 * above it say how the act is meant (stances.h), actors are coded by actors.h. What is quoted, supposed or
 * denied by the writer is no event; background of earlier years is marked. */
#ifndef NEWSD_PROCESSORS_MEANING_EVENTS_H
#define NEWSD_PROCESSORS_MEANING_EVENTS_H

#include "processors/pipeline.h"

/* The stage "events": fills article->events, one for the same source, target and code. */
extern const struct stage stage_events;

#endif
