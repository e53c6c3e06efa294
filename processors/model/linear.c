/* linear: see the header. */
#include "processors/model/linear.h"

#include <string.h>

enum {
    ENTRY_HEAD = 3,
    LANES = LINEAR_PADDING,
    BLOCKS_MAX = (LINEAR_LABELS_MAX + LANES - 1) / LANES,
    FEATURES_MAX = 256,
    CACHE_LINE = 64
};

/* Sixteen weights, and sixteen sums: unsigned, as they may wrap where no label is. */
typedef int8_t weights16 __attribute__((vector_size(LANES)));
typedef int16_t wide16 __attribute__((vector_size(2 * LANES)));
typedef uint16_t sums16 __attribute__((vector_size(2 * LANES)));

union sums {
    sums16 blocks[BLOCKS_MAX];
    uint16_t labels[BLOCKS_MAX * LANES];
};

static uint32_t entry_bytes(const uint8_t *entry, uint32_t labels)
{
    return ENTRY_HEAD + (entry[2] == LINEAR_DENSE ? labels : 2u * entry[2]);
}

static bool bucket_is_sound(const uint8_t *entries, uint32_t at, uint32_t end, uint32_t labels, bool padded)
{
    while (at < end) {
        if (end - at < ENTRY_HEAD || end - at < entry_bytes(entries + at, labels))
            return false;
        bool dense = entries[at + 2] == LINEAR_DENSE;
        uint32_t next = at + entry_bytes(entries + at, labels);
        for (uint32_t pair = at + ENTRY_HEAD; !dense && pair < next; pair += 2)
            if (entries[pair] >= labels)
                return false;
        if (dense && !padded)
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
    size_t bytes = section.len - head, end = linear.begins[buckets];
    bool padded = bytes == end + LINEAR_PADDING;
    if (linear.begins[0] != 0 || (!padded && bytes != end))
        return false;
    for (uint32_t i = 0; i < buckets; i++)
        if (linear.begins[i] > linear.begins[i + 1] || linear.begins[i + 1] > end ||
            !bucket_is_sound(linear.entries, linear.begins[i], linear.begins[i + 1], linear.labels, padded))
            return false;
    *ret_linear = linear;
    return true;
}

static void add_dense(const uint8_t *weights, sums16 *sums, uint32_t blocks)
{
    for (uint32_t i = 0; i < blocks; i++) {
        weights16 some;
        memcpy(&some, weights + i * LANES, sizeof(some));
        sums[i] += (sums16) __builtin_convertvector(some, wide16);
    }
}

static void add_sparse(const uint8_t *pairs, uint32_t count, uint16_t *sums)
{
    for (uint32_t i = 0; i < count; i++)
        sums[pairs[2 * i]] += (uint16_t)(int8_t)pairs[2 * i + 1];
}

static void add_feature(const struct linear *linear, uint32_t feature, union sums *sums)
{
    uint32_t bucket = feature >> linear->shift;
    const uint8_t *at = linear->entries + linear->begins[bucket],
                  *end = linear->entries + linear->begins[bucket + 1];
    uint8_t low = (uint8_t)feature, high = (uint8_t)(feature >> 8);
    for (; at < end; at += entry_bytes(at, linear->labels)) {
        if (at[0] != low || at[1] != high)
            continue;
        if (at[2] == LINEAR_DENSE)
            add_dense(at + ENTRY_HEAD, sums->blocks, (linear->labels + LANES - 1) / LANES);
        else
            add_sparse(at + ENTRY_HEAD, at[2], sums->labels);
        return;
    }
}

/* At most FEATURES_MAX, as their sums have 16 bits. */
static void add_some(const struct linear *linear, const uint32_t *features, size_t count, int32_t *scores)
{
    union sums sums;
    memset(&sums, 0, (linear->labels + LANES - 1) / LANES * sizeof(sums.blocks[0]));
    for (size_t i = 0; i < count; i++)
        __builtin_prefetch(&linear->begins[features[i] >> linear->shift]);
    for (size_t i = 0; i < count; i++) {
        const uint8_t *entry = linear->entries + linear->begins[features[i] >> linear->shift];
        __builtin_prefetch(entry);
        __builtin_prefetch(entry + CACHE_LINE); /* a dense one of many labels goes on there */
    }
    for (size_t i = 0; i < count; i++)
        add_feature(linear, features[i], &sums);
    for (uint32_t i = 0; i < linear->labels; i++)
        scores[i] += (int16_t)sums.labels[i];
}

void linear_add_all(const struct linear *linear, const uint32_t *features, size_t count, int32_t *scores)
{
    for (size_t from = 0; from < count; from += FEATURES_MAX)
        add_some(linear, features + from, count - from < FEATURES_MAX ? count - from : FEATURES_MAX, scores);
}

uint32_t linear_best(const struct linear *linear, const int32_t *scores)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < linear->labels; i++)
        if (scores[i] > scores[best])
            best = i;
    return best;
}
