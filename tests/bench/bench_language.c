/* bench_language: the sentences of articles to tokens, tags, names and trees.
 *
 *     bench_language MODELS ARTICLE...      ARTICLE: files of the corpus, whose lines "S ..." are the
 * sentences
 *
 * Prints tokens per processor second: all of it, cutting, looking words up, tags, names, trees; then
 * milliseconds to load. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "processors/language/names.h"
#include "processors/language/parser.h"
#include "processors/language/tagger.h"
#include "processors/language/tokens.h"

enum { ROUNDS = 40, SENTENCES_MAX = 4000, TOKENS_MAX = 1000 };

struct models {
    struct model *files[4];
    struct word_tables *tables;
    struct tagger *tagger;
    struct names *names;
    struct parser *parser;
};

struct story {
    struct str sentences[SENTENCES_MAX];
    size_t count;
};

static int open_models(struct models *models, const char *directory)
{
    struct error error = {0};
    if (model_open(&models->files[0], directory, "words", &error) ||
        word_tables_create(&models->tables, models->files[0], &error) ||
        model_open(&models->files[1], directory, "tagger", &error) ||
        tagger_create(&models->tagger, models->files[1], &error) ||
        model_open(&models->files[2], directory, "names", &error) ||
        names_create(&models->names, models->files[2], &error) ||
        model_open(&models->files[3], directory, "parser", &error) ||
        parser_create(&models->parser, models->files[3], &error)) {
        fprintf(stderr, "%s\n", error.text);
        return -1;
    }
    return 0;
}

static void close_models(struct models *models)
{
    parser_destroy(&models->parser);
    names_destroy(&models->names);
    tagger_destroy(&models->tagger);
    word_tables_destroy(&models->tables);
}

/* The sentences of a file go behind those that are there. */
static int read_story(struct story *story, const char *path)
{
    char *line = NULL;
    size_t bytes = 0;
    ssize_t length;
    FILE *file = fopen(path, "r");
    if (!file) {
        perror(path);
        return -1;
    }
    while ((length = getline(&line, &bytes, file)) > 0)
        if (!strncmp(line, "S ", 2) && story->count < SENTENCES_MAX)
            story->sentences[story->count++] = str_from(strndup(line + 2, (size_t)length - 3));
    free(line);
    fclose(file);
    return 0;
}

enum step { CUT, LOOK_UP, TAG, NAME, PARSE, STEPS };

/* Adds the time since *at to the step, and begins the next. */
static void step_done(int64_t us[STEPS], enum step step, int64_t *at)
{
    int64_t now = clock_thread_cpu_us();
    us[step] += now - *at;
    *at = now;
}

struct work {
    struct token_list lists[SENTENCES_MAX];
    struct name_sentence words[SENTENCES_MAX];
    uint8_t *labels[SENTENCES_MAX], *tags[SENTENCES_MAX];
};

static void parse(const struct models *models, struct arena *arena, const struct name_sentence *words,
                  const uint8_t *labels)
{
    struct token_tag tags[TOKENS_MAX];
    uint16_t heads[TOKENS_MAX];
    uint8_t relations[TOKENS_MAX];
    for (size_t i = 0; i < words->count; i++)
        tags[i] = (struct token_tag){tagger_upos(models->tagger, labels[i]),
                                     tagger_xpos(models->tagger, labels[i])};
    if (parser_parse(models->parser, arena, words->forms, tags, words->count, PARSER_BEAM, heads, relations))
        exit(1);
}

/* The whole story once; its tokens. */
static size_t work(const struct models *models, const struct story *story, struct arena *arena,
                   struct work *work, int64_t us[STEPS])
{
    size_t tokens = 0;
    memset(work->lists, 0, sizeof(work->lists));
    int64_t at = clock_thread_cpu_us();
    for (size_t i = 0; i < story->count; i++) {
        struct str text = story->sentences[i];
        if (tokens_find(arena, text, 0, text.len, &work->lists[i]) || work->lists[i].count > TOKENS_MAX)
            exit(1);
        work->labels[i] = arena_new_array(arena, uint8_t, work->lists[i].count);
        work->tags[i] = arena_new_array(arena, uint8_t, work->lists[i].count);
        tokens += work->lists[i].count;
    }
    step_done(us, CUT, &at);
    for (size_t i = 0; i < story->count; i++)
        if (name_sentence_fill(&work->words[i], arena, models->tables, story->sentences[i],
                               work->lists[i].items, work->lists[i].count))
            exit(1);
    step_done(us, LOOK_UP, &at);
    for (size_t i = 0; i < story->count; i++)
        tagger_tag(models->tagger, work->words[i].forms, work->words[i].count, work->tags[i]);
    step_done(us, TAG, &at);
    if (names_label(models->names, arena, work->words, story->count, work->labels))
        exit(1);
    step_done(us, NAME, &at);
    for (size_t i = 0; i < story->count; i++)
        parse(models, arena, &work->words[i], work->tags[i]);
    step_done(us, PARSE, &at);
    return tokens;
}

int main(int argc, char **argv)
{
    static struct story story;
    static struct work place;
    struct models models = {0};
    struct arena *arena = arena_create(1 << 28);
    int64_t us[STEPS] = {0}, all = 0, began = clock_monotonic_us();
    size_t tokens = 0;
    if (argc < 3 || open_models(&models, argv[1]))
        return 1;
    double load_ms = (double)(clock_monotonic_us() - began) / 1000;
    for (int i = 2; i < argc; i++)
        if (read_story(&story, argv[i]))
            return 1;
    for (int round = 0; round < ROUNDS; round++) {
        tokens += work(&models, &story, arena, &place, us);
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
