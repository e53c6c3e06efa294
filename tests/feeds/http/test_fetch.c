/* Fetching, over loopback against a server that misbehaves in every way that feeds do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <dlfcn.h>

#include "feeds/http/fetch_fixture.h"

/* libcurl's, which can be told to fail once. */
static bool multi_fails;

#undef curl_multi_socket_action
CURLMcode curl_multi_socket_action(CURLM *multi, curl_socket_t fd, int mask, int *running)
{
    CURLMcode (*real)(CURLM *, curl_socket_t, int, int *) =
        (CURLMcode(*)(CURLM *, curl_socket_t, int, int *))dlsym(RTLD_NEXT, "curl_multi_socket_action");
    CURLMcode code = real(multi, fd, mask, running);
    if (!multi_fails)
        return code;
    multi_fails = false;
    return CURLM_INTERNAL_ERROR;
}

static void test_a_plain_answer_arrives_whole(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/plain");
    assert_int_equal(outcome.error, FETCH_ERROR_NONE);
    assert_int_equal(outcome.status, 200);
    assert_string_equal(outcome.body, "<rss>plain</rss>");
    assert_string_equal(outcome.etag, "\"tag\"");
    assert_int_equal(outcome.fields, 3);
    assert_int_equal(outcome.wire_bytes, 16);
    assert_false(outcome.redirected);
    assert_string_equal(outcome.url, "");
    assert_string_equal(outcome.address, "127.0.0.1");
    assert_string_equal(outcome.words, "");
}

static void test_N10_a_request_says_who_asks_and_nothing_else(void **state)
{
    (void)state;
    fetch("/plain");
    assert_non_null(strstr(server_last, "User-Agent: newsd-test/1 (+https://news.example/about)\r\n"));
    assert_non_null(strstr(server_last, "Accept: application/xml\r\n"));
    assert_non_null(strstr(server_last, "Accept-Encoding: gzip, deflate, br\r\n"));
    assert_null(strcasestr(server_last, "cookie"));
    assert_null(strcasestr(server_last, "referer"));
    assert_null(strstr(server_last, "If-"));
}

static void test_P1_validators_go_out_byte_for_byte(void **state)
{
    (void)state;
    struct outcome outcome = {0};
    struct fetch_request request = {
        .accept = "x/y", .etag = "W/\"odd  tag;\"", .last_modified = "yesterday, about noon"};
    start_request("/304", &request, &outcome);
    run();
    assert_int_equal(outcome.status, 304);
    assert_int_equal(outcome.error, FETCH_ERROR_NONE);
    assert_true(outcome.conditional);
    assert_string_equal(outcome.etag, "\"same\"");
    assert_non_null(strstr(server_last, "If-None-Match: W/\"odd  tag;\"\r\n"));
    assert_non_null(strstr(server_last, "If-Modified-Since: yesterday, about noon\r\n"));
    fetch("/plain"); /* the pooled handle keeps nothing of it */
    assert_null(strstr(server_last, "If-"));
}

static void test_a_validator_cannot_smuggle_a_header(void **state)
{
    (void)state;
    struct outcome outcome = {0};
    struct fetch_request request = {.etag = "\"a\"\r\nX-Evil: 1"};
    start_request("/plain", &request, &outcome);
    run();
    assert_null(strstr(server_last, "Evil"));
}

static void test_N4_compressed_and_chunked_answers_are_decoded(void **state)
{
    (void)state;
    static const char *const paths[] = {"/gzip", "/gzip-chunked"};
    for (size_t i = 0; i < 2; i++) {
        struct outcome outcome = fetch(paths[i]);
        assert_int_equal(outcome.error, FETCH_ERROR_NONE);
        assert_string_equal(outcome.body, "<rss>compressed</rss>");
        assert_int_equal(outcome.body_bytes, 21);
    }
}

static void test_an_answer_without_length_ends_with_its_connection(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/unbounded");
    assert_int_equal(outcome.error, FETCH_ERROR_NONE);
    assert_string_equal(outcome.body, "<rss>until the end</rss>");
}

