/* Conditional requests and caching: each P rule of the polling contract has a test named by its number. */
#include "feeds/poll/poll_fixture.h"

#include "feeds/http/cache_hints.h"

static void test_P1_validators_are_sent_back_byte_for_byte(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    header("ETag", "W/\"odd, 'tag'  here\"");
    header("Last-Modified", "Tue, 11 Jan 2022 10:00:00 +0000 (odd)");
    settled();
    struct poll_request request;
    poll_prepare(&state, &policy, now, &request);
    assert_true(request.conditional);
    assert_string_equal(request.etag, "W/\"odd, 'tag'  here\"");
    assert_string_equal(request.last_modified, "Tue, 11 Jan 2022 10:00:00 +0000 (odd)");
}

static void test_P1_no_date_is_made_up(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    header("Date", "Tue, 11 Jan 2022 10:00:00 GMT");
    settled();
    struct poll_request request;
    poll_prepare(&state, &policy, now, &request);
    assert_false(request.conditional);
    assert_null(request.etag);
    assert_null(request.last_modified);
}

static void test_P1_a_validator_of_absurd_length_is_not_kept(void **unused)
{
    (void)unused;
    static char tag[5000];
    memset(tag, 'x', sizeof(tag) - 1);
    answers(200, "<rss/>");
    header("ETag", tag);
    settled();
    assert_null(state.etag);
}

/* The state holds C strings: what would be cut off at its NUL is not kept at all. */
static void test_P1_a_validator_with_a_NUL_is_not_kept(void **unused)
{
    (void)unused;
    static const struct http_header odd[] = {{STR("ETag"), STR("\"a\0b\"")},
                                             {STR("Last-Modified"), STR("Tue, 11 Jan 2022 10:00:00 GMT\0x")}};
    answers(200, "<rss/>");
    answer.headers = odd;
    answer.header_count = 2;
    settled();
    assert_null(state.etag);
    assert_null(state.last_modified);
}

static void with_validators(const char *etag, const char *modified)
{
    answers(200, "<rss>first</rss>");
    if (etag)
        header("ETag", etag);
    if (modified)
        header("Last-Modified", modified);
    finds(0, 5);
    settled();
}

static void test_P3_a_weak_tag_is_sent_as_it_is(void **unused)
{
    (void)unused;
    with_validators("W/\"7\"", NULL);
    struct poll_request request;
    poll_prepare(&state, &policy, now, &request);
    assert_string_equal(request.etag, "W/\"7\"");
    answers(304, "");
    header("ETag", "W/\"7\"");
    settled();
    poll_prepare(&state, &policy, now, &request);
    assert_string_equal(request.etag, "W/\"7\"");
}

static void test_P2_both_validators_are_sent(void **unused)
{
    (void)unused;
    with_validators("\"a\"", "Mon, 10 Jan 2022 10:00:00 GMT");
    struct poll_request request;
    poll_prepare(&state, &policy, now, &request);
    assert_non_null(request.etag);
    assert_non_null(request.last_modified);
}

static void test_P4_a_304_renews_the_validators(void **unused)
{
    (void)unused;
    with_validators("\"a\"", "Mon, 10 Jan 2022 10:00:00 GMT");
    answers(304, "");
    header("ETag", "\"b\"");
    settled();
    assert_int_equal(verdict.kind, POLL_UNCHANGED);
    assert_string_equal(state.etag, "\"b\"");
    assert_string_equal(state.last_modified, "Mon, 10 Jan 2022 10:00:00 GMT"); /* missing keeps the old */
    answers(304, "");
    settled();
    assert_null(state.etag); /* absent clears it */
    assert_non_null(state.last_modified);
}

static void test_P4_a_200_with_the_same_body_renews_the_validators(void **unused)
{
    (void)unused;
    with_validators("\"a\"", NULL);
    answers(200, "<rss>first</rss>");
    header("ETag", "\"b\"");
    settled();
    assert_int_equal(verdict.kind, POLL_UNCHANGED);
    assert_string_equal(state.etag, "\"b\"");
}

static void test_P5_pain_6_endless_304_is_tested_without_conditions(void **unused)
{
    (void)unused;
    with_validators("\"a\"", NULL);
    struct poll_request request;
    poll_prepare(&state, &policy, NOW + 7 * DAY, &request);
    assert_true(request.conditional);
    poll_prepare(&state, &policy, NOW + 8 * DAY + 1, &request);
    assert_false(request.conditional);
    assert_null(request.etag);
    now = NOW + 8 * DAY + 1;
    answers(200, "<rss>first</rss>"); /* it was true: conditions again for eight days */
    header("ETag", "\"a\"");
    settled();
    poll_prepare(&state, &policy, now + DAY, &request);
    assert_true(request.conditional);
}

static void nine_days_of_304(void)
{
    with_validators("\"a\"", "Mon, 10 Jan 2022 10:00:00 GMT");
    for (int day = 1; day <= 8; day++) {
        now = NOW + day * DAY;
        answers(304, "");
        header("ETag", "\"a\"");
        settled();
    }
    now = NOW + 9 * DAY;
    answers(200, "<rss>second</rss>");
    assert_false(answer.was_conditional);
}

