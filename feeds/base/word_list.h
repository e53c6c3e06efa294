/* word_list: words in the order of their bytes, found by halves. Pure; any thread.
 *
 *     static const char *const words[] = {"apple", "pear"};
 *     if (WORD_LISTED(words, word)) ... */
#ifndef NEWSD_FEEDS_BASE_WORD_LIST_H
#define NEWSD_FEEDS_BASE_WORD_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

/* The word's place in the list; `count` when it is not there. */
size_t word_list_find(const char *const *list, size_t count, struct str word);

#define WORD_LISTED(list, word)                                                                              \
    (word_list_find((list), sizeof(list) / sizeof((list)[0]), (word)) < sizeof(list) / sizeof((list)[0]))

#endif
