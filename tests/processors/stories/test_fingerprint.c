/* SimHash: near texts near, other texts far. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "processors/stories/fingerprint.h"

static const char *const story = "The dam above the town held through the night, engineers said on Tuesday, "
                                 "after three days of heavy rain. About 120 "
                                 "people left their homes as the water rose by two metres, and schools "
                                 "stayed closed in the whole valley. Anna Keller, "
                                 "who leads the repair team, said that the pillars would be checked again "
                                 "before the road is opened to lorries. Farmers "
                                 "in the district lost most of their crops, and the governor promised them "
                                 "help before the end of the month.";

static void copies_are_near(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer copy = {0};
    assert_int_equal(buffer_printf(&copy, "(Marlow) %s Read more on our site.", story), 0);
    uint64_t first = fingerprint_of(str_from(story));
    assert_true(first != 0);
    assert_int_equal(fingerprint_of(str_from(story)), first);
    assert_true(fingerprint_distance(first, fingerprint_of(buffer_str(&copy))) <= 16);
    uint64_t other = fingerprint_of(
        STR("Parliament voted on Friday to keep the tax on sugar, after a debate of nine hours in which "
            "forty members spoke and the speaker twice asked for silence in the hall."));
    assert_true(fingerprint_distance(first, other) >= 18);
}

static void case_and_punctuation_do_not_count(void **state)
{
    (void)state;
    assert_int_equal(fingerprint_of(STR("One two three four five six seven eight nine.")),
                     fingerprint_of(STR("ONE two, three -- four “five” six: seven eight NINE")));
    assert_int_equal(fingerprint_of(STR("Привет один два три четыре пять шесть семь")),
                     fingerprint_of(STR("привет ОДИН два три четыре пять шесть семь")));
}

static void short_texts_have_none(void **state)
{
    (void)state;
    assert_int_equal(fingerprint_of(STR("")), 0);
    assert_int_equal(fingerprint_of(STR("only five words are here")), 0);
    assert_true(fingerprint_of(STR("大坝没有倒塌没有人受伤")) != 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(copies_are_near),
        cmocka_unit_test(case_and_punctuation_do_not_count),
        cmocka_unit_test(short_texts_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
