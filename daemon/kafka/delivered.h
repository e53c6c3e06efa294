/* delivered: acknowledged rows on their way out of the outbox, in batches. Loop thread. */
#ifndef NEWSD_DAEMON_KAFKA_DELIVERED_H
#define NEWSD_DAEMON_KAFKA_DELIVERED_H

#include <librdkafka/rdkafka.h>

#include "daemon/config/config.h"
#include "daemon/store/store.h"
#include "daemon/store/store_outbox.h"

struct delivered_batch;

struct delivered {
    struct store *store;
    const struct config *config;
    struct delivered_batch *batch; /* being collected, NULL = none */
    size_t jobs;                   /* on their way */
    struct store_offset *offsets;  /* highest acknowledged of every partition; topics point into the config */
    size_t offset_count, offset_capacity;
    void (*left)(void *context, bool rejects); /* a batch has left the outbox; rejects have come in */
    void *context;
};

void delivered_init(struct delivered *delivered, struct store *store, const struct config *config,
                    void (*left)(void *context, bool rejects), void *context);
/* Frees what is being collected; no job may be on its way. */
void delivered_done(struct delivered *delivered);
/* A row was acknowledged at an offset; topic NULL = it needed none. Without memory the row stays:
 * reconciliation finds it. */
void delivered_add(struct delivered *delivered, int64_t rowid, const char *topic, int32_t partition,
                   int64_t offset);
/* A row was refused for good: its place is taken by a reject (refused.h). */
void delivered_add_refused(struct delivered *delivered, int64_t rowid, struct str key, struct str value,
                           rd_kafka_resp_err_t error);
void delivered_note_offset(struct delivered *delivered, const char *topic, int32_t partition, int64_t offset);
/* Sends the batch when it is large, or `now`. */
void delivered_send(struct delivered *delivered, bool now);
/* True while anything is collected or on its way. */
bool delivered_busy(const struct delivered *delivered);

#endif
