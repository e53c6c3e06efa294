/* Feed state: copies are deep, names and ids are stable. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "feeds/poll/feed_state.h"

static void test_a_copy_shares_no_string_with_its_original(void **unused)
{
    (void)unused;
    struct feed_state state = {.rowid = 7,
                               .url = strdup("https://news.example/feed"),
                               .moved_to = strdup("https://news.example/new"),
                               .title = strdup("News"),
                               .etag = strdup("W/\"odd\""),
                               .last_modified = strdup("yesterday"),
                               .redirect_target = strdup("https://news.example/later"),
                               .failure_quarters = 3};
    struct feed_state copy;
    assert_int_equal(feed_state_copy(&copy, &state), 0);
    assert_ptr_not_equal(copy.url, state.url);
    assert_ptr_not_equal(copy.redirect_target, state.redirect_target);
    feed_state_done(&state);
    assert_null(state.url);
    assert_int_equal(state.rowid, 0);
    assert_int_equal(copy.rowid, 7);
    assert_int_equal(copy.failure_quarters, 3);
    assert_string_equal(copy.url, "https://news.example/feed");
    assert_string_equal(copy.moved_to, "https://news.example/new");
    assert_string_equal(copy.title, "News");
    assert_string_equal(copy.etag, "W/\"odd\"");
    assert_string_equal(copy.last_modified, "yesterday");
    assert_string_equal(copy.redirect_target, "https://news.example/later");
    feed_state_done(&copy);
}

static void test_absent_strings_stay_absent(void **unused)
{
    (void)unused;
    struct feed_state state = {0}, copy;
    assert_int_equal(feed_state_copy(&copy, &state), 0);
    assert_null(copy.url);
    assert_null(copy.etag);
    feed_state_done(&copy);
    feed_state_done(&copy);
}

static void test_the_adopted_address_is_polled_and_the_id_stays(void **unused)
{
    (void)unused;
    char first[17], second[17];
    struct feed_state state = {.url = (char[]){"https://news.example/feed"}};
    assert_string_equal(feed_state_poll_url(&state), "https://news.example/feed");
    feed_state_id(state.url, first);
    state.moved_to = (char[]){"https://news.example/new"};
    assert_string_equal(feed_state_poll_url(&state), "https://news.example/new");
    feed_state_id(state.url, second);
    assert_string_equal(first, second);
    assert_int_equal(strlen(first), 16);
    assert_int_equal(strspn(first, "0123456789abcdef"), 16);
    feed_state_id("https://news.example/Feed", second);
    assert_string_not_equal(first, second);
}

static void test_statuses_have_names(void **unused)
{
    (void)unused;
    assert_string_equal(feed_status_name(FEED_STATUS_NEW), "new");
    assert_string_equal(feed_status_name(FEED_STATUS_OK), "ok");
    assert_string_equal(feed_status_name(FEED_STATUS_FAILING), "failing");
    assert_string_equal(feed_status_name(FEED_STATUS_SILENT), "silent");
    assert_string_equal(feed_status_name(FEED_STATUS_GONE), "gone");
    assert_string_equal(feed_status_name((enum feed_status)99), "unknown");
}

static void test_a_state_is_small_enough_for_100_000_feeds(void **unused)
{
    (void)unused;
    assert_true(sizeof(struct feed_state) <= 320);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_copy_shares_no_string_with_its_original),
        cmocka_unit_test(test_absent_strings_stay_absent),
        cmocka_unit_test(test_the_adopted_address_is_polled_and_the_id_stays),
        cmocka_unit_test(test_statuses_have_names),
        cmocka_unit_test(test_a_state_is_small_enough_for_100_000_feeds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
