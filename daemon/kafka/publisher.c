/* publisher: the state machine between outbox and producer. Owns the producer, its events and what is in
 * flight. Loop thread.
 *
 *     STARTING     topics are being created
 *     RECONCILING  the tails of the topics are read (after an unclean stop, or a fatal producer error)
 *     RUNNING      rows go out in order; AWAY is RUNNING without a broker: the rows wait in librdkafka and in
 * the outbox */
#include "daemon/kafka/publisher.h"
#include "daemon/store/store_outbox.h"

#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/container_of.h"
#include "base/clock.h"
#include "daemon/kafka/conf.h"
#include "daemon/kafka/delivered.h"
#include "daemon/kafka/outgoing.h"
#include "daemon/kafka/refused.h"
#include "daemon/kafka/statistics.h"
#include "daemon/kafka/topics.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "daemon/kafka/publisher_private.h"

enum {
    ROWS_IN_FLIGHT = 5000,
    BYTES_IN_FLIGHT = 64 << 20,
    ROWS_READ = 1000,
    BYTES_READ = 8 << 20,
    TURN_MS = 100,    /* acknowledged rows leave the outbox at least this often */
    RESEND_MS = 5000, /* rows that failed for a reason that may pass */
    TOPICS_RETRY_MS = 5000,
};

struct sent_row {
    int64_t rowid, created_ms;
    size_t bytes;
    bool alone; /* nothing else was in flight */
};

/* Does whatever can be done next. */
static void advance(struct publisher *publisher);

/* ---- The producer ---- */

static int producer_create(struct publisher *publisher, struct error *error)
{
    assert(!publisher->producer && publisher->in_flight == 0);
    char words[512];
    rd_kafka_conf_t *conf = kafka_conf_producer(publisher->config);
    publisher->producer = conf ? rd_kafka_new(RD_KAFKA_PRODUCER, conf, words, sizeof(words)) : NULL;
    if (!publisher->producer) {
        if (conf)
            rd_kafka_conf_destroy(conf);
        return error_set(error, ERR_KAFKA, "the Kafka producer cannot be made: %s",
                         conf ? words : "a property is refused; newsd check names it");
    }
    publisher->queue = rd_kafka_queue_get_main(publisher->producer);
    rd_kafka_set_log_queue(publisher->producer, publisher->queue);
    static const uint64_t one = 1;
    rd_kafka_queue_io_event_enable(publisher->queue, publisher->wake_fd, &one, sizeof(one));
    return 0;
}

static void producer_destroy(struct publisher *publisher)
{
    if (!publisher->producer)
        return;
    /* What is in flight is given up at once: its rows stay in the outbox, and the next start reconciles. */
    rd_kafka_purge(publisher->producer,
                   RD_KAFKA_PURGE_F_QUEUE | RD_KAFKA_PURGE_F_INFLIGHT | RD_KAFKA_PURGE_F_NON_BLOCKING);
    rd_kafka_queue_io_event_enable(publisher->queue, -1, NULL, 0);
    rd_kafka_event_t *event;
    while ((event = rd_kafka_queue_poll(publisher->queue, publisher->in_flight > 0 ? 100 : 0))) {
        if (rd_kafka_event_type(event) == RD_KAFKA_EVENT_DR) {
            const rd_kafka_message_t *message;
            while ((message = rd_kafka_event_message_next(event))) {
                struct sent_row *row = message->_private;
                assert(publisher->in_flight > 0);
                publisher->in_flight--;
                free(row);
            }
        }
        rd_kafka_event_destroy(event);
    }
    rd_kafka_queue_destroy(publisher->queue);
    rd_kafka_destroy(publisher->producer);
    publisher->producer = NULL;
    publisher->queue = NULL;
    publisher->in_flight = publisher->in_flight_bytes = 0;
}

/* ---- Events ---- */

static void broker_back(struct publisher *publisher)
{
    if (publisher->state != PUBLISHER_AWAY)
        return;
    int64_t seconds = (clock_wall_ms() - publisher->away_since_ms) / 1000;
    assert(publisher->away_since_ms);
    publisher->state = PUBLISHER_RUNNING;
    publisher->away_since_ms = 0;
    publisher->broker_error[0] = '\0';
    log_write(LOG_KIND_BROKER_BACK, 5, NULL, NULL, "Kafka answers again after %" PRId64 " s", seconds);
}

