/* block_features, the second pass: what the first thought of the blocks around. */
#include <errno.h>
#include <math.h>

#include "processors/html/block_features.h"

enum {
    NEAR = 5,       /* blocks on each side whose probability is a column */
    WINDOW = 8,     /* blocks on each side of the mean */
    RUN = 3,        /* blocks on each side of the runs */
    SURE_WORDS = 8, /* words of a sure block */
    GAP_MAX = 50,
};

struct mass {
    float p, weight; /* sum of probability * weight, and of weight; a weight is the root of the words */
};

struct neighbours {
    const struct page_blocks *page;
    const float *p;
    struct mass *of_element, *of_like, *under; /* of each element, look, heading (0: before the first) */
    float *upto;                               /* mass before block i; [block_count] = all */
    float *weights;                            /* the same of weights */
    uint32_t *heading;                         /* of each block: number of its heading */
    bool *in_best;                             /* of each element */
    uint32_t first_sure, last_sure;
};

static float weight_of(const struct page_block *block)
{
    return sqrtf((float)block->word_count);
}

static void add(struct mass *to, float p, float weight)
{
    to->p += p * weight;
    to->weight += weight;
}

/* The mean of all but the block itself; -1 when there is nothing else. */
static float others(const struct mass *all, float p, float weight)
{
    return all->weight - weight > 0.01f ? (all->p - p * weight) / (all->weight - weight) : -1;
}

static bool is_sure(const struct neighbours *around, uint32_t i)
{
    return around->p[i] > 0.5f && around->page->blocks[i].word_count >= SURE_WORDS;
}

static void sum_up(struct neighbours *around)
{
    const struct page_blocks *page = around->page;
    uint32_t heading = 0;
    bool any = false;
    for (uint32_t i = 0; i < page->block_count; i++) {
        const struct page_block *block = &page->blocks[i];
        float weight = weight_of(block);
        around->heading[i] = heading;
        add(&around->of_element[block->owner], around->p[i], weight);
        add(&around->of_like[block->like], around->p[i], weight);
        add(&around->under[heading], around->p[i], weight);
        around->upto[i + 1] = around->upto[i] + around->p[i] * weight;
        around->weights[i + 1] = around->weights[i] + weight;
        if (is_sure(around, i)) {
            around->first_sure = any ? around->first_sure : i;
            around->last_sure = i;
            any = true;
        }
        heading += page_blocks_is_heading(page, block);
    }
    if (!any)
        around->last_sure = page->block_count ? page->block_count - 1 : 0;
    for (uint32_t i = page->element_count; i-- > 1;) {
        struct mass *up = &around->of_element[page->elements[i].parent];
        up->p += around->of_element[i].p;
        up->weight += around->of_element[i].weight;
    }
    uint32_t best = page->element_count - 1;
    while (best > 0 && around->of_element[best].p < 0.8f * around->upto[page->block_count])
        best--;
    for (uint32_t i = 0; i < page->element_count; i++)
        around->in_best[i] = i == best || (i > 0 && around->in_best[page->elements[i].parent]);
}

static float run(const struct neighbours *around, uint32_t from, uint32_t to)
{
    return around->upto[to] - around->upto[from];
}

static void fill_row(const struct neighbours *around, uint32_t i, float *row)
{
    const struct page_blocks *page = around->page;
    const struct page_block *block = &page->blocks[i];
    uint32_t count = page->block_count;
    float p = around->p[i], weight = weight_of(block), all = around->upto[count] + 1e-6f;
    row[FEATURE_P] = p;
    for (int k = 0; k < 2 * NEAR; k++) {
        int64_t at = (int64_t)i + k - NEAR + (k >= NEAR);
        row[FEATURE_P_NEAR + k] = at >= 0 && at < count ? around->p[at] : -1;
    }
    row[FEATURE_MASS] = p * weight / all;
    row[FEATURE_MASS_BEFORE] = around->upto[i + 1] / all;
    row[FEATURE_MASS_AFTER] = 1 - around->upto[i] / all;
    uint32_t parent = page->elements[block->owner].parent, grandparent = page->elements[parent].parent;
    row[FEATURE_P_1] = others(&around->of_element[parent], p, weight);
    row[FEATURE_P_2] = others(&around->of_element[grandparent], p, weight);
    row[FEATURE_P_LIKE] = others(&around->of_like[block->like], p, weight);
    row[FEATURE_P_HEADING] = others(&around->under[around->heading[i]], p, weight);
    uint32_t from = i > WINDOW ? i - WINDOW : 0, to = i + WINDOW + 1 < count ? i + WINDOW + 1 : count;
    float others_weight = around->weights[to] - around->weights[from] - weight;
    row[FEATURE_P_WINDOW] =
        (run(around, from, to) - p * weight) / (others_weight > 0.01f ? others_weight : 0.01f);
    row[FEATURE_RUN_BEFORE] = run(around, i > RUN ? i - RUN : 0, i);
    row[FEATURE_RUN_AFTER] = run(around, i + 1, i + 1 + RUN < count ? i + 1 + RUN : count);
    row[FEATURE_IN_BEST] = around->in_best[block->owner];
    row[FEATURE_FROM_FIRST] = (float)((int64_t)i - around->first_sure);
    row[FEATURE_FROM_LAST] = (float)((int64_t)i - around->last_sure);
}

static void fill_gaps(const struct neighbours *around, float *rows)
{
    uint32_t count = around->page->block_count;
    uint32_t gap = GAP_MAX;
    for (uint32_t i = 0; i < count; i++) {
        rows[(size_t)i * BLOCK_FEATURES + FEATURE_GAP_BEFORE] = (float)(gap < GAP_MAX ? gap : GAP_MAX);
        gap = is_sure(around, i) ? 1 : gap + 1;
    }
    gap = GAP_MAX;
    for (uint32_t i = count; i-- > 0;) {
        rows[(size_t)i * BLOCK_FEATURES + FEATURE_GAP_AFTER] = (float)(gap < GAP_MAX ? gap : GAP_MAX);
        gap = is_sure(around, i) ? 1 : gap + 1;
    }
}

int block_features_second(struct arena *arena, const struct page_blocks *page, const float *p, float *rows)
{
    struct neighbours around = {
        .page = page,
        .p = p,
        .of_element = arena_new_array(arena, struct mass, page->element_count),
        .of_like = arena_new_array(arena, struct mass, page->like.count + 1),
        .under = arena_new_array(arena, struct mass, page->block_count + 1),
        .upto = arena_new_array(arena, float, page->block_count + 1),
        .weights = arena_new_array(arena, float, page->block_count + 1),
        .heading = arena_new_array(arena, uint32_t, page->block_count + 1),
        .in_best = arena_new_array(arena, bool, page->element_count),
    };
    if (!around.of_element || !around.of_like || !around.under || !around.upto || !around.weights ||
        !around.heading || !around.in_best)
        return -ENOMEM;
    sum_up(&around);
    for (uint32_t i = 0; i < page->block_count; i++)
        fill_row(&around, i, rows + (size_t)i * BLOCK_FEATURES);
    fill_gaps(&around, rows);
    return 0;
}
