/* article_words: see the header. */
#include "processors/article_words.h"

/* The first token that ends behind the point. */
static size_t token_at(const struct article *article, uint32_t point)
{
    size_t low = 0, high = article->tokens.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (article->token_spans[middle].end <= point)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct str article_words(const struct article *article, struct span span)
{
    if (span.end <= span.start || !article->tokens.count)
        return STR_NONE;
    size_t first = token_at(article, span.start), last = token_at(article, span.end - 1);
    if (last >= article->tokens.count)
        return STR_NONE;
    return str_slice(article->text, article->tokens.items[first].start, article->tokens.items[last].end);
}
