/* linear: the weights of a linear model with sparse, hashed features: for each feature the few labels that it
 * says something about, in eight bits each.
 *
 * The section: the number of labels, the number of buckets (a power of two), then where each bucket begins
 * and the last ends; then the entries: the low 16 bits of the feature's hash, a count, and that many pairs of
 * label and weight, or LINEAR_DENSE and a weight for each label in turn. The high bits of the hash are the
 * bucket's number; of a bucket's entries those of many labels, which are asked for most, come first. Where an
 * entry is dense, LINEAR_PADDING bytes follow the last entry: dense weights are read that many at a time. */
#ifndef NEWSD_PROCESSORS_MODEL_LINEAR_H
#define NEWSD_PROCESSORS_MODEL_LINEAR_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

/* Buckets as they are written for large models; a section says how many it has. */
enum {
    LINEAR_BUCKET_BITS = 18,
    LINEAR_BUCKET_BITS_MIN = 8,
    LINEAR_BUCKET_BITS_MAX = 20,
    LINEAR_LABELS_MAX = 250,
    LINEAR_DENSE = 255,     /* in place of a count */
    LINEAR_DENSE_SHARE = 3, /* an entry is dense that speaks of a third of the labels or more */
    LINEAR_PADDING = 16
};

struct linear {
    const uint32_t *begins; /* one for each bucket, and the end of the last */
    const uint8_t *entries;
    uint32_t labels, shift; /* of a feature, to its bucket */
};

/* Reads a section (perceptron_write() made it) and checks every entry: afterwards no lookup leaves it. */
bool linear_open(struct linear *ret_linear, struct str section);

/* Adds the features' weights to scores[labels]. */
void linear_add_all(const struct linear *linear, const uint32_t *features, size_t count, int32_t *scores);

/* The label with the highest score; the lowest of equals. */
uint32_t linear_best(const struct linear *linear, const int32_t *scores);

#endif
