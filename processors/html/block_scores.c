/* block_features, the part for learned scores of names and words. */
#include <errno.h>

#include "processors/html/block_features.h"

#define NAMES_LIMIT 6.0f /* of an element's sum, on both sides */
#define FADING 0.8f      /* of the sum from element to element down */

struct name_scores {
    float own, lowest, highest, sum;
};

struct word_scores {
    float mean, lowest, first;
};

static float limited(float value, float limit)
{
    return value < -limit ? -limit : value > limit ? limit : value;
}

static void score_elements(const struct page_blocks *page, const float *names, struct name_scores *of)
{
    for (uint32_t i = 0; i < page->element_count; i++) {
        const struct page_element *element = &page->elements[i];
        float sum = 0, low = 0, high = 0;
        for (uint32_t n = 0; n < element->name_count; n++) {
            float score = names[page->names[element->first_name + n]];
            sum += score;
            low = score < low ? score : low;
            high = score > high ? score : high;
        }
        of[i].own = limited(sum, NAMES_LIMIT);
        const struct name_scores *up = &of[element->parent];
        bool top = i == 0;
        of[i].lowest = !top && up->lowest < low ? up->lowest : low;
        of[i].highest = !top && up->highest > high ? up->highest : high;
        of[i].sum = (top ? 0 : FADING * up->sum) + of[i].own;
    }
}

static struct word_scores score_words(const struct page_blocks *page, const struct page_block *block,
                                      const struct block_scores *scores)
{
    const uint32_t *words = page->words + block->first_word;
    if (block->word_count > BLOCK_SCORED_WORDS_MAX)
        return (struct word_scores){.mean = 0.5f};
    struct word_scores found = {.first = scores->first_words[words[0]], .lowest = scores->words[words[0]]};
    for (uint32_t i = 0; i < block->word_count; i++) {
        float score = scores->words[words[i]];
        found.mean += score / (float)block->word_count;
        found.lowest = score < found.lowest ? score : found.lowest;
    }
    return found;
}

int block_features_scores(struct arena *arena, const struct page_blocks *page,
                          const struct block_scores *scores, float *rows)
{
    struct name_scores *elements = arena_new_array(arena, struct name_scores, page->element_count);
    struct word_scores *words = arena_new_array(arena, struct word_scores, page->block_count + 1);
    if (!elements || !words)
        return -ENOMEM;
    score_elements(page, scores->names, elements);
    for (uint32_t i = 0; i < page->block_count; i++)
        words[i] = score_words(page, &page->blocks[i], scores);
    uint32_t heading = page->block_count;
    for (uint32_t i = 0; i < page->block_count; i++) {
        float *row = rows + (size_t)i * BLOCK_FEATURES;
        uint32_t above[4] = {page->blocks[i].owner};
        for (int k = 1; k < 4; k++)
            above[k] = page->elements[above[k - 1]].parent;
        for (int k = 0; k < 3; k++)
            row[FEATURE_NAMES_0 + k] = elements[above[k]].own;
        bool last = i + 1 == page->block_count;
        row[FEATURE_NAMES_NEXT] = last ? 0 : elements[page->blocks[i + 1].owner].own;
        row[FEATURE_NAMES_LOWEST] = elements[above[0]].lowest;
        row[FEATURE_NAMES_HIGHEST] = elements[above[0]].highest;
        row[FEATURE_NAMES_SUM] = elements[above[0]].sum;
        row[FEATURE_NAMES_NEAR] = elements[above[0]].sum - FADING * FADING * FADING * elements[above[3]].sum;
        row[FEATURE_WORDS_MEAN] = words[i].mean;
        row[FEATURE_WORDS_LOWEST] = words[i].lowest;
        row[FEATURE_WORDS_FIRST] = words[i].first;
        row[FEATURE_WORDS_BEFORE] = i ? words[i - 1].mean : 0;
        row[FEATURE_WORDS_NEXT] = last ? 0 : words[i + 1].mean;
        bool headed = heading < page->block_count;
        row[FEATURE_HEADING_MEAN] = headed ? words[heading].mean : 0;
        row[FEATURE_HEADING_NAMES] = headed ? elements[page->blocks[heading].owner].lowest : 0;
        heading = page_blocks_is_heading(page, &page->blocks[i]) ? i : heading;
    }
    return 0;
}
