/* Statuses, redirects and failures: each S rule of the polling contract has a test named by its number. */
#include "feeds/poll/poll_fixture.h"

static void polls_redirected(const char *target, bool permanent)
{
    char body[32];
    (void)snprintf(body, sizeof(body), "<rss>%u</rss>", state.polls);
    answers(200, body);
    redirects(target, permanent);
    finds(5, 0);
    settled();
}

static void test_S1_a_permanent_redirect_is_adopted_after_a_week(void **unused)
{
    (void)unused;
    for (int day = 0; day < 7; day++, now += DAY) {
        polls_redirected("https://new.example/feed", true);
        assert_null(state.moved_to);
        assert_string_equal(state.redirect_target, "https://new.example/feed");
    }
    answers(200, "<rss>last</rss>");
    redirects("https://new.example/feed", true);
    header("ETag", "\"new\"");
    finds(5, 0);
    settled();
    assert_true(change.moved);
    assert_string_equal(state.moved_to, "https://new.example/feed");
    assert_string_equal(state.url, "http://news.example/feed");
    assert_string_equal(feed_state_poll_url(&state), "https://new.example/feed");
    assert_string_equal(state.etag, "\"new\""); /* it came from there */
    assert_null(state.redirect_target);
}

static void test_S1_time_alone_or_sightings_alone_are_not_enough(void **unused)
{
    (void)unused;
    for (int i = 0; i < 20; i++, now += HOUR)
        polls_redirected("https://new.example/feed", true);
    assert_null(state.moved_to);
    teardown(NULL);
    setup(NULL);
    polls_redirected("https://new.example/feed", true);
    now += 30 * DAY;
    polls_redirected("https://new.example/feed", true);
    assert_null(state.moved_to);
}

static void test_S1_a_redirect_that_changes_or_stops_begins_anew(void **unused)
{
    (void)unused;
    polls_redirected("https://new.example/feed", true);
    now += 6 * DAY;
    polls_redirected("https://other.example/feed", true);
    assert_int_equal(state.redirect_since_ms, now);
    answers(200, "<rss>here again</rss>");
    settled();
    assert_null(state.redirect_target);
    assert_int_equal(state.redirect_since_ms, 0);
}

static void test_S1_https_on_the_same_host_is_adopted_at_once(void **unused)
{
    (void)unused;
    polls_redirected("https://News.example/feed/", true);
    assert_string_equal(state.moved_to, "https://News.example/feed/");
}

static void test_S1_https_on_another_host_is_not_adopted_at_once(void **unused)
{
    (void)unused;
    polls_redirected("https://news.example.evil.test/feed", true);
    assert_null(state.moved_to);
    polls_redirected("https://news.example@evil.test/feed", true);
    assert_null(state.moved_to);
}

static void test_S1_the_target_is_adopted_when_the_old_address_dies(void **unused)
{
    (void)unused;
    polls_redirected("https://new.example/feed", true);
    fails_status(404);
    assert_string_equal(state.moved_to, "https://new.example/feed");
    assert_true(change.moved);
    assert_int_equal(state.next_poll_ms, now + 600 * 1000);
    assert_null(state.etag);
}

static void test_S1_an_html_page_behind_a_redirect_is_never_adopted(void **unused)
{
    (void)unused;
    for (int day = 0; day < 12; day++, now += DAY) {
        answers(200, "<html>log in</html>");
        redirects("https://login.example/", true);
        found.parse_error = FETCH_ERROR_HTML;
        settled();
    }
    assert_null(state.moved_to);
    assert_null(state.redirect_target);
    assert_int_equal(state.last_error, FETCH_ERROR_HTML);
}

static void test_S1_the_feeds_own_word_counts_at_once(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    found.moved_to = STR("https://new.example/feed");
    settled();
    assert_string_equal(state.moved_to, "https://new.example/feed");
    answers(200, "<rss>2</rss>"); /* and the new one does not send it back */
    found.moved_to = STR("http://news.example/feed");
    settled();
    assert_string_equal(state.moved_to, "https://new.example/feed");
    found.moved_to = STR("file:///etc/passwd");
    answers(200, "<rss>3</rss>");
    settled();
    assert_string_equal(state.moved_to, "https://new.example/feed");
}

