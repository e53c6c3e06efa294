/* time_tongue_words: see the header. */
#include "processors/meaning/time_tongue_words.h"

#include "processors/meaning/time_tongue_table.h"

#define TONGUE(tag)                                                                                          \
    .language = #tag, .words = words_##tag, .count = sizeof(words_##tag) / sizeof(words_##tag[0])

const struct time_tongue *time_tongue_find(struct str language)
{
    static const struct time_tongue tongues[] = {
        {TONGUE(ar)},
        {TONGUE(de), .large = true},
        {TONGUE(es), .small = true},
        {TONGUE(fr), .small = true},
        {TONGUE(it), .small = true},
        {TONGUE(ja), .east = true},
        {TONGUE(pt), .small = true},
        {TONGUE(ru), .small = true, .tailed = true},
        {TONGUE(zh), .east = true},
    };
    ptrdiff_t dash = str_find_byte(language, '-', 0);
    struct str primary = dash < 0 ? language : str_slice(language, 0, (size_t)dash);
    for (size_t i = 0; i < sizeof(tongues) / sizeof(tongues[0]); i++)
        if (str_equal_nocase(primary, str_from(tongues[i].language)))
            return &tongues[i];
    return NULL;
}

static int compare(struct str a, struct str b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

size_t time_tongue_from(const struct time_tongue *tongue, struct str text)
{
    size_t low = 0, high = tongue->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare(str_from(tongue->words[middle].word), text) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}
