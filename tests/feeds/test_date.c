/* Dates of feeds and pages: one table per family of forms, and what must never be believed. */
#include "feeds/text_check.h"

#include <errno.h>

#include "base/date.h"

/* Reads `text` and gives it back in the one form that newsd writes; "-" when it is no date. */
static struct str rewritten(const char *text)
{
    struct feed_time time;
    int error = date_parse(str_from(text), &time);
    if (error) {
        assert_int_equal(error, -EINVAL);
        assert_int_equal(time.precision, TIME_NONE);
        return STR("-");
    }
    char out[CLOCK_RFC3339_BYTES];
    return arena_str(arena, date_format(&time, out));
}

struct date_case {
    const char *text, *wanted;
};

static void check(const struct date_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++)
        assert_text_of(cases[i].text, rewritten(cases[i].text), cases[i].wanted);
}

static void test_rfc822_and_its_decay(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"Tue, 11 Jan 2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"11 Jan 2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"Tue, 4 Jan 2022 10:33:00 GMT", "2022-01-04T10:33:00Z"},
        {"Tue, 11 Jan 22 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"Fri, 11 Jan 80 10:33:00 GMT", "1980-01-11T10:33:00Z"},
        {"Tuesday, 11 January 2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"Tue, 11 Jan 2022 10:33 GMT", "2022-01-11T10:33:00Z"},
        {"Tue, 11 Jan 2022 9:03:07 GMT", "2022-01-11T09:03:07Z"},
        {"Tue, 11 Jan 2022 10:33:00", "2022-01-11T10:33:00Z"},
        {"Tue, 11 Jan 2022", "2022-01-11"},
        {"Tue 11 Jan 2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"Tue,11 Jan 2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"Tue, 11, Jan, 2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"Tue, 11-Jan-2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"11Jan2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"Tue, Jan 11 2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"January 11, 2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"  Tue, 11 Jan 2022 10:33:00 GMT\n", "2022-01-11T10:33:00Z"},
        {"Mon, 29 Feb 2016 00:00:00 GMT", "2016-02-29T00:00:00Z"},
        {"TUE, 11 JAN 2022 10:33:00 gmt", "2022-01-11T10:33:00Z"},
    };
    check(cases, COUNT(cases));
}

static void test_zones_are_never_silently_zero(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"Tue, 11 Jan 2022 10:33:00 +0100", "2022-01-11T09:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 -0530", "2022-01-11T16:03:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 +01:00", "2022-01-11T09:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 +1", "2022-01-11T09:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 -0000", "2022-01-11T10:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 GMT+01:00", "2022-01-11T09:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 UTC-5", "2022-01-11T15:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 Etc/GMT", "2022-01-11T10:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 EST", "2022-01-11T15:33:00Z"},
        {"Mon, 11 Jul 2022 10:33:00 EDT", "2022-07-11T14:33:00Z"},
        {"Mon, 11 Jul 2022 10:33:00 PDT", "2022-07-11T17:33:00Z"},
        {"Mon, 11 Jul 2022 10:33:00 MEST", "2022-07-11T08:33:00Z"},
        {"Mon, 11 Jul 2022 10:33:00 CEST", "2022-07-11T08:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 MET", "2022-01-11T09:33:00Z"},
        {"Mon, 11 Jul 2022 10:33:00 BST", "2022-07-11T09:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 JST", "2022-01-11T01:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 AEDT", "2022-01-10T23:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 IST", "2022-01-11T05:03:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 UT", "2022-01-11T10:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 Z", "2022-01-11T10:33:00Z"},
        /* A number says it; the name beside it may be another country's. */
        {"Tue, 11 Jan 2022 10:33:00 +1100 (EST)", "2022-01-10T23:33:00Z"},
        {"Tue Jan 11 2022 10:33:00 GMT+0100 (Central European Standard Time)", "2022-01-11T09:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 (EST)", "2022-01-11T15:33:00Z"},
        /* No zone is further from UTC than 14 hours. */
        {"Tue, 11 Jan 2022 10:33:00 +1400", "2022-01-10T20:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 +1401", "2022-01-11T10:33:00Z"},
        {"Tue, 11 Jan 2022 10:33:00 -9999", "2022-01-11T10:33:00Z"},
    };
    check(cases, COUNT(cases));
}

static void test_iso_forms_keep_their_precision(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"2022", "2022"},
        {"2022-01", "2022-01"},
        {"2022-1", "2022-01"},
        {"2022-01-11", "2022-01-11"},
        {"2022/01/11", "2022-01-11"},
        {"2022.01.11.", "2022-01-11"},
        {"20220111", "2022-01-11"},
        {"2022-060", "2022-03-01"},
        {"2024-060", "2024-02-29"},
        {"2022-01-11T10:33Z", "2022-01-11T10:33:00Z"},
        {"2022-01-11T10:33:00Z", "2022-01-11T10:33:00Z"},
        {"2022-01-11t10:33:00z", "2022-01-11T10:33:00Z"},
        {"2022-01-11 10:33:00", "2022-01-11T10:33:00Z"},
        {"2022-01-11T10:33:00+01:00", "2022-01-11T09:33:00Z"},
        {"2022-01-11T10:33:00 -0500", "2022-01-11T15:33:00Z"},
        {"2022-01-11T10:33:00 EST", "2022-01-11T15:33:00Z"},
        {"2022-01-11T10:33:00.5Z", "2022-01-11T10:33:00.5Z"},
        {"2022-01-11T10:33:00,25Z", "2022-01-11T10:33:00.25Z"},
        {"2022-01-11T10:33:00.1234567890123Z", "2022-01-11T10:33:00.123Z"},
        {"2021-12-31T23:30:00-01:00", "2022-01-01T00:30:00Z"},
    };
    check(cases, COUNT(cases));
}

