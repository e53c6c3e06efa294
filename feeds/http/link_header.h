/* link_header: the links of a Link header field (RFC 8288), one after another.
 *
 *     struct link_header link;
 *     while (link_header_next(&rest, &link)) if (link_header_is(&link, STR("hub"))) ...
 *
 * Pure; everything points into the field. */
#ifndef NEWSD_FEEDS_HTTP_LINK_HEADER_H
#define NEWSD_FEEDS_HTTP_LINK_HEADER_H

#include <stdbool.h>

#include "base/str.h"

struct link_header {
    struct str target; /* as written, may be relative */
    struct str rel;    /* the first rel: types with spaces between */
    bool anchored;     /* it says something about another document (anchor=) */
};

/* Cuts the next link off *rest. What is no link is passed over; false when there is none left. */
bool link_header_next(struct str *rest, struct link_header *ret_link);

/* True when the link is about this document and has this relation; relations compare without case. */
bool link_header_is(const struct link_header *link, struct str relation);

#endif
