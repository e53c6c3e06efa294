/* event_setting: when and where an event is, and whether it is told as history. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_EVENT_SETTING_H
#define NEWSD_PROCESSORS_MEANING_EVENT_SETTING_H

#include "processors/article.h"
#include "processors/meaning/clauses.h"

/* The place that the clause or its object names ("in Geneva"): among the article's entities, from 1; 0 =
 * none. */
uint32_t event_place(const struct article *article, const struct tree *tree, const struct clause *clause);

/* The date or time of the sentence that stands nearest to the clause's word: among the article's times, from
 * 1; 0 = none. `first`: the sentence's first, or the next one's. */
uint32_t event_time(const struct article *article, const struct tree *tree, const struct clause *clause,
                    uint32_t sentence, uint32_t first);

/* That long ago that it is background, and no news; `time` as above. */
bool event_is_old(const struct article *article, uint32_t time);

/* Does the sentence name an earlier year ("in 2014")? What it tells is background. Looks at all its words. */
bool event_names_past_year(const struct article *article, const struct tree *tree);

#endif
