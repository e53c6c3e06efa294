/* page_fetch: an article's page from wish to bytes, and every way in which it does not come. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/fake_transfers.h"
#include "daemon/fetching/page_fetch.h"
#include "daemon/process/metrics.h"

static struct transfers transfers;
static struct page_context pages;
static struct page_fetch page;
static size_t done, cancelled;

static const char page_url[] = "https://post.example/2023/dam?from=rss#top";
static const char robots_url[] = "https://post.example/robots.txt";

static void on_done(struct page_fetch *ended, bool was_cancelled)
{
    assert_ptr_equal(ended, &page);
    done++;
    cancelled += was_cancelled;
}

static int set_up(void **state)
{
    (void)state;
    metrics_reset();
    transfers = (struct transfers){.slots = 4};
    pages = (struct page_context){.transfers = &transfers, .bytes_max = 1000};
    page = (struct page_fetch){.done = on_done, .url = strdup(page_url)};
    done = cancelled = 0;
    return 0;
}

static int set_up_with_robots(void **state)
{
    (void)set_up(state);
    pages.robots = robots_desk_create(&transfers);
    return pages.robots ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    page_fetch_done(&page);
    robots_desk_destroy(&pages.robots);
    assert_int_equal(transfers.running + transfers.waiting, 0);
    return 0;
}

static void answer(const char *url, int status, const char *body)
{
    fake_answer(&transfers, url, &(struct served){.status = status, .body = body});
}

static void assert_failed(const char *error)
{
    assert_int_equal(done, 1);
    assert_int_equal(cancelled, 0);
    assert_string_equal(page.error, error);
    assert_null(page.body);
}

static void test_a_known_page_is_asked_for_with_its_validators(void **state)
{
    (void)state;
    page.known_etag = strdup("W/\"7\"");
    page.known_changed = strdup("Tue, 11 Jan 2022 10:33:00 GMT");
    page_fetch_start(&pages, &page);
    assert_string_equal(transfers.last.etag, "W/\"7\"");
    assert_string_equal(transfers.last.last_modified, "Tue, 11 Jan 2022 10:33:00 GMT");
    answer(page_url, 304, "");
    assert_failed("not-modified");
    assert_string_equal(page.etag, "W/\"7\"");
    assert_string_equal(page.changed, "Tue, 11 Jan 2022 10:33:00 GMT");
    assert_int_equal(metrics_get(METRIC_PAGES_FAILED), 0);
}

static void test_a_304_that_nobody_asked_for_is_a_failure(void **state)
{
    (void)state;
    page_fetch_start(&pages, &page);
    answer(page_url, 304, "");
    assert_failed("http-status");
    assert_int_equal(metrics_get(METRIC_PAGES_FAILED), 1);
}

static void test_a_page_comes_with_its_type_and_address(void **state)
{
    (void)state;
    struct served served = {.status = 200,
                            .body = "<p>The dam held.</p>",
                            .headers = {{"Content-Type", "text/html; charset=utf-8"}, {"ETag", "\"a\""}},
                            .final_url = "https://post.example/dam"};
    page_fetch_start(&pages, &page);
    assert_int_equal(done, 0);
    assert_string_equal(transfers.last.url, page_url);
    assert_non_null(strstr(transfers.last.accept, "text/html"));
    assert_int_equal(transfers.last.body_bytes_max, 1000);
    fake_answer(&transfers, page_url, &served);
    assert_int_equal(done, 1);
    assert_null(page.error);
    assert_int_equal(page.status, 200);
    assert_string_equal(page.type, "text/html; charset=utf-8");
    assert_string_equal(page.etag, "\"a\"");
    assert_null(page.changed);
    assert_string_equal(page.final_url, "https://post.example/dam");
    assert_int_equal(page.len, strlen(served.body));
    assert_memory_equal(page.body, served.body, page.len);
    assert_int_equal(metrics_get(METRIC_PAGES), 1);
    assert_int_equal(metrics_get(METRIC_PAGES_FAILED), 0);
}

static void test_the_headers_on_rights_come_along(void **state)
{
    (void)state;
    struct served served = {.status = 200,
                            .body = "<p>The dam held.</p>",
                            .headers = {{"X-Robots-Tag", "noai, noarchive"},
                                        {"Server", "post"},
                                        {"x-robots-tag", "newsd: nosnippet"},
                                        {"TDM-Reservation", "1"},
                                        {"tdm-policy", "/terms.json"}}};
    page_fetch_start(&pages, &page);
    fake_answer(&transfers, page_url, &served);
    assert_string_equal(page.headers, "X-Robots-Tag: noai, noarchive\nx-robots-tag: newsd: nosnippet\n"
                                      "TDM-Reservation: 1\ntdm-policy: /terms.json\n");
}

static void test_an_answer_without_headers_on_rights_has_none(void **state)
{
    (void)state;
    page_fetch_start(&pages, &page);
    answer(page_url, 200, "<p>The dam held.</p>");
    assert_null(page.headers);
    assert_null(page.error);
}

static void test_a_status_that_says_no_is_an_error_of_its_own(void **state)
{
    (void)state;
    page_fetch_start(&pages, &page);
    answer(page_url, 404, "<p>Not here.</p>");
    assert_failed("http-status");
    assert_int_equal(page.status, 404);
    assert_int_equal(metrics_get(METRIC_PAGES_FAILED), 1);
}

static void test_what_the_transport_says_is_the_error(void **state)
{
    (void)state;
    page_fetch_start(&pages, &page);
    fake_answer(&transfers, page_url, &(struct served){.error = FETCH_ERROR_TIMEOUT});
    assert_failed(fetch_error_name(FETCH_ERROR_TIMEOUT));
    assert_string_equal(page.final_url, page_url);
}

static void test_a_host_with_too_long_a_queue_is_busy(void **state)
{
    (void)state;
    transfers.hosts_full = true;
    page_fetch_start(&pages, &page);
    assert_failed("host-busy");
    assert_int_equal(metrics_get(METRIC_PAGES), 0);
}

static void test_an_address_that_is_not_of_the_web_is_never_asked_for(void **state)
{
    (void)state;
    free(page.url);
    page.url = strdup("file:///etc/passwd");
    page_fetch_start(&pages, &page);
    assert_failed("bad-url");
    assert_int_equal(transfers.started, 0);
}

static void test_a_request_that_is_broken_off_is_no_failure(void **state)
{
    (void)state;
    page_fetch_start(&pages, &page);
    transfers_cancel_all(&transfers);
    assert_int_equal(cancelled, 1);
    assert_int_equal(done, 1);
    assert_int_equal(metrics_get(METRIC_PAGES_FAILED), 0);
}

static void test_at_the_end_no_page_is_begun_whose_turn_comes(void **state)
{
    (void)state;
    transfers.hosts_busy = true;
    page_fetch_start(&pages, &page);
    pages.stopped = true;
    fake_turns_come(&transfers);
    assert_int_equal(transfers.refused, 1);
    assert_int_equal(transfers.started, 0);
    assert_int_equal(cancelled, 1);
}

static void test_a_page_that_waits_for_its_host_is_taken_back(void **state)
{
    (void)state;
    transfers.hosts_busy = true;
    page_fetch_start(&pages, &page);
    page_fetch_cancel(&page);
    fake_turns_come(&transfers);
    assert_int_equal(done, 0);
    assert_int_equal(transfers.started, 0);
}

static void test_a_page_that_was_never_started_may_be_taken_back(void **state)
{
    (void)state;
    page_fetch_cancel(&page);
    assert_int_equal(done, 0);
}

/* ---- With robots.txt ---- */

