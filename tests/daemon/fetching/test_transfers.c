/* transfers: slots and hosts joined: whose turn it is, what a host's Retry-After means for all, and that
 * every request ends exactly once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <event2/event.h>

#include "base/container_of.h"
#include "daemon/fetching/fake_fetcher.h"
#include "daemon/fetching/transfers.h"
#include "daemon/process/log.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR, WISHES = 12, SLOTS = 4 };

/* Somebody who fetches. */
struct wish {
    struct transfer transfer;
    size_t prepared, done, no_result;
    bool unwanted, cancelled, again;
    enum fetch_error error;
    int status;
};

static struct event_base *base;
static struct transfers *transfers;
static struct wish wishes[WISHES];
static size_t idle;

static const struct host_policy usual = {
    .transfers_max = 2, .gap_ms = 5 * SECOND, .queue_max = 3, .retry_after_max_ms = DAY};

static void on_idle(void *context)
{
    (void)context;
    assert_true(transfers_room(transfers));
    idle++;
}

static int set_up(void **state)
{
    struct fetch_options options = {.transfers_max = SLOTS};
    struct error error;
    (void)state;
    log_setup(LOG_TARGET_LOGFMT, 2);
    clock_virtual_start(1700000000000, 1);
    memset(&fake, 0, sizeof(fake));
    memset(wishes, 0, sizeof(wishes));
    idle = 0;
    base = event_base_new();
    int failure = transfers_create(&transfers, base, &options, &usual, &error);
    if (!failure)
        transfers_on_idle(transfers, on_idle, NULL);
    return failure;
}

static int tear_down(void **state)
{
    (void)state;
    for (size_t i = 0; i < WISHES; i++)
        if (transfers && wishes[i].transfer.transfers)
            transfers_cancel(transfers, &wishes[i].transfer);
    transfers_destroy(&transfers);
    event_base_free(base);
    clock_virtual_stop();
    return 0;
}

static bool prepare(struct transfer *transfer, struct fetch_request *request)
{
    struct wish *wish = container_of(transfer, struct wish, transfer);
    assert_non_null(request->url);
    wish->prepared++;
    return !wish->unwanted;
}

static void fetch(size_t number, const char *url);

static void on_done(struct transfer *transfer, struct fetch_result *result)
{
    struct wish *wish = container_of(transfer, struct wish, transfer);
    wish->done++;
    wish->no_result += !result;
    if (result) {
        wish->cancelled = result->cancelled;
        wish->error = result->answer.error;
        wish->status = result->answer.status;
    }
    if (wish->again) {
        wish->again = false;
        fetch((size_t)(wish - wishes), "https://again.example/");
    }
}

static void fetch(size_t number, const char *url)
{
    struct wish *wish = &wishes[number];
    wish->transfer.prepare = prepare;
    wish->transfer.done = on_done;
    transfers_fetch(transfers, &wish->transfer, url);
}

/* Time passes, and it is looked whose turn it is. */
static void pass(int64_t ms)
{
    clock_virtual_advance(ms);
    transfers_set_policy(transfers, &usual);
}

static void test_a_request_starts_at_once_and_ends_once(void **state)
{
    (void)state;
    fetch(0, "https://a.example/1");
    assert_int_equal(wishes[0].prepared, 1);
    assert_true(fake_is_in_flight("https://a.example/1"));
    fake_answer("https://a.example/1", 200, NULL);
    assert_int_equal(wishes[0].done, 1);
    assert_int_equal(wishes[0].status, 200);
    assert_null(wishes[0].transfer.url);
}

static void test_T11_one_start_a_gap_and_no_host_holds_up_another(void **state)
{
    (void)state;
    fetch(0, "https://a.example/1");
    fetch(1, "https://a.example/2");
    fetch(2, "https://b.example/1");
    assert_true(fake_is_in_flight("https://b.example/1"));
    pass(5 * SECOND - 1);
    assert_false(fake_is_in_flight("https://a.example/2"));
    pass(1);
    assert_true(fake_is_in_flight("https://a.example/2"));
}