static void test_S1_an_adopted_address_that_fails_is_left_again(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    found.moved_to = STR("https://typo.example/feed");
    settled();
    for (int i = 0; i < 6; i++)
        fails_status(404);
    assert_null(state.moved_to);
    answers(200, "<rss>2</rss>"); /* works at the old one, which still points to the other */
    found.moved_to = STR("https://typo.example/feed");
    settled();
    assert_null(state.moved_to);
    assert_int_equal(state.status, FEED_STATUS_OK);
}

static void test_S1_an_outage_does_not_change_addresses(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    found.moved_to = STR("https://new.example/feed");
    settled();
    for (int i = 0; i < 20; i++, now += HOUR) {
        fails(FETCH_ERROR_CONNECT);
        assert_string_equal(state.moved_to, "https://new.example/feed");
    }
    now += 7 * DAY; /* an outage of a week is none any more */
    for (int i = 0; i < 6; i++)
        fails(FETCH_ERROR_CONNECT);
    assert_null(state.moved_to);
}

static void test_S1_two_dead_addresses_are_tried_in_turn_not_in_a_hurry(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    found.moved_to = STR("https://new.example/feed");
    settled();
    int at_new = 0;
    for (int i = 0; i < 24; i++) {
        at_new += state.moved_to != NULL;
        fails_status(404);
    }
    assert_int_equal(at_new, 12); /* six polls here, six there */
    assert_true(hours_to_next() > 1 || state.next_poll_ms == now + 600 * 1000);
}

static void test_S2_a_temporary_redirect_is_never_adopted(void **unused)
{
    (void)unused;
    for (int day = 0; day < 30; day++, now += DAY)
        polls_redirected("https://new.example/feed", false);
    assert_null(state.moved_to);
    assert_null(state.redirect_target);
}

static void test_S5_gone_is_said_once_and_probed_slowly(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 3);
    fails_status(410);
    assert_int_equal(state.status, FEED_STATUS_GONE);
    assert_true(change.status_changed);
    assert_true(hours_to_next() >= 7 * 24);
    fails_status(404);
    assert_false(change.status_changed);
    assert_int_equal(state.status, FEED_STATUS_GONE);
    assert_true(hours_to_next() >= 7 * 24);
    document("<rss>back</rss>", 3, 1);
    assert_int_equal(state.status, FEED_STATUS_OK);
    assert_int_equal(change.before, FEED_STATUS_GONE);
}

static void test_S6_back_off_is_linear_and_never_gives_up(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 3);
    state.interval_s = 3600;
    double before = 0;
    for (int i = 0; i < 3000; i++) {
        fails_status(404);
        assert_true(hours_to_next() >= before && hours_to_next() <= 30 * 24);
        before = hours_to_next();
        if (i == 0)
            assert_true(before == 1.5);
        if (i == 9)
            assert_true(before == 6);
        if (i == 58)
            assert_true(before == 24); /* thirty points are not yet there */
    }
    assert_true(before == 30 * 24);
    document("<rss>back</rss>", 3, 1);
    assert_int_equal(state.failure_quarters, 0);
    assert_int_equal(state.failures_in_row, 0);
    assert_true(hours_to_next() <= 1.2);
}

static void test_S6_errors_weigh_as_they_last(void **unused)
{
    (void)unused;
    fails(FETCH_ERROR_DNS);
    assert_int_equal(state.failure_quarters, 1);
    fails_status(404);
    assert_int_equal(state.failure_quarters, 3);
    fails_status(451);
    assert_int_equal(state.failure_quarters, 7);
    assert_int_equal(state.last_error, FETCH_ERROR_STATUS_CLIENT);
    assert_int_equal(state.last_http_status, 451);
}

static void test_S6_a_feed_is_failing_after_three_in_a_row(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 3);
    assert_int_equal(change.before, FEED_STATUS_NEW);
    fails_status(500);
    fails_status(500);
    assert_int_equal(state.status, FEED_STATUS_OK);
    fails_status(500);
    assert_int_equal(state.status, FEED_STATUS_FAILING);
    assert_true(change.status_changed);
    fails_status(500);
    assert_false(change.status_changed);
}

static void test_S6_a_feed_that_never_worked_is_failing_at_once(void **unused)
{
    (void)unused;
    answers(200, "<html>");
    found.parse_error = FETCH_ERROR_HTML;
    settled();
    assert_int_equal(state.status, FEED_STATUS_FAILING);
    assert_int_equal(state.last_error, FETCH_ERROR_HTML);
    assert_false(state.backfilled);
}

static int64_t retry_after(int status, const char *value)
{
    answers(status, "");
    if (value)
        header("Retry-After", value);
    judged();
    return verdict.retry_after_ms;
}

