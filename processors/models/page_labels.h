/* page_labels: which blocks of a page are of its known text, and how sure that is. */
#ifndef NEWSD_PROCESSORS_MODELS_PAGE_LABELS_H
#define NEWSD_PROCESSORS_MODELS_PAGE_LABELS_H

#include "processors/models/page_corpus.h"

/* Fills page->labels and page->sureness. A block of four words or more is of the text when half of its words
 * or more are in windows of four that the text has; a shorter one when it is a whole paragraph, or stands
 * there behind or before the words beside it on the page. What stands on the page more often than in the text
 * counts where its neighbours agree, else hardly. Blocks that hold a snippet, or are of one, are known from
 * snippets, all others not. */
void page_labels_make(struct arena *arena, struct corpus_page *page);

#endif
