/* Hosts: limits, gaps, pauses and queues; one host never holds up another (T11, S7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/clock.h"
#include "feeds/poll/host.h"

#define A STR("a.example")
#define B STR("b.example")

static struct host_table *table;
static struct host_policy policy;

static int setup(void **state)
{
    (void)state;
    clock_virtual_start(1641897180000, 1);
    policy = (struct host_policy){
        .transfers_max = 2, .gap_ms = 5000, .queue_max = 100, .retry_after_max_ms = 86400000};
    table = host_table_create(&policy);
    return table ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    host_table_destroy(&table);
    clock_virtual_stop();
    return 0;
}

static void set_policy(int32_t transfers_max, int32_t gap_ms)
{
    policy.transfers_max = transfers_max;
    policy.gap_ms = gap_ms;
    host_table_set_policy(table, &policy);
}

static struct host_counts counts(void)
{
    struct host_counts all;
    host_table_counts(table, &all);
    return all;
}

static void test_T11_one_start_per_gap(void **state)
{
    (void)state;
    struct host_work first = {0}, second = {0};
    assert_int_equal(host_acquire(table, A, &first, 0), HOST_START);
    assert_int_equal(host_acquire(table, A, &second, 1), HOST_WAIT);
    assert_int_equal(host_table_next_ms(table), 5000);
    assert_null(host_table_next(table, 4999));
    assert_ptr_equal(host_table_next(table, 5000), &second);
    assert_false(second.queued);
    assert_int_equal(counts().in_flight, 2);
}

static void test_T10_a_host_has_a_gap_of_its_own_for_all_below_it(void **state)
{
    (void)state;
    static const struct {
        struct str name;
        int64_t gap_ms;
    } cases[] = {
        {{"slow.example", 12}, 60000},   {{"www.slow.example:8080", 21}, 60000},
        {{"notslow.example", 15}, 5000}, {{"fast.example", 12}, 0},
        {{"example", 7}, 5000},
    };
    policy.gaps[0] = (struct host_gap){"slow.example", 60000};
    policy.gaps[1] = (struct host_gap){"fast.example", 0};
    policy.gap_count = 2;
    host_table_set_policy(table, &policy);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct host_work first = {0}, second = {0};
        assert_int_equal(host_acquire(table, cases[i].name, &first, 0), HOST_START);
        assert_int_equal(host_acquire(table, cases[i].name, &second, 0),
                         cases[i].gap_ms ? HOST_WAIT : HOST_START);
        if (cases[i].gap_ms) {
            assert_null(host_table_next(table, cases[i].gap_ms - 1));
            assert_ptr_equal(host_table_next(table, cases[i].gap_ms), &second);
        }
    }
}

static void test_T11_no_more_than_two_in_flight(void **state)
{
    (void)state;
    set_policy(2, 0);
    struct host_work work[3] = {0};
    assert_int_equal(host_acquire(table, A, &work[0], 0), HOST_START);
    assert_int_equal(host_acquire(table, A, &work[1], 0), HOST_START);
    assert_int_equal(host_acquire(table, A, &work[2], 0), HOST_WAIT);
    assert_null(host_table_next(table, INT64_MAX));
    assert_int_equal(host_table_next_ms(table), INT64_MAX);
    host_release(table, A, 10);
    assert_ptr_equal(host_table_next(table, 10), &work[2]);
}

static void test_T11_a_busy_host_does_not_hold_up_another(void **state)
{
    (void)state;
    struct host_work work[4] = {0};
    host_acquire(table, A, &work[0], 0);
    assert_int_equal(host_acquire(table, A, &work[1], 0), HOST_WAIT);
    host_pause(table, A, 3600000, 0);
    assert_int_equal(host_acquire(table, B, &work[2], 0), HOST_START);
    assert_int_equal(host_acquire(table, B, &work[3], 0), HOST_WAIT);
    assert_ptr_equal(host_table_next(table, 5000), &work[3]);
    assert_null(host_table_next(table, 5000));
}

static void test_waiting_work_keeps_its_order_and_newcomers_queue_behind(void **state)
{
    (void)state;
    set_policy(10, 1000);
    struct host_work work[5] = {0};
    for (size_t i = 0; i < 4; i++)
        host_acquire(table, A, &work[i], 0);
    assert_int_equal(host_acquire(table, A, &work[4], 1000), HOST_WAIT); /* though its gap is over */
    for (size_t i = 1; i < 5; i++)
        assert_ptr_equal(host_table_next(table, (int64_t)i * 1000), &work[i]);
}

