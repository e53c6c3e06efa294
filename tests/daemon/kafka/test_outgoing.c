/* outgoing: what a row looks like on Kafka, in binary and in structured mode, and which refusals are final.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>

#include "daemon/kafka/outgoing.h"
#include "daemon/store/store_outbox.h"
#include "daemon/kafka/kafka_fixture.h"

static int set_up(void **state)
{
    struct kafka_fixture *fixture = malloc(sizeof(*fixture));
    kafka_make(fixture);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    kafka_done(*state);
    free(*state);
    return 0;
}

/* Produces one row and reads it back; the caller destroys the message. */
static rd_kafka_message_t *there_and_back(struct kafka_fixture *fixture, const struct store_outgoing *row,
                                          bool structured, rd_kafka_t **ret_consumer)
{
    const char *topic = fixture->config->topics[TOPIC_ARTICLES].name;
    char words[256];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(fixture->cluster), NULL, 0);
    rd_kafka_t *producer = rd_kafka_new(RD_KAFKA_PRODUCER, conf, words, sizeof(words));
    assert_non_null(producer);
    assert_int_equal(outgoing_produce(producer, fixture->store.arena, topic, row, structured, NULL), 0);
    assert_int_equal(rd_kafka_flush(producer, KAFKA_PATIENCE_MS), 0);
    rd_kafka_destroy(producer);
    *ret_consumer = kafka_consumer(topic, "100");
    rd_kafka_message_t *message = rd_kafka_consumer_poll(*ret_consumer, KAFKA_PATIENCE_MS);
    assert_non_null(message);
    assert_int_equal(message->err, 0);
    return message;
}

static struct store_outgoing make_row(struct kafka_fixture *fixture, struct str value)
{
    struct record record = {.topic = TOPIC_ARTICLES,
                            .header_count = 6,
                            .headers = {{"ce_specversion", STR("1.0")},
                                        {"ce_id", STR("0123")},
                                        {"ce_source", STR("https://feed.example/1")},
                                        {"ce_type", STR("org.newsd.article.published")},
                                        {"ce_subject", STR("https://news.example/\"a\"?b=\xc3\xa4")},
                                        {"content-type", STR("application/json")}}};
    struct store_outgoing row = {.rowid = 1, .topic = TOPIC_ARTICLES, .key = STR("key-1"), .value = value};
    assert_int_equal(record_headers_encode(fixture->store.arena, &record, &row.headers), 0);
    return row;
}

static void expect_header(const rd_kafka_message_t *message, const char *name, const char *value)
{
    rd_kafka_headers_t *headers;
    const void *bytes;
    size_t size;
    assert_int_equal(rd_kafka_message_headers(message, &headers), 0);
    assert_int_equal(rd_kafka_header_get_last(headers, name, &bytes, &size), 0);
    assert_int_equal(size, strlen(value));
    assert_memory_equal(bytes, value, size);
}

static void test_binary_mode_has_the_value_as_it_is_and_all_headers(void **state)
{
    struct kafka_fixture *fixture = *state;
    struct store_outgoing row = make_row(fixture, STR("{\"title\":\"a\"}"));
    rd_kafka_t *consumer;
    rd_kafka_message_t *message = there_and_back(fixture, &row, false, &consumer);
    assert_int_equal(message->key_len, 5);
    assert_memory_equal(message->key, "key-1", 5);
    assert_int_equal(message->len, row.value.len);
    assert_memory_equal(message->payload, row.value.ptr, row.value.len);
    expect_header(message, "ce_id", "0123");
    expect_header(message, "ce_subject", "https://news.example/\"a\"?b=\xc3\xa4");
    expect_header(message, "content-type", "application/json");
    rd_kafka_message_destroy(message);
    rd_kafka_destroy(consumer);
}

static void test_structured_mode_has_an_envelope_and_keeps_the_id(void **state)
{
    struct kafka_fixture *fixture = *state;
    struct store_outgoing row = make_row(fixture, STR("{\"title\":\"a\"}"));
    rd_kafka_t *consumer;
    rd_kafka_message_t *message = there_and_back(fixture, &row, true, &consumer);
    json_t *envelope = json_loadb(message->payload, message->len, 0, NULL);
    assert_non_null(envelope);
    assert_string_equal(json_string_value(json_object_get(envelope, "id")), "0123");
    assert_string_equal(json_string_value(json_object_get(envelope, "type")), "org.newsd.article.published");
    assert_string_equal(json_string_value(json_object_get(json_object_get(envelope, "data"), "title")), "a");
    json_decref(envelope);
    expect_header(message, "ce_id", "0123");
    expect_header(message, "content-type", RECORD_STRUCTURED_TYPE);
    rd_kafka_message_destroy(message);
    rd_kafka_destroy(consumer);
}

static void test_only_faults_of_the_record_itself_are_final(void **state)
{
    (void)state;
    assert_true(outgoing_refused_for_good(RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE));
    assert_true(outgoing_refused_for_good(RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE));
    assert_true(outgoing_refused_for_good(RD_KAFKA_RESP_ERR_INVALID_RECORD));
    assert_false(outgoing_refused_for_good(RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED));
    assert_false(outgoing_refused_for_good(RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS));
    assert_false(outgoing_refused_for_good(RD_KAFKA_RESP_ERR__PURGE_INFLIGHT));
    assert_false(outgoing_refused_for_good(RD_KAFKA_RESP_ERR__QUEUE_FULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_binary_mode_has_the_value_as_it_is_and_all_headers, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_structured_mode_has_an_envelope_and_keeps_the_id, set_up,
                                        tear_down),
        cmocka_unit_test(test_only_faults_of_the_record_itself_are_final),
    };
    return cmocka_run_group_tests(tests, kafka_group_set_up, kafka_group_tear_down);
}
