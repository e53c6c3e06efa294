/* Heads of responses: which redirects are permanent, which are secure, which are none, and how much is taken.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "feeds/http/http_head.h"

static struct http_head head;

static int setup(void **state)
{
    (void)state;
    http_head_begin(&head, false);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    http_head_done(&head);
    return 0;
}

/* Lines with their ends; the first verdict that is not "goes on", else that. */
static enum http_head_verdict reads(const char *text)
{
    while (*text) {
        size_t len = strcspn(text, "\n") + 1;
        enum http_head_verdict verdict = http_head_line(&head, str_make(text, len));
        if (verdict != HEAD_GOES_ON)
            return verdict;
        text += len;
    }
    return HEAD_GOES_ON;
}

static void test_fields_are_those_of_the_last_response(void **state)
{
    (void)state;
    reads("HTTP/1.1 301 Moved\r\nLocation: /b\r\nETag: \"old\"\r\n\r\n");
    reads("HTTP/1.1 100 Continue\r\n\r\n");
    reads("HTTP/1.1 200 OK\r\nETag:  \"new\" \r\nempty:\r\n folded: no\r\n: none\r\nnonsense\r\n\r\n");
    struct http_header fields[4];
    assert_int_equal(head.status, 200);
    assert_int_equal(http_head_fields(&head, fields, 4), 2);
    assert_true(str_equal(fields[0].name, STR("ETag")));
    assert_true(str_equal(fields[0].value, STR("\"new\"")));
    assert_true(str_equal(fields[1].name, STR("empty")));
    assert_int_equal(fields[1].value.len, 0);
    assert_int_equal(http_head_fields(&head, fields, 1), 1);
}

static void test_S3_a_chain_is_permanent_only_if_every_hop_is(void **state)
{
    (void)state;
    reads("HTTP/2 301\r\nlocation: /b\r\n\r\nHTTP/2 308\r\nlocation: /c\r\n\r\nHTTP/2 200\r\n\r\n");
    assert_false(head.temporary);
    http_head_begin(&head, false);
    reads("HTTP/1.1 301 M\r\nLocation: /b\r\n\r\nHTTP/1.1 302 F\r\nLocation: /c\r\n\r\nHTTP/1.1 200 "
          "OK\r\n\r\n");
    assert_true(head.temporary);
    static const char *const temporary[] = {"300", "302", "303", "307"};
    for (size_t i = 0; i < 4; i++) {
        char text[64] = "HTTP/1.1 ??? X\r\nLocation: /b\r\n\r\n";
        memcpy(text + 9, temporary[i], 3);
        http_head_begin(&head, false);
        reads(text);
        assert_true(head.temporary);
    }
}

static void test_https_is_not_left_by_any_hop(void **state)
{
    (void)state;
    http_head_begin(&head, true);
    assert_int_equal(reads("HTTP/1.1 302 F\r\nlocation:HTTP://news.example/\r\n"), HEAD_INSECURE);
    http_head_begin(&head, true);
    assert_int_equal(reads("HTTP/1.1 302 F\r\nLocation: /http://x\r\n\r\n"), HEAD_GOES_ON);
    assert_int_equal(reads("HTTP/1.1 302 F\r\nLocation: //news.example/\r\n\r\n"), HEAD_GOES_ON);
    assert_int_equal(reads("HTTP/1.1 302 F\r\nLocation: http://news.example/\r\n"), HEAD_INSECURE);
    http_head_begin(&head, false); /* http, then https, then back */
    assert_int_equal(reads("HTTP/1.1 301 M\r\nLocation: http://news.example/\r\n\r\n"), HEAD_GOES_ON);
    assert_int_equal(reads("HTTP/1.1 301 M\r\nLocation: https://news.example/\r\n\r\n"), HEAD_GOES_ON);
    assert_int_equal(reads("HTTP/1.1 301 M\r\nLocation: http://news.example/\r\n"), HEAD_INSECURE);
}

static void test_a_location_that_is_no_redirect_is_not_followed(void **state)
{
    (void)state;
    assert_int_equal(reads("HTTP/1.1 304 Not Modified\r\nLocation: /a\r\nETag: \"x\"\r\n\r\n"), HEAD_IS_ALL);
    struct http_header fields[4];
    assert_int_equal(http_head_fields(&head, fields, 4), 2);
    http_head_begin(&head, false);
    assert_int_equal(reads("HTTP/1.1 305 Use Proxy\r\nLocation: http://proxy.example/\r\n\r\n"), HEAD_IS_ALL);
    http_head_begin(&head, false);
    assert_int_equal(reads("HTTP/1.1 304 Not Modified\r\n\r\n"), HEAD_GOES_ON);
    http_head_begin(&head, false);
    assert_int_equal(reads("HTTP/1.1 201 Created\r\nLocation: /a\r\n\r\n"), HEAD_GOES_ON);
}

static void test_N2_a_head_has_a_limit_for_each_response(void **state)
{
    (void)state;
    static char line[8192];
    memset(line, 'x', sizeof(line));
    line[1] = ':';
    line[sizeof(line) - 1] = '\n';
    for (int response = 0; response < 3; response++) {
        reads("HTTP/1.1 301 M\r\n");
        for (int i = 0; i < 31; i++)
            assert_int_equal(http_head_line(&head, str_make(line, sizeof(line))), HEAD_GOES_ON);
    }
    assert_int_equal(http_head_line(&head, str_make(line, sizeof(line))), HEAD_TOO_LARGE);
}

static void test_damaged_status_lines_are_no_redirects(void **state)
{
    (void)state;
    assert_int_equal(reads("HTTP/1.1\r\nLocation: /a\r\n\r\n"), HEAD_GOES_ON);
    assert_int_equal(head.status, 0);
    assert_int_equal(reads("HTTP/1.1 3x2 F\r\nLocation: /a\r\n\r\n"), HEAD_GOES_ON);
    assert_int_equal(head.status, 0);
    assert_false(head.temporary);
    assert_int_equal(http_head_line(&head, STR("")), HEAD_GOES_ON);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_fields_are_those_of_the_last_response),
        TEST(test_S3_a_chain_is_permanent_only_if_every_hop_is),
        TEST(test_https_is_not_left_by_any_hop),
        TEST(test_a_location_that_is_no_redirect_is_not_followed),
        TEST(test_N2_a_head_has_a_limit_for_each_response),
        TEST(test_damaged_status_lines_are_no_redirects),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
