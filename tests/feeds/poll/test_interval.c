/* The schedule of one feed: each T rule of the polling contract has a test named by its number, and silence.
 * The formulas stand in feeds/interval.h. */
#include "feeds/poll/poll_fixture.h"

#include "feeds/poll/interval.h"

#include <math.h>

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
    assert_true(state.entries_per_day > 11.9F && state.entries_per_day < 12.1F);
    assert_in_range(state.interval_s, 3150, 3350); /* an hour / sqrt(12 / 10) */
    teardown(NULL);
    setup(NULL);
    answers(200, "<rss/>");
    finds(0, 50);
    found.oldest_ms = NOW - HOUR; /* twelve hundred a day: every six minutes, the floor is ten */
    found.newest_ms = NOW;
    settled();
    assert_int_equal(state.interval_s, 600);
}

static void test_T2_a_first_document_without_dates_is_no_evidence(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    assert_in_range(state.interval_s, 3500, 3600); /* interval-default, as for a feed with ten a day */
    for (; now < NOW + 10 * DAY; now = state.next_poll_ms) {
        answers(200, "<rss/>");
        settled();
    }
    assert_true(state.entries_per_day < 2); /* the guess is forgotten in days */
}

static void test_T2_dates_of_years_ago_are_believed(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    finds(0, 20);
    found.oldest_ms = NOW - 900 * DAY;
    found.newest_ms = NOW - 800 * DAY;
    settled();
    assert_true(state.interval_s > 18 * 3600);
}

/* Hours in which entries come, and how many entries in each; 24 * 7 in a week from Thursday 0:00 UTC on. */
static int hourly[24 * 7];

static void publishes(int day, int from, int to, int per_hour)
{
    for (int hour = from; hour < to; hour++)
        hourly[day * 24 + hour] = per_hour;
}

static void publishes_daily(int from, int to, int per_hour)
{
    memset(hourly, 0, sizeof(hourly));
    for (int day = 0; day < 7; day++)
        publishes(day, from, to, per_hour);
}

/* Entries published between two times, spread evenly within each hour. */
static int published(int64_t after_ms, int64_t until_ms)
{
    int count = 0;
    for (int64_t hour = after_ms / HOUR; hour <= until_ms / HOUR; hour++) {
        int per_hour = hourly[hour % (24 * 7)];
        for (int i = 0; i < per_hour; i++) {
            int64_t time = hour * HOUR + HOUR * i / per_hour;
            count += time > after_ms && time <= until_ms;
        }
    }
    return count;
}

struct outcome {
    int polls, lost;
    int by_hour[24];
    double mean_s; /* of the interval */
};

/* Runs the feed; what happens in the second half is returned. */
static struct outcome simulate(int window, int run_days)
{
    struct outcome outcome = {0};
    int64_t begin = now, end = now + run_days * DAY;
    document("<rss/>", 0, (uint32_t)window);
    while (state.next_poll_ms < end) {
        int64_t before = now;
        now = state.next_poll_ms;
        int fresh = published(before, now), lost = fresh > window ? fresh - window : 0;
        char body[32];
        (void)snprintf(body, sizeof(body), "<rss>%lld</rss>", fresh ? (long long)now : 0);
        if (fresh)
            document(body, (uint32_t)(window - fresh + lost), (uint32_t)(fresh - lost));
        else {
            answers(304, "");
            answer.was_conditional = true;
            settled();
        }
        if (now < begin + run_days * DAY / 2)
            continue;
        outcome.polls++;
        outcome.lost += lost;
        outcome.by_hour[now / HOUR % 24]++;
        outcome.mean_s += (double)(now - before) / 1000;
    }
    outcome.mean_s /= outcome.polls ? outcome.polls : 1;
    return outcome;
}

static struct outcome simulated(int window, int run_days)
{
    teardown(NULL);
    setup(NULL);
    return simulate(window, run_days);
}

static void test_T3_the_interval_settles_on_the_feeds_rhythm(void **unused)
{
    (void)unused;
    publishes_daily(0, 24, 1);
    assert_true(simulate(20, 20).mean_s < 2700);
    publishes_daily(0, 24, 17);
    struct outcome busy = simulated(50, 20);
    assert_true(busy.mean_s <= 900);
    assert_int_equal(busy.lost, 0);
    assert_int_equal(state.gaps_total, 0);
    publishes_daily(12, 13, 1);
    struct outcome slow = simulated(20, 60);
    assert_true(slow.mean_s > 2 * HOUR / 1000.0 && slow.mean_s <= 86400);
}

static void test_T3_little_that_was_known_shortens(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    struct feed_state begun = state;
    now = state.next_poll_ms;
    document("<rss>2</rss>", 5, 5);
    int32_t half = state.interval_s;
    assert_true(state.haste == 0);
    begun.etag = begun.last_modified = begun.title = NULL;
    state = begun;
    document("<rss>2</rss>", 2, 8);
    assert_true(state.haste > 0);
    assert_true(state.interval_s < half);
}

