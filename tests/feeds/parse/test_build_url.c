/* The addresses of feeds as their authors write them: broken over lines, in markup, without a scheme, with a
 * password. */
#include "feeds/parse/feed_fixture.h"

#define ITEM(inner) "<rss version='2.0'><channel><item>" inner "</item></channel></rss>"

struct address {
    const char *written, *read;
};

static void assert_links(const char *base, const struct address *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        options.url = str_from(base);
        parse(arena_printf(arena, ITEM("<link>%s</link>"), cases[i].written).ptr);
        assert_text_of(cases[i].written, only_entry()->link, cases[i].read);
    }
}

static void test_controls_are_taken_out_before_the_scheme_is_judged(void **unused)
{
    (void)unused;
    static const struct address cases[] = {
        {"java&#10;script:alert(1)", NULL},
        {"java&#9;script:alert(1)", NULL},
        {"\n j\na\tv\r\nascript:alert(1)", NULL},
        {"<![CDATA[vb\nscript:x]]>", NULL},
        {"da&#13;ta:text/html,x", NULL},
        {"blob&#9;:https://b.example/1", NULL},
        {"fi&#10;le:///etc/passwd", NULL},
        {"ht&#10;tps://b.example/a&#9;b", "https://b.example/ab"},
        {"&#160;&#10;https://b.example/1&#10;&#160;", "https://b.example/1"},
        {"/one&#10;/two", "http://a.example/one/two"},
        {"mail&#9;to:desk@b.example", "mailto:desk@b.example"},
    };
    assert_links("http://a.example/dir/feed", cases, COUNT(cases));
}

