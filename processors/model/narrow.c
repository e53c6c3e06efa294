/* narrow: see the header. */
#include "processors/model/narrow.h"

#include <string.h>

/* The four cells of a bucket at once: in each the check below, the two weights above. Models are
 * little-endian, and so are the machines that newsd runs on. */
typedef int32_t four_numbers __attribute__((vector_size(16)));
_Static_assert(sizeof(struct narrow_bucket) == sizeof(four_numbers) && NARROW_CELLS == 4,
               "a bucket is four cells");
_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "cells are read as little-endian numbers");

enum { CHECK_BITS = 0xffff };

bool narrow_open(struct narrow *ret_narrow, struct str section)
{
    for (uint32_t bits = NARROW_BUCKET_BITS_MIN; bits <= NARROW_BUCKET_BITS_MAX; bits++)
        if (section.len == sizeof(struct narrow_bucket) << bits) {
            *ret_narrow = (struct narrow){(const void *)section.ptr, 32 - bits};
            return true;
        }
    return false;
}

void narrow_scores(const struct narrow *narrow, const uint32_t *features, size_t count,
                   int32_t ret_scores[NARROW_LABELS])
{
    four_numbers one = {0}, two = {0};
    for (size_t i = 0; i < count;
         i++) /* all are asked of memory at once: waiting for each is most of the time */
        __builtin_prefetch(&narrow->buckets[features[i] >> narrow->shift]);
    for (size_t i = 0; i < count; i++) {
        four_numbers cells;
        memcpy(&cells, &narrow->buckets[features[i] >> narrow->shift], sizeof(cells));
        cells &= (cells & CHECK_BITS) == (int32_t)(features[i] & CHECK_BITS); /* the others become 0 */
        one += (cells << 8) >> 24;
        two += cells >> 24;
    }
    ret_scores[0] = 0;
    ret_scores[1] = one[0] + one[1] + one[2] + one[3];
    ret_scores[2] = two[0] + two[1] + two[2] + two[3];
}
