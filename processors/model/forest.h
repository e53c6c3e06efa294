/* forest: boosted decision trees for a yes or no, as two sections of a model file: how each feature is
 * divided into bins, and the trees over these bins.
 *
 * A forest gives the log-odds of yes as the sum of one leaf of each tree (Friedman 2001). Features are cut
 * into bins first (as in LightGBM, Ke et al. 2017), so that a tree compares bytes. Sections: boundaries are,
 * for each feature, a byte with their number and so many floats, ascending; trees are a byte with the number
 * of branches, the branches (four bytes each), the leaves (int16, in 1 / FOREST_LEAF_UNIT).
 *
 *     unsigned char bins[FEATURES];
 *     divisions_bins(&divisions, 0, FEATURES, row, bins);
 *     forest_sums(&forest, bins, FEATURES, 1, &sum);
 *     float p = forest_probability(sum); */
#ifndef NEWSD_PROCESSORS_MODEL_FOREST_H
#define NEWSD_PROCESSORS_MODEL_FOREST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

enum {
    FOREST_FEATURES_MAX = 255,
    FOREST_BINS_MAX = 64,
    FOREST_LEAVES_MAX = 64,
    FOREST_TREES_MAX = 1000,
    FOREST_LEAF = 128, /* a branch's left or right from here on is a leaf */
    FOREST_LEAF_UNIT = 4096,
};

/* Boundary k stands between bins k and k + 1: a value up to and with it is in bin k or below. */
struct divisions {
    size_t features;
    const float *boundaries[FOREST_FEATURES_MAX];
    uint8_t counts[FOREST_FEATURES_MAX];
};

struct branch {
    uint8_t feature, bin; /* up to and with this bin: left */
    uint8_t left, right;  /* another branch, behind this one; or FOREST_LEAF + number of a leaf */
};

struct tree {
    const struct branch *branches; /* at least one */
    const int16_t *leaves;
};

struct forest {
    const struct tree *trees;
    size_t count;
};

/* Read sections; the floats and leaves are copied into the arena as the sections do not align them. false
 * when a section is none, refers past its end or around in circles, or memory is short. */
bool divisions_open(struct divisions *ret_divisions, struct arena *arena, struct str section,
                    size_t features);
bool forest_open(struct forest *ret_forest, struct arena *arena, struct str section, size_t features);

/* The bins of the features [first, end) of a row; the places of the others are left as they are. A value that
 * is not a number is in bin 0. */
void divisions_bins(const struct divisions *divisions, size_t first, size_t end, const float *row,
                    uint8_t *ret_bins);

/* Log-odds of each of `count` rows of bins, `stride` bytes apart. */
void forest_sums(const struct forest *forest, const uint8_t *bins, size_t stride, size_t count,
                 float *ret_sums);

float forest_probability(float log_odds);

#endif
