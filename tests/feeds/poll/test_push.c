/* Documents that come by push: what they change in a feed's state, and what they do not. */
#include "feeds/poll/poll_fixture.h"

#include "feeds/poll/interval.h"

#include <math.h>

static void test_pushed_entries_count_for_the_rhythm_as_polled_ones_do(void **unused)
{
    (void)unused;
    struct feed_state polled;
    document("<rss/>", 0, 10);
    for (int i = 0; i < 200; i++) {
        now += HOUR;
        document("<rss>polled</rss>", 9, 1);
        state.body_hash = 0;
    }
    polled = state;
    state.url = NULL;
    state.title = NULL;
    feed_state_done(&state);
    free(polled.url);
    free(polled.title);
    setup(NULL);
    document("<rss/>", 0, 10);
    for (int i = 0; i < 200; i++) {
        now += HOUR;
        found = (struct poll_findings){.fresh = 1};
        poll_settle_push(&state, &found, now, &change);
        if (i % 24 == 23) { /* the audit */
            answers(200, "<rss>audited</rss>");
            finds(10, 0);
            settled();
            state.body_hash = 0;
        }
    }
    /* Near enough: eight days do not settle what is pace and what is weekday. */
    assert_true(fabs((double)(state.entries_per_day - polled.entries_per_day)) < 4);
    assert_true(fabs((double)(state.gap_days_mean - polled.gap_days_mean)) < 0.001);
    assert_int_equal(state.entries_total, polled.entries_total);
    assert_int_equal(state.gaps_total, 0);
}

static void test_a_push_changes_neither_validators_nor_schedule_and_a_bad_one_nothing(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    header("ETag", "\"1\"");
    finds(0, 10);
    settled();
    int64_t next = state.next_poll_ms, polled = state.last_success_ms;
    uint64_t hash = state.body_hash;
    now += 40 * DAY;
    state.status = FEED_STATUS_SILENT;
    found = (struct poll_findings){.fresh = 3, .parse_error = FETCH_ERROR_NOT_A_FEED};
    poll_settle_push(&state, &found, now, &change);
    assert_int_equal(state.entries_total, 10);
    found.parse_error = FETCH_ERROR_NONE;
    poll_settle_push(&state, &found, now, &change);
    assert_int_equal(state.entries_total, 13);
    assert_int_equal(state.last_new_ms, now);
    assert_int_equal(state.status, FEED_STATUS_OK);
    assert_true(change.status_changed);
    assert_string_equal(state.etag, "\"1\"");
    assert_int_equal(state.body_hash, hash);
    assert_int_equal(state.next_poll_ms, next);
    assert_int_equal(state.last_success_ms, polled);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_pushed_entries_count_for_the_rhythm_as_polled_ones_do),
        TEST(test_a_push_changes_neither_validators_nor_schedule_and_a_bad_one_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
