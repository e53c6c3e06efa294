/* transfers: every request that newsd makes: feeds, documents that follow them, pages, robots.txt, hubs. They
 * share the fetcher's slots and the hosts' budgets, and what a host asks for (Retry-After) holds for all of
 * them. Loop thread only.
 *
 *     transfer->prepare = ...; transfer->done = ...;
 *     transfers_fetch(transfers, transfer, url);       done() runs now or later, exactly once,
 *     transfers_cancel(transfers, transfer);           unless it is taken back before it has started
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

/* Embedded in whatever fetches. */
struct transfer {
    /* Its turn has come: fills in the request (the URL is there); strings are the owner's until done().
     * False: it is not wanted any more, and done() is told that it was cancelled. */
    bool (*prepare)(struct transfer *transfer, struct fetch_request *request);
    /* The request has its answer, an error of fetch_start() included, and its slot is free again. Without a
     * result too much waits for the host already; ask again later. What the result points to lives until this
     * returns. */
    void (*done)(struct transfer *transfer, struct fetch_result *result);
    /* Owned by transfers */
    struct transfers *transfers;
    struct host_work work;
    struct transfer *next;
    char *url, *host; /* while wanted or running */
    bool running;
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

/* Asks for a URL in the host's turn. A URL without a host ends with FETCH_ERROR_URL. */
void transfers_fetch(struct transfers *transfers, struct transfer *transfer, const char *url);
/* Takes back what has not started; does nothing to anything else. */
void transfers_cancel(struct transfers *transfers, struct transfer *transfer);

/* True while a slot is free: bring the next wish. */
bool transfers_room(const struct transfers *transfers);
struct host_table *transfers_hosts(struct transfers *transfers);

#endif
