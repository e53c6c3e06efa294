/* poller: what a poll is, from due to done. Owns the feeds in memory and their schedule. Loop thread only
 * (parsing runs on a worker, identity on the store's thread).
 *
 *     poller_create(&poller, &context, config, &error);
 *     store_load_feeds(store, poller_restore, poller, &error);
 *     poller_set_feeds(poller, list);        again on each reload
 *     poller_start(poller);
 *     ...
 *     poller_stop(poller); when poller_busy(poller) is 0: poller_destroy(&poller); */
#ifndef NEWSD_DAEMON_POLLING_POLLER_H
#define NEWSD_DAEMON_POLLING_POLLER_H

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "daemon/config/config.h"
#include "daemon/config/feed_list.h"
#include "daemon/store/store.h"
#include "daemon/fetching/transfers.h"
#include "daemon/process/workers.h"
#include "feeds/poll/subscription.h"

struct event_base;
struct poller;

/* What the poller works with; all outlive it. */
struct poller_context {
    struct event_base *base;
    struct store *store;
    struct transfers *transfers;
    struct workers *workers;
    void (*items_stored)(void *context);   /* new rows are in the intake */
    void (*records_stored)(void *context); /* new rows are in the outbox */
    bool (*may_poll)(void *context);       /* false under back-pressure */
    void *context;
};

int poller_create(struct poller **ret_poller, const struct poller_context *context,
                  const struct config *config, struct error *error);
void poller_destroy(struct poller **poller);

/* A feed as the store knows it (a visitor for store_load_feeds). */
void poller_restore(void *poller, const struct feed_state *state);
/* The operator's list: new feeds are added, feeds no longer listed removed; each is one line in the log. 0 or
 * -ENOMEM. */
int poller_set_feeds(struct poller *poller, const struct feed_list *list);
/* New limits and intervals, from the next poll on. */
void poller_set_config(struct poller *poller, const struct config *config);
void poller_start(struct poller *poller);
/* No new polls; those under way end by themselves or by transfers_cancel_all(). */
void poller_stop(struct poller *poller);
/* Polls and store jobs under way. */
size_t poller_busy(const struct poller *poller);
/* The system clock was set: what was an hour away stays an hour away. */
void poller_clock_stepped(struct poller *poller, int64_t by_ms);
/* Back-pressure is over: look at the schedule again. */
void poller_kick(struct poller *poller);

/* ---- Documents that come by push ---- */

/* What a push subscriber learns of the feeds. Calls come from the loop, never from within the functions
 * below; the state is the feed's own and may be read until the call returns. */
struct poller_watch {
    void (*discovered)(void *context, const struct feed_state *feed, const struct websub_links *links);
    /* A poll worked, and brought so many new entries (revisions do not count). */
    void (*polled)(void *context, const struct feed_state *feed, uint32_t fresh);
    /* A push is stored. Not `good`: its body was no document. */
    void (*pushed)(void *context, const struct feed_state *feed, bool good, uint32_t known);
    void (*removed)(void *context, const struct feed_state *feed); /* from the operator's list */
    void *context;
};
/* `watch` outlives the poller. Before poller_set_feeds(). */
void poller_set_watch(struct poller *poller, const struct poller_watch *watch);
/* A document of the feed, to be taken as if a poll had brought it: after the poll or push that is under way,
 * before one that still waits for its host. *body is malloc'd; it is NULL afterwards when it was taken over.
 * 0, ERR_NOT_FOUND, -EAGAIN when too much waits already, or -ENOMEM. `content_type` may be absent. */
int poller_push(struct poller *poller, const char *feed_url, char **body, size_t len,
                struct str content_type);
/* Something is new there: polled as soon as the shortest interval and its host allow. */
void poller_poll_soon(struct poller *poller, const char *feed_url);
/* Somebody delivers what is new in the feed: polls become an audit, [websub] audit apart. Or not any more. */
void poller_set_audit(struct poller *poller, const char *feed_url, bool audit);

/* Counts for metrics and status. */
struct poller_counts {
    size_t feeds, by_status[5], due, polling;
};
void poller_get_counts(const struct poller *poller, struct poller_counts *ret_counts);
/* Feeds that an operator should look at, up to `most` (at most POLLER_NOTABLE_MAX) of each kind: failing or
 * gone, silent, moved. They are the poller's: valid until it is asked for anything else. */
enum poller_notice { POLLER_FAILING, POLLER_SILENT, POLLER_MOVED, POLLER_NOTICES };
enum { POLLER_NOTABLE_MAX = 20 };
struct poller_notable {
    const struct feed_state *feeds[POLLER_NOTICES][POLLER_NOTABLE_MAX];
    size_t counts[POLLER_NOTICES];
};
void poller_get_notable(const struct poller *poller, size_t most, struct poller_notable *ret_notable);
/* The feed of the store's row; NULL = none. The poller's: valid until it is asked for anything else. Looks at
 * every feed. */
const struct feed_state *poller_feed_of_row(const struct poller *poller, int64_t rowid);

#endif