static void test_S7_retry_after_in_seconds_or_as_a_date(void **unused)
{
    (void)unused;
    assert_int_equal(retry_after(429, "120"), 120000);
    assert_int_equal(verdict.error, FETCH_ERROR_THROTTLED);
    assert_int_equal(retry_after(503, "Tue, 11 Jan 2022 11:33:00 GMT"), HOUR);
    assert_int_equal(retry_after(429, NULL), 10 * MINUTE);
    assert_int_equal(retry_after(429, "soon"), 10 * MINUTE);
    assert_int_equal(retry_after(429, "-3"), 10 * MINUTE);
    assert_int_equal(retry_after(429, "Tue, 11 Jan 2022 08:00:00 GMT"), 10 * MINUTE);
    assert_int_equal(retry_after(429, "316800"), DAY); /* 88 hours */
    assert_int_equal(retry_after(429, "99999999999999999999"), DAY);
    assert_int_equal(retry_after(503, NULL), 0);
    assert_int_equal(verdict.error, FETCH_ERROR_STATUS_SERVER);
    assert_int_equal(retry_after(404, "60"), 0);
}

static void test_S7_the_feed_waits_as_long_as_its_host(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 3);
    for (int i = 0; i < 5; i++) {
        answers(429, "");
        header("Retry-After", "36000");
        settled();
        assert_true(hours_to_next() >= 10);
    }
    assert_int_equal(state.status, FEED_STATUS_OK); /* asked to wait is not failing ... */
    now += 2 * DAY;
    answers(429, "");
    settled();
    assert_int_equal(state.status, FEED_STATUS_FAILING); /* ... but for days it is */
}

static void test_S8_repeated_403_is_a_pause(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 3);
    state.interval_s = 600;
    fails_status(403);
    assert_int_equal(state.last_error, FETCH_ERROR_FORBIDDEN);
    assert_true(hours_to_next() < 1);
    fails_status(403);
    assert_true(hours_to_next() >= 4 && hours_to_next() <= 24);
}

static void test_S8_a_bot_challenge_has_its_own_name(void **unused)
{
    (void)unused;
    answers(403, "<html>");
    header("CF-Mitigated", "challenge");
    assert_int_equal(judged(), FETCH_ERROR_CHALLENGE);
    assert_string_equal(fetch_error_name(FETCH_ERROR_CHALLENGE), "challenge");
}

static void test_S10_an_empty_answer_is_an_error(void **unused)
{
    (void)unused;
    answers(200, "");
    assert_int_equal(judged(), FETCH_ERROR_EMPTY);
    answers(200, " \r\n\t ");
    assert_int_equal(judged(), FETCH_ERROR_EMPTY);
    answers(204, "");
    assert_int_equal(judged(), FETCH_ERROR_EMPTY);
}

static void test_S11_statuses_nobody_asked_for_are_errors(void **unused)
{
    (void)unused;
    answers(226, "<rss/>");
    assert_int_equal(judged(), FETCH_ERROR_HTTP_PROTOCOL);
    answers(206, "<rss/>");
    assert_int_equal(judged(), FETCH_ERROR_PARTIAL);
    answers(304, "");
    assert_int_equal(judged(), FETCH_ERROR_HTTP_PROTOCOL);
    answers(302, "");
    assert_int_equal(judged(), FETCH_ERROR_REDIRECT);
    answers(401, "");
    assert_int_equal(judged(), FETCH_ERROR_FORBIDDEN);
    answers(418, "");
    assert_int_equal(judged(), FETCH_ERROR_STATUS_CLIENT);
    answers(0, "");
    assert_int_equal(judged(), FETCH_ERROR_HTTP_PROTOCOL);
}

static void test_a_body_cut_short_gives_its_entries_and_counts_as_failed(void **unused)
{
    (void)unused;
    document("<rss/>", 0, 3);
    answers(200, "<rss><item>half");
    answer.error = FETCH_ERROR_TRUNCATED;
    header("ETag", "\"half\"");
    found.truncated = true;
    finds(3, 1);
    settled();
    assert_int_equal(verdict.kind, POLL_BODY);
    assert_int_equal(state.last_error, FETCH_ERROR_TRUNCATED);
    assert_int_equal(state.failures_in_row, 1);
    assert_null(state.etag);
    answers(200, "<rss>whole</rss>"); /* only the announced length was wrong: works, but no validators */
    answer.error = FETCH_ERROR_TRUNCATED;
    header("ETag", "\"odd\"");
    finds(3, 1);
    settled();
    assert_int_equal(state.last_error, FETCH_ERROR_NONE);
    assert_null(state.etag);
    answers(200, "");
    answer.error = FETCH_ERROR_TRUNCATED;
    assert_int_equal(judged(), FETCH_ERROR_TRUNCATED);
    assert_int_equal(verdict.kind, POLL_FAILED);
}

