/* page_charset: the encoding that a page names in its first 1024 bytes (WHATWG HTML 13.2.3.2, "prescan a byte
 * stream to determine its encoding"). Any
 * thread. */
#ifndef NEWSD_PROCESSORS_HTML_PAGE_CHARSET_H
#define NEWSD_PROCESSORS_HTML_PAGE_CHARSET_H

#include "base/charset.h"

/* The label in <meta charset=...>, or in the content of <meta http-equiv=content-type>, with or without a
 * media type; not in comments, scripts' attributes or text. "utf-8" for labels of UTF-16, which cannot be
 * true there. Points into `page`, or is static; STR_NONE when nothing is named. */
struct str page_charset(struct str page);

/* The page as UTF-8. The charset of its Content-Type (may be absent) counts first, then what the page names;
 * but bytes beyond ASCII that are valid UTF-8 are UTF-8 whatever a page names: pages are converted by those
 * who deliver them, and what they say is forgotten. 0 or -ENOMEM; see charset_to_utf8(). */
int page_to_utf8(struct arena *arena, struct str page, struct str content_type,
                 struct charset_result *ret_result);

#endif
