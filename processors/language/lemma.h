/* lemma: the form under which a dictionary has a word: "accuse" of "accusing", "country" of "countries".
 * English; rules of spelling with lists of what they do not hold for. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_LEMMA_H
#define NEWSD_PROCESSORS_LANGUAGE_LEMMA_H

#include "base/str.h"

enum { LEMMA_BYTES_MAX = 48 }; /* a longer word is its own lemma */

/* The part of a verb's or noun's form that says what kind of form it is: the Penn tag. Other words are their
 * own lemmas. `lower` is in lower case; the answer is in the buffer, or is `lower` itself, or lives forever.
 */
struct str lemma_find(struct str lower, struct str xpos, char buffer[LEMMA_BYTES_MAX]);

#endif
