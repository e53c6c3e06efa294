/* publisher: from the outbox to a mock cluster: a row leaves only on its report, back-pressure, outages,
 * fatal errors, and no duplicates after an unclean stop. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <sqlite3.h>

#include "daemon/kafka/kafka_fixture.h"
#include "daemon/store/store_outbox.h"

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

static void test_rows_arrive_in_order_and_leave_the_outbox(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_start(fixture);
    kafka_send(fixture, "a", 0, 500, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    kafka_expect(fixture, "a", 500);
    struct publisher_status status = kafka_status(fixture);
    assert_int_equal(status.state, PUBLISHER_RUNNING);
    assert_int_equal(status.delivered, 500);
    assert_int_equal(status.in_flight, 0);
}

static void test_a_row_stays_until_its_report_has_come(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_start(fixture);
    kafka_send(fixture, "a", 0, 1, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    rd_kafka_mock_broker_set_rtt(fixture->cluster, 1, 700);
    kafka_send(fixture, "a", 1, 11, STR("{}"));
    kafka_until(fixture, kafka_status(fixture).in_flight == 10);
    int64_t until = clock_monotonic_ms() + 300;
    while (clock_monotonic_ms() < until) {
        kafka_turn(fixture, 10);
        assert_int_equal(kafka_outbox(fixture), 10);
    }
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    assert_int_equal(kafka_status(fixture).delivered, 11);
}

static void test_headers_and_tombstones_travel(void **state)
{
    struct kafka_fixture *fixture = *state;
    fixture_append(&fixture->store, TOPIC_FEEDS, "gone", "");
    kafka_start(fixture);
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    _cleanup_buffer_ struct buffer keys = {0};
    assert_int_equal(kafka_read(fixture, TOPIC_FEEDS, &keys), 1);
    assert_string_equal(keys.ptr, "gone\n");
}

static void test_a_topic_that_is_off_takes_its_rows_away(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_set(fixture, "topics", "feeds", "off");
    fixture_append(&fixture->store, TOPIC_FEEDS, "nobody", "{}");
    fixture_append(&fixture->store, TOPIC_ARTICLES, "a0", "{}");
    kafka_start(fixture);
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    kafka_expect(fixture, "a", 1);
}

static void test_a_full_queue_holds_back_and_goes_on(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_set(fixture, "kafka", "queue.buffering.max.messages", "50");
    kafka_start(fixture);
    rd_kafka_mock_broker_set_rtt(fixture->cluster, 1, 50);
    kafka_send(fixture, "a", 0, 600, STR("{\"value\":\"a record\"}"));
    while (kafka_outbox(fixture) > 0) {
        assert_true(kafka_status(fixture).in_flight <= 50);
        kafka_until(fixture, kafka_outbox(fixture) == 0 || kafka_status(fixture).in_flight < 50);
        kafka_turn(fixture, 5);
    }
    kafka_expect(fixture, "a", 600);
}

static void test_a_broker_that_goes_and_comes_back_costs_nothing(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_start(fixture);
    kafka_send(fixture, "a", 0, 10, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    rd_kafka_mock_broker_set_down(fixture->cluster, 1);
    kafka_until(fixture, kafka_status(fixture).state == PUBLISHER_AWAY);
    assert_true(kafka_status(fixture).away_since_ms > 0);
    assert_non_null(kafka_status(fixture).broker_error);
    kafka_send(fixture, "a", 10, 300, STR("{}"));
    kafka_turn(fixture, 200);
    assert_int_equal(kafka_outbox(fixture), 290);
    rd_kafka_mock_broker_set_up(fixture->cluster, 1);
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    kafka_until(fixture, kafka_status(fixture).state == PUBLISHER_RUNNING);
    assert_int_equal(kafka_status(fixture).away_since_ms, 0);
    assert_null(kafka_status(fixture).broker_error);
    kafka_expect(fixture, "a", 300);
}

static void test_no_broker_at_the_start_is_waited_for(void **state)
{
    struct kafka_fixture *fixture = *state;
    rd_kafka_mock_broker_set_down(fixture->cluster, 1);
    for (int i = 0; i < 20; i++) {
        char id[RECORD_ID_BYTES];
        (void)snprintf(id, sizeof(id), "a%d", i);
        fixture_append(&fixture->store, TOPIC_ARTICLES, id, "{}");
    }
    kafka_start(fixture);
    kafka_until(fixture, kafka_status(fixture).away_since_ms > 0);
    assert_int_equal(kafka_outbox(fixture), 20);
    rd_kafka_mock_broker_set_up(fixture->cluster, 1);
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    kafka_expect(fixture, "a", 20);
}

/* One request at a time: a request that timed out may have been written, so when the one behind it succeeds,
 * librdkafka holds the first for written too, as a broker would have refused the second for its sequence
 * number. The mock cluster does not check these numbers, and the first would be lost. */
