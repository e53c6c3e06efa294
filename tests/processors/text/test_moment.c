/* Dates of feeds and pages, with an article's precision. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "processors/text/moment.h"
#include "processors/text/shown_date.h"

static void reads_and_normalises(void **state)
{
    (void)state;
    static const struct {
        const char *text, *value;
        enum date_precision precision;
    } rows[] = {
        {"2022", "2022", DATE_YEAR},
        {"2022-01", "2022-01", DATE_MONTH},
        {" 2022-01-11 ", "2022-01-11", DATE_DAY},
        {"2022-01-11T10:33Z", "2022-01-11T10:33Z", DATE_MINUTE},
        {"2022-01-11T11:33:00+01:00", "2022-01-11T10:33:00Z", DATE_SECOND},
        {"2022-01-11T11:33:00+0100", "2022-01-11T10:33:00Z", DATE_SECOND},
        {"2022-01-11 05:03:00-0530", "2022-01-11T10:33:00Z", DATE_SECOND},
        {"2022-01-11T10:33:00.5Z", "2022-01-11T10:33:00.500Z", DATE_FRACTION},
        {"2024-02-29", "2024-02-29", DATE_DAY},
        {"2022-1-1", "2022-01-01", DATE_DAY},
        {"11.01.2022", "2022-01-11", DATE_DAY},
        {"Sat Nov 18 2017 15:21:41 GMT+0000", "2017-11-18T15:21:41Z", DATE_SECOND}, /* as JavaScript prints */
        {"Tue, 11 Jan 2022 10:33 GMT", "2022-01-11T10:33Z", DATE_MINUTE},
        {"11. Januar 2022", "2022-01-11", DATE_DAY},
    };
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct article_date date = {0};
        assert_int_equal(moment_parse(arena, str_from(rows[i].text), &date), 0);
        assert_string_equal(date.value.ptr, rows[i].value);
        assert_int_equal(date.precision, rows[i].precision);
    }
    arena_destroy(&arena);
}

static void keeps_the_clock_of_the_source(void **state)
{
    (void)state;
    static const struct {
        const char *text, *local;
        bool zoned;
    } rows[] = {
        {"2022-01-11T11:33:00+01:00", "2022-01-11T11:33:00+01:00", true},
        {"2022-01-11T00:33+05:30", "2022-01-11T00:33+05:30", true},
        {"2022-01-11T20:33:00.250-0330", "2022-01-11T20:33:00.250-03:30", true},
        {"Tue, 11 Jan 2022 10:33:00 EST", "2022-01-11T10:33:00-05:00", true},
        {"2022-07-11T10:33:00 Europe/Paris", "2022-07-11T10:33:00+02:00", true},
        {"2022-01-11T10:33:00Z", NULL, true},
        {"2022-01-11T10:33:00", NULL, false},
        {"2022-01-11", NULL, false},
        {"1641897180", NULL, false},
    };
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct article_date date = {.local = STR("before")};
        if (moment_parse(arena, str_from(rows[i].text), &date) < 0)
            fail_msg("%s", rows[i].text);
        if (!str_equal(date.local, rows[i].local ? str_from(rows[i].local) : STR_NONE) ||
            date.zoned != rows[i].zoned)
            fail_msg("%s: %s", rows[i].text, date.local.ptr);
    }
    arena_destroy(&arena);
}

static void refuses_what_is_no_date(void **state)
{
    (void)state;
    static const char *const rows[] = {"",
                                       "now",
                                       "0001-01-01",
                                       "2022-13-01",
                                       "2022-02-30",
                                       "2022-01-11T",
                                       "03/05/2025",
                                       "2022-01-11T10:33:00 XYZ",
                                       "2022-01-11T25:00Z",
                                       "2023-02-29"};
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct article_date date = {0};
        if (moment_parse(arena, str_from(rows[i]), &date) != -EINVAL)
            fail_msg("'%s' was read as '%.*s'", rows[i], STR_ARG(date.value));
    }
    arena_destroy(&arena);
}

/* "" = no date. */
static void finds_a_day_in_a_line(void **state)
{
    (void)state;
    static const struct {
        const char *text, *value;
        enum shown_order order;
    } rows[] = {
        {"Published 11 January 2022 by Ann Lee", "2022-01-11", SHOWN_OPEN},
        {"By Ann Lee | Jan. 11, 2022 | 4 comments", "2022-01-11", SHOWN_OPEN},
        {"Martes, 11 de enero de 2022 - 10:33", "2022-01-11", SHOWN_OPEN},
        {"Tuesday the 11th of January 2022", "2022-01-11", SHOWN_OPEN},
        {"Stand:\xC2\xA0"
         "11.01.2022, 10:33 Uhr",
         "2022-01-11", SHOWN_OPEN},
        {"2022\xE5\xB9\xB4"
         "1\xE6\x9C\x88"
         "11\xE6\x97\xA5",
         "2022-01-11", SHOWN_OPEN},
        {"2022. 1. 11.", "2022-01-11", SHOWN_OPEN},
        {"(2022-01-11)", "2022-01-11", SHOWN_OPEN},
        {"01/02/2022", "", SHOWN_OPEN},
        {"01/02/2022", "2022-02-01", SHOWN_DAY_FIRST},
        {"01/02/2022", "2022-01-02", SHOWN_MONTH_FIRST},
        {"13/02/2022", "2022-02-13", SHOWN_MONTH_FIRST},
        {"", "", SHOWN_OPEN},
        {"January 2022", "", SHOWN_OPEN},
        {"5 people on January 2022", "", SHOWN_OPEN},
        {"call 555 2022 1134", "", SHOWN_DAY_FIRST},
        {"31/31/2022", "", SHOWN_DAY_FIRST},
        {"11 January 1822", "", SHOWN_OPEN},
        {"//2022", "", SHOWN_DAY_FIRST},
    };
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct article_date date = {.value = STR("")};
        bool found = shown_date_find(arena, str_from(rows[i].text), rows[i].order, &date);
        if (found != (rows[i].value[0] != 0) || !str_equal(date.value, str_from(rows[i].value)))
            fail_msg("'%s' was read as '%.*s'", rows[i].text, STR_ARG(date.value));
    }
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_and_normalises),
        cmocka_unit_test(keeps_the_clock_of_the_source),
        cmocka_unit_test(refuses_what_is_no_date),
        cmocka_unit_test(finds_a_day_in_a_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
