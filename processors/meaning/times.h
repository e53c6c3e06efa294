/* times: every time that an article names, with its value in TIMEX3. English; dates in nine languages more
 * (time_tongues.h).
 *
 * English is read by a grammar over the tokens (time_grammar.h), from left to right, the longest match at
 * each word, and never more than a bounded number of words ahead. "Now" is the dateline's day or the day of
 * publication; weekdays and months without a year are before or behind it by the tense of the verb above
 * them; "later", "the following day" count from the date told of last. */
#ifndef NEWSD_PROCESSORS_MEANING_TIMES_H
#define NEWSD_PROCESSORS_MEANING_TIMES_H

#include "processors/pipeline.h"

/* The stage "times": fills article->times, in the order of the text. */
extern const struct stage stage_times;

#endif