static void test_controls_are_taken_out_of_attributes_too(void **unused)
{
    (void)unused;
    parse(ITEM("<link>/1</link><enclosure url='java&#10;script:1'/>"
               "<enclosure url='https://b.example/&#10;a.mp3'/>"));
    assert_text(only_entry()->enclosures.items[only_entry()->enclosures.count - 1].url,
                "https://b.example/a.mp3");
    for (size_t i = 0; i + 1 < only_entry()->enclosures.count; i++)
        assert_text(only_entry()->enclosures.items[i].url, NULL);
    parse("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><link href='java&#9;script:1'/>"
          "</entry></feed>");
    assert_text(only_entry()->link, NULL);
    parse("{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": [{\"id\": \"1\", \"url\": "
          "\"java\\nscript:1\", \"image\": \"https://u:p@b.example/\\ti.png\"}]}");
    assert_text(only_entry()->link, NULL);
    assert_text(only_entry()->image->url, "https://b.example/i.png");
}

static void test_markup_is_no_address_but_may_hold_one(void **unused)
{
    (void)unused;
    static const struct address cases[] = {
        {"&lt;a href=\"https://b.example/1\"&gt;One&lt;/a&gt;", "https://b.example/1"},
        {"&lt;A class=x HREF = 'https://b.example/1?a=b'&gt;One", "https://b.example/1?a=b"},
        {"&lt;a href=https://b.example/1&gt;One", "https://b.example/1"},
        {"&lt;https://b.example/1&gt;", "https://b.example/1"},
        {"&lt;a href='javascript:1'&gt;One&lt;/a&gt;", NULL},
        {"&lt;a href='/1'&gt;One&lt;/a&gt;", NULL},
        {"&lt;b&gt;One&lt;/b&gt;", NULL},
        {"One &lt;br/&gt;", NULL},
        {"&lt;a href", NULL},
        {"&lt;a href=", NULL},
    };
    assert_links("http://a.example/dir/feed", cases, COUNT(cases));
}

static void test_an_endless_address_is_none(void **unused)
{
    (void)unused;
    for (size_t len = 8192; len <= 8193; len++) {
        char *url = arena_alloc(arena, len + 1);
        memset(url, 'a', len);
        memcpy(url, "https://b.example/", 18);
        url[len] = '\0';
        parse(arena_printf(arena, ITEM("<guid isPermaLink='false'>1</guid><link>%s</link>"), url).ptr);
        assert_text(only_entry()->link, len > 8192 ? NULL : url);
    }
}

static void test_nobody_stands_in_a_published_address(void **unused)
{
    (void)unused;
    static const struct address cases[] = {
        {"http://user:pw@b.example/1", "http://b.example/1"},
        {"https://user@b.example", "https://b.example"},
        {"ftp://user:pw@b.example/1", "ftp://b.example/1"},
        {"//user:pw@b.example/1", "http://b.example/1"},
        {"https://b.example/@desk/1", "https://b.example/@desk/1"},
        {"https://b.example?to=a@b", "https://b.example?to=a@b"},
        {"mailto:desk@b.example", "mailto:desk@b.example"},
        {"story", "http://a.example/dir/story"},
    };
    assert_links("http://me:secret@a.example/dir/feed", cases, COUNT(cases));
}

static void test_the_next_page_is_asked_for_with_the_feeds_password(void **unused)
{
    (void)unused;
    options.url = STR("https://me:secret@a.example/feed");
    parse("<feed xmlns='http://www.w3.org/2005/Atom'><link rel='next' href='?page=2'/>"
          "<link rel='prev-archive' href='https://b.example/1'/></feed>");
    assert_text(document->feed.next, "https://me:secret@a.example/feed?page=2");
    assert_text(document->feed.archive, "https://b.example/1");
    assert_text(document->feed.links.items[0].href, "https://a.example/feed?page=2");
}

static void test_an_address_without_its_scheme_is_no_path(void **unused)
{
    (void)unused;
    static const struct address cases[] = {
        {"www.b.example/a/1", "https://www.b.example/a/1"},
        {"WWW.b.example", "https://WWW.b.example"},
        {"www.b.example:8443/a", "https://www.b.example:8443/a"},
        {"www.b.example?p=1", "https://www.b.example?p=1"},
        {"www.page.html", "https://news.a.co.uk/dir/www.page.html"},
        {"www.html", "https://news.a.co.uk/dir/www.html"},
        {"www/b.example/1", "https://news.a.co.uk/dir/www/b.example/1"},
        {"a.co.uk/1", "https://a.co.uk/1"},
        {"news.a.co.uk/1", "https://news.a.co.uk/1"},
        {"img.a.co.uk/1", "https://img.a.co.uk/1"},
        {"nota.co.uk/1", "https://news.a.co.uk/dir/nota.co.uk/1"},
        {"co.uk/1", "https://news.a.co.uk/dir/co.uk/1"},
        {"b.example/1", "https://news.a.co.uk/dir/b.example/1"},
        {"//b.example/1", "https://b.example/1"},
        {"/www.b.example/1", "https://news.a.co.uk/www.b.example/1"},
        {"2025.01/1", "https://news.a.co.uk/dir/2025.01/1"},
    };
    assert_links("https://news.a.co.uk/dir/feed", cases, COUNT(cases));
    assert_links("http://b.example/", (const struct address[]){{"www.c.example/1", "http://www.c.example/1"}},
                 1);
    assert_links("", (const struct address[]){{"www.c.example/1", "https://www.c.example/1"}}, 1);
    parse(ITEM("<guid>www.c.example/1</guid>"));
    assert_text(only_entry()->id, "www.c.example/1");
    assert_text(only_entry()->link, "https://www.c.example/1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_FEED(test_controls_are_taken_out_before_the_scheme_is_judged),
        TEST_FEED(test_controls_are_taken_out_of_attributes_too),
        TEST_FEED(test_markup_is_no_address_but_may_hold_one),
        TEST_FEED(test_an_endless_address_is_none),
        TEST_FEED(test_nobody_stands_in_a_published_address),
        TEST_FEED(test_the_next_page_is_asked_for_with_the_feeds_password),
        TEST_FEED(test_an_address_without_its_scheme_is_no_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
