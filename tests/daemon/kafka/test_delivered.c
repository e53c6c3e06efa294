/* delivered: acknowledged rows leave in batches, the highest offsets with them, and refused rows leave a
 * reject in their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>

#include "daemon/kafka/delivered.h"
#include "daemon/store/store_outbox.h"
#include "daemon/store/store_fixture.h"

struct delivery {
    struct fixture store;
    struct config *config;
    struct delivered delivered;
    size_t left, left_with_rejects;
};

static void on_left(void *context, bool rejects)
{
    struct delivery *delivery = context;
    delivery->left++;
    delivery->left_with_rejects += rejects;
}

static int set_up(void **state)
{
    struct delivery *delivery = calloc(1, sizeof(*delivery));
    fixture_make(&delivery->store);
    fixture_open(&delivery->store);
    delivery->config = config_default();
    *state = delivery;
    return 0;
}

static int tear_down(void **state)
{
    struct delivery *delivery = *state;
    store_close(&delivery->store.store);
    if (delivery->store.mailbox)
        mailbox_drain(delivery->store.mailbox);
    delivered_done(&delivery->delivered);
    config_free(&delivery->config);
    fixture_done(&delivery->store);
    free(delivery);
    return 0;
}

/* A store with `rows` rows in its outbox, running. */
static void begin(struct delivery *delivery, int rows, const char *value)
{
    for (int i = 0; i < rows; i++) {
        char id[RECORD_ID_BYTES];
        (void)snprintf(id, sizeof(id), "row-%d", i);
        fixture_append(&delivery->store, TOPIC_ARTICLES, id, value);
    }
    fixture_start(&delivery->store);
    delivered_init(&delivery->delivered, delivery->store.store, delivery->config, on_left, delivery);
}

static void wait_idle(struct delivery *delivery)
{
    int64_t end = clock_monotonic_ms() + 15000;
    while (delivered_busy(&delivery->delivered) && clock_monotonic_ms() < end)
        event_base_loop(delivery->store.base, EVLOOP_ONCE);
    assert_false(delivered_busy(&delivery->delivered));
}

static void test_a_batch_goes_when_it_is_full_or_asked_for(void **state)
{
    struct delivery *delivery = *state;
    begin(delivery, 600, "{}");
    for (int i = 1; i <= 499; i++)
        delivered_add(&delivery->delivered, i, "news.articles", 0, i);
    delivered_send(&delivery->delivered, false);
    assert_int_equal(delivery->delivered.jobs, 0);
    for (int i = 500; i <= 600; i++)
        delivered_add(&delivery->delivered, i, "news.articles", 0, i);
    assert_int_equal(delivery->delivered.jobs, 1);
    assert_true(delivered_busy(&delivery->delivered));
    delivered_send(&delivery->delivered, true);
    delivered_send(&delivery->delivered, true); /* nothing is left to send */
    assert_int_equal(delivery->delivered.jobs, 2);
    wait_idle(delivery);
    assert_int_equal(delivery->left, 2);
    assert_int_equal(delivery->left_with_rejects, 0);
    assert_int_equal(fixture_counts(&delivery->store).outbox, 0);
}

static void keep(void *context, const char *topic, int32_t partition, int64_t offset)
{
    buffer_printf(context, "%s/%d=%lld ", topic, partition, (long long)offset);
}

static void test_the_highest_offset_of_each_partition_is_kept(void **state)
{
    struct delivery *delivery = *state;
    _cleanup_buffer_ struct buffer kept = {0};
    begin(delivery, 6, "{}");
    delivered_add(&delivery->delivered, 1, "news.articles", 0, 7);
    delivered_add(&delivery->delivered, 2, "news.articles", 0, 5); /* reports of two partitions may mix */
    delivered_add(&delivery->delivered, 3, "news.articles", 1, 1);
    delivered_add(&delivery->delivered, 4, "of.somebody.else", 0, 99);
    delivered_add(&delivery->delivered, 5, NULL, 0, 0);
    delivered_add(&delivery->delivered, 6, "news.feeds", 0, -1001); /* no offset was told */
    delivered_send(&delivery->delivered, true);
    wait_idle(delivery);
    assert_int_equal(fixture_counts(&delivery->store).outbox, 0);
    store_close(&delivery->store.store);
    fixture_open(&delivery->store);
    assert_int_equal(store_load_offsets(delivery->store.store, keep, &kept, &delivery->store.error), 0);
    assert_string_equal(kept.ptr, "news.articles/0=7 news.articles/1=1 ");
}

