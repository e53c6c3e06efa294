/* Fetching, over loopback against a server that misbehaves in every way that feeds do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <curl/curl.h>
#include <dlfcn.h>
#include <event2/event.h>

#include "feeds/fetch.h"
#include "feeds/scripted_server.h"

/* The filter itself has its own test; here 127.0.0.1 stands for the public network, all else is closed. */
bool address_is_public(const struct sockaddr *address);
bool address_is_public(const struct sockaddr *address)
{
    struct sockaddr_in in;
    memcpy(&in, address, sizeof(in));
    return in.sin_family == AF_INET && in.sin_addr.s_addr == htonl(INADDR_LOOPBACK);
}

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

static struct event_base *base;
static struct fetcher *fetcher;
static struct fetch_options options;

struct outcome {
    unsigned calls;
    bool cancelled, redirected, permanent, conditional;
    enum poll_error error;
    int status;
    size_t fields;
    int64_t body_bytes, wire_bytes;
    char etag[64], url[256], words[256], address[64], body[128];
    const char *then; /* path to fetch next, from the callback */
    bool destroys;    /* the fetcher, from the callback */
};

static void start(const char *path, struct outcome *outcome);

static void copy_str(char *to, size_t size, struct str from)
{
    (void)snprintf(to, size, "%.*s", STR_ARG(from)); /* cut off is fine for a test */
}

static void on_done(void *context, struct fetch_result *result)
{
    struct outcome *outcome = context;
    const struct poll_answer *answer_got = &result->answer;
    outcome->calls++;
    outcome->cancelled = result->cancelled;
    outcome->error = answer_got->error;
    outcome->status = answer_got->status;
    outcome->redirected = answer_got->redirected;
    outcome->permanent = answer_got->redirect_permanent;
    outcome->conditional = answer_got->was_conditional;
    outcome->fields = answer_got->header_count;
    outcome->body_bytes = result->body_bytes;
    outcome->wire_bytes = result->wire_bytes;
    copy_str(outcome->etag, sizeof(outcome->etag), poll_header(answer_got, STR("etag")));
    copy_str(outcome->url, sizeof(outcome->url), str_from(answer_got->final_url));
    copy_str(outcome->words, sizeof(outcome->words), str_from(result->error_text));
    copy_str(outcome->address, sizeof(outcome->address), str_from(result->address));
    copy_str(outcome->body, sizeof(outcome->body), answer_got->body);
    if (outcome->then) {
        const char *path = outcome->then;
        outcome->then = NULL;
        start(path, outcome);
    }
    if (outcome->destroys)
        fetcher_destroy(&fetcher);
    if (!fetcher || fetcher_in_flight(fetcher) == 0)
        event_base_loopbreak(base);
}

static void start_request(const char *path, struct fetch_request *request, struct outcome *outcome)
{
    char url[512];
    (void)snprintf(url, sizeof(url), "http://127.0.0.1:%u%s", server_port, path);
    request->url = url;
    assert_int_equal(fetch_start(fetcher, request, on_done, outcome), 0);
}

static void start(const char *path, struct outcome *outcome)
{
    struct fetch_request request = {.accept = "application/xml"};
    start_request(path, &request, outcome);
}

static void run(void)
{
    struct timeval most = {.tv_sec = 20};
    event_base_loopexit(base, &most);
    event_base_dispatch(base);
    if (fetcher)
        assert_int_equal(fetcher_in_flight(fetcher), 0);
}

static struct outcome fetch(const char *path)
{
    struct outcome outcome = {0};
    start(path, &outcome);
    run();
    assert_int_equal(outcome.calls, 1);
    return outcome;
}

static int setup(void **state)
{
    (void)state;
    base = event_base_new();
    fetch_options_default(&options);
    options.user_agent = "newsd-test/1 (+https://news.example/about)";
    fetcher = fetcher_create(base, &options, NULL);
    server_reset();
    return base && fetcher ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    fetcher_destroy(&fetcher);
    event_base_free(base);
    return 0;
}

static void with_options(void)
{
    fetcher_destroy(&fetcher);
    fetcher = fetcher_create(base, &options, NULL);
    assert_non_null(fetcher);
}

