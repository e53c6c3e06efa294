/* page_corpus: pages of news whose text is known, for training and testing the model of pages.
 *
 * The corpus is a folder with truth.jsonl, one object a line: set, id, file (its HTML, in the folder), url,
 * and either texts (acceptable texts, the first the fullest) or must and mustnot (snippets that stand in the
 * text, that must not). */
#ifndef NEWSD_PROCESSORS_MODELS_PAGE_CORPUS_H
#define NEWSD_PROCESSORS_MODELS_PAGE_CORPUS_H

#include "processors/html/block_features.h"

/* A row of words, by their hashes. */
struct passage {
    const uint64_t *words;
    uint32_t count;
};

enum { PASSAGES_MAX = 40 };

struct corpus_page {
    struct str set, id;
    uint32_t site; /* number of the registered domain */
    unsigned fold; /* all pages of a site are in one */
    struct page_blocks blocks;
    struct page_facts facts;
    bool has_texts;                                           /* else snippets */
    struct passage texts[PASSAGES_MAX], banned[PASSAGES_MAX]; /* texts, or snippets that must be; must not */
    unsigned text_count, banned_count;
    struct passage lines; /* a hash of each line of the first text (word_hash_row()) */
    uint8_t *labels;      /* of each block: 1 = of the article */
    float *sureness;      /* of each block's label; 0 = nothing is known of it */
    uint64_t *hashes;     /* of all words of its blocks, in order */
    size_t first_row;     /* of its blocks among those of all pages */
};

struct page_corpus {
    struct arena *arena;
    struct corpus_page *pages;
    size_t count, capacity, row_count;
    uint32_t site_count;
};

/* Reads all pages of the folder that have texts or snippets; ends the program with words at a fault. */
void page_corpus_read(struct page_corpus *corpus, struct arena *arena, const char *folder, unsigned folds);

/* How well chosen blocks give the text: windows of four words with repetition, as shares of all that stand in
 * either (right + extra + missing = 1), against the acceptable text that agrees best. Repeats are
 * left out, as newsd leaves them out (page_repeats.h). */
struct overlap {
    double right, extra, missing;
};

struct overlap page_corpus_overlap(struct arena *scratch, const struct corpus_page *page, const bool *chosen);

/* Of the page's snippets: how many must ones stand in the chosen blocks, how many banned ones. */
void page_corpus_snippets(const struct corpus_page *page, const bool *chosen, unsigned *ret_found,
                          unsigned *ret_banned);

#endif
