/* cache_hints: what HTTP headers say about when to come back (rules P10, P11, S7). Pure; any thread. */
#ifndef NEWSD_FEEDS_HTTP_CACHE_HINTS_H
#define NEWSD_FEEDS_HTTP_CACHE_HINTS_H

#include <stdint.h>

#include "feeds/http/http_answer.h"

/* Seconds for which the answer is still fresh: Cache-Control max-age (s-maxage is for shared caches and not
 * used) minus Age, else Expires minus Date (RFC 9111 4.2). 0 when the headers give no lower bound: no-cache,
 * no-store, max-age=0, nothing. */
int32_t cache_hint_s(const struct http_answer *answer);

/* Rule S7: how long the whole host is to be left alone after this answer: what Retry-After says, ten minutes
 * when a server that throttles names no time, a day at most. 0 = not at all. */
int64_t cache_pause_ms(const struct http_answer *answer, int64_t now_ms);

/* Retry-After in milliseconds from now (RFC 9110 10.2.3: seconds or an HTTP date), 0 when absent or
 * unreadable. */
int64_t cache_retry_after_ms(const struct http_answer *answer, int64_t now_ms);

/* An HTTP date (RFC 9110 5.6.7) as wall-clock milliseconds, -1 when it is none. */
int64_t cache_http_date_ms(struct str text);

#endif
