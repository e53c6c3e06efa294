/* bench_language: a story of English sentences to tokens, tags and names.
 *
 *     bench_language MODELS      prints tokens per processor second: all of it, cutting, looking words up,
 * tags, names; then milliseconds to load */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "processors/language/names.h"
#include "processors/language/tagger.h"
#include "processors/language/tokens.h"

enum { ROUNDS = 3000 };

/* Sentences as agencies write them, for their lengths and their marks. */
static const char *const sentences[] = {
    "LIRANA, March 3 (Newswire) - The harbour office said on Tuesday that dredging of the outer basin would "
    "begin a week "
    "earlier than planned, after storms had closed the northern channel for the third time this year.",
    "\"We cannot wait until the autumn,\" Deputy Transport Minister Ana Terez told reporters in the capital.",
    "The contract, worth $45.5 million, was awarded to a consortium of four companies from the region's two "
    "largest ports.",
    "Fishermen's unions, which had opposed the project since 2014, said they hadn't been consulted.",
    "Shares of Marten Dredging rose 3.2% in early trading.",
    "Talks are expected to resume on Jan. 12 at 10:30 a.m.",
};
enum { SENTENCES = sizeof(sentences) / sizeof(sentences[0]) };

struct models {
    struct model *files[3];
    struct word_tables *tables;
    struct tagger *tagger;
    struct names *names;
};

static int open_models(struct models *models, const char *directory)
{
    struct error error = {0};
    if (model_open(&models->files[0], directory, "words", &error) ||
        word_tables_create(&models->tables, models->files[0], &error) ||
        model_open(&models->files[1], directory, "tagger", &error) ||
        tagger_create(&models->tagger, models->files[1], &error) ||
        model_open(&models->files[2], directory, "names", &error) ||
        names_create(&models->names, models->files[2], &error)) {
        fprintf(stderr, "%s\n", error.text);
        return -1;
    }
    return 0;
}

static void close_models(struct models *models)
{
    names_destroy(&models->names);
    tagger_destroy(&models->tagger);
    word_tables_destroy(&models->tables);
}

enum step { CUT, LOOK_UP, TAG, NAME, STEPS };

/* Adds the time since *at to the step, and begins the next. */
static void step_done(int64_t us[STEPS], enum step step, int64_t *at)
{
    int64_t now = clock_thread_cpu_us();
    us[step] += now - *at;
    *at = now;
}

/* One story of all sentences; its tokens. */
static size_t work(const struct models *models, struct arena *arena, int64_t us[STEPS])
{
    struct token_list lists[SENTENCES] = {{0}};
    struct name_sentence words[SENTENCES];
    uint8_t *labels[SENTENCES], tags[1000];
    size_t tokens = 0;
    int64_t at = clock_thread_cpu_us();
    for (size_t i = 0; i < SENTENCES; i++) {
        struct str text = str_from(sentences[i]);
        if (tokens_find(arena, text, 0, text.len, &lists[i]))
            exit(1);
        labels[i] = arena_new_array(arena, uint8_t, lists[i].count);
        tokens += lists[i].count;
    }
    step_done(us, CUT, &at);
    for (size_t i = 0; i < SENTENCES; i++)
        if (name_sentence_fill(&words[i], arena, models->tables, str_from(sentences[i]), lists[i].items,
                               lists[i].count))
            exit(1);
    step_done(us, LOOK_UP, &at);
    for (size_t i = 0; i < SENTENCES; i++)
        tagger_tag(models->tagger, words[i].forms, words[i].count, tags);
    step_done(us, TAG, &at);
    if (names_label(models->names, arena, words, SENTENCES, labels))
        exit(1);
    step_done(us, NAME, &at);
    return tokens;
}

int main(int argc, char **argv)
{
    struct models models = {0};
    struct arena *arena = arena_create(1 << 26);
    int64_t us[STEPS] = {0}, all = 0, began = clock_monotonic_us();
    size_t tokens = 0;
    if (argc != 2 || open_models(&models, argv[1]))
        return 1;
    double load_ms = (double)(clock_monotonic_us() - began) / 1000;
    for (int round = 0; round < ROUNDS; round++) {
        tokens += work(&models, arena, us);
        arena_reset(arena);
    }
    for (int step = 0; step < STEPS; step++)
        all += us[step];
    printf("%.0f", (double)tokens * 1e6 / (double)all);
    for (int step = 0; step < STEPS; step++)
        printf(" %.0f", (double)tokens * 1e6 / (double)us[step]);
    printf(" %.1f\n", load_ms);
    close_models(&models);
    arena_destroy(&arena);
    return 0;
}
