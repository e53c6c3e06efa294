/* The schedule of one feed: each T rule of the polling contract has a test named by its number, and silence.
 */
#include "feeds/poll_fixture.h"

#include "feeds/interval.h"

static void test_T1_hints_lengthen_and_never_shorten(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    found.ttl_s = 60;
    settled();
    assert_true(hours_to_next() == 1); /* the default, not the minute */
    answers(200, "<rss>2</rss>");
    found.ttl_s = 3 * 3600;
    settled();
    assert_true(hours_to_next() == 3);
}

static void test_T1_hours_and_days_to_skip_are_skipped(void **unused)
{
    (void)unused;
    state.interval_s = 3600;
    state.skip_hours = 1U << 11 | 1U << 12; /* from 11:33 UTC to 13:00 */
    assert_int_equal(interval_next_ms(&state, &policy, NOW), NOW + 2 * HOUR + 27 * MINUTE);
    state.skip_hours = 0;
    state.skip_days = 1U << 2 | 1U << 3; /* Tuesday and Wednesday */
    assert_int_equal(interval_next_ms(&state, &policy, NOW), NOW - NOW % DAY + 2 * DAY);
    state.skip_days = 0x7f; /* nobody means all of them */
    assert_int_equal(interval_next_ms(&state, &policy, NOW), NOW + HOUR);
}

static void test_T2_the_first_document_sets_the_pace(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    finds(0, 49);
    found.oldest_ms = NOW - 4 * DAY; /* twelve a day */
    found.newest_ms = NOW;
    settled();
    assert_in_range(state.interval_s, 3600 - 1, 3600); /* the first guess is shorter than 1/12 day */
    assert_true(state.entries_per_day > 11.9F && state.entries_per_day < 12.1F);
    teardown(NULL);
    setup(NULL);
    answers(200, "<rss/>");
    finds(0, 50);
    found.oldest_ms = NOW - 6 * HOUR; /* two hundred a day: every seven minutes, the floor is ten */
    found.newest_ms = NOW;
    settled();
    assert_int_equal(state.interval_s, 600);
}

/* Runs a feed that publishes `per_day` entries evenly through `days`; returns the mean interval of the last
 * two days. */
static double simulate(int per_day, int window, int run_days)
{
    double sum = 0;
    int polls = 0;
    int64_t seen = -1, begin = now;
    answers(200, "<rss/>");
    finds(0, (uint32_t)window);
    settled();
    while (now < begin + run_days * DAY) {
        now = state.next_poll_ms;
        int64_t newest = (now - begin) * per_day / DAY;
        int64_t fresh = newest - (seen < 0 ? 0 : seen);
        seen = newest;
        char body[32];
        (void)snprintf(body, sizeof(body), "<rss>%lld</rss>", (long long)newest);
        answers(200, body);
        if (fresh > window)
            fresh = window;
        finds((uint32_t)(window - fresh), (uint32_t)fresh);
        settled();
        if (now > begin + (run_days - 2) * DAY) {
            sum += state.interval_s;
            polls++;
        }
    }
    return polls ? sum / polls / 3600 : 24;
}

static void test_T3_the_interval_settles_on_the_feeds_rhythm(void **unused)
{
    (void)unused;
    assert_true(simulate(12, 20, 20) < 2.6); /* one every two hours */
    teardown(NULL);
    setup(NULL);
    assert_true(simulate(400, 50, 20) <= 600.0 / 3600 + 0.01);
    assert_int_equal(state.gaps_total, 0);
    teardown(NULL);
    setup(NULL);
    double slow = simulate(1, 20, 60); /* one a day */
    assert_true(slow > 8 && slow <= 24);
}

static void test_T3_much_that_is_new_shortens_little_lengthens(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    state.interval_s = 7200;
    now = state.next_poll_ms = NOW + 2 * HOUR;
    state.last_success_ms = now - 30 * DAY; /* keeps the rate out of it */
    document("<rss>2</rss>", 2, 8);
    assert_int_equal(state.interval_s, 3600);
    now = state.next_poll_ms;
    answers(200, "<rss>2</rss>");
    settled();
    assert_true(state.interval_s > 3600);
    int32_t before = state.interval_s;
    now = state.next_poll_ms;
    document("<rss>3</rss>", 10, 0);
    assert_true(state.interval_s > before);
}

static void test_T3_a_late_poll_says_nothing_of_the_interval(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    state.interval_s = 7200;
    now = NOW + 10 * DAY; /* the service was stopped */
    document("<rss>2</rss>", 1, 9);
    assert_int_equal(state.interval_s, 7200);
}

static void test_T3_nothing_new_for_a_month_lengthens_faster(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    state.interval_s = 7200;
    now = state.next_poll_ms = NOW + 32 * DAY;
    answers(200, "<rss/>");
    settled();
    assert_int_equal(state.interval_s, 10800);
}

static void test_T6_a_window_that_overflowed_is_counted_and_shortens_at_once(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    assert_false(change.gap); /* the first document is no gap */
    state.interval_s = 7200;
    now = state.next_poll_ms;
    document("<rss>2</rss>", 0, 10);
    assert_true(change.gap);
    assert_int_equal(state.gaps_total, 1);
    assert_true(state.interval_s <= 1800);
}

static void test_T8_jitter_spreads_a_tenth_and_at_most_half_an_hour(void **unused)
{
    (void)unused;
    policy.jitter = true;
    state.interval_s = 3600;
    int64_t least = INT64_MAX, most = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t wait = interval_next_ms(&state, &policy, NOW) - NOW;
        least = wait < least ? wait : least;
        most = wait > most ? wait : most;
    }
    assert_in_range(least, HOUR, HOUR + MINUTE);
    assert_in_range(most, HOUR + 5 * MINUTE, HOUR + 6 * MINUTE);
    state.interval_s = 86400;
    for (int i = 0; i < 1000; i++)
        assert_in_range(interval_next_ms(&state, &policy, NOW) - NOW, DAY, DAY + 30 * MINUTE);
}

