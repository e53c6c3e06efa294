/* train_pages: makes the model "pages" (which blocks of a page are its article) from pages whose text is
 * known.
 *
 *     train_pages MODELS PAGES [FIGURES]
 *
 * PAGES is a folder as page_corpus.h says; MODELS gets pages.model; FIGURES gets a line for each page and
 * table: F1, precision, recall, set, id. First it prints what models do that have
 * not seen the site of the page they are asked about, in four folds by site; then it trains on all. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/html/block_classifier.h"
#include "processors/models/boosting.h"
#include "processors/models/files.h"
#include "processors/models/page_corpus.h"
#include "processors/models/word_evidence.h"

enum { FOLDS = 4, BINS = 63, SETS_MAX = 16 };

#define MEMORY_MAX ((size_t)8 << 30)
#define ROW_WEIGHT_MAX 15.0f
#define SNIPPET_WEIGHT 25.0f

/* Columns that the passes look at: those that proved useful one by one and together (see README.md). */
static const uint8_t first_features[] = {
    FEATURE_UP_TO_TOP,
    FEATURE_TOP_GOOD,
    FEATURE_GOOD_1,
    FEATURE_GOOD_0,
    FEATURE_CHARS_1,
    FEATURE_CHARS_2,
    FEATURE_CHARS_3,
    FEATURE_LINKS_1,
    FEATURE_LINKS_2,
    FEATURE_LINKS_3,
    FEATURE_GOODNESS_2,
    FEATURE_MUCH_LINKS,
    FEATURE_MOST_LINKS,
    FEATURE_LIKE_COUNT,
    FEATURE_LIKE_CHARS,
    FEATURE_LIKE_LINK,
    FEATURE_LIKE_LENGTH,
    FEATURE_LIKE_GOOD,
    FEATURE_LINK,
    FEATURE_LARGEST_DOWN,
    FEATURE_GOOD_BEFORE,
    FEATURE_GOOD_AFTER,
    FEATURE_CHARS_AFTER,
    FEATURE_IN_DESCRIPTION,
    FEATURE_DESCRIPTION_IN,
    FEATURE_SIBLINGS,
    FEATURE_PAGE_GOOD,
    FEATURE_NAMES_0,
    FEATURE_NAMES_1,
    FEATURE_NAMES_2,
    FEATURE_NAMES_LOWEST,
    FEATURE_NAMES_HIGHEST,
    FEATURE_NAMES_SUM,
    FEATURE_NAMES_NEAR,
    FEATURE_WORDS_MEAN,
    FEATURE_WORDS_LOWEST,
    FEATURE_WORDS_BEFORE,
    FEATURE_WORDS_NEXT,
    FEATURE_HEADING_MEAN,
    FEATURE_FROM_TITLE,
    FEATURE_FROM_HEADING,
    FEATURE_FROM_LARGEST,
    FEATURE_GOODNESS_1,
    FEATURE_GOOD_2,
    FEATURE_GOOD_3,
    FEATURE_BLOCKS_3,
    FEATURE_UP_TO_MOST,
    FEATURE_CHARS_BEFORE,
    FEATURE_BOLD,
    FEATURE_LINK_BEFORE,
    FEATURE_NAMES_NEXT,
    FEATURE_WORDS_FIRST,
    FEATURE_HEADING_NAMES,
    FEATURE_LIKE_TITLE,
    FEATURE_TAG,
    FEATURE_CHILDREN,
    FEATURE_PAGE_LINKS,
    FEATURE_PAGE_BLOCKS,
    FEATURE_PAGE_GOOD_BLOCKS,
};
static const uint8_t second_features[] = {
    FEATURE_NAMES_0,
    FEATURE_NAMES_1,
    FEATURE_NAMES_NEAR,
    FEATURE_NAMES_LOWEST,
    FEATURE_NAMES_HIGHEST,
    FEATURE_NAMES_SUM,
    FEATURE_WORDS_MEAN,
    FEATURE_HEADING_MEAN,
    FEATURE_HEADING_NAMES,
    FEATURE_GOOD_1,
    FEATURE_BLOCKS_2,
    FEATURE_BLOCKS_3,
    FEATURE_CHARS_3,
    FEATURE_LINKS_2,
    FEATURE_MUCH_LINKS,
    FEATURE_MOST_LINKS,
    FEATURE_LARGEST_GOOD,
    FEATURE_TOP_GOOD,
    FEATURE_LIKE_COUNT,
    FEATURE_LIKE_CHARS,
    FEATURE_LIKE_GOOD,
    FEATURE_LINK,
    FEATURE_IN_DESCRIPTION,
    FEATURE_DESCRIPTION_IN,
    FEATURE_LIKE_TITLE,
    FEATURE_TAG,
    FEATURE_PAGE_GOOD,
    FEATURE_PAGE_BLOCKS,
    FEATURE_PAGE_GOOD_BLOCKS,
    FEATURE_PAGE_LINKS,
    FEATURE_P,
    FEATURE_P_NEAR,
    FEATURE_P_NEAR + 1,
    FEATURE_P_NEAR + 2,
    FEATURE_P_NEAR + 3,
    FEATURE_P_NEAR + 4,
    FEATURE_P_NEAR + 5,
    FEATURE_P_NEAR + 6,
    FEATURE_P_NEAR + 7,
    FEATURE_P_NEAR + 8,
    FEATURE_P_NEAR + 9,
    FEATURE_MASS,
    FEATURE_MASS_BEFORE,
    FEATURE_MASS_AFTER,
    FEATURE_P_1,
    FEATURE_P_2,
    FEATURE_P_LIKE,
    FEATURE_P_HEADING,
    FEATURE_P_WINDOW,
    FEATURE_RUN_BEFORE,
    FEATURE_RUN_AFTER,
    FEATURE_IN_BEST,
    FEATURE_FROM_FIRST,
    FEATURE_FROM_LAST,
    FEATURE_GAP_BEFORE,
    FEATURE_GAP_AFTER,
};

