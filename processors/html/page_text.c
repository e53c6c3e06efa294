/* page_text: chooses by the classifier, writes by what the blocks stand in. */
#include "processors/html/page_text.h"

#include <errno.h>

#include "processors/html/content.h"
#include "processors/html/live_times.h"
#include "processors/html/page_repeats.h"
#include "processors/html/page_vetoes.h"

enum {
    TITLE_BLOCKS = 3, /* only among the first so many chosen may one be the title */
    LIST_LEVEL_MAX = 9,
};
#define CHOSEN_MIN 0.5f
#define SCRATCH_BYTES_MAX ((size_t)32 << 20)

struct chooser {
    struct arena *arena;
    struct page_blocks page;
    struct page_facts facts;
    struct page_repeats repeats;
    uint64_t *words; /* of one block */
    bool *chosen;
};

/* ---- Choosing ---- */

static const uint64_t *words_of(struct chooser *chooser, const struct page_block *block)
{
    for (uint32_t i = 0; i < block->word_count; i++)
        chooser->words[i] = chooser->page.word_vocabulary.hashes[chooser->page.words[block->first_word + i]];
    return chooser->words;
}

/* The block has just the words of the text. */
static bool says(struct chooser *chooser, const struct page_block *block, struct str text)
{
    uint32_t *words, count;
    if (text.len == 0 ||
        page_blocks_words(chooser->arena, &chooser->page.word_vocabulary, text, &words, &count) < 0 ||
        count != block->word_count)
        return false;
    return memcmp(words, chooser->page.words + block->first_word, count * sizeof(*words)) == 0;
}

static bool is_title(struct chooser *chooser, const struct page_block *block, struct str title)
{
    return chooser->page.elements[block->owner].tag == TAG_H1 || says(chooser, block, title) ||
           says(chooser, block, chooser->facts.title);
}

/* Marks the blocks of the text; returns how many. */
static uint32_t choose(struct chooser *chooser, const float *p, struct str title)
{
    uint32_t chosen = 0, seen = 0;
    page_repeats_init(&chooser->repeats, chooser->arena);
    for (uint32_t i = 0; i < chooser->page.block_count; i++) {
        const struct page_block *block = &chooser->page.blocks[i];
        if (p[i] < CHOSEN_MIN)
            continue;
        if (seen++ < TITLE_BLOCKS && is_title(chooser, block, title))
            continue;
        if (page_repeats_add(&chooser->repeats, words_of(chooser, block), block->word_count))
            continue;
        chooser->chosen[i] = true;
        chosen++;
    }
    return chosen;
}

/* How sure the classifier is of each block, weighted by words. */
static float confidence_of(const struct page_blocks *page, const float *p)
{
    float sure = 0, all = 0;
    for (uint32_t i = 0; i < page->block_count; i++) {
        float words = (float)page->blocks[i].word_count;
        sure += words * (p[i] < 0.5f ? 1 - 2 * p[i] : 2 * p[i] - 1);
        all += words;
    }
    return all > 0 ? sure / all : 0;
}

/* ---- Writing ---- */

struct kind {
    enum block_kind kind;
    uint8_t level;
    uint32_t row; /* the table row that it is a cell of; 0 = none */
};

/* What the elements around a block make of it. Paragraphs in a cell show that the table is layout. */
static struct kind kind_of(const struct page_blocks *page, const struct page_block *block)
{
    struct kind kind = {.kind = BLOCK_PARAGRAPH};
    unsigned lists = 0;
    bool quoted = false, item = false, paragraph = false;
    for (uint32_t at = block->owner; at != 0; at = page->elements[at].parent) {
        enum html_tag tag = page->elements[at].tag;
        if (tag >= TAG_H1 && tag <= TAG_H6)
            return (struct kind){.kind = BLOCK_HEADING, .level = (uint8_t)(tag - TAG_H1 + 1)};
        if (tag == TAG_FIGCAPTION || tag == TAG_CAPTION)
            return (struct kind){.kind = BLOCK_CAPTION};
        if (tag == TAG_PRE)
            return (struct kind){.kind = BLOCK_PRE};
        item |= tag == TAG_LI;
        lists += tag == TAG_UL || tag == TAG_OL;
        quoted |= tag == TAG_BLOCKQUOTE;
        paragraph |= tag == TAG_P || tag == TAG_DIV;
        if (tag == TAG_TR && !paragraph && !lists && !kind.row)
            kind.row = at;
    }
    if (item && lists) {
        kind.kind = BLOCK_LIST_ITEM;
        kind.level = (uint8_t)(lists < LIST_LEVEL_MAX ? lists : LIST_LEVEL_MAX);
    } else if (quoted) {
        kind.kind = BLOCK_QUOTE;
    } else if (kind.row) {
        kind.kind = BLOCK_TABLE;
    }
    return kind;
}