static void test_T3_a_late_poll_is_no_reason_for_haste(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    now = NOW + 10 * DAY; /* the service was stopped */
    document("<rss>2</rss>", 0, 10);
    assert_true(change.gap);
    assert_true(state.haste == 0);
    assert_true(state.interval_s > 1800);
}

static void test_T3_nothing_new_for_a_month_leads_to_the_longest_interval(void **unused)
{
    (void)unused;
    publishes_daily(0, 24, 2);
    (void)simulate(20, 10);
    for (int64_t end = now + 62 * DAY; now < end; now = state.next_poll_ms) {
        answers(304, "");
        answer.was_conditional = true;
        settled();
    }
    assert_int_equal(state.interval_s, 86400);
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
    assert_in_range(state.entries_lost, 1, 3);
    assert_int_equal(change.lost, state.entries_lost);
}

static void test_T6_the_loss_is_estimated_from_the_dates_of_what_is_left(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    now = NOW + 3 * HOUR;
    answers(200, "<rss>2</rss>");
    finds(0, 10);
    found.oldest_ms = now - HOUR; /* ten in this hour; up to twenty in the two before it */
    found.newest_ms = now;
    settled();
    assert_in_range(state.entries_lost, 8, 20);
    now += HOUR;
    answers(200, "<rss>3</rss>");
    finds(0, 10);
    found.oldest_ms = now - 2 * DAY; /* new ids for known entries: nothing can be missing */
    found.newest_ms = now;
    settled();
    assert_true(change.gap);
    assert_int_equal(change.lost, 0);
}

static void test_T6_the_window_bounds_the_interval_so_that_none_is_lost(void **unused)
{
    (void)unused;
    publishes_daily(0, 24, 6);
    policy.interval_default_s = 6 * 3600; /* sparing: the square-root law alone asks for an hour and a half */
    struct outcome narrow = simulate(10, 20);
    assert_int_equal(narrow.lost, 0);
    assert_true(narrow.mean_s < 5000);
    teardown(NULL);
    setup(NULL);
    policy.interval_default_s = 6 * 3600;
    struct outcome wide = simulate(100, 20);
    assert_int_equal(wide.lost, 0);
    assert_true(wide.mean_s > narrow.mean_s * 1.2);
}

static void test_T7_four_times_the_entries_halve_the_interval(void **unused)
{
    (void)unused;
    for (int per_day = 2; per_day <= 200; per_day *= 4) {
        teardown(NULL);
        setup(NULL);
        answers(200, "<rss/>");
        finds(0, 101);
        found.oldest_ms = NOW - 100 * DAY / per_day;
        found.newest_ms = NOW;
        settled();
        int32_t law = (int32_t)(3600 / sqrt(per_day / 10.0));
        assert_in_range(state.interval_s, law - law / 50, law + law / 50);
    }
}

static void test_T7_the_budget_scales_every_interval(void **unused)
{
    (void)unused;
    int32_t intervals[2];
    for (int i = 0; i < 2; i++) {
        teardown(NULL);
        setup(NULL);
        policy.interval_default_s = i ? 7200 : 3600;
        answers(200, "<rss/>");
        finds(0, 101);
        found.oldest_ms = NOW - 10 * DAY;
        found.newest_ms = NOW;
        settled();
        intervals[i] = state.interval_s;
    }
    assert_in_range(intervals[1], 2 * intervals[0] - 2, 2 * intervals[0] + 2);
}

static void test_T7_the_night_is_spared_and_the_day_is_not(void **unused)
{
    (void)unused;
    publishes_daily(8, 18, 3);
    struct outcome outcome = simulate(30, 60);
    int day = 0, night = 0;
    for (int hour = 0; hour < 10; hour++) {
        day += outcome.by_hour[8 + hour];
        night += outcome.by_hour[(20 + hour) % 24];
    }
    assert_true(day > 3 * night);
    assert_true(night > 0);
}

static void test_T5_a_rush_hour_is_polled_at_the_floor(void **unused)
{
    (void)unused;
    publishes_daily(0, 24, 1);
    for (int day = 0; day < 7; day++)
        publishes(day, 6, 9, 40);
    struct outcome outcome = simulated(30, 28);
    for (int hour = 7; hour < 9; hour++)
        assert_true(outcome.by_hour[hour] >= 14 * 5); /* six an hour would be the floor's */
    assert_true(outcome.by_hour[20] < 14 * 4);
}

static void test_T7_the_weekend_is_spared(void **unused)
{
    (void)unused;
    memset(hourly, 0, sizeof(hourly));
    for (int day = 0; day < 7; day++) /* from Thursday on */
        publishes(day, 0, 24, day == 2 || day == 3 ? 0 : 2);
    (void)simulate(30, 60);
    int64_t saturday = (now / (7 * DAY) * 7 + 9) * DAY; /* of the week after */
    int32_t intervals[2];
    for (int i = 0; i < 2; i++) {
        state.last_success_ms = saturday - i * 4 * DAY + 11 * HOUR; /* Saturday, Tuesday */
        state.burst_entries = state.burst_expected = 0;
        now = state.last_success_ms + MINUTE;
        interval_after_unchanged(&state, &policy, now);
        intervals[i] = state.interval_s;
    }
    assert_true(intervals[0] > 1.5 * intervals[1]);
}

