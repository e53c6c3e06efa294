/* sentence_tails: what stands behind a stop and belongs to its sentence: more stops, closers, marks of
 * references, drawn faces. Worker threads. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_SENTENCE_TAILS_H
#define NEWSD_PROCESSORS_LANGUAGE_SENTENCE_TAILS_H

#include "processors/language/sentence_text.h"

/* Behind the stops at `at`, those with a blank between them too (". . ."). */
size_t sentence_skip_stops(const struct splitter *splitter, size_t at);

/* Behind "[17] [citation needed]" at `at`, with or without blanks between; `at` itself without any. */
size_t sentence_skip_references(const struct splitter *splitter, size_t at);

/* Behind the figures of a note that stand at the stop: "will to innovate.23 Then"; `at` itself without any.
 * `stop` is where the stop stands. */
size_t sentence_skip_note(const struct splitter *splitter, size_t stop, size_t at);

/* Behind " :)" or ":)" at `at`; `at` itself when no face stands there. */
size_t sentence_skip_face(const struct splitter *splitter, size_t at);

/* May a face begin so? */
bool sentence_is_face_begin(uint32_t c);

#endif
