/* score_sentences: see the header. */
#include "processors/models/score_sentences.h"

#include <stdio.h>

double span_count_f1(const struct span_count *count)
{
    size_t both = count->found + count->wanted;
    return both ? 200.0 * (double)count->right / (double)both : 0;
}

/* Both lists stand in the order of the text. */
static void count_spans(const struct document *document, const struct span *found, size_t count,
                        const struct places *wanted, size_t wanted_count, struct span_count *ret_count)
{
    size_t k = 0;
    for (size_t i = 0; i < count; i++) {
        struct places places = document_places(document, found[i]);
        if (places.start == PLACE_NONE)
            continue;
        while (k < wanted_count && wanted[k].start < places.start)
            k++;
        ret_count->right +=
            k < wanted_count && wanted[k].start == places.start && wanted[k].end == places.end;
    }
    ret_count->found += count;
    ret_count->wanted += wanted_count;
}

void score_sentences(const struct document *document, struct sentence_score *score)
{
    const struct article *article = document->article;
    count_spans(document, article->sentences.items, article->sentences.count, document->sentences,
                document->sentence_count, &score->sentences);
    count_spans(document, article->token_spans, article->tokens.count, document->words, document->word_count,
                &score->tokens);
}

static void print_count(const char *what, const struct span_count *count)
{
    printf("  %zu %s F1 %.2f (P %.1f R %.1f)", count->wanted, what, span_count_f1(count),
           count->found ? 100.0 * (double)count->right / (double)count->found : 0,
           count->wanted ? 100.0 * (double)count->right / (double)count->wanted : 0);
}

void score_sentences_print(const char *title, const struct sentence_score *score)
{
    printf("%-24s", title);
    print_count("sentences", &score->sentences);
    print_count("tokens", &score->tokens);
    printf("\n");
}
