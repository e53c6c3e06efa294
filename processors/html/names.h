/* names: what ids and classes of elements say about their content: lists of words met on news sites. Pure. */
#ifndef NEWSD_PROCESSORS_HTML_NAMES_H
#define NEWSD_PROCESSORS_HTML_NAMES_H

#include <stdbool.h>

#include "processors/html/dom.h"

enum name_meaning {
    NAME_BODY = 1,        /* "article-body": the text itself */
    NAME_CONTENT = 2,     /* "content", "story": likely around the text */
    NAME_BOILERPLATE = 4, /* "share", "related": beside the text */
    NAME_HIDDEN = 8,      /* not shown */
};

/* Meanings of the element's id, class, role, itemprop and style. */
unsigned names_of(const struct dom *dom, uint32_t node);

#endif
