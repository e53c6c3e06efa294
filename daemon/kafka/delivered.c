/* delivered: batches of acknowledged rows. Owns its batches; loop thread only. */
#include "daemon/kafka/delivered.h"
#include "daemon/store/store_outbox.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/container_of.h"
#include "base/clock.h"
#include "daemon/kafka/refused.h"
#include "daemon/process/log.h"

enum { BATCH_ROWS = 500, BATCH_REJECTS = 16 };

struct delivered_batch {
    struct store_delivered store;
    struct delivered *owner;
    int64_t rowids[BATCH_ROWS];
    struct record rejects[BATCH_REJECTS];
    struct store_offset *offsets;
};

void delivered_init(struct delivered *delivered, struct store *store, const struct config *config,
                    void (*left)(void *context, bool rejects), void *context)
{
    *delivered = (struct delivered){.store = store, .config = config, .left = left, .context = context};
}

static void batch_free(struct delivered_batch *batch)
{
    if (!batch)
        return;
    arena_destroy(&batch->store.base.arena);
    free(batch->offsets);
    free(batch);
}

void delivered_done(struct delivered *delivered)
{
    assert(delivered->jobs == 0);
    batch_free(delivered->batch);
    delivered->batch = NULL;
    free(delivered->offsets);
    delivered->offsets = NULL;
}

static void on_left(struct store_job *base, int error)
{
    struct delivered_batch *batch = container_of(base, struct delivered_batch, store.base);
    struct delivered *delivered = batch->owner;
    if (error && error != ERR_SHUTDOWN)
        log_error("%zu delivered records could not be taken out of the outbox: %s", batch->store.count,
                  error_text(error));
    bool rejects = !error && batch->store.reject_count > 0;
    batch_free(batch);
    assert(delivered->jobs > 0);
    delivered->jobs--;
    delivered->left(delivered->context, rejects);
}

static struct delivered_batch *batch_get(struct delivered *delivered)
{
    if (delivered->batch && delivered->batch->store.count == BATCH_ROWS)
        delivered_send(delivered, true);
    if (delivered->batch)
        return delivered->batch;
    struct delivered_batch *batch = calloc(1, sizeof(*batch));
    if (!batch)
        return NULL;
    batch->store.base.done = on_left;
    batch->store.base.arena = arena_create(ARENA_CAP_DEFAULT);
    if (!batch->store.base.arena) {
        free(batch);
        return NULL;
    }
    batch->owner = delivered;
    batch->store.rowids = batch->rowids;
    batch->store.rejects = batch->rejects;
    delivered->batch = batch;
    return batch;
}

void delivered_note_offset(struct delivered *delivered, const char *topic, int32_t partition, int64_t offset)
{
    for (size_t i = 0; i < delivered->offset_count; i++) {
        struct store_offset *known = &delivered->offsets[i];
        if (known->partition == partition && !strcmp(known->topic, topic)) {
            if (offset > known->offset)
                known->offset = offset;
            return;
        }
    }
    if (delivered->offset_count == delivered->offset_capacity) {
        size_t capacity = delivered->offset_capacity ? delivered->offset_capacity * 2 : 32;
        struct store_offset *offsets = reallocarray(delivered->offsets, capacity, sizeof(*offsets));
        if (!offsets)
            return; /* the next start then reads a longer tail */
        delivered->offsets = offsets;
        delivered->offset_capacity = capacity;
    }
    assert(delivered->offset_count < delivered->offset_capacity);
    delivered->offsets[delivered->offset_count++] = (struct store_offset){topic, partition, offset};
}

/* librdkafka's topic name belongs to a message: the config's string with the same text lives on. */
static const char *lasting_name(const struct delivered *delivered, const char *topic)
{
    for (int i = 0; i < TOPIC_COUNT; i++)
        if (delivered->config->topics[i].name && !strcmp(delivered->config->topics[i].name, topic))
            return delivered->config->topics[i].name;
    return NULL;
}

void delivered_add(struct delivered *delivered, int64_t rowid, const char *topic, int32_t partition,
                   int64_t offset)
{
    struct delivered_batch *batch = batch_get(delivered);
    if (!batch)
        return;
    assert(batch->store.count < BATCH_ROWS && rowid > 0);
    batch->rowids[batch->store.count++] = rowid;
    const char *name = topic ? lasting_name(delivered, topic) : NULL;
    if (name && offset >= 0)
        delivered_note_offset(delivered, name, partition, offset);
}

void delivered_add_refused(struct delivered *delivered, int64_t rowid, struct str key, struct str value,
                           rd_kafka_resp_err_t error)
{
    struct delivered_batch *batch = batch_get(delivered);
    if (batch && batch->store.reject_count == BATCH_REJECTS) {
        delivered_send(delivered, true);
        batch = batch_get(delivered);
    }
    if (!batch)
        return;
    assert(batch->store.count < BATCH_ROWS && batch->store.reject_count < BATCH_REJECTS);
    struct arena *arena = batch->store.base.arena;
    struct reject_report report = {
        .stage = "publish",
        .reason = rd_kafka_err2name(error),
        .error_text = str_from(rd_kafka_err2str(error)),
        .now_ms = clock_wall_ms(),
    };
    refused_report(arena, key, value, error, &report);
    struct record *record = &batch->rejects[batch->store.reject_count];
    int failure = record_reject(arena, &report, record, NULL);
    if (failure) { /* no JSON object, or too much of it for the batch's memory */
        report.payload = STR_NONE;
        failure = record_reject(arena, &report, record, NULL);
    }
    if (!failure)
        batch->store.reject_count++;
    batch->rowids[batch->store.count++] = rowid;
}

void delivered_send(struct delivered *delivered, bool now)
{
    struct delivered_batch *batch = delivered->batch;
    if (!batch || (!now && batch->store.count < BATCH_ROWS))
        return;
    assert(!batch->offsets && batch->store.count > 0);
    batch->offsets = calloc(delivered->offset_count + 1, sizeof(*batch->offsets));
    if (batch->offsets && delivered->offset_count) {
        memcpy(batch->offsets, delivered->offsets, delivered->offset_count * sizeof(*batch->offsets));
        batch->store.offset_count = delivered->offset_count;
    }
    batch->store.offsets = batch->offsets;
    batch->store.now_ms = clock_wall_ms();
    delivered->batch = NULL;
    delivered->jobs++;
    store_submit_delivered(delivered->store, &batch->store);
}

bool delivered_busy(const struct delivered *delivered)
{
    return delivered->batch || delivered->jobs;
}