static void test_a_plain_answer_arrives_whole(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/plain");
    assert_int_equal(outcome.error, POLL_ERROR_NONE);
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
    assert_int_equal(outcome.error, POLL_ERROR_NONE);
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
        assert_int_equal(outcome.error, POLL_ERROR_NONE);
        assert_string_equal(outcome.body, "<rss>compressed</rss>");
        assert_int_equal(outcome.body_bytes, 21);
    }
}

static void test_an_answer_without_length_ends_with_its_connection(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/unbounded");
    assert_int_equal(outcome.error, POLL_ERROR_NONE);
    assert_string_equal(outcome.body, "<rss>until the end</rss>");
}

static void test_an_empty_body_is_empty(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/empty");
    assert_int_equal(outcome.error, POLL_ERROR_NONE);
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
        assert_int_equal(outcome.error, POLL_ERROR_TOO_LARGE);
        assert_true(outcome.body_bytes < (5 << 20));
    }
}

static void test_N3_a_bomb_is_known_by_its_ratio_long_before(void **state)
{
    (void)state;
    options.body_bytes_max = 1 << 30;
    with_options();
    struct outcome outcome = fetch("/bomb");
    assert_int_equal(outcome.error, POLL_ERROR_TOO_LARGE);
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
    assert_int_equal(outcome.error, POLL_ERROR_TOO_LARGE);
    request.body_bytes_max = 16;
    start_request("/plain", &request, &outcome);
    run();
    assert_int_equal(outcome.error, POLL_ERROR_NONE);
}

static void test_permanent_redirects_are_followed_and_named(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/permanent-2");
    assert_int_equal(outcome.error, POLL_ERROR_NONE);
    assert_string_equal(outcome.body, "<rss>plain</rss>");
    assert_string_equal(outcome.etag, "\"tag\"");
    assert_true(outcome.redirected && outcome.permanent);
    assert_string_equal(outcome.url + strlen(outcome.url) - 6, "/plain");
}

static void test_S3_one_temporary_hop_makes_it_temporary(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/mixed");
    assert_true(outcome.redirected);
    assert_false(outcome.permanent);
    assert_int_equal(outcome.status, 200);
    outcome = fetch("/permanent"); /* the pooled handle has forgotten */
    assert_true(outcome.permanent);
}

static void test_a_post_stays_one_through_redirects_and_leaves_nothing_behind(void **state)
{
    (void)state;
    struct fetch_request request = {.post = STR("a=1&b=2"), .post_type = "application/x-test"};
    struct outcome outcome = {0};
    start_request("/mixed", &request, &outcome); /* 301, then 302 */
    run();
    assert_true(outcome.status == 200 && strstr(server_last, "POST /plain "));
    assert_non_null(strstr(server_last, "Content-Type: application/x-test\r\n"));
    assert_string_equal(strstr(server_last, "\r\n\r\n") + 4, "a=1&b=2");
    assert_int_equal(fetch("/plain").status, 200);
    assert_true(strstr(server_last, "GET /plain ") && !strstr(server_last, "Content-"));
}

static void test_S4_redirects_in_circles_and_to_other_schemes_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *path, *words;
        enum poll_error error;
    } cases[] = {
        {"/loop", "circles", POLL_ERROR_REDIRECT_LOOP},
        {"/loop-of-two", "circles", POLL_ERROR_REDIRECT_LOOP},
        {"/far", "too many", POLL_ERROR_REDIRECT_TOO_MANY},
        {"/file", "file:///etc/passwd, which is neither http nor https", POLL_ERROR_REDIRECT_SCHEME},
        {"/gopher", "neither http nor https", POLL_ERROR_REDIRECT_SCHEME},
        {"/nowhere", "no host", POLL_ERROR_REDIRECT_URL},
        {"/port", "127.0.0.1:99999/: the port 99999 is out of range", POLL_ERROR_REDIRECT_URL},
        {"/bad-name", "is none", POLL_ERROR_REDIRECT_URL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct outcome outcome = fetch(cases[i].path);
        if (outcome.error != cases[i].error || !strstr(outcome.words, cases[i].words))
            fail_msg("%s: %s, %s", cases[i].path, poll_error_name(outcome.error), outcome.words);
        assert_string_equal(outcome.body, "");
    }
    assert_int_equal(server_requests, 3 * 6 + 5); /* five redirects of the long ones */
}

