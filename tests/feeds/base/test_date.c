/* Dates of feeds and pages: one table per family of forms, and what must never be believed. */
#include "feeds/text_check.h"

#include <errno.h>
#include <unistd.h>

#include "base/date_private.h"

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

/* What two readers would read as two dates is read only when something decides. */
static void test_evidence_decides_the_order_of_numbers(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"3/12/2020 12:00:00 PM", "2020-03-12T12:00:00Z"}, /* slashes and PM */
        {"03/05/2025 10:00 p.m.", "2025-03-05T22:00:00Z"},
        {"5/3/2025 10:30 a. m.", "-"}, /* Spanish */
        {"5/3/2025 10:30 π.μ.", "-"},
        {"4/20/2020 9:05:00 AM", "2020-04-20T09:05:00Z"}, /* a number over 12 */
        {"13/09/2025 10:00", "2025-09-13T10:00:00Z"},
        {"12/31/2025", "2025-12-31"},
        {"31-12-2025", "2025-12-31"},
        {"Mon, 09/01/2025 - 10:00", "2025-09-01T10:00:00Z"}, /* the weekday */
        {"Thu, 09/01/2025 - 10:00", "2025-01-09T10:00:00Z"},
        {"Mittwoch 05-03-2025", "2025-03-05"},
        {"Fri, 09/01/2025", "-"},                         /* a weekday of neither */
        {"05/03/2025 10:00 CET", "2025-03-05T09:00:00Z"}, /* who has this zone */
        {"05/03/2025 10:00 EST", "2025-05-03T15:00:00Z"},
        {"5.3.2025 10:30", "2025-03-05T10:30:00Z"}, /* points */
        {"05/05/2025", "2025-05-05"},               /* no matter */
        {"ngày 05/03/2025", "2025-03-05"},
        {"03/05/2025", "-"},
        {"03-05-2025 10:00", "-"},
        {"25-03-05", "-"},
        {"5.3.25", "-"},
        {"Wed, 25-03-05", "2025-03-05"},
        {"2025-13-05", "-"}, /* the year in front: the month is next */
        {"Wed, 2025/03/05 10:00", "2025-03-05T10:00:00Z"},
        {"1/2/3", "-"},
    };
    check(cases, COUNT(cases));
}

static void test_units_say_which_number_is_which(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"2025年9月1日 10:00", "2025-09-01T10:00:00Z"},
        {"2018年11月27日", "2018-11-27"},
        {"11月27日 23:58", "-"},
        {"2019年02月04日 08时05分", "2019-02-04T08:05:00Z"},
        {"2025 年 3 月 5 日(水) 10時30分15秒", "2025-03-05T10:30:15Z"},
        {"2025年3月5日下午3:05", "2025-03-05T15:05:00Z"},
        {"2025/3/5 上午10:30", "2025-03-05T10:30:00Z"},
        {"2025年3月", "2025-03"},
        {"２０２５年３月５日", "2025-03-05"},
        {"令和7年3月5日", "2025-03-05"},
        {"7年3月5日", "-"},
        {"2025年三月五日", "-"},
        {"2025. 3. 5. 오후 3:00", "2025-03-05T06:00:00Z"},
        {"2025-03-05 오후 03:00", "2025-03-05T06:00:00Z"},
        {"ngày 5 tháng 3 năm 2025", "2025-03-05"},
        {"5 tháng 3, 2025", "2025-03-05"},
    };
    check(cases, COUNT(cases));
}

