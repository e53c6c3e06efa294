/* page_repeats: does a block say again what blocks before it have said? Pages hold the same text twice, for
 * phones, for print, before and behind a paywall. One page, one thread.
 *
 *     page_repeats_init(&repeats, arena);
 *     if (!page_repeats_add(&repeats, words, count)) ... new, and known from now on ... */
#ifndef NEWSD_PROCESSORS_HTML_PAGE_REPEATS_H
#define NEWSD_PROCESSORS_HTML_PAGE_REPEATS_H

#include <stdbool.h>

#include "processors/html/vocabulary.h"

struct page_repeats {
    struct vocabulary windows; /* of four words in a row, of all blocks that were added */
    struct vocabulary blocks;  /* each as a whole */
};

void page_repeats_init(struct page_repeats *repeats, struct arena *arena);

/* True for a block of six words or more that came before as it is, and for one of forty words or more of
 * whose windows of four words nine in ten stand in blocks before: a list's items and a poem's lines may
 * resemble each other. Otherwise the block, as hashes of its words, is added. Without memory: false. */
bool page_repeats_add(struct page_repeats *repeats, const uint64_t *words, uint32_t count);

#endif
