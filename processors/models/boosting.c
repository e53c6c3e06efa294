/* boosting: see the header. */
#include "processors/models/boosting.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "processors/models/files.h"
#include "processors/models/shuffle.h"

#define TRAINING_BYTES_MAX ((size_t)4 << 30)

/* A part of the rows, as a range of grower.order. */
struct leaf {
    size_t begin, end;
    struct cell *histogram;
    double gradient, hessian;
    /* Its best split; gain 0 = none. */
    double gain;
    unsigned feature, bin; /* the feature by its place in grower.features */
    /* Where the tree refers to it. */
    int branch; /* -1: the root */
    bool right;
};

struct cell {
    double gradient, hessian;
    uint32_t count;
};

struct grower {
    const struct boosting_rows *rows;
    const struct boosting_options *options;
    float *sums; /* log-odds so far, of each chosen row */
    float *gradients, *hessians;
    uint32_t *order, *spare; /* places in rows->chosen */
    uint8_t features[FOREST_FEATURES_MAX];
    size_t feature_count;
    struct leaf leaves[FOREST_LEAVES_MAX];
    unsigned leaf_count;
    struct branch branches[FOREST_LEAVES_MAX];
    unsigned branch_count;
    uint32_t random;
};

static void *need(struct arena *arena, size_t count, size_t size)
{
    void *memory = arena_array(arena, count, size);
    if (!memory)
        files_fail("memory", "too little");
    return memory;
}

static double chance(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state / 4294967296.0;
}

static const uint8_t *row_of(const struct grower *grower, uint32_t place)
{
    return grower->rows->bins + grower->rows->chosen[place] * grower->rows->stride;
}

/* ---- Splits ---- */

static void fill_histogram(const struct grower *grower, struct leaf *leaf)
{
    memset(leaf->histogram, 0, grower->feature_count * FOREST_BINS_MAX * sizeof(*leaf->histogram));
    for (size_t i = leaf->begin; i < leaf->end; i++) {
        uint32_t place = grower->order[i];
        const uint8_t *row = row_of(grower, place);
        double gradient = grower->gradients[place], hessian = grower->hessians[place];
        struct cell *cell = leaf->histogram;
        for (size_t f = 0; f < grower->feature_count; f++, cell += FOREST_BINS_MAX) {
            struct cell *at = cell + row[grower->features[f]];
            at->gradient += gradient;
            at->hessian += hessian;
            at->count++;
        }
    }
}

static double worth(double gradient, double hessian, double penalty)
{
    return gradient * gradient / (hessian + penalty);
}

static void find_split(const struct grower *grower, struct leaf *leaf)
{
    double penalty = grower->options->penalty, all = worth(leaf->gradient, leaf->hessian, penalty);
    size_t count = leaf->end - leaf->begin, least = grower->options->leaf_rows_min;
    leaf->gain = 0;
    for (unsigned f = 0; f < grower->feature_count; f++) {
        const struct cell *cells = leaf->histogram + (size_t)f * FOREST_BINS_MAX;
        struct cell left = {0};
        for (unsigned bin = 0; bin + 1 < FOREST_BINS_MAX; bin++) {
            if (cells[bin].count == 0)
                continue;
            left.gradient += cells[bin].gradient;
            left.hessian += cells[bin].hessian;
            left.count += cells[bin].count;
            if (left.count < least)
                continue;
            if (count - left.count < least)
                break;
            double gain = worth(left.gradient, left.hessian, penalty) +
                          worth(leaf->gradient - left.gradient, leaf->hessian - left.hessian, penalty) - all;
            if (gain > leaf->gain + 1e-9) {
                leaf->gain = gain;
                leaf->feature = f;
                leaf->bin = bin;
            }
        }
    }
}

/* Rows up to the bin come first, both sides in their order. */
static size_t partition(struct grower *grower, const struct leaf *leaf)
{
    size_t left = leaf->begin, right = 0;
    uint8_t feature = grower->features[leaf->feature];
    for (size_t i = leaf->begin; i < leaf->end; i++) {
        uint32_t place = grower->order[i];
        if (row_of(grower, place)[feature] <= leaf->bin)
            grower->order[left++] = place;
        else
            grower->spare[right++] = place;
    }
    memcpy(grower->order + left, grower->spare, right * sizeof(*grower->spare));
    return left;
}

static void sum_leaf(const struct grower *grower, struct leaf *leaf)
{
    leaf->gradient = leaf->hessian = 0;
    for (size_t i = leaf->begin; i < leaf->end; i++) {
        leaf->gradient += grower->gradients[grower->order[i]];
        leaf->hessian += grower->hessians[grower->order[i]];
    }
}

