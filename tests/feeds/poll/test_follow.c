/* follow, gunzip: which documents continue another one; packed documents and their bounds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <zlib.h>

#include "base/buffer.h"
#include "base/error.h"
#include "feeds/poll/follow.h"
#include "feeds/parse/gunzip.h"

#define NOW 1641897180000LL /* 2022-01-11T10:33:00Z */

static struct arena *arena;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(256 << 20);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static const struct feed_document *read_document(const char *text)
{
    struct feed_parse_options options = {.url = STR("https://news.example/feed")};
    struct feed_document *document;
    struct error error = {0};
    assert_int_equal(feed_parse(arena, str_from(text), &options, &document, &error), 0);
    return document;
}

static void assert_older(const char *links, const char *wanted)
{
    struct buffer text = {0};
    buffer_printf(&text, "<feed xmlns=\"http://www.w3.org/2005/Atom\"><title>t</title>%s</feed>", links);
    struct str older = follow_older(read_document(text.ptr), STR("https://news.example/feed"));
    assert_true(str_equal(older, str_from(wanted)));
    buffer_done(&text);
}

static void test_the_archive_goes_before_the_next_page(void **state)
{
    (void)state;
    assert_older("", NULL);
    assert_older("<link rel=\"next\" href=\"/feed?p=2\"/>", "https://news.example/feed?p=2");
    assert_older("<link rel=\"next\" href=\"/feed?p=2\"/><link rel=\"prev-archive\" href=\"/2021\"/>",
                 "https://news.example/2021");
    assert_older("<link rel=\"next\" href=\"/feed\"/>", NULL);
    assert_older("<link rel=\"next\" href=\"ftp://news.example/2\"/>", NULL);
    assert_older("<link rel=\"previous\" href=\"/newer\"/>", NULL);
}

static void assert_sitemaps(const char *sitemaps, int64_t since_ms, const char *wanted)
{
    struct buffer text = {0}, found = {0};
    struct follow_urls urls;
    buffer_printf(&text,
                  "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">%s</sitemapindex>",
                  sitemaps);
    assert_int_equal(follow_sitemaps(arena, read_document(text.ptr),
                                     STR("https://www.news.example/index.xml"), since_ms, NOW, &urls),
                     0);
    for (size_t i = 0; i < urls.count; i++)
        buffer_printf(&found, "%.*s ", STR_ARG(urls.items[i]));
    assert_string_equal(found.ptr ? found.ptr : "", wanted);
    buffer_done(&text);
    buffer_done(&found);
}

#define SITEMAP(url, lastmod) "<sitemap><loc>" url "</loc><lastmod>" lastmod "</lastmod></sitemap>"

static void test_sitemaps_that_may_have_changed_newest_first(void **state)
{
    (void)state;
    static const char some[] = SITEMAP("https://news.example/1", "2022-01-11T09:00:00Z")
        SITEMAP("https://news.example/2", "2022-01-11T10:30:00Z")
            SITEMAP("https://news.example/3", "2022-01-11")
                SITEMAP("https://news.example/4",
                        "2021-12-01") "<sitemap><loc>https://news.example/5</loc></sitemap>";
    assert_sitemaps(
        some, 0,
        "https://news.example/5 https://news.example/3 https://news.example/2 https://news.example/1 ");
    assert_sitemaps(some, NOW, "https://news.example/5 https://news.example/3 https://news.example/2 ");
    assert_sitemaps("", NOW, "");
}

static void test_sitemaps_of_other_sites_are_not_followed(void **state)
{
    (void)state;
    assert_sitemaps("<sitemap><loc>https://example/1</loc></sitemap>"
                    "<sitemap><loc>https://xnews.example/2</loc></sitemap>"
                    "<sitemap><loc>https://cdn.news.example/3</loc></sitemap>"
                    "<sitemap><loc>https://www.news.example/index.xml</loc></sitemap>"
                    "<sitemap><loc>javascript:alert(1)</loc></sitemap>",
                    0, "https://cdn.news.example/3 ");
}

static void test_an_index_of_50000_gives_a_bounded_list(void **state)
{
    (void)state;
    struct buffer text = {0};
    struct follow_urls urls;
    buffer_printf(&text, "<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">");
    for (int i = 0; i < 50000; i++)
        buffer_printf(&text, "<sitemap><loc>https://news.example/%d</loc></sitemap>", i);
    buffer_printf(&text, "</sitemapindex>");
    assert_int_equal(
        follow_sitemaps(arena, read_document(text.ptr), STR("https://news.example/i"), 0, NOW, &urls), 0);
    assert_int_equal(urls.count, FOLLOW_SITEMAPS_MAX);
    assert_true(str_equal(urls.items[0], STR("https://news.example/0")));
    buffer_done(&text);
}

/* ---- Packed documents ---- */

static struct str packed(const void *plain, size_t len)
{
    z_stream stream = {.next_in = (Bytef *)(uintptr_t)plain, .avail_in = (uInt)len};
    assert_int_equal(deflateInit2(&stream, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY), Z_OK);
    size_t room = deflateBound(&stream, len);
    char *out = arena_alloc(arena, room);
    stream.next_out = (Bytef *)out;
    stream.avail_out = (uInt)room;
    assert_int_equal(deflate(&stream, Z_FINISH), Z_STREAM_END);
    struct str result = str_make(out, stream.total_out);
    deflateEnd(&stream);
    return result;
}

static void test_a_packed_feed_is_read(void **state)
{
    (void)state;
    static const char feed[] = "<rss version=\"2.0\"><channel><title>Packed</title></channel></rss>";
    struct feed_parse_options options = {.url = STR("https://news.example/feed")};
    struct feed_document *document;
    struct error error = {0};
    assert_int_equal(feed_parse(arena, packed(feed, sizeof(feed) - 1), &options, &document, &error), 0);
    assert_true(str_equal(document->feed.title.value, STR("Packed")));
}

static void test_members_are_joined_and_what_is_cut_off_gives_what_is_there(void **state)
{
    (void)state;
    struct str one = packed("one ", 4), two = packed("two", 3), plain;
    char both[256];
    memcpy(both, one.ptr, one.len);
    memcpy(both + one.len, two.ptr, two.len);
    assert_int_equal(gunzip(arena, str_make(both, one.len + two.len), &plain), 0);
    assert_true(str_equal(plain, STR("one two")));
    assert_int_equal(gunzip(arena, str_make(both, one.len + 3), &plain), 0);
    assert_true(str_equal(plain, STR("one ")));
    assert_int_equal(gunzip(arena, STR("\x1F\x8B\x08"), &plain), ERR_MALFORMED);
    assert_int_equal(gunzip(arena, STR("\x1F\x8B\x08\x00rubbish rubbish"), &plain), ERR_MALFORMED);
}

static void test_N3_a_bomb_is_refused(void **state)
{
    (void)state;
    size_t len = 60 << 20;
    char *zeros = calloc(1, len);
    struct str plain, bomb = packed(zeros, len);
    free(zeros);
    assert_int_equal(gunzip(arena, bomb, &plain), ERR_LIMIT);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_the_archive_goes_before_the_next_page),
        TEST(test_sitemaps_that_may_have_changed_newest_first),
        TEST(test_sitemaps_of_other_sites_are_not_followed),
        TEST(test_an_index_of_50000_gives_a_bounded_list),
        TEST(test_a_packed_feed_is_read),
        TEST(test_members_are_joined_and_what_is_cut_off_gives_what_is_there),
        TEST(test_N3_a_bomb_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
