/* time_words: see the header. */
#include "processors/meaning/time_words.h"

#include <stdlib.h>
#include <string.h>

#include "processors/meaning/time_point.h"
#include "processors/meaning/time_word_table.h"

static int compare(const void *wanted, const void *entry)
{
    struct str a = *(const struct str *)wanted, b = str_from(((const struct time_word *)entry)->word);
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

const struct time_word *time_word_find(struct str lower)
{
    return lower.len ? bsearch(&lower, words, sizeof(words) / sizeof(words[0]), sizeof(words[0]), compare)
                     : NULL;
}
