/* sentence_small: English written without capitals: does a small letter begin a sentence? Worker threads. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_SENTENCE_SMALL_H
#define NEWSD_PROCESSORS_LANGUAGE_SENTENCE_SMALL_H

#include "processors/language/sentence_text.h"

/* Does a sentence begin at `next`, in a small letter, behind the stops [stop, after) without closers? Only
 * where the word before is a common one in small letters, or a long name before a sure beginning; never
 * behind points in a row; a question or a call before its speaker ("why? she asked") goes on. */
bool sentence_small_begins(const struct splitter *splitter, size_t stop, size_t after,
                           const struct following *next);

/* Does an address begin there: "It is all told there. http://..."? Behind a year it belongs to a source. */
bool sentence_address_begins(const struct splitter *splitter, size_t stop, const struct following *next);

#endif
