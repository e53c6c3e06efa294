/* Schedule: the earliest comes first whatever is put in, moved and taken out; a set clock moves all alike. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "feeds/poll/schedule.h"

enum { ITEMS = 1000 };

static struct schedule *schedule;
static struct schedule_item items[ITEMS];

static int setup(void **state)
{
    (void)state;
    schedule = schedule_create();
    for (size_t i = 0; i < ITEMS; i++)
        items[i] = (struct schedule_item){.position = SCHEDULE_OUT};
    return schedule ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    schedule_destroy(&schedule);
    return 0;
}

static int64_t scattered(size_t i)
{
    return (int64_t)(i * 7919 % 1009);
}

static void test_items_come_in_order_of_their_time(void **state)
{
    (void)state;
    for (size_t i = 0; i < ITEMS; i++)
        assert_int_equal(schedule_put(schedule, &items[i], scattered(i)), 0);
    assert_int_equal(schedule_count_due(schedule, INT64_MAX, SIZE_MAX), ITEMS);
    int64_t before = -1;
    for (size_t i = 0; i < ITEMS; i++) {
        struct schedule_item *item = schedule_take_due(schedule, INT64_MAX);
        assert_non_null(item);
        assert_true(item->due_ms >= before);
        assert_true(item->position == SCHEDULE_OUT);
        before = item->due_ms;
    }
    assert_null(schedule_first(schedule));
}

static void test_only_what_is_due_is_taken(void **state)
{
    (void)state;
    assert_null(schedule_take_due(schedule, INT64_MAX));
    assert_int_equal(schedule_put(schedule, &items[0], 100), 0);
    assert_null(schedule_take_due(schedule, 99));
    assert_ptr_equal(schedule_take_due(schedule, 100), &items[0]);
}

static void test_an_item_put_again_moves(void **state)
{
    (void)state;
    for (size_t i = 0; i < 10; i++)
        assert_int_equal(schedule_put(schedule, &items[i], (int64_t)i + 10), 0);
    assert_int_equal(schedule_put(schedule, &items[9], 1), 0);
    assert_int_equal(schedule_put(schedule, &items[0], 100), 0);
    assert_int_equal(schedule_count_due(schedule, INT64_MAX, SIZE_MAX), 10);
    assert_ptr_equal(schedule_take_due(schedule, 1000), &items[9]);
    assert_ptr_equal(schedule_take_due(schedule, 1000), &items[1]);
}

static void test_an_item_leaves_from_any_place(void **state)
{
    (void)state;
    for (size_t i = 0; i < ITEMS; i++)
        assert_int_equal(schedule_put(schedule, &items[i], scattered(i)), 0);
    for (size_t i = 0; i < ITEMS; i += 3)
        schedule_remove(schedule, &items[i]);
    schedule_remove(schedule, &items[0]); /* no harm when it is out already */
    int64_t before = -1;
    size_t left = schedule_count_due(schedule, INT64_MAX, SIZE_MAX);
    assert_int_equal(left, ITEMS - (ITEMS + 2) / 3);
    for (struct schedule_item *item; (item = schedule_take_due(schedule, INT64_MAX)); left--) {
        assert_int_not_equal((item - items) % 3, 0);
        assert_true(item->due_ms >= before);
        before = item->due_ms;
    }
    assert_int_equal(left, 0);
}

static void test_due_items_are_counted_up_to_a_limit(void **state)
{
    (void)state;
    for (size_t i = 0; i < 100; i++)
        assert_int_equal(schedule_put(schedule, &items[i], (int64_t)i), 0);
    assert_int_equal(schedule_count_due(schedule, -1, 1000), 0);
    assert_int_equal(schedule_count_due(schedule, 49, 1000), 50);
    assert_int_equal(schedule_count_due(schedule, 49, 7), 7);
    assert_int_equal(schedule_count_due(schedule, 1000, 1000), 100);
}

static void test_T9_a_set_clock_brings_neither_storm_nor_silence(void **state)
{
    (void)state;
    const int64_t now = 1641897180000, decade = 10 * 365 * 86400000LL;
    for (size_t i = 0; i < ITEMS; i++)
        assert_int_equal(schedule_put(schedule, &items[i], now + 1000 * scattered(i)), 0);
    size_t due_before = schedule_count_due(schedule, now + 60000, ITEMS);
    schedule_clock_stepped(schedule, decade);
    assert_int_equal(schedule_count_due(schedule, now + decade + 60000, ITEMS), due_before);
    schedule_clock_stepped(schedule, -2 * decade);
    assert_int_equal(schedule_count_due(schedule, now - decade + 60000, ITEMS), due_before);
    schedule_clock_stepped(schedule, decade);
    assert_int_equal(schedule_first(schedule)->due_ms, now);
}

static void test_a_step_beyond_all_numbers_stays_in_them(void **state)
{
    (void)state;
    assert_int_equal(schedule_put(schedule, &items[0], INT64_MAX - 1), 0);
    schedule_clock_stepped(schedule, 1000);
    assert_int_equal(schedule_first(schedule)->due_ms, INT64_MAX);
}

static void test_destroying_leaves_the_items_out(void **state)
{
    (void)state;
    assert_int_equal(schedule_put(schedule, &items[0], 1), 0);
    schedule_destroy(&schedule);
    assert_null(schedule);
    assert_true(items[0].position == SCHEDULE_OUT);
    schedule_destroy(&schedule);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_items_come_in_order_of_their_time),
        TEST(test_only_what_is_due_is_taken),
        TEST(test_an_item_put_again_moves),
        TEST(test_an_item_leaves_from_any_place),
        TEST(test_due_items_are_counted_up_to_a_limit),
        TEST(test_T9_a_set_clock_brings_neither_storm_nor_silence),
        TEST(test_a_step_beyond_all_numbers_stays_in_them),
        TEST(test_destroying_leaves_the_items_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