static const struct boosting_options first_pass = {
    .trees = 120,
    .leaves = 31,
    .rate = 0.06f,
    .row_share = 0.8f,
    .feature_share = 0.5f,
    .penalty = 5,
    .leaf_rows_min = 40,
    .features = first_features,
    .feature_count = sizeof(first_features),
    .seed = 1,
};
static const struct boosting_options second_pass = {
    .trees = 200,
    .leaves = 31,
    .rate = 0.06f,
    .row_share = 0.8f,
    .feature_share = 0.3f,
    .penalty = 5,
    .leaf_rows_min = 40,
    .features = second_features,
    .feature_count = sizeof(second_features),
    .seed = 2,
};

struct training {
    struct arena *arena;
    struct page_corpus corpus;
    struct word_evidence names, words, first_words;
    size_t row_count;
    float *rows, *weights,
        *p; /* p: what a model without the page's site says, first of one pass, then of two */
    uint8_t *bins, *labels, *folds;
    struct buffer boundaries;
    struct divisions divisions;
    FILE *figures; /* NULL = not wanted */
};

static void *need(struct training *training, size_t count, size_t size)
{
    void *memory = arena_array(training->arena, count, size);
    if (!memory)
        files_fail("memory", "too little");
    return memory;
}

/* ---- Words ---- */

/* Each name of an element has the mass of all blocks in it. */
static void count_names(struct training *training, struct arena *scratch, const struct corpus_page *page)
{
    const struct page_blocks *blocks = &page->blocks;
    float *of_element = arena_new_array(scratch, float, (size_t)blocks->element_count * 2);
    float *of_name = arena_new_array(scratch, float, (size_t)blocks->name_vocabulary.count * 2 + 1);
    if (!of_element || !of_name)
        files_fail("memory", "too little");
    for (uint32_t i = 0; i < blocks->block_count; i++)
        of_element[blocks->blocks[i].owner * 2 + !page->labels[i]] +=
            page->sureness[i] * sqrtf((float)blocks->blocks[i].word_count);
    for (uint32_t i = blocks->element_count; i-- > 1;)
        for (uint32_t side = 0; side < 2; side++)
            of_element[blocks->elements[i].parent * 2 + side] += of_element[i * 2 + side];
    for (uint32_t i = 0; i < blocks->element_count; i++)
        for (uint32_t n = 0; n < blocks->elements[i].name_count; n++)
            for (uint32_t side = 0; side < 2; side++)
                of_name[blocks->names[blocks->elements[i].first_name + n] * 2 + side] +=
                    of_element[i * 2 + side];
    for (uint32_t n = 0; n < blocks->name_vocabulary.count; n++)
        word_evidence_add(&training->names, blocks->name_vocabulary.hashes[n], page->site, page->fold,
                          of_name[n * 2], of_name[n * 2 + 1]);
}

