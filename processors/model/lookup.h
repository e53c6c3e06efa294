/* lookup: a read-only map from words (or phrases) to 32-bit values, as a section of a model file.
 *
 * Open addressing: a word's XXH3 hash of 64 bits gives its place and a check of 16 bits; the words themselves
 * are not stored, so one unknown word in some thousands finds another's value. The section: the number of
 * places (a power of two), then that many values (0 = free), then that many checks. */
#ifndef NEWSD_PROCESSORS_MODEL_LOOKUP_H
#define NEWSD_PROCESSORS_MODEL_LOOKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/str.h"

struct lookup {
    const uint32_t *values;
    const uint16_t *checks;
    uint64_t mask;
};

/* Reads a section; false when it is none. Nothing of it is followed before. */
bool lookup_open(struct lookup *ret_lookup, struct str section);

/* The hash of a word; that of a phrase is made by joining those of its words in order, from 0 on. */
uint64_t lookup_hash(struct str word);
uint64_t lookup_join(uint64_t phrase, uint64_t word);

/* The value, 0 = not there. */
uint32_t lookup_find(const struct lookup *lookup, uint64_t hash);

struct lookup_entry {
    uint64_t hash;
    uint32_t value; /* not 0 */
};

/* Appends the section of these entries, for the programs that train: at most three places of four are taken.
 * Of equal hashes the first counts. 0 or -ENOMEM. */
int lookup_write(struct buffer *out, const struct lookup_entry *entries, size_t count);

#endif
