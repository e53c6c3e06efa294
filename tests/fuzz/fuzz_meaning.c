/* Sentences made of the words that people are quoted and events are told with, a byte a word, through all
 * stages: what was said, done and counted lies in the text. */
#include "fuzz/fuzz_article.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const words[] = {
        "\"",        "\u201c",     "\u201d",   "said",      "told",     "Iran",      "Israel",
        "France",    "the",        "minister", "Maria",     "Santos",   "she",       "it",
        "his",       "accused",    "of",       "attacking", "to",       "urged",     "will",
        "not",       "threatened", "released", "two",       "soldiers", "million",   "$",
        "%",         "between",    "and",      "-",         ",",        ". ",        "\n\n",
        "according", "that",       "if",       "talks",     "with",     "held",      "signed",
        "a",         "treaty",     "on",       "Monday",    "killed",   "were",      "by",
        "rebels",    "NATO",       "(NATO)",   "North",     "Atlantic", "Treaty",    "Organization",
        "president", "French",     "\u2018",   "\u2019",    "demands",  "sanctions", "more",
        "than"};
    enum { WORDS = sizeof(words) / sizeof(words[0]), WORDS_MAX = 2000 };
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    char *text = arena_alloc(arena, WORDS_MAX * 16);
    size_t length = 0;
    for (size_t i = 0; i < size && i < WORDS_MAX; i++) {
        const char *word = words[data[i] % WORDS];
        memcpy(text + length, word, strlen(word));
        length += strlen(word);
        if (data[i] < 192) /* some touch */
            text[length++] = ' ';
    }
    struct article *article = arena_new(arena, struct article);
    article->arena = arena;
    article->content_html = str_make(text, length);
    article->language_stated = STR("en");
    pipeline_run(fuzz_pipeline(), article);
    if (!arena_exhausted(arena))
        fuzz_check_article(article);
    arena_destroy(&arena);
    return 0;
}
