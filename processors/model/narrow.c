/* narrow: see the header. */
#include "processors/model/narrow.h"

bool narrow_open(struct narrow *ret_narrow, struct str section)
{
    if (section.len != sizeof(struct narrow_bucket) << NARROW_BUCKET_BITS)
        return false;
    ret_narrow->buckets = (const void *)section.ptr;
    return true;
}

void narrow_scores(const struct narrow *narrow, const uint32_t *features, size_t count,
                   int32_t ret_scores[NARROW_LABELS])
{
    int32_t one = 0, two = 0;
    for (size_t i = 0; i < count; i++) {
        const struct narrow_bucket *bucket = &narrow->buckets[features[i] >> (32 - NARROW_BUCKET_BITS)];
        for (int k = 0; k < NARROW_CELLS; k++) {
            int32_t mask = -(int32_t)(bucket->cells[k].check == (uint16_t)features[i]);
            one += bucket->cells[k].weights[0] & mask;
            two += bucket->cells[k].weights[1] & mask;
        }
    }
    ret_scores[0] = 0;
    ret_scores[1] = one;
    ret_scores[2] = two;
}
