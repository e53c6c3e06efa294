/* Times: what is found in phrases and what it means on Wednesday, 2 March 2022; what is no time. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "tests/support/linear_time.h"
#include "tests/support/read_article.h"

static const struct {
    const char *text, *words, *value;
} phrases[] = {
    {"Ministers will meet envoys in Geneva on Friday, the Kremlin said.", "Friday", "2022-03-04"},
    {"It was signed on Jan. 11.", "Jan. 11", "2022-01-11"},
    {"It was signed on Jan. 11, 2021.", "Jan. 11, 2021", "2021-01-11"},
    {"It was signed on 11 January 2021.", "11 January 2021", "2021-01-11"},
    {"It was signed on the 11th of January, 2021.", "11th of January, 2021", "2021-01-11"},
    {"It was signed in January 2021.", "January 2021", "2021-01"},
    {"It was signed in January of 2021.", "January of 2021", "2021-01"},
    {"It was signed on Tuesday, Jan. 11, 2022.", "Tuesday, Jan. 11, 2022", "2022-01-11"},
    {"It was signed on Tuesday 11 January.", "Tuesday 11 January", "2022-01-11"},
    {"It was signed on September 3rd.", "September 3rd", "2021-09-03"},
    {"It will be signed on September 3rd.", "September 3rd", "2022-09-03"},
    {"It was signed on 9/13/2021.", "9/13/2021", "2021-09-13"},
    {"It was signed on 9/11/2021.", "9/11/2021", "2021-09-11"},
    {"It was signed on 2021-09-13.", "2021-09-13", "2021-09-13"},
    {"The attacks of 9/11 changed the law.", "9/11", "2001-09-11"},
    {"They met in November.", "November", "2021-11"},
    {"They will meet in November.", "November", "2022-11"},
    {"They met in March.", "March", "2022-03"},
    {"They met in May.", "May", "2021-05"},
    {"The rail link was the first since 1984. Some 100 soldiers have died since July 20.", "July 20",
     "2021-07-20"},
    {"He was born in 1920. He left in 1938. In 1940 he married Ida. A son was born in May.", "May",
     "1940-05"},
    {"They met from Jan. 3-5 in Geneva.", "Jan. 3-5", "2022-01-03/2022-01-05"},
    {"They met on 3-5 January 2020 in Geneva.", "3-5 January 2020", "2020-01-03/2020-01-05"},
    {"The court gave him a nine-month sentence.", "nine-month", "P9M"},
    {"They talked for two hours and 31 minutes.", "two hours and 31 minutes", "PT2H31M"},
    {"They met on Monday. A week earlier they had quarrelled.", "A week earlier", "2022-02-21"},
    {"The men came before dawn on Tuesday.", "dawn on Tuesday", "2022-03-01TMO"},
    {"The men came at nightfall.", "nightfall", "2022-03-02TEV"},
    {"He died early Tuesday.", "early Tuesday", "2022-03-01TMO"},
    {"The bloc summoned a summit for Monday.", "Monday", "2022-03-07"},
    {"The union announced a strike from Friday.", "Friday", "2022-03-04"},
    {"Lines have been down since Monday.", "Monday", "2022-02-28"},
    {"The talks were held on Monday.", "Monday", "2022-02-28"},
    {"The talks were held on Wednesday.", "Wednesday", "2022-03-02"},
    {"The talks were held on Friday.", "Friday", "2022-02-25"},
    {"The talks will be held on Friday.", "Friday", "2022-03-04"},
    {"The talks will be held on Monday.", "Monday", "2022-03-07"},
    {"The talks are scheduled for Saturday.", "Saturday", "2022-03-05"},
    {"He plans to visit Rome on Sunday.", "Sunday", "2022-03-06"},
    {"He met the king last Tuesday.", "last Tuesday", "2022-03-01"},
    {"The unions reject it unless the fund is exempted by March 19.", "March 19", "2022-03-19"},
    {"The document enters into force on May 6, he announced.", "May 6", "2022-05-06"},
    {"He is accused of having allowed the units to advance in January.", "January", "2022-01"},
    {"They called a rally for December 20.", "December 20", "2021-12-20"},
    {"Three of the men had been shot dead by Monday.", "Monday", "2022-02-28"},
    {"He demanded an answer by Monday.", "Monday", "2022-03-07"},
    {"He demanded that the officer be charged by Monday.", "Monday", "2022-03-07"},
    {"They called their members to a march on Tuesday.", "Tuesday", "2022-03-08"},
    {"He promised a first flight on Thursday.", "Thursday", "2022-03-03"},
    {"He was called by the unions on Tuesday.", "Tuesday", "2022-03-01"},
    {"The envoy is due in Cairo on Monday for talks.", "Monday", "2022-03-07"},
    {"They were set free on Monday.", "Monday", "2022-02-28"},
    {"The guard had prevented them from trying to cross on Monday.", "Monday", "2022-02-28"},
    {"They managed to cross the river on Monday.", "Monday", "2022-02-28"},
    {"The drones were shot down overnight.", "overnight", "2022-03-01TNI"},
    {"He met the king last Wednesday.", "last Wednesday", "2022-02-23"},
    {"He will meet the king next Friday.", "next Friday", "2022-03-04"},
    {"He met the king this Monday.", "this Monday", "2022-02-28"},
    {"He met the king on Monday morning.", "Monday morning", "2022-02-28TMO"},
    {"He met the king on Tuesday evening.", "Tuesday evening", "2022-03-01TEV"},
    {"He met the king last week.", "last week", "2022-W08"},
    {"He will meet the king next week.", "next week", "2022-W10"},
    {"He met the king this week.", "this week", "2022-W09"},
    {"He met the king last month.", "last month", "2022-02"},
    {"He will meet the king next month.", "next month", "2022-04"},
    {"He met the king last year.", "last year", "2021"},
    {"He met the king this year.", "this year", "2022"},
    {"He will meet the king next year.", "next year", "2023"},
    {"Prices fell last decade.", "last decade", "201"},
    {"He met the king yesterday.", "yesterday", "2022-03-01"},
    {"He met the king today.", "today", "2022-03-02"},
    {"He will meet the king tomorrow.", "tomorrow", "2022-03-03"},
    {"He will meet the king tonight.", "tonight", "2022-03-02TNI"},
    {"He will meet the king tomorrow morning.", "tomorrow morning", "2022-03-03TMO"},
    {"He met the king yesterday afternoon.", "yesterday afternoon", "2022-03-01TAF"},
    {"He met the king last night.", "last night", "2022-03-01TNI"},
    {"He met the king this morning.", "this morning", "2022-03-02TMO"},
    {"He met the king the day before yesterday.", "the day before yesterday", "2022-02-28"},
    {"He will meet the king the day after tomorrow.", "the day after tomorrow", "2022-03-04"},
    {"He met the king last summer.", "last summer", "2021-SU"},
    {"He met the king last winter.", "last winter", "2021-WI"},
    {"He met the king last May.", "last May", "2021-05"},
    {"He met the king last weekend.", "last weekend", "2022-W08-WE"},
    {"He met the king over the weekend.", "the weekend", "2022-W08-WE"},
    {"The quake struck at 11:33 a.m. in Lima.", "11:33 a.m.", "2022-03-02T11:33"},
    {"The quake struck at 5 pm GMT in Lima.", "5 pm GMT", "2022-03-02T17:00"},
    {"The quake struck at 5pm in Lima.", "5pm", "2022-03-02T17:00"},
    {"The quake struck at noon in Lima.", "noon", "2022-03-02T12:00"},
    {"The quake struck at midnight in Lima.", "midnight", "2022-03-02T00:00"},
    {"The quake struck at 1700 GMT in Lima.", "1700 GMT", "2022-03-02T17:00"},
    {"The quake struck at 12:05 a.m. in Lima.", "12:05 a.m.", "2022-03-02T00:05"},
    {"The quake struck at 17:30 in Lima.", "17:30", "2022-03-02T17:30"},
    {"The quake struck at 6 o'clock in Lima.", "6 o'clock", "2022-03-02T06:00"},
    {"The quake struck Tuesday at 11:33 a.m. in Lima.", "Tuesday at 11:33 a.m.", "2022-03-01T11:33"},
    {"The quake struck at 11:33 a.m. on Tuesday in Lima.", "11:33 a.m. on Tuesday", "2022-03-01T11:33"},
    {"Profits rose in the third quarter.", "the third quarter", "2021-Q3"},
    {"Profits rose in the third quarter of 2020.", "the third quarter of 2020", "2020-Q3"},
    {"Profits rose in Q3 2021.", "Q3 2021", "2021-Q3"},
    {"Profits rose in fiscal 2021.", "fiscal 2021", "2021"},
    {"Profits rose in the first half of 2021.", "the first half of 2021", "2021-H1"},
    {"He sang in the 1990s.", "1990s", "199"},
    {"He sang in the '90s.", "the '90s", "199"},
    {"The castle was built in the 19th century.", "19th century", "18"},
    {"The castle was built in the nineteenth century.", "the nineteenth century", "18"},
    {"It was founded in 1998.", "1998", "1998"},
    {"The 2016 election was close.", "2016", "2016"},
    {"It was built in early 2020.", "early 2020", "2020"},
    {"It was built in mid-February.", "mid-February", "2022-02"},
    {"It was built late last year.", "late last year", "2021"},
    {"It was built at the end of 2020.", "the end of 2020", "2020"},
    {"It opened earlier this week.", "earlier this week", "2022-W09"},
    {"It opens later this month.", "later this month", "2022-03"},
    {"He ruled from 2010 to 2014.", "2010 to 2014", "2010/2014"},
    {"He ruled between 2010 and 2014.", "2010 and 2014", "2010/2014"},
    {"He worked there between March and May 2020.", "March and May 2020", "2020-03/2020-05"},
    {"The war of 2014-2018 was long.", "2014-2018", "2014/2018"},
    {"The season of 2020/21 was cut short.", "2020/21", "2020/2021"},
    {"He has ruled since 2014.", "2014", "2014"},
    {"The talks will go on until Friday.", "Friday", "2022-03-04"},
    {"He arrived two days ago.", "two days ago", "2022-02-28"},
    {"He arrived three weeks ago.", "three weeks ago", "2022-W06"},
    {"He arrived a year ago.", "a year ago", "2021"},
    {"He arrived 10 years ago.", "10 years ago", "2012"},
    {"He arrived two months ago.", "two months ago", "2022-01"},
    {"He left on Jan. 5, 2020 and died three days later.", "three days later", "2020-01-08"},
    {"He left in 2015 and had married a year earlier.", "a year earlier", "2014"},
    {"He left on Jan. 5, 2020 and died the following day.", "the following day", "2020-01-06"},
    {"He left on Jan. 5, 2020. He had packed the day before.", "the day before", "2020-01-04"},
    {"He left in 2015. He died the following year.", "the following year", "2016"},
    {"He will return in five years.", "in five years", "2027"},
    {"He will return within a week.", "within a week", "P1W"},
    {"The siege lasted nearly eight hours.", "nearly eight hours", "PT8H"},
    {"The siege lasted a decade.", "a decade", "P1DE"},
    {"The siege lasted three days.", "three days", "P3D"},
    {"The two-year-long siege ended.", "two-year-long", "P2Y"},
    {"He began a 10-day trip.", "10-day", "P10D"},
    {"The siege lasted half an hour.", "half an hour", "PT30M"},
    {"The siege lasted two and a half years.", "two and a half years", "P2.5Y"},
    {"The siege lasted more than a week.", "more than a week", "P1W"},
    {"The siege lasted several months.", "several months", "PXM"},
    {"The siege lasted twenty-five years.", "twenty-five years", "P25Y"},
    {"He was silent for years.", "years", "PXY"},
    {"They meet every Monday.", "every Monday", "XXXX-WXX-1"},
    {"They meet weekly.", "weekly", "P1W"},
    {"They meet annually.", "annually", "P1Y"},
    {"They meet each year.", "each year", "P1Y"},
    {"They meet twice a month.", "twice a month", "P1M"},
    {"They meet every two weeks.", "every two weeks", "P2W"},
    {"They meet on Mondays.", "Mondays", "XXXX-WXX-1"},
    {"They paint 40 cars a day.", "a day", "P1D"},
    {"Prices have risen in recent weeks.", "recent weeks", "PAST_REF"},
    {"The city fell in 410 AD.", "410 AD", "0410"},
    {"The city fell in 400 BC.", "400 BC", "BC0400"},
    {"He is now the king.", "now", "PRESENT_REF"},
    {"He is currently the king.", "currently", "PRESENT_REF"},
    {"He recently became the king.", "recently", "PAST_REF"},
    {"Prices have risen over the past two years.", "the past two years", "P2Y"},
    {"Rain is expected in the coming days.", "the coming days", "FUTURE_REF"},
    {"Rain is expected over the next five days.", "the next five days", "P5D"},
    {"He attended the Friday prayers.", "Friday", "2022-02-25"},
    {"In 1914 war came. In August he left.", "August", "1914-08"},
    {"He wrote it in the summer of 2019.", "the summer of 2019", "2019-SU"},
    {"Deaths rose in December 2020 and January 2021.", "January 2021", "2021-01"},
    {"The law takes effect on April 1.", "April 1", "2022-04-01"},
    {"He arrived a decade ago.", "a decade ago", "2012"},
    {"It was about 15 minutes long.", "about 15 minutes", "PT15M"},
};

static const char *const no_times[] = {
    "Prime Minister Theresa May resigned.",
    "He may resign.",
    "Protesters march on the palace.",
    "The Sun reported the story.",
    "He was the second man to resign.",
    "Prices fall and wages fall.",
    "About 2000 people were there.",
    "The rebels killed 1998 soldiers.",
    "The bill costs $2000.",
    "The editor of USA Today resigned.",
    "April Jones resigned.",
    "He ran 1500 metres.",
    "Marches and rallies were banned.",
    "He asked for a second opinion.",
    "They sat in the sun.",
    "The score was 3-2.",
    "The spring broke.",
    "He has 12 goats.",
    "The 6-year-old boy waved.",
    "She is 36 years old.",
    "The man, 45, waved.",
    "Call 1800 if you can.",
    "The judge weighed the evidence.",
    "He won by 10 votes.",
    "They mar the view.",
    "He sat down.",
    "He said that may help.",
    "A quarter of the men left.",
    "It was our last day.",
    "It was the last day of the feast.",
    "The minute details are boring.",
};

static struct str words_of(const struct article *article, const struct article_time *time)
{
    return str_slice(article->text, article->tokens.items[time->first].start,
                     article->tokens.items[time->end - 1].end);
}

/* The time told in these words, or NULL. */
static const struct article_time *told(const struct article *article, const char *words)
{
    for (size_t i = 0; i < article->times.count; i++)
        if (str_equal(words_of(article, &article->times.items[i]), str_from(words)))
            return &article->times.items[i];
    return NULL;
}

