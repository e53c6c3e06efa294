/* fingerprint: the stage "fingerprint": a 64-bit SimHash of the text by which near-duplicates are found:
 * texts that share most of their three-word runs differ in few bits. Needs no language; scripts without
 * spaces count by characters. */
#ifndef NEWSD_PROCESSORS_STORIES_FINGERPRINT_H
#define NEWSD_PROCESSORS_STORIES_FINGERPRINT_H

#include "processors/pipeline.h"

/* 0 when the text is too short to say anything (under 8 words). */
uint64_t fingerprint_of(struct str text);

/* Number of differing bits; copies of one story are usually within 6, unrelated texts near 32. */
static inline unsigned fingerprint_distance(uint64_t a, uint64_t b)
{
    return (unsigned)__builtin_popcountll(a ^ b);
}

extern const struct stage stage_fingerprint;

#endif