/* "[3]" in a link: the mark of a note. */
static bool is_note_mark(struct str text)
{
    if (text.len < 3 || text.ptr[0] != '[' || text.ptr[text.len - 1] != ']')
        return false;
    for (size_t i = 1; i + 1 < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return true;
}

static void write_block(const struct dom *dom, const struct page_blocks *page, const struct page_block *block,
                        struct text_blocks *out)
{
    for (uint32_t i = block->first; i < block->end; i++) {
        if (!page_blocks_holds(page, i) ||
            (page->inside[i] & INSIDE_LINK && is_note_mark(str_trim(dom->nodes[i].text))))
            continue;
        out->strong = page->inside[i] & INSIDE_STRONG;
        if (dom->nodes[i].tag == TAG_TEXT)
            text_blocks_add(out, dom->nodes[i].text);
        else if (dom->nodes[i].tag == TAG_BR)
            text_blocks_line(out);
    }
    out->strong = false;
}

static void write_chosen(const struct dom *dom, const struct chooser *chooser, const struct live_times *times,
                         struct text_blocks *out)
{
    const struct page_blocks *page = &chooser->page;
    uint32_t row = 0;
    const struct live_entry *entry = NULL; /* the last block's */
    struct str kept = STR_NONE;            /* its time in the text's arena */
    for (uint32_t i = 0; i < page->block_count; i++) {
        if (!chooser->chosen[i])
            continue;
        const struct live_entry *now = live_times_find(times, page->blocks[i].first);
        if (now && page->blocks[i].first > now->time && page->blocks[i].end <= now->time_end)
            continue; /* the time itself */
        struct kind kind = kind_of(page, &page->blocks[i]);
        bool cell = kind.kind == BLOCK_TABLE;
        if (cell && kind.row == row)
            text_blocks_space(out);
        else
            text_blocks_begin(out, kind.kind, kind.level);
        if (now != entry)
            kept = now ? arena_str(out->arena, now->value) : STR_NONE;
        entry = now;
        out->time = kept;
        row = cell ? kind.row : 0;
        write_block(dom, page, &page->blocks[i], out);
    }
    text_blocks_begin(out, BLOCK_PARAGRAPH, 0);
    out->time = STR_NONE;
}

/* 1 = written, 0 = nothing to write. */
static int classify(const struct block_classifier *classifier, struct arena *scratch, const struct dom *dom,
                    struct str title, struct text_blocks *blocks, float *ret_confidence)
{
    struct chooser chooser = {.arena = scratch};
    float *p;
    int code = page_blocks_read(scratch, dom, &chooser.page);
    if (code < 0)
        return code;
    page_facts_read(dom, &chooser.facts);
    chooser.chosen = arena_new_array(scratch, bool, chooser.page.block_count + 1);
    chooser.words = arena_new_array(scratch, uint64_t, chooser.page.word_count + 1);
    if (!chooser.chosen || !chooser.words)
        return -ENOMEM;
    code = block_classifier_run(classifier, scratch, &chooser.page, &chooser.facts, &p);
    if (code < 0 || choose(&chooser, p, title) == 0)
        return code;
    page_vetoes_apply(scratch, dom, &chooser.page, chooser.chosen);
    struct live_times times;
    code = live_times_read(scratch, dom, &chooser.page, chooser.chosen, &times);
    if (code < 0)
        return code;
    write_chosen(dom, &chooser, &times, blocks);
    *ret_confidence = confidence_of(&chooser.page, p);
    return 1;
}

int page_text_find(const struct block_classifier *classifier, const struct dom *dom, struct str title,
                   struct text_blocks *blocks, float *ret_confidence)
{
    struct arena *scratch = arena_create(SCRATCH_BYTES_MAX);
    if (!scratch)
        return -ENOMEM;
    int code = classify(classifier, scratch, dom, title, blocks, ret_confidence);
    arena_destroy(&scratch);
    if (code == 1)
        return 0;
    /* Memory of its own that is used up is the page's doing, as too many blocks are. */
    if (code < 0 && code != -ENOMEM && code != ERR_LIMIT)
        return code;
    return content_find(dom, title, blocks, ret_confidence);
}