static void broker_away(struct publisher *publisher, const char *words)
{
    if (words != publisher->broker_error)
        (void)snprintf(publisher->broker_error, sizeof(publisher->broker_error), "%s",
                       words); /* cut off is fine */
    if (publisher->away_since_ms)
        return;
    publisher->away_since_ms = clock_wall_ms();
    if (publisher->state == PUBLISHER_RUNNING)
        publisher->state = PUBLISHER_AWAY;
    log_write(LOG_KIND_BROKER_AWAY, 4, NULL, LOG_FIELDS({"ERROR", words}),
              "Kafka does not answer (%s); articles wait in the outbox, nothing is lost", words);
}

/* One broker's connection: the reason is kept for the line that says that none answers. */
static void broker_lost(struct publisher *publisher, const char *words)
{
    (void)snprintf(publisher->broker_error, sizeof(publisher->broker_error), "%s",
                   words); /* cut off is fine */
    log_write(LOG_KIND_OTHER, 7, NULL, NULL, "Kafka: %s", words);
}

static void row_refused(struct publisher *publisher, int64_t rowid, const char *topic, struct str key,
                        struct str value, rd_kafka_resp_err_t error)
{
    struct arena *arena = arena_create(64 * 1024);
    struct refused_source source = {0};
    char feed[512], url[1024];
    if (arena)
        refused_source(arena, value, &source);
    (void)snprintf(feed, sizeof(feed), "%.*s", STR_ARG(source.feed_url)); /* cut off is fine for a log */
    (void)snprintf(url, sizeof(url), "%.*s", STR_ARG(source.url));
    publisher->refused++;
    metrics_add(METRIC_RECORDS_REFUSED, 1);
    log_write(LOG_KIND_REJECT, 4, *feed ? feed : "refused",
              LOG_FIELDS({"TOPIC", topic}, {"ERROR", rd_kafka_err2name(error)}, {"FEED", *feed ? feed : NULL},
                         {"URL", *url ? url : NULL}),
              "Kafka refuses a record of %zu bytes on %s for good: %s; %s%s%s%sit goes to the rejects topic",
              value.len, topic, rd_kafka_err2str(error), *url ? url : "", *feed ? " of feed " : "", feed,
              *url || *feed ? "; " : "");
    arena_destroy(&arena);
    delivered_add_refused(&publisher->delivered, rowid, key, value, error);
}

static void row_failed(struct publisher *publisher, const char *topic, rd_kafka_resp_err_t error)
{
    publisher->resend = true;
    publisher->resend_ms = clock_monotonic_ms() + RESEND_MS;
    if (error != RD_KAFKA_RESP_ERR__PURGE_QUEUE && error != RD_KAFKA_RESP_ERR__PURGE_INFLIGHT)
        log_write(LOG_KIND_TOPIC_PROBLEM, 4, topic,
                  LOG_FIELDS({"TOPIC", topic}, {"ERROR", rd_kafka_err2name(error)}),
                  "records for %s cannot be delivered now: %s; they stay in the outbox and are sent again",
                  topic, rd_kafka_err2str(error));
}

static void on_report(struct publisher *publisher, const rd_kafka_message_t *message)
{
    struct sent_row *row = message->_private;
    const char *topic = rd_kafka_topic_name(message->rkt);
    assert(publisher->in_flight > 0 && publisher->in_flight_bytes >= (int64_t)row->bytes);
    assert(row->rowid <= publisher->read_until); /* it is not begun anew while anything is in flight */
    publisher->in_flight--;
    publisher->in_flight_bytes -= (int64_t)row->bytes;
    if (!message->err) {
        publisher->acknowledged++;
        metrics_add(METRIC_RECORDS_DELIVERED, 1);
        metrics_observe(METRIC_DELAY_DELIVERED, clock_wall_ms() - row->created_ms);
        delivered_add(&publisher->delivered, row->rowid, topic, message->partition, message->offset);
        broker_back(publisher);
    } else if (outgoing_refused_for_good(message->err) ||
               (row->alone && message->err == RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE)) {
        row_refused(publisher, row->rowid, topic, str_make(message->key, message->key_len),
                    str_make(message->payload, message->len), message->err);
    } else {
        /* Of a batch that is too large each record is tried by itself, and the one that is, is found. */
        if (message->err == RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE && row->rowid > publisher->alone_until)
            publisher->alone_until = row->rowid;
        row_failed(publisher, topic, message->err);
    }
    free(row);
}

