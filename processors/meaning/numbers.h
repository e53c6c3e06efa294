/* numbers: numbers in digits and words: "13,000", "2.5 million", "two hundred and fifty", "half a million",
 * "5bn". English. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_NUMBERS_H
#define NEWSD_PROCESSORS_MEANING_NUMBERS_H

#include <stdbool.h>

#include "processors/language/tree.h"

struct number {
    double value;
    double scale;  /* of its last word: 1000000 of "2.5 million", 1 without */
    uint32_t end;  /* the node behind it */
    bool in_words; /* no digit in it */
    bool at_least; /* "dozens": the value is the least that the words can mean */
};

/* The number that begins at the node; false when none does. */
bool number_read(const struct tree *tree, uint32_t at, struct number *ret_number);

/* Words for many that count roughly: "dozens" (24), "scores" (40), "several hundred" (200), "tens of
 * thousands" (20000): twice what stands there once; false when none begin at the node. */
bool number_read_vague(const struct tree *tree, uint32_t at, struct number *ret_number);

#endif