/* The one reject that refusing the only row has left in the outbox. */
static json_t *refuse(struct delivery *delivery, const char *value, rd_kafka_resp_err_t error)
{
    begin(delivery, 1, value);
    delivered_add_refused(&delivery->delivered, 1, STR("0123456789abcdef0123456789abcdef"), str_from(value),
                          error);
    delivered_send(&delivery->delivered, true);
    wait_idle(delivery);
    assert_int_equal(delivery->left_with_rejects, 1);
    store_close(&delivery->store.store);
    fixture_open(&delivery->store);
    struct store_read_outbox outbox = {.rows_max = 10, .bytes_max = 1 << 20};
    store_submit_read_outbox(delivery->store.store, &outbox);
    assert_int_equal(fixture_run(&delivery->store, &outbox.base), 0);
    assert_int_equal(outbox.row_count, 1);
    assert_int_equal(outbox.rows[0].topic, TOPIC_REJECTS);
    json_t *reject = json_loadb(outbox.rows[0].value.ptr, outbox.rows[0].value.len, 0, NULL);
    assert_non_null(reject);
    assert_string_equal(json_string_value(json_object_get(reject, "stage")), "publish");
    assert_string_equal(json_string_value(json_object_get(reject, "article")),
                        "0123456789abcdef0123456789abcdef");
    return reject;
}

static void test_a_refused_row_becomes_a_reject_with_its_value(void **state)
{
    json_t *reject = refuse(*state, "{\"title\":\"refused\"}", RD_KAFKA_RESP_ERR_INVALID_RECORD);
    assert_string_equal(json_string_value(json_object_get(reject, "reason")), "INVALID_RECORD");
    assert_string_equal(json_string_value(json_object_get(json_object_get(reject, "payload"), "title")),
                        "refused");
    json_decref(reject);
}

static void test_what_was_too_large_is_not_in_its_reject(void **state)
{
    json_t *reject = refuse(*state, "{\"title\":\"refused\"}", RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
    assert_string_equal(json_string_value(json_object_get(reject, "reason")), "MSG_SIZE_TOO_LARGE");
    assert_null(json_object_get(reject, "payload"));
    json_decref(reject);
}

static void test_an_article_that_was_too_large_can_be_retried(void **state)
{
    static const char article[] =
        "{\"version\":\"2\",\"pubStatus\":\"usable\",\"headlines\":[{\"value\":\"Quay opens\"}],"
        "\"bodies\":[{\"value\":\"Far too much of it\"}],\"contentCreated\":\"2026-01-01T10:00:00Z\","
        "\"altIds\":[{\"role\":\"url\",\"value\":\"https://news.example/1\"}],\"newsd\":{\"revision\":2,"
        "\"feed\":{\"id\":\"f\",\"url\":\"https://news.example/rss\",\"entry_id\":\"e-1\"}}}";
    json_t *reject = refuse(*state, article, RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE);
    json_t *payload = json_object_get(reject, "payload"), *entry = json_object_get(payload, "entry");
    assert_string_equal(json_string_value(json_object_get(entry, "link")), "https://news.example/1");
    assert_string_equal(json_string_value(json_object_get(json_object_get(entry, "title"), "value")),
                        "Quay opens");
    assert_string_equal(json_string_value(json_object_get(payload, "entry_id")), "e-1");
    assert_null(json_object_get(entry, "content"));
    assert_int_equal(json_integer_value(json_object_get(reject, "revision")), 2);
    assert_string_equal(json_string_value(json_object_get(reject, "kind")), "revised");
    json_decref(reject);
}

static void test_what_is_no_json_is_refused_without_it(void **state)
{
    json_t *reject = refuse(*state, "<no json>", RD_KAFKA_RESP_ERR_INVALID_RECORD);
    assert_null(json_object_get(reject, "payload"));
    json_decref(reject);
}

static void test_many_refusals_fit_into_several_batches(void **state)
{
    struct delivery *delivery = *state;
    begin(delivery, 40, "{}");
    for (int i = 1; i <= 40; i++)
        delivered_add_refused(&delivery->delivered, i, STR("feed"), STR("{}"),
                              RD_KAFKA_RESP_ERR_INVALID_RECORD);
    delivered_send(&delivery->delivered, true);
    wait_idle(delivery);
    assert_int_equal(delivery->left_with_rejects, 3);
    assert_int_equal(fixture_counts(&delivery->store).outbox, 40); /* of rejects now */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_batch_goes_when_it_is_full_or_asked_for, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_highest_offset_of_each_partition_is_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_refused_row_becomes_a_reject_with_its_value, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_what_was_too_large_is_not_in_its_reject, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_article_that_was_too_large_can_be_retried, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_no_json_is_refused_without_it, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_many_refusals_fit_into_several_batches, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
