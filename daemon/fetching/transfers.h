/* transfers: who may fetch now. Feeds' polls and article pages share the fetcher's slots and the hosts'
 * budgets. Loop thread only.
 *
 *     wish->start = ...; wish->refused = ...;
 *     transfers_want(transfers, wish, host);      start() is called now or later, exactly once, unless
 * refused
 *     ... in start(): fetch_start(transfers_fetcher(transfers), ...) ...
 *     transfers_ended(transfers, wish);           gives slot and host back
 */
#ifndef NEWSD_DAEMON_FETCHING_TRANSFERS_H
#define NEWSD_DAEMON_FETCHING_TRANSFERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "feeds/http/fetch.h"
#include "feeds/poll/host.h"

struct event_base;
struct transfers;

struct transfer_wish {
    struct host_work work;
    struct transfer_wish *next; /* owned by transfers */
    char *host;                 /* while wanted or running; owned by transfers */
    void (*start)(struct transfer_wish *wish);
    void (*refused)(struct transfer_wish *wish); /* the host has too much waiting already */
};

/* Called whenever a slot has come free and nothing that waits for its host wants it: the poller brings due
 * feeds. */
typedef void transfers_idle(void *context);

int transfers_create(struct transfers **ret_transfers, struct event_base *base,
                     const struct fetch_options *options, const struct host_policy *policy,
                     struct error *error);
/* Ends running transfers (their callbacks run, cancelled). */
void transfers_cancel_all(struct transfers *transfers);
void transfers_destroy(struct transfers **transfers);
void transfers_set_policy(struct transfers *transfers, const struct host_policy *policy);
void transfers_on_idle(struct transfers *transfers, transfers_idle *idle, void *context);

/* False without memory; the wish is then not kept. */
bool transfers_want(struct transfers *transfers, struct transfer_wish *wish, struct str host);
void transfers_ended(struct transfers *transfers, struct transfer_wish *wish);
/* Takes back a wish that has not started. */
void transfers_cancel(struct transfers *transfers, struct transfer_wish *wish);
/* Stops the wish's host for a while (Retry-After). */
void transfers_pause_host(struct transfers *transfers, struct str host, int64_t pause_ms);

/* True while a slot is free: bring the next wish. */
bool transfers_room(const struct transfers *transfers);
struct fetcher *transfers_fetcher(struct transfers *transfers);
struct host_table *transfers_hosts(struct transfers *transfers);

#endif
