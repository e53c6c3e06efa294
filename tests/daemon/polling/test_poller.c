/* poller: one poll from due to done, answer by answer; the schedule, back-pressure, and the end. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/polling/poller_fixture.h"
#include "daemon/store/store_feeds.h"

static int64_t intake(const struct polling *polling)
{
    return fixture_counts(&polling->store).intake;
}

/* A first poll that worked: entries 1 to 3, with validators. */
static void first_poll(struct polling *polling)
{
    struct served served = {
        .status = 200,
        .body = rss(3, 3),
        .headers = {{"ETag", "\"one\""}, {"Last-Modified", "Tue, 14 Nov 2023 22:00:00 GMT"}}};
    polling_run(polling, 1);
    polling_answer(polling, feed_url(0), &served);
}

/* ---- Answers ---- */

static void test_a_first_poll_asks_at_once_and_stores_what_it_finds(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 1);
    assert_int_equal(polling->transfers.running, 1);
    assert_string_equal(polling->transfers.last.url, feed_url(0));
    assert_string_equal(polling->transfers.last.etag, "");
    assert_string_equal(polling->transfers.last.last_modified, "");
    assert_non_null(strstr(polling->transfers.last.accept, "application/rss+xml"));
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_NEW], 1);
    polling_answer(polling, feed_url(0), &(struct served){.status = 200, .body = rss(3, 3)});
    assert_int_equal(intake(polling), 3);
    assert_int_equal(polling->items, 1);
    assert_int_equal(polling->records, 1); /* new -> ok */
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_OK], 1);
    assert_int_equal(polling_counts(polling).due, 0);
}

static void test_P1_validators_are_sent_back_as_they_came(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    assert_true(polling_until_asked(polling) >= 10 * MINUTE); /* the floor */
    assert_string_equal(polling->transfers.last.etag, "\"one\"");
    assert_string_equal(polling->transfers.last.last_modified, "Tue, 14 Nov 2023 22:00:00 GMT");
}

static void test_a_304_stores_nothing_and_keeps_the_validators(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    int64_t at = clock_wall_ms();
    polling_answer(polling, feed_url(0), &(struct served){.status = 304, .headers = {{"ETag", "\"one\""}}});
    assert_int_equal(metrics_get(METRIC_POLLS_NOT_MODIFIED), 1);
    assert_int_equal(intake(polling), 3);
    assert_int_equal(polling->items, 1);
    struct feed_state stored = polling_stored(polling, feed_url(0));
    assert_string_equal(stored.etag, "\"one\"");
    assert_non_null(stored.last_modified);
    assert_int_equal(stored.last_success_ms, at);
    assert_int_equal(stored.polls_unchanged, 1);
    assert_true(stored.next_poll_ms >= at + 10 * MINUTE);
    feed_state_done(&stored);
}

static void test_P8_a_body_that_is_known_is_not_read_again(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 1);
    polling_answer(polling, feed_url(0), &(struct served){.status = 200, .body = rss(3, 3)});
    polling_until_asked(polling);
    polling_answer(polling, feed_url(0), &(struct served){.status = 200, .body = rss(3, 3)});
    assert_int_equal(metrics_get(METRIC_POLLS_SAME_BODY), 1);
    assert_int_equal(metrics_get(METRIC_ENTRIES_SEEN), 3);
}

static void test_a_changed_feed_brings_what_is_new(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    struct served changed = {.status = 200, .body = rss(5, 4), .headers = {{"ETag", "\"two\""}}};
    polling_answer(polling, feed_url(0), &changed);
    assert_int_equal(intake(polling), 5);
    assert_int_equal(polling->items, 2);
    assert_int_equal(polling->records, 1); /* still ok: nothing to report */
    polling_until_asked(polling);
    assert_string_equal(polling->transfers.last.etag, "\"two\"");
    assert_string_equal(polling->transfers.last.last_modified, "");
}

static void test_a_feed_that_is_missing_fails_after_three_polls_and_recovers(void **state)
{
    struct polling *polling = *state;
    int64_t wait = 0;
    first_poll(polling);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_OK], 1);
        int64_t waited = polling_until_asked(polling);
        assert_true(i == 0 || waited > wait); /* S6 */
        wait = waited;
        polling_answer(polling, feed_url(0), &(struct served){.status = 404});
    }
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_FAILING], 1);
    assert_int_equal(metrics_get_poll_error(FETCH_ERROR_NOT_FOUND), 3);
    polling_until_asked(polling);
    polling_answer(polling, feed_url(0), &(struct served){.status = 304});
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_OK], 1);
    polling_close(polling);
    fixture_open(&polling->store);
    assert_int_equal(fixture_counts(&polling->store).outbox, 3); /* ok, failing, recovered */
}