static void on_error(struct publisher *publisher, rd_kafka_event_t *event)
{
    rd_kafka_resp_err_t error = rd_kafka_event_error(event);
    if (error == RD_KAFKA_RESP_ERR__FATAL || rd_kafka_event_error_is_fatal(event))
        publisher->fatal = true;
    else if (error == RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN)
        broker_away(publisher, publisher->broker_error[0] ? publisher->broker_error
                                                          : rd_kafka_event_error_string(event));
    else if (error == RD_KAFKA_RESP_ERR__TRANSPORT || error == RD_KAFKA_RESP_ERR__RESOLVE)
        broker_lost(publisher, rd_kafka_event_error_string(event));
    else
        log_write(LOG_KIND_OTHER, 4, rd_kafka_err2name(error), NULL, "Kafka: %s",
                  rd_kafka_event_error_string(event));
}

static void on_statistics(struct publisher *publisher, const char *text)
{
    struct kafka_statistics statistics;
    kafka_statistics_read(text, &statistics);
    if (statistics.compression_ratio > 0)
        publisher->compression_ratio = statistics.compression_ratio;
    publisher->broker_up = statistics.broker_up;
    if (statistics.broker_up)
        broker_back(publisher);
}

static void on_event(struct publisher *publisher, rd_kafka_event_t *event)
{
    const rd_kafka_message_t *message;
    const char *facility, *text;
    int level; /* syslog's */
    switch (rd_kafka_event_type(event)) {
    case RD_KAFKA_EVENT_DR:
        while ((message = rd_kafka_event_message_next(event)))
            on_report(publisher, message);
        publisher->queue_full = false;
        break;
    case RD_KAFKA_EVENT_ERROR:
        on_error(publisher, event);
        break;
    case RD_KAFKA_EVENT_LOG:
        if (rd_kafka_event_log(event, &facility, &text, &level) == 0)
            /* What is serious in it comes as an error event too. */
            log_write(LOG_KIND_OTHER, 7, facility, NULL, "librdkafka %s: %s", facility, text);
        break;
    case RD_KAFKA_EVENT_STATS:
        on_statistics(publisher, rd_kafka_event_stats(event));
        break;
    case RD_KAFKA_EVENT_CREATETOPICS_RESULT:
        publisher->topics_ready = topics_created(event, publisher->broker_up);
        publisher->topics_ms = clock_monotonic_ms() + TOPICS_RETRY_MS;
        break;
    default:
        break;
    }
}

static void on_wake(evutil_socket_t fd, short what, void *context)
{
    (void)what; /* the signature is libevent's */
    struct publisher *publisher = context;
    assert(publisher->magic == PUBLISHER_MAGIC);
    uint64_t count;
    rd_kafka_event_t *event;
    /* A failed read only means that another wake-up was taken already. */
    if (read(fd, &count, sizeof(count)) < 0)
        count = 0;
    /* librdkafka wakes once when its queue stops being empty: it is drained whole. */
    while (publisher->queue && (event = rd_kafka_queue_poll(publisher->queue, 0))) {
        on_event(publisher, event);
        rd_kafka_event_destroy(event);
    }
    publisher->progress_ms = clock_monotonic_ms();
    advance(publisher);
}

/* ---- Sending ---- */

enum produce_answer { PRODUCE_TAKEN, PRODUCE_FULL, PRODUCE_DONE };

