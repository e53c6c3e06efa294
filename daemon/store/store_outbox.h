/* store_outbox: the jobs about records on their way to Kafka, and how far Kafka has them. */
#ifndef NEWSD_DAEMON_STORE_STORE_OUTBOX_H
#define NEWSD_DAEMON_STORE_STORE_OUTBOX_H

#include <stddef.h>
#include <stdint.h>

#include "base/must_use.h"
#include "daemon/store/store.h"
#include "processors/record/record.h"

/* Before store_start(): highest acknowledged offset of each topic and partition. */
_must_use_ int store_load_offsets(struct store *store,
                                  void (*visit)(void *context, const char *topic, int32_t partition,
                                                int64_t offset),
                                  void *context, struct error *error);

/* Records that are ready as they are (tests, status records without a state). */
struct store_append {
    struct store_job base;
    const struct record *records;
    size_t record_count;
    int64_t now_ms;
};
void store_submit_append(struct store *store, struct store_append *job);

struct store_outgoing {
    int64_t rowid;
    enum record_topic topic;
    int64_t created_ms; /* when the item was fetched: for the delay percentiles */
    char id[RECORD_ID_BYTES];
    struct str key, headers /* JSON, record_headers_decode */, value;
};
/* Rows with rowid > after in order, up to both limits (at least one row). */
struct store_read_outbox {
    struct store_job base;
    int64_t after;
    size_t rows_max, bytes_max;
    struct store_outgoing *rows; /* out */
    size_t row_count;
};
void store_submit_read_outbox(struct store *store, struct store_read_outbox *job);

struct store_offset {
    const char *topic;
    int32_t partition;
    int64_t offset;
};
/* Delivered rows leave; offsets are remembered (highest wins). `rejects` take the place of rows that Kafka
 * refused for good (too large ...): written in the same transaction. */
struct store_delivered {
    struct store_job base;
    const int64_t *rowids;
    size_t count;
    const struct store_offset *offsets;
    size_t offset_count;
    const struct record *rejects;
    size_t reject_count;
    int64_t now_ms;
};
void store_submit_delivered(struct store *store, struct store_delivered *job);

/* Reconciliation: rows with these ce_ids are on Kafka already; they leave, offsets are remembered.
 * removed: out. */
struct store_reconcile {
    struct store_job base;
    const char (*ids)[RECORD_ID_BYTES];
    size_t count;
    const struct store_offset *offsets;
    size_t offset_count;
    size_t removed;
};
void store_submit_reconcile(struct store *store, struct store_reconcile *job);

#endif
