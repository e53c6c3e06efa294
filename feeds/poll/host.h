/* host: politeness per host, shared by feeds and pages. Loop thread only.
 *
 * The unit is the registrable domain's host as url_host() gives it. A host allows so many transfers at
 * once and one start per gap (T11); Retry-After stops it altogether (S7). Work that may not start now
 * waits in the host's own queue and is handed out by host_table_next() when its time comes, so one slow
 * host never holds up another.
 *
 *     switch (host_acquire(table, host, work, now)) {
 *     case HOST_START:  begin the transfer; later host_release(table, host, now)
 *     case HOST_WAIT:   `work` is queued; host_table_next() will return it
 *     case HOST_FULL:   the host's queue is at its limit; try again later (for a feed: reschedule) }
 */
#ifndef NEWSD_FEEDS_POLL_HOST_H
#define NEWSD_FEEDS_POLL_HOST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct host_table;

enum { HOST_GAPS_MAX = 32, HOST_SUFFIX_BYTES = 128 };

/* A gap of its own for a host and those below it: "reddit.com" stands for "www.reddit.com" too (T10). */
struct host_gap {
    char suffix[HOST_SUFFIX_BYTES]; /* in lower case */
    int32_t gap_ms;
};

struct host_policy {
    int32_t transfers_max;      /* per host, default 2 */
    int32_t gap_ms;             /* between two starts to one host, default 5000 */
    int32_t queue_max;          /* waiting per host, default 100 000 */
    int32_t retry_after_max_ms; /* S7 cap, default 24 h */
    struct host_gap gaps[HOST_GAPS_MAX];
    size_t gap_count;
};

/* Embedded in whatever waits: a feed's poll, a page. */
struct host_work {
    struct host_work *next; /* owned by the table while queued */
    bool queued;
};

enum host_answer { HOST_START, HOST_WAIT, HOST_FULL };

struct host_table *host_table_create(const struct host_policy *policy);
void host_table_destroy(struct host_table **table);
/* Takes effect for the next start. */
void host_table_set_policy(struct host_table *table, const struct host_policy *policy);

enum host_answer host_acquire(struct host_table *table, struct str host, struct host_work *work,
                              int64_t now_ms);
/* A transfer to `host` has ended. */
void host_release(struct host_table *table, struct str host, int64_t now_ms);
/* No start to `host` before now + pause (capped, plus up to 10 % jitter so that not all come back at once).
 */
void host_pause(struct host_table *table, struct str host, int64_t pause_ms, int64_t now_ms);
/* Queued work that may start now (it then counts as started), or NULL. */
struct host_work *host_table_next(struct host_table *table, int64_t now_ms);
/* When host_table_next() will have something, as far as is known; INT64_MAX when only a release helps. */
int64_t host_table_next_ms(const struct host_table *table);
/* Takes work out of its host's queue (a removed feed). */
void host_cancel(struct host_table *table, struct str host, struct host_work *work);

struct host_counts {
    size_t hosts, waiting, in_flight;
};
void host_table_counts(const struct host_table *table, struct host_counts *ret_counts);

/* Visits the up to `most` hosts with the longest queues, and paused ones: for `newsd status`. */
typedef void host_visit(void *context, struct str host, size_t waiting, size_t in_flight,
                        int64_t not_before_ms);
void host_table_slowest(const struct host_table *table, size_t most, host_visit *visit, void *context);

#endif