static void test_T9_no_two_polls_are_nearer_than_the_floor(void **unused)
{
    (void)unused;
    state.interval_s = 1;
    assert_int_equal(interval_next_ms(&state, &policy, NOW), NOW + 600000);
    assert_true(interval_retry_ms(&state, &policy, POLL_ERROR_DNS, 0, NOW) >= NOW + 600000);
    document("<rss/>", 0, 1);
    assert_int_equal(poll_resume_ms(&state, &policy, NOW + 1000), state.next_poll_ms);
    state.next_poll_ms = NOW + 1000;
    assert_int_equal(poll_resume_ms(&state, &policy, NOW + 2000), NOW + 600000);
}

static void test_T9_a_clock_that_was_ahead_does_not_silence_a_feed(void **unused)
{
    (void)unused;
    now = NOW + 3650 * DAY;
    document("<rss/>", 0, 1);
    int64_t due = poll_resume_ms(&state, &policy, NOW);
    assert_in_range(due - NOW, HOUR, HOUR);
    state.last_poll_ms = NOW - DAY;
    state.next_poll_ms = NOW + 300 * DAY;
    assert_in_range(poll_resume_ms(&state, &policy, NOW) - NOW, 1, DAY);
}

static void test_T9_overdue_feeds_are_spread_after_a_standstill(void **unused)
{
    (void)unused;
    policy.jitter = true;
    document("<rss/>", 0, 1);
    int64_t later = NOW + 30 * DAY, sum = 0;
    for (int i = 0; i < 1000; i++) {
        int64_t wait = poll_resume_ms(&state, &policy, later) - later;
        assert_in_range(wait, 0, 600000);
        sum += wait;
    }
    assert_in_range(sum / 1000, 250000, 350000);
}

static void test_T9_a_clock_set_back_between_polls_does_no_harm(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 5);
    now = NOW - 365 * DAY;
    document("<rss>2</rss>", 4, 1);
    assert_true(hours_to_next() >= 600.0 / 3600 && hours_to_next() <= 24);
    assert_true(state.entries_per_day >= 0);
    assert_true(state.gap_days_mean >= 0);
    now = NOW + 3650 * DAY;
    answers(200, "<rss>2</rss>");
    settled();
    assert_true(hours_to_next() >= 600.0 / 3600 && hours_to_next() <= 24);
}

static void brings_news_every(int64_t gap_ms, int times)
{
    for (int i = 0; i < times; i++, now += gap_ms) {
        char body[48];
        (void)snprintf(body, sizeof(body), "<rss>%lld</rss>", (long long)now);
        state.next_poll_ms = now;
        document(body, 9, 1);
    }
}

static bool silent_after(int64_t quiet_ms)
{
    return interval_is_silent(&state, state.last_new_ms + quiet_ms);
}

static void test_a_feed_is_silent_against_its_own_history(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    brings_news_every(2 * HOUR, 12 * 60); /* two months */
    assert_false(silent_after(DAY));
    assert_true(silent_after(4 * DAY));
    now = state.last_new_ms + 4 * DAY;
    answers(200, "<rss>nothing</rss>");
    finds(10, 0);
    settled();
    assert_int_equal(state.status, FEED_STATUS_SILENT);
    assert_true(change.status_changed);
    document("<rss>news</rss>", 9, 1);
    assert_int_equal(state.status, FEED_STATUS_OK);
}

static void test_weekends_belong_to_the_rhythm(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    for (int week = 0; week < 12; week++) {
        brings_news_every(2 * HOUR, 54); /* four days and a half */
        now += 60 * HOUR;
    }
    assert_false(silent_after(3 * DAY)); /* a weekend with its Monday */
    assert_true(silent_after(14 * DAY));
}

static void test_a_young_or_slow_history_calls_nothing_silent(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 30);
    assert_false(silent_after(300 * DAY)); /* nothing is known of its rhythm */
    brings_news_every(HOUR, 3);
    assert_false(silent_after(7 * DAY));
    teardown(NULL);
    setup(NULL);
    document("<rss/>", 0, 10);
    brings_news_every(30 * DAY, 12);
    assert_false(silent_after(40 * DAY));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_T1_hints_lengthen_and_never_shorten),
        TEST(test_T1_hours_and_days_to_skip_are_skipped),
        TEST(test_T2_the_first_document_sets_the_pace),
        TEST(test_T3_the_interval_settles_on_the_feeds_rhythm),
        TEST(test_T3_much_that_is_new_shortens_little_lengthens),
        TEST(test_T3_a_late_poll_says_nothing_of_the_interval),
        TEST(test_T3_nothing_new_for_a_month_lengthens_faster),
        TEST(test_T6_a_window_that_overflowed_is_counted_and_shortens_at_once),
        TEST(test_T8_jitter_spreads_a_tenth_and_at_most_half_an_hour),
        TEST(test_T9_no_two_polls_are_nearer_than_the_floor),
        TEST(test_T9_a_clock_that_was_ahead_does_not_silence_a_feed),
        TEST(test_T9_overdue_feeds_are_spread_after_a_standstill),
        TEST(test_T9_a_clock_set_back_between_polls_does_no_harm),
        TEST(test_a_feed_is_silent_against_its_own_history),
        TEST(test_weekends_belong_to_the_rhythm),
        TEST(test_a_young_or_slow_history_calls_nothing_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
