/* store_websub: WebSub subscriptions, read at the start and written one by one. */
#ifndef NEWSD_DAEMON_STORE_STORE_WEBSUB_H
#define NEWSD_DAEMON_STORE_STORE_WEBSUB_H

#include <stdbool.h>

#include "base/must_use.h"
#include "daemon/store/store.h"
#include "feeds/poll/subscription.h"

/* Before store_start(): every WebSub subscription; those of feeds that were removed have no feed. The visitor
 * copies what it keeps. */
_must_use_ int store_load_subscriptions(struct store *store,
                                        void (*visit)(void *context,
                                                      const struct websub_subscription *subscription),
                                        void *context, struct error *error);

/* Writes one WebSub subscription, or removes it. Its strings are the submitter's. */
struct store_subscription {
    struct store_job base;
    struct websub_subscription subscription;
    bool remove;
};
void store_submit_subscription(struct store *store, struct store_subscription *job);

#endif