static enum produce_answer produce_failed(struct publisher *publisher, const struct store_outgoing *row,
                                          const char *topic, rd_kafka_resp_err_t error)
{
    if (error == RD_KAFKA_RESP_ERR__QUEUE_FULL)
        return PRODUCE_FULL;
    if (error == RD_KAFKA_RESP_ERR__FATAL) {
        publisher->fatal = true;
        return PRODUCE_FULL;
    }
    if (outgoing_refused_for_good(error))
        row_refused(publisher, row->rowid, topic, row->key, row->value, error);
    else
        row_failed(publisher, topic, error);
    return PRODUCE_DONE;
}

static enum produce_answer produce(struct publisher *publisher, struct arena *arena,
                                   const struct store_outgoing *row)
{
    assert(publisher->producer && row->rowid > publisher->read_until);
    assert(publisher->state == PUBLISHER_RUNNING || publisher->state == PUBLISHER_AWAY);
    const char *topic = row->topic < TOPIC_COUNT ? publisher->config->topics[row->topic].name : NULL;
    if (!topic) { /* switched off: it counts as delivered */
        delivered_add(&publisher->delivered, row->rowid, NULL, 0, 0);
        return PRODUCE_DONE;
    }
    struct sent_row *sent = malloc(sizeof(*sent));
    if (!sent)
        return PRODUCE_FULL;
    *sent = (struct sent_row){row->rowid, row->created_ms, row->value.len,
                              row->rowid <= publisher->alone_until && publisher->in_flight == 0};
    rd_kafka_resp_err_t error =
        outgoing_produce(publisher->producer, arena, topic, row, publisher->config->headers_structured, sent);
    if (error) {
        free(sent);
        return produce_failed(publisher, row, topic, error);
    }
    publisher->sent++;
    publisher->in_flight++;
    publisher->in_flight_bytes += (int64_t)row->value.len;
    return PRODUCE_TAKEN;
}

struct reading {
    struct store_read_outbox store;
    struct publisher *publisher;
};

static bool may_send(const struct publisher *publisher)
{
    return (publisher->state == PUBLISHER_RUNNING || publisher->state == PUBLISHER_AWAY) &&
           !publisher->fatal && !publisher->stopping && !publisher->resend &&
           (publisher->in_flight == 0 || publisher->read_until >= publisher->alone_until) &&
           publisher->in_flight < ROWS_IN_FLIGHT && publisher->in_flight_bytes < BYTES_IN_FLIGHT;
}

static void on_read(struct store_job *base, int error)
{
    struct reading *reading = container_of(base, struct reading, store.base);
    struct publisher *publisher = reading->publisher;
    assert(publisher->magic == PUBLISHER_MAGIC && publisher->reading);
    publisher->reading = false;
    if (error && error != ERR_SHUTDOWN)
        log_error("the outbox could not be read: %s", error_text(error));
    bool may = !publisher->fatal && !publisher->stopping && !publisher->resend;
    for (size_t i = 0; i < reading->store.row_count && !error && may; i++) {
        const struct store_outgoing *row = &reading->store.rows[i];
        if (row->rowid <= publisher->read_until)
            continue;
        if (produce(publisher, base->arena, row) == PRODUCE_FULL) {
            publisher->queue_full = true;
            publisher->again = true;
            break;
        }
        publisher->read_until = row->rowid;
        if (row->rowid <= publisher->alone_until && publisher->in_flight > 0) {
            publisher->again = true;
            break;
        }
    }
    if (reading->store.row_count == ROWS_READ)
        publisher->again = true;
    arena_destroy(&reading->store.base.arena);
    free(reading);
    advance(publisher);
}

static void read_more(struct publisher *publisher)
{
    assert(!publisher->reading && may_send(publisher));
    struct reading *reading = calloc(1, sizeof(*reading));
    struct arena *arena = arena_create((size_t)BYTES_IN_FLIGHT * 4);
    if (!reading || !arena) {
        free(reading);
        arena_destroy(&arena);
        return; /* tried again at the next turn */
    }
    reading->publisher = publisher;
    reading->store = (struct store_read_outbox){
        .base = {.done = on_read, .arena = arena},
        .after = publisher->read_until,
        .rows_max = ROWS_READ,
        .bytes_max = BYTES_READ,
    };
    publisher->reading = true;
    publisher->again = false;
    store_submit_read_outbox(publisher->store, &reading->store);
}