static void test_an_address_that_cannot_be_asked_for_says_why(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"http://127.0.0.1:99999/", "port 99999 is out of range"},
        {"http://127.0.0.1:0/", "port 0 is out of range"},
        {"http://b\xC3\xBC\xE2\x80\x8E-.example/", "is none"},
        {"http://a b.example/", "malformed"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct outcome outcome = {0};
        struct fetch_request request = {.url = cases[i][0]};
        assert_int_equal(fetch_start(fetcher, &request, on_done, &outcome), 0);
        run();
        assert_int_equal(outcome.error, POLL_ERROR_URL);
        if (!strstr(outcome.words, cases[i][1]))
            fail_msg("%s: %s", cases[i][0], outcome.words);
    }
    assert_int_equal(fetch("/plain").status, 200);
}

static void test_letters_outside_ascii_are_sent_as_every_server_reads_them(void **state)
{
    (void)state;
    (void)fetch("/\xC3\xBC x?\xE2\x82\xAC%c3%bc");
    assert_non_null(strstr(server_last, "GET /%C3%BC%20x?%E2%82%AC%c3%bc HTTP"));
    struct outcome outcome = {0};
    char url[64];
    /* Digits in circles are digits (UTS 46); a real name would have to be resolved. */
    (void)snprintf(url, sizeof(url),
                   "http://\xE2\x91\xA0"
                   "27.0.0.\xE2\x91\xA0:%u/plain",
                   server_port);
    struct fetch_request request = {.url = url};
    assert_int_equal(fetch_start(fetcher, &request, on_done, &outcome), 0);
    run();
    assert_string_equal(outcome.body, "<rss>plain</rss>");
    request.url = "http://b\xC3\xBC"
                  "cher.invalid/";
    assert_int_equal(fetch_start(fetcher, &request, on_done, &outcome), 0);
    run();
    assert_int_equal(outcome.error, POLL_ERROR_DNS);
    assert_non_null(strstr(outcome.words, "xn--bcher-kva.invalid"));
    assert_string_equal(fetch("/to-letters").body, "<rss>plain</rss>");
}

static void test_credentials_stay_with_their_host(void **state)
{
    (void)state;
    static const struct {
        const char *path;
        bool sent;
    } cases[] = {
        {"/plain", true}, {"/permanent", true}, {"/to-localhost", false}, {"/to-localhost-as-user", false}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct outcome outcome = {0};
        char url[128];
        (void)snprintf(url, sizeof(url), "http://me:pw@127.0.0.1:%u%s", server_port, cases[i].path);
        struct fetch_request request = {.url = url};
        assert_int_equal(fetch_start(fetcher, &request, on_done, &outcome), 0);
        run();
        assert_string_equal(outcome.body, "<rss>plain</rss>");
        if (!strstr(server_last, "\r\nAuthorization: Basic ") == cases[i].sent)
            fail_msg("%s: %s", cases[i].path, server_last);
    }
    (void)fetch("/to-localhost-as-user"); /* nor are those that only the redirect names */
    assert_null(strstr(server_last, "\r\nAuthorization:"));
}

static void test_N10_a_cookie_lives_as_long_as_its_request(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) { /* the second time, nothing is left of the first */
        unsigned before = server_requests;
        assert_string_equal(fetch("/cookie-wall").body, "<rss>plain</rss>");
        assert_int_equal(server_requests, before + 2);
    }
    (void)fetch("/plain");
    assert_null(strcasestr(server_last, "\r\nCookie:"));
    (void)fetch("/cookie-elsewhere");
    assert_non_null(strstr(server_last, "GET /plain"));
    assert_null(strcasestr(server_last, "\r\nCookie:"));
}

static void test_a_coding_that_is_none_is_passed_over(void **state)
{
    (void)state;
    static const char *const paths[] = {"/coded/aws-chunked", "/coded/UTF-8", "/coded/none", "/coded/zip",
                                        "/coded/identity,aws-chunked"};
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct outcome outcome = fetch(paths[i]);
        if (outcome.error != POLL_ERROR_NONE || strcmp(outcome.body, "<rss>plain</rss>") != 0)
            fail_msg("%s: %s %s", paths[i], outcome.words, outcome.body);
        assert_int_equal(outcome.body_bytes, 16);
        assert_int_equal(outcome.calls, 1);
    }
    assert_int_equal(fetch("/packed/zip").error, POLL_ERROR_NONE);
    assert_string_equal(fetch("/packed/zip").body, "<rss>compressed</rss>");
    assert_int_equal(fetch("/packed/zip").body_bytes, 21);
    assert_int_equal(fetch("/bomb/zip").error, POLL_ERROR_TOO_LARGE);
    assert_string_equal(fetch("/gzip").body, "<rss>compressed</rss>"); /* the pooled handle decodes again */
}