/* Each distinct word of a short block, once a block. */
static void count_words(struct training *training, struct arena *scratch, const struct corpus_page *page)
{
    const struct page_blocks *blocks = &page->blocks;
    uint32_t words = blocks->word_vocabulary.count;
    float *of_word = arena_new_array(scratch, float, (size_t)words * 2 + 1);
    float *of_first = arena_new_array(scratch, float, (size_t)words * 2 + 1);
    uint32_t *seen = arena_new_array(scratch, uint32_t, words + 1);
    if (!of_word || !of_first || !seen)
        files_fail("memory", "too little");
    for (uint32_t i = 0; i < blocks->block_count; i++) {
        const struct page_block *block = &blocks->blocks[i];
        uint32_t side = !page->labels[i];
        if (block->word_count > BLOCK_SCORED_WORDS_MAX)
            continue;
        of_first[blocks->words[block->first_word] * 2 + side] += page->sureness[i];
        for (uint32_t k = 0; k < block->word_count; k++) {
            uint32_t word = blocks->words[block->first_word + k];
            if (seen[word] == i + 1)
                continue;
            seen[word] = i + 1;
            of_word[word * 2 + side] += page->sureness[i];
        }
    }
    for (uint32_t w = 0; w < words; w++) {
        uint64_t hash = blocks->word_vocabulary.hashes[w];
        word_evidence_add(&training->words, hash, page->site, page->fold, of_word[w * 2], of_word[w * 2 + 1]);
        word_evidence_add(&training->first_words, hash, page->site, page->fold, of_first[w * 2],
                          of_first[w * 2 + 1]);
    }
}

static const float *score_all(struct arena *scratch, const struct word_evidence *evidence,
                              const struct vocabulary *words, uint32_t site)
{
    float *scores = arena_new_array(scratch, float, words->count + 1);
    if (!scores)
        files_fail("memory", "too little");
    for (uint32_t i = 0; i < words->count; i++)
        scores[i] = word_evidence_score(evidence, words->hashes[i], site);
    return scores;
}

/* ---- Rows ---- */

/* Fills the rows of all pages with scores of words that know neither the fold nor the page's own site. With
 * `all`, the columns that do not depend on words too. */
static void fill_rows(struct training *training, unsigned but_fold, bool all)
{
    word_evidence_sum(&training->names, but_fold);
    word_evidence_sum(&training->words, but_fold);
    word_evidence_sum(&training->first_words, but_fold);
    struct arena *scratch = arena_create(MEMORY_MAX);
    for (size_t i = 0; i < training->corpus.count; i++) {
        struct corpus_page *page = &training->corpus.pages[i];
        struct block_scores scores = {
            .words = score_all(scratch, &training->words, &page->blocks.word_vocabulary, page->site),
            .first_words =
                score_all(scratch, &training->first_words, &page->blocks.word_vocabulary, page->site),
            .names = score_all(scratch, &training->names, &page->blocks.name_vocabulary, page->site),
        };
        float *rows = training->rows + page->first_row * BLOCK_FEATURES;
        if (all ? block_features_first(scratch, &page->blocks, &page->facts, &scores, rows)
                : block_features_scores(scratch, &page->blocks, &scores, rows))
            files_fail("memory", "too little");
        arena_reset(scratch);
    }
    arena_destroy(&scratch);
}

static void fill_second(struct training *training)
{
    struct arena *scratch = arena_create(MEMORY_MAX);
    for (size_t i = 0; i < training->corpus.count; i++) {
        const struct corpus_page *page = &training->corpus.pages[i];
        if (block_features_second(scratch, &page->blocks, training->p + page->first_row,
                                  training->rows + page->first_row * BLOCK_FEATURES))
            files_fail("memory", "too little");
        arena_reset(scratch);
    }
    arena_destroy(&scratch);
}

static void fill_bins(struct training *training)
{
    for (size_t r = 0; r < training->row_count; r++)
        divisions_bins(&training->divisions, 0, BLOCK_FEATURES, training->rows + r * BLOCK_FEATURES,
                       training->bins + r * BLOCK_FEATURES);
}

/* Every page counts the same, and a block by its share of the page. */
static void fill_weights(struct training *training)
{
    for (size_t i = 0; i < training->corpus.count; i++) {
        const struct corpus_page *page = &training->corpus.pages[i];
        float of_text = page->text_count ? (float)page->texts[0].count : 0;
        for (uint32_t b = 0; b < page->blocks.block_count; b++) {
            size_t row = page->first_row + b;
            float words = (float)page->blocks.blocks[b].word_count;
            float weight = (words + 6) / (of_text > 150 ? of_text : 150) * 100;
            weight = page->has_texts ? page->sureness[b] * weight : page->sureness[b] * SNIPPET_WEIGHT;
            training->weights[row] = page->has_texts && weight > ROW_WEIGHT_MAX ? ROW_WEIGHT_MAX : weight;
            training->labels[row] = page->labels[b];
            training->folds[row] = (uint8_t)page->fold;
        }
    }
}

/* ---- Training ---- */