static void test_S5_a_feed_that_is_gone_is_asked_once_a_week(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    polling_answer(polling, feed_url(0), &(struct served){.status = 410});
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_GONE], 1);
    assert_in_range(polling_until_asked(polling), 7LL * DAY, 8LL * DAY);
    polling_answer(polling, feed_url(0), &(struct served){.status = 410});
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_GONE], 1);
}

static void test_a_body_that_is_no_feed_fails_and_harms_nothing(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    struct served page = {
        .status = 200,
        .body = "<!DOCTYPE html><html><head><title>Sorry</title></head><body>Be back</body></html>",
        .headers = {{"ETag", "\"page\""}, {"Content-Type", "text/html"}}};
    polling_answer(polling, feed_url(0), &page);
    assert_int_equal(metrics_get_poll_error(FETCH_ERROR_HTML), 1);
    assert_int_equal(intake(polling), 3);
    polling_until_asked(polling);
    assert_string_equal(polling->transfers.last.etag, "\"one\"");
}

static void test_S7_a_feed_that_is_throttled_waits_as_long_as_it_was_asked_to(void **state)
{
    struct polling *polling = *state;
    struct served later = {.status = 429, .headers = {{"Retry-After", "36000"}}};
    first_poll(polling);
    polling_until_asked(polling);
    polling_answer(polling, feed_url(0), &later);
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_OK], 1); /* no failure of its own */
    assert_in_range(polling_until_asked(polling), 10LL * HOUR, 11LL * HOUR);
}

static void test_S1_a_permanent_redirect_is_adopted_when_it_has_stood_for_a_week(void **state)
{
    struct polling *polling = *state;
    struct served moved = {
        .status = 200, .body = rss(3, 3), .final_url = "https://new.example/feed", .permanent = true};
    int64_t begun = clock_wall_ms();
    polling_run(polling, 1);
    do {
        assert_string_equal(polling->transfers.last.url, feed_url(0));
        polling_answer(polling, feed_url(0), &moved);
        polling_until_asked(polling);
    } while (clock_wall_ms() - begun < 7LL * DAY);
    polling_answer(polling, NULL, &moved);
    polling_until_asked(polling);
    assert_string_equal(polling->transfers.last.url, "https://new.example/feed");
    struct feed_state stored = polling_stored(polling, feed_url(0)); /* its identity is the old address */
    assert_string_equal(stored.moved_to, "https://new.example/feed");
    feed_state_done(&stored);
}

static void test_a_redirect_for_now_changes_no_address(void **state)
{
    struct polling *polling = *state;
    struct served moved = {.status = 200, .body = rss(3, 3), .final_url = "https://new.example/feed"};
    polling_run(polling, 1);
    for (int64_t begun = clock_wall_ms(); clock_wall_ms() - begun < 9LL * DAY;) {
        polling_answer(polling, feed_url(0), &moved);
        polling_until_asked(polling);
    }
    assert_string_equal(polling->transfers.last.url, feed_url(0));
}

static void test_a_host_with_too_long_a_queue_is_tried_again_after_the_floor(void **state)
{
    struct polling *polling = *state;
    polling->transfers.hosts_full = true;
    polling_run(polling, 1);
    assert_int_equal(polling->transfers.started, 0);
    assert_int_equal(polling_counts(polling).due, 0);
    polling->transfers.hosts_full = false;
    assert_int_equal(polling_until_asked(polling), 10 * MINUTE);
}

/* ---- The list ---- */

static void test_a_feed_removed_while_it_waits_for_its_host_is_never_asked_for(void **state)
{
    struct polling *polling = *state;
    polling->transfers.hosts_busy = true;
    polling_run(polling, 2);
    polling_pass(polling, SECOND);
    assert_int_equal(polling->transfers.waiting, 2);
    polling_list(polling, 1, 1);
    assert_int_equal(polling->transfers.waiting, 1);
    assert_int_equal(polling_counts(polling).feeds, 1);
    fake_turns_come(&polling->transfers);
    assert_int_equal(polling->transfers.started, 1);
    assert_string_equal(polling->transfers.last.url, feed_url(1));
}

