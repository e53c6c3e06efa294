/* sentence_small: English written without capitals: does a small letter begin a sentence? Worker threads. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_SENTENCE_SMALL_H
#define NEWSD_PROCESSORS_LANGUAGE_SENTENCE_SMALL_H

#include "processors/language/sentence_text.h"

/* Does a sentence begin at `next`, in a small letter, behind the single mark or point at `stop`? Only where
 * the word before is a common one in small letters: no abbreviation, no name; a question or a call before its
 * speaker ("why? she asked") goes on. */
bool sentence_small_begins(const struct splitter *splitter, size_t stop, const struct following *next);

#endif
