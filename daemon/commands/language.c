/* command language: text in, CoNLL-U out: sentences, tokens and tags as the stages make them. */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/utf8.h"
#include "daemon/commands/command.h"
#include "processors/language/language_models.h"
#include "processors/language/token.h"
#include "processors/pipeline.h"

enum { ARENA_BYTES = 1 << 30, COLUMNS = 10, WORDS_MAX = 100000 };

struct language {
    struct arena *arena;
    struct language_models *models;
    const struct tagger *tagger;
};

static int read_all(const char *name, struct buffer *out)
{
    FILE *file = strcmp(name, "-") ? fopen(name, "re") : stdin;
    char chunk[65536];
    size_t count;
    if (!file)
        return -errno;
    while ((count = fread(chunk, 1, sizeof(chunk), file)) > 0)
        buffer_append(out, chunk, count);
    int error = ferror(file) ? -EIO : out->failed ? -ENOMEM : 0;
    if (file != stdin)
        fclose(file);
    return error;
}

static void print_word(size_t number, struct str form, struct str upos, struct str xpos, bool space_after)
{
    printf("%zu\t%.*s\t_\t%.*s\t%.*s\t_\t_\t_\t_\t%s\n", number, STR_ARG(form), STR_ARG(upos), STR_ARG(xpos),
           space_after ? "_" : "SpaceAfter=No");
}

/* ---- Text ---- */

static int print_sentence(struct language *language, struct str text, size_t start, size_t end)
{
    struct token_list tokens = {0};
    int error = tokens_find(language->arena, text, start, end, &tokens);
    uint8_t *labels = error ? NULL : arena_new_array(language->arena, uint8_t, tokens.count + 1);
    if (!labels)
        return error ? error : -ENOMEM;
    error = tagger_tag(language->tagger, language->arena, text, tokens.items, tokens.count, labels);
    if (error)
        return error;
    printf("# text = ");
    for (size_t i = start; i < end; i++)
        putchar(text.ptr[i] == '\n' || text.ptr[i] == '\r' || text.ptr[i] == '\t' ? ' ' : text.ptr[i]);
    putchar('\n');
    for (size_t i = 0; i < tokens.count; i++) {
        const struct token *token = &tokens.items[i];
        bool space = i + 1 == tokens.count || tokens.items[i + 1].start > token->end;
        print_word(i + 1, str_slice(text, token->start, token->end), tagger_upos(language->tagger, labels[i]),
                   tagger_xpos(language->tagger, labels[i]), space);
    }
    putchar('\n');
    return 0;
}

/* Bytes of so many code points from `from` on. */
static size_t advance(struct str text, size_t from, uint32_t points)
{
    uint32_t c;
    while (points-- > 0 && from < text.len)
        from += utf8_decode(text, from, &c);
    return from;
}

static int print_text(struct language *language, struct str text)
{
    struct pipeline_options options;
    struct pipeline *pipeline;
    struct error error = {0};
    pipeline_options_default(&options);
    options.article_budget_ms = 0;
    int failure = pipeline_create(&pipeline, &options, &error);
    struct article *article = failure ? NULL : arena_new(language->arena, struct article);
    if (!article)
        return failure ? failure : -ENOMEM;
    article->arena = language->arena;
    article->content_html = utf8_repair(language->arena, text);
    pipeline_run(pipeline, article);
    printf("# generator = newsd " NEWSD_VERSION ", tagger %u\n",
           language_models_version(language->models, LANGUAGE_TAGS));
    size_t at = 0;
    uint32_t points = 0;
    for (size_t i = 0; i < article->sentences.count && !failure; i++) {
        struct span span = article->sentences.items[i];
        size_t start = advance(article->text, at, span.start - points);
        at = advance(article->text, start, span.end - span.start);
        points = span.end;
        failure = print_sentence(language, article->text, start, at);
    }
    pipeline_destroy(&pipeline);
    return failure;
}

