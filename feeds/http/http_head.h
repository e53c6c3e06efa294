/* http_head: the heads of the responses of one transfer, line by line as they arrive: redirects, 1xx, the
 * last one.
 *
 *     http_head_begin(&head, https);                      before each transfer
 *     switch (http_head_line(&head, line)) ...            for every raw line, status lines and the empty one
 * included http_head_fields(&head, headers, most);             the last response's fields, pointing into the
 * head
 *
 * Pure but for its buffer; one thread at a time. */
#ifndef NEWSD_FEEDS_HTTP_HTTP_HEAD_H
#define NEWSD_FEEDS_HTTP_HTTP_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "feeds/http/http_answer.h"

enum {
    HTTP_HEADERS_MAX = 200,          /* fields that are handed on; real answers have under 40 */
    HTTP_HEAD_BYTES_MAX = 256 << 10, /* N2: of one response */
};

struct http_head {
    struct buffer bytes; /* of the last response, as received */
    int status;          /* of the last response, 0 = none or unreadable */
    bool https;          /* the scheme of the last response's address, then of where its Location leads */
    bool location;       /* the last response has one */
    bool temporary;      /* a redirect other than 301 or 308 was followed (S3) */
};

enum http_head_verdict {
    HEAD_GOES_ON,
    HEAD_TOO_LARGE,
    HEAD_INSECURE, /* a redirect from https to http */
    HEAD_IS_ALL,   /* its Location must not be followed (304, 305, 306): the head is the whole answer */
    HEAD_NO_MEMORY,
};

/* Keeps the buffer's memory when it is small. */
void http_head_begin(struct http_head *head, bool https);
enum http_head_verdict http_head_line(struct http_head *head, struct str line);
/* True when the last response is a redirect that may be followed: of its status, and with a Location that is
 * not empty. */
bool http_head_leads_on(const struct http_head *head);
/* Number of fields, at most `most`. Folded continuation lines (obsolete, RFC 9112 5.2) are passed over. */
size_t http_head_fields(const struct http_head *head, struct http_header *ret_headers, size_t most);
void http_head_done(struct http_head *head);

#endif
