/* HTTP dates and Retry-After (rule S7), and the corners of Cache-Control that the rules P10 and P11 leave. */
#include "feeds/poll/poll_fixture.h"

#include "feeds/http/cache_hints.h"

static int64_t http_date(const char *text)
{
    return cache_http_date_ms(str_from(text));
}

static void test_http_dates_in_their_three_forms(void **unused)
{
    (void)unused;
    assert_int_equal(http_date("Tue, 11 Jan 2022 10:33:00 GMT"), NOW);
    assert_int_equal(http_date("Tuesday, 11-Jan-22 10:33:00 GMT"), NOW);
    assert_int_equal(http_date("Tue Jan 11 10:33:00 2022"), NOW);
    assert_int_equal(http_date("  Tue, 11 Jan 2022 10:33:00 GMT\r\n"), NOW);
}

static void test_what_is_no_http_date(void **unused)
{
    (void)unused;
    static const char *const texts[] = {"",
                                        "0",
                                        "-1",
                                        "now",
                                        "3600",
                                        "tomorrow at noon",
                                        "Tue, 11 Jan",
                                        "Tue, 32 Jan 2022 10:33:00 GMT",
                                        "Tue, 14 Nov 20239 22:13:20 GMT",
                                        "Tue, 14 Nov 2023999999\", Tue"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        if (http_date(texts[i]) != -1)
            fail_msg("\"%s\" was read as a date", texts[i]);
    char text[300];
    memset(text, ' ', sizeof(text));
    text[0] = text[298] = '1';
    text[299] = '\0';
    assert_int_equal(http_date(text), -1);
    assert_int_equal(cache_http_date_ms(STR_NONE), -1);
}

static int64_t retry_after(const char *value)
{
    answers(429, "");
    if (value)
        header("Retry-After", value);
    return cache_retry_after_ms(&answer, NOW);
}

static void test_S7_retry_after_in_seconds(void **unused)
{
    (void)unused;
    assert_int_equal(retry_after("120"), 120000);
    assert_int_equal(retry_after(" 120 "), 120000);
    assert_int_equal(retry_after("\"120\""), 120000);
    assert_int_equal(retry_after("0"), 0);
    assert_int_equal(retry_after("-120"), 0);
    assert_int_equal(retry_after("120.5"), 0);
    assert_int_equal(retry_after("soon"), 0);
    assert_int_equal(retry_after(""), 0);
    assert_int_equal(retry_after(NULL), 0);
    assert_int_equal(retry_after("99999999999999999999999"), (int64_t)INT32_MAX * 1000);
}

static void test_S7_retry_after_as_a_date(void **unused)
{
    (void)unused;
    assert_int_equal(retry_after("Tue, 11 Jan 2022 10:35:00 GMT"), 2 * MINUTE);
    assert_int_equal(retry_after("Tue, 11 Jan 2022 10:33:00 GMT"), 0);
    assert_int_equal(retry_after("Mon, 10 Jan 2022 10:33:00 GMT"), 0); /* past */
}

static int32_t hint(const char *control, const char *expires, const char *date)
{
    answers(200, "<rss/>");
    if (control)
        header("Cache-Control", control);
    if (expires)
        header("Expires", expires);
    if (date)
        header("Date", date);
    answer.received_ms = NOW;
    return cache_hint_s(&answer);
}

static void test_P10_directives_as_servers_write_them(void **unused)
{
    (void)unused;
    assert_int_equal(hint("max-age=60", NULL, NULL), 60);
    assert_int_equal(hint("  max-age=60  ", NULL, NULL), 60);
    assert_int_equal(hint("max-age= 60", NULL, NULL), 60);
    assert_int_equal(hint("private,max-age=60,stale-while-revalidate=5", NULL, NULL), 60);
    assert_int_equal(hint("max-age=60, No-Store", NULL, NULL), 0);
    assert_int_equal(hint("x-max-age=60", NULL, NULL), 0);
    assert_int_equal(hint("max-age", NULL, NULL), 0);
    assert_int_equal(hint(",,,=,", NULL, NULL), 0);
    assert_int_equal(hint("", NULL, NULL), 0);
    assert_int_equal(hint(NULL, NULL, NULL), 0);
}

static void test_P10_expires_counts_from_the_servers_own_clock(void **unused)
{
    (void)unused;
    assert_int_equal(hint(NULL, "Tue, 11 Jan 2022 11:33:00 GMT", NULL), 3600);
    assert_int_equal(hint(NULL, "Tue, 11 Jan 2022 11:33:00 GMT", "Tue, 11 Jan 2022 11:03:00 GMT"), 1800);
    assert_int_equal(hint(NULL, "Tue, 11 Jan 2022 11:33:00 GMT", "nonsense, not a date"), 3600);
    assert_int_equal(hint(NULL, "Thu, 01 Dec 9994 16:00:00 GMT", NULL), INT32_MAX);
    assert_int_equal(hint(NULL, "Thu, 01 Jan 1970 00:00:00 GMT", NULL), 0);
}

static void test_P10_an_age_beyond_max_age_leaves_nothing(void **unused)
{
    (void)unused;
    answers(200, "<rss/>");
    header("Cache-Control", "max-age=60");
    header("Age", "61");
    assert_int_equal(cache_hint_s(&answer), 0);
    answers(200, "<rss/>");
    header("Cache-Control", "max-age=60");
    header("Age", "unknown");
    assert_int_equal(cache_hint_s(&answer), 60);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_http_dates_in_their_three_forms),
        TEST(test_what_is_no_http_date),
        TEST(test_S7_retry_after_in_seconds),
        TEST(test_S7_retry_after_as_a_date),
        TEST(test_P10_directives_as_servers_write_them),
        TEST(test_P10_expires_counts_from_the_servers_own_clock),
        TEST(test_P10_an_age_beyond_max_age_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