static void test_an_empty_body_is_empty(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/empty");
    assert_int_equal(outcome.error, FETCH_ERROR_NONE);
    assert_int_equal(outcome.body_bytes, 0);
    assert_string_equal(outcome.body, "");
}

static void test_headers_of_interim_answers_are_not_the_answers(void **state)
{
    (void)state;
    assert_string_equal(fetch("/hints").etag, "\"real\"");
}

static void test_N3_bombs_and_endless_bodies_stop_at_the_decoded_limit(void **state)
{
    (void)state;
    static const char *const paths[] = {"/bomb", "/bomb-chunked", "/endless"};
    options.body_bytes_max = 4 << 20;
    with_options();
    for (size_t i = 0; i < 3; i++) {
        struct outcome outcome = fetch(paths[i]);
        assert_int_equal(outcome.error, FETCH_ERROR_TOO_LARGE);
        assert_true(outcome.body_bytes < (5 << 20));
    }
}

static void test_N3_a_bomb_is_known_by_its_ratio_long_before(void **state)
{
    (void)state;
    options.body_bytes_max = 1 << 30;
    with_options();
    struct outcome outcome = fetch("/bomb");
    assert_int_equal(outcome.error, FETCH_ERROR_TOO_LARGE);
    assert_true(outcome.body_bytes < (8 << 20));
    assert_non_null(strstr(outcome.words, "hundredfold"));
}

static void test_the_requests_own_limit_counts(void **state)
{
    (void)state;
    struct outcome outcome = {0};
    struct fetch_request request = {.body_bytes_max = 15};
    start_request("/plain", &request, &outcome);
    run();
    assert_int_equal(outcome.error, FETCH_ERROR_TOO_LARGE);
    request.body_bytes_max = 16;
    start_request("/plain", &request, &outcome);
    run();
    assert_int_equal(outcome.error, FETCH_ERROR_NONE);
}

static void test_N6_a_refused_address_does_not_stop_the_next_one(void **state)
{
    (void)state;
    struct outcome outcome = {0};
    char url[64];
    (void)snprintf(url, sizeof(url), "http://localhost:%u/plain",
                   server_port); /* ::1 first, where there is one */
    struct fetch_request request = {.url = url};
    assert_int_equal(fetch_start(fetcher, &request, on_done, &outcome), 0);
    run();
    assert_int_equal(outcome.error, FETCH_ERROR_NONE);
    request.url = "http://localhost:1/"; /* where one was refused and one tried, the trial counts */
    assert_int_equal(fetch_start(fetcher, &request, on_done, &outcome), 0);
    run();
    assert_int_equal(outcome.error, FETCH_ERROR_CONNECT);
}

static void test_N7_only_http_urls_are_fetched(void **state)
{
    (void)state;
    static const char *const urls[] = {"file:///etc/passwd", "ftp://news.example/", "news.example", "",
                                       "http:///x"};
    for (size_t i = 0; i < 5; i++) {
        struct fetch_request request = {.url = urls[i]};
        assert_int_equal(fetch_start(fetcher, &request, on_done, NULL), -EINVAL);
    }
}

static void test_a_cut_body_is_truncated(void **state)
{
    (void)state;
    static const char *const paths[] = {"/short", "/short-chunk"};
    for (size_t i = 0; i < 2; i++) {
        struct outcome outcome = fetch(paths[i]);
        assert_int_equal(outcome.error, FETCH_ERROR_TRUNCATED);
        assert_int_equal(outcome.status, 200);
        assert_string_equal(outcome.body, "<rss><item>");
    }
}

static void test_answers_that_are_not_http_are_named(void **state)
{
    (void)state;
    assert_int_equal(fetch("/nonsense").error, FETCH_ERROR_HTTP_PROTOCOL);
    assert_int_equal(fetch("/bad-encoding").error, FETCH_ERROR_HTTP_PROTOCOL);
    assert_int_equal(fetch("/six-encodings").error, FETCH_ERROR_HTTP_PROTOCOL);
    assert_int_equal(fetch("/silent").error, FETCH_ERROR_CONNECT);
}