static void test_T11_a_host_answers_so_many_at_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < 3; i++) {
        fetch(i, "https://a.example/1");
        pass(MINUTE);
    }
    assert_int_equal(fake.started, 2);
    fake_answer("https://a.example/1", 200, NULL);
    assert_int_equal(fake.started, 3);
}

static void test_the_timer_brings_the_next_turn(void **state)
{
    (void)state;
    struct host_policy quick = usual;
    quick.gap_ms = 5;
    transfers_set_policy(transfers, &quick);
    fetch(0, "https://a.example/1");
    fetch(1, "https://a.example/2");
    clock_virtual_advance(5);
    event_base_loop(base, EVLOOP_ONCE);
    assert_true(fake_is_in_flight("https://a.example/2"));
}

/* ---- Retry-After ---- */

/* After this answer, the host is left alone for so long; a tenth is added so that not all come back at once.
 */
static void assert_pause(int status, const char *retry_after, int64_t ms)
{
    fetch(0, "https://a.example/1");
    fake_answer("https://a.example/1", status, retry_after);
    fetch(1, "https://a.example/2");
    fetch(2, "https://a.example/3");
    fetch(3, "https://b.example/1");
    assert_true(fake_is_in_flight("https://b.example/1"));
    pass(ms - 1);
    assert_int_equal(fake.started, 2);
    pass(ms / 10 + 2);
    assert_int_equal(fake.started, 3);
    pass(5 * SECOND);
    assert_int_equal(fake.started, 4);
}

static void test_S7_a_429_stops_the_whole_host_for_as_long_as_it_asks(void **state)
{
    (void)state;
    assert_pause(429, "7200", 2 * HOUR);
}

static void test_S7_a_503_with_retry_after_does_too(void **state)
{
    (void)state;
    assert_pause(503, "90", 90 * SECOND);
}

static void test_S7_a_429_that_names_no_time_means_ten_minutes(void **state)
{
    (void)state;
    assert_pause(429, NULL, 10 * MINUTE);
}

static void test_S7_no_host_stops_newsd_for_more_than_a_day(void **state)
{
    (void)state;
    assert_pause(429, "31536000", DAY);
}

static void test_a_503_without_retry_after_stops_nobody(void **state)
{
    (void)state;
    fetch(0, "https://a.example/1");
    fake_answer("https://a.example/1", 503, NULL);
    fetch(1, "https://a.example/2");
    pass(5 * SECOND);
    assert_true(fake_is_in_flight("https://a.example/2"));
}

static void test_S7_a_pause_holds_for_what_waits_already(void **state)
{
    (void)state;
    fetch(0, "https://a.example/1");
    fetch(1, "https://a.example/2");
    fake_answer("https://a.example/1", 429, "3600");
    pass(HOUR - 1);
    assert_false(fake_is_in_flight("https://a.example/2"));
    pass(HOUR / 10 + 2);
    assert_true(fake_is_in_flight("https://a.example/2"));
}

/* ---- Slots ---- */

static void test_what_finds_no_slot_starts_in_order_when_one_comes_free(void **state)
{
    char urls[WISHES][32];
    (void)state;
    for (size_t i = 0; i < WISHES; i++) {
        (void)snprintf(urls[i], sizeof(urls[i]), "https://host%zu.example/", i);
        fetch(i, urls[i]);
    }
    assert_int_equal(fake.started, SLOTS);
    assert_false(transfers_room(transfers));
    assert_int_equal(idle, SLOTS - 1); /* with the last slot taken nobody is asked for more */
    for (size_t i = 0; i + SLOTS < WISHES; i++) {
        fake_answer(urls[i], 200, NULL);
        assert_true(fake_is_in_flight(urls[i + SLOTS]));
    }
    assert_int_equal(idle, SLOTS - 1);
    fake_answer(urls[WISHES - 1], 200, NULL);
    assert_int_equal(idle, SLOTS);
    assert_true(transfers_room(transfers));
}

