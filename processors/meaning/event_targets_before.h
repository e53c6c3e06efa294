/* event_targets_before: whom an act is done to by what was told before it. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_EVENT_TARGETS_BEFORE_H
#define NEWSD_PROCESSORS_MEANING_EVENT_TARGETS_BEFORE_H

#include "processors/article.h"
#include "processors/meaning/stances.h"

/* Of an act whose target is a pronoun, or is not said, the one in the sentence's earlier events: "imposed
 * sanctions on two men, accusing them", "they threw stones before police dispersed them"; an answer's also in
 * earlier sentences ("denied the accusation"). Sets the event's targets, or leaves it. */
void event_target_before(const struct article *article, const struct tree *tree, const struct stand *stand,
                         struct coded_event *event);

#endif
