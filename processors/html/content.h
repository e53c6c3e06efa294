/* content: finds the article's own text in a full page.
 *
 * Named containers first (itemprop=articleBody, known ids and classes, <article>, <main>), then scored
 * containers in the way Readability made known: paragraphs give points to parent and grandparent, names of
 * ids and classes weigh, link density takes away; siblings that read like the winner join it. */
#ifndef NEWSD_PROCESSORS_HTML_CONTENT_H
#define NEWSD_PROCESSORS_HTML_CONTENT_H

#include "processors/html/dom.h"
#include "processors/text/text_blocks.h"

/* Adds the main text's blocks; the page's own title (its h1, a heading equal to `title`) is left out.
 * *ret_confidence 0..1, 0 when there is no text. 0, -ENOMEM, ERR_DEADLINE. */
int content_find(const struct dom *dom, struct str title, struct text_blocks *blocks, float *ret_confidence);

#endif
