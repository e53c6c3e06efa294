/* feed_state: what polling knows about one feed. The loop holds one per feed (100 000 of them, so it
 * is small); the store persists the same fields. Times are wall-clock milliseconds, 0 = never or none.
 * Strings are heap-owned by the struct and may be NULL. */
#ifndef NEWSD_FEEDS_POLL_FEED_STATE_H
#define NEWSD_FEEDS_POLL_FEED_STATE_H

#include <stdbool.h>
#include <stdint.h>

enum feed_status {
    FEED_STATUS_NEW,     /* never answered yet */
    FEED_STATUS_OK,      /* the last poll worked */
    FEED_STATUS_FAILING, /* several polls in a row failed */
    FEED_STATUS_SILENT,  /* answers, but brings nothing new against its own history */
    FEED_STATUS_GONE,    /* 410: probed slowly */
};

/* What is taken of the first document of a feed. */
enum backfill_policy { BACKFILL_SKIP, BACKFILL_NEWEST, BACKFILL_ALL, BACKFILL_SINCE };

enum page_policy { PAGES_NEVER, PAGES_AUTO, PAGES_ALWAYS };

struct feed_state {
    int64_t rowid;  /* the store's number, 0 before it has one */
    char *url;      /* as the operator wrote it; the feed's identity never changes */
    char *moved_to; /* adopted redirect target, polled instead of url */
    char *title;    /* from the last document */

    /* Validators: opaque bytes of poll URL, sent back exactly (P1); they belong to one URL (P9). */
    char *etag;
    char *last_modified;
    uint64_t body_hash; /* of the decoded body of the last 200 (P8) */

    /* Schedule */
    int64_t next_poll_ms;
    int64_t last_poll_ms;    /* last answer of any kind */
    int64_t last_success_ms; /* last 200 or 304 */
    int64_t last_new_ms;     /* last poll that brought a new entry */
    int64_t last_full_ms;    /* last unconditional 200 (P5) */
    int32_t interval_s;      /* the adaptive interval, before hints and jitter */
    int32_t hint_s;          /* publisher's lower bound: ttl, syndication, cache (P10, P12, T1), capped */
    uint32_t skip_hours;     /* bit h: do not poll in UTC hour h */
    uint8_t skip_days;       /* bit d: do not poll on UTC weekday d, Sunday = 0 */

    /* Failures (S6): hard 1, soft 0.5, temporary 0.25, in quarters */
    uint16_t failure_quarters;
    uint16_t failures_in_row;
    int16_t last_http_status;
    int16_t last_error; /* enum fetch_error, see poll_rules.h */

    /* Redirect adoption (S1) */
    char *redirect_target;
    int64_t redirect_since_ms;
    uint16_t redirect_count;

    /* Rhythm (rhythm.h), and averages for "silent against its own history" */
    float entries_per_day;
    float pace_days;                     /* what that is a mean over; 0 = nothing is known yet */
    float habits[8];                     /* of day and week, see rhythm.h */
    float burst_entries, burst_expected; /* seen lately, and usual in that time */
    float haste; /* halvings of what may pass between two polls, after documents of which little was known */
    float gap_days_mean; /* mean days between polls with something new, longer ones weighing more */
    float gap_days_deviation;

    uint32_t pushed_entries;         /* since the last poll */
    uint32_t polls, polls_unchanged; /* totals, wrapping */
    uint32_t entries_total;          /* new entries ever */
    uint32_t entries_lost;           /* estimate: pushed out of the document between two polls (T6) */
    uint16_t gaps_total;             /* polls without any known entry after the first (T6) */
    uint16_t document_entries;       /* in the last document */

    uint8_t stopped; /* times in a row that newsd died at work on a document of this feed */
    uint8_t status;  /* enum feed_status */
    int64_t status_since_ms;
    bool backfilled;          /* the first document has been taken in */
    bool distrust_validators; /* P5-P7: validators were caught lying; poll unconditionally */
    bool http1_only;          /* N5 */

    /* The operator's own words for this feed, from the list; only the first is stored. */
    uint8_t page_policy;        /* enum page_policy */
    bool unchecked_certificate; /* N13 */
    int32_t interval_fixed_s;   /* in place of the adaptive interval; 0 = adaptive */
};

/* Frees the strings, not the struct; it is all zero afterwards. */
void feed_state_done(struct feed_state *state);

/* Deep copy; 0 or -ENOMEM (then *to is all zero). */
int feed_state_copy(struct feed_state *to, const struct feed_state *from);

/* The URL to poll: moved_to or url. */
static inline const char *feed_state_poll_url(const struct feed_state *state)
{
    return state->moved_to ? state->moved_to : state->url;
}

/* "new", "ok", "failing", "silent", "gone". */
const char *feed_status_name(enum feed_status status);

/* The feed's public id: first 16 hexadecimal digits of SHA-256 of `url`. */
void feed_state_id(const char *url, char ret_id[17]);

#endif
