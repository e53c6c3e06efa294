/* poll_facts: what the rules of polling judge by and say: the operator's policy, the verdict on an answer,
 * and what its document held. */
#ifndef NEWSD_FEEDS_POLL_POLL_FACTS_H
#define NEWSD_FEEDS_POLL_POLL_FACTS_H

#include "feeds/http/http_answer.h"

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

enum poll_kind {
    POLL_UNCHANGED, /* 304, or 200 with the hash we know */
    POLL_BODY,      /* parse it */
    POLL_FAILED,
};

struct poll_verdict {
    enum poll_kind kind;
    enum fetch_error error;
    uint64_t body_hash;
    int64_t retry_after_ms; /* S7: from now, for the whole host; 0 = none */
};

/* What parsing and identity found in a POLL_BODY document (all zero otherwise). */
struct poll_findings {
    enum fetch_error parse_error;
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

#endif
