/* fingerprint: one pass over the words, 64 counters. Worker threads; keeps nothing. */
#include "processors/stories/fingerprint.h"

#include "processors/language/words.h"

enum {
    WORDS_MIN = 8,     /* shorter texts are near-duplicates of too much */
    BATCH = 127,       /* shingles between emptyings of the packed counters, which hold a byte each */
    WORDS_MAX = 20000, /* of a text that are looked at; news texts have hundreds */
};

/* 64 counters of one byte, eight to a word: adding a hash costs eight operations, not sixty-four. */
struct counters {
    uint64_t packed[8];
    unsigned filled;
    int32_t ones[64];
    int32_t total;
};

static void empty(struct counters *counters)
{
    for (unsigned group = 0; group < 8; group++)
        for (unsigned k = 0; k < 8; k++)
            counters->ones[group + k * 8] += (int32_t)(counters->packed[group] >> (k * 8) & 0xFF);
    for (unsigned group = 0; group < 8; group++)
        counters->packed[group] = 0;
    counters->filled = 0;
}

static void add(struct counters *counters, uint64_t hash)
{
    for (unsigned group = 0; group < 8; group++)
        counters->packed[group] += hash >> group & 0x0101010101010101u;
    counters->total++;
    if (++counters->filled == BATCH)
        empty(counters);
}

static uint64_t shingle(const uint64_t last[3], unsigned at)
{
    uint64_t hash = last[at % 3] * 0x9E3779B97F4A7C15u;
    hash = (hash ^ hash >> 29) + last[(at + 1) % 3] * 0xBF58476D1CE4E5B9u;
    hash = (hash ^ hash >> 31) + last[(at + 2) % 3] * 0x94D049BB133111EBu;
    hash ^= hash >> 30;
    hash *= 0xD6E8FEB86659FD93u;
    return hash ^ hash >> 32;
}

uint64_t fingerprint_of(struct str text)
{
    struct counters counters = {0};
    struct word_cursor cursor = {.text = text};
    struct word word;
    uint64_t last[3] = {0};
    unsigned words = 0;
    while (words < WORDS_MAX && words_next(&cursor, &word)) {
        last[words % 3] = word.hash;
        words++;
        if (words >= 3)
            add(&counters, shingle(last, words));
    }
    if (words < WORDS_MIN)
        return 0;
    empty(&counters);
    uint64_t fingerprint = 0;
    for (unsigned bit = 0; bit < 64; bit++)
        if (counters.ones[bit] * 2 > counters.total)
            fingerprint |= (uint64_t)1 << bit;
    return fingerprint ? fingerprint : 1;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    article->fingerprint = fingerprint_of(article->text);
    return 0;
}

const struct stage stage_fingerprint = {
    .name = "fingerprint",
    .description = "a SimHash of the text, for near-duplicates",
    .version = 1,
    .needs = GIFT_TEXT,
    .process = process,
};
