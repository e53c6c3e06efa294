/* Feed lists: what is read from outlines, what is passed over and why, and that writing gives the same back.
 */
#include "feeds/text_check.h"

#include <errno.h>

#include "base/utf8.h"
#include "feeds/parse/opml.h"
#include "tests/support/linear_time.h"

static struct opml list;
static struct error words;

#define HEAD "<?xml version=\"1.0\"?><opml version=\"2.0\"><head><title>Mine</title></head><body>"
#define TAIL "</body></opml>"

static int parse(struct str text)
{
    words = (struct error){0};
    return opml_parse(arena, text, &list, &words);
}

static void parsed(const char *outlines)
{
    struct str text = arena_printf(arena, HEAD "%s" TAIL, outlines);
    int error = parse(text);
    if (error)
        fail_msg("%s: %s", outlines, words.text);
}

static void test_feeds_with_their_categories(void **unused)
{
    (void)unused;
    parsed("<outline text='World'>\n"
           " <outline text='Europe'>\n"
           "  <outline type='rss' text='One' title='Uno' xmlUrl=' http://a.example/one ' "
           "htmlUrl='http://a.example/'/>\n"
           " </outline>\n"
           " <outline text='Two' xmlUrl='https://b.example/two'/>\n"
           "</outline>\n"
           "<outline XMLURL='http://c.example/three'/>");
    assert_text(list.title, "Mine");
    assert_int_equal(list.feed_count, 3);
    assert_int_equal(list.problem_count, 0);
    assert_text(list.feeds[0].url, "http://a.example/one");
    assert_text(list.feeds[0].title, "Uno");
    assert_text(list.feeds[0].html_url, "http://a.example/");
    assert_text(list.feeds[0].category, "World/Europe");
    assert_int_equal(list.feeds[0].line, 3);
    assert_text(list.feeds[1].title, "Two");
    assert_text(list.feeds[1].category, "World");
    assert_text(list.feeds[2].category, NULL);
    assert_text(list.feeds[2].title, NULL);
}