/* ---- CoNLL-U whose tokens are kept ---- */

struct given {
    struct str lines[WORDS_MAX], forms[WORDS_MAX];
    struct token tokens[WORDS_MAX];
    bool word[WORDS_MAX]; /* and no range, no empty node */
    size_t lines_count, count;
};

static int print_given(struct language *language, struct given *given)
{
    _cleanup_buffer_ struct buffer text = {0};
    uint8_t *labels = arena_new_array(language->arena, uint8_t, given->count + 1);
    if (!labels)
        return -ENOMEM;
    for (size_t i = 0; i < given->count; i++) {
        given->tokens[i].start = (uint32_t)text.len;
        buffer_append_str(&text, given->forms[i]);
        given->tokens[i].end = (uint32_t)text.len;
        buffer_append_byte(&text, ' ');
    }
    int error = text.failed ? -ENOMEM
                            : tagger_tag(language->tagger, language->arena, buffer_str(&text), given->tokens,
                                         given->count, labels);
    size_t at = 0;
    for (size_t i = 0; i < given->lines_count && !error; i++) {
        struct str rest = given->lines[i], column;
        if (!given->word[i]) {
            printf("%.*s\n", STR_ARG(rest));
            continue;
        }
        for (int number = 0; number < COLUMNS && str_split(&rest, '\t', &column); number++) {
            if (number == 3)
                column = tagger_upos(language->tagger, labels[at]);
            else if (number == 4)
                column = tagger_xpos(language->tagger, labels[at]);
            printf("%s%.*s", number ? "\t" : "", STR_ARG(column));
        }
        putchar('\n');
        at++;
    }
    putchar('\n');
    given->lines_count = given->count = 0;
    return error;
}

static int add_given(struct given *given, struct str line)
{
    struct str rest = line, number, form;
    if (given->lines_count == WORDS_MAX)
        return ERR_LIMIT;
    bool word = line.ptr[0] != '#' && str_split(&rest, '\t', &number) && str_split(&rest, '\t', &form) &&
                str_find_byte(number, '-', 0) < 0 && str_find_byte(number, '.', 0) < 0;
    if (word)
        given->forms[given->count++] = form;
    given->word[given->lines_count] = word;
    given->lines[given->lines_count++] = line;
    return 0;
}

static int print_conllu(struct language *language, struct str rest)
{
    struct given *given = arena_new(language->arena, struct given);
    struct str line;
    int error = given ? 0 : -ENOMEM;
    while (!error && rest.len && str_split(&rest, '\n', &line)) {
        if (line.len && line.ptr[line.len - 1] == '\r')
            line.len--;
        if (line.len)
            error = add_given(given, line);
        else if (given->lines_count)
            error = print_given(language, given);
    }
    return error || !given->lines_count ? error : print_given(language, given);
}

static int work(struct language *language, const char *models, const char *source, bool tokens)
{
    struct error error = {0};
    _cleanup_buffer_ struct buffer text = {0};
    int failure = read_all(source, &text);
    if (failure) {
        fprintf(stderr, "newsd language: %s cannot be read: %s\n", source, strerror(-failure));
        return EX_NOINPUT;
    }
    failure = language_models_open(&language->models, models, LANGUAGE_TAGS, &error);
    if (!failure)
        language->tagger = language_models_tagger(language->models);
    language->arena = failure ? NULL : arena_create(ARENA_BYTES);
    if (!failure && !language->arena)
        failure = -ENOMEM;
    if (!failure)
        failure =
            tokens ? print_conllu(language, buffer_str(&text)) : print_text(language, buffer_str(&text));
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
    int code = work(&language, models, argv[optind], tokens);
    language_models_close(&language.models);
    arena_destroy(&language.arena);
    return code;
}

const struct command command_language = {
    .name = "language",
    .arguments = "[--tokens] [--models DIRECTORY] FILE|-",
    .summary = "sentences, tokens and parts of speech of an English text as CoNLL-U",
    .run = run,
};
