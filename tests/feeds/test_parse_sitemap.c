/* News sitemaps and sitemap indexes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/feeds/feed_check.h"

#define URLSET "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\""

static void test_a_news_sitemap(void **state)
{
    (void)state;
    reads(
        URLSET
        " xmlns:n=\"http://www.google.com/schemas/sitemap-news/0.9\"><url><loc>https://news.example/1</loc>"
        "<n:news><n:publication><n:name>News</n:name><n:language>en</n:language></n:publication>"
        "<n:publication_date>2022-01-11T11:33:00-05:00</n:publication_date><n:title>Bridge reopens</n:title>"
        "<n:keywords>bridge, city</n:keywords></n:news></url></urlset>");
    is("format", "sitemap-news");
    is("entries.0.link", "https://news.example/1");
    is("entries.0.title.value", "Bridge reopens");
    is("entries.0.published", "2022-01-11T16:33:00Z");
    is("entries.0.news.publication_name", "News");
    is("entries.0.news.keywords", "[\"bridge\",\"city\"]");
}

static void test_a_plain_sitemap_is_told_apart(void **state)
{
    (void)state;
    reads(URLSET "><url><loc>https://news.example/1</loc><lastmod>2022-01-11</lastmod></url></urlset>");
    is("format", "sitemap");
    is("entries.0.updated", "2022-01-11");
}

static void test_an_index_names_its_sitemaps(void **state)
{
    (void)state;
    reads("<sitemapindex "
          "xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"><sitemap><loc>https://news.example/a.xml</"
          "loc></sitemap>"
          "</sitemapindex>");
    is("format", "sitemap-index");
    is("entries.0.link", "https://news.example/a.xml");
}

static void test_fifty_thousand_urls_are_read(void **state)
{
    (void)state;
    enum { URLS = 50000 };
    struct buffer text = {0};
    (void)buffer_append_str(&text, STR(URLSET ">"));
    for (int i = 0; i < URLS + 1; i++)
        (void)buffer_printf(&text, "<url><loc>https://news.example/%d</loc></url>", i);
    (void)buffer_append_str(&text, STR("</urlset>"));
    struct feed_document *document;
    struct feed_parse_options options = WITH_URL;
    int error = feed_parse(arena, buffer_str(&text), &options, &document, &fault);
    buffer_done(&text);
    assert_int_equal(error, 0);
    assert_int_equal(document->entries.count, URLS);
    assert_true(document->limit_hit);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEED_TEST(test_a_news_sitemap),
        FEED_TEST(test_a_plain_sitemap_is_told_apart),
        FEED_TEST(test_an_index_names_its_sitemaps),
        FEED_TEST(test_fifty_thousand_urls_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