static void test_a_full_queue_refuses(void **state)
{
    (void)state;
    policy.queue_max = 1;
    host_table_set_policy(table, &policy);
    struct host_work work[3] = {0};
    host_acquire(table, A, &work[0], 0);
    assert_int_equal(host_acquire(table, A, &work[1], 0), HOST_WAIT);
    assert_int_equal(host_acquire(table, A, &work[2], 0), HOST_FULL);
    assert_false(work[2].queued);
}

static void test_S7_a_pause_stops_the_whole_host(void **state)
{
    (void)state;
    struct host_work first = {0}, second = {0};
    host_pause(table, A, 60000, 0);
    assert_int_equal(host_acquire(table, A, &first, 5999), HOST_WAIT);
    assert_null(host_table_next(table, 59999));
    int64_t when = host_table_next_ms(table);
    assert_in_range(when, 60000, 66000); /* a tenth of jitter, never earlier than asked */
    assert_ptr_equal(host_table_next(table, when), &first);
    assert_int_equal(host_acquire(table, B, &second, 0), HOST_START);
}

static void test_S7_a_pause_is_capped_and_never_shortened(void **state)
{
    (void)state;
    struct host_work work = {0};
    host_pause(table, A, 88LL * 3600000, 0);
    host_pause(table, A, 1000, 0);
    host_acquire(table, A, &work, 0);
    assert_in_range(host_table_next_ms(table), 86400000, 86400000 + 8640000);
}

static void test_S7_a_pause_moves_work_that_waits_already(void **state)
{
    (void)state;
    struct host_work first = {0}, second = {0};
    host_acquire(table, A, &first, 0);
    host_acquire(table, A, &second, 0);
    host_pause(table, A, 60000, 0);
    assert_null(host_table_next(table, 5000));
    assert_true(host_table_next_ms(table) >= 60000);
}

static void test_cancelled_work_does_not_come_back(void **state)
{
    (void)state;
    struct host_work work[4] = {0};
    for (size_t i = 0; i < 4; i++)
        host_acquire(table, A, &work[i], 0);
    host_cancel(table, A, &work[3]); /* the last, the first, and one that is not queued */
    host_cancel(table, A, &work[1]);
    host_cancel(table, A, &work[0]);
    host_cancel(table, B, &work[0]);
    assert_false(work[1].queued);
    assert_ptr_equal(host_table_next(table, 10000), &work[2]);
    assert_int_equal(counts().waiting, 0);
    assert_int_equal(host_table_next_ms(table), INT64_MAX);
    work[1] = (struct host_work){0};
    assert_int_equal(host_acquire(table, A, &work[1], 10000), HOST_WAIT);
}

static void test_idle_hosts_are_forgotten(void **state)
{
    (void)state;
    set_policy(2, 0);
    char name[32];
    struct host_work work = {0};
    for (int i = 0; i < 1000; i++) {
        (void)snprintf(name, sizeof(name), "host-%d.example", i);
        assert_int_equal(host_acquire(table, str_from(name), &work, i), HOST_START);
        host_release(table, str_from(name), i);
    }
    assert_int_equal(counts().hosts, 0);
    set_policy(2, 5000);
    for (int i = 0; i < 20000; i++) {
        (void)snprintf(name, sizeof(name), "host-%d.example", i);
        assert_int_equal(host_acquire(table, str_from(name), &work, i), HOST_START);
        host_release(table, str_from(name), i);
    }
    assert_true(counts().hosts < 12000); /* those within their gap, and what waits for the next sweep */
}

