/* page_scan: what comes before the parser: refuses pages that would be slow to parse, and takes away what
 * newsd never reads. Half the bytes of a news page are scripts and styles. Any thread; linear, whatever the
 * bytes are. */
#ifndef NEWSD_PROCESSORS_HTML_PAGE_SCAN_H
#define NEWSD_PROCESSORS_HTML_PAGE_SCAN_H

#include "base/arena.h"
#include "base/str.h"

/* *ret_html is the page without the content of scripts (but JSON-LD) and styles, comments, and drawings: in
 * the arena, or the page itself where there is nothing to take away. The tree of the rest is the same; where
 * that is not certain (a script with "<!--", a drawing that HTML may end) all stays. ERR_LIMIT for a page
 * with too many attributes, open elements or open tables, in which parsers are quadratic; -ENOMEM. */
int page_scan(struct arena *arena, struct str html, struct str *ret_html);

#endif