static void test_T7_a_burst_shortens_at_once_and_passes(void **unused)
{
    (void)unused;
    publishes_daily(0, 24, 1);
    (void)simulate(50, 30);
    int32_t usual = state.interval_s;
    now = state.next_poll_ms;
    document("<rss>burst</rss>", 30, 20);
    assert_true(state.interval_s < usual / 2);
    for (int64_t end = now + DAY; now < end;) {
        now = state.next_poll_ms;
        char body[32];
        (void)snprintf(body, sizeof(body), "<rss>%lld</rss>", (long long)now);
        document(body, 49, 1);
    }
    assert_true(state.interval_s > usual / 2);
}

static void test_T7_bounds_of_the_operator_hold(void **unused)
{
    (void)unused;
    policy.interval_max_s = 7200;
    document("<rss/>", 0, 0);
    answers(200, "<rss>2</rss>");
    finds(0, 3);
    found.oldest_ms = NOW - 900 * DAY;
    settled();
    assert_true(state.interval_s <= 7200);
    publishes_daily(0, 24, 50);
    assert_true(simulated(5, 4).mean_s >= 600);
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

static void test_T13_a_feed_with_nothing_new_for_half_a_year_is_asked_once_a_week(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    for (int day = 1; day <= 181; day++) {
        now = NOW + day * DAY;
        answers(200, "<rss/>");
        settled();
        assert_int_equal(state.next_poll_ms - now > DAY, day > 180);
    }
    assert_int_equal(state.next_poll_ms - now, 7 * DAY);
    document("<rss>news</rss>", 9, 1);
    assert_in_range(state.next_poll_ms - now, 1, DAY);
}

static void test_T13_time_in_which_nobody_looked_does_not_count(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 10);
    now = NOW + 300 * DAY;
    answers(200, "<rss/>");
    settled();
    assert_in_range(state.next_poll_ms - now, 1, DAY);
}

static void test_an_interval_fixed_by_the_operator_stands_and_hints_lengthen_it(void **unused)
{
    (void)unused;
    state.interval_fixed_s = 60; /* below the floor, which is for intervals that newsd chooses */
    document("<rss/>", 0, 10);
    assert_int_equal(state.next_poll_ms - now, 60000);
    answers(200, "<rss>more</rss>");
    header("Cache-Control", "max-age=7200");
    finds(10, 0);
    settled();
    assert_int_equal(state.next_poll_ms - now, 2 * HOUR);
}

static void test_T9_no_two_polls_are_nearer_than_the_floor(void **unused)
{
    (void)unused;
    state.interval_s = 1;
    assert_int_equal(interval_next_ms(&state, &policy, NOW), NOW + 600000);
    assert_true(interval_retry_ms(&state, &policy, FETCH_ERROR_DNS, 0, NOW) >= NOW + 600000);
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
    assert_int_equal(due - NOW, state.next_poll_ms - now);
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
        TEST(test_T2_a_first_document_without_dates_is_no_evidence),
        TEST(test_T2_dates_of_years_ago_are_believed),
        TEST(test_T3_the_interval_settles_on_the_feeds_rhythm),
        TEST(test_T3_little_that_was_known_shortens),
        TEST(test_T3_a_late_poll_is_no_reason_for_haste),
        TEST(test_T3_nothing_new_for_a_month_leads_to_the_longest_interval),
        TEST(test_T5_a_rush_hour_is_polled_at_the_floor),
        TEST(test_T6_a_window_that_overflowed_is_counted_and_shortens_at_once),
        TEST(test_T6_the_loss_is_estimated_from_the_dates_of_what_is_left),
        TEST(test_T6_the_window_bounds_the_interval_so_that_none_is_lost),
        TEST(test_T7_four_times_the_entries_halve_the_interval),
        TEST(test_T7_the_budget_scales_every_interval),
        TEST(test_T7_the_night_is_spared_and_the_day_is_not),
        TEST(test_T7_the_weekend_is_spared),
        TEST(test_T7_a_burst_shortens_at_once_and_passes),
        TEST(test_T7_bounds_of_the_operator_hold),
        TEST(test_T8_jitter_spreads_a_tenth_and_at_most_half_an_hour),
        TEST(test_T9_no_two_polls_are_nearer_than_the_floor),
        TEST(test_T9_a_clock_that_was_ahead_does_not_silence_a_feed),
        TEST(test_T9_overdue_feeds_are_spread_after_a_standstill),
        TEST(test_T9_a_clock_set_back_between_polls_does_no_harm),
        TEST(test_T13_a_feed_with_nothing_new_for_half_a_year_is_asked_once_a_week),
        TEST(test_T13_time_in_which_nobody_looked_does_not_count),
        TEST(test_an_interval_fixed_by_the_operator_stands_and_hints_lengthen_it),
        TEST(test_a_feed_is_silent_against_its_own_history),
        TEST(test_weekends_belong_to_the_rhythm),
        TEST(test_a_young_or_slow_history_calls_nothing_silent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