/* The tree's reference to a leaf becomes one to a branch. */
static void refer(struct grower *grower, const struct leaf *leaf, uint8_t to)
{
    if (leaf->branch < 0)
        return;
    if (leaf->right)
        grower->branches[leaf->branch].right = to;
    else
        grower->branches[leaf->branch].left = to;
}

/* The leaf keeps its number and becomes the left one; the right one is new. */
static void split(struct grower *grower, unsigned number)
{
    struct leaf *left = &grower->leaves[number], *right = &grower->leaves[grower->leaf_count];
    size_t middle = partition(grower, left);
    unsigned branch = grower->branch_count++;
    grower->branches[branch] = (struct branch){
        .feature = grower->features[left->feature],
        .bin = (uint8_t)left->bin,
        .left = (uint8_t)(FOREST_LEAF + number),
        .right = (uint8_t)(FOREST_LEAF + grower->leaf_count),
    };
    refer(grower, left, (uint8_t)branch);
    struct cell *spare = right->histogram;
    *right = *left;
    right->histogram = spare;
    right->begin = left->end = middle;
    left->branch = right->branch = (int)branch;
    left->right = false;
    right->right = true;
    grower->leaf_count++;
    struct leaf *small = middle - left->begin < right->end - middle ? left : right;
    struct leaf *large = small == left ? right : left;
    struct cell *parents = left->histogram; /* where the parent's still stands */
    small->histogram = spare;
    large->histogram = parents;
    fill_histogram(grower, small);
    for (size_t i = 0; i < grower->feature_count * FOREST_BINS_MAX; i++) {
        parents[i].gradient -= spare[i].gradient;
        parents[i].hessian -= spare[i].hessian;
        parents[i].count -= spare[i].count;
    }
    sum_leaf(grower, left);
    sum_leaf(grower, right);
    find_split(grower, left);
    find_split(grower, right);
}

/* ---- Trees ---- */

static size_t draw_rows(struct grower *grower)
{
    size_t drawn = 0;
    for (size_t i = 0; i < grower->rows->count; i++)
        if (chance(&grower->random) < (double)grower->options->row_share)
            grower->order[drawn++] = (uint32_t)i;
    return drawn;
}

static void draw_features(struct grower *grower)
{
    uint32_t all[FOREST_FEATURES_MAX];
    size_t count = grower->options->feature_count;
    for (size_t i = 0; i < count; i++)
        all[i] = grower->options->features[i];
    shuffle(all, count, &grower->random);
    grower->feature_count = (size_t)((float)count * grower->options->feature_share + 0.5f);
    grower->feature_count += grower->feature_count == 0;
    for (size_t i = 0; i < grower->feature_count; i++)
        grower->features[i] = (uint8_t)all[i];
}

static void grow(struct grower *grower)
{
    draw_features(grower);
    struct leaf *root = &grower->leaves[0];
    root->begin = 0;
    root->end = draw_rows(grower);
    root->branch = -1;
    grower->leaf_count = 1;
    grower->branch_count = 0;
    fill_histogram(grower, root);
    sum_leaf(grower, root);
    find_split(grower, root);
    while (grower->leaf_count < grower->options->leaves) {
        unsigned best = 0;
        for (unsigned i = 1; i < grower->leaf_count; i++)
            if (grower->leaves[i].gain > grower->leaves[best].gain)
                best = i;
        if (!(grower->leaves[best].gain > 0))
            break;
        split(grower, best);
    }
}

static unsigned leaf_of(const struct grower *grower, const uint8_t *row)
{
    unsigned at = 0;
    do {
        const struct branch *branch = &grower->branches[at];
        at = row[branch->feature] <= branch->bin ? branch->left : branch->right;
    } while (at < FOREST_LEAF);
    return at - FOREST_LEAF;
}

static int16_t leaf_value(double value)
{
    double units = value * FOREST_LEAF_UNIT;
    return (int16_t)lround(units < INT16_MIN ? INT16_MIN : units > INT16_MAX ? INT16_MAX : units);
}

