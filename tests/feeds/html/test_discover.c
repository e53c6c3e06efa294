/* The feeds that a page names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "feeds/html/discover.h"

static struct arena *arena;
static struct discovered_feed *feeds;
static size_t count;

static int setup(void **state)
{
    (void)state;
    arena = arena_create(16 << 20);
    return arena ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static void look(const char *html)
{
    assert_int_equal(discover_feeds(arena, str_from(html), STR("https://news.example/city/"), &feeds, &count),
                     0);
}

static void is(size_t i, const char *url)
{
    if (i >= count || !str_equal(feeds[i].url, str_from(url)))
        fail_msg("feed %zu is %.*s, not %s", i, i < count ? (int)feeds[i].url.len : 4,
                 i < count ? feeds[i].url.ptr : "none", url);
}

static void test_link_elements_in_order_each_once(void **state)
{
    (void)state;
    look("<html><head><link rel=\"alternate\" type=\"application/rss+xml\" title=\"All\" href=\"/rss\">"
         "<LINK REL='home ALTERNATE' TYPE='application/atom+xml; charset=utf-8' HREF='atom'>"
         "<link rel=feed href=//cdn.example/feed.json><link rel=\"alternate\" type=\"application/rss+xml\" "
         "href=\"/rss\">"
         "<link rel=stylesheet href=/s.css><link rel=alternate hreflang=de href=/de>"
         "</head><body><a href=/more/rss>more</a></body></html>");
    assert_int_equal(count, 3);
    is(0, "https://news.example/rss");
    is(1, "https://news.example/city/atom");
    is(2, "https://cdn.example/feed.json");
    assert_true(str_equal(feeds[0].title, STR("All")));
}

static void test_a_base_element_counts(void **state)
{
    (void)state;
    look("<head><base href=\"https://other.example/x/\"><link rel=alternate type=application/rss+xml "
         "href=rss></head>");
    is(0, "https://other.example/x/rss");
}

static void test_anchors_where_nothing_is_named(void **state)
{
    (void)state;
    look("<body><a href=\"/about\">About</a><a href=\"/feeds/city.rss?x=1\">RSS</a><a "
         "href=\"mailto:x/feed\">mail</a></body>");
    assert_int_equal(count, 1);
    is(0, "https://news.example/feeds/city.rss?x=1");
}

static void test_nothing_and_damage(void **state)
{
    (void)state;
    look("");
    assert_int_equal(count, 0);
    look("<<<link rel=alternate type=application/rss+xml href=");
    look("<link rel=alternate type=application/rss+xml href=javascript:x><link rel=alternate "
         "type=application/rss+xml>");
    assert_int_equal(count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_link_elements_in_order_each_once, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_base_element_counts, setup, teardown),
        cmocka_unit_test_setup_teardown(test_anchors_where_nothing_is_named, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_and_damage, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