static struct buffer train(const struct training *training, const struct boosting_options *options,
                           unsigned but_fold)
{
    struct buffer section = {0};
    uint32_t *chosen = malloc((training->row_count + 1) * sizeof(*chosen));
    size_t count = 0;
    for (size_t r = 0; chosen && r < training->row_count; r++) {
        chosen[count] = (uint32_t)r;
        count += training->folds[r] != but_fold && training->weights[r] > 0;
    }
    if (count == 0)
        files_fail("pages", "none left to train on");
    struct boosting_rows rows = {
        .bins = training->bins,
        .stride = BLOCK_FEATURES,
        .weights = training->weights,
        .labels = training->labels,
        .chosen = chosen,
        .count = count,
    };
    boosting_train(&rows, options, &section);
    free(chosen);
    return section;
}

/* What a forest says of the fold's rows. */
static void predict(struct training *training, struct str section, unsigned fold, float *p)
{
    struct arena *scratch = arena_create(MEMORY_MAX);
    struct forest forest;
    if (!forest_open(&forest, scratch, section, BLOCK_FEATURES))
        files_fail("forest", "cannot be read back");
    for (size_t r = 0; r < training->row_count; r++) {
        if (training->folds[r] != fold)
            continue;
        forest_sums(&forest, training->bins + r * BLOCK_FEATURES, BLOCK_FEATURES, 1, &p[r]);
        p[r] = forest_probability(p[r]);
    }
    arena_destroy(&scratch);
}

/* p of every row by a forest that has not seen its fold. */
static void cross_predict(struct training *training, const struct boosting_options *options)
{
    float *p = need(training, training->row_count + 1, sizeof(*p));
    for (unsigned fold = 0; fold < FOLDS; fold++) {
        fill_rows(training, fold, false);
        fill_bins(training);
        struct buffer section = train(training, options, fold);
        predict(training, buffer_str(&section), fold, p);
        buffer_done(&section);
    }
    memcpy(training->p, p, training->row_count * sizeof(*p));
}

/* ---- Figures ---- */

struct set_sums {
    struct str name;
    double precision, recall;
    unsigned with_output, with_text, found, wanted, banned, pages;
};

static double harmonic(double a, double b)
{
    return a + b > 0 ? 2 * a * b / (a + b) : 0;
}

static void count_page(struct set_sums *sums, struct arena *scratch, const struct corpus_page *page,
                       const float *p, FILE *figures)
{
    bool *chosen = arena_new_array(scratch, bool, page->blocks.block_count + 1);
    for (uint32_t i = 0; chosen && i < page->blocks.block_count; i++)
        chosen[i] = p[i] >= 0.5f;
    sums->pages++;
    if (!page->has_texts) {
        unsigned found, banned;
        page_corpus_snippets(page, chosen, &found, &banned);
        sums->found += found;
        sums->banned += banned;
        sums->wanted += page->text_count;
        return;
    }
    struct overlap overlap = page_corpus_overlap(scratch, page, chosen);
    bool output = overlap.right + overlap.extra > 0, text = overlap.right + overlap.missing > 0;
    sums->precision += output ? overlap.right / (overlap.right + overlap.extra) : 0;
    sums->recall += text ? overlap.right / (overlap.right + overlap.missing) : 0;
    sums->with_output += output;
    sums->with_text += text;
    if (figures)
        fprintf(figures, "%.4f %.3f %.3f %.*s %.*s\n", 2 * overlap.right / (1 + overlap.right),
                output ? overlap.right / (overlap.right + overlap.extra) : 0,
                text ? overlap.right / (overlap.right + overlap.missing) : 0, STR_ARG(page->set),
                STR_ARG(page->id));
}

static void print_figures(const struct training *training, const char *title)
{
    struct set_sums sets[SETS_MAX] = {0};
    size_t count = 0;
    double mean = 0;
    printf("%s\n", title);
    if (training->figures)
        fprintf(training->figures, "# %s\n", title);
    struct arena *scratch = arena_create(MEMORY_MAX);
    for (size_t i = 0; i < training->corpus.count; i++) {
        const struct corpus_page *page = &training->corpus.pages[i];
        size_t s = 0;
        while (s < count && !str_equal(sets[s].name, page->set))
            s++;
        if (s == SETS_MAX)
            files_fail("pages", "too many sets");
        sets[s].name = page->set;
        count = s == count ? count + 1 : count;
        count_page(&sets[s], scratch, page, training->p + page->first_row, training->figures);
        arena_reset(scratch);
    }
    for (size_t s = 0; s < count; s++) {
        const struct set_sums *set = &sets[s];
        double precision =
            set->wanted ? (double)set->found / (set->found + set->banned) : set->precision / set->with_output;
        double recall = set->wanted ? (double)set->found / set->wanted : set->recall / set->with_text;
        printf("  %-14.*s %4u pages  F1 %.4f  precision %.3f  recall %.3f\n", STR_ARG(set->name), set->pages,
               harmonic(precision, recall), precision, recall);
        mean += harmonic(precision, recall) / (double)count;
    }
    printf("  mean %.4f\n", mean);
    fflush(stdout);
    arena_destroy(&scratch);
}

