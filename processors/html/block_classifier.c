/* block_classifier: scores of words by lookup, rows of features, two forests. */
#include "processors/html/block_classifier.h"

#include <errno.h>

#include "processors/budget.h"
#include "processors/model/forest.h"
#include "processors/model/lookup.h"

#define CLASSIFIER_BYTES_MAX ((size_t)4 << 20)

struct block_classifier {
    struct arena *arena; /* all lies here */
    struct model *model;
    struct lookup names, words, first_words;
    struct divisions divisions;
    struct forest first, second;
};

static int open_sections(struct block_classifier *classifier, struct error *error)
{
    struct model *model = classifier->model;
    struct arena *arena = classifier->arena;
    if (model_check_version(model, BLOCK_FEATURES_VERSION, error) < 0)
        return ERR_MALFORMED;
    if (!lookup_open(&classifier->names, model_section(model, "names")) ||
        !lookup_open(&classifier->words, model_section(model, "words")) ||
        !lookup_open(&classifier->first_words, model_section(model, "first words")) ||
        !divisions_open(&classifier->divisions, arena, model_section(model, "boundaries"), BLOCK_FEATURES) ||
        !forest_open(&classifier->first, arena, model_section(model, "first pass"), BLOCK_FEATURES) ||
        !forest_open(&classifier->second, arena, model_section(model, "second pass"), BLOCK_FEATURES))
        return error_set(error, ERR_MALFORMED, "the model of pages is incomplete");
    return 0;
}

int block_classifier_create(struct block_classifier **ret_classifier, struct model *model,
                            struct error *error)
{
    struct arena *arena = arena_create(CLASSIFIER_BYTES_MAX);
    struct block_classifier *classifier = arena ? arena_new(arena, struct block_classifier) : NULL;
    if (!classifier) {
        arena_destroy(&arena);
        model_close(&model);
        return error_set(error, -ENOMEM, "no memory for the model of pages");
    }
    *classifier = (struct block_classifier){.arena = arena, .model = model};
    int code = open_sections(classifier, error);
    if (code < 0) {
        block_classifier_destroy(&classifier);
        return code;
    }
    *ret_classifier = classifier;
    return 0;
}

void block_classifier_destroy(struct block_classifier **classifier)
{
    if (!*classifier)
        return;
    struct arena *arena = (*classifier)->arena;
    model_close(&(*classifier)->model);
    arena_destroy(&arena); /* holds the classifier itself */
    *classifier = NULL;
}

/* Of each word of a vocabulary; NULL without memory. */
static const float *look_up(struct arena *arena, const struct lookup *table, const struct vocabulary *words)
{
    float *scores = arena_new_array(arena, float, words->count + 1);
    for (uint32_t i = 0; scores && i < words->count; i++) {
        uint32_t value = lookup_find(table, words->hashes[i]);
        scores[i] = value ? ((float)value - BLOCK_SCORE_ZERO) / BLOCK_SCORE_UNIT : 0;
    }
    return scores;
}

/* One pass; the columns [first, end) are new. */
static int judge(const struct block_classifier *classifier, const struct forest *forest, size_t first,
                 size_t end, const float *rows, uint8_t *bins, uint32_t count, float *p)
{
    for (uint32_t i = 0; i < count; i++)
        divisions_bins(&classifier->divisions, first, end, rows + (size_t)i * BLOCK_FEATURES,
                       bins + (size_t)i * BLOCK_FEATURES);
    if (budget_over())
        return ERR_DEADLINE;
    forest_sums(forest, bins, BLOCK_FEATURES, count, p);
    for (uint32_t i = 0; i < count; i++)
        p[i] = forest_probability(p[i]);
    return budget_over() ? ERR_DEADLINE : 0;
}

int block_classifier_run(const struct block_classifier *classifier, struct arena *arena,
                         struct page_blocks *page, const struct page_facts *facts, float **ret_p)
{
    if (page->block_count > BLOCK_CLASSIFIER_BLOCKS_MAX)
        return ERR_LIMIT;
    uint32_t count = page->block_count;
    float *rows = arena_new_array(arena, float, (size_t)count *BLOCK_FEATURES + 1);
    uint8_t *bins = arena_new_array(arena, uint8_t, (size_t)count * BLOCK_FEATURES + 1);
    float *p = arena_new_array(arena, float, (size_t)count + 1);
    struct block_scores scores = {
        .words = look_up(arena, &classifier->words, &page->word_vocabulary),
        .first_words = look_up(arena, &classifier->first_words, &page->word_vocabulary),
        .names = look_up(arena, &classifier->names, &page->name_vocabulary),
    };
    if (!rows || !bins || !p || !scores.words || !scores.first_words || !scores.names)
        return -ENOMEM;
    int code = block_features_first(arena, page, facts, &scores, rows);
    if (code == 0)
        code = judge(classifier, &classifier->first, 0, FEATURE_P, rows, bins, count, p);
    if (code == 0)
        code = block_features_second(arena, page, p, rows);
    if (code == 0)
        code = judge(classifier, &classifier->second, FEATURE_P, BLOCK_FEATURES, rows, bins, count, p);
    *ret_p = p;
    return code;
}
