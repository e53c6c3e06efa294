/* word_list: see the header. */
#include "base/word_list.h"

static int compare(struct str a, struct str b)
{
    int order = memcmp(a.ptr, b.ptr, a.len < b.len ? a.len : b.len);
    return order ? order : (a.len > b.len) - (a.len < b.len);
}

size_t word_list_find(const char *const *list, size_t count, struct str word)
{
    size_t low = 0, high = word.len ? count : 0;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare(word, str_from(list[middle]));
        if (order == 0)
            return middle;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return count;
}
