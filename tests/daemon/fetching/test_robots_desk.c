/* robots_desk: one request for each site's robots.txt, an answer to everybody who asked, and how long it
 * holds (RFC 9309). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/fake_transfers.h"
#include "daemon/fetching/robots_desk.h"
#include "feeds/http/robots.h"

enum { HOUR = 3600000, DAY = 24 * HOUR, QUESTIONS = 8, UNANSWERED = -1 };

static struct transfers transfers;
static struct robots_desk *desk;
static struct {
    struct robots_question question;
    int answer;
} asked[QUESTIONS];

static const char site[] = "https://post.example/robots.txt";
static const char private_only[] = "User-agent: *\nDisallow: /private\n";

static void on_answer(struct robots_question *question, enum robots_answer answer)
{
    for (size_t i = 0; i < QUESTIONS; i++) {
        if (question != &asked[i].question)
            continue;
        assert_int_equal(asked[i].answer, UNANSWERED);
        asked[i].answer = (int)answer;
    }
}

static int set_up(void **state)
{
    (void)state;
    transfers = (struct transfers){.slots = 4};
    memset(asked, 0, sizeof(asked));
    clock_virtual_start(1700000000000, 1);
    desk = robots_desk_create(&transfers);
    return desk ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    transfers_cancel_all(&transfers);
    robots_desk_destroy(&desk);
    assert_int_equal(transfers.running + transfers.waiting, 0);
    clock_virtual_stop();
    return 0;
}

static void ask(size_t number, const char *url)
{
    asked[number].answer = UNANSWERED;
    asked[number].question.answered = on_answer;
    robots_ask(desk, url, &asked[number].question);
}

/* Asks, and is answered from what is known. */
static int known(const char *url)
{
    size_t started = transfers.started;
    ask(0, url);
    assert_int_equal(transfers.started, started);
    return asked[0].answer;
}

static void answer(int status, const char *body)
{
    fake_answer(&transfers, site, &(struct served){.status = status, .body = body});
}

static void test_N12_one_request_answers_all_who_ask(void **state)
{
    (void)state;
    ask(1, "https://post.example/news/1");
    ask(2, "https://POST.example/private/2");
    ask(3, "https://post.example");
    assert_int_equal(transfers.started, 1);
    assert_string_equal(transfers.last.url, site);
    assert_int_equal(transfers.last.body_bytes_max, ROBOTS_BYTES_MAX);
    answer(200, private_only);
    assert_int_equal(asked[1].answer, ROBOTS_ALLOWED);
    assert_int_equal(asked[2].answer, ROBOTS_FORBIDDEN);
    assert_int_equal(asked[3].answer, ROBOTS_ALLOWED);
    assert_int_equal(known("https://post.example/private/"), ROBOTS_FORBIDDEN);
}

static void test_each_origin_has_its_own(void **state)
{
    (void)state;
    ask(1, "https://post.example/private/1");
    ask(2, "http://post.example/private/1");
    ask(3, "https://post.example:8443/private/1");
    assert_int_equal(transfers.started, 3);
    answer(200, private_only);
    fake_answer(&transfers, "http://post.example/robots.txt", &(struct served){.status = 404});
    assert_int_equal(asked[1].answer, ROBOTS_FORBIDDEN);
    assert_int_equal(asked[2].answer, ROBOTS_ALLOWED);
    assert_int_equal(asked[3].answer, UNANSWERED);
    fake_answer(&transfers, "https://post.example:8443/robots.txt", &(struct served){.status = 500});
    assert_int_equal(asked[3].answer, ROBOTS_UNREACHABLE);
}

static void test_path_and_query_are_judged_but_no_fragment(void **state)
{
    (void)state;
    ask(1, "https://post.example?print=1");
    answer(200, "User-agent: newsd\nDisallow: /*?print\nDisallow: /*secret\n");
    assert_int_equal(asked[1].answer, ROBOTS_FORBIDDEN);
    assert_int_equal(known("https://post.example/a?print=1#top"), ROBOTS_FORBIDDEN);
    assert_int_equal(known("https://post.example/a#secret"), ROBOTS_ALLOWED);
    assert_int_equal(known("https://post.example#secret"), ROBOTS_ALLOWED);
}

