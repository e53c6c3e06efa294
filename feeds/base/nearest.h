/* nearest: which known word a misspelt one was meant to be, for "did you mean". Pure, any thread. */
#ifndef NEWSD_FEEDS_BASE_NEAREST_H
#define NEWSD_FEEDS_BASE_NEAREST_H

#include <stddef.h>

/* Slips (Levenshtein) between two words; SIZE_MAX when they are too many for the word to be meant, which is
 * more than three, or most of a short word. What begins the known word counts as one slip. */
size_t nearest_slips(const char *known, const char *word);

/* The known word with the fewest slips, the first of equals; NULL when none is near. */
const char *nearest_word(const char *const *known, size_t count, const char *word);

#endif