static void test_other_forms(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"Tue Jan 11 10:33:00 2022", "2022-01-11T10:33:00Z"}, /* asctime */
        {"Tue Jan 11 10:33:00 EST 2022", "2022-01-11T15:33:00Z"},
        {"1641897180", "2022-01-11T10:33:00Z"},
        {"1641897180250", "2022-01-11T10:33:00.25Z"},
        {"January 11th, 2022 10:33 PM", "2022-01-11T22:33:00Z"},
        {"January 2nd, 2022", "2022-01-02"},
        {"11 Jan 2022 12:05 am", "2022-01-11T00:05:00Z"},
        {"11 Jan 2022 12:05 pm", "2022-01-11T12:05:00Z"},
        {"1er janvier 2022", "2022-01-01"},
    };
    check(cases, COUNT(cases));
}

static void test_months_and_days_in_other_languages(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"Dienstag, 11. Januar 2022 10:33", "2022-01-11T10:33:00Z"},
        {"Mi, 09 Mär 2022 10:33:00 +0100", "2022-03-09T09:33:00Z"},
        {"11. Dezember 2022", "2022-12-11"},
        {"mardi 11 janvier 2022", "2022-01-11"},
        {"mar. 15 févr. 2022", "2022-02-15"},
        {"Mar. 15, 2022", "2022-03-15"},
        {"mar., 15 févr. 2022 10:33:00 +0100", "2022-02-15T09:33:00Z"},
        {"lundi 15 août 2022", "2022-08-15"},
        {"martedì 11 gennaio 2022", "2022-01-11"},
        {"mercoledì 9 marzo 2022", "2022-03-09"},
        {"martes, 11 de enero de 2022", "2022-01-11"},
        {"maandag 10 januari 2022", "2022-01-10"},
        {"11 maart 2022", "2022-03-11"},
        {"11 stycznia 2022", "2022-01-11"},
        {"11 ЯНВАРЯ 2022", "2022-01-11"},
        {"Τρι, 11 Ιαν 2022 10:33:00 GMT", "2022-01-11T10:33:00Z"},
        {"2022-január-11T10:33Z", "2022-01-11T10:33:00Z"},
        {"2022년 01월 11일 오후 10:33:00", "2022-01-11T13:33:00Z"},
        {"2022년 1월 11일", "2022-01-11"},
    };
    check(cases, COUNT(cases));
}

static void test_what_is_no_date_stays_raw(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "",
        "   ",
        "yesterday",
        "soon",
        "n/a",
        "0000-00-00",
        "0000-00-00T00:00:00Z",
        "2022-02-30",
        "2023-02-29",
        "2022-13-32T00:00:00Z",
        "2022-01-11T24:00:00Z",
        "2022-01-11T10:60:00Z",
        "2022-01-11T10:33:61Z",
        "2022-366",
        "Tue, 32 Jan 2022 10:33:00 GMT",
        "Tue, 11 Foo 2022 10:33:00 GMT",
        "Tue, 11 Jan 12022 10:33:00 GMT",
        "10:33:00",
        "Jan 11",
        "123",
        "99999999999999999999",
        "11 Jan 2022 13:05 pm",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct feed_time time;
        if (date_parse(str_from(texts[i]), &time) != -EINVAL)
            fail_msg("\"%s\" was read as a date", texts[i]);
        assert_int_equal(time.precision, TIME_NONE);
        assert_int_equal(time.ms, 0);
        assert_true(str_equal(time.raw, str_trim(str_from(texts[i]))));
        char out[CLOCK_RFC3339_BYTES];
        assert_text(date_format(&time, out), NULL);
    }
}

static void test_raw_is_the_trimmed_text(void **unused)
{
    (void)unused;
    struct feed_time time;
    assert_int_equal(date_parse(STR("\n 2022-01-11T10:33:00Z\t"), &time), 0);
    assert_text(time.raw, "2022-01-11T10:33:00Z");
    assert_int_equal(time.ms, 1641897180000);
}

static void test_a_leap_second_is_the_end_of_its_minute(void **unused)
{
    (void)unused;
    assert_text(rewritten("2016-12-31T23:59:60Z"), "2016-12-31T23:59:59Z");
}

static void test_long_and_binary_text_is_refused(void **unused)
{
    (void)unused;
    struct feed_time time;
    assert_int_equal(date_parse(repeated("2022-01-11 ", 20000), &time), -EINVAL);
    assert_int_equal(date_parse(STR("\0\0\0\0"), &time), -EINVAL);
    assert_int_equal(date_parse(STR("\xFF\xFE 11 \xC3"), &time), -EINVAL);
    assert_int_equal(date_parse(STR_NONE, &time), -EINVAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_ARENA(test_rfc822_and_its_decay),
        TEST_ARENA(test_zones_are_never_silently_zero),
        TEST_ARENA(test_iso_forms_keep_their_precision),
        TEST_ARENA(test_other_forms),
        TEST_ARENA(test_months_and_days_in_other_languages),
        TEST_ARENA(test_what_is_no_date_stays_raw),
        TEST_ARENA(test_raw_is_the_trimmed_text),
        TEST_ARENA(test_a_leap_second_is_the_end_of_its_minute),
        TEST_ARENA(test_long_and_binary_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