static void test_N2_heads_have_limits(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/many-fields");
    assert_int_equal(outcome.error, FETCH_ERROR_NONE);
    assert_int_equal(outcome.fields, 200);
    assert_string_equal(outcome.etag, "\"first\"");
    assert_int_equal(fetch("/huge-head").error, FETCH_ERROR_HTTP_PROTOCOL);
    assert_int_equal(fetch("/huge-line").error, FETCH_ERROR_HTTP_PROTOCOL);
}

static void test_a_304_with_a_location_is_a_304(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/304-location");
    assert_int_equal(outcome.error, FETCH_ERROR_NONE);
    assert_int_equal(outcome.status, 304);
    assert_string_equal(outcome.etag, "\"same\"");
    assert_int_equal(server_requests, 1);
}

static void test_N1_a_drip_ends_at_the_time_limit(void **state)
{
    (void)state;
    options.total_timeout_ms = 300;
    with_options();
    struct outcome outcome = fetch("/drip");
    assert_int_equal(outcome.error, FETCH_ERROR_TIMEOUT);
    assert_true(outcome.body_bytes > 0);
}

static void test_a_closed_port_and_an_unknown_name_are_told_apart(void **state)
{
    (void)state;
    struct outcome outcome = {0};
    struct fetch_request request = {.url = "http://127.0.0.1:1/"};
    assert_int_equal(fetch_start(fetcher, &request, on_done, &outcome), 0);
    run();
    assert_int_equal(outcome.error, FETCH_ERROR_CONNECT);
    assert_true(strlen(outcome.words) > 0);
}

static void test_connections_and_handles_are_used_again(void **state)
{
    (void)state;
    for (int i = 0; i < 50; i++)
        assert_int_equal(fetch("/304").status, 304);
    assert_int_equal(server_requests, 50);
    assert_int_equal(server_connections, 1);
}

static void test_many_transfers_run_at_once_and_no_more_than_allowed(void **state)
{
    (void)state;
    static struct outcome outcomes[100];
    struct outcome extra = {0};
    struct fetch_request request = {.url = "http://127.0.0.1/"};
    memset(outcomes, 0, sizeof(outcomes));
    options.transfers_max = 100;
    with_options();
    assert_int_equal(fetcher_transfers_max(fetcher), 100);
    for (int round = 1; round <= 3; round++) {
        for (size_t i = 0; i < 100; i++)
            start(i % 2 ? "/plain" : "/gzip", &outcomes[i]);
        assert_int_equal(fetch_start(fetcher, &request, on_done, &extra), -EAGAIN);
        run();
        for (size_t i = 0; i < 100; i++) {
            assert_int_equal(outcomes[i].calls, round);
            assert_int_equal(outcomes[i].error, FETCH_ERROR_NONE);
        }
    }
    assert_int_equal(extra.calls, 0);
    assert_true(server_connections <= 100);
}

static void test_a_callback_may_start_the_next_transfer(void **state)
{
    (void)state;
    struct outcome outcome = {.then = "/gzip"};
    start("/plain", &outcome);
    run();
    assert_int_equal(outcome.calls, 2);
    assert_string_equal(outcome.body, "<rss>compressed</rss>");
}

static void test_destroying_cancels_what_runs(void **state)
{
    (void)state;
    struct outcome outcomes[3] = {0};
    for (size_t i = 0; i < 3; i++)
        start("/drip", &outcomes[i]);
    event_base_loop(base, EVLOOP_ONCE);
    fetcher_destroy(&fetcher);
    assert_null(fetcher);
    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(outcomes[i].calls, 1);
        assert_true(outcomes[i].cancelled);
    }
}

static void test_a_callback_may_destroy_the_fetcher(void **state)
{
    (void)state;
    struct outcome first = {.destroys = true}, others[2] = {0};
    start("/drip", &others[0]);
    start("/drip", &others[1]);
    start("/plain", &first);
    run();
    assert_int_equal(first.calls, 1);
    assert_false(first.cancelled);
    assert_true(others[0].cancelled && others[1].cancelled);
    struct fetch_request request = {.url = "http://127.0.0.1/"};
    assert_int_equal(fetch_start(fetcher, &request, on_done, &first), -EAGAIN);
}