static void test_a_truncated_document_keeps_no_validators(void **unused)
{
    (void)unused;
    answers(200, "<rss><item>");
    header("ETag", "\"half\"");
    found.truncated = true;
    finds(0, 3);
    settled();
    assert_null(state.etag);
    assert_int_equal(state.body_hash, 0);
    assert_int_equal(state.last_error, FETCH_ERROR_NONE);
}

static void test_N5_pain_21_a_broken_http2_falls_back_and_stays_so(void **unused)
{
    (void)unused;
    answers(0, "");
    answer.error = FETCH_ERROR_HTTP_PROTOCOL;
    settled();
    assert_false(state.http1_only);
    answers(0, "");
    answer.error = FETCH_ERROR_HTTP_PROTOCOL;
    answer.http2 = true;
    settled();
    struct poll_request request;
    poll_prepare(&state, &policy, now, &request);
    assert_true(request.http1_only);
    document("<rss/>", 0, 1);
    poll_prepare(&state, &policy, now, &request);
    assert_true(request.http1_only);
}

static void test_the_title_is_kept_and_cut(void **unused)
{
    (void)unused;
    static char title[4000];
    memset(title, 'T', sizeof(title) - 1);
    answers(200, "<rss/>");
    found.title = STR("The News");
    settled();
    assert_string_equal(state.title, "The News");
    answers(200, "<rss>2</rss>");
    settled();
    assert_string_equal(state.title, "The News");
    answers(200, "<rss>3</rss>");
    found.title = str_from(title);
    settled();
    assert_true(strlen(state.title) <= 512);
}

static void test_every_error_has_name_and_text(void **unused)
{
    (void)unused;
    for (int i = 0; i < FETCH_ERROR_COUNT; i++) {
        assert_non_null(fetch_error_name((enum fetch_error)i));
        assert_non_null(fetch_error_text((enum fetch_error)i));
        assert_true(strlen(fetch_error_text((enum fetch_error)i)) > 5);
    }
    assert_string_equal(fetch_error_name((enum fetch_error)999), "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_S1_a_permanent_redirect_is_adopted_after_a_week),
        TEST(test_S1_time_alone_or_sightings_alone_are_not_enough),
        TEST(test_S1_a_redirect_that_changes_or_stops_begins_anew),
        TEST(test_S1_https_on_the_same_host_is_adopted_at_once),
        TEST(test_S1_https_on_another_host_is_not_adopted_at_once),
        TEST(test_S1_the_target_is_adopted_when_the_old_address_dies),
        TEST(test_S1_an_html_page_behind_a_redirect_is_never_adopted),
        TEST(test_S1_the_feeds_own_word_counts_at_once),
        TEST(test_S1_an_adopted_address_that_fails_is_left_again),
        TEST(test_S1_an_outage_does_not_change_addresses),
        TEST(test_S1_two_dead_addresses_are_tried_in_turn_not_in_a_hurry),
        TEST(test_S2_a_temporary_redirect_is_never_adopted),
        TEST(test_S5_gone_is_said_once_and_probed_slowly),
        TEST(test_S6_back_off_is_linear_and_never_gives_up),
        TEST(test_S6_errors_weigh_as_they_last),
        TEST(test_S6_a_feed_is_failing_after_three_in_a_row),
        TEST(test_S6_a_feed_that_never_worked_is_failing_at_once),
        TEST(test_S7_retry_after_in_seconds_or_as_a_date),
        TEST(test_S7_the_feed_waits_as_long_as_its_host),
        TEST(test_S8_repeated_403_is_a_pause),
        TEST(test_S8_a_bot_challenge_has_its_own_name),
        TEST(test_S10_an_empty_answer_is_an_error),
        TEST(test_S11_statuses_nobody_asked_for_are_errors),
        TEST(test_a_body_cut_short_gives_its_entries_and_counts_as_failed),
        TEST(test_a_truncated_document_keeps_no_validators),
        TEST(test_N5_pain_21_a_broken_http2_falls_back_and_stays_so),
        TEST(test_the_title_is_kept_and_cut),
        TEST(test_every_error_has_name_and_text),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
