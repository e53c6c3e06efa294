/* Sentences made of the words that times are told with, a byte a word, through all stages: times lie in the
 * text, in order, and none ends before it begins. */
#include "fuzz/fuzz_article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const words[] = {
        "Jan.",    "May",     "March", "Monday",    "11",    "31",      "3",           "2014",
        "99",      "1990s",   "9999",  "the",       "of",    "to",      "from",        "and",
        "-",       "between", ",",     "last",      "next",  "this",    "two",         "a",
        "half",    "few",     "day",   "days",      "years", "century", "hours",       "ago",
        "later",   "before",  "in",    "at",        "5",     "p.m.",    "ET",          "11:33",
        "noon",    "every",   "early", "mid-March", "since", "third",   "BC",          "summer",
        "tonight", "now",     "will",  "met",       "He",    ". He",    "29 February", "19th",
        "quarter", "until",   "every", "twice",     "past",  "weekend", "on",          "2020/21"};
    enum { WORDS = sizeof(words) / sizeof(words[0]), WORDS_MAX = 4000 };
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    char *text = arena_alloc(arena, WORDS_MAX * 16);
    size_t length = 0;
    for (size_t i = 0; i < size && i < WORDS_MAX; i++) {
        const char *word = words[data[i] % WORDS];
        memcpy(text + length, word, strlen(word));
        length += strlen(word);
        text[length++] = ' ';
    }
    struct article *article = arena_new(arena, struct article);
    article->arena = arena;
    article->content_html = str_make(text, length);
    article->language_stated = STR("en");
    article->published_ms = size % 4 ? 1646222400000 : 0;
    pipeline_run(fuzz_pipeline(), article);
    if (!arena_exhausted(arena))
        fuzz_check_article(article);
    arena_destroy(&arena);
    return 0;
}
