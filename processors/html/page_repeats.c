/* page_repeats: see the header. */
#include "processors/html/page_repeats.h"

enum { WINDOW = 4, WORDS_MIN = 6, LONG_WORDS = 40 };

void page_repeats_init(struct page_repeats *repeats, struct arena *arena)
{
    vocabulary_init(&repeats->windows, arena);
    vocabulary_init(&repeats->blocks, arena);
}

bool page_repeats_add(struct page_repeats *repeats, const uint64_t *words, uint32_t count)
{
    uint32_t known = 0;
    if (count < WORDS_MIN)
        return false;
    uint32_t windows = count - WINDOW + 1, before = repeats->blocks.count;
    if (vocabulary_add(&repeats->blocks, word_hash_row(words, count)) < before)
        return true;
    for (uint32_t i = 0; i < windows && count >= LONG_WORDS; i++)
        known += vocabulary_find(&repeats->windows, word_hash_row(words + i, WINDOW)) != VOCABULARY_NONE;
    if (count >= LONG_WORDS && known * 10 >= windows * 9)
        return true;
    for (uint32_t i = 0; i < windows; i++)
        vocabulary_add(&repeats->windows, word_hash_row(words + i, WINDOW));
    return false;
}