static void test_what_is_missing_forbids_nothing(void **state)
{
    (void)state;
    static const int statuses[] = {404, 403, 410};
    for (size_t i = 0; i < 3; i++) {
        ask(1, "https://post.example/private/1");
        answer(statuses[i], "no");
        assert_int_equal(asked[1].answer, ROBOTS_ALLOWED);
        clock_virtual_advance(DAY);
    }
}

static void test_redirects_that_lead_nowhere_forbid_nothing(void **state)
{
    (void)state;
    ask(1, "https://post.example/private/1");
    fake_answer(&transfers, site, &(struct served){.status = 302, .error = FETCH_ERROR_REDIRECT_LOOP});
    assert_int_equal(asked[1].answer, ROBOTS_ALLOWED);
}

static void test_a_server_that_fails_forbids_all_for_an_hour(void **state)
{
    (void)state;
    static const struct served bad[] = {
        {.status = 500}, {.status = 429}, {.error = FETCH_ERROR_TIMEOUT}, {.error = FETCH_ERROR_DNS}};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ask(1, "https://post.example/news/1");
        fake_answer(&transfers, site, &bad[i]);
        assert_int_equal(asked[1].answer, ROBOTS_UNREACHABLE);
        clock_virtual_advance(HOUR - 1);
        assert_int_equal(known("https://post.example/news/1"), ROBOTS_UNREACHABLE);
        clock_virtual_advance(1);
    }
    ask(1, "https://post.example/news/1");
    answer(200, private_only);
    assert_int_equal(asked[1].answer, ROBOTS_ALLOWED);
}

static void test_rules_hold_for_a_day_and_are_asked_for_again(void **state)
{
    (void)state;
    ask(1, "https://post.example/private/1");
    answer(200, private_only);
    clock_virtual_advance(DAY - 1);
    assert_int_equal(known("https://post.example/private/1"), ROBOTS_FORBIDDEN);
    clock_virtual_advance(1);
    ask(1, "https://post.example/private/1");
    assert_int_equal(asked[1].answer, UNANSWERED);
    answer(200, "");
    assert_int_equal(asked[1].answer, ROBOTS_ALLOWED);
}

static void test_rules_stay_in_force_while_the_server_fails(void **state)
{
    (void)state;
    ask(1, "https://post.example/private/1");
    answer(200, private_only);
    clock_virtual_advance(DAY);
    ask(1, "https://post.example/private/1");
    ask(2, "https://post.example/news/1");
    answer(503, NULL);
    assert_int_equal(asked[1].answer, ROBOTS_FORBIDDEN);
    assert_int_equal(asked[2].answer, ROBOTS_ALLOWED);
    clock_virtual_advance(HOUR);
    ask(1, "https://post.example/news/1"); /* the failure is not kept for a day */
    assert_int_equal(asked[1].answer, UNANSWERED);
}

static void test_a_file_that_is_too_large_counts_as_far_as_it_was_read(void **state)
{
    (void)state;
    struct served served = {.status = 200, .body = private_only, .error = FETCH_ERROR_TOO_LARGE};
    ask(1, "https://post.example/private/1");
    fake_answer(&transfers, site, &served);
    assert_int_equal(asked[1].answer, ROBOTS_FORBIDDEN);
}

static void test_a_file_that_was_cut_short_is_none(void **state)
{
    (void)state;
    struct served served = {.status = 200, .body = "User-agent: *\nDis", .error = FETCH_ERROR_TRUNCATED};
    ask(1, "https://post.example/private/1");
    fake_answer(&transfers, site, &served);
    assert_int_equal(asked[1].answer, ROBOTS_UNREACHABLE);
}

static void test_a_host_with_too_long_a_queue_is_unreachable_for_an_hour(void **state)
{
    (void)state;
    transfers.hosts_full = true;
    ask(1, "https://post.example/news/1");
    assert_int_equal(asked[1].answer, ROBOTS_UNREACHABLE);
    transfers.hosts_full = false;
    assert_int_equal(known("https://post.example/news/1"), ROBOTS_UNREACHABLE);
}

