/* command language: text in, CoNLL-U out: sentences, tokens, tags, trees and names as the stages make them.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/utf8.h"
#include "daemon/commands/command.h"
#include "daemon/commands/conllu.h"
#include "daemon/commands/input.h"
#include "processors/pipeline.h"

enum { ARENA_BYTES = 1 << 30 };

struct language {
    struct arena *arena;
    struct pipeline *pipeline;
    const char *source;
};

/* Nobody waits for the command: no budget. With given tokens only what builds on tokens works. */
static int open_pipeline(struct language *language, const char *models, bool tokens, struct error *error)
{
    static const char *const kept[] = {"tokens", "words", "tags", "trees", "names"};
    struct stage_setting settings[STAGES_MAX] = {{0}};
    struct pipeline_options options;
    pipeline_options_default(&options);
    options.article_budget_ms = 0;
    options.data_directory = models;
    options.settings = settings;
    for (size_t i = 0; tokens && pipeline_stages[i]; i++)
        settings[i].off = true;
    for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
        settings[pipeline_stage_find(kept[i])] = (struct stage_setting){.on = true};
    return pipeline_create(&language->pipeline, &options, error);
}

static void print_generator(void)
{
    printf("# generator = newsd " NEWSD_VERSION "\n");
}

static int print_text(struct language *language, struct str text)
{
    struct article *article = arena_new(language->arena, struct article);
    if (!article)
        return -ENOMEM;
    article->arena = language->arena;
    article->content_html = utf8_repair(language->arena, text);
    article->language_stated = STR("en"); /* where the text is too short to tell */
    pipeline_run(language->pipeline, article);
    print_generator();
    return conllu_print(article);
}

static int print_given(struct language *language, struct str rest)
{
    size_t line = 0;
    int error = 0;
    for (;;) {
        struct conllu_story story = {.arena = language->arena};
        struct article *article = arena_new(language->arena, struct article);
        if (!article)
            return -ENOMEM;
        article->arena = language->arena;
        article->language = STR("en");
        article->given = GIFT_TEXT | GIFT_LANGUAGE;
        if (!conllu_next(&story, &rest, &line, article, &error))
            return 0;
        if (error == ERR_MALFORMED)
            fprintf(stderr,
                    "%s:%zu: no line of CoNLL-U: columns are divided by tabs, comments begin with #\n",
                    language->source, line);
        if (!error) {
            pipeline_run(language->pipeline, article);
            error = conllu_print_story(&story, article);
        }
        if (error)
            return error;
        arena_reset(language->arena);
    }
}

static int work(struct language *language, const char *models, bool tokens)
{
    struct error error = {0};
    _cleanup_buffer_ struct buffer text = {0};
    int failure = input_read(language->source, &text);
    if (failure) {
        fprintf(stderr, "newsd language: %s cannot be read: %s\n", language->source, strerror(-failure));
        return EX_NOINPUT;
    }
    failure = open_pipeline(language, models, tokens, &error);
    language->arena = failure ? NULL : arena_create(ARENA_BYTES);
    if (!failure && !language->arena)
        failure = -ENOMEM;
    if (!failure)
        failure = tokens ? print_given(language, buffer_str(&text)) : print_text(language, buffer_str(&text));
    if (!failure)
        return fflush(stdout) ? EX_IOERR : EX_OK;
    fprintf(stderr, "newsd language: %s\n", error.text[0] ? error.text : error_text(failure));
    return failure == ERR_MALFORMED ? EX_DATAERR : EX_OSERR;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {
        {"tokens", no_argument, NULL, 't'}, {"models", required_argument, NULL, 'm'}, {NULL, 0, NULL, 0}};
    struct language language = {0};
    const char *models = NULL;
    bool tokens = false;
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == 't')
            tokens = true;
        else if (option == 'm')
            models = optarg;
        else
            return EX_USAGE;
    }
    if (optind + 1 != argc)
        return EX_USAGE;
    language.source = argv[optind];
    int code = work(&language, models, tokens);
    pipeline_destroy(&language.pipeline);
    arena_destroy(&language.arena);
    return code;
}

const struct command command_language = {
    .name = "language",
    .arguments = "[--tokens] [--models DIRECTORY] FILE|-",
    .summary = "sentences, tokens, parts of speech, trees and names of an English text as CoNLL-U",
    .run = run,
};