static void test_errors_that_pass_are_invisible(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_set(fixture, "kafka", "max.in.flight.requests.per.connection", "1");
    kafka_start(fixture);
    kafka_send(fixture, "a", 0, 5, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    rd_kafka_mock_push_request_errors(fixture->cluster, 0 /* Produce */, 4,
                                      RD_KAFKA_RESP_ERR_NOT_LEADER_FOR_PARTITION,
                                      RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT, RD_KAFKA_RESP_ERR__TRANSPORT,
                                      RD_KAFKA_RESP_ERR_NOT_ENOUGH_REPLICAS);
    kafka_send(fixture, "a", 5, 60, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    assert_int_equal(kafka_status(fixture).rejected, 0);
    kafka_expect(fixture, "a", 60);
}

static void test_a_record_that_kafka_refuses_becomes_a_reject(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_set(fixture, "kafka", "message.max.bytes", "2000");
    kafka_start(fixture);
    char large[3000];
    memset(large, 'x', sizeof(large));
    kafka_send(fixture, "large", 0, 1, str_make(large, sizeof(large)));
    kafka_send(fixture, "a", 0, 3, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    kafka_expect(fixture, "a", 3);
    _cleanup_buffer_ struct buffer keys = {0};
    assert_int_equal(kafka_read(fixture, TOPIC_REJECTS, &keys), 1);
    assert_int_equal(kafka_status(fixture).rejected, 1);
}

static void test_of_a_batch_that_is_too_large_only_the_one_record_is_refused(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_start(fixture);
    kafka_send(fixture, "a", 0, 1, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    /* The batch, and then the first of its records that is sent by itself. */
    rd_kafka_mock_push_request_errors(fixture->cluster, 0 /* Produce */, 2,
                                      RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE,
                                      RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE);
    kafka_send(fixture, "a", 1, 2, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    _cleanup_buffer_ struct buffer keys = {0};
    assert_int_equal(kafka_read(fixture, TOPIC_REJECTS, &keys), 1);
    kafka_send(fixture, "b", 0, 40, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    _cleanup_buffer_ struct buffer all = {0};
    assert_int_equal(kafka_read(fixture, TOPIC_ARTICLES, &all), 41);
}

static void test_a_fatal_error_rebuilds_the_producer(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_start(fixture);
    kafka_send(fixture, "a", 0, 100, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    rd_kafka_mock_broker_set_rtt(fixture->cluster, 1, 200);
    kafka_send(fixture, "a", 100, 200, STR("{}"));
    kafka_until(fixture, kafka_status(fixture).in_flight == 100);
    kafka_turn(fixture, 50); /* on the wire */
    assert_int_equal(rd_kafka_test_fatal_error(fixture->publisher->producer,
                                               RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, "a test"),
                     RD_KAFKA_RESP_ERR_NO_ERROR);
    kafka_until(fixture, kafka_status(fixture).rebuilt == 1);
    rd_kafka_mock_broker_set_rtt(fixture->cluster, 1, 0);
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    kafka_send(fixture, "a", 200, 250, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    assert_int_equal(kafka_status(fixture).rebuilt, 1);
    kafka_expect(fixture, "a", 250);
}

static void meet_fatal_error(struct kafka_fixture *fixture)
{
    assert_int_equal(rd_kafka_test_fatal_error(fixture->publisher->producer,
                                               RD_KAFKA_RESP_ERR_OUT_OF_ORDER_SEQUENCE_NUMBER, "a test"),
                     RD_KAFKA_RESP_ERR_NO_ERROR);
}

/* The tails are read once at a time: what one reader has read is the store's until it is reconciled. */
static void test_a_fatal_error_while_reconciling_waits_for_its_end(void **state)
{
    struct kafka_fixture *fixture = *state;
    for (int i = 0; i < 20; i++) {
        char id[RECORD_ID_BYTES];
        (void)snprintf(id, sizeof(id), "a%d", i);
        fixture_append(&fixture->store, TOPIC_ARTICLES, id, "{}");
    }
    rd_kafka_mock_broker_set_down(fixture->cluster, 1);
    kafka_start(fixture);
    kafka_until(fixture, kafka_status(fixture).state == PUBLISHER_RECONCILING);
    meet_fatal_error(fixture);
    kafka_until(fixture, fixture->publisher->fatal);
    kafka_turn(fixture, 300);
    assert_int_equal(kafka_status(fixture).rebuilt, 0);
    rd_kafka_mock_broker_set_up(fixture->cluster, 1);
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    assert_int_equal(kafka_status(fixture).rebuilt, 1);
    kafka_expect(fixture, "a", 20);
}

/* What the old producer was asked about the topics is never answered: the new one is asked. */
static void test_a_fatal_error_while_topics_are_made_asks_again(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_set(fixture, "topics", "create", "yes");
    rd_kafka_mock_broker_set_down(fixture->cluster, 1);
    kafka_start(fixture);
    assert_true(fixture->publisher->topics_ms == INT64_MAX);
    meet_fatal_error(fixture);
    kafka_until(fixture, kafka_status(fixture).rebuilt == 1);
    rd_kafka_mock_broker_set_up(fixture->cluster, 1);
    kafka_until(fixture, fixture->publisher->topics_ms < INT64_MAX);
}

/* ---- Unclean stops ---- */

/* Stands for a process that died between Kafka's acknowledgement and its rows leaving: the same rows are in
 * the outbox again. */
static void put_back(struct kafka_fixture *fixture, int first, int end)
{
    for (int i = first; i < end; i++) {
        char id[RECORD_ID_BYTES];
        (void)snprintf(id, sizeof(id), "a%d", i);
        fixture_append(&fixture->store, TOPIC_ARTICLES, id, "{}");
    }
}

static void test_what_is_on_kafka_already_is_not_sent_again(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_start(fixture);
    kafka_send(fixture, "a", 0, 40, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    kafka_end(fixture);
    /* The last 20 acknowledgements were lost with the process: neither rows nor offsets know of them. */
    fixture_open(&fixture->store);
    struct store_reconcile none = {.count = 0};
    store_submit_reconcile(fixture->store.store, &none);
    assert_int_equal(fixture_run(&fixture->store, &none.base), 0);
    put_back(fixture, 20, 50);
    store_close(&fixture->store.store);
    char path[256];
    sqlite3 *db;
    assert_int_equal(sqlite3_open(temp_path(&fixture->store.folder, "newsd.db", path), &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "UPDATE offsets SET offset = 19; UPDATE run SET clean = 0", NULL, NULL, NULL),
        SQLITE_OK);
    sqlite3_close(db);
    fixture_open(&fixture->store);
    assert_true(fixture->store.unclean);
    kafka_start(fixture);
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    assert_int_equal(kafka_status(fixture).reconciled, 20);
    assert_int_equal(kafka_status(fixture).delivered, 10);
    kafka_expect(fixture, "a", 50);
}

static void test_reconciling_waits_for_the_broker(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_start(fixture);
    kafka_send(fixture, "a", 0, 10, STR("{}"));
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    kafka_end(fixture);
    fixture_open(&fixture->store);
    put_back(fixture, 10, 15);
    rd_kafka_mock_broker_set_down(fixture->cluster, 1);
    kafka_start(fixture);
    kafka_until(fixture, kafka_status(fixture).away_since_ms > 0);
    assert_int_equal(kafka_status(fixture).state, PUBLISHER_RECONCILING);
    assert_int_equal(kafka_outbox(fixture), 5);
    rd_kafka_mock_broker_set_up(fixture->cluster, 1);
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    kafka_until(fixture, kafka_status(fixture).state == PUBLISHER_RUNNING);
    kafka_expect(fixture, "a", 15);
}

/* ---- The end ---- */

static void on_stopped(void *context)
{
    *(bool *)context = true;
}

static void test_what_is_read_of_the_tails_after_the_stop_is_left(void **state)
{
    struct kafka_fixture *fixture = *state;
    put_back(fixture, 0, 5);
    kafka_start(fixture);
    assert_int_equal(kafka_status(fixture).state, PUBLISHER_RECONCILING);
    publisher_stop(fixture->publisher, 0, on_stopped, &fixture->stopped);
    kafka_until(fixture, fixture->stopped);
    kafka_turn(fixture, 1000);
    assert_int_equal(kafka_status(fixture).state, PUBLISHER_STOPPED);
}

static void test_stopping_waits_for_what_is_in_flight(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_start(fixture);
    rd_kafka_mock_broker_set_rtt(fixture->cluster, 1, 150);
    kafka_send(fixture, "a", 0, 50, STR("{}"));
    kafka_until(fixture, kafka_status(fixture).in_flight == 50);
    publisher_stop(fixture->publisher, 5000, on_stopped, &fixture->stopped);
    kafka_until(fixture, fixture->stopped);
    assert_int_equal(kafka_outbox(fixture), 0);
    assert_int_equal(kafka_status(fixture).state, PUBLISHER_STOPPED);
}

static void test_stopping_without_a_broker_is_bounded_and_keeps_the_rows(void **state)
{
    struct kafka_fixture *fixture = *state;
    kafka_start(fixture);
    rd_kafka_mock_broker_set_down(fixture->cluster, 1);
    kafka_send(fixture, "a", 0, 50, STR("{}"));
    kafka_until(fixture, kafka_status(fixture).in_flight == 50);
    int64_t before = clock_monotonic_ms();
    publisher_stop(fixture->publisher, 300, on_stopped, &fixture->stopped);
    kafka_until(fixture, fixture->stopped);
    assert_in_range(clock_monotonic_ms() - before, 250, 2000);
    assert_int_equal(kafka_outbox(fixture), 50);
    kafka_end(fixture);
    fixture_open(&fixture->store);
    assert_int_equal(kafka_outbox(fixture), 50);
    rd_kafka_mock_broker_set_up(fixture->cluster, 1);
    kafka_start(fixture);
    kafka_until(fixture, kafka_outbox(fixture) == 0);
    kafka_expect(fixture, "a", 50);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows_arrive_in_order_and_leave_the_outbox, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_row_stays_until_its_report_has_come, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_headers_and_tombstones_travel, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_topic_that_is_off_takes_its_rows_away, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_full_queue_holds_back_and_goes_on, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_broker_that_goes_and_comes_back_costs_nothing, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_no_broker_at_the_start_is_waited_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_errors_that_pass_are_invisible, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_record_that_kafka_refuses_becomes_a_reject, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_of_a_batch_that_is_too_large_only_the_one_record_is_refused,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_fatal_error_rebuilds_the_producer, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_fatal_error_while_reconciling_waits_for_its_end, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_fatal_error_while_topics_are_made_asks_again, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_on_kafka_already_is_not_sent_again, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_reconciling_waits_for_the_broker, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_read_of_the_tails_after_the_stop_is_left, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_stopping_waits_for_what_is_in_flight, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_stopping_without_a_broker_is_bounded_and_keeps_the_rows, set_up,
                                        tear_down),
    };
    return cmocka_run_group_tests(tests, kafka_group_set_up, kafka_group_tear_down);
}