static void test_what_waits_for_its_host_takes_no_slot(void **state)
{
    (void)state;
    for (size_t i = 0; i < 4; i++)
        fetch(i, "https://a.example/1");
    assert_int_equal(fake.started, 1);
    assert_true(transfers_room(transfers));
    for (size_t i = 4; i < 7; i++)
        fetch(i, i == 4 ? "https://b.example/" : i == 5 ? "https://c.example/" : "https://d.example/");
    assert_int_equal(fake.started, SLOTS);
}

static void test_a_host_with_too_long_a_queue_gives_no_result(void **state)
{
    (void)state;
    for (size_t i = 0; i < 5; i++) /* one runs, three wait */
        fetch(i, "https://a.example/1");
    assert_int_equal(wishes[3].done, 0);
    assert_int_equal(wishes[4].done, 1);
    assert_int_equal(wishes[4].no_result, 1);
    assert_int_equal(wishes[4].prepared, 0);
    assert_null(wishes[4].transfer.url);
}

/* As the poller does: brings one after another while there is room. */
static void bring(void *context)
{
    size_t *brought = context;
    char url[32];
    while (*brought < WISHES && transfers_room(transfers)) {
        (void)snprintf(url, sizeof(url), "https://host%zu.example/", *brought);
        fetch((*brought)++, url);
    }
}

static void test_who_brings_what_is_due_is_asked_for_no_more_than_there_are_slots(void **state)
{
    size_t brought = 0;
    (void)state;
    transfers_on_idle(transfers, bring, &brought);
    transfers_set_policy(transfers, &usual);
    assert_int_equal(brought, SLOTS);
    assert_int_equal(fake.started, SLOTS);
    fake_answer("https://host0.example/", 200, NULL);
    assert_int_equal(brought, SLOTS + 1);
    transfers_on_idle(transfers, on_idle, NULL); /* the count is this test's alone */
}

/* ---- What does not start ---- */

static void test_an_address_without_a_host_ends_at_once(void **state)
{
    (void)state;
    fetch(0, "nonsense");
    assert_int_equal(wishes[0].done, 1);
    assert_int_equal(wishes[0].error, FETCH_ERROR_URL);
    assert_int_equal(wishes[0].prepared, 0);
}

static void test_what_is_not_wanted_any_more_ends_cancelled_and_frees_its_place(void **state)
{
    (void)state;
    wishes[0].unwanted = true;
    fetch(0, "https://a.example/1");
    assert_int_equal(wishes[0].done, 1);
    assert_true(wishes[0].cancelled);
    for (size_t i = 1; i <= 2; i++) {
        pass(5 * SECOND);
        fetch(i, "https://a.example/2");
    }
    assert_int_equal(fake.started, 2); /* both places at the host */
}

static void test_what_the_fetcher_refuses_ends_with_an_error(void **state)
{
    (void)state;
    fake.refuse = -EINVAL;
    fetch(0, "https://a.example/1");
    assert_int_equal(wishes[0].error, FETCH_ERROR_URL);
    fake.refuse = -ENOMEM;
    fetch(1, "https://b.example/1");
    assert_int_equal(wishes[1].error, FETCH_ERROR_INTERNAL);
    assert_false(wishes[0].cancelled || wishes[1].cancelled);
    fake.refuse = 0;
    for (size_t i = 2; i < 2 + SLOTS; i++) {
        pass(5 * SECOND);
        fetch(i, i % 2 ? "https://c.example/1" : "https://d.example/1");
    }
    assert_int_equal(fake.started, SLOTS); /* no slot was lost */
}

/* ---- Cancelling ---- */