static void test_a_question_that_is_taken_back_gets_no_answer(void **state)
{
    (void)state;
    for (size_t i = 1; i <= 3; i++)
        ask(i, "https://post.example/news/1");
    robots_take_back(&asked[2].question);
    robots_take_back(&asked[2].question); /* does nothing any more */
    answer(200, private_only);
    assert_int_equal(asked[1].answer, ROBOTS_ALLOWED);
    assert_int_equal(asked[2].answer, UNANSWERED);
    assert_int_equal(asked[3].answer, ROBOTS_ALLOWED);
    robots_take_back(&asked[1].question);
}

static void test_an_answer_nobody_waits_for_is_kept(void **state)
{
    (void)state;
    ask(1, "https://post.example/private/1");
    robots_take_back(&asked[1].question);
    answer(200, private_only);
    assert_int_equal(known("https://post.example/private/1"), ROBOTS_FORBIDDEN);
}

static void test_at_the_end_all_who_wait_are_told(void **state)
{
    (void)state;
    ask(1, "https://post.example/news/1");
    ask(2, "https://post.example/news/2");
    transfers_cancel_all(&transfers);
    assert_int_equal(asked[1].answer, ROBOTS_CANCELLED);
    assert_int_equal(asked[2].answer, ROBOTS_CANCELLED);
}

static void test_an_address_without_a_host_is_unreachable(void **state)
{
    (void)state;
    assert_int_equal(known("nonsense"), ROBOTS_UNREACHABLE);
    assert_int_equal(known("https://"), ROBOTS_UNREACHABLE);
}

/* Asks for a page of another site in the callback itself. */
static void ask_on(struct robots_question *question, enum robots_answer given)
{
    on_answer(question, given);
    ask(2, "https://post.example/private/2");
}

static void test_an_answer_may_lead_to_the_next_question(void **state)
{
    (void)state;
    ask(1, "https://post.example/news/1");
    asked[1].question.answered = ask_on;
    answer(200, private_only);
    assert_int_equal(asked[2].answer, ROBOTS_FORBIDDEN);
    assert_int_equal(transfers.started, 1);
}

static void test_of_very_many_sites_the_one_known_longest_is_forgotten(void **state)
{
    (void)state;
    char url[64];
    ask(2, "https://waits.example/private/1"); /* it is being asked, so it is kept */
    ask(1, "https://post.example/private/1");
    answer(200, private_only);
    for (int i = 0; i < 20000 - 1; i++) {
        (void)snprintf(url, sizeof(url), "https://host%d.example/", i);
        ask(3, url);
        (void)snprintf(url, sizeof(url), "https://host%d.example/robots.txt", i);
        fake_answer(&transfers, url, &(struct served){.status = 404});
    }
    assert_int_equal(known("https://host0.example/"), ROBOTS_ALLOWED);
    ask(1, "https://post.example/private/1");
    assert_int_equal(asked[1].answer, UNANSWERED);
    fake_answer(&transfers, "https://waits.example/robots.txt", &(struct served){.status = 404});
    assert_int_equal(asked[2].answer, ROBOTS_ALLOWED);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_N12_one_request_answers_all_who_ask),
        TEST(test_each_origin_has_its_own),
        TEST(test_path_and_query_are_judged_but_no_fragment),
        TEST(test_what_is_missing_forbids_nothing),
        TEST(test_redirects_that_lead_nowhere_forbid_nothing),
        TEST(test_a_server_that_fails_forbids_all_for_an_hour),
        TEST(test_rules_hold_for_a_day_and_are_asked_for_again),
        TEST(test_rules_stay_in_force_while_the_server_fails),
        TEST(test_a_file_that_is_too_large_counts_as_far_as_it_was_read),
        TEST(test_a_file_that_was_cut_short_is_none),
        TEST(test_a_host_with_too_long_a_queue_is_unreachable_for_an_hour),
        TEST(test_a_question_that_is_taken_back_gets_no_answer),
        TEST(test_an_answer_nobody_waits_for_is_kept),
        TEST(test_at_the_end_all_who_wait_are_told),
        TEST(test_an_address_without_a_host_is_unreachable),
        TEST(test_of_very_many_sites_the_one_known_longest_is_forgotten),
        TEST(test_an_answer_may_lead_to_the_next_question),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