static void test_a_broken_multi_handle_ends_all_transfers_and_is_replaced(void **state)
{
    (void)state;
    struct outcome outcomes[5] = {{.then = "/gzip"}};
    for (size_t i = 0; i < 5; i++)
        start("/drip", &outcomes[i]);
    multi_fails = true;
    run();
    assert_false(multi_fails);
    assert_int_equal(outcomes[0].calls, 2); /* what its callback started went on in the new handle */
    assert_string_equal(outcomes[0].body, "<rss>compressed</rss>");
    for (size_t i = 1; i < 5; i++) {
        assert_int_equal(outcomes[i].calls, 1);
        assert_int_equal(outcomes[i].error, FETCH_ERROR_INTERNAL);
    }
    assert_int_equal(fetch("/plain").status, 200);
}

struct taken {
    char *body;
    size_t len;
};

static void on_done_take(void *context, struct fetch_result *result)
{
    struct taken *taken = context;
    taken->body = fetch_result_take_body(result, &taken->len);
    event_base_loopbreak(base);
}

static void test_a_taken_body_outlives_its_callback(void **state)
{
    (void)state;
    struct taken taken = {0};
    char url[64];
    static const char *const paths[] = {"/plain", "/empty", "/404"};
    static const size_t lengths[] = {16, 0, 5};
    for (size_t i = 0; i < 3; i++) {
        (void)snprintf(url, sizeof(url), "http://127.0.0.1:%u%s", server_port, paths[i]);
        struct fetch_request request = {.url = url};
        assert_int_equal(fetch_start(fetcher, &request, on_done_take, &taken), 0);
        run();
        assert_int_equal(taken.len, lengths[i]);
        assert_int_equal(taken.body == NULL, lengths[i] == 0);
        free(taken.body);
    }
}

static void test_a_proxy_in_the_environment_is_not_asked(void **state)
{
    (void)state;
    setenv("http_proxy", "http://127.0.0.1:1", 1);
    setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
    assert_int_equal(fetch("/plain").status, 200);
    unsetenv("http_proxy");
    unsetenv("ALL_PROXY");
}

int main(void)
{
    server_start();
    const struct CMUnitTest tests[] = {
        TEST(test_a_plain_answer_arrives_whole),
        TEST(test_N10_a_request_says_who_asks_and_nothing_else),
        TEST(test_P1_validators_go_out_byte_for_byte),
        TEST(test_a_validator_cannot_smuggle_a_header),
        TEST(test_N4_compressed_and_chunked_answers_are_decoded),
        TEST(test_an_answer_without_length_ends_with_its_connection),
        TEST(test_an_empty_body_is_empty),
        TEST(test_headers_of_interim_answers_are_not_the_answers),
        TEST(test_N3_bombs_and_endless_bodies_stop_at_the_decoded_limit),
        TEST(test_N3_a_bomb_is_known_by_its_ratio_long_before),
        TEST(test_the_requests_own_limit_counts),
        TEST(test_N6_a_refused_address_does_not_stop_the_next_one),
        TEST(test_N7_only_http_urls_are_fetched),
        TEST(test_a_cut_body_is_truncated),
        TEST(test_answers_that_are_not_http_are_named),
        TEST(test_N2_heads_have_limits),
        TEST(test_a_304_with_a_location_is_a_304),
        TEST(test_N1_a_drip_ends_at_the_time_limit),
        TEST(test_a_closed_port_and_an_unknown_name_are_told_apart),
        TEST(test_connections_and_handles_are_used_again),
        TEST(test_many_transfers_run_at_once_and_no_more_than_allowed),
        TEST(test_a_callback_may_start_the_next_transfer),
        TEST(test_destroying_cancels_what_runs),
        TEST(test_a_callback_may_destroy_the_fetcher),
        TEST(test_a_broken_multi_handle_ends_all_transfers_and_is_replaced),
        TEST(test_a_taken_body_outlives_its_callback),
        TEST(test_a_proxy_in_the_environment_is_not_asked),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
