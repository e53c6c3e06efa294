/* the stage "tokens": see language_stages.h. */
#include <errno.h>

#include "base/utf8.h"
#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/language/tokens.h"

const char *const language_stages_spoken[] = {"en", NULL};

/* Bytes of so many code points from `from` on. */
static size_t advance(struct str text, size_t from, uint32_t points)
{
    uint32_t c;
    while (points-- > 0 && from < text.len)
        from += utf8_decode(text, from, &c);
    return from;
}

static int find_all(struct article *article, uint32_t *begins)
{
    struct token_list list = {0};
    size_t at = 0;
    uint32_t points = 0;
    int error = 0;
    for (size_t i = 0; i < article->sentences.count && !error; i++) {
        struct span span = article->sentences.items[i];
        size_t start = advance(article->text, at, span.start - points);
        at = advance(article->text, start, span.end - span.start);
        points = span.end;
        begins[i] = (uint32_t)list.count;
        error = budget_over() ? ERR_DEADLINE : tokens_find(article->arena, article->text, start, at, &list);
    }
    begins[article->sentences.count] = (uint32_t)list.count;
    article->tokens.items = list.items;
    article->tokens.count = list.count;
    article->tokens.capacity = list.capacity;
    return error;
}

/* Where the tokens stand in code points: they rise, so the text is walked once. */
static int measure(struct article *article)
{
    struct span *spans = arena_new_array(article->arena, struct span, article->tokens.count + 1);
    uint32_t points = 0;
    size_t at = 0;
    for (size_t i = 0; i < article->tokens.count && spans; i++) {
        const struct token *token = &article->tokens.items[i];
        points += (uint32_t)utf8_length(str_slice(article->text, at, token->start));
        spans[i].start = points;
        points += (uint32_t)utf8_length(str_slice(article->text, token->start, token->end));
        spans[i].end = points;
        at = token->end;
    }
    article->token_spans = spans;
    return spans ? 0 : -ENOMEM;
}

uint32_t language_dateline_tokens(const struct article *article, size_t sentence)
{
    uint32_t first = article->sentence_tokens[sentence], end = article->sentence_tokens[sentence + 1],
             at = first;
    uint32_t stop = article->dateline.span.end;
    if (article->dateline.span.start < article->sentences.items[sentence].start)
        return 0;
    while (at < end && article->token_spans[at].end <= stop)
        at++;
    return at < end ? at - first : 0;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)context;
    (void)ret_note;
    if (!article->sentence_tokens) {
        uint32_t *begins = arena_new_array(article->arena, uint32_t, article->sentences.count + 1);
        int error = begins ? find_all(article, begins) : -ENOMEM;
        if (error) {
            article->tokens.count = 0;
            return error;
        }
        article->sentence_tokens = begins;
    }
    if (measure(article))
        return -ENOMEM;
    article->given |= GIFT_TOKENS;
    return 0;
}

const struct stage stage_tokens = {
    .name = "tokens",
    .description = "the tokens of each sentence",
    .version = 1,
    .needs = GIFT_TEXT,
    .gives = GIFT_TOKENS,
    .process = process,
};
