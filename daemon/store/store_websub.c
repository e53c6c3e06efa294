/* store_websub: WebSub subscriptions. One outlives its feed until its hub has been told. The store's thread,
 * but for loading at the start. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/container_of.h"
#include "daemon/store/store_websub.h"
#include "daemon/store/store_private.h"

static char *column_copy(sqlite3_stmt *statement, int column)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    return text ? strdup(text) : NULL;
}

static void column_into(sqlite3_stmt *statement, int column, char *field, size_t size)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    (void)snprintf(field, size, "%s", text ? text : ""); /* what newsd wrote fits */
}

static void read_subscription(sqlite3_stmt *statement, struct websub_subscription *subscription)
{
    *subscription = (struct websub_subscription){
        .feed = sqlite3_column_int64(statement, 1),
        .hub = column_copy(statement, 2),
        .topic = column_copy(statement, 3),
        .state = (uint8_t)sqlite3_column_int(statement, 5),
        .pending = (uint8_t)sqlite3_column_int(statement, 6),
        .pending_until_ms = sqlite3_column_int64(statement, 7),
        .lease_end_ms = sqlite3_column_int64(statement, 8),
        .next_ms = sqlite3_column_int64(statement, 9),
        .attempts = (uint16_t)sqlite3_column_int(statement, 10),
        .demotions = (uint16_t)sqlite3_column_int(statement, 11),
        .pushes = (uint32_t)sqlite3_column_int64(statement, 12),
        .feed_url = column_copy(statement, 13),
    };
    column_into(statement, 0, subscription->token, sizeof(subscription->token));
    column_into(statement, 4, subscription->secret, sizeof(subscription->secret));
}

int store_load_subscriptions(struct store *store,
                             void (*visit)(void *context, const struct websub_subscription *subscription),
                             void *context, struct error *error)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(store->db,
                           "SELECT token, feed, hub, topic, secret, state, pending, pending_until, lease_end,"
                           " next, attempts, demotions, pushes,"
                           " (SELECT url FROM feeds WHERE feeds.rowid = subscriptions.feed)"
                           " FROM subscriptions",
                           -1, &statement, NULL))
        return error_set(error, ERR_STORE, "the subscriptions cannot be read: %s", sqlite3_errmsg(store->db));
    int code;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
        struct websub_subscription subscription;
        read_subscription(statement, &subscription);
        if (subscription.hub && subscription.topic)
            visit(context, &subscription);
        websub_subscription_done(&subscription);
    }
    sqlite3_finalize(statement);
    if (code != SQLITE_DONE)
        return error_set(error, ERR_STORE, "the subscriptions cannot be read: %s", sqlite3_errmsg(store->db));
    return 0;
}

static int run_subscription(struct store_job *base, struct store *store)
{
    struct store_subscription *job = container_of(base, struct store_subscription, base);
    const struct websub_subscription *subscription = &job->subscription;
    sqlite3_stmt *statement =
        store_statement(store, job->remove ? STATEMENT_SUBSCRIPTION_REMOVE : STATEMENT_SUBSCRIPTION_WRITE);
    if (!statement)
        return ERR_STORE;
    store_bind_text(statement, 1, subscription->token);
    if (job->remove)
        return store_step(store, statement);
    sqlite3_bind_int64(statement, 2, subscription->feed);
    store_bind_text(statement, 3, subscription->hub);
    store_bind_text(statement, 4, subscription->topic);
    store_bind_text(statement, 5, subscription->secret);
    sqlite3_bind_int(statement, 6, subscription->state);
    sqlite3_bind_int(statement, 7, subscription->pending);
    sqlite3_bind_int64(statement, 8, subscription->pending_until_ms);
    sqlite3_bind_int64(statement, 9, subscription->lease_end_ms);
    sqlite3_bind_int64(statement, 10, subscription->next_ms);
    sqlite3_bind_int(statement, 11, subscription->attempts);
    sqlite3_bind_int(statement, 12, subscription->demotions);
    sqlite3_bind_int64(statement, 13, subscription->pushes);
    return store_step(store, statement);
}

void store_submit_subscription(struct store *store, struct store_subscription *job)
{
    store_submit(store, &job->base, run_subscription, STORE_NORMAL);
}
