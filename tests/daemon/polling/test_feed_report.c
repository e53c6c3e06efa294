/* feed_report: which word a change has, what the record says, and that no line shows a password. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>

#include "base/clock.h"
#include "daemon/capture.h"
#include "daemon/polling/feed_report.h"
#include "daemon/process/log.h"

static struct feed_state feed;
static struct arena *arena;

static int set_up(void **state)
{
    static char url[] = "https://me:secret@post.example/rss",
                moved_to[] = "https://me:secret@new.example/rss";
    (void)state;
    log_setup(LOG_TARGET_LOGFMT, 7);
    feed = (struct feed_state){
        .url = url, .moved_to = moved_to, .status = FEED_STATUS_OK, .last_http_status = 200};
    arena = arena_create(1 << 20);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static const char *word(enum feed_status before, enum feed_status now)
{
    struct poll_change change = {.status_changed = true, .before = before};
    feed.status = (uint8_t)now;
    return feed_report_word(&feed, &change);
}

static void test_each_change_has_its_word(void **state)
{
    (void)state;
    struct poll_change moved = {.moved = true};
    assert_string_equal(word(FEED_STATUS_NEW, FEED_STATUS_OK), "ok");
    assert_string_equal(word(FEED_STATUS_OK, FEED_STATUS_FAILING), "failing");
    assert_string_equal(word(FEED_STATUS_OK, FEED_STATUS_GONE), "gone");
    assert_string_equal(word(FEED_STATUS_OK, FEED_STATUS_SILENT), "silent");
    assert_string_equal(word(FEED_STATUS_FAILING, FEED_STATUS_OK), "recovered");
    assert_string_equal(word(FEED_STATUS_GONE, FEED_STATUS_OK), "recovered");
    assert_string_equal(word(FEED_STATUS_SILENT, FEED_STATUS_OK), "ok");
    assert_string_equal(feed_report_word(&feed, &moved), "moved");
}

static void test_a_gap_alone_is_no_change_of_status(void **state)
{
    (void)state;
    assert_false(feed_report_due(&(struct poll_change){.gap = true, .lost = 7}));
    assert_true(feed_report_due(&(struct poll_change){.moved = true}));
    assert_true(feed_report_due(&(struct poll_change){.status_changed = true}));
    assert_true(feed_report_due(&(struct poll_change){.set_aside = true}));
}

/* The record's value, which shows no password. */
static json_t *value_of(const struct record *record)
{
    json_t *value = json_loadb(record->value.ptr, record->value.len, 0, NULL);
    assert_non_null(value);
    assert_null(memmem(record->value.ptr, record->value.len, "secret", 6));
    return value;
}

static const char *text_of(const json_t *value, const char *key)
{
    return json_string_value(json_object_get(value, key));
}

static void test_a_record_says_what_was_and_what_is(void **state)
{
    (void)state;
    struct poll_change change = {.status_changed = true, .before = FEED_STATUS_OK};
    struct record record;
    feed.status = FEED_STATUS_FAILING;
    feed.last_error = FETCH_ERROR_NOT_FOUND;
    assert_int_equal(feed_report_record(arena, &feed, &change, 1700000000000, &record), 0);
    json_t *value = value_of(&record);
    assert_int_equal(record.topic, TOPIC_FEEDS);
    assert_string_equal(text_of(value, "status"), "failing");
    assert_string_equal(text_of(value, "status_before"), "ok");
    assert_string_equal(text_of(value, "error"), "not-found");
    json_decref(value);
}

static void test_a_removed_feed_has_no_next_poll(void **state)
{
    (void)state;
    struct record record;
    feed.next_poll_ms = 1700000600000;
    assert_int_equal(feed_report_removed(arena, &feed, 1700000000000, &record), 0);
    json_t *value = value_of(&record);
    assert_string_equal(text_of(value, "status"), "removed");
    assert_null(json_object_get(value, "next_poll"));
    json_decref(value);
}

/* The line of a change. */
static const char *line(const struct poll_change *change, const char *words)
{
    capture_begin();
    feed_report_log(&feed, change, words);
    const char *text = capture_end();
    assert_null(strstr(text, "secret"));
    return text;
}

static void test_a_line_says_why_and_shows_no_password(void **state)
{
    (void)state;
    feed.status = FEED_STATUS_FAILING;
    feed.last_error = FETCH_ERROR_DNS;
    const char *text =
        line(&(struct poll_change){.status_changed = true, .before = FEED_STATUS_OK}, "no such host");
    assert_says(text, "https://post.example/rss");
    assert_says(text, "(no such host)");
}

static void test_the_line_of_a_move_shows_no_password_either(void **state)
{
    (void)state;
    assert_says(line(&(struct poll_change){.moved = true}, NULL), "to https://new.example/rss,");
}

static void test_the_line_of_a_gap_counts_what_was_lost(void **state)
{
    (void)state;
    assert_says(line(&(struct poll_change){.gap = true, .lost = 7}, NULL), "about 7");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_each_change_has_its_word),
        TEST(test_a_gap_alone_is_no_change_of_status),
        TEST(test_a_record_says_what_was_and_what_is),
        TEST(test_a_removed_feed_has_no_next_poll),
        TEST(test_a_line_says_why_and_shows_no_password),
        TEST(test_the_line_of_a_move_shows_no_password_either),
        TEST(test_the_line_of_a_gap_counts_what_was_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