/* ---- Rebuilding ---- */

/* A fatal error ends the producer's life, never the daemon's: what was acknowledged leaves the outbox first,
 * then a new producer takes over after reading what the old one left on Kafka. */
static void rebuild(struct publisher *publisher)
{
    struct error error = {0};
    assert(publisher->fatal && !publisher->stopping);
    /* A reader of the tails is let come to its end: what it has read is the store's until then. */
    if (publisher->reading || publisher->reader || delivered_busy(&publisher->delivered))
        return;
    log_write(LOG_KIND_PRODUCER_REBUILT, 4, NULL, NULL,
              "the Kafka producer met a fatal error and is replaced; nothing is lost");
    producer_destroy(publisher);
    if (producer_create(publisher, &error)) {
        log_error("%s", error.text);
        return; /* tried again at the next turn */
    }
    event_active(publisher->wake, EV_READ, 0);
    publisher->rebuilt++;
    metrics_add(METRIC_PRODUCER_REBUILDS, 1);
    publisher->fatal = publisher->resend = publisher->queue_full = false;
    publisher->reconcile = true;
    publisher->topics_ms = 0; /* an answer under way went with the old producer */
    publisher->state = PUBLISHER_STARTING;
}

/* ---- The turn ---- */

static void try_stop(struct publisher *publisher, int64_t now)
{
    assert(publisher->stopping);
    bool idle = publisher->in_flight == 0 && !delivered_busy(&publisher->delivered) && !publisher->reading;
    if (!publisher->stopped || (!idle && now < publisher->stop_ms))
        return;
    void (*stopped)(void *context) = publisher->stopped;
    publisher->stopped = NULL;
    publisher->state = PUBLISHER_STOPPED;
    stopped(publisher->stopped_context);
}

static void advance(struct publisher *publisher)
{
    int64_t now = clock_monotonic_ms();
    if (publisher->stopping) {
        delivered_send(&publisher->delivered, true);
        try_stop(publisher, now);
        return;
    }
    if (publisher->fatal) {
        delivered_send(&publisher->delivered, true);
        rebuild(publisher);
    }
    delivered_send(&publisher->delivered, false);
    if (!publisher->producer)
        return;
    if (!publisher->topics_ready && now >= publisher->topics_ms) {
        publisher->topics_ms = INT64_MAX; /* until the answer */
        topics_create(publisher->producer, publisher->queue, publisher->config);
    }
    if (publisher->state == PUBLISHER_STARTING && publisher->topics_ready && !publisher->fatal) {
        if (publisher->reconcile)
            publisher_reconcile(publisher, advance);
        else
            publisher->state = publisher->away_since_ms ? PUBLISHER_AWAY : PUBLISHER_RUNNING;
    }
    if (publisher->resend && now >= publisher->resend_ms && publisher->in_flight == 0 &&
        !publisher->reading && !delivered_busy(&publisher->delivered)) {
        assert(publisher->in_flight_bytes == 0);
        publisher->resend = false;
        publisher->read_until = 0;
        publisher->again = true;
    }
    if (publisher->again && !publisher->reading && !publisher->queue_full && may_send(publisher))
        read_more(publisher);
}

static void on_turn(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    struct publisher *publisher = context;
    assert(publisher->magic == PUBLISHER_MAGIC);
    publisher->progress_ms = clock_monotonic_ms();
    delivered_send(&publisher->delivered, true);
    if (publisher->queue_full && publisher->in_flight == 0)
        publisher->queue_full = false;
    advance(publisher);
}

static void on_left(void *context, bool rejects)
{
    struct publisher *publisher = context;
    assert(publisher->magic == PUBLISHER_MAGIC);
    publisher->again = publisher->again || rejects;
    advance(publisher);
}

/* ---- Life ---- */

