/* event_list: the events of an article: one for the same source, target, code and day, and what follows from
 * its code. Pure; one thread for each article. */
#ifndef NEWSD_PROCESSORS_MEANING_EVENT_LIST_H
#define NEWSD_PROCESSORS_MEANING_EVENT_LIST_H

#include "processors/article.h"
#include "processors/meaning/acts.h"

/* Sets what the act and the stance on it give: CAMEO code, PLOVER type and mode, quad class, Goldstein value;
 * and the event's id, from the code and the actors that it has now. */
void event_list_name(struct coded_event *event, const struct act *act, enum stance stance,
                     enum event_modality modality);

/* Adds a copy, unless the article has EVENTS_MAX, or the same event: then the surer of both stays, and the
 * other is one of its mentions. What differs only in its day gets an id of that too. 0 or -ENOMEM. */
int event_list_add(struct article *article, const struct coded_event *event);

/* Takes out those whose confidence is under the article's event_confidence_min. They were of use to find the
 * others: who did what before. */
void event_list_keep_sure(struct article *article);

#endif
