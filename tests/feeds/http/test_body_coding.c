/* Bodies under a Content-Encoding that is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "feeds/http/body_coding.h"

static void test_names_that_are_no_coding(void **unused)
{
    (void)unused;
    static const char *const unknown[] = {"aws-chunked",           "UTF-8",   "none", "zip",
                                          "identity, aws-chunked", "gzip;q=1"};
    static const char *const known[] = {"gzip",     "x-gzip", "GZIP, br", "deflate",
                                        "identity", "",       " , ",      "zstd"};
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        assert_true(body_coding_is_unknown(str_from(unknown[i])));
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        assert_false(body_coding_is_unknown(str_from(known[i])));
}

/* `window`: 15 for zlib's head, 31 for gzip's. */
static struct buffer packed(struct str text, int window)
{
    struct buffer out = {0};
    char *bytes = malloc(text.len + 1000);
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)text.ptr,
                       .avail_in = (uInt)text.len,
                       .next_out = (Bytef *)bytes,
                       .avail_out = (uInt)(text.len + 1000)};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    buffer_append(&out, bytes, stream.total_out);
    deflateEnd(&stream);
    free(bytes);
    return out;
}

static void test_packed_bytes_are_unpacked_and_plain_ones_stay(void **unused)
{
    (void)unused;
    static const int windows[] = {15, 31};
    for (size_t i = 0; i < 2; i++) {
        struct buffer body = packed(STR("<rss>x</rss>"), windows[i]);
        assert_int_equal(body_coding_undo(&body, 12, 100), FETCH_ERROR_NONE);
        assert_true(str_equal(buffer_str(&body), STR("<rss>x</rss>")));
        assert_int_equal(body_coding_undo(&body, 1, 1), FETCH_ERROR_NONE);
        assert_true(str_equal(buffer_str(&body), STR("<rss>x</rss>")));
        buffer_done(&body);
        body = packed(STR("<rss>x</rss>"), windows[i]);
        assert_int_equal(body_coding_undo(&body, 11, 100), FETCH_ERROR_TOO_LARGE);
        buffer_done(&body);
    }
    struct buffer none = {0};
    assert_int_equal(body_coding_undo(&none, 1, 1), FETCH_ERROR_NONE);
}

static void test_damage_and_bombs_are_told_apart(void **unused)
{
    (void)unused;
    size_t len = 8 << 20;
    char *zeros = calloc(1, len);
    struct buffer body = packed(str_make(zeros, len), 31);
    assert_int_equal(body_coding_undo(&body, 1 << 30, 100), FETCH_ERROR_TOO_LARGE);
    assert_true(body.len < 2 << 20);
    buffer_done(&body);
    body = packed(STR("<rss>a text that is long enough to lose its end</rss>"), 31);
    body.len -= 20;
    assert_int_equal(body_coding_undo(&body, 1000, 100), FETCH_ERROR_TRUNCATED);
    buffer_done(&body);
    body = packed(STR("<rss>x</rss>"), 31);
    memset(body.ptr + 10, 0xFF, 4);
    assert_int_equal(body_coding_undo(&body, 1000, 100), FETCH_ERROR_HTTP_PROTOCOL);
    buffer_done(&body);
    free(zeros);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_that_are_no_coding),
        cmocka_unit_test(test_packed_bytes_are_unpacked_and_plain_ones_stay),
        cmocka_unit_test(test_damage_and_bombs_are_told_apart),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