static void test_N12_a_page_is_asked_for_when_robots_txt_allows_it(void **state)
{
    (void)state;
    page_fetch_start(&pages, &page);
    assert_string_equal(transfers.last.url, robots_url);
    answer(robots_url, 200, "User-agent: *\nDisallow: /private\n");
    assert_string_equal(transfers.last.url, page_url);
    answer(page_url, 200, "<p>The dam held.</p>");
    assert_int_equal(done, 1);
    assert_null(page.error);
}

static void test_N12_a_page_that_is_forbidden_is_not_asked_for(void **state)
{
    (void)state;
    page_fetch_start(&pages, &page);
    answer(robots_url, 200, "User-agent: newsd\nDisallow: /2023/dam\n");
    assert_failed("robots");
    assert_int_equal(transfers.started, 1);
    assert_int_equal(metrics_get(METRIC_PAGES_FORBIDDEN), 1);
}

static void test_N12_without_its_robots_txt_a_site_is_left_alone(void **state)
{
    (void)state;
    page_fetch_start(&pages, &page);
    answer(robots_url, 503, NULL);
    assert_failed("robots-unreachable");
    assert_int_equal(transfers.started, 1);
}

static void test_a_page_that_waits_for_robots_txt_is_taken_back(void **state)
{
    (void)state;
    page_fetch_start(&pages, &page);
    page_fetch_cancel(&page);
    answer(robots_url, 200, "");
    assert_int_equal(done, 0);
    assert_int_equal(transfers.started, 1);
}

static void test_an_end_while_robots_txt_is_asked_cancels_the_page(void **state)
{
    (void)state;
    page_fetch_start(&pages, &page);
    transfers_cancel_all(&transfers);
    assert_int_equal(cancelled, 1);
    assert_int_equal(metrics_get(METRIC_PAGES_FORBIDDEN), 0);
}

#define PLAIN(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define ROBOTS(name) cmocka_unit_test_setup_teardown(name, set_up_with_robots, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        PLAIN(test_a_known_page_is_asked_for_with_its_validators),
        PLAIN(test_a_304_that_nobody_asked_for_is_a_failure),
        PLAIN(test_a_page_comes_with_its_type_and_address),
        PLAIN(test_the_headers_on_rights_come_along),
        PLAIN(test_an_answer_without_headers_on_rights_has_none),
        PLAIN(test_a_status_that_says_no_is_an_error_of_its_own),
        PLAIN(test_what_the_transport_says_is_the_error),
        PLAIN(test_a_host_with_too_long_a_queue_is_busy),
        PLAIN(test_an_address_that_is_not_of_the_web_is_never_asked_for),
        PLAIN(test_a_request_that_is_broken_off_is_no_failure),
        PLAIN(test_at_the_end_no_page_is_begun_whose_turn_comes),
        PLAIN(test_a_page_that_waits_for_its_host_is_taken_back),
        PLAIN(test_a_page_that_was_never_started_may_be_taken_back),
        ROBOTS(test_N12_a_page_is_asked_for_when_robots_txt_allows_it),
        ROBOTS(test_N12_a_page_that_is_forbidden_is_not_asked_for),
        ROBOTS(test_N12_without_its_robots_txt_a_site_is_left_alone),
        ROBOTS(test_a_page_that_waits_for_robots_txt_is_taken_back),
        ROBOTS(test_an_end_while_robots_txt_is_asked_cancels_the_page),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
