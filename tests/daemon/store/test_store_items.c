/* store: an item from the intake to the outbox and out, on the calling thread. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/store/store_jobs.h"
#include "daemon/store/store_intake.h"
#include "daemon/store/store_outbox.h"

static void test_an_attempt_is_durable_before_the_item_is_handed_over(void **state)
{
    struct fixture *fixture = *state;
    take_one_in(fixture, 1);
    int64_t rowid = list(fixture).rows[0].rowid;
    assert_int_equal(take(fixture, rowid).attempts, 1);
    store_close(&fixture->store);
    fixture_open(fixture);
    struct store_take again = take(fixture, rowid);
    assert_int_equal(again.attempts, 2);
    assert_true(again.found);
    assert_true(str_equal(again.payload, STR("{\"entry\":{}}")));
    assert_int_equal(list(fixture).rows[0].attempts, 2);
    assert_false(take(fixture, rowid + 1000).found);
}

static void test_a_finished_item_moves_from_intake_to_outbox_once(void **state)
{
    struct fixture *fixture = *state;
    take_one_in(fixture, 1);
    struct store_take taken = take(fixture, list(fixture).rows[0].rowid);
    struct record record = fixture_record(TOPIC_ARTICLES, "first", STR("{\"a\":1}"));
    assert_int_equal(finish(fixture, taken.rowid, &record, taken.article_id), 0);
    assert_int_equal(finish(fixture, taken.rowid, &record, taken.article_id), 0);
    struct store_counts counts = fixture_counts(fixture);
    assert_int_equal(counts.intake, 0);
    assert_int_equal(counts.outbox, 1);
    struct store_read_outbox outbox = read_outbox(fixture, 10, 1 << 20);
    assert_int_equal(outbox.row_count, 1);
    assert_string_equal(outbox.rows[0].id, "first");
    assert_true(str_equal(outbox.rows[0].value, STR("{\"a\":1}")));
    struct record_header headers[RECORD_HEADERS_MAX];
    size_t count;
    assert_int_equal(record_headers_decode(fixture->arena, outbox.rows[0].headers, headers, &count), 0);
    assert_int_equal(count, 2);
    assert_string_equal(headers[0].name, "ce_id");
}

static void keep_story(void *context, const char *article, const char *story, uint64_t fingerprint)
{
    assert_int_equal(strlen(article), ARTICLE_ID_BYTES - 1);
    assert_true(fingerprint == 99);
    (void)snprintf(context, ARTICLE_ID_BYTES, "%s", story);
}

static void test_of_which_story_an_article_is_stays_known(void **state)
{
    struct fixture *fixture = *state;
    char story[ARTICLE_ID_BYTES] = "";
    take_one_in(fixture, 1);
    struct store_take taken = take(fixture, list(fixture).rows[0].rowid);
    struct record record = fixture_record(TOPIC_ARTICLES, "first", STR("{}"));
    assert_int_equal(finish(fixture, taken.rowid, &record, taken.article_id), 0);
    store_close(&fixture->store);
    fixture_open(fixture);
    assert_int_equal(store_load_fingerprints(fixture->store, 10, keep_story, story, &fixture->error), 0);
    assert_string_equal(story, "00000000000000000000000000000abc");
}

static void test_a_revision_brings_the_text_before_it(void **state)
{
    struct fixture *fixture = *state;
    take_one_in(fixture, 1);
    struct store_take first = take(fixture, list(fixture).rows[0].rowid);
    assert_null(first.previous_text.ptr);
    struct record record = fixture_record(TOPIC_ARTICLES, "first", STR("{}"));
    assert_int_equal(finish(fixture, first.rowid, &record, first.article_id), 0);
    take_one_in(fixture, 2);
    struct store_take second = take(fixture, list(fixture).rows[0].rowid);
    assert_int_equal(second.kind, ARTICLE_REVISED);
    assert_true(str_equal(second.previous_text, STR("The text of the article.")));
    assert_true(str_equal(second.previous_title, STR("A title")));
    assert_true(str_equal(second.derived, STR("statements/1 events/2")));
    assert_int_equal(second.first_created_ms, now_ms);
}

static void test_large_values_are_packed_and_come_back_whole(void **state)
{
    struct fixture *fixture = *state;
    enum { LARGE = 300 * 1024 };
    char *value = malloc(LARGE + 1);
    for (size_t i = 0; i < LARGE; i++)
        value[i] = (char)('a' + i % 17);
    value[LARGE] = '\0';
    fixture_append(fixture, TOPIC_ARTICLES, "large", value);
    assert_true(fixture_counts(fixture).outbox_bytes < LARGE / 10);
    struct store_read_outbox outbox = read_outbox(fixture, 10, 1 << 20);
    assert_true(str_equal(outbox.rows[0].value, str_from(value)));
    free(value);
}

static void test_the_outbox_is_read_in_order_up_to_both_limits(void **state)
{
    struct fixture *fixture = *state;
    for (int i = 0; i < 5; i++) {
        char id[RECORD_ID_BYTES];
        (void)snprintf(id, sizeof(id), "id-%d", i);
        fixture_append(fixture, TOPIC_ARTICLES, id, "0123456789");
    }
    assert_int_equal(read_outbox(fixture, 3, 1 << 20).row_count, 3);
    assert_int_equal(read_outbox(fixture, 10, 15).row_count, 2);
    assert_int_equal(read_outbox(fixture, 10, 0).row_count, 1); /* at least one */
    struct store_read_outbox outbox = read_outbox(fixture, 10, 1 << 20);
    assert_int_equal(outbox.row_count, 5);
    for (size_t i = 1; i < 5; i++)
        assert_true(outbox.rows[i].rowid > outbox.rows[i - 1].rowid);
}

