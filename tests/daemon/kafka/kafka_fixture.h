/* kafka_fixture: librdkafka's mock cluster inside the test, a store, and a publisher between them. For tests
 * only. */
#ifndef NEWSD_TESTS_DAEMON_KAFKA_FIXTURE_H
#define NEWSD_TESTS_DAEMON_KAFKA_FIXTURE_H

#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

#include "daemon/process/log.h"
#include "daemon/store/store_outbox.h"
#include "daemon/kafka/publisher_private.h"
#include "daemon/store/store_fixture.h"

enum { KAFKA_PATIENCE_MS = 20000 };

/* One cluster for all tests of a program; each test has topics of its own. An idle mock cluster looks only
 * once a second at what it is told, so a consumer with nothing to read keeps it awake. */
static struct {
    rd_kafka_t *holder, *pulse;
    rd_kafka_mock_cluster_t *cluster;
    int tests;
} kafka_mock;

struct kafka_fixture {
    struct fixture store; /* its loop and mailbox serve the publisher too */
    rd_kafka_mock_cluster_t *cluster;
    struct config *config;
    struct publisher *publisher;
    bool stopped;
};

static inline void kafka_set(struct kafka_fixture *fixture, const char *section, const char *key,
                             const char *value)
{
    assert_int_equal(config_set(fixture->config, section, key, value, NULL), 0);
}

static inline rd_kafka_t *kafka_consumer(const char *topic, const char *wait_ms)
{
    char words[256];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(kafka_mock.cluster), NULL,
                      0);
    rd_kafka_conf_set(conf, "group.id", "test", NULL, 0);
    rd_kafka_conf_set(conf, "log_level", "0", NULL, 0);
    rd_kafka_conf_set(conf, "enable.partition.eof", "true", NULL, 0);
    rd_kafka_conf_set(conf, "auto.offset.reset", "earliest", NULL, 0);
    rd_kafka_conf_set(conf, "fetch.wait.max.ms", wait_ms, NULL, 0);
    rd_kafka_conf_set(conf, "reconnect.backoff.ms", "20", NULL, 0);
    rd_kafka_conf_set(conf, "reconnect.backoff.max.ms", "20", NULL, 0);
    rd_kafka_t *consumer = rd_kafka_new(RD_KAFKA_CONSUMER, conf, words, sizeof(words));
    assert_non_null(consumer);
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_t *all = rd_kafka_topic_partition_list_new(1);
    rd_kafka_topic_partition_list_add(all, topic, 0)->offset = 0;
    rd_kafka_assign(consumer, all);
    rd_kafka_topic_partition_list_destroy(all);
    return consumer;
}

static inline int kafka_group_set_up(void **state)
{
    (void)state;
    char words[256];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "log_level", "0", NULL, 0);
    kafka_mock.holder = rd_kafka_new(RD_KAFKA_PRODUCER, conf, words, sizeof(words));
    kafka_mock.cluster = kafka_mock.holder ? rd_kafka_mock_cluster_new(kafka_mock.holder, 1) : NULL;
    log_setup(LOG_TARGET_LOGFMT, 2); /* what is said about faults is not what these tests are about */
    if (!kafka_mock.cluster)
        return -1;
    rd_kafka_mock_topic_create(kafka_mock.cluster, "pulse", 1, 1);
    kafka_mock.pulse = kafka_consumer("pulse", "20");
    return 0;
}

static inline int kafka_group_tear_down(void **state)
{
    (void)state;
    rd_kafka_destroy(kafka_mock.pulse);
    rd_kafka_mock_cluster_destroy(kafka_mock.cluster);
    rd_kafka_destroy(kafka_mock.holder);
    return 0;
}

