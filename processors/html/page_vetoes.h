/* page_vetoes: takes back blocks that were chosen and are no text of the article for a plain reason: they are
 * hidden, stand in a second article or among comments, lead elsewhere, sell, sign, date, or quote the text
 * itself. Any thread.
 *
 *     page_vetoes_apply(arena, dom, &page, chosen);          // after the choice, before writing
 *
 * What stands in an element is taken back only where enough of the text is left: what names and styles
 * promise is not always so. */
#ifndef NEWSD_PROCESSORS_HTML_PAGE_VETOES_H
#define NEWSD_PROCESSORS_HTML_PAGE_VETOES_H

#include "processors/html/page_blocks.h"

/* Clears `chosen` (one for each block of the page) where a veto holds; never the last one. Without memory
 * fewer vetoes are cast. */
void page_vetoes_apply(struct arena *arena, const struct dom *dom, const struct page_blocks *page,
                       bool *chosen);

#endif
