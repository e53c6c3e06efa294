/* Sitemaps: plain ones, news, images and videos, indexes, and their limits. */
#include "feeds/parse/feed_fixture.h"

#define SITEMAP(inner)                                                                                       \
    "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9' "                                           \
    "xmlns:n='http://www.google.com/schemas/sitemap-news/0.9' "                                              \
    "xmlns:image='http://www.google.com/schemas/sitemap-image/1.1' "                                         \
    "xmlns:video='http://www.google.com/schemas/sitemap-video/1.1'>" inner "</urlset>"

static void test_a_plain_sitemap(void **unused)
{
    (void)unused;
    parse(SITEMAP("<url><loc> http://a.example/1 </loc><lastmod>2022-01-11</lastmod>"
                  "<changefreq>daily</changefreq><priority>0.5</priority></url><url><loc>/2</loc></url>"));
    assert_text(str_from(feed_format_name(document->format)), "sitemap");
    assert_int_equal(document->entries.count, 2);
    assert_text(document->entries.items[0]->link, "http://a.example/1");
    assert_int_equal(document->entries.items[0]->dates.updated.precision, TIME_DAY);
    assert_null(document->entries.items[0]->news);
    assert_text(document->entries.items[1]->link, "http://a.example/2");
}

static void test_news_under_any_prefix(void **unused)
{
    (void)unused;
    parse(SITEMAP("<url><loc>http://a.example/1</loc><n:news><n:publication><n:name>Paper</n:name>"
                  "<n:language>en</n:language></n:publication>"
                  "<n:publication_date>2022-01-11T10:33:00+01:00</n:publication_date>"
                  "<n:title>A &amp; B</n:title><n:keywords>one, two,,  three </n:keywords>"
                  "<n:stock_tickers>X:A, Y:B</n:stock_tickers><n:genres>Blog</n:genres></n:news></url>"));
    assert_text(str_from(feed_format_name(document->format)), "sitemap-news");
    const struct feed_entry *entry = only_entry();
    assert_text(entry->title.value, "A & B");
    assert_text(entry->news->publication_name, "Paper");
    assert_text(entry->news->publication_language, "en");
    assert_int_equal(entry->dates.published.ms, 1641893580000);
    assert_int_equal(entry->news->keywords.count, 3);
    assert_text(entry->news->keywords.items[2], "three");
    assert_int_equal(entry->news->stock_tickers.count, 2);
    assert_text(entry->news->genres.items[0], "Blog");
}

static void test_images_and_videos(void **unused)
{
    (void)unused;
    parse(SITEMAP("<url><loc>http://a.example/1</loc><image:image><image:loc>i.png</image:loc>"
                  "<image:caption>C</image:caption></image:image><video:video>"
                  "<video:content_loc>v.mp4</video:content_loc><video:title>T</video:title>"
                  "<video:thumbnail_loc>t.png</video:thumbnail_loc><video:duration>9</video:duration>"
                  "</video:video></url>"));
    const struct feed_entry *entry = only_entry();
    assert_text(entry->link, "http://a.example/1"); /* not the image's loc */
    assert_int_equal(entry->media.count, 2);
    assert_text(entry->media.items[0]->url, "http://a.example/dir/i.png");
    assert_text(entry->media.items[0]->description, "C");
    assert_text(entry->media.items[1]->medium, "video");
    assert_text(entry->media.items[1]->title, "T");
    assert_int_equal(entry->media.items[1]->duration_s, 9);
    assert_int_equal(entry->media.items[1]->thumbnails.count, 1);
    assert_text(entry->title.value, NULL);
}

static void test_an_index(void **unused)
{
    (void)unused;
    parse("<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap>"
          "<loc>http://a.example/s.xml</loc><lastmod>2022-01-11T10:33Z</lastmod></sitemap></sitemapindex>");
    assert_text(str_from(feed_format_name(document->format)), "sitemap-index");
    assert_text(only_entry()->link, "http://a.example/s.xml");
    assert_int_equal(only_entry()->dates.updated.precision, TIME_MINUTE);
}

