/* page_charset: the encoding that a page names in its first 1024 bytes (WHATWG HTML 13.2.3.2, "prescan a byte
 * stream to determine its encoding"). Pure; any thread. */
#ifndef NEWSD_PROCESSORS_HTML_PAGE_CHARSET_H
#define NEWSD_PROCESSORS_HTML_PAGE_CHARSET_H

#include "base/str.h"

/* The label in <meta charset=...>, or in the content of <meta http-equiv=content-type>, with or without a
 * media type; not in comments, scripts' attributes or text. "utf-8" for labels of UTF-16, which cannot be
 * true there. Points into `page`, or is static; STR_NONE when nothing is named. */
struct str page_charset(struct str page);

#endif