static void print_times(const struct article *article)
{
    for (size_t i = 0; i < article->times.count; i++)
        print_error("    has '%.*s' %.*s\n", STR_ARG(words_of(article, &article->times.items[i])),
                    STR_ARG(article->times.items[i].value));
}

static void test_phrases(void **unused)
{
    (void)unused;
    int wrong = 0;
    for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
        const struct article *article = read_article(phrases[i].text);
        const struct article_time *time = told(article, phrases[i].words);
        if (time && str_equal(time->value, str_from(phrases[i].value)))
            continue;
        wrong++;
        print_error("%s: '%s' is not %s\n", phrases[i].text, phrases[i].words, phrases[i].value);
        print_times(article);
    }
    assert_int_equal(wrong, 0);
}

static void test_no_times(void **unused)
{
    (void)unused;
    int wrong = 0;
    for (size_t i = 0; i < sizeof(no_times) / sizeof(no_times[0]); i++) {
        const struct article *article = read_article(no_times[i]);
        wrong += article->times.count != 0;
        if (article->times.count)
            print_error("%s\n", no_times[i]);
        print_times(article);
    }
    assert_int_equal(wrong, 0);
}

static const struct article_time *only(const char *text)
{
    const struct article *article = read_article(text);
    assert_int_equal(article->times.count, 1);
    return &article->times.items[0];
}

