/* linear: see the header. */
#include "processors/model/linear.h"

enum { ENTRY_HEAD = 3 };

static bool bucket_is_sound(const uint8_t *entries, uint32_t at, uint32_t end, uint32_t labels)
{
    while (at < end) {
        if (end - at < ENTRY_HEAD || entries[at + 2] > (end - at - ENTRY_HEAD) / 2)
            return false;
        uint32_t next = at + ENTRY_HEAD + 2u * entries[at + 2];
        for (uint32_t pair = at + ENTRY_HEAD; pair < next; pair += 2)
            if (entries[pair] >= labels)
                return false;
        at = next;
    }
    return true;
}

/* The bits of a number of buckets; 0 when it is none. */
static uint32_t bits_of(uint32_t buckets)
{
    for (uint32_t bits = LINEAR_BUCKET_BITS_MIN; bits <= LINEAR_BUCKET_BITS_MAX; bits++)
        if (buckets == 1u << bits)
            return bits;
    return 0;
}

bool linear_open(struct linear *ret_linear, struct str section)
{
    const uint32_t *numbers = (const void *)section.ptr;
    if (section.len < 2 * sizeof(uint32_t) || numbers[0] == 0 || numbers[0] > LINEAR_LABELS_MAX)
        return false;
    uint32_t buckets = numbers[1], bits = bits_of(buckets);
    size_t head = (2 + (size_t)buckets + 1) * sizeof(uint32_t);
    if (!bits || section.len < head)
        return false;
    struct linear linear = {.begins = numbers + 2,
                            .entries = (const uint8_t *)section.ptr + head,
                            .labels = numbers[0],
                            .shift = 32 - bits};
    if (linear.begins[0] != 0 || linear.begins[buckets] != section.len - head)
        return false;
    for (uint32_t i = 0; i < buckets; i++)
        if (linear.begins[i] > linear.begins[i + 1] || linear.begins[i + 1] > section.len - head ||
            !bucket_is_sound(linear.entries, linear.begins[i], linear.begins[i + 1], linear.labels))
            return false;
    *ret_linear = linear;
    return true;
}

void linear_add(const struct linear *linear, uint32_t feature, int32_t *scores)
{
    uint32_t bucket = feature >> linear->shift;
    const uint8_t *at = linear->entries + linear->begins[bucket],
                  *end = linear->entries + linear->begins[bucket + 1];
    uint8_t low = (uint8_t)feature, high = (uint8_t)(feature >> 8);
    while (at < end) {
        const uint8_t *pairs = at + ENTRY_HEAD, *next = pairs + 2u * at[2];
        if (at[0] == low && at[1] == high) {
            for (; pairs < next; pairs += 2)
                scores[pairs[0]] += (int8_t)pairs[1];
            return;
        }
        at = next;
    }
}

void linear_add_all(const struct linear *linear, const uint32_t *features, size_t count, int32_t *scores)
{
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(&linear->begins[features[i] >> linear->shift]);
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(linear->entries + linear->begins[features[i] >> linear->shift]);
    for (size_t i = 0; i < count; i++)
        linear_add(linear, features[i], scores);
}

uint32_t linear_best(const struct linear *linear, const int32_t *scores)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < linear->labels; i++)
        if (scores[i] > scores[best])
            best = i;
    return best;
}