static void test_what_says_nothing_costs_nothing(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"026, 26 Mar 2023 22:43:38 +0000", "2023-03-26T22:43:38Z"},
        {"0, 26 Mar 2023 22:43:38 +0000", "2023-03-26T22:43:38Z"},
        {"-1, 26 Mar 2023 22:43:38 +0000", "2023-03-26T22:43:38Z"},
        {"undefined, 26 Mar 2023 22:43:38 +0000", "2023-03-26T22:43:38Z"},
        {"2025-03-05-07-12", "-"},
        {"%a, 26 Mar 2023 22:43:38 +0000", "2023-03-26T22:43:38Z"},
        {"Mon, 26 Mar 2023 22:43:38 +0000", "2023-03-26T22:43:38Z"}, /* it was a Sunday */
        {"Wed, 5 (a (nested Jan) comment) Mar 2025 10:00:00 (x (y\\) z)) +0000", "2025-03-05T10:00:00Z"},
        {"Wed, (Jan (1)) 05 Mar 2025 10:00:00 GMT", "2025-03-05T10:00:00Z"},
        {"Posted 2025-03-05T10:00:00Z by Anna", "2025-03-05T10:00:00Z"},
        {"No 12 of 2025-03-05 10:00 in Lirana", "2025-03-05T10:00:00Z"},
        {"Published: March 5, 2025 10:30 a.m. | Updated: March 6, 2025 11:30 a.m.", "-"}, /* two dates */
        {"Published 2025-03-05, updated 2025-03-06", "-"},
        {"thứ 4, 05/03/2025", "-"},
        {"thứ 4, ngày 05/03/2025", "2025-03-05"},
        {"Posted on 2025-03-05 by May Smith", "2025-03-05"},
        {"No 3/2025", "-"},
        {"03/2025", "2025-03"},
        {"Tue, 11 Jan 2022 10:33:00 GMT 2022", "2022-01-11T10:33:00Z"},
        {"4 Jul 2025 10:00 - 12:00 CET", "2025-07-04T09:00:00Z"}, /* a span begins */
    };
    check(cases, COUNT(cases));
}

static void test_signs_and_digits_of_other_scripts(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"Sun, 15 Jan 2023 10:00:00 UTC−06:00", "2023-01-15T16:00:00Z"},
        {"Mon, 1 Sep 2025 10:00:00 –0400", "2025-09-01T14:00:00Z"},
        {"2025-09-01T10:00:00−04:00", "2025-09-01T14:00:00Z"},
        {"2025‑09‑01", "2025-09-01"}, /* U+2011 */
        {"٥ مارس ٢٠٢٥", "2025-03-05"},
        {"५ मार्च २०२५", "2025-03-05"},
        {"๕ มีนาคม ๒๕๖๘", "2025-03-05"},
        {"5 มี.ค. 2568 10:00 น.", "2025-03-05T10:00:00Z"},
        {"5 มี.ค. 68", "-"},
        {"Jan 11, 2022, 10:33\u202fPM", "2022-01-11T22:33:00Z"}, /* as JavaScript prints it */
    };
    check(cases, COUNT(cases));
}

static void test_clocks(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"March 5th, 2025 at 10 a.m.", "2025-03-05T10:00:00Z"},
        {"5 mars 2025 à 10h30", "2025-03-05T10:30:00Z"},
        {"5 Mar 2025 2:05", "2025-03-05T02:05:00Z"},
        {"5 Mar 2025 3:5", "2025-03-05T03:05:00Z"},
        {"5 Mar 2025 3:5:7", "2025-03-05T03:05:07Z"},
        {"10.30am, 5 March 2025", "2025-03-05T10:30:00Z"},
        {"2025-03-05T10.00.00Z", "2025-03-05T10:00:00Z"},
        {"5. maaliskuuta 2025 klo 10.30", "2025-03-05T10:30:00Z"},
        {"11. Januar 2022, 10 Uhr", "2022-01-11T10:00:00Z"},
        {"5 de marzo de 2025, 10:30 p. m.", "2025-03-05T22:30:00Z"},
        {"20250305T100000Z", "2025-03-05T10:00:00Z"},
        {"20250305T1000+0100", "2025-03-05T09:00:00Z"},
        {"20250305100000", "2025-03-05T10:00:00Z"},
        {"2025-W10-3", "2025-03-05"},
        {"2025W103", "2025-03-05"},
        {"2020-W53-5T10:00Z", "2021-01-01T10:00:00Z"},
        {"2025-W53-1", "-"}, /* that year has 52 */
        {"2025-W10", "-"},
        {"2025-W99999999-3", "-"},
        {"2025-064", "2025-03-05"},
        {"Sat Nov 18 2017 15:21:41 GMT+0000 (Coordinated Universal Time)", "2017-11-18T15:21:41Z"},
        {"2025-01-13T10-30-00Z", "2025-01-13T10:30:00Z"},
        {"2025-01-13T10-05", "2025-01-13T15:00:00Z"},
        {"13 Jan 2025 00:30 AM", "2025-01-13T00:30:00Z"},
        {"2022-01-11T", "-"},
        {"2022-01-11T10:33:00 0100", "-"}, /* the plus was lost */
        {"2022-01-11 10:33:00 01:00", "-"},
    };
    check(cases, COUNT(cases));
}

