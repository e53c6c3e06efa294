/* publisher_reconcile: what an earlier producer may have left on Kafka leaves the outbox before anything is
 * sent. Loop thread. */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>

#include "daemon/process/log.h"
#include "daemon/store/store_outbox.h"
#include "base/container_of.h"
#include "daemon/process/metrics.h"
#include "daemon/kafka/publisher_private.h"

struct reconciling {
    struct store_reconcile store;
    struct publisher *publisher;
};

static void on_reconciled(struct store_job *base, int error)
{
    struct reconciling *job = container_of(base, struct reconciling, store.base);
    struct publisher *publisher = job->publisher;
    assert((publisher->state == PUBLISHER_RECONCILING || publisher->stopping) && publisher->reader);
    /* What is in flight would be taken out of the outbox twice, or sent twice. */
    assert(publisher->in_flight == 0);
    if (!error) {
        publisher->reconciled += (int64_t)job->store.removed;
        metrics_add(METRIC_RECORDS_RECONCILED, (int64_t)job->store.removed);
        log_write(LOG_KIND_RECONCILED, 5, NULL, NULL,
                  "reconciled with Kafka: %zu records read back, %zu of the outbox were there already",
                  job->store.count, job->store.removed);
        publisher->reconcile = false;
        publisher->state = publisher->away_since_ms ? PUBLISHER_AWAY : PUBLISHER_RUNNING;
        publisher->read_until = 0;
        publisher->again = true;
    } else if (error != ERR_SHUTDOWN) {
        log_error("reconciliation failed: %s; it is tried again", error_text(error));
        publisher->state = PUBLISHER_STARTING;
    }
    free(job);
    tail_reader_destroy(&publisher->reader);
    publisher->reconcile_done(publisher);
}

static void on_tail(void *context, const struct tail *tail)
{
    struct publisher *publisher = context;
    assert(publisher->magic == PUBLISHER_MAGIC);
    if (publisher->stopping)
        return; /* the store may be closed; the next start reconciles */
    assert(publisher->state == PUBLISHER_RECONCILING);
    struct reconciling *job = calloc(1, sizeof(*job));
    if (!job) {
        log_error("no memory to reconcile; nothing is sent until the next start");
        return;
    }
    job->publisher = publisher;
    job->store = (struct store_reconcile){
        .base = {.done = on_reconciled},
        .ids = (const char(*)[RECORD_ID_BYTES])tail->ids,
        .count = tail->count,
        .offsets = tail->offsets,
        .offset_count = tail->offset_count,
    };
    store_submit_reconcile(publisher->store, &job->store);
}

void publisher_reconcile(struct publisher *publisher, void (*advance)(struct publisher *publisher))
{
    assert(publisher->state == PUBLISHER_STARTING && publisher->reconcile && !publisher->reader);
    assert(publisher->in_flight == 0 && !publisher->reading);
    publisher->state = PUBLISHER_RECONCILING;
    publisher->reconcile_done = advance;
    publisher->reader = tail_reader_start(publisher->config, publisher->mailbox, publisher->delivered.offsets,
                                          publisher->delivered.offset_count, on_tail, publisher);
    if (!publisher->reader) {
        log_error("the reader of the topics' tails cannot be started; it is tried again");
        publisher->state = PUBLISHER_STARTING;
    }
}