/* The labels themselves, taken as the answer: no model can be better. */
static void print_ceiling(struct training *training)
{
    for (size_t r = 0; r < training->row_count; r++)
        training->p[r] = training->labels[r];
    print_figures(training, "the labels taken as the answer");
}

static void prepare(struct training *training, const char *folder)
{
    page_corpus_read(&training->corpus, training->arena, folder, FOLDS);
    training->row_count = training->corpus.row_count;
    size_t rows = training->row_count + 1;
    training->rows = need(training, rows * BLOCK_FEATURES, sizeof(float));
    training->bins = need(training, rows * BLOCK_FEATURES, 1);
    training->weights = need(training, rows, sizeof(float));
    training->p = need(training, rows, sizeof(float));
    training->labels = need(training, rows, 1);
    training->folds = need(training, rows, 1);
    printf("%zu pages, %u sites, %zu blocks\n", training->corpus.count, training->corpus.site_count,
           training->row_count);
    fill_weights(training);
    word_evidence_init(&training->names, training->arena, 4, 0.3f);
    word_evidence_init(&training->words, training->arena, 6, 0.7f);
    word_evidence_init(&training->first_words, training->arena, 6, 0.7f);
    struct arena *scratch = arena_create(MEMORY_MAX);
    for (size_t i = 0; i < training->corpus.count; i++) {
        count_names(training, scratch, &training->corpus.pages[i]);
        count_words(training, scratch, &training->corpus.pages[i]);
        arena_reset(scratch);
    }
    arena_destroy(&scratch);
}

/* Boundaries for the values that the rows have now; replaces those of before. */
static void divide(struct training *training)
{
    buffer_done(&training->boundaries);
    boosting_divide(training->rows, training->row_count, BLOCK_FEATURES, BINS, &training->boundaries);
    if (!divisions_open(&training->divisions, training->arena, buffer_str(&training->boundaries),
                        BLOCK_FEATURES))
        files_fail("boundaries", "cannot be read back");
}

int main(int argc, char **argv)
{
    struct training training = {.arena = arena_create(MEMORY_MAX)};
    if (argc != 3 && argc != 4) {
        fprintf(stderr, "usage: train_pages MODELS PAGES [FIGURES]\n");
        return 2;
    }
    if (argc == 4 && !(training.figures = fopen(argv[3], "we")))
        files_fail(argv[3], "cannot be written");
    prepare(&training, argv[2]);
    print_ceiling(&training);
    fill_rows(&training, EVIDENCE_ALL_FOLDS, true);
    divide(&training); /* the columns of the second pass are all 0 yet: one bin */
    cross_predict(&training, &first_pass);
    print_figures(&training, "first pass, by models that have not seen the site");
    fill_second(&training);
    divide(&training);

    /* The forests that newsd gets: all pages; in the second pass with what the first says of sites unseen. */
    fill_rows(&training, EVIDENCE_ALL_FOLDS, false);
    fill_bins(&training);
    struct buffer first = train(&training, &first_pass, EVIDENCE_ALL_FOLDS);
    struct buffer second = train(&training, &second_pass, EVIDENCE_ALL_FOLDS);
    struct buffer names = {0}, words = {0}, first_words = {0};
    word_evidence_write(&training.names, &names);
    word_evidence_write(&training.words, &words);
    word_evidence_write(&training.first_words, &first_words);
    const struct model_part parts[] = {
        {"names", buffer_str(&names)},
        {"words", buffer_str(&words)},
        {"first words", buffer_str(&first_words)},
        {"boundaries", buffer_str(&training.boundaries)},
        {"first pass", buffer_str(&first)},
        {"second pass", buffer_str(&second)},
    };
    files_write_model(files_path(training.arena, argv[1], "pages.model"), "pages", BLOCK_FEATURES_VERSION,
                      parts, sizeof(parts) / sizeof(parts[0]));

    cross_predict(&training, &second_pass);
    print_figures(&training, "both passes, by models that have not seen the site");
    if (training.figures && fclose(training.figures))
        files_fail(argv[3], "cannot be written");
    return 0;
}
