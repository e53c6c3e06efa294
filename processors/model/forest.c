/* forest: everything a section says of itself is checked when it is opened, so that walking needs no checks.
 */
#include "processors/model/forest.h"

#include <math.h>
#include <string.h>

bool divisions_open(struct divisions *ret_divisions, struct arena *arena, struct str section, size_t features)
{
    size_t at = 0;
    *ret_divisions = (struct divisions){.features = features};
    if (features > FOREST_FEATURES_MAX)
        return false;
    for (size_t f = 0; f < features; f++) {
        if (at >= section.len)
            return false;
        size_t count = (unsigned char)section.ptr[at++];
        if (count >= FOREST_BINS_MAX || section.len - at < count * sizeof(float))
            return false;
        float *boundaries = arena_new_array(arena, float, count + 1);
        if (!boundaries)
            return false;
        memcpy(boundaries, section.ptr + at, count * sizeof(float));
        for (size_t i = 1; i < count; i++)
            if (!(boundaries[i - 1] < boundaries[i]))
                return false;
        at += count * sizeof(float);
        ret_divisions->boundaries[f] = boundaries;
        ret_divisions->counts[f] = (uint8_t)count;
    }
    return at == section.len;
}

/* Branches lead to later branches only, so that every walk ends. */
static bool branch_is_sound(const struct branch *branch, size_t number, size_t branches, size_t features)
{
    const uint8_t ways[2] = {branch->left, branch->right};
    for (size_t i = 0; i < 2; i++) {
        bool sound = ways[i] >= FOREST_LEAF ? (size_t)(ways[i] - FOREST_LEAF) <= branches
                                            : ways[i] > number && ways[i] < branches;
        if (!sound)
            return false;
    }
    return branch->feature < features && branch->bin < FOREST_BINS_MAX;
}

static bool read_tree(struct tree *tree, struct arena *arena, struct str section, size_t *at, size_t features)
{
    size_t branches = (unsigned char)section.ptr[(*at)++];
    size_t bytes = branches * sizeof(struct branch) + (branches + 1) * sizeof(int16_t);
    if (branches == 0 || branches >= FOREST_LEAVES_MAX || section.len - *at < bytes)
        return false;
    struct branch *copy = arena_new_array(arena, struct branch, branches);
    int16_t *leaves = arena_new_array(arena, int16_t, branches + 1);
    if (!copy || !leaves)
        return false;
    memcpy(copy, section.ptr + *at, branches * sizeof(*copy));
    memcpy(leaves, section.ptr + *at + branches * sizeof(*copy), (branches + 1) * sizeof(*leaves));
    for (size_t i = 0; i < branches; i++)
        if (!branch_is_sound(&copy[i], i, branches, features))
            return false;
    *tree = (struct tree){.branches = copy, .leaves = leaves};
    *at += bytes;
    return true;
}

bool forest_open(struct forest *ret_forest, struct arena *arena, struct str section, size_t features)
{
    struct tree *trees = arena_new_array(arena, struct tree, FOREST_TREES_MAX);
    *ret_forest = (struct forest){.trees = trees};
    if (!trees)
        return false;
    for (size_t at = 0; at < section.len; ret_forest->count++)
        if (ret_forest->count == FOREST_TREES_MAX ||
            !read_tree(&trees[ret_forest->count], arena, section, &at, features))
            return false;
    return ret_forest->count > 0;
}

void divisions_bins(const struct divisions *divisions, size_t first, size_t end, const float *row,
                    uint8_t *ret_bins)
{
    for (size_t f = first; f < end; f++) {
        const float *boundaries = divisions->boundaries[f];
        size_t low = 0, high = divisions->counts[f];
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (row[f] > boundaries[middle])
                low = middle + 1;
            else
                high = middle;
        }
        ret_bins[f] = (uint8_t)low;
    }
}

static int16_t leaf_of(const struct tree *tree, const uint8_t *bins)
{
    unsigned at = 0;
    do {
        const struct branch *branch = &tree->branches[at];
        at = bins[branch->feature] <= branch->bin ? branch->left : branch->right;
    } while (at < FOREST_LEAF);
    return tree->leaves[at - FOREST_LEAF];
}

void forest_sums(const struct forest *forest, const uint8_t *bins, size_t stride, size_t count,
                 float *ret_sums)
{
    for (size_t i = 0; i < count; i++)
        ret_sums[i] = 0;
    for (size_t t = 0; t < forest->count; t++) /* a tree stays in the cache for all rows */
        for (size_t i = 0; i < count; i++)
            ret_sums[i] += leaf_of(&forest->trees[t], bins + i * stride);
    for (size_t i = 0; i < count; i++)
        ret_sums[i] /= FOREST_LEAF_UNIT;
}

float forest_probability(float log_odds)
{
    return 1 / (1 + expf(-log_odds));
}