static void test_urls_are_kept_byte_for_byte(void **unused)
{
    (void)unused;
    static const struct {
        const char *written, *url;
    } cases[] = {
        {"http://a.example/?a=1&amp;b=2", "http://a.example/?a=1&b=2"},
        {"HTTP://A.Example:80/../x%2fy", "HTTP://A.Example:80/../x%2fy"},
        {"http://a.example/&#x3C;&#62;&quot;&apos;", "http://a.example/<>\"'"},
        {"http://a.example/&amp;amp;", "http://a.example/&amp;"},
        {"http://a.example/\xC3\xBC", "http://a.example/\xC3\xBC"},
        {"http://a.example/&amp;#38;", "http://a.example/&#38;"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parsed(arena_printf(arena, "<outline xmlUrl=\"%s\"/>", cases[i].written).ptr);
        assert_int_equal(list.feed_count, 1);
        assert_text_of(cases[i].written, list.feeds[0].url, cases[i].url);
    }
}

static void test_titles_and_categories_are_decoded(void **unused)
{
    (void)unused;
    parsed(
        "<outline text='Arts &amp; Letters'><outline title='Q&amp;A' xmlUrl='http://a.example/'/></outline>");
    assert_text(list.feeds[0].category, "Arts & Letters");
    assert_text(list.feeds[0].title, "Q&A");
    assert_int_equal(parse(STR("<opml><head><title>A &amp; B</title></head><body/></opml>")), 0);
    assert_text(list.title, "A & B");
}

static void test_includes(void **unused)
{
    (void)unused;
    parsed("<outline type='include' text='More' url='http://a.example/list.opml'/>");
    assert_int_equal(list.feed_count, 1);
    assert_text(list.feeds[0].include, "http://a.example/list.opml");
    assert_text(list.feeds[0].url, NULL);
}

static void test_outlines_that_are_passed_over(void **unused)
{
    (void)unused;
    parsed("<outline type='rss' text='No address'/>\n"
           "<outline xmlUrl='file:///etc/passwd'/>\n"
           "<outline xmlUrl='javascript:alert(1)'/>\n"
           "<outline type='rss' xmlUrl=''/>\n"
           "<outline type='include' wrl='http://a.example/'/>\n"
           "<outline xmlUrl='http://a.example/'/>");
    assert_int_equal(list.feed_count, 1);
    assert_int_equal(list.problem_count, 5);
    assert_int_equal(list.problems[1].line, 2);
    assert_true(list.problems[1].text.len > 0);
}

static void test_missing_parts_do_no_harm(void **unused)
{
    (void)unused;
    assert_int_equal(parse(STR("<opml><body><outline xmlUrl='http://a.example/'/></body></opml>")), 0);
    assert_int_equal(list.feed_count, 1);
    assert_text(list.title, "");
    assert_int_equal(parse(STR("<opml><outline xmlUrl='http://a.example/'/></opml>")), 0);
    assert_int_equal(list.feed_count, 1);
    assert_int_equal(parse(STR("\xEF\xBB\xBF<opml/>")), 0);
    assert_int_equal(list.feed_count, 0);
}

static void test_encodings(void **unused)
{
    (void)unused;
    static const struct {
        const char *declaration, *title;
    } cases[] = {
        {"<?xml version='1.0' encoding='utf-8'?>", "caf\xC3\xA9"},
        {"<?xml version='1.0' encoding='iso-8859-1'?>", "caf\xE9"},
        {"<?xml version='1.0' encoding='utf-8'?>", "caf\xE9"}, /* a lie */
        {"<?xml version='1.0' encoding='utf-16'?>", "caf\xC3\xA9"},
        {"<?xml version='1.0' encoding='nonsense'?>", "caf\xC3\xA9"},
        {"", "caf\xE9"},
        {"\xEF\xBB\xBF", "caf\xC3\xA9"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(
            parse(arena_printf(arena, "%s<opml><outline text='%s' xmlUrl='http://a.example/%s'/></opml>",
                               cases[i].declaration, cases[i].title, cases[i].title)),
            0);
        assert_text_of(cases[i].declaration, list.feeds[0].title, "caf\xC3\xA9");
        assert_text_of(cases[i].declaration, list.feeds[0].url, "http://a.example/caf\xC3\xA9");
    }
}

static void test_what_is_no_opml(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "",
        "  \n ",
        "just text",
        "<html><body/></html>",
        "<rss version='2.0'><channel/></rss>",
        "{\"version\": \"https://jsonfeed.org/version/1.1\"}",
        "<opml><body><outline",
        "<!DOCTYPE opml [<!ENTITY a 'b'>]><opml><body><outline text='&a;'/></body></opml>",
        "<!DOCTYPE opml [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><opml><body>&a;</body></opml>",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (parse(str_from(texts[i])) != ERR_MALFORMED)
            fail_msg("\"%s\" was read as OPML", texts[i]);
        assert_int_equal(words.code, ERR_MALFORMED);
        assert_true(words.text[0]);
    }
}

static void test_a_long_title_is_cut_between_characters(void **unused)
{
    (void)unused;
    struct str title = repeated("x\xC3\xA9", 1000);
    struct str text = arena_printf(arena, "<opml><head><title>x%.*s</title></head></opml>", STR_ARG(title));
    assert_int_equal(parse(text), 0);
    assert_true(list.title.len > 100);
    assert_true(utf8_valid(list.title));
}

static void test_deep_nesting_ends_the_reading_or_the_path_only(void **unused)
{
    (void)unused;
    struct str open = repeated("<outline text='x'>", 100), close = repeated("</outline>", 100);
    parsed(arena_printf(arena, "%.*s<outline xmlUrl='http://a.example/'/>%.*s", STR_ARG(open), STR_ARG(close))
               .ptr);
    assert_int_equal(list.feed_count, 1);
    struct str deeper = repeated("<outline text='x'>", 5000);
    assert_int_equal(parse(arena_printf(arena, HEAD "%.*s", STR_ARG(deeper))), ERR_MALFORMED);
}

static void test_a_full_arena_is_an_error(void **unused)
{
    (void)unused;
    struct str outlines = repeated("<outline text='a title' xmlUrl='http://a.example/feed'/>", 20000);
    struct str text = arena_printf(arena, HEAD "%.*s" TAIL, STR_ARG(outlines));
    for (size_t cap = 65536; cap <= 1 << 20; cap *= 2) {
        struct arena *tiny = arena_create(cap);
        assert_int_equal(opml_parse(tiny, text, &list, &words), -ENOMEM);
        arena_destroy(&tiny);
    }
}

static void assert_same_feeds(const struct opml *one, const struct opml *other)
{
    assert_int_equal(one->feed_count, other->feed_count);
    assert_true(str_equal(one->title, other->title));
    for (size_t i = 0; i < one->feed_count; i++) {
        assert_true(str_equal(one->feeds[i].url, other->feeds[i].url));
        assert_true(str_equal(one->feeds[i].include, other->feeds[i].include));
        assert_true(str_equal(one->feeds[i].category, other->feeds[i].category));
        assert_true(str_equal(one->feeds[i].html_url, other->feeds[i].html_url));
        if (one->feeds[i].title.len)
            assert_true(str_equal(one->feeds[i].title, other->feeds[i].title));
    }
}

static void round_trip(void)
{
    struct opml first = list;
    struct buffer buffer = {0};
    assert_int_equal(opml_write(&buffer, &first), 0);
    int error = parse(buffer_str(&buffer));
    if (error)
        fail_msg("%s\n%.*s", words.text, STR_ARG(buffer_str(&buffer)));
    assert_int_equal(list.problem_count, 0);
    assert_same_feeds(&first, &list);
    buffer_done(&buffer);
}

static void test_what_is_written_reads_back_the_same(void **unused)
{
    (void)unused;
    parsed("<outline text='World'><outline text='Europe'>"
           "<outline text='A &amp; &quot;B&quot; &lt;c&gt;' xmlUrl='http://a.example/?x=1&amp;y=2' "
           "htmlUrl='http://a.example/'/></outline>"
           "<outline xmlUrl='http://b.example/'/></outline>"
           "<outline text='Worldwide'><outline xmlUrl='http://c.example/'/></outline>"
           "<outline type='include' text='more' url='http://d.example/l.opml'/>"
           "<outline text='Tab&#9;and&#10;line' xmlUrl='http://e.example/&#9;&#10;x'/>"
           "<outline xmlUrl='http://f.example/'/>");
    round_trip();
}

/* Slashes separate the parts of a category's path; parts of nothing are none. */
static void test_slashes_in_category_names(void **unused)
{
    (void)unused;
    static const struct {
        const char *name, *category;
    } cases[] = {
        {"/", NULL}, {"/World", "World"}, {"a//b", "a/b"}, {"a / b", "a/b"}, {"//a/", "a"}, {" / / ", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parsed(arena_printf(arena, "<outline text='%s'><outline xmlUrl='http://a.example/'/></outline>",
                            cases[i].name)
                   .ptr);
        assert_text_of(cases[i].name, list.feeds[0].category, cases[i].category);
        round_trip();
    }
}

/* Lists that do not come from opml_parse() end as well. */
static void test_any_category_can_be_written(void **unused)
{
    (void)unused;
    static const char *const categories[] = {"/", "//", "/a", "a/", "a//b", ""};
    for (size_t i = 0; i < COUNT(categories); i++) {
        struct opml_feed feed = {.url = STR("http://a.example/"), .category = str_from(categories[i])};
        struct opml own = {.feeds = &feed, .feed_count = 1};
        struct buffer buffer = {0};
        assert_int_equal(opml_write(&buffer, &own), 0);
        assert_int_equal(parse(buffer_str(&buffer)), 0);
        assert_int_equal(list.feed_count, 1);
        buffer_done(&buffer);
    }
}

static void test_damage_is_mended_as_in_feeds(void **unused)
{
    (void)unused;
    static const struct {
        const char *outlines, *url;
    } cases[] = {
        {"<outline xmlUrl='http://a.example/?x=1&format=rss&copy=1&lt=2&amp;y=3'/>",
         "http://a.example/?x=1&format=rss&copy=1&lt=2&y=3"},
        {"<outline xmlUrl='http://a.example/?x=1&format;y'/>", "http://a.example/?x=1&format;y"},
        {"<outline text='A & B' xmlUrl='http://a.example/1'/>", "http://a.example/1"},
        {"<outline text='<b>' xmlUrl='http://a.example/1'/>", "http://a.example/1"},
        {"<outline text='x'><outline xmlUrl='http://a.example/1'></outline>", "http://a.example/1"},
        {"<outline text=x xmlUrl=http://a.example/1?a=b />", "http://a.example/1?a=b"},
        {"<outline text='caf&eacute;' xmlUrl='http://a.example/1'/>", "http://a.example/1"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parsed(cases[i].outlines);
        assert_int_equal(list.feed_count, 1);
        assert_text_of(cases[i].outlines, list.feeds[0].url, cases[i].url);
        assert_int_equal(list.problem_count, 0);
        assert_text(list.title, "Mine");
    }
}

static void test_an_address_that_nobody_wrote_is_no_feed(void **unused)
{
    (void)unused;
    static const char *const outlines[] = {
        "<outline xmlUrl='http://a.example/1 title='x'/>",
        "<outline xmlUrl='http://a.example/&#55357;1'/>",
        "<outline xmlUrl='http://a.example/<b>1</b>'/>",
    };
    for (size_t i = 0; i < COUNT(outlines); i++) {
        parsed(arena_printf(arena,
                            "<outline xmlUrl='http://b.example/'/>%s<outline xmlUrl='http://c.example/'/>",
                            outlines[i])
                   .ptr);
        for (size_t feed = 0; feed < list.feed_count; feed++)
            if (str_starts(list.feeds[feed].url, STR("http://a.example")) &&
                !str_equal(list.feeds[feed].url, STR("http://a.example/1")))
                fail_msg("%s: %.*s", outlines[i], STR_ARG(list.feeds[feed].url));
        assert_text(list.feeds[0].url, "http://b.example/");
    }
}

static void test_a_list_that_ends_early_keeps_what_came(void **unused)
{
    (void)unused;
    assert_int_equal(
        parse(STR(HEAD "<outline xmlUrl='http://a.example/?a&b'/><outline xmlUrl='http://b.exam")),
        ERR_MALFORMED);
    assert_int_equal(list.feed_count, 1);
    assert_text(list.feeds[0].url, "http://a.example/?a&b");
}

static void parse_attributes(const void *unused, size_t count)
{
    (void)unused;
    struct buffer text = {0};
    buffer_append_str(&text, STR(HEAD "<outline xmlUrl='http://a.example/'"));
    for (size_t i = 0; i < count; i++)
        buffer_printf(&text, " a%zu=''", i);
    buffer_append_str(&text, STR("/>" TAIL));
    assert_int_equal(parse(buffer_str(&text)), 0);
    assert_int_equal(list.feed_count, 1);
    buffer_done(&text);
}

static void test_N9_attributes_of_lists_are_bounded(void **unused)
{
    (void)unused;
    assert_linear(parse_attributes, NULL, 200000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_ARENA(test_damage_is_mended_as_in_feeds),
        TEST_ARENA(test_an_address_that_nobody_wrote_is_no_feed),
        TEST_ARENA(test_a_list_that_ends_early_keeps_what_came),
        TEST_ARENA(test_N9_attributes_of_lists_are_bounded),
        TEST_ARENA(test_feeds_with_their_categories),
        TEST_ARENA(test_urls_are_kept_byte_for_byte),
        TEST_ARENA(test_titles_and_categories_are_decoded),
        TEST_ARENA(test_includes),
        TEST_ARENA(test_outlines_that_are_passed_over),
        TEST_ARENA(test_missing_parts_do_no_harm),
        TEST_ARENA(test_encodings),
        TEST_ARENA(test_what_is_no_opml),
        TEST_ARENA(test_a_long_title_is_cut_between_characters),
        TEST_ARENA(test_deep_nesting_ends_the_reading_or_the_path_only),
        TEST_ARENA(test_a_full_arena_is_an_error),
        TEST_ARENA(test_what_is_written_reads_back_the_same),
        TEST_ARENA(test_slashes_in_category_names),
        TEST_ARENA(test_any_category_can_be_written),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