static void test_N6_a_redirect_to_a_closed_address_is_refused(void **state)
{
    (void)state;
    static const char *const paths[] = {"/metadata", "/mapped", "/decimal"};
    for (size_t i = 0; i < 3; i++) {
        struct outcome outcome = fetch(paths[i]);
        assert_int_equal(outcome.error, POLL_ERROR_REDIRECT_PRIVATE);
        assert_non_null(strstr(outcome.words, "private"));
        assert_non_null(strstr(outcome.words, "target http://"));
    }
    struct outcome own = {0};
    struct fetch_request request = {.url = "http://10.0.0.1/"};
    assert_int_equal(fetch_start(fetcher, &request, on_done, &own), 0);
    run();
    assert_int_equal(own.error, POLL_ERROR_ADDRESS_REFUSED);
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
    assert_int_equal(outcome.error, POLL_ERROR_NONE);
    request.url = "http://localhost:1/"; /* where one was refused and one tried, the trial counts */
    assert_int_equal(fetch_start(fetcher, &request, on_done, &outcome), 0);
    run();
    assert_int_equal(outcome.error, POLL_ERROR_CONNECT);
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
        assert_int_equal(outcome.error, POLL_ERROR_TRUNCATED);
        assert_int_equal(outcome.status, 200);
        assert_string_equal(outcome.body, "<rss><item>");
    }
}

static void test_answers_that_are_not_http_are_named(void **state)
{
    (void)state;
    assert_int_equal(fetch("/nonsense").error, POLL_ERROR_HTTP_PROTOCOL);
    assert_int_equal(fetch("/bad-encoding").error, POLL_ERROR_HTTP_PROTOCOL);
    assert_int_equal(fetch("/six-encodings").error, POLL_ERROR_HTTP_PROTOCOL);
    assert_int_equal(fetch("/silent").error, POLL_ERROR_CONNECT);
}

static void test_N2_heads_have_limits(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/many-fields");
    assert_int_equal(outcome.error, POLL_ERROR_NONE);
    assert_int_equal(outcome.fields, 200);
    assert_string_equal(outcome.etag, "\"first\"");
    assert_int_equal(fetch("/huge-head").error, POLL_ERROR_HTTP_PROTOCOL);
    assert_int_equal(fetch("/huge-line").error, POLL_ERROR_HTTP_PROTOCOL);
}

static void test_a_304_with_a_location_is_a_304(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/304-location");
    assert_int_equal(outcome.error, POLL_ERROR_NONE);
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
    assert_int_equal(outcome.error, POLL_ERROR_TIMEOUT);
    assert_true(outcome.body_bytes > 0);
}

static void test_a_closed_port_and_an_unknown_name_are_told_apart(void **state)
{
    (void)state;
    struct outcome outcome = {0};
    struct fetch_request request = {.url = "http://127.0.0.1:1/"};
    assert_int_equal(fetch_start(fetcher, &request, on_done, &outcome), 0);
    run();
    assert_int_equal(outcome.error, POLL_ERROR_CONNECT);
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
            assert_int_equal(outcomes[i].error, POLL_ERROR_NONE);
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
        assert_int_equal(outcomes[i].error, POLL_ERROR_INTERNAL);
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

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

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
        TEST(test_permanent_redirects_are_followed_and_named),
        TEST(test_S3_one_temporary_hop_makes_it_temporary),
        TEST(test_a_post_stays_one_through_redirects_and_leaves_nothing_behind),
        TEST(test_S4_redirects_in_circles_and_to_other_schemes_are_refused),
        TEST(test_an_address_that_cannot_be_asked_for_says_why),
        TEST(test_letters_outside_ascii_are_sent_as_every_server_reads_them),
        TEST(test_credentials_stay_with_their_host),
        TEST(test_N10_a_cookie_lives_as_long_as_its_request),
        TEST(test_a_coding_that_is_none_is_passed_over),
        TEST(test_N6_a_redirect_to_a_closed_address_is_refused),
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
