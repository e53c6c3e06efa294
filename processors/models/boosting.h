/* boosting: trains a forest (model/forest.h) to tell yes from no. One thread, deterministic for a seed.
 *
 * Gradient boosting (Friedman 2001) with second-order leaves and an L2 penalty (Chen and Guestrin 2016),
 * trees grown best leaf first over binned features, a leaf's histogram being its parent's less its sibling's
 * (Ke et al. 2017), a random share of rows and features for each tree. */
#ifndef NEWSD_PROCESSORS_MODELS_BOOSTING_H
#define NEWSD_PROCESSORS_MODELS_BOOSTING_H

#include "base/buffer.h"
#include "processors/model/forest.h"

/* All rows of a set; what is trained on is a part of them. Borrowed. */
struct boosting_rows {
    const uint8_t *bins; /* row r, feature f: bins[r * stride + f] */
    size_t stride;
    const float *weights;
    const uint8_t *labels;  /* 0 or 1 */
    const uint32_t *chosen; /* numbers of the rows to train on */
    size_t count;
};

struct boosting_options {
    unsigned trees, leaves;
    float rate, row_share, feature_share, penalty;
    unsigned leaf_rows_min;
    const uint8_t *features; /* those that may be used */
    size_t feature_count;
    uint32_t seed; /* not 0 */
};

/* Appends the section of the forest. Ends the program when memory is short. */
void boosting_train(const struct boosting_rows *rows, const struct boosting_options *options,
                    struct buffer *ret_section);

/* Boundaries that divide the values of each feature into at most `bins` bins of about equal numbers (a value
 * more frequent than that has one of its own); rows[r * features + f]. Appends their section. */
void boosting_divide(const float *rows, size_t count, size_t features, unsigned bins,
                     struct buffer *ret_section);

#endif
