/* token_lists: the words that the tokenizer knows. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_TOKEN_LISTS_H
#define NEWSD_PROCESSORS_LANGUAGE_TOKEN_LISTS_H

#include <stdbool.h>

#include "base/str.h"

/* The word before a stop, without it. `last`: nothing follows in the sentence; then the stop of a word that
 * is also an ordinary one ("no", "fig") ends the sentence. */
bool token_is_abbreviation(struct str word, bool last);
/* "non", "co", "anti": what stands before a hyphen and keeps it. */
bool token_is_prefix(struct str word);
/* "km", "pm": what is cut off a number. */
bool token_is_unit(struct str word);
/* "'em", "'tis": the apostrophe is of the word; `rest` stands behind it. */
bool token_is_elided(struct str rest);
/* "example.com" without anything before it. */
bool token_is_domain(struct str word);
/* ":-)" and its kind. */
bool token_is_face(struct str word);

#endif
