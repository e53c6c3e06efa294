/* content: finds the article's own text in a full page.
 *
 * Named containers first (itemprop=articleBody, known ids and classes, <article>, <main>), then scored
 * containers in the way Readability made known: paragraphs give points to parent and grandparent, names of
 * ids and classes weigh, link density takes away; siblings that read like the winner join it. */
#ifndef NEWSD_PROCESSORS_HTML_CONTENT_H
#define NEWSD_PROCESSORS_HTML_CONTENT_H

#include "processors/html/dom.h"
#include "processors/text_blocks.h"

struct content_request {
    struct str html;  /* UTF-8 */
    struct str title; /* a heading equal to it is left out; may be absent */
};

/* Adds the main text's blocks. *ret_confidence 0..1; *ret_note says what was cut. 0 (also when there is
 * none), -ENOMEM, ERR_LIMIT, ERR_DEADLINE. */
int content_extract(const struct content_request *request, struct text_blocks *blocks, float *ret_confidence,
                    struct str *ret_note);

/* The same on a tree that is there already. */
int content_from_dom(const struct dom *dom, struct str title, struct text_blocks *blocks,
                     float *ret_confidence);

#endif
