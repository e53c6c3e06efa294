/* publisher: from the outbox to Kafka. Loop thread only; librdkafka wakes the loop through an eventfd.
 *
 *     publisher_create(&publisher, base, store, &options, &error)     nothing is sent yet
 *     publisher_start(publisher)          creates or checks the topics, reconciles if asked, then sends for
 * ever publisher_kick(publisher)           new rows are in the outbox publisher_stop(publisher, done) flushes
 * what is in flight for a bounded time publisher_destroy(&publisher)
 *
 * Rows go out in rowid order within a bounded window and leave the outbox only on their delivery report. A
 * full librdkafka queue stops the reading, not the loop. A fatal producer error rebuilds the producer after
 * reconciling with the topics' tails. A row that Kafka refuses for good (too large ...) becomes a reject. */
#ifndef NEWSD_DAEMON_KAFKA_PUBLISHER_H
#define NEWSD_DAEMON_KAFKA_PUBLISHER_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "daemon/config/config.h"
#include "daemon/store/store.h"

struct event_base;
struct publisher;

/* `reconcile`: the last stop was unclean. The config must outlive the publisher: Kafka and topic settings
 * take effect at the start only. Called before store_start(). */
int publisher_create(struct publisher **ret_publisher, struct event_base *base, struct mailbox *mailbox,
                     struct store *store, const struct config *config, bool reconcile, struct error *error);
void publisher_start(struct publisher *publisher);
void publisher_kick(struct publisher *publisher);
/* Stops taking rows, waits up to flush_ms for delivery reports, then calls done (may be NULL) on the loop.
 * Before the store closes. */
void publisher_stop(struct publisher *publisher, int32_t flush_ms, void (*done)(void *context),
                    void *context);
void publisher_destroy(struct publisher **publisher);

enum publisher_state {
    PUBLISHER_STARTING,
    PUBLISHER_RECONCILING,
    PUBLISHER_RUNNING,
    PUBLISHER_AWAY,
    PUBLISHER_STOPPED
};

struct publisher_status {
    enum publisher_state state;
    const char *broker_error; /* last words of librdkafka, NULL = none */
    int64_t away_since_ms;    /* wall clock, 0 = not away */
    int64_t in_flight, sent, delivered, rejected, rebuilt, reconciled;
    int64_t progress_ms; /* monotonic: last turn in which the publisher was seen alive; for the watchdog */
    double compression_ratio; /* bytes before / bytes on the wire, 0 = not known */
};
void publisher_get_status(const struct publisher *publisher, struct publisher_status *ret_status);

#endif