static void note_offset(void *context, const char *topic, int32_t partition, int64_t offset)
{
    struct publisher *publisher = context;
    assert(publisher->magic == PUBLISHER_MAGIC);
    for (int i = 0; i < TOPIC_COUNT; i++)
        if (publisher->config->topics[i].name && !strcmp(publisher->config->topics[i].name, topic))
            delivered_note_offset(&publisher->delivered, publisher->config->topics[i].name, partition,
                                  offset);
}

int publisher_create(struct publisher **ret_publisher, struct event_base *base, struct mailbox *mailbox,
                     struct store *store, const struct config *config, bool reconcile, struct error *error)
{
    struct publisher *publisher = calloc(1, sizeof(*publisher));
    struct store_counts counts;
    if (!publisher)
        return error_set(error, -ENOMEM, "no memory for the publisher");
    publisher->magic = PUBLISHER_MAGIC;
    publisher->base = base;
    publisher->mailbox = mailbox;
    publisher->store = store;
    publisher->config = config;
    publisher->topics_ready = !config->topics_create;
    store_get_counts(store, &counts);
    /* A clean stop may have left records in flight when its time was up: their rows are still in the outbox.
     */
    publisher->reconcile = reconcile || counts.outbox > 0;
    delivered_init(&publisher->delivered, store, config, on_left, publisher);
    publisher->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    publisher->wake = publisher->wake_fd >= 0
                          ? event_new(base, publisher->wake_fd, EV_READ | EV_PERSIST, on_wake, publisher)
                          : NULL;
    publisher->turn = event_new(base, -1, EV_PERSIST, on_turn, publisher);
    int failure =
        publisher->wake && publisher->turn ? 0 : error_set(error, -ENOMEM, "no memory for the publisher");
    if (!failure)
        failure = store_load_offsets(store, note_offset, publisher, error);
    if (!failure)
        failure = producer_create(publisher, error);
    if (failure) {
        publisher_destroy(&publisher);
        return failure;
    }
    *ret_publisher = publisher;
    return 0;
}

void publisher_start(struct publisher *publisher)
{
    assert(publisher->state == PUBLISHER_STARTING && !publisher->stopping);
    struct timeval turn = {.tv_usec = TURN_MS * 1000};
    event_add(publisher->wake, NULL);
    /* The queue wakes only when it stops being empty, and it may not be empty any more. */
    event_active(publisher->wake, EV_READ, 0);
    event_add(publisher->turn, &turn);
    publisher->again = true;
    publisher->progress_ms = clock_monotonic_ms();
    advance(publisher);
}

void publisher_kick(struct publisher *publisher)
{
    publisher->again = true;
    advance(publisher);
}

void publisher_stop(struct publisher *publisher, int32_t flush_ms, void (*done)(void *context), void *context)
{
    publisher->stopping = true;
    publisher->stopped = done;
    publisher->stopped_context = context;
    publisher->stop_ms = clock_monotonic_ms() + flush_ms;
    advance(publisher);
}

void publisher_destroy(struct publisher **ret_publisher)
{
    struct publisher *publisher = *ret_publisher;
    if (!publisher)
        return;
    assert(publisher->magic == PUBLISHER_MAGIC);
    publisher->stopping = true;
    publisher->stopped = NULL;
    tail_reader_destroy(&publisher->reader);
    producer_destroy(publisher);
    delivered_done(&publisher->delivered);
    if (publisher->wake)
        event_free(publisher->wake);
    if (publisher->turn)
        event_free(publisher->turn);
    if (publisher->wake_fd >= 0)
        close(publisher->wake_fd);
    publisher->magic = 0;
    free(publisher);
    *ret_publisher = NULL;
}

void publisher_get_status(const struct publisher *publisher, struct publisher_status *ret_status)
{
    *ret_status = (struct publisher_status){
        .state = publisher->state,
        .broker_error = publisher->broker_error[0] ? publisher->broker_error : NULL,
        .away_since_ms = publisher->away_since_ms,
        .in_flight = publisher->in_flight,
        .sent = publisher->sent,
        .delivered = publisher->acknowledged,
        .rejected = publisher->refused,
        .rebuilt = publisher->rebuilt,
        .reconciled = publisher->reconciled,
        .progress_ms = publisher->progress_ms,
        .compression_ratio = publisher->compression_ratio,
    };
}