static void test_a_feed_removed_while_its_poll_is_under_way_leaves_with_it(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    polling_list(polling, 0, 0);
    assert_int_equal(polling_counts(polling).feeds, 1); /* until its answer is there */
    polling_answer(polling, feed_url(0), &(struct served){.status = 200, .body = rss(9, 9)});
    assert_int_equal(polling_counts(polling).feeds, 0);
    assert_int_equal(polling->items, 1);
    assert_int_equal(polling->records, 2); /* ok, removed */
    assert_int_equal(fixture_counts(&polling->store).feeds, 0);
}

static void test_a_feed_removed_while_its_document_is_read_stores_nothing_of_it(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    fake_answer(&polling->transfers, feed_url(0), &(struct served){.status = 200, .body = rss(9, 9)});
    polling_list(polling, 0, 0); /* before the loop has turned: the document is a worker's */
    assert_int_equal(polling_counts(polling).feeds, 0);
    assert_int_equal(fixture_counts(&polling->store).feeds, 0);
    assert_int_equal(polling->items, 1);
}

static void test_a_feed_put_back_while_its_poll_is_under_way_begins_anew(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    polling_list(polling, 0, 0);
    polling_list(polling, 0, 1);
    polling_answer(polling, feed_url(0), &(struct served){.status = 304});
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_NEW], 1);
    assert_int_equal(polling->transfers.running, 1);
    assert_string_equal(polling->transfers.last.etag, "");
    polling_answer(polling, feed_url(0), &(struct served){.status = 200, .body = rss(3, 3)});
    assert_int_equal(fixture_counts(&polling->store).feeds, 1);
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_OK], 1);
}

static void test_T8_a_long_list_is_begun_over_some_seconds(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 200);
    assert_in_range(polling->transfers.started, 1, 2);
    polling_pass(polling, 1000);
    assert_in_range(polling->transfers.started, 50, 52);
    polling_pass(polling, 3000);
    assert_int_equal(polling->transfers.started, 200);
}

/* ---- Schedule, slots, back-pressure ---- */

static void test_polls_wait_for_a_slot_and_take_it_when_it_comes_free(void **state)
{
    struct polling *polling = *state;
    polling->transfers.slots = 3;
    polling_run(polling, 20);
    polling_pass(polling, MINUTE);
    assert_int_equal(polling->transfers.running, 3);
    for (size_t left = 20; left > 0; left--) {
        assert_int_equal(polling->transfers.running, left < 3 ? left : 3);
        polling_answer(polling, NULL, &(struct served){.status = 500});
    }
    assert_int_equal(polling->transfers.started, 20);
}

static void test_back_pressure_begins_no_polls_and_ends_those_under_way(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 2);
    assert_int_equal(polling->transfers.running, 1);
    polling->held = true;
    polling_pass(polling, MINUTE);
    polling_answer(polling, feed_url(0), &(struct served){.status = 200, .body = rss(3, 3)});
    assert_int_equal(intake(polling), 3);
    polling_pass(polling, DAY);
    assert_int_equal(polling->transfers.started, 1);
    assert_int_equal(polling_counts(polling).due, 2);
    polling->held = false;
    poller_kick(polling->poller);
    assert_int_equal(polling->transfers.started, 3);
}

/* All are polled once, without success, and the process ends. */
static void run_once(struct polling *polling, size_t feeds)
{
    polling_run(polling, feeds);
    polling_pass(polling, 10 * SECOND);
    for (size_t i = 0; i < feeds; i++)
        fake_answer(&polling->transfers, feed_url(i), &(struct served){.status = 500});
    polling_close(polling);
}

static void test_T9_two_days_of_standstill_are_no_storm(void **state)
{
    struct polling *polling = *state;
    polling->config->jitter = true;
    run_once(polling, 300);
    clock_virtual_advance(2LL * DAY);
    polling_open(polling);
    polling_run(polling, 300);
    size_t before = 0;
    for (int minute = 0; minute < 10; minute++) {
        assert_in_range(polling->transfers.started - before, 0, 60); /* about thirty a minute */
        before = polling->transfers.started;
        polling_pass(polling, MINUTE);
    }
    assert_int_equal(polling->transfers.started, 300);
}