static void check_ends(const struct article_time *time, const char *begin, const char *end)
{
    char text[CLOCK_RFC3339_BYTES];
    assert_string_equal(time->begin_ms ? clock_rfc3339(time->begin_ms, 0, text) : "", begin);
    assert_string_equal(time->end_ms ? clock_rfc3339(time->end_ms, 0, text) : "", end);
}

static void test_ends(void **unused)
{
    (void)unused;
    check_ends(only("He left on Monday."), "2022-02-28T00:00:00Z", "2022-03-01T00:00:00Z");
    check_ends(only("He ruled from 2010 to 2014."), "2010-01-01T00:00:00Z", "2015-01-01T00:00:00Z");
    check_ends(only("He has ruled since 2014."), "2014-01-01T00:00:00Z", "");
    check_ends(only("The talks will go on until Friday."), "", "2022-03-05T00:00:00Z");
    check_ends(only("The quake struck at 5 pm EST in Lima."), "2022-03-02T22:00:00Z", "2022-03-02T22:01:00Z");
    check_ends(only("Prices have risen over the past two years."), "2020-03-02T12:00:00Z",
               "2022-03-02T12:00:00Z");
    check_ends(only("The siege lasted three days."), "", "");
}

static void test_mods(void **unused)
{
    (void)unused;
    assert_string_equal(only("It was built in early 2020.")->mod, "START");
    assert_string_equal(only("It was built in mid-March.")->mod, "MID");
    assert_string_equal(only("It was built late last year.")->mod, "END");
    assert_string_equal(only("The siege lasted nearly eight hours.")->mod, "LESS_THAN");
    assert_string_equal(only("The siege lasted more than a week.")->mod, "MORE_THAN");
    assert_string_equal(only("It was built around 2010.")->mod, "APPROX");
    assert_string_equal(only("It was built before 2010.")->mod, "BEFORE");
    assert_int_equal(only("They meet twice a month.")->frequency, 2);
}

static void test_the_dateline_is_now(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("MADRID, Feb. 20 (Reuters) - The minister resigned yesterday, the ministry said.");
    const struct article_time *time = told(article, "yesterday");
    assert_non_null(time);
    assert_true(str_equal(time->value, STR("2022-02-19")));
}

static void test_hostile_text_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const pieces[] = {"late early mid - ",   "from 2010 to ",
                                         "two years later ",    "Jan. 3 - ",
                                         "more than the last ", "Monday, Jan. 5 at 5 pm ET on "};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        assert_linear(read_pieces, pieces[i], 4000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_phrases),
        cmocka_unit_test(test_no_times),
        cmocka_unit_test(test_ends),
        cmocka_unit_test(test_mods),
        cmocka_unit_test(test_the_dateline_is_now),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