static void test_an_url_without_address_says_nothing(void **unused)
{
    (void)unused;
    parse(SITEMAP("<url><lastmod>2022</lastmod></url><url><loc> </loc></url><url/>"
                  "<url><loc>javascript:x</loc></url><url><loc>http://a.example/1</loc></url>"));
    assert_text(only_entry()->link, "http://a.example/1");
    assert_int_equal(only_entry()->dates.updated.precision, TIME_NONE);
}

static void test_w3c_dates(void **unused)
{
    (void)unused;
    static const struct {
        const char *date;
        enum time_precision precision;
    } cases[] = {
        {"2022", TIME_YEAR},
        {"2022-01", TIME_MONTH},
        {"2022-01-11", TIME_DAY},
        {"2022-01-11T10:33+01:00", TIME_MINUTE},
        {"2022-01-11T10:33:00Z", TIME_SECOND},
        {"2022-01-11T10:33:00.5Z", TIME_FRACTION},
        {"yesterday", TIME_NONE},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(arena_printf(arena, SITEMAP("<url><loc>http://a.example/</loc><lastmod>%s</lastmod></url>"),
                           cases[i].date)
                  .ptr);
        assert_int_equal(only_entry()->dates.updated.precision, cases[i].precision);
        assert_text(only_entry()->dates.updated.raw, cases[i].date);
    }
}

static void test_misplaced_elements_do_no_harm(void **unused)
{
    (void)unused;
    parse(SITEMAP("<loc>http://a.example/0</loc><n:news><n:title>x</n:title></n:news><url>"
                  "<n:title>no news around it</n:title><url><loc>http://a.example/9</loc></url>"
                  "<image:image><n:news/></image:image><loc>http://a.example/1</loc></url>"
                  "<unknown><url><loc>http://a.example/8</loc></url></unknown>"));
    assert_text(only_entry()->link, "http://a.example/1");
    assert_text(only_entry()->title.value, NULL);
}

static void test_fifty_thousand_urls_and_no_more(void **unused)
{
    (void)unused;
    arena_destroy(&arena);
    arena = arena_create(2 * ARENA_CAP_DEFAULT);
    struct str urls = repeated("<url><loc>http://a.example/1</loc></url>", FEED_ENTRIES_MAX);
    assert_int_equal(try_parse(arena_printf(arena, SITEMAP("%.*s"), STR_ARG(urls))), 0);
    assert_int_equal(document->entries.count, FEED_ENTRIES_MAX);
    assert_false(document->limit_hit);
    assert_int_equal(try_parse(arena_printf(arena, SITEMAP("%.*s<url><loc>http://a.example/2</loc></url>"),
                                            STR_ARG(urls))),
                     0);
    assert_int_equal(document->entries.count, FEED_ENTRIES_MAX);
    assert_true(document->limit_hit);
}

static void test_the_arena_may_run_out_anywhere(void **unused)
{
    (void)unused;
    check_arena_caps(SITEMAP("<url><loc>/1</loc><n:news><n:title>t</n:title><n:keywords>a,b,c</n:keywords>"
                             "<n:publication><n:name>p</n:name></n:publication></n:news><image:image>"
                             "<image:loc>i</image:loc></image:image></url><url><loc>/2</loc></url>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_FEED(test_a_plain_sitemap),
        TEST_FEED(test_news_under_any_prefix),
        TEST_FEED(test_images_and_videos),
        TEST_FEED(test_an_index),
        TEST_FEED(test_an_url_without_address_says_nothing),
        TEST_FEED(test_w3c_dates),
        TEST_FEED(test_misplaced_elements_do_no_harm),
        TEST_FEED(test_fifty_thousand_urls_and_no_more),
        TEST_FEED(test_the_arena_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
