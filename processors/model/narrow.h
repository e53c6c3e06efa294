/* narrow: the weights of a linear model with three labels and sparse, hashed features, laid out for speed:
 * one look at 16 bytes for each feature, no branch. linear.h is the layout for many labels.
 *
 * The section: a power of two of buckets of four cells; a cell holds the low 16 bits of the feature's hash
 * and two weights of eight bits, those of labels 1 and 2 less that of label 0 (only differences choose).
 * The high bits of the hash are the bucket's number. An empty cell's weights are 0. */
#ifndef NEWSD_PROCESSORS_MODEL_NARROW_H
#define NEWSD_PROCESSORS_MODEL_NARROW_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

enum { NARROW_BUCKET_BITS_MIN = 8, NARROW_BUCKET_BITS_MAX = 20, NARROW_CELLS = 4, NARROW_LABELS = 3 };

struct narrow_cell {
    uint16_t check;
    int8_t weights[NARROW_LABELS - 1];
};

struct narrow_bucket {
    struct narrow_cell cells[NARROW_CELLS];
};

struct narrow {
    const struct narrow_bucket *buckets;
    uint32_t shift; /* of a feature, to its bucket */
};

/* Reads a section; its size is all there is to check. */
bool narrow_open(struct narrow *ret_narrow, struct str section);

/* The score of each label for all the features together; label 0 has 0. */
void narrow_scores(const struct narrow *narrow, const uint32_t *features, size_t count,
                   int32_t ret_scores[NARROW_LABELS]);

#endif
