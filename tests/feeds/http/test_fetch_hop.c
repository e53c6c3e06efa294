/* From one request of a transfer to the next: redirects, their passwords and cookies, and a second try
 * without decoding. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "feeds/http/fetch_fixture.h"

static void test_permanent_redirects_are_followed_and_named(void **state)
{
    (void)state;
    struct outcome outcome = fetch("/permanent-2");
    assert_int_equal(outcome.error, FETCH_ERROR_NONE);
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
        enum fetch_error error;
    } cases[] = {
        {"/loop", "after 5 redirects, to http://127.0.0.1:", FETCH_ERROR_REDIRECT_LOOP},
        {"/loop-of-two", "after 5 redirects", FETCH_ERROR_REDIRECT_LOOP},
        {"/far", "/plain", FETCH_ERROR_REDIRECT_TOO_MANY},
        {"/file", "file:///etc/passwd, which is neither http nor https", FETCH_ERROR_REDIRECT_SCHEME},
        {"/gopher", "neither http nor https", FETCH_ERROR_REDIRECT_SCHEME},
        {"/nowhere", "no host", FETCH_ERROR_REDIRECT_URL},
        {"/port", "127.0.0.1:99999/: the port 99999 is out of range", FETCH_ERROR_REDIRECT_URL},
        {"/bad-name", "is none", FETCH_ERROR_REDIRECT_URL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct outcome outcome = fetch(cases[i].path);
        if (outcome.error != cases[i].error || !strstr(outcome.words, cases[i].words))
            fail_msg("%s: %s, %s", cases[i].path, fetch_error_name(outcome.error), outcome.words);
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
        assert_int_equal(outcome.error, FETCH_ERROR_URL);
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
    assert_int_equal(outcome.error, FETCH_ERROR_DNS);
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
        if (outcome.error != FETCH_ERROR_NONE || strcmp(outcome.body, "<rss>plain</rss>") != 0)
            fail_msg("%s: %s %s", paths[i], outcome.words, outcome.body);
        assert_int_equal(outcome.body_bytes, 16);
        assert_int_equal(outcome.calls, 1);
    }
    assert_int_equal(fetch("/packed/zip").error, FETCH_ERROR_NONE);
    assert_string_equal(fetch("/packed/zip").body, "<rss>compressed</rss>");
    assert_int_equal(fetch("/packed/zip").body_bytes, 21);
    assert_int_equal(fetch("/bomb/zip").error, FETCH_ERROR_TOO_LARGE);
    assert_string_equal(fetch("/gzip").body, "<rss>compressed</rss>"); /* the pooled handle decodes again */
}

static void test_N6_a_redirect_to_a_closed_address_is_refused(void **state)
{
    (void)state;
    static const char *const paths[] = {"/metadata", "/mapped", "/decimal"};
    for (size_t i = 0; i < 3; i++) {
        struct outcome outcome = fetch(paths[i]);
        assert_int_equal(outcome.error, FETCH_ERROR_REDIRECT_PRIVATE);
        assert_non_null(strstr(outcome.words, "private"));
        assert_non_null(strstr(outcome.words, "target http://"));
    }
    struct outcome own = {0};
    struct fetch_request request = {.url = "http://10.0.0.1/"};
    assert_int_equal(fetch_start(fetcher, &request, on_done, &own), 0);
    run();
    assert_int_equal(own.error, FETCH_ERROR_ADDRESS_REFUSED);
}

int main(void)
{
    server_start();
    const struct CMUnitTest tests[] = {
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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
