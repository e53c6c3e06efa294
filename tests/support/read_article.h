/* read_article: a text through the whole pipeline, for tests of what stands on the language stages. Models
 * are opened once for a test program. */
#ifndef NEWSD_TESTS_SUPPORT_READ_ARTICLE_H
#define NEWSD_TESTS_SUPPORT_READ_ARTICLE_H

#include <stdlib.h>
#include <string.h>

#include "processors/pipeline.h"

static struct pipeline *read_pipeline;
static struct arena *read_arena;

static int read_article_start(void **unused)
{
    (void)unused;
    struct pipeline_options options;
    struct error error = {0};
    pipeline_options_default(&options);
    options.article_budget_ms = 0;
    read_arena = arena_create((size_t)1 << 30);
    int failure = pipeline_create(&read_pipeline, &options, &error);
    if (failure)
        print_error("%s\n", error.text);
    return failure;
}

static int read_article_stop(void **unused)
{
    (void)unused;
    pipeline_destroy(&read_pipeline);
    arena_destroy(&read_arena);
    return 0;
}

/* An article with this text in the language; valid until the next one is read. */
static inline struct article *read_article_in(const char *text, const char *language, int64_t published_ms)
{
    arena_reset(read_arena);
    struct article *article = arena_new(read_arena, struct article);
    assert_non_null(article);
    article->arena = read_arena;
    article->content_html = str_from(text);
    article->language_stated = str_from(language);
    article->published_ms = published_ms;
    pipeline_run(read_pipeline, article);
    return article;
}

/* An English article, published on Wednesday, 2 March 2022 at 12:00 UTC. */
static inline struct article *read_article(const char *text)
{
    return read_article_in(text, "en", 1646222400000);
}

/* The same of a piece of text, so many times: for assert_linear() (linear_time.h). */
static inline void read_pieces(const void *piece, size_t count)
{
    size_t length = strlen(piece);
    char *text = malloc(count * length + 1);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * length, piece, length);
    text[count * length] = 0;
    (void)read_article(text);
    free(text);
}

#endif
