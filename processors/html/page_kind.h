/* page_kind: is a page an article, or what came in its place? Nothing is evaded: what stands in the way is
 * only called by its name. Pure; any thread; linear. */
#ifndef NEWSD_PROCESSORS_HTML_PAGE_KIND_H
#define NEWSD_PROCESSORS_HTML_PAGE_KIND_H

#include "processors/html/dom.h"
#include "processors/text/text_blocks.h"

enum page_kind {
    PAGE_ARTICLE,
    PAGE_LIST,      /* links to articles: a front page, a section, search results */
    PAGE_PAYWALL,   /* the beginning of an article that subscribers may read */
    PAGE_CONSENT,   /* asks for consent to cookies before it shows anything */
    PAGE_CHALLENGE, /* wants to know whether a person is asking */
    PAGE_SHELL,     /* no text: a script would fetch it */
    PAGE_NOT_HTML,
};

/* From the first bytes: a document of another kind, or text without a tag in it. */
bool page_is_html(struct str bytes);

/* `text` is what was found on the page, finished. A page with three paragraphs of prose is an article, and
 * one without a sign of anything else is taken for one. */
enum page_kind page_kind_of(const struct dom *dom, const struct text_blocks *text);

#endif