static void test_zones_by_name(void **unused)
{
    (void)unused;
    static const struct date_case unknown[] = {
        {"Wed, 05 Mar 2025 10:00:00 XYZ", "-"},
        {"Wed, 05 Mar 2025 10:00:00 Foo/Bar", "-"},
        {"Wed, 05 Mar 2025 10:00:00 Mars Standard Time", "-"},
        {"Wed, 05 Mar 2025 10:00:00 ../../etc/passwd", "-"},
        {"Wed, 05 Mar 2025 10:00:00 Europe/../Europe/Paris", "-"},
        {"Wed, 05 Mar 2025 10:00:00 /etc/passwd", "-"},
        {"Wed, 05 Mar 2025 10:00:00 (Mars Standard Time)", "-"},
        {"Wed, 05 Mar 2025 10:00:00 (Eastern Standard Time)", "2025-03-05T15:00:00Z"},
        {"Wed, 05 Mar 2025 10:00:00 heure de Paris", "-"},
        {"Wed, 05 Mar 2025 10:00:00 (updated)", "2025-03-05T10:00:00Z"},
        {"Wed, 05 Mar 2025 10:00:00 +0100 XYZ", "2025-03-05T09:00:00Z"},
        {"Wed, 05 Mar 2025 10:00:00 Eastern Standard Time", "2025-03-05T15:00:00Z"},
    };
    check(unknown, COUNT(unknown));
    static const struct date_case named[] = {
        {"Wed, 05 Mar 2025 10:00:00 America/New_York", "2025-03-05T15:00:00Z"},
        {"Sat, 05 Jul 2025 10:00:00 Europe/Paris", "2025-07-05T08:00:00Z"},
        {"2025-03-05T10:00:00[Europe/Paris]", "2025-03-05T09:00:00Z"},
        {"2025-03-05T10:00:00+02:00[Europe/Paris]", "2025-03-05T08:00:00Z"},
        {"2040-07-01 12:00 Europe/Paris", "2040-07-01T10:00:00Z"},
        {"Wed, 05 Mar 2025 10:00:00 (America/New_York)", "2025-03-05T15:00:00Z"},
        {"2025-01-01 12:00:00 EST5EDT", "2025-01-01T17:00:00Z"},
        {"July 5, 2025 10 a.m. ET", "2025-07-05T14:00:00Z"},
    };
    if (access("/usr/share/zoneinfo/Europe/Paris", R_OK) == 0)
        check(named, COUNT(named));
}

static void test_other_calendars_and_months_of_two_meanings(void **unused)
{
    (void)unused;
    static const struct date_case cases[] = {
        {"1404-12-14", "-"},
        {"2568-03-05", "-"},
        {"١٤٠٤/١٢/١٤", "-"},
        {"14 اسفند 1403", "-"},
        {"5 رمضان 1446", "-"},
        {"11 listopada 2022", "-"}, /* Polish November, Croatian October */
        {"piątek, 11 listopada 2022", "2022-11-11"},
        {"utorak, 11. listopada 2022.", "2022-10-11"},
        {"11 Jan - 12 Feb 2025", "-"},
        {"March 2025", "2025-03"},
    };
    check(cases, COUNT(cases));
}

