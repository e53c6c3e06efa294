/* bench_language: English sentences to tokens and to tags.
 *
 *     bench_language MODELS      prints: tokens cut per processor second, tokens tagged (cut included),
 * milliseconds to load */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "processors/language/language_models.h"

enum { ROUNDS = 20000 };

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

int main(int argc, char **argv)
{
    struct language_models *models;
    struct error error = {0};
    struct arena *arena = arena_create(1 << 24);
    uint8_t labels[1000];
    size_t tokens = 0;
    int64_t began = clock_monotonic_us();
    if (argc != 2 || language_models_open(&models, argv[1], LANGUAGE_TAGS, &error)) {
        fprintf(stderr, "%s\n", error.text);
        return 1;
    }
    const struct tagger *tagger = language_models_tagger(models);
    double load_ms = (double)(clock_monotonic_us() - began) / 1000;
    int64_t cut_us = 0, all_us = clock_thread_cpu_us();
    for (int round = 0; round < ROUNDS; round++) {
        struct str text = str_from(sentences[round % SENTENCES]);
        struct token_list list = {0};
        int64_t at = clock_thread_cpu_us();
        if (tokens_find(arena, text, 0, text.len, &list))
            return 1;
        cut_us += clock_thread_cpu_us() - at;
        if (tagger_tag(tagger, arena, text, list.items, list.count, labels))
            return 1;
        tokens += list.count;
        arena_reset(arena);
    }
    all_us = clock_thread_cpu_us() - all_us;
    printf("%.0f %.0f %.1f\n", (double)tokens * 1e6 / (double)cut_us, (double)tokens * 1e6 / (double)all_us,
           load_ms);
    language_models_close(&models);
    arena_destroy(&arena);
    return 0;
}