static void test_P5_a_304_that_was_false_ends_the_trust(void **unused)
{
    (void)unused;
    nine_days_of_304();
    header("ETag", "\"b\"");
    header("Last-Modified", "Fri, 14 Jan 2022 10:00:00 GMT"); /* five days before the last 304 */
    finds(3, 2);
    settled();
    assert_true(state.distrust_validators);
    struct poll_request request;
    poll_prepare(&state, &policy, now, &request);
    assert_false(request.conditional);
}

static void test_P5_a_304_was_false_when_old_entries_appear(void **unused)
{
    (void)unused;
    nine_days_of_304();
    header("ETag", "\"b\"");
    finds(3, 2);
    found.newest_ms = NOW + 3 * DAY;
    settled();
    assert_true(state.distrust_validators);
}

static void test_P5_a_change_after_the_last_304_proves_nothing(void **unused)
{
    (void)unused;
    nine_days_of_304();
    header("ETag", "\"b\"");
    header("Last-Modified", "Thu, 20 Jan 2022 09:00:00 GMT");
    finds(3, 2);
    found.newest_ms = now - HOUR;
    settled();
    assert_false(state.distrust_validators);
    assert_string_equal(state.etag, "\"b\"");
}

static void test_P5_old_entries_alone_prove_nothing_where_no_304_was(void **unused)
{
    (void)unused;
    with_validators(NULL, NULL);
    now += HOUR;
    answers(200, "<rss>second</rss>");
    header("ETag", "\"b\"");
    finds(5, 1);
    found.newest_ms = NOW - 3 * DAY; /* dated back by its author */
    settled();
    assert_false(state.distrust_validators);
}

static void test_P6_a_date_in_the_future_is_not_kept(void **unused)
{
    (void)unused;
    with_validators(NULL, "Fri, 14 Jan 2022 10:33:00 GMT");
    assert_null(state.last_modified);
    with_validators("\"a\"", "Wed, 12 Jan 2022 10:32:00 GMT"); /* a wrong time zone is no lie */
    assert_non_null(state.last_modified);
}

static void test_P6_expires_0_demotes_the_date_beside_a_tag(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    header("Expires", "0");
    header("ETag", "\"a\"");
    header("Last-Modified", "Mon, 10 Jan 2022 10:00:00 GMT");
    settled();
    assert_string_equal(state.etag, "\"a\"");
    assert_null(state.last_modified);
}

static void test_P6_a_tag_that_stays_over_new_entries_is_not_trusted(void **unused)
{
    (void)unused;
    with_validators("\"always\"", NULL);
    now += HOUR;
    answers(200, "<rss>second</rss>");
    header("ETag", "\"always\"");
    finds(5, 0);
    settled();
    assert_false(state.distrust_validators); /* only a comment changed, say */
    answers(200, "<rss>third</rss>");
    header("ETag", "\"always\"");
    finds(4, 1);
    settled();
    assert_true(state.distrust_validators);
}

static void test_P6_a_date_that_stays_over_new_entries_is_not_trusted(void **unused)
{
    (void)unused;
    with_validators(NULL, "Mon, 10 Jan 2022 10:00:00 GMT");
    now += HOUR;
    answers(200, "<rss>second</rss>");
    header("Last-Modified", "Mon, 10 Jan 2022 10:00:00 GMT");
    finds(4, 1);
    settled();
    assert_true(state.distrust_validators);
}

static void test_P7_a_gzip_tag_that_never_matches_gives_way_to_the_date(void **unused)
{
    (void)unused;
    static const char date[] = "Mon, 10 Jan 2022 10:00:00 GMT";
    with_validators("\"abc-gzip\"", date);
    assert_non_null(state.etag);
    answers(200, "<rss>first</rss>");
    header("ETag", "\"abc-gzip\"");
    header("Last-Modified", date);
    settled();
    assert_null(state.etag);
    assert_string_equal(state.last_modified, date);
    answers(304, ""); /* works now, and the tag must not come back with it */
    header("ETag", "\"abc-gzip\"");
    settled();
    assert_null(state.etag);
    assert_string_equal(state.last_modified, date);
}

static void test_P8_a_known_body_is_not_parsed(void **unused)
{
    (void)unused;
    document("<rss>first</rss>", 0, 5);
    answers(200, "<rss>first</rss>");
    judged();
    assert_int_equal(verdict.kind, POLL_UNCHANGED);
    assert_int_equal(poll_settle(&state, &policy, &answer, &verdict, NULL, now, &change), 0);
    assert_int_equal(state.polls, 2);
    assert_int_equal(state.polls_unchanged, 1);
    answers(200, "<rss>second</rss>");
    judged();
    assert_int_equal(verdict.kind, POLL_BODY);
}

