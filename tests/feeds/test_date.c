/* Dates as feeds write them. Expected values are RFC 3339 with the precision that the text had; NULL = no
 * date. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <string.h>

#include "feeds/date.h"

struct reading {
    const char *text, *wanted;
};

static void check(const struct reading *readings, size_t count)
{
    size_t wrong = 0;
    for (size_t i = 0; i < count; i++) {
        struct feed_time time = {0};
        char out[CLOCK_RFC3339_BYTES];
        int error = date_parse(str_from(readings[i].text), &time);
        struct str got = error ? STR_NONE : date_format(&time, out);
        const char *wanted = readings[i].wanted;
        assert_true(time.raw.ptr || !*readings[i].text);
        if (wanted ? !str_equal(got, str_from(wanted)) : !error) {
            print_error("\"%s\" is read as %.*s, not %s\n", readings[i].text, error ? 7 : (int)got.len,
                        error ? "no date" : got.ptr, wanted ? wanted : "no date");
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}
#define CHECK(...)                                                                                           \
    static const struct reading readings[] = {__VA_ARGS__};                                                  \
    (void)state;                                                                                             \
    check(readings, sizeof(readings) / sizeof(readings[0]))

static void test_rfc_822_and_what_became_of_it(void **state)
{
    CHECK({"Tue, 11 Jan 2022 11:33:00 -0500", "2022-01-11T16:33:00Z"},
          {"Tue, 11 Jan 2022 11:33:00 GMT", "2022-01-11T11:33:00Z"},
          {"11 Jan 2022 11:33:00 GMT", "2022-01-11T11:33:00Z"},
          {"Tue, 11 Jan 22 11:33:00 GMT", "2022-01-11T11:33:00Z"},
          {"Tue, 1 Jan 2022 11:33 GMT", "2022-01-01T11:33Z"},
          {"Tuesday, 11 January 2022 11:33:00 +0100", "2022-01-11T10:33:00Z"},
          {"Tue 11 Jan 2022 11:33:00 GMT", "2022-01-11T11:33:00Z"},
          {"Tue,11 Jan 2022 11:33:00 GMT", "2022-01-11T11:33:00Z"},
          {"Tue, Jan 11 2022 11:33:00 GMT", "2022-01-11T11:33:00Z"}, {"Tue, 11 Jan 2022", "2022-01-11"},
          {"Tue, 11 Jan 2022 11:33:00 -0000", "2022-01-11T11:33:00Z"},
          {"Tue, 11 Jan 2022 11:33:00 GMT+01:00", "2022-01-11T10:33:00Z"},
          {"Tue, 11 Jan 2022 11:33:00 Etc/GMT", "2022-01-11T11:33:00Z"},
          {" \n Tue, 11 Jan 2022 11:33:00 GMT\t", "2022-01-11T11:33:00Z"});
}

static void test_zones_with_names_are_never_silently_utc(void **state)
{
    CHECK({"Tue, 11 Jan 2022 11:33:00 EST", "2022-01-11T16:33:00Z"},
          {"Tue, 11 Jan 2022 11:33:00 PST", "2022-01-11T19:33:00Z"},
          {"Mon, 11 Jul 2022 11:33:00 EDT", "2022-07-11T15:33:00Z"},
          {"Mon, 11 Jul 2022 11:33:00 CEST", "2022-07-11T09:33:00Z"},
          {"Tue, 11 Jan 2022 11:33:00 MET", "2022-01-11T10:33:00Z"},
          {"Tue, 11 Jan 2022 11:33:00 JST", "2022-01-11T02:33:00Z"},
          {"Tue, 11 Jan 2022 11:33:00 UT", "2022-01-11T11:33:00Z"},
          {"Tue, 11 Jan 2022 11:33:00 Z", "2022-01-11T11:33:00Z"});
}

static void test_rfc_3339_w3cdtf_and_iso_8601(void **state)
{
    CHECK({"2022", "2022"}, {"2022-01", "2022-01"}, {"2022-01-11", "2022-01-11"},
          {"2022-01-11T11:33Z", "2022-01-11T11:33Z"}, {"2022-01-11T11:33:00Z", "2022-01-11T11:33:00Z"},
          {"2022-01-11T11:33:00.5Z", "2022-01-11T11:33:00.5Z"},
          {"2022-01-11T11:33:00.123456789Z", "2022-01-11T11:33:00.123Z"},
          {"2022-01-11 11:33:00+01:00", "2022-01-11T10:33:00Z"},
          {"2022-01-11T11:33:00+0100", "2022-01-11T10:33:00Z"},
          {"2022-01-11t11:33:00z", "2022-01-11T11:33:00Z"}, {"2022-01-11T11:33:00", "2022-01-11T11:33:00Z"},
          {"20220111", "2022-01-11"}, {"2022-011", "2022-01-11"});
}

static void test_other_forms(void **state)
{
    CHECK({"Tue Jan 11 11:33:00 2022", "2022-01-11T11:33:00Z"}, {"1641900780", "2022-01-11T11:33:00Z"},
          {"2022년 1월 11일", "2022-01-11"}, {"2022년 1월 11일 오후 3:04:05", "2022-01-11T06:04:05Z"},
          {"January 11, 2022 11:33 PM", "2022-01-11T23:33Z"}, {"January 11th, 2022", "2022-01-11"});
}

static void test_months_and_days_of_other_languages(void **state)
{
    CHECK({"Di, 11 Mär 2022 11:33:00 +0100", "2022-03-11T10:33:00Z"},
          {"Dienstag, 11. Dezember 2022 11:33:00 +0100", "2022-12-11T10:33:00Z"},
          {"mar., 11 févr. 2022 11:33:00 +0100", "2022-02-11T10:33:00Z"}, {"11 août 2022", "2022-08-11"},
          {"mar, 11 gen 2022 11:33:00 +0100", "2022-01-11T10:33:00Z"}, {"11 мая 2022", "2022-05-11"},
          {"mar. 1 mars 2022 10:00:00 +0100", "2022-03-01T09:00:00Z"}, {"March 1 2022", "2022-03-01"});
}

static void test_what_is_no_date(void **state)
{
    CHECK({"", NULL}, {"yesterday", NULL}, {"Tue, 32 Jan 2022 11:33:00 GMT", NULL}, {"2022-02-30", NULL},
          {"2022-13-13", NULL}, {"Tue, 11 Jan 2022 24:61:00 GMT", NULL}, {"2022-01-11T25:00:00Z", NULL},
          {"0000-00-00 00:00:00", NULL}, {"Tue, 29 Feb 2021 11:33:00 GMT", NULL}, {"12", NULL}, {"Jan", NULL},
          {"::::", NULL});
}

static void test_a_leap_day_is_one(void **state)
{
    CHECK({"29 Feb 2024 00:00:00 GMT", "2024-02-29T00:00:00Z"},
          {"29 Feb 2000 00:00:00 GMT", "2000-02-29T00:00:00Z"}, {"29 Feb 1900 00:00:00 GMT", NULL});
}

static void test_the_source_text_is_kept(void **state)
{
    (void)state;
    struct feed_time time = {0};
    assert_int_not_equal(date_parse(STR("  some day  "), &time), 0);
    assert_int_equal(time.precision, TIME_NONE);
    assert_true(str_equal(time.raw, STR("some day")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_rfc_822_and_what_became_of_it),
        cmocka_unit_test(test_zones_with_names_are_never_silently_utc),
        cmocka_unit_test(test_rfc_3339_w3cdtf_and_iso_8601),
        cmocka_unit_test(test_other_forms),
        cmocka_unit_test(test_months_and_days_of_other_languages),
        cmocka_unit_test(test_what_is_no_date),
        cmocka_unit_test(test_a_leap_day_is_one),
        cmocka_unit_test(test_the_source_text_is_kept),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
