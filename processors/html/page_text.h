/* page_text: the article's own text on a full page, as blocks in their order: paragraphs, headings, items of
 * lists, quotations, rows of tables, captions, code. */
#ifndef NEWSD_PROCESSORS_HTML_PAGE_TEXT_H
#define NEWSD_PROCESSORS_HTML_PAGE_TEXT_H

#include "processors/html/block_classifier.h"
#include "processors/text/text_blocks.h"

/* Adds the blocks that the classifier takes for the article's, without the page's own title (`title` is the
 * feed's, may be absent) and without repeats. Where it finds none, or the page has too many blocks for it,
 * the containers of content.h answer. *ret_confidence 0..1, 0 when there is no text. Any thread. 0, -ENOMEM,
 * ERR_DEADLINE. */
int page_text_find(const struct block_classifier *classifier, const struct dom *dom, struct str title,
                   struct text_blocks *blocks, float *ret_confidence);

#endif
