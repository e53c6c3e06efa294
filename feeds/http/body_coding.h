/* body_coding: bodies whose Content-Encoding names no coding of content ("aws-chunked", "UTF-8"). Pure. */
#ifndef NEWSD_FEEDS_HTTP_BODY_CODING_H
#define NEWSD_FEEDS_HTTP_BODY_CODING_H

#include <stdbool.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/str.h"
#include "feeds/http/http_answer.h"

/* True when a Content-Encoding has a name that is no coding of RFC 9110 section 8.4.1 or its registry that
 * newsd could have asked for: the body is then read as it is, or as what its first bytes say. */
bool body_coding_is_unknown(struct str field);

/* The body, when its first bytes are gzip's or zlib's, is replaced by what it holds; else it stays. Within
 * `bytes_max` and `ratio_max` (of plain to packed bytes, counted from the first megabyte). FETCH_ERROR_NONE,
 * TRUNCATED (what could be read is there), TOO_LARGE, HTTP_PROTOCOL for damage, INTERNAL without memory. */
enum fetch_error body_coding_undo(struct buffer *body, int64_t bytes_max, int64_t ratio_max);

#endif