static inline void kafka_make(struct kafka_fixture *fixture)
{
    *fixture = (struct kafka_fixture){.cluster = kafka_mock.cluster};
    fixture_make(&fixture->store);
    fixture_open(&fixture->store);
    fixture->config = config_default();
    kafka_set(fixture, "kafka", "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(fixture->cluster));
    kafka_set(fixture, "kafka", "linger.ms", "1");
    kafka_set(fixture, "kafka", "reconnect.backoff.ms", "50");
    kafka_set(fixture, "kafka", "reconnect.backoff.max.ms", "100");
    kafka_set(fixture, "kafka", "statistics.interval.ms", "200");
    kafka_set(fixture, "topics", "create", "no");
    kafka_mock.tests++;
    for (int i = 0; i < TOPIC_COUNT; i++) {
        char name[64];
        if (!fixture->config->topics[i].name)
            continue;
        (void)snprintf(name, sizeof(name), "test%d.%s", kafka_mock.tests,
                       record_topic_name((enum record_topic)i));
        kafka_set(fixture, "topics", record_topic_name((enum record_topic)i), name);
        rd_kafka_mock_topic_create(fixture->cluster, name, 1, 1);
    }
}

/* Starts store and publisher; rows that are to be there before are appended before. */
static inline void kafka_start(struct kafka_fixture *fixture)
{
    struct fixture *store = &fixture->store;
    store->base = event_base_new();
    store->mailbox = mailbox_create(store->base);
    int failure = publisher_create(&fixture->publisher, store->base, store->mailbox, store->store,
                                   fixture->config, store->unclean, &store->error);
    if (failure)
        fail_msg("no publisher: %s", store->error.text);
    assert_int_equal(store_start(store->store, store->mailbox, &store->error), 0);
    publisher_start(fixture->publisher);
}

/* Ends publisher and store as the daemon does, at once. */
static inline void kafka_end(struct kafka_fixture *fixture)
{
    struct fixture *store = &fixture->store;
    if (fixture->publisher)
        publisher_stop(fixture->publisher, 0, NULL, NULL);
    store_close(&store->store);
    if (store->mailbox)
        mailbox_drain(store->mailbox);
    publisher_destroy(&fixture->publisher);
    mailbox_destroy(&store->mailbox);
    if (store->base)
        event_base_free(store->base);
    store->base = NULL;
}

static inline void kafka_done(struct kafka_fixture *fixture)
{
    kafka_end(fixture);
    rd_kafka_mock_clear_request_errors(fixture->cluster, 0 /* Produce */);
    rd_kafka_mock_broker_set_rtt(fixture->cluster, 1, 0);
    rd_kafka_mock_broker_set_up(fixture->cluster, 1);
    config_free(&fixture->config);
    fixture_done(&fixture->store);
}

static inline void kafka_turn(struct kafka_fixture *fixture, int ms)
{
    struct timeval step = {.tv_usec = ms * 1000};
    event_base_loopexit(fixture->store.base, &step);
    event_base_dispatch(fixture->store.base);
}

/* Turns the loop until the condition holds; fails with its text when it never does. */
#define kafka_until(fixture, condition)                                                                      \
    do {                                                                                                     \
        int64_t until_end = clock_monotonic_ms() + KAFKA_PATIENCE_MS;                                        \
        while (!(condition)) {                                                                               \
            if (clock_monotonic_ms() > until_end)                                                            \
                fail_msg("waited in vain: %s", #condition);                                                  \
            kafka_turn(fixture, 10);                                                                         \
        }                                                                                                    \
    } while (0)

static inline struct publisher_status kafka_status(const struct kafka_fixture *fixture)
{
    struct publisher_status status;
    publisher_get_status(fixture->publisher, &status);
    return status;
}

static inline int64_t kafka_outbox(const struct kafka_fixture *fixture)
{
    return fixture_counts(&fixture->store).outbox;
}

/* Records "PREFIXn" for n in [first, end), appended through the running store and sent. */
struct kafka_append {
    struct store_append job;
    struct arena *arena;
    bool done;
};

static inline void kafka_on_append(struct store_job *base, int error)
{
    assert_int_equal(error, 0);
    ((struct kafka_append *)base)->done = true;
}

static inline void kafka_send(struct kafka_fixture *fixture, const char *prefix, int first, int end,
                              struct str value)
{
    struct kafka_append append = {.arena = arena_create(ARENA_CAP_DEFAULT)};
    size_t count = (size_t)(end - first);
    struct record *records = arena_new_array(append.arena, struct record, count);
    for (size_t i = 0; i < count; i++) {
        struct str id = arena_printf(append.arena, "%s%d", prefix, first + (int)i);
        records[i] = fixture_record(TOPIC_ARTICLES, id.ptr, value);
    }
    append.job = (struct store_append){.base = {.done = kafka_on_append, .arena = append.arena},
                                       .records = records,
                                       .record_count = count,
                                       .now_ms = clock_wall_ms()};
    store_submit_append(fixture->store.store, &append.job);
    kafka_until(fixture, append.done);
    arena_destroy(&append.arena);
    publisher_kick(fixture->publisher);
}

/* Reads a topic from its beginning to its end as newline-separated keys in order. */
static inline size_t kafka_read(struct kafka_fixture *fixture, enum record_topic which,
                                struct buffer *ret_keys)
{
    const char *topic = fixture->config->topics[which].name;
    size_t count = 0;
    rd_kafka_t *consumer = kafka_consumer(topic, "100");
    int64_t end = clock_monotonic_ms() + KAFKA_PATIENCE_MS;
    bool at_end = false;
    while (!at_end && clock_monotonic_ms() < end) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer, 100);
        if (!message)
            continue;
        at_end = message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
        if (!message->err) {
            buffer_printf(ret_keys, "%.*s\n", (int)message->key_len, (const char *)message->key);
            count++;
        }
        rd_kafka_message_destroy(message);
    }
    assert_true(at_end);
    rd_kafka_assign(consumer, NULL);
    rd_kafka_destroy(consumer);
    return count;
}

/* The articles topic must hold "PREFIX0" to "PREFIXcount-1", each once and in this order. */
static inline void kafka_expect(struct kafka_fixture *fixture, const char *prefix, int count)
{
    _cleanup_buffer_ struct buffer got = {0}, wanted = {0};
    kafka_read(fixture, TOPIC_ARTICLES, &got);
    for (int i = 0; i < count; i++)
        buffer_printf(&wanted, "%s%d\n", prefix, i);
    assert_string_equal(got.ptr ? got.ptr : "", wanted.ptr ? wanted.ptr : "");
}

#endif
