/* page_labels: see the header; and the measures of page_corpus.h, which compare in the same way. */
#include "processors/models/page_labels.h"

#include <stdlib.h>
#include <string.h>

#include "processors/html/page_repeats.h"
#include "processors/models/files.h"

enum {
    WINDOW = 4,
    REPEAT_SURE_WORDS = 12, /* a repeat with fewer words, at another place than the text's, is not of it */
};
#define REPEAT_SURENESS 0.2f
#define OPTIONAL_SURENESS 0.15f

static int by_hash(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

/* Sorted hashes of all windows of four words; of the whole where it is shorter. */
static uint64_t *windows(struct arena *arena, const uint64_t *words, uint32_t count, uint32_t *ret_count)
{
    *ret_count = count == 0 ? 0 : count < WINDOW ? 1 : count - WINDOW + 1;
    uint64_t *hashes = arena_new_array(arena, uint64_t, *ret_count + 1);
    if (!hashes)
        files_fail("memory", "too little");
    for (uint32_t i = 0; i < *ret_count; i++)
        hashes[i] = word_hash_row(words + i, count < WINDOW ? count : WINDOW);
    qsort(hashes, *ret_count, sizeof(*hashes), by_hash);
    return hashes;
}

/* How often the row of words stands in the passage. */
static uint32_t occurrences(const struct passage *in, const uint64_t *words, uint32_t count)
{
    uint32_t found = 0;
    for (uint32_t i = 0; count && i + count <= in->count; i++)
        found += in->words[i] == words[0] && memcmp(in->words + i, words, count * sizeof(*words)) == 0;
    return found;
}

/* The words of a block, and up to so many before and behind it on the page: they lie in one row. */
static bool stands_with_neighbour(const struct corpus_page *page, const struct page_block *block,
                                  uint32_t of_block)
{
    const struct passage *text = &page->texts[0];
    const uint64_t *words = page->hashes + block->first_word;
    uint32_t count = block->word_count < of_block ? block->word_count : of_block;
    uint32_t before = block->first_word < 2 ? block->first_word : 2;
    uint32_t end = block->first_word + block->word_count;
    uint32_t behind = page->blocks.word_count - end < 2 ? page->blocks.word_count - end : 2;
    return (before && occurrences(text, words - before, before + count)) ||
           (behind && occurrences(text, page->hashes + end - count, count + behind));
}

static float share_in_text(const uint64_t *words, uint32_t count, const uint64_t *of_text, uint32_t windows)
{
    uint32_t covered = 0, upto = 0;
    for (uint32_t i = 0; i + WINDOW <= count; i++) {
        uint64_t window = word_hash_row(words + i, WINDOW);
        if (!bsearch(&window, of_text, windows, sizeof(*of_text), by_hash))
            continue;
        covered += i + WINDOW - (upto > i ? upto : i);
        upto = i + WINDOW;
    }
    return (float)covered / (float)count;
}

/* A block that is too short for windows. */
static bool is_short_part(const struct corpus_page *page, const struct page_block *block)
{
    uint64_t line = word_hash_row(page->hashes + block->first_word, block->word_count);
    for (uint32_t i = 0; i < page->lines.count; i++)
        if (page->lines.words[i] == line)
            return true;
    return stands_with_neighbour(page, block, block->word_count);
}

/* How many blocks of the page have just these words. */
static uint32_t alike(const struct corpus_page *page, const struct page_block *block)
{
    const uint64_t *words = page->hashes + block->first_word;
    uint32_t found = 0;
    for (uint32_t i = 0; i < page->blocks.block_count; i++) {
        const struct page_block *other = &page->blocks.blocks[i];
        found += other->word_count == block->word_count &&
                 memcmp(page->hashes + other->first_word, words, block->word_count * sizeof(*words)) == 0;
    }
    return found;
}

static void label_by_text(struct corpus_page *page)
{
    struct arena *scratch = arena_create(SIZE_MAX / 2);
    const struct passage *text = &page->texts[0];
    uint32_t window_count;
    uint64_t *of_text = windows(scratch, text->words, text->count, &window_count);
    for (uint32_t i = 0; i < page->blocks.block_count; i++) {
        const struct page_block *block = &page->blocks.blocks[i];
        const uint64_t *words = page->hashes + block->first_word;
        uint32_t count = block->word_count;
        float share =
            count >= WINDOW ? share_in_text(words, count, of_text, window_count) : is_short_part(page, block);
        page->sureness[i] = 1;
        page->labels[i] = share >= 0.5f;
        if (!page->labels[i])
            continue;
        uint32_t on_page = alike(page, block);
        if (on_page > 1 && occurrences(text, words, count) < on_page &&
            !stands_with_neighbour(page, block, WINDOW)) {
            page->sureness[i] = REPEAT_SURENESS;
            page->labels[i] = count >= REPEAT_SURE_WORDS;
        }
        if (page->text_count > 1 && page->labels[i] && count >= WINDOW &&
            !occurrences(&page->texts[1], words, count))
            page->sureness[i] *= OPTIONAL_SURENESS; /* a standfirst may be of the text or not */
    }
    arena_destroy(&scratch);
}

/* A snippet may begin and end within a word: then that word is not looked for. */
static struct passage inner_words(const struct passage *snippet)
{
    uint32_t cut = snippet->count > WINDOW;
    return (struct passage){.words = snippet->words + cut, .count = snippet->count - 2 * cut};
}

static bool shows(const struct corpus_page *page, const struct page_block *block,
                  const struct passage *snippet)
{
    const uint64_t *words = page->hashes + block->first_word;
    struct passage own = {.words = words, .count = block->word_count}, inner = inner_words(snippet);
    return occurrences(&own, inner.words, inner.count) ||
           (block->chars > 25 && occurrences(snippet, words, block->word_count));
}

static void label_by_snippets(struct corpus_page *page)
{
    for (uint32_t i = 0; i < page->blocks.block_count; i++) {
        const struct page_block *block = &page->blocks.blocks[i];
        for (unsigned s = 0; s < page->text_count; s++)
            if (shows(page, block, &page->texts[s]))
                page->labels[i] = 1, page->sureness[i] = 1;
        for (unsigned s = 0; s < page->banned_count; s++)
            if (shows(page, block, &page->banned[s]))
                page->labels[i] = 0, page->sureness[i] = 1;
    }
}

void page_labels_make(struct arena *arena, struct corpus_page *page)
{
    page->labels = arena_new_array(arena, uint8_t, page->blocks.block_count + 1);
    page->sureness = arena_new_array(arena, float, page->blocks.block_count + 1);
    if (!page->labels || !page->sureness)
        files_fail("memory", "too little");
    if (page->has_texts)
        label_by_text(page);
    else
        label_by_snippets(page);
}

/* ---- Measures ---- */

/* The words of the chosen blocks, in order. */
static uint64_t *chosen_words(struct arena *scratch, const struct corpus_page *page, const bool *chosen,
                              uint32_t *ret_count)
{
    uint64_t *words = arena_new_array(scratch, uint64_t, page->blocks.word_count + 1);
    struct page_repeats repeats;
    page_repeats_init(&repeats, scratch);
    *ret_count = 0;
    if (!words)
        files_fail("memory", "too little");
    for (uint32_t i = 0; i < page->blocks.block_count; i++) {
        const struct page_block *block = &page->blocks.blocks[i];
        const uint64_t *own = page->hashes + block->first_word;
        if (!chosen[i])
            continue;
        if (page_repeats_add(&repeats, own, block->word_count))
            continue;
        memcpy(words + *ret_count, own, block->word_count * sizeof(*own));
        *ret_count += block->word_count;
    }
    return words;
}

static struct overlap compare(const uint64_t *a, uint32_t a_count, const uint64_t *b, uint32_t b_count)
{
    uint32_t common = 0;
    for (uint32_t i = 0, k = 0; i < a_count && k < b_count;) {
        common += a[i] == b[k];
        uint64_t left = a[i], right = b[k];
        i += left <= right;
        k += right <= left;
    }
    double all = (double)a_count + b_count - common;
    if (all == 0)
        return (struct overlap){0};
    return (struct overlap){common / all, (b_count - common) / all, (a_count - common) / all};
}

struct overlap page_corpus_overlap(struct arena *scratch, const struct corpus_page *page, const bool *chosen)
{
    uint32_t count, own_count;
    uint64_t *words = chosen_words(scratch, page, chosen, &count);
    uint64_t *own = windows(scratch, words, count, &own_count);
    struct overlap best = {0};
    double best_f = -1;
    for (unsigned t = 0; t < page->text_count; t++) {
        uint32_t text_count;
        uint64_t *text = windows(scratch, page->texts[t].words, page->texts[t].count, &text_count);
        struct overlap found = compare(text, text_count, own, own_count);
        double f = found.right > 0 ? 2 * found.right / (1 + found.right) : 0;
        if (f > best_f) {
            best_f = f;
            best = found;
        }
    }
    return best;
}

void page_corpus_snippets(const struct corpus_page *page, const bool *chosen, unsigned *ret_found,
                          unsigned *ret_banned)
{
    struct arena *scratch = arena_create(SIZE_MAX / 2);
    uint32_t count;
    uint64_t *words = chosen_words(scratch, page, chosen, &count);
    struct passage text = {.words = words, .count = count};
    *ret_found = *ret_banned = 0;
    for (unsigned s = 0; s < page->text_count; s++) {
        struct passage inner = inner_words(&page->texts[s]);
        *ret_found += occurrences(&text, inner.words, inner.count) > 0;
    }
    for (unsigned s = 0; s < page->banned_count; s++) {
        struct passage inner = inner_words(&page->banned[s]);
        *ret_banned += occurrences(&text, inner.words, inner.count) > 0;
    }
    arena_destroy(&scratch);
}