static void test_a_paused_host_is_remembered_while_nothing_runs(void **state)
{
    (void)state;
    struct host_work work = {0};
    host_acquire(table, A, &work, 0);
    host_pause(table, A, 60000, 0);
    host_release(table, A, 1);
    assert_int_equal(counts().hosts, 1);
    assert_int_equal(host_acquire(table, A, &work, 30000), HOST_WAIT);
}

struct seen {
    char names[8][32];
    size_t count;
};

static void see(void *context, struct str host, size_t waiting, size_t in_flight, int64_t not_before_ms)
{
    (void)waiting, (void)in_flight, (void)not_before_ms;
    struct seen *seen = context;
    (void)snprintf(seen->names[seen->count++], sizeof(seen->names[0]), "%.*s", STR_ARG(host));
}

static void test_the_slowest_hosts_are_shown_longest_queue_first(void **state)
{
    (void)state;
    struct host_work work[12] = {0};
    size_t used = 0;
    for (size_t host = 0; host < 3; host++)
        for (size_t i = 0; i < host + 2; i++)
            host_acquire(table, str_make(&"xyz"[host], 1), &work[used++], 0);
    host_pause(table, A, 60000, 0);
    struct seen seen = {0};
    host_table_slowest(table, 8, see, &seen);
    assert_int_equal(seen.count, 4);
    assert_string_equal(seen.names[0], "z");
    assert_string_equal(seen.names[2], "x");
    assert_string_equal(seen.names[3], "a.example");
    seen.count = 0;
    host_table_slowest(table, 1, see, &seen);
    assert_int_equal(seen.count, 1);
    assert_string_equal(seen.names[0], "z");
    seen.count = 0;
    host_table_slowest(table, 0, see, &seen);
    assert_int_equal(seen.count, 0);
}

static void test_many_hosts_hand_out_all_their_work(void **state)
{
    (void)state;
    static struct host_work work[6000];
    memset(work, 0, sizeof(work));
    char name[32];
    size_t started = 0;
    for (size_t i = 0; i < 6000; i++) {
        (void)snprintf(name, sizeof(name), "h%zu", i % 2000);
        started += host_acquire(table, str_from(name), &work[i], (int64_t)(i % 7)) == HOST_START;
    }
    assert_int_equal(started, 2000);
    for (size_t i = 0; i < 2000; i++) {
        (void)snprintf(name, sizeof(name), "h%zu", i);
        host_release(table, str_from(name), 10);
    }
    for (int64_t now = 10; now < 20000; now += 1000)
        while (host_table_next(table, now))
            started++;
    assert_int_equal(started, 6000);
    assert_int_equal(counts().waiting, 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_T11_one_start_per_gap),
        TEST(test_T10_a_host_has_a_gap_of_its_own_for_all_below_it),
        TEST(test_T11_no_more_than_two_in_flight),
        TEST(test_T11_a_busy_host_does_not_hold_up_another),
        TEST(test_waiting_work_keeps_its_order_and_newcomers_queue_behind),
        TEST(test_a_full_queue_refuses),
        TEST(test_S7_a_pause_stops_the_whole_host),
        TEST(test_S7_a_pause_is_capped_and_never_shortened),
        TEST(test_S7_a_pause_moves_work_that_waits_already),
        TEST(test_cancelled_work_does_not_come_back),
        TEST(test_idle_hosts_are_forgotten),
        TEST(test_a_paused_host_is_remembered_while_nothing_runs),
        TEST(test_the_slowest_hosts_are_shown_longest_queue_first),
        TEST(test_many_hosts_hand_out_all_their_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