static void test_months_of_the_news(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "5 March 2025",      "5. März 2025",
        "5 mars 2025",       "5 de marzo de 2025",
        "5 marzo 2025",      "5 de março de 2025",
        "5 de març de 2025", "5 maart 2025",
        "5 Mart 2025",       "Ke, 5 maaliskuuta 2025",
        "5. märts 2025",     "2025. gada 5. marts",
        "2025 m. kovo 5 d.", "5 marca 2025",
        "5. března 2025",    "5. ožujka 2025.",
        "5 марта 2025 г.",   "5 березня 2025",
        "5 сакавіка 2025",   "5 март 2025",
        "5. марта 2025.",    "5 Μαρτίου 2025",
        "5 ΜΑΡΤΊΟΥ 2025",    "2025. március 5.",
        "5 martie 2025",     "5 Maret 2025",
        "5 Mac 2025",        "5 мар. 2025",
        "5 מרץ 2025",        "5 במרץ 2025",
        "5 مارس 2025",       "5 آذار 2025",
        "5 آذار/مارس 2025",  "5 مارچ 2025",
        "5 मार्च 2025",       "৫ মার্চ ২০২৫",
        "5 மார்ச் 2025",       "5 మార్చి 2025",
        "5 มีนาคม 2025",      "5 მარტი 2025",
        "5 մարտի 2025",      "5 наурыз 2025",
        "5 Martxoaren 2025", "5 marts 2025",
        "tháng ba 5, 2025",  "2025년 3월 5일",
        "2025年3月5日",      "5 Marso 2025",
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_text_of(texts[i], rewritten(texts[i]), "2025-03-05");
    static const struct date_case cases[] = {
        {"Ke, 30 Lok 2013 11:34:37 +0000", "2013-10-30T11:34:37Z"},
        {"Лютий 19, 2023, 12:19", "2023-02-19T12:19:00Z"},
        {"Ti, 05 Mar 2013 11:34:37 +0000", "2013-03-05T11:34:37Z"},
        {"Пн, 30 июл 2018 14:30:00 +0300", "2018-07-30T11:30:00Z"},
        {"5 كانون الثاني 2025", "2025-01-05"},
        {"5 كانون الأول 2025", "2025-12-05"},
        {"tháng mười một 5, 2025", "2025-11-05"},
    };
    check(cases, COUNT(cases));
}

/* The table is searched by halves and holds folded words only: each reads as its own month. */
static void test_the_table_of_months_is_sorted_and_folded(void **unused)
{
    (void)unused;
    size_t count;
    const struct date_month_name *names = date_month_names(&count);
    static struct date_tokens tokens;
    for (size_t i = 0; i < count; i++) {
        if (i > 0 && strcmp(names[i - 1].name, names[i].name) >= 0)
            fail_msg("%s is not before %s", names[i - 1].name, names[i].name);
        assert_true(date_tokenise(str_from(names[i].name), &tokens));
        assert_text(str_make(tokens.text, tokens.len), names[i].name);
        struct date_month month = date_month_of(str_from(names[i].name), true);
        assert_int_equal(month.month, names[i].month);
        assert_int_equal(month.other, names[i].other);
        assert_true(names[i].other != names[i].month);
    }
}

