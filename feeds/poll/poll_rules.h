/* polling: from an HTTP answer to what a feed's state becomes. Pure rules, no I/O: each rule of the
 * polling contract (P, S, T numbers) is one testable step here.
 *
 *     poll_prepare(&state, &policy, now, &request);          what to send
 *     ... fetch ...
 *     poll_judge(&state, &policy, &answer, now, &verdict);   what the answer means
 *     if (verdict.kind == POLL_BODY) ... parse, identify ...
 *     poll_settle(&state, &policy, &answer, &verdict, &found, now);   new state, next_poll_ms
 *
 * judge changes nothing; settle writes the new validators, schedule and status into *state in one go,
 * so that the store can commit it together with the entries. A verdict of POLL_BODY whose document
 * turns out to be no feed is settled with found.parse_error set. */
#ifndef NEWSD_FEEDS_POLLING_H
#define NEWSD_FEEDS_POLLING_H

#include "base/arena.h"
#include "base/str.h"
#include "feeds/poll/feed_state.h"

struct poll_policy {
    int32_t interval_min_s;     /* T3 floor, default 600 */
    int32_t interval_max_s;     /* default 86400 */
    int32_t interval_default_s; /* first guess, default 3600 */
    int32_t hint_max_s;         /* P11 cap on every hint, default 86400 */
    int32_t failing_after;      /* failed polls in a row until the status says failing, default 3 */
    int32_t endless_304_s;      /* P5, default 8 days */
    int32_t redirect_adopt_s;   /* S1, default 7 days */
    bool jitter;                /* T8; tests switch it off */
};

enum poll_error {
    POLL_ERROR_NONE,
    POLL_ERROR_DNS,
    POLL_ERROR_CONNECT,
    POLL_ERROR_TIMEOUT,
    POLL_ERROR_TLS,
    POLL_ERROR_HTTP_PROTOCOL, /* framing, too many headers, bad encoding */
    POLL_ERROR_TRUNCATED,     /* the connection ended before the body did */
    POLL_ERROR_TOO_LARGE,     /* decoded size cap or compression ratio */
    POLL_ERROR_ADDRESS_REFUSED,
    POLL_ERROR_REDIRECT,      /* a 3xx that leads nowhere */
    POLL_ERROR_STATUS_CLIENT, /* 4xx but those below */
    POLL_ERROR_NOT_FOUND,     /* 404 */
    POLL_ERROR_GONE,          /* 410 */
    POLL_ERROR_FORBIDDEN,     /* 401, 403 */
    POLL_ERROR_CHALLENGE,     /* a bot challenge */
    POLL_ERROR_THROTTLED,     /* 429, 503 with Retry-After */
    POLL_ERROR_STATUS_SERVER, /* 5xx */
    POLL_ERROR_EMPTY,         /* 200 without a body (S10) */
    POLL_ERROR_NOT_A_FEED,
    POLL_ERROR_HTML, /* an HTML page instead of a feed */
    POLL_ERROR_MALFORMED,
    POLL_ERROR_BOMB, /* entity declarations, depth */
    POLL_ERROR_INTERNAL,
    POLL_ERROR_SET_ASIDE, /* newsd has died at work on its documents */
    POLL_ERROR_URL,       /* the feed's own address cannot be asked for */
    POLL_ERROR_REDIRECT_LOOP,
    POLL_ERROR_REDIRECT_TOO_MANY,
    POLL_ERROR_REDIRECT_SCHEME,   /* to file:, ftp: ... */
    POLL_ERROR_REDIRECT_INSECURE, /* from https to http */
    POLL_ERROR_REDIRECT_URL,      /* to a malformed address */
    POLL_ERROR_REDIRECT_PRIVATE,  /* to an address that the address filter refuses */
    POLL_ERROR_PARTIAL,           /* 206 */
    POLL_ERROR_COUNT
};

/* Stable short name for logs and records: "dns", "timeout", "not-found", "html" ... */
const char *poll_error_name(enum poll_error error);
/* One English sentence for people. */
const char *poll_error_text(enum poll_error error);

