/* http_answer: what came of an HTTP request, of any kind: a feed, a page, robots.txt, a hub; and the names of
 * what can go wrong with one, which logs and records show. */
#ifndef NEWSD_FEEDS_HTTP_HTTP_ANSWER_H
#define NEWSD_FEEDS_HTTP_HTTP_ANSWER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum fetch_error {
    FETCH_ERROR_NONE,
    FETCH_ERROR_DNS,
    FETCH_ERROR_CONNECT,
    FETCH_ERROR_TIMEOUT,
    FETCH_ERROR_TLS,
    FETCH_ERROR_HTTP_PROTOCOL, /* framing, too many headers, bad encoding */
    FETCH_ERROR_TRUNCATED,     /* the connection ended before the body did */
    FETCH_ERROR_TOO_LARGE,     /* decoded size cap or compression ratio */
    FETCH_ERROR_ADDRESS_REFUSED,
    FETCH_ERROR_REDIRECT,      /* a 3xx that leads nowhere */
    FETCH_ERROR_STATUS_CLIENT, /* 4xx but those below */
    FETCH_ERROR_NOT_FOUND,     /* 404 */
    FETCH_ERROR_GONE,          /* 410 */
    FETCH_ERROR_FORBIDDEN,     /* 401, 403 */
    FETCH_ERROR_CHALLENGE,     /* a bot challenge */
    FETCH_ERROR_THROTTLED,     /* 429, 503 with Retry-After */
    FETCH_ERROR_STATUS_SERVER, /* 5xx */
    FETCH_ERROR_EMPTY,         /* 200 without a body (S10) */
    FETCH_ERROR_NOT_A_FEED,
    FETCH_ERROR_HTML, /* an HTML page instead of a feed */
    FETCH_ERROR_MALFORMED,
    FETCH_ERROR_BOMB, /* entity declarations, depth */
    FETCH_ERROR_INTERNAL,
    FETCH_ERROR_SET_ASIDE, /* newsd has died at work on its documents */
    FETCH_ERROR_URL,       /* the feed's own address cannot be asked for */
    FETCH_ERROR_REDIRECT_LOOP,
    FETCH_ERROR_REDIRECT_TOO_MANY,
    FETCH_ERROR_REDIRECT_SCHEME,   /* to file:, ftp: ... */
    FETCH_ERROR_REDIRECT_INSECURE, /* from https to http */
    FETCH_ERROR_REDIRECT_URL,      /* to a malformed address */
    FETCH_ERROR_REDIRECT_PRIVATE,  /* to an address that the address filter refuses */
    FETCH_ERROR_PARTIAL,           /* 206 */
    FETCH_ERROR_COUNT
};

/* Stable short name for logs and records: "dns", "timeout", "not-found", "html" ... */
const char *fetch_error_name(enum fetch_error error);
/* One English sentence for people. */
const char *fetch_error_text(enum fetch_error error);

/* True for every redirect that is not followed for what it is; the host it led to was not asked. */
bool fetch_error_is_redirect(enum fetch_error error);

/* Rule S6: how much a failure counts, in quarters of a point. */
uint8_t fetch_error_quarters(enum fetch_error error);

/* One header line; names compare without case. */
struct http_header {
    struct str name, value;
};

struct http_answer {
    enum fetch_error error; /* transport failure, found by the fetcher; NONE when there is a status */
    int status;             /* of the last response */
    const struct http_header *headers; /* of the last response */
    size_t header_count;
    struct str body;       /* decoded */
    const char *final_url; /* after redirects; NULL = the requested one */
    bool redirected;
    bool redirect_permanent; /* every hop was 301 or 308 (S3) */
    bool was_conditional;
    bool http2;          /* the last response, or its failure, was HTTP/2's (N5) */
    int64_t received_ms; /* wall clock */
};

/* A bot challenge in place of what was asked for. */
bool http_answer_is_challenge(const struct http_answer *answer);
/* The server asks to be asked later: 429, or 503 with Retry-After. */
bool http_answer_is_throttled(const struct http_answer *answer);

/* Value of the first header with that name, or STR_NONE. */
struct str http_answer_header(const struct http_answer *answer, struct str name);

#endif