static void test_what_waits_for_a_slot_or_its_host_is_taken_back(void **state)
{
    (void)state;
    fetch(0, "https://a.example/1");
    fetch(1, "https://a.example/2"); /* for its host */
    fetch(2, "https://b.example/1");
    fetch(3, "https://c.example/1");
    fetch(4, "https://d.example/1");
    fetch(5, "https://e.example/1"); /* for a slot */
    fetch(6, "https://f.example/1");
    transfers_cancel(transfers, &wishes[6].transfer);
    transfers_cancel(transfers, &wishes[5].transfer);
    transfers_cancel(transfers, &wishes[1].transfer);
    transfers_cancel(transfers, &wishes[1].transfer); /* does nothing any more */
    fetch(7, "https://g.example/1");
    fake_answer("https://a.example/1", 200, NULL);
    assert_true(fake_is_in_flight("https://g.example/1"));
    fake_answer("https://b.example/1", 200, NULL);
    pass(MINUTE);
    assert_int_equal(wishes[1].prepared + wishes[5].prepared + wishes[6].prepared, 0);
    assert_int_equal(wishes[1].done + wishes[5].done + wishes[6].done, 0);
}

static void test_what_runs_is_not_taken_back(void **state)
{
    (void)state;
    fetch(0, "https://a.example/1");
    transfers_cancel(transfers, &wishes[0].transfer);
    fake_answer("https://a.example/1", 200, NULL);
    assert_int_equal(wishes[0].done, 1);
}

static void test_the_end_breaks_off_what_runs_and_starts_nothing(void **state)
{
    (void)state;
    fetch(0, "https://a.example/1");
    fetch(1, "https://a.example/2");
    fetch(2, "https://b.example/1");
    wishes[2].again = true; /* its owner does not know yet that it is the end */
    transfers_cancel_all(transfers);
    assert_true(wishes[0].cancelled);
    assert_true(wishes[2].cancelled);
    assert_int_equal(wishes[1].done, 0);
    assert_int_equal(wishes[2].done, 1);
    assert_int_equal(fake.started, 2);
    pass(DAY);
    assert_int_equal(fake.started, 2);
    assert_false(transfers_room(transfers));
}

static void test_an_owner_may_fetch_again_from_its_done(void **state)
{
    (void)state;
    wishes[0].again = true;
    fetch(0, "https://a.example/1");
    fake_answer("https://a.example/1", 301, NULL);
    assert_true(fake_is_in_flight("https://again.example/"));
    fake_answer("https://again.example/", 200, NULL);
    assert_int_equal(wishes[0].done, 2);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_request_starts_at_once_and_ends_once),
        TEST(test_T11_one_start_a_gap_and_no_host_holds_up_another),
        TEST(test_T11_a_host_answers_so_many_at_once),
        TEST(test_the_timer_brings_the_next_turn),
        TEST(test_S7_a_429_stops_the_whole_host_for_as_long_as_it_asks),
        TEST(test_S7_a_503_with_retry_after_does_too),
        TEST(test_S7_a_429_that_names_no_time_means_ten_minutes),
        TEST(test_S7_no_host_stops_newsd_for_more_than_a_day),
        TEST(test_a_503_without_retry_after_stops_nobody),
        TEST(test_S7_a_pause_holds_for_what_waits_already),
        TEST(test_what_finds_no_slot_starts_in_order_when_one_comes_free),
        TEST(test_what_waits_for_its_host_takes_no_slot),
        TEST(test_a_host_with_too_long_a_queue_gives_no_result),
        TEST(test_who_brings_what_is_due_is_asked_for_no_more_than_there_are_slots),
        TEST(test_an_address_without_a_host_ends_at_once),
        TEST(test_what_is_not_wanted_any_more_ends_cancelled_and_frees_its_place),
        TEST(test_what_the_fetcher_refuses_ends_with_an_error),
        TEST(test_what_waits_for_a_slot_or_its_host_is_taken_back),
        TEST(test_what_runs_is_not_taken_back),
        TEST(test_the_end_breaks_off_what_runs_and_starts_nothing),
        TEST(test_an_owner_may_fetch_again_from_its_done),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
