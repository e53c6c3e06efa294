/* sentence_borders: does a sentence end at this stop? Worker threads.
 *
 * Abbreviations, initials, ordinals, decimals and names with a mark end none; a quotation is no end before
 * its speaker ("“Good morning!” Harry Smit exclaimed."); a lower-case word, a stop and a capital without a
 * space are a border, as text systems lose the space between paragraphs, but not in addresses and file names.
 * Marks of references ("[17]"), a note's number and a drawn face behind a stop belong to its sentence. In
 * English a small letter may begin a sentence (sentence_small.h).
 */
#ifndef NEWSD_PROCESSORS_LANGUAGE_SENTENCE_BORDERS_H
#define NEWSD_PROCESSORS_LANGUAGE_SENTENCE_BORDERS_H

#include "processors/language/sentence_text.h"

/* `at` is at a stop of either kind. Gives where reading goes on (behind the stops and what closes them), and
 * whether the sentence ends there. */
size_t sentence_border(struct splitter *splitter, size_t at, bool *ret_ends);

/* The name of a picture's maker is a sentence of its own: "Harbour at dusk Image: Anna Keller." `at` is at
 * the colon; gives where the word before it begins, or `at` when it is no such word or begins the sentence.
 */
size_t sentence_credit_border(const struct splitter *splitter, size_t at);

/* A drawn face behind a blank ends the sentence before a capital: "Thanks :) See you". Gives where it ends,
 * or `at` when none begins there or the sentence goes on. */
size_t sentence_face_border(const struct splitter *splitter, size_t at);

#endif
