/* pressure: which mark stops what, and that a state is over only at nine tenths of its mark. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/process/log.h"
#include "daemon/watch/pressure.h"

static struct store_counts counts;
static struct config config;
static struct pressure pressure;

/* In place of the store's: what the test says lies there. */
void store_get_counts(const struct store *store, struct store_counts *ret_counts)
{
    (void)store; /* there is none */
    *ret_counts = counts;
}

static int set_up(void **state)
{
    (void)state;
    log_setup(LOG_TARGET_LOGFMT, 2);
    counts = (struct store_counts){0};
    config = (struct config){.outbox_high = 100, .outbox_hard = 1000, .intake_high = 50};
    pressure = (struct pressure){0};
    return 0;
}

/* So much lies there; true when that changed something. */
static bool lies(int64_t outbox, int64_t intake, bool full)
{
    counts = (struct store_counts){.outbox = outbox, .intake = intake, .full = full};
    return pressure_update(&pressure, NULL, &config);
}

static void assert_may(bool poll, bool pages, bool process, const char *words)
{
    assert_int_equal(pressure_may_poll(&pressure), poll);
    assert_int_equal(pressure_may_fetch_pages(&pressure), pages);
    assert_int_equal(pressure_may_process(&pressure), process);
    assert_string_equal(pressure_words(&pressure), words);
}

static void test_below_all_marks_nothing_waits(void **state)
{
    (void)state;
    assert_false(lies(99, 49, false));
    assert_may(true, true, true, "none");
}

static void test_at_the_high_mark_pages_wait(void **state)
{
    (void)state;
    assert_true(lies(100, 0, false));
    assert_may(true, false, true, "outbox at its high mark");
    assert_false(lies(90, 0, false)); /* still */
    assert_may(true, false, true, "outbox at its high mark");
    assert_true(lies(89, 0, false));
    assert_may(true, true, true, "none");
    assert_false(lies(99, 0, false)); /* not again before the mark */
}

static void test_at_the_hard_mark_all_waits(void **state)
{
    (void)state;
    assert_true(lies(1000, 0, false)); /* in one step */
    assert_may(false, false, false, "outbox at its hard mark");
    assert_false(lies(900, 0, false));
    assert_true(lies(899, 0, false)); /* down to the high mark first */
    assert_may(true, false, true, "outbox at its high mark");
    assert_true(lies(0, 0, false));
    assert_may(true, true, true, "none");
}

static void test_a_full_intake_stops_polls_but_not_what_empties_it(void **state)
{
    (void)state;
    assert_true(lies(0, 50, false));
    assert_may(false, true, true, "intake at its mark");
    assert_false(lies(0, 45, false));
    assert_may(false, true, true, "intake at its mark");
    assert_true(lies(0, 44, false));
    assert_may(true, true, true, "none");
}

static void test_a_full_disk_stops_all_and_is_over_at_once(void **state)
{
    (void)state;
    assert_true(lies(0, 0, true));
    assert_may(false, false, false, "disk full");
    assert_true(lies(0, 0, false));
    assert_may(true, true, true, "none");
}

static void test_the_worst_is_what_is_said(void **state)
{
    (void)state;
    (void)lies(100, 50, false);
    assert_may(false, false, true, "intake at its mark");
    (void)lies(1000, 50, false);
    assert_may(false, false, false, "outbox at its hard mark");
    (void)lies(1000, 50, true);
    assert_may(false, false, false, "disk full");
    (void)lies(1000, 50, true);
    assert_false(lies(1000, 50, true));
}

static void test_marks_of_one_do_not_flicker_into_nonsense(void **state)
{
    (void)state;
    config = (struct config){.outbox_high = 1, .outbox_hard = 1, .intake_high = 1};
    assert_true(lies(1, 0, false));
    assert_may(false, false, false, "outbox at its hard mark");
    assert_true(lies(0, 0, false));
    assert_may(true, true, true, "none");
}

static void test_a_changed_mark_counts_from_the_next_look_on(void **state)
{
    (void)state;
    (void)lies(500, 0, false);
    assert_may(true, false, true, "outbox at its high mark");
    config.outbox_high = 2000;
    config.outbox_hard = 4000;
    assert_true(lies(500, 0, false));
    assert_may(true, true, true, "none");
}

#define TEST(name) cmocka_unit_test_setup(name, set_up)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_below_all_marks_nothing_waits),
        TEST(test_at_the_high_mark_pages_wait),
        TEST(test_at_the_hard_mark_all_waits),
        TEST(test_a_full_intake_stops_polls_but_not_what_empties_it),
        TEST(test_a_full_disk_stops_all_and_is_over_at_once),
        TEST(test_the_worst_is_what_is_said),
        TEST(test_marks_of_one_do_not_flicker_into_nonsense),
        TEST(test_a_changed_mark_counts_from_the_next_look_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
