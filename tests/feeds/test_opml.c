/* opml: what is written reads back to the same feeds, with every character that XML must escape. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "feeds/opml.h"

static void test_what_is_written_reads_back(void **state)
{
    (void)state;
    struct opml_feed feeds[] = {
        {.url = STR("https://one.example/rss?a=1&b=<2>&c=\"3\"&#38;"),
         .title = STR("One & \"only\" <b>"),
         .html_url = STR("https://one.example/?x&y"),
         .category = STR("World/Europe")},
        {.url = STR("https://two.example/rss"),
         .title = STR("Zwei \xc3\xa4"),
         .category = STR("World/Europe")},
        {.url = STR("https://three.example/rss")},
    };
    struct opml written = {.title = STR("Desk & co"), .feeds = feeds, .feed_count = 3}, read;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    _cleanup_buffer_ struct buffer text = {0};
    struct error error = {0};
    assert_int_equal(opml_write(&text, &written), 0);
    assert_int_equal(opml_parse(arena, buffer_str(&text), &read, &error), 0);
    assert_true(str_equal(read.title, written.title));
    assert_int_equal(read.feed_count, 3);
    assert_int_equal(read.problem_count, 0);
    for (size_t i = 0; i < 3; i++) {
        assert_true(str_equal(read.feeds[i].url, feeds[i].url));
        assert_true(str_equal(read.feeds[i].html_url, feeds[i].html_url));
        assert_true(str_equal(read.feeds[i].category, feeds[i].category));
        if (feeds[i].title.ptr)
            assert_true(str_equal(read.feeds[i].title, feeds[i].title));
    }
    arena_destroy(&arena);
}

static void test_what_is_no_opml_is_said_to_be_none(void **state)
{
    (void)state;
    static const char *const texts[] = {"", "   ", "not xml", "<rss version=\"2.0\"><channel/></rss>",
                                        "<html><body>"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct error error = {0};
        struct opml opml;
        assert_int_equal(opml_parse(arena, str_from(texts[i]), &opml, &error), ERR_MALFORMED);
        assert_true(error.text[0] != '\0');
        assert_int_equal(opml.feed_count, 0);
        arena_destroy(&arena);
    }
}

static void test_outlines_nested_too_deep_are_no_overflow(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    _cleanup_buffer_ struct buffer text = {0};
    struct error error = {0};
    struct opml opml;
    buffer_printf(&text, "<opml version=\"2.0\"><body>");
    for (int i = 0; i < 100; i++)
        buffer_printf(&text, "<outline text=\"%d\">", i);
    buffer_printf(&text, "<outline xmlUrl=\"https://deep.example/rss\"/>");
    for (int i = 0; i < 100; i++)
        buffer_printf(&text, "</outline>");
    buffer_printf(&text, "<outline xmlUrl=\"https://top.example/rss\"/></body></opml>");
    assert_int_equal(opml_parse(arena, buffer_str(&text), &opml, &error), 0);
    assert_int_equal(opml.feed_count, 2);
    assert_true(str_equal(opml.feeds[1].url, STR("https://top.example/rss")));
    assert_true(str_empty(opml.feeds[1].category));
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_reads_back),
        cmocka_unit_test(test_what_is_no_opml_is_said_to_be_none),
        cmocka_unit_test(test_outlines_nested_too_deep_are_no_overflow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
