/* feature_hash: features of the language models as hashes: of bytes, and of a template's number with what
 * stands there. Training and use share them; a change asks for new models. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_FEATURE_HASH_H
#define NEWSD_PROCESSORS_LANGUAGE_FEATURE_HASH_H

#include <stdint.h>

#include "base/str.h"

static inline uint32_t feature_mix(uint32_t hash, uint32_t value)
{
    hash = (hash ^ value) * 0x9e3779b1u;
    return hash ^ hash >> 15;
}

/* FNV-1a, stirred once. */
static inline uint32_t feature_hash_bytes(struct str s, uint32_t seed)
{
    uint32_t hash = seed ^ 0x811c9dc5u;
    for (size_t i = 0; i < s.len; i++)
        hash = (hash ^ (unsigned char)s.ptr[i]) * 0x01000193u;
    return hash ^ hash >> 13;
}

/* Template `number` with one, two values. */
static inline uint32_t feature_of(uint32_t number, uint32_t value)
{
    return feature_mix(feature_mix(0x85ebca6bu, number), value);
}

static inline uint32_t feature_of_pair(uint32_t number, uint32_t first, uint32_t second)
{
    return feature_mix(feature_of(number, first), second);
}

#endif