static void test_P9_validators_do_not_follow_to_another_address(void **unused)
{
    (void)unused;
    with_validators("\"a\"", NULL);
    answers(200, "<rss>second</rss>");
    header("ETag", "\"b\"");
    finds(5, 0);
    found.moved_to = STR("https://other.example/feed");
    settled();
    assert_true(change.moved);
    assert_null(state.etag);
    assert_int_equal(state.body_hash, 0);
}

static int32_t hint(const char *name, const char *value)
{
    answers(200, "<rss/>");
    header("Date", "Tue, 11 Jan 2022 10:33:00 GMT");
    header(name, value);
    return cache_hint_s(&answer);
}

static void test_P10_max_age_and_expires_are_lower_bounds(void **unused)
{
    (void)unused;
    assert_int_equal(hint("Cache-Control", "public, max-age=7200"), 7200);
    assert_int_equal(hint("cache-control", "MAX-AGE=\"60\""), 60);
    assert_int_equal(hint("Cache-Control", "max-age=7200, must-revalidate"), 7200);
    assert_int_equal(hint("Cache-Control", "max-age=7200, no-cache"), 0);
    assert_int_equal(hint("Cache-Control", "no-store"), 0);
    assert_int_equal(hint("Cache-Control", "max-age=0"), 0);
    assert_int_equal(hint("Cache-Control", "max-age=-5"), 0);
    assert_int_equal(hint("Cache-Control", "max-age=soon"), 0);
    assert_int_equal(hint("Cache-Control", "s-maxage=7200"), 0);
    assert_int_equal(hint("Cache-Control", "max-age=99999999999999999999"), INT32_MAX);
    assert_int_equal(hint("Expires", "Tue, 11 Jan 2022 12:33:00 GMT"), 7200);
    assert_int_equal(hint("Expires", "Tue, 11 Jan 2022 08:33:00 GMT"), 0);
    assert_int_equal(hint("Expires", "0"), 0);
    assert_int_equal(hint("Expires", "-1"), 0);
    assert_int_equal(hint("X-Other", "1"), 0);
}

static void test_P10_age_is_taken_off_and_lines_add_up(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    header("Cache-Control", "public");
    header("Cache-Control", "max-age=7200");
    header("Age", "7000");
    header("Expires", "Tue, 11 Jan 2032 12:33:00 GMT"); /* max-age is the later word */
    assert_int_equal(cache_hint_s(&answer), 200);
    header("Cache-Control", "no-cache");
    assert_int_equal(cache_hint_s(&answer), 0);
}

static void test_P11_every_hint_is_capped(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    header("Cache-Control", "max-age=504576000"); /* 16 years */
    finds(0, 1);
    settled();
    assert_int_equal(state.hint_s, 86400);
    assert_true(hours_to_next() <= 24);
    answers(200, "<rss>2</rss>");
    found.ttl_s = INT32_MAX;
    settled();
    assert_int_equal(state.hint_s, 86400);
}

static void test_P12_hints_last_over_a_304_and_are_read_from_it(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    finds(0, 1);
    found.ttl_s = 4 * 3600;
    settled();
    assert_true(hours_to_next() >= 4);
    state.etag = strdup("\"a\"");
    answers(304, "");
    header("ETag", "\"a\"");
    settled();
    assert_int_equal(state.hint_s, 4 * 3600);
    assert_true(hours_to_next() >= 4);
    answers(304, "");
    header("Cache-Control", "max-age=36000");
    settled();
    assert_true(hours_to_next() >= 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_P1_validators_are_sent_back_byte_for_byte),
        TEST(test_P3_a_weak_tag_is_sent_as_it_is),
        TEST(test_P1_no_date_is_made_up),
        TEST(test_P1_a_validator_of_absurd_length_is_not_kept),
        TEST(test_P1_a_validator_with_a_NUL_is_not_kept),
        TEST(test_P2_both_validators_are_sent),
        TEST(test_P4_a_304_renews_the_validators),
        TEST(test_P4_a_200_with_the_same_body_renews_the_validators),
        TEST(test_P5_pain_6_endless_304_is_tested_without_conditions),
        TEST(test_P5_a_304_that_was_false_ends_the_trust),
        TEST(test_P5_a_304_was_false_when_old_entries_appear),
        TEST(test_P5_a_change_after_the_last_304_proves_nothing),
        TEST(test_P5_old_entries_alone_prove_nothing_where_no_304_was),
        TEST(test_P6_a_date_in_the_future_is_not_kept),
        TEST(test_P6_expires_0_demotes_the_date_beside_a_tag),
        TEST(test_P6_a_tag_that_stays_over_new_entries_is_not_trusted),
        TEST(test_P6_a_date_that_stays_over_new_entries_is_not_trusted),
        TEST(test_P7_a_gzip_tag_that_never_matches_gives_way_to_the_date),
        TEST(test_P8_a_known_body_is_not_parsed),
        TEST(test_P9_validators_do_not_follow_to_another_address),
        TEST(test_P10_max_age_and_expires_are_lower_bounds),
        TEST(test_P10_age_is_taken_off_and_lines_add_up),
        TEST(test_P11_every_hint_is_capped),
        TEST(test_P12_hints_last_over_a_304_and_are_read_from_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
