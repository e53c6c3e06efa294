/* vocabulary: gives each distinct word of a page a number, so that what is known of a word is kept once.
 * Words are known by a hash of their lower-case form only. One page, one thread.
 *
 *     uint64_t hash = WORD_HASH_BEGIN;
 *     for each byte: hash = word_hash_add(hash, byte);
 *     id = vocabulary_add(&vocabulary, word_hash_end(hash)); */
#ifndef NEWSD_PROCESSORS_HTML_VOCABULARY_H
#define NEWSD_PROCESSORS_HTML_VOCABULARY_H

#include <stdint.h>

#include "base/arena.h"

struct vocabulary {
    struct arena *arena;
    uint64_t *hashes; /* of word 0, 1, ... */
    uint32_t count;
    uint32_t *slots; /* number + 1; 0 = free */
    uint32_t slot_count;
};

#define VOCABULARY_NONE UINT32_MAX

void vocabulary_init(struct vocabulary *vocabulary, struct arena *arena);
/* The word's number, a new one for a new word; VOCABULARY_NONE without memory. */
uint32_t vocabulary_add(struct vocabulary *vocabulary, uint64_t hash);
/* The word's number, or VOCABULARY_NONE when it is not there. */
uint32_t vocabulary_find(const struct vocabulary *vocabulary, uint64_t hash);

/* FNV-1a (Fowler, Noll and Vo) over bytes as they come, as a word may be in pieces; the end mixes it, so that
 * all its bits may be used (the finisher of MurmurHash3). */
#define WORD_HASH_BEGIN UINT64_C(0xcbf29ce484222325)

static inline uint64_t word_hash_add(uint64_t hash, unsigned char byte)
{
    return (hash ^ byte) * UINT64_C(0x100000001b3);
}

static inline uint64_t word_hash_end(uint64_t hash)
{
    hash = (hash ^ hash >> 33) * UINT64_C(0xff51afd7ed558ccd);
    hash = (hash ^ hash >> 33) * UINT64_C(0xc4ceb9fe1a85ec53);
    return hash ^ hash >> 33;
}

/* One hash of a row of words. */
static inline uint64_t word_hash_row(const uint64_t *words, uint32_t count)
{
    uint64_t hash = WORD_HASH_BEGIN;
    for (uint32_t i = 0; i < count; i++)
        hash = word_hash_end(hash * 31 + words[i]);
    return hash;
}

#endif
