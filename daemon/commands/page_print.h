/* page_print: what `newsd page` says of a page. */
#ifndef NEWSD_DAEMON_COMMANDS_PAGE_PRINT_H
#define NEWSD_DAEMON_COMMANDS_PAGE_PRINT_H

#include "base/buffer.h"
#include "processors/article.h"

/* Appends one JSON object, without a line's end: outcome and confidence, title, description, text and its
 * blocks (spans in code points), authors (names; author_urls has one place for each, "" = none), published
 * and modified (RFC 3339 on the page's own clock, as precise as the page says), all dates with their origins,
 * url, publisher, keywords, language, images (url, and what is known of them), and what each stage did. 0 or
 * an error of json_writer_finish(). */
int page_print(struct buffer *out, const struct article *article, bool pretty);

#endif
