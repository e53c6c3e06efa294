/* publisher_private: the publisher's struct and the seam between publisher.c and publisher_reconcile.c.
 * Included by them only. */
#ifndef NEWSD_DAEMON_KAFKA_PUBLISHER_PRIVATE_H
#define NEWSD_DAEMON_KAFKA_PUBLISHER_PRIVATE_H

#include <librdkafka/rdkafka.h>

#include "daemon/kafka/delivered.h"
#include "daemon/kafka/tail_reader.h"
#include "daemon/kafka/publisher.h"

enum { PUBLISHER_MAGIC = 0x7075626c };

struct publisher {
    uint32_t magic;
    struct event_base *base;
    struct mailbox *mailbox;
    struct store *store;
    const struct config *config;
    rd_kafka_t *producer;
    rd_kafka_queue_t *queue;
    int wake_fd;
    struct event *wake, *turn;
    struct tail_reader *reader;
    void (*reconcile_done)(struct publisher *publisher); /* while `reader` is there */
    struct delivered delivered;
    enum publisher_state state;
    bool broker_up; /* by librdkafka's own statistics */
    bool reconcile, topics_ready, reading, again, queue_full, fatal, resend, stopping;
    int64_t read_until;  /* highest row handed to librdkafka */
    int64_t alone_until; /* rows up to this one are sent one by one: a batch of them was too large */
    int64_t in_flight, in_flight_bytes;
    int64_t resend_ms, topics_ms, away_since_ms, progress_ms, stop_ms;
    int64_t sent, acknowledged, refused, rebuilt, reconciled;
    double compression_ratio;
    char broker_error[256];
    void (*stopped)(void *context);
    void *stopped_context;
};

/* publisher_reconcile.c: reads the topics' tails and takes what is there out of the outbox; sending begins
 * after it. Calls `advance` when it is done, with the state that says how it went. */
void publisher_reconcile(struct publisher *publisher, void (*advance)(struct publisher *publisher));

#endif
