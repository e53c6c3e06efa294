/* Records that are about no finished article: the status of a feed, a dead letter. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "processors/record/record.h"
#include "tests/processors/record/record_check.h"

#define NOW_MS ((int64_t)1641898800000) /* 2022-01-11T11:00:00Z */
#define ID "00112233445566778899aabbccddeeff"

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_create(ARENA_CAP_DEFAULT);
    return arena ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static struct feed_status_report status_report(const char *status)
{
    return (struct feed_status_report){.feed_id = STR("0123456789abcdef"),
                                       .feed_url = STR("https://post.example/rss"),
                                       .status = status,
                                       .now_ms = NOW_MS};
}

static struct reject_report reject_of(struct str payload)
{
    return (struct reject_report){.article_id = STR(ID),
                                  .revision = 2,
                                  .kind = ARTICLE_REVISED,
                                  .payload = payload,
                                  .stage = "stages",
                                  .reason = "poison",
                                  .error_text = STR("begun 4 times"),
                                  .attempts = 4,
                                  .now_ms = NOW_MS,
                                  .first_seen_ms = NOW_MS - 1000};
}

static struct record *status_record(const struct feed_status_report *report)
{
    struct record *record = arena_new(arena, struct record);
    struct error error = {0};
    if (record_feed_status(arena, report, record, &error))
        fail_msg("%s", error.text);
    return record;
}

static struct record *reject_record(const struct reject_report *report)
{
    struct record *record = arena_new(arena, struct record);
    struct error error = {0};
    if (record_reject(arena, report, record, &error))
        fail_msg("%s", error.text);
    return record;
}

static void every_status_fits_its_schema(void **state)
{
    (void)state;
    static const char *const statuses[] = {"new",   "ok",   "failing",   "silent",
                                           "moved", "gone", "recovered", "removed"};
    const struct record *records[sizeof(statuses) / sizeof(statuses[0])];
    size_t count = sizeof(statuses) / sizeof(statuses[0]);
    for (size_t i = 0; i < count; i++) {
        struct feed_status_report report = status_report(statuses[i]);
        records[i] = status_record(&report);
    }
    records_check(records, count);
}

static void a_status_says_what_is_wrong(void **state)
{
    (void)state;
    struct feed_status_report report = status_report("failing");
    report.status_before = "ok";
    report.error = "http-5xx";
    report.error_text = STR("HTTP 503");
    report.http_status = 503;
    report.title = STR("Post");
    report.moved_to = STR("https://post.example/new");
    report.since_ms = NOW_MS - 60000;
    report.last_success_ms = NOW_MS - 60000;
    report.last_new_ms = NOW_MS - 120000;
    report.next_poll_ms = NOW_MS + 60000;
    report.failures_in_row = 3;
    report.interval_s = 600;
    const struct record *record = status_record(&report);
    json_t *root = record_value_parsed(record);
    assert_string_equal(json_string_value(json_object_get(root, "status_before")), "ok");
    assert_string_equal(json_string_value(json_object_get(root, "error")), "http-5xx");
    assert_string_equal(json_string_value(json_object_get(root, "next_poll")), "2022-01-11T11:01:00.000Z");
    assert_int_equal(json_integer_value(json_object_get(root, "http_status")), 503);
    assert_int_equal(json_integer_value(json_object_get(root, "failures_in_row")), 3);
    json_decref(root);
    assert_int_equal(record->topic, TOPIC_FEEDS);
    assert_string_equal(record->key.ptr, "0123456789abcdef");
    assert_string_equal(record_header(record, "ce_type"), "org.newsd.feed.status");
    assert_string_equal(record_header(record, "ce_source"), "https://post.example/rss");
    records_check(&record, 1);
}

static void the_same_report_has_the_same_id(void **state)
{
    (void)state;
    struct feed_status_report report = status_report("failing");
    struct record *first = status_record(&report);
    assert_string_equal(status_record(&report)->id, first->id);
    report.status = "recovered";
    assert_string_not_equal(status_record(&report)->id, first->id);
}

static void a_reject_carries_its_payload(void **state)
{
    (void)state;
    struct reject_report report = reject_of(STR("{\"entry\": {\"title\": \"Gr\xC3\xBC\xC3\x9F"
                                                "e\"}}"));
    const struct record *record = reject_record(&report);
    json_t *root = record_value_parsed(record), *payload = json_object_get(root, "payload");
    assert_string_equal(json_string_value(json_object_get(json_object_get(payload, "entry"), "title")),
                        "Gr\xC3\xBC\xC3\x9F"
                        "e");
    assert_string_equal(json_string_value(json_object_get(root, "stage")), "stages");
    assert_string_equal(json_string_value(json_object_get(root, "reason")), "poison");
    assert_string_equal(json_string_value(json_object_get(root, "kind")), "revised");
    assert_int_equal(json_integer_value(json_object_get(root, "attempts")), 4);
    json_decref(root);
    assert_int_equal(record->topic, TOPIC_REJECTS);
    assert_string_equal(record->key.ptr, ID);
    records_check(&record, 1);
}

/* What is no object would break the whole record; the caller then sends it without. */
static void a_broken_payload_is_refused(void **state)
{
    (void)state;
    static const char *const broken[] = {"{\"entry\":", "[]", "7", "\"text\"", "{} {}", "{\"a\":\"\xE9\"}"};
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct reject_report report = reject_of(str_from(broken[i]));
        struct record record = {0};
        struct error error = {0};
        assert_int_equal(record_reject(arena, &report, &record, &error), ERR_RECORD);
        assert_non_null(strstr(error.text, "payload"));
    }
    struct reject_report report = reject_of(STR_NONE);
    const struct record *record = reject_record(&report);
    records_check(&record, 1);
}

static void a_reject_without_an_article_has_a_key(void **state)
{
    (void)state;
    struct reject_report report = reject_of(STR_NONE);
    report.article_id = STR_NONE;
    report.first_seen_ms = 0;
    const struct record *record = reject_record(&report);
    assert_string_equal(record->key.ptr, "unknown");
    assert_string_equal(record_header(record, "ce_source"), "urn:newsd");
    records_check(&record, 1);
}

static void bad_text_is_no_record(void **state)
{
    (void)state;
    struct feed_status_report report = status_report("ok");
    struct reject_report reject = reject_of(STR_NONE);
    struct record record;
    report.title = STR("caf\xE9");
    reject.error_text = STR("caf\xE9");
    assert_int_equal(record_feed_status(arena, &report, &record, NULL), ERR_RECORD);
    assert_int_equal(record_reject(arena, &reject, &record, NULL), ERR_RECORD);
}

static void topics_have_names(void **state)
{
    (void)state;
    assert_string_equal(record_topic_name(TOPIC_ARTICLES), "articles");
    assert_string_equal(record_topic_name(TOPIC_REJECTS), "rejects");
    assert_string_equal(record_topic_name(TOPIC_COUNT), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_status_fits_its_schema),
        cmocka_unit_test(a_status_says_what_is_wrong),
        cmocka_unit_test(the_same_report_has_the_same_id),
        cmocka_unit_test(a_reject_carries_its_payload),
        cmocka_unit_test(a_broken_payload_is_refused),
        cmocka_unit_test(a_reject_without_an_article_has_a_key),
        cmocka_unit_test(bad_text_is_no_record),
        cmocka_unit_test(topics_have_names),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