/* Writes the tree and adds it to all sums, as rounded as it is written. */
static void take_tree(struct grower *grower, double constant, struct buffer *section)
{
    int16_t values[FOREST_LEAVES_MAX];
    uint8_t branches = (uint8_t)grower->branch_count;
    for (unsigned i = 0; i < grower->leaf_count; i++) {
        const struct leaf *leaf = &grower->leaves[i];
        double step = -leaf->gradient / (leaf->hessian + (double)grower->options->penalty);
        values[i] = leaf_value(step * (double)grower->options->rate + constant);
    }
    buffer_append(section, (const char *)&branches, 1);
    buffer_append(section, (const char *)grower->branches, branches * sizeof(struct branch));
    buffer_append(section, (const char *)values, grower->leaf_count * sizeof(*values));
    for (size_t i = 0; i < grower->rows->count; i++)
        grower->sums[i] += (float)values[leaf_of(grower, row_of(grower, (uint32_t)i))] / FOREST_LEAF_UNIT;
}

static double base_log_odds(const struct boosting_rows *rows)
{
    double yes = 0, all = 0;
    for (size_t i = 0; i < rows->count; i++) {
        double weight = (double)rows->weights[rows->chosen[i]];
        all += weight;
        yes += rows->labels[rows->chosen[i]] ? weight : 0;
    }
    double share = yes / all;
    return share > 0 && share < 1 ? log(share / (1 - share)) : 0;
}

void boosting_train(const struct boosting_rows *rows, const struct boosting_options *options,
                    struct buffer *ret_section)
{
    struct arena *arena = arena_create(TRAINING_BYTES_MAX);
    if (!arena)
        files_fail("memory", "too little");
    struct grower *grower = need(arena, 1, sizeof(*grower));
    size_t count = rows->count;
    *grower = (struct grower){.rows = rows, .options = options, .random = options->seed};
    grower->sums = need(arena, count, sizeof(float));
    grower->gradients = need(arena, count, sizeof(float));
    grower->hessians = need(arena, count, sizeof(float));
    grower->order = need(arena, count, sizeof(uint32_t));
    grower->spare = need(arena, count, sizeof(uint32_t));
    for (unsigned i = 0; i < options->leaves; i++)
        grower->leaves[i].histogram =
            need(arena, options->feature_count * FOREST_BINS_MAX, sizeof(struct cell));
    double base = base_log_odds(rows);
    for (size_t i = 0; i < count; i++)
        grower->sums[i] = (float)base;
    for (unsigned t = 0; t < options->trees; t++) {
        for (size_t i = 0; i < count; i++) {
            uint32_t row = rows->chosen[i];
            float p = forest_probability(grower->sums[i]);
            grower->gradients[i] = rows->weights[row] * (p - (float)rows->labels[row]);
            grower->hessians[i] = rows->weights[row] * p * (1 - p);
        }
        grow(grower);
        if (grower->branch_count == 0)
            break; /* nothing left to learn */
        if (t == 0)
            for (size_t i = 0; i < count; i++)
                grower->sums[i] = 0; /* the first tree carries the constant */
        take_tree(grower, t == 0 ? base : 0, ret_section);
    }
    if (ret_section->failed)
        files_fail("memory", "too little");
    arena_destroy(&arena);
}

/* ---- Bins ---- */

static int by_value(const void *a, const void *b)
{
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Boundaries of sorted values; returns their number. */
static unsigned divide(const float *values, size_t count, unsigned bins, float *ret_boundaries)
{
    size_t taken = 0;
    unsigned boundaries = 0;
    while (taken < count && boundaries + 1 < bins) {
        size_t aim = taken + (count - taken + bins - boundaries - 1) / (bins - boundaries);
        size_t end = aim < count ? aim : count;
        while (end < count && values[end] <= values[end - 1])
            end++; /* equal values stay together */
        if (end >= count)
            break;
        ret_boundaries[boundaries++] = values[end - 1] + (values[end] - values[end - 1]) / 2;
        if (!(ret_boundaries[boundaries - 1] < values[end]))
            ret_boundaries[boundaries - 1] = values[end - 1];
        taken = end;
    }
    return boundaries;
}

void boosting_divide(const float *rows, size_t count, size_t features, unsigned bins,
                     struct buffer *ret_section)
{
    struct arena *arena = arena_create(TRAINING_BYTES_MAX);
    if (!arena)
        files_fail("memory", "too little");
    float *values = need(arena, count + 1, sizeof(*values));
    for (size_t f = 0; f < features; f++) {
        float boundaries[FOREST_BINS_MAX];
        for (size_t r = 0; r < count; r++)
            values[r] = rows[r * features + f];
        qsort(values, count, sizeof(*values), by_value);
        uint8_t found = (uint8_t)divide(values, count, bins, boundaries);
        buffer_append(ret_section, (const char *)&found, 1);
        buffer_append(ret_section, (const char *)boundaries, found * sizeof(*boundaries));
    }
    arena_destroy(&arena);
    if (ret_section->failed)
        files_fail("memory", "too little");
}