static void test_T9_a_restart_polls_nothing_before_its_time(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    struct feed_state stored = polling_stored(polling, feed_url(0));
    polling_open(polling);
    polling_run(polling, 1);
    assert_int_equal(polling->transfers.started, 0);
    polling_pass(polling, stored.next_poll_ms - clock_wall_ms() - 1);
    assert_int_equal(polling->transfers.started, 0);
    polling_pass(polling, 1);
    assert_int_equal(polling->transfers.started, 1);
    assert_string_equal(polling->transfers.last.etag, "\"one\"");
    feed_state_done(&stored);
}

static void test_T9_a_clock_that_is_set_moves_no_poll(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    for (int way = -1; way <= 1; way += 2) {
        clock_virtual_step_wall(clock_wall_ms() + way * 2LL * DAY);
        poller_clock_stepped(polling->poller, way * 2LL * DAY);
        assert_int_equal(polling->transfers.running, 0);
        assert_in_range(polling_until_asked(polling), 10 * MINUTE, DAY);
        polling_answer(polling, feed_url(0), &(struct served){.status = 304});
    }
}

static void test_a_feed_that_has_ended_newsd_again_and_again_is_set_aside(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    struct feed_state stored = polling_stored(polling, feed_url(0));
    polling_open(polling);
    stored.stopped = 3;
    struct store_states job = {.states = &stored, .count = 1};
    polling_close(polling);
    fixture_open(&polling->store);
    store_submit_states(polling->store.store, &job);
    assert_int_equal(fixture_run(&polling->store, &job.base), 0);
    store_close(&polling->store.store);
    polling_open(polling);
    polling_run(polling, 1);
    assert_int_equal(metrics_get(METRIC_FEEDS_SET_ASIDE), 1);
    assert_in_range(polling_until_asked(polling), DAY - MINUTE, DAY + HOUR);
    polling_answer(polling, feed_url(0), &(struct served){.status = 200, .body = rss(4, 4)});
    assert_int_equal(polling_counts(polling).by_status[FEED_STATUS_OK], 1);
    feed_state_done(&stored);
}

/* A visitor for store_load_feeds. */
static void count_failing(void *context, const struct feed_state *state)
{
    *(size_t *)context += state->status == FEED_STATUS_FAILING && state->failures_in_row == 1;
}

static void test_states_without_a_document_are_all_stored(void **state)
{
    struct polling *polling = *state;
    size_t failing = 0;
    run_once(polling, 300); /* more than one batch */
    fixture_open(&polling->store);
    assert_int_equal(store_load_feeds(polling->store.store, count_failing, &failing, &polling->store.error),
                     0);
    assert_int_equal(failing, 300);
    assert_int_equal(fixture_counts(&polling->store).outbox, 300); /* and a record of each */
}

static void test_those_that_fail_are_named_as_many_as_are_wanted(void **state)
{
    struct polling *polling = *state;
    struct poller_notable notable;
    polling_run(polling, 5);
    polling_pass(polling, SECOND);
    for (size_t i = 0; i < 4; i++)
        polling_answer(polling, feed_url(i),
                       &(struct served){.status = i < 3 ? 404 : 200, .body = rss(3, 3)});
    poller_get_notable(polling->poller, 2, &notable);
    assert_int_equal(notable.counts[POLLER_FAILING], 2);
    poller_get_notable(polling->poller, POLLER_NOTABLE_MAX, &notable);
    assert_int_equal(notable.counts[POLLER_FAILING], 3);
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(notable.feeds[POLLER_FAILING][i]->failures_in_row, 1);
    assert_int_equal(notable.counts[POLLER_SILENT] + notable.counts[POLLER_MOVED], 0);
}

static void test_a_feed_s_own_words_hold_from_the_next_poll_on(void **state)
{
    struct polling *polling = *state;
    struct feed_list_entry entry = {.url = str_from(feed_url(0)), .page_policy = -1, .interval_s = 3 * 3600};
    struct feed_list list = {.entries = &entry, .count = 1};
    first_poll(polling);
    polling_until_asked(polling);
    assert_int_equal(poller_set_feeds(polling->poller, &list), 0); /* while its poll is under way */
    polling_answer(polling, feed_url(0), &(struct served){.status = 304});
    assert_int_equal(polling_until_asked(polling), 3 * HOUR);
}

/* ---- The end ---- */

