/* event_targets: whom an act is done to where its sentence does not say so: the other side of an earlier
 * event of the article, or the government whose country it is. Pure; any thread.
 *
 * In the train part of the own corpus, where demonstrations, demands and threats have their doer's own
 * government as the target or none at all, it is the government in 107 of 132.
 */
#ifndef NEWSD_PROCESSORS_MEANING_EVENT_TARGETS_H
#define NEWSD_PROCESSORS_MEANING_EVENT_TARGETS_H

#include "processors/meaning/actors.h"

/* Gives an event with a source and without a target the one that is implied, if one is; its span is the
 * trigger's. False: none is, and the event is as before. */
bool event_target_implied(const struct actor_finder *finder, struct coded_event *event);

#endif