static void keep_offset(void *context, const char *topic, int32_t partition, int64_t offset)
{
    assert_string_equal(topic, "news.articles");
    assert_int_equal(partition, 3);
    *(int64_t *)context = offset;
}

static void test_delivered_rows_leave_and_the_highest_offset_stays(void **state)
{
    struct fixture *fixture = *state;
    fixture_append(fixture, TOPIC_ARTICLES, "a", "{}");
    fixture_append(fixture, TOPIC_ARTICLES, "b", "{}");
    fixture_append(fixture, TOPIC_ARTICLES, "c", "{}");
    struct record reject = fixture_record(TOPIC_REJECTS, "r", STR("{}"));
    int64_t rowids[] = {1, 2, 2, 77}; /* twice, and one that is not there */
    struct store_offset offset = {"news.articles", 3, 41};
    struct store_delivered job = {.rowids = rowids,
                                  .count = 4,
                                  .offsets = &offset,
                                  .offset_count = 1,
                                  .rejects = &reject,
                                  .reject_count = 1,
                                  .now_ms = now_ms};
    store_submit_delivered(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    offset.offset = 12; /* a late report never takes an offset back */
    job.count = job.reject_count = 0;
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    struct store_read_outbox outbox = read_outbox(fixture, 10, 1 << 20);
    assert_int_equal(outbox.row_count, 2);
    assert_string_equal(outbox.rows[0].id, "c");
    assert_string_equal(outbox.rows[1].id, "r");
    int64_t kept = -1, bytes = fixture_counts(fixture).outbox_bytes;
    assert_int_equal(store_load_offsets(fixture->store, keep_offset, &kept, &fixture->error), 0);
    assert_int_equal(kept, 41);
    store_close(&fixture->store);
    fixture_open(fixture);
    assert_int_equal(fixture_counts(fixture).outbox, 2);
    assert_int_equal(fixture_counts(fixture).outbox_bytes, bytes);
}

static void test_reconciling_removes_what_is_on_kafka_already(void **state)
{
    struct fixture *fixture = *state;
    fixture_append(fixture, TOPIC_ARTICLES, "a", "{}");
    fixture_append(fixture, TOPIC_ARTICLES, "b", "{}");
    fixture_append(fixture, TOPIC_ARTICLES, "b", "{}");
    static const char ids[][RECORD_ID_BYTES] = {"b", "never-heard-of"};
    struct store_reconcile job = {.ids = ids, .count = 2};
    store_submit_reconcile(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    assert_int_equal(job.removed, 2);
    assert_int_equal(fixture_counts(fixture).outbox, 1);
}

static void test_a_retried_item_is_in_the_intake_again(void **state)
{
    struct fixture *fixture = *state;
    struct str payload = STR("{\"entry\":{}}"), id = STR("0123456789abcdef0123456789abcdef");
    uint32_t revision = 4;
    enum article_kind kind = ARTICLE_REVISED;
    struct store_retry job = {.payloads = &payload,
                              .article_ids = &id,
                              .revisions = &revision,
                              .kinds = &kind,
                              .count = 1,
                              .now_ms = now_ms};
    store_submit_retry(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    assert_int_equal(fixture_counts(fixture).intake, 1);
    struct store_take taken = take(fixture, list(fixture).rows[0].rowid);
    assert_string_equal(taken.article_id, id.ptr);
    assert_int_equal(taken.revision, 4);
    assert_int_equal(taken.kind, ARTICLE_REVISED);
    assert_int_equal(taken.attempts, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_an_attempt_is_durable_before_the_item_is_handed_over,
                                        set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(test_a_finished_item_moves_from_intake_to_outbox_once, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_of_which_story_an_article_is_stays_known, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_revision_brings_the_text_before_it, set_up_open, tear_down),
        cmocka_unit_test_setup_teardown(test_large_values_are_packed_and_come_back_whole, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_the_outbox_is_read_in_order_up_to_both_limits, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_delivered_rows_leave_and_the_highest_offset_stays, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_reconciling_removes_what_is_on_kafka_already, set_up_open,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_retried_item_is_in_the_intake_again, set_up_open, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