static void test_an_end_breaks_off_requests_and_changes_no_feed(void **state)
{
    struct polling *polling = *state;
    first_poll(polling);
    polling_until_asked(polling);
    struct poller_counts counts = polling_counts(polling);
    assert_int_equal(counts.polling, 1);
    struct feed_state stored = polling_stored(polling, feed_url(0)); /* closes as the daemon does */
    assert_int_equal(stored.failures_in_row, 0);
    assert_true(stored.next_poll_ms <= clock_wall_ms()); /* it is the next run's first */
    assert_string_equal(stored.etag, "\"one\"");
    feed_state_done(&stored);
}

static void test_an_end_stores_the_document_that_is_being_read(void **state)
{
    struct polling *polling = *state;
    polling_run(polling, 3);
    polling_pass(polling, SECOND);
    assert_int_equal(polling->transfers.running, 3);
    fake_answer(&polling->transfers, feed_url(1), &(struct served){.status = 200, .body = rss(3, 3)});
    struct feed_state stored = polling_stored(polling, feed_url(1));
    assert_int_equal(stored.status, FEED_STATUS_OK);
    assert_int_equal(stored.entries_total, 3);
    assert_int_equal(polling->items, 1);
    feed_state_done(&stored);
}

static void test_after_a_stop_nothing_is_begun(void **state)
{
    struct polling *polling = *state;
    polling->transfers.slots = 1;
    polling_run(polling, 3);
    polling_pass(polling, SECOND);
    poller_stop(polling->poller);
    polling_answer(polling, feed_url(0), &(struct served){.status = 304});
    poller_kick(polling->poller);
    assert_int_equal(polling->transfers.started, 1);
    assert_int_equal(polling->transfers.running, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        POLLING_TEST(test_a_first_poll_asks_at_once_and_stores_what_it_finds),
        POLLING_TEST(test_P1_validators_are_sent_back_as_they_came),
        POLLING_TEST(test_a_304_stores_nothing_and_keeps_the_validators),
        POLLING_TEST(test_P8_a_body_that_is_known_is_not_read_again),
        POLLING_TEST(test_a_changed_feed_brings_what_is_new),
        POLLING_TEST(test_a_feed_that_is_missing_fails_after_three_polls_and_recovers),
        POLLING_TEST(test_S5_a_feed_that_is_gone_is_asked_once_a_week),
        POLLING_TEST(test_a_body_that_is_no_feed_fails_and_harms_nothing),
        POLLING_TEST(test_S7_a_feed_that_is_throttled_waits_as_long_as_it_was_asked_to),
        POLLING_TEST(test_S1_a_permanent_redirect_is_adopted_when_it_has_stood_for_a_week),
        POLLING_TEST(test_a_redirect_for_now_changes_no_address),
        POLLING_TEST(test_a_host_with_too_long_a_queue_is_tried_again_after_the_floor),
        POLLING_TEST(test_a_feed_removed_while_it_waits_for_its_host_is_never_asked_for),
        POLLING_TEST(test_a_feed_removed_while_its_poll_is_under_way_leaves_with_it),
        POLLING_TEST(test_a_feed_removed_while_its_document_is_read_stores_nothing_of_it),
        POLLING_TEST(test_a_feed_put_back_while_its_poll_is_under_way_begins_anew),
        POLLING_TEST(test_T8_a_long_list_is_begun_over_some_seconds),
        POLLING_TEST(test_polls_wait_for_a_slot_and_take_it_when_it_comes_free),
        POLLING_TEST(test_back_pressure_begins_no_polls_and_ends_those_under_way),
        POLLING_TEST(test_T9_two_days_of_standstill_are_no_storm),
        POLLING_TEST(test_T9_a_restart_polls_nothing_before_its_time),
        POLLING_TEST(test_T9_a_clock_that_is_set_moves_no_poll),
        POLLING_TEST(test_a_feed_that_has_ended_newsd_again_and_again_is_set_aside),
        POLLING_TEST(test_states_without_a_document_are_all_stored),
        POLLING_TEST(test_those_that_fail_are_named_as_many_as_are_wanted),
        POLLING_TEST(test_a_feed_s_own_words_hold_from_the_next_poll_on),
        POLLING_TEST(test_an_end_breaks_off_requests_and_changes_no_feed),
        POLLING_TEST(test_an_end_stores_the_document_that_is_being_read),
        POLLING_TEST(test_after_a_stop_nothing_is_begun),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