/* True for every redirect that is not followed for what it is; the host it led to was not asked. */
bool poll_error_is_redirect(enum poll_error error);

struct poll_request {
    const char *url;  /* borrowed from the state */
    const char *etag; /* NULL when not to be sent */
    const char *last_modified;
    bool conditional;
    bool http1_only;
    bool unchecked_certificate;
};

/* One header line; names compare without case. */
struct http_header {
    struct str name, value;
};

struct poll_answer {
    enum poll_error error; /* transport failure, found by the fetcher; NONE when there is a status */
    int status;            /* of the last response */
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

enum poll_kind {
    POLL_UNCHANGED, /* 304, or 200 with the hash we know */
    POLL_BODY,      /* parse it */
    POLL_FAILED,
};

struct poll_verdict {
    enum poll_kind kind;
    enum poll_error error;
    uint64_t body_hash;
    int64_t retry_after_ms; /* S7: from now, for the whole host; 0 = none */
};

/* What parsing and identity found in a POLL_BODY document (all zero otherwise). */
struct poll_findings {
    enum poll_error parse_error;
    bool truncated;                          /* do not store validators (reliability B5) */
    uint32_t entries, known, fresh, revised; /* fresh: not known before; entries = known + fresh + revised */
    int64_t oldest_ms, newest_ms;            /* entry dates, 0 = none */
    const int64_t *fresh_ms;                 /* dates of fresh entries, as far as they have one; borrowed */
    uint32_t fresh_dated;                    /* their number */
    struct str title;                        /* the feed's title, may be absent */
    int32_t ttl_s;                           /* RSS ttl or sy period, 0 = none */
    uint32_t skip_hours;
    uint8_t skip_days;
    struct str moved_to; /* newLocation, itunes:new-feed-url */
};

struct poll_change {
    bool status_changed; /* a line in the log and a record on news.feeds are due */
    enum feed_status before;
    bool moved;     /* moved_to was adopted just now */
    bool set_aside; /* by poll_set_aside() */
    bool gap;       /* T6: entries were probably lost between two polls ... */
    uint32_t lost;  /* ... and about how many */
};

void poll_policy_default(struct poll_policy *policy);

/* When a feed read back from the store is to be polled. next_poll_ms, unless the clock has made nonsense of
 * it: one written while the clock was ahead counts from now; what is long overdue after a standstill is
 * spread over the shortest interval; and two polls keep that interval between them (T9). */
int64_t poll_resume_ms(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms);

/* A feed at whose documents newsd has died several times in a row is left alone for a day, and then tried
 * once: one feed must not keep all others from being read. True when that is so now: a line and a record are
 * due. */
bool poll_set_aside(struct feed_state *state, int64_t now_ms, struct poll_change *ret_change);

void poll_prepare(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms,
                  struct poll_request *ret_request);

void poll_judge(const struct feed_state *state, const struct poll_policy *policy,
                const struct poll_answer *answer, int64_t now_ms, struct poll_verdict *ret_verdict);

/* 0 or -ENOMEM (the state is then unchanged). `found` may be NULL for verdicts other than POLL_BODY.
 * A body that the connection cut short is judged POLL_BODY too, so that its whole entries are taken; when the
 * parser also finds it cut (found.truncated), it settles as a failed poll. */
int poll_settle(struct feed_state *state, const struct poll_policy *policy, const struct poll_answer *answer,
                const struct poll_verdict *verdict, const struct poll_findings *found, int64_t now_ms,
                struct poll_change *ret_change);

/* A document that came by push (WebSub): it may hold only what is new, and its body is not what the feed's
 * address answers. So it changes neither validators nor schedule nor hints, and a bad one changes nothing. */
void poll_settle_push(struct feed_state *state, const struct poll_findings *found, int64_t now_ms,
                      struct poll_change *ret_change);

/* An older page of the feed, read after a gap: what it brought is not lost. */
void poll_settle_older(struct feed_state *state, const struct poll_findings *found);

/* Value of the first header with that name, or STR_NONE. */
struct str poll_header(const struct poll_answer *answer, struct str name);

#endif
