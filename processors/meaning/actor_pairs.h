/* actor_pairs: who "both sides" and "the two countries" are: the two that the article speaks of most, up to
 * there; and "Russian-American", which names two itself. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_ACTOR_PAIRS_H
#define NEWSD_PROCESSORS_MEANING_ACTOR_PAIRS_H

#include "processors/meaning/actors.h"

/* The two of a phrase that speaks of two, its head at `head`; false when it does not, or fewer than two are
 * known. */
bool actor_pair(const struct actor_finder *finder, const struct tree *tree, uint32_t head,
                struct event_actor ret_pair[2]);

#endif
