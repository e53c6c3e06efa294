/* quoted_words: finds the words of a sentence that an annotation quotes (corpus/GUIDELINE.md, "Words"). Pure;
 * any thread. */
#ifndef NEWSD_PROCESSORS_MODELS_QUOTED_WORDS_H
#define NEWSD_PROCESSORS_MODELS_QUOTED_WORDS_H

#include "base/str.h"
#include "processors/span.h"

/* Where whole words stand in the sentence, in code points: the first time, "WORDS#2" the second time, "FIRST
 * ... LAST" all between, "*" the sentence without its stop and quotation marks. End 0 = nowhere. */
struct span quoted_words_find(struct str sentence, struct str words);

#endif