/* No weekday's short form is taken for the beginning of a month. */
static void test_weekdays_are_no_months(void **unused)
{
    (void)unused;
    static const char *const words[] = {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "die", "don", "sam",
                                        "lun", "mer", "jeu", "ven", "dim", "sze", "tor", "ons", "pon", "wto"};
    bool known;
    for (size_t i = 0; i < COUNT(words); i++) {
        struct date_month month = date_month_of(str_from(words[i]), false);
        int weekday = date_weekday_of(str_from(words[i]), &known);
        if (month.month && !weekday)
            fail_msg("%s is month %d", words[i], month.month);
    }
    assert_int_equal(date_weekday_of(STR("montag"), &known), 1);
    assert_int_equal(date_weekday_of(STR("вторник"), &known), 2);
    assert_int_equal(date_weekday_of(STR("domingo"), &known), 7);
    assert_int_equal(date_weekday_of(STR("march"), &known), 0);
    assert_false(known);
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

/* A second blank, or one for the T, keeps a date out of the short way. */
static void same_the_long_way(const char *text)
{
    struct feed_time time = {0}, same;
    assert_true(date_plain(str_from(text), &time));
    char longer[64];
    const char *t = strchr(text, ',') ? strchr(text, ' ') : strchr(text, 'T');
    (void)snprintf(longer, sizeof(longer), "%.*s%s%s", (int)(t - text), text, *t == ' ' ? "  " : " ", t + 1);
    assert_false(date_plain(str_from(longer), &same));
    assert_int_equal(date_parse(str_from(longer), &same), 0);
    if (time.ms != same.ms || time.precision != same.precision || time.zoned != same.zoned ||
        time.offset_min != same.offset_min)
        fail_msg("%s is read as another instant than %s", text, longer);
}

static void test_the_usual_forms_are_read_as_all_others(void **unused)
{
    (void)unused;
    static const char *const zones[] = {"+0000", "GMT", "+0530", "-0330", "-1100", "+1345", "+0045"};
    for (int year = 1970; year <= 2199; year += 7)
        for (int month = 1; month <= 12; month++)
            for (size_t i = 0; i < COUNT(zones); i++) {
                int day = 1 + (year + month * 5) % 28,
                    weekday = (int)((clock_days_from_civil(year, month, day) + 3) % 7);
                char text[64];
                (void)snprintf(text, sizeof(text), "%.3s, %02d %.3s %04d %02d:%02d:%02d %s",
                               "MonTueWedThuFriSatSun" + 3 * weekday, day,
                               "JanFebMarAprMayJunJulAugSepOctNovDec" + 3 * (month - 1), year, month * 2 - 1,
                               59, 7, zones[i]);
                same_the_long_way(text);
                bool utc = zones[i][0] == 'G';
                (void)snprintf(text, sizeof(text), "%04d-%02d-%02dT%02d:%02d:%02d%.3s%s%s", year, month, day,
                               month, 0, 59, utc ? "Z" : zones[i], utc ? "" : ":", utc ? "" : zones[i] + 3);
                same_the_long_way(text);
            }
}

static void test_what_is_odd_about_a_usual_form_takes_the_long_way(void **unused)
{
    (void)unused;
    static const char *const odd[] = {
        "Mon, 11 Jan 2022 10:33:00 GMT", /* it was a Tuesday */
        "Tue, 11 Jan 2022 10:33:00 UTC",
        "Tue, 11 Jan 2022 10:33:00 -0000",
        "Tue, 11 Jan 2022 10:33:00 +1445",
        "Tue, 11 Jan 2022 10:33:00 +0007",
        "Tue, 11 Jan 2022 24:00:00 GMT",
        "Tue, 11 Jan 2022 10:33:60 GMT",
        "Tue, 31 Feb 2022 10:33:00 GMT",
        "tue, 11 jan 2022 10:33:00 gmt",
        "Tue, 1a Jan 2022 10:33:00 GMT",
        "2022-01-11t10:33:00Z",
        "2022-13-11T10:33:00Z",
        "1582-01-11T10:33:00Z",
        "2022-01-11T10:33:00-00:00",
        "2022-01-11T10:33:00+0100",
        "2022-01-11T10:33:00.5Z",
        "",
    };
    struct feed_time time;
    for (size_t i = 0; i < COUNT(odd); i++)
        if (date_plain(str_from(odd[i]), &time))
            fail_msg("%s went the short way", odd[i]);
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
        TEST_ARENA(test_evidence_decides_the_order_of_numbers),
        TEST_ARENA(test_units_say_which_number_is_which),
        TEST_ARENA(test_what_says_nothing_costs_nothing),
        TEST_ARENA(test_signs_and_digits_of_other_scripts),
        TEST_ARENA(test_clocks),
        TEST_ARENA(test_zones_by_name),
        TEST_ARENA(test_other_calendars_and_months_of_two_meanings),
        TEST_ARENA(test_months_of_the_news),
        TEST_ARENA(test_the_table_of_months_is_sorted_and_folded),
        TEST_ARENA(test_weekdays_are_no_months),
        TEST_ARENA(test_what_is_no_date_stays_raw),
        TEST_ARENA(test_raw_is_the_trimmed_text),
        TEST_ARENA(test_a_leap_second_is_the_end_of_its_minute),
        TEST_ARENA(test_the_usual_forms_are_read_as_all_others),
        TEST_ARENA(test_what_is_odd_about_a_usual_form_takes_the_long_way),
        TEST_ARENA(test_long_and_binary_text_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
