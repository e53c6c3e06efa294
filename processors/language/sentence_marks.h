/* sentence_marks: "!" and "?" that end no sentence: in names, and in a quotation before its speaker. Worker
 * threads. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_SENTENCE_MARKS_H
#define NEWSD_PROCESSORS_LANGUAGE_SENTENCE_MARKS_H

#include "processors/language/sentence_text.h"

/* Collects the names which `text` shows to end in a mark, for a word in lower case goes on behind it
 * ("at Yahoo! headquarters"); at most SENTENCE_SHOUTS_MAX. */
void sentence_find_shouts(struct splitter *splitter, struct str text);

/* Is the word before the single mark at `stop` such a name, or one of the list? `next` follows the mark. */
bool sentence_is_shout(const struct splitter *splitter, size_t stop, const struct following *next);

/* "Harry Smit exclaimed." "Vela, 34, asked": a name and a verb of speech, and not the beginning of a
 * sentence of its own ("Smit said that"). `next` is what follows a closed quotation. */
bool sentence_speaker_follows(const struct splitter *splitter, const struct following *next);

#endif
