/* websub: the WebSub subscriber: feeds that name a hub are subscribed to there, and what the hub delivers
 * goes the way of a polled document. Loop thread only. The rules are feeds/websub.h's.
 *
 *     websub_create(&websub, &context, config, &error);       listens from then on
 *     store_load_subscriptions(store, websub_restore, websub, &error);
 *     poller_set_watch(poller, websub_watch(websub));
 *     websub_start(websub);
 *     ...
 *     websub_stop(websub); when websub_busy(websub) is 0: websub_destroy(&websub); */
#ifndef NEWSD_DAEMON_WEBSUB_WEBSUB_H
#define NEWSD_DAEMON_WEBSUB_WEBSUB_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "daemon/config/config.h"
#include "daemon/polling/poller.h"
#include "daemon/store/store.h"
#include "daemon/store/store_websub.h"
#include "daemon/fetching/transfers.h"

struct event_base;
struct websub;

/* What it works with; all outlive it. */
struct websub_context {
    struct event_base *base;
    struct store *store;
    struct transfers *transfers;
    struct poller *poller;
};

/* 0, -ENOMEM, ERR_CONFIG or -errno when the address cannot be listened on. */
int websub_create(struct websub **ret_websub, const struct websub_context *context,
                  const struct config *config, struct error *error);
void websub_destroy(struct websub **websub);
/* A subscription as the store knows it (a visitor for store_load_subscriptions). */
void websub_restore(void *websub, const struct websub_subscription *subscription);
/* What it wants to learn from the poller. */
const struct poller_watch *websub_watch(const struct websub *websub);
void websub_set_config(struct websub *websub, const struct config *config);
void websub_start(struct websub *websub);
/* No more requests, nothing more is taken from hubs; requests under way end by themselves or by
 * transfers_cancel_all(). */
void websub_stop(struct websub *websub);
/* Requests and store jobs under way. */
size_t websub_busy(const struct websub *websub);
/* The system clock was set. */
void websub_clock_stepped(struct websub *websub);

#endif
