/* fetch: HTTP on a libevent loop with libcurl's multi-socket interface. Loop thread only.
 *
 *     struct fetcher *fetcher = fetcher_create(base, &options, &error);
 *     fetch_start(fetcher, &request, on_done, context);      on_done runs later, from the loop, exactly once
 *     fetcher_destroy(&fetcher);                             running transfers end with on_done (cancelled)
 *
 * Guards that no caller can switch off: http and https only, also on redirect; no proxy from the environment;
 * no referer; cookies only from one redirect of a request to the next, none kept after it; user and password
 * of a URL for its own host only; size counted after decompression in the write callback; compression ratio
 * cap; low-speed limit; header cap. Guards with an option: addresses checked at socket creation (address.h)
 * unless allow_private_addresses; https never left by a redirect unless insecure_redirects. */
#ifndef NEWSD_FEEDS_HTTP_FETCH_H
#define NEWSD_FEEDS_HTTP_FETCH_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "feeds/http/http_answer.h"

enum { FETCH_WORDS_BYTES = 256 };

struct event_base;
struct fetcher;
struct fetch;

struct fetch_options {
    int32_t transfers_max;      /* at once, default 256 (one resolver thread each, B4) */
    int32_t connect_timeout_ms; /* 10 000 */
    int32_t total_timeout_ms;   /* 30 000 */
    int64_t body_bytes_max;     /* decoded, 16 MiB */
    int32_t redirects_max;      /* 5 */
    bool allow_private_addresses;
    bool insecure_redirects; /* allow https -> http */
    const char *user_agent;  /* "newsd/VERSION (+contact)" */
    const char *ca_file;     /* NULL = the system's */
};

struct fetch_request {
    const char *url;
    const char *accept;        /* Accept header */
    const char *etag;          /* sent as If-None-Match, byte for byte; NULL = not */
    const char *last_modified; /* sent as If-Modified-Since; NULL = not */
    int64_t body_bytes_max;    /* 0 = the fetcher's */
    bool http1_only;
    bool unchecked_certificate; /* any certificate will do, and TLS 1.0 (rule N13): the operator's choice */
    struct str post;       /* when not absent: POSTed instead of a GET, again after 301, 302, 307 and 308;
                              copied */
    const char *post_type; /* its Content-Type */
};

/* The answer and everything it points to live only until the callback returns. */
struct fetch_result {
    struct http_answer answer;
    char error_text[FETCH_WORDS_BYTES]; /* libcurl's words or newsd's own when answer.error is set */
    int64_t total_us, connect_us, tls_us;
    int64_t wire_bytes, body_bytes;
    char address[64]; /* connected address, for the log */
    bool cancelled;
};

typedef void fetch_done(void *context, struct fetch_result *result);

void fetch_options_default(struct fetch_options *options);
struct fetcher *fetcher_create(struct event_base *base, const struct fetch_options *options,
                               struct error *error);
/* Cancels what runs (their callbacks are called with cancelled set), frees all, sets *fetcher NULL. May be
 * called from a callback. */
void fetcher_destroy(struct fetcher **fetcher);
/* 0, -EAGAIN when transfers_max are in flight, -ENOMEM, -EINVAL for what is no http or https URL. A URL that
 * is malformed otherwise ends with FETCH_ERROR_URL. On failure the callback is not called. */
int fetch_start(struct fetcher *fetcher, const struct fetch_request *request, fetch_done *done,
                void *context);
size_t fetcher_in_flight(const struct fetcher *fetcher);
size_t fetcher_transfers_max(const struct fetcher *fetcher);

/* Takes *body out of the result so that it outlives the callback: the caller frees with free(). */
char *fetch_result_take_body(struct fetch_result *result, size_t *ret_len);

#endif
