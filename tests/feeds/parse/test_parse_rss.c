/* RSS in all its versions, RDF ones included, and what every XML feed shares: damage, limits, encodings. */
#include "feeds/parse/feed_fixture.h"
#include "feeds/xml/xml.h"

#define CHANNEL(inner) "<rss version='2.0'><channel>" inner "</channel></rss>"
#define ITEM(inner) CHANNEL("<item>" inner "</item>")

static void test_versions(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *format;
    } cases[] = {
        {"<rss version='2.0'><channel/></rss>", "rss-2.0"},
        {"<rss version=' 2.0.1 '><channel/></rss>", "rss-2.0"},
        {"<rss version='2.1'><channel/></rss>", "rss-2.0"},
        {"<rss version='0.91'><channel/></rss>", "rss-0.91u"},
        {"<!DOCTYPE rss PUBLIC '-//Netscape Communications//DTD RSS 0.91//EN' 'x'><rss version='0.91'/>",
         "rss-0.91n"},
        {"<rss version='0.92'/>", "rss-0.92"},
        {"<rss version='0.93'/>", "rss-0.93"},
        {"<rss version='0.94'/>", "rss-0.94"},
        {"<rss/>", "rss"},
        {"<channel><title>t</title></channel>", "rss"},
        {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://purl.org/rss/1.0/'><channel/></rdf:RDF>",
         "rss-1.0"},
        {"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
         "xmlns='http://my.netscape.com/rdf/simple/0.9/'><channel/></rdf:RDF>",
         "rss-0.90"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(cases[i].text);
        assert_text_of(cases[i].text, str_from(feed_format_name(document->format)), cases[i].format);
    }
}

static void test_the_channel(void **unused)
{
    (void)unused;
    parse(CHANNEL("<title> News </title><link>http://a.example/</link><description>About</description>"
                  "<language>en-gb</language><copyright>(c)</copyright>"
                  "<managingEditor>ed@a.example (Ed)</managingEditor><webMaster>wm@a.example</webMaster>"
                  "<generator>Gen</generator><docs>http://a.example/docs</docs><ttl>60</ttl>"
                  "<category domain='http://d.example/'>One</category><category>Two</category>"
                  "<cloud domain='c.example' port='80' path='/p' registerProcedure='r' protocol='xml-rpc'/>"
                  "<skipHours><hour>0</hour><hour>23</hour><hour>24</hour><hour>99</hour></skipHours>"
                  "<skipDays><day>Sunday</day><day>saturday</day><day>Someday</day></skipDays>"));
    const struct feed_meta *feed = &document->feed;
    assert_text(feed->title.value, "News");
    assert_text(feed->link, "http://a.example/");
    assert_text(feed->description.value, "About");
    assert_text(feed->language, "en-gb");
    assert_text(feed->rights.value, "(c)");
    assert_int_equal(feed->authors.count, 1);
    assert_text(feed->authors.items[0].name, "Ed");
    assert_text(feed->authors.items[0].email, "ed@a.example");
    assert_text(feed->webmaster.email, "wm@a.example");
    assert_text(feed->generator_name, "Gen");
    assert_text(feed->docs, "http://a.example/docs");
    assert_int_equal(feed->ttl_s, 3600);
    assert_int_equal(feed->categories.count, 2);
    assert_text(feed->categories.items[0].scheme, "http://d.example/");
    assert_text(feed->categories.items[1].term, "Two");
    assert_text(feed->cloud.register_procedure, "r");
    assert_int_equal(feed->skip_hours, 1u << 0 | 1u << 23);
    assert_int_equal(feed->skip_days, 1u << 0 | 1u << 6);
    assert_text(document->malformed, NULL);
}

static void test_what_is_not_said_is_not_there(void **unused)
{
    (void)unused;
    parse(CHANNEL("<title></title><ttl>soon</ttl><link> </link><item/>"));
    assert_text(document->feed.title.value, NULL);
    assert_text(document->feed.link, NULL);
    assert_int_equal(document->feed.ttl_s, -1);
    const struct feed_entry *entry = only_entry();
    assert_text(entry->id, NULL);
    assert_text(entry->title.value, NULL);
    assert_int_equal(entry->dates.published.precision, TIME_NONE);
    assert_text(entry->dates.published.raw, NULL);
}

static void test_an_item(void **unused)
{
    (void)unused;
    parse(ITEM("<title>A &amp; B</title><link>story</link><description>&lt;b&gt;x&lt;/b&gt;</description>"
               "<content:encoded xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
               "<![CDATA[<p>full</p>]]></content:encoded><author>Ann (ann@a.example)</author>"
               "<comments>/c</comments><pubDate>Tue, 11 Jan 2022 10:33:00 GMT</pubDate>"
               "<source url='http://s.example/feed'>Other</source>"
               "<enclosure url='a.mp3' type='audio/mpeg' length='12'/><enclosure url='b.mp3' length='x'/>"));
    const struct feed_entry *entry = only_entry();
    assert_text(entry->title.value, "A & B");
    assert_text(entry->link, "http://a.example/dir/story");
    assert_text(entry->summary.value, "<b>x</b>");
    assert_text(entry->summary.type, "text/html");
    assert_int_equal(entry->content.count, 1);
    assert_text(entry->content.items[0].value, "<p>full</p>");
    assert_text(entry->authors.items[0].email, "ann@a.example");
    assert_text(entry->comments, "http://a.example/c");
    assert_int_equal(entry->dates.published.ms, 1641897180000);
    assert_text(entry->source->title.value, "Other");
    assert_text(entry->source->self, "http://s.example/feed");
    assert_int_equal(entry->enclosures.count, 2);
    assert_text(entry->enclosures.items[0].url, "http://a.example/dir/a.mp3");
    assert_int_equal(entry->enclosures.items[0].length, 12);
    assert_int_equal(entry->enclosures.items[1].length, -1);
    assert_int_equal(entry->links.count, 3);
}

static void test_guid_and_link(void **unused)
{
    (void)unused;
    static const struct {
        const char *inner, *id, *link;
        bool id_is_link;
    } cases[] = {
        {"<guid>http://a.example/1</guid>", "http://a.example/1", "http://a.example/1", true},
        {"<guid isPermaLink='true'>http://a.example/1</guid>", "http://a.example/1", "http://a.example/1",
         true},
        {"<guid isPermaLink='false'>http://a.example/1</guid>", "http://a.example/1", NULL, false},
        {"<guid isPermaLink='false'>  1 </guid>", "1", NULL, false},
        {"<guid>tag:a.example,2022:1</guid>", "tag:a.example,2022:1", NULL, false},
        {"<guid>http://a.example/1</guid><link>http://a.example/2</link>", "http://a.example/1",
         "http://a.example/2", false},
        {"<link>http://a.example/2</link><guid>http://a.example/1</guid>", "http://a.example/1",
         "http://a.example/2", false},
        {"<guid>HTTP://A.Example/%7e/../x?B=1&amp;a=2</guid><link>http://a.example/2</link>",
         "HTTP://A.Example/%7e/../x?B=1&a=2", "http://a.example/2", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(arena_printf(arena, ITEM("%s"), cases[i].inner).ptr);
        const struct feed_entry *entry = only_entry();
        assert_text_of(cases[i].inner, entry->id, cases[i].id);
        assert_text_of(cases[i].inner, entry->link, cases[i].link);
        assert_int_equal(entry->id_is_link, cases[i].id_is_link);
    }
}

static void test_a_guid_that_is_a_broken_url_is_an_id(void **unused)
{
    (void)unused;
    parse(ITEM("<guid>http://[broken</guid><title>A</title>"));
    assert_text(only_entry()->id, "http://[broken");
    assert_text(only_entry()->title.value, "A");
}

static void test_parts_of_containers_do_not_leak(void **unused)
{
    (void)unused;
    parse(CHANNEL("<image><title>it</title><url>i.png</url><link>il</link><width>9</width></image>"
                  "<textInput><title>tt</title><description>td</description><name>tn</name><link>tl</link>"
                  "</textInput><item><title>one</title></item>"));
    assert_text(document->feed.title.value, NULL);
    assert_text(document->feed.description.value, NULL);
    assert_text(document->feed.link, NULL);
    assert_int_equal(document->feed.links.count, 0);
    assert_text(document->feed.image->url, "http://a.example/dir/i.png");
    assert_text(document->feed.image->title, "it");
    assert_int_equal(document->feed.image->width, 9);
    assert_int_equal(document->feed.image->height, -1);
    assert_text(document->feed.text_input.name, "tn");
    assert_text(only_entry()->title.value, "one");
}

static void test_rdf_items_beside_the_channel(void **unused)
{
    (void)unused;
    parse("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/' "
          "xmlns:dc='http://purl.org/dc/elements/1.1/'><channel rdf:about='http://a.example/'>"
          "<title>t</title></channel><item rdf:about='http://a.example/1'><title>one</title>"
          "<dc:date>2022-01-11</dc:date><dc:creator>Ann</dc:creator><dc:creator>Ben</dc:creator></item>"
          "<textinput/></rdf:RDF>");
    assert_text(document->feed.id, "http://a.example/");
    const struct feed_entry *entry = only_entry();
    assert_text(entry->id, "http://a.example/1");
    assert_int_equal(entry->authors.count, 2);
    assert_int_equal(entry->dates.published.precision, TIME_DAY);
}

static void test_items_anywhere_and_names_in_odd_case(void **unused)
{
    (void)unused;
    parse("<rss version='2.0'><channel><TITLE>t</TITLE></channel><Item><Title>one</Title>"
          "<PubDate>2022-01-11</PubDate></Item></rss>");
    assert_text(document->feed.title.value, "t");
    assert_text(only_entry()->title.value, "one");
    assert_text(only_entry()->dates.published.raw, "2022-01-11");
}

static void test_an_item_within_an_item_ends_it(void **unused)
{
    (void)unused;
    parse(ITEM("<title>one</title><item><title>two</title></item><link>http://a.example/late</link>"));
    assert_int_equal(document->entries.count, 2);
    assert_text(document->entries.items[0]->title.value, "one");
    assert_text(document->entries.items[1]->title.value, "two");
    assert_text(document->feed.link, NULL); /* what follows belongs to nobody */
}

static void test_unknown_elements_do_no_harm(void **unused)
{
    (void)unused;
    parse(ITEM("<x><title>not this</title></x><title>this</title><svg xmlns='http://www.w3.org/2000/svg'>"
               "<title>nor this</title></svg><y:title xmlns:y='http://y.example/'>nor</y:title>"));
    assert_text(only_entry()->title.value, "this");
}

static void test_unreadable_dates_stay_raw(void **unused)
{
    (void)unused;
    parse(ITEM("<pubDate>last week</pubDate>"));
    assert_text(only_entry()->dates.published.raw, "last week");
    assert_int_equal(only_entry()->dates.published.precision, TIME_NONE);
}

static void test_unsafe_addresses_are_dropped(void **unused)
{
    (void)unused;
    parse(ITEM("<link>javascript:alert(1)</link><comments>data:text/html,x</comments>"
               "<enclosure url='file:///etc/passwd' type='x/y'/>"));
    assert_text(only_entry()->link, NULL);
    assert_text(only_entry()->comments, NULL);
    for (size_t i = 0; i < only_entry()->enclosures.count; i++)
        assert_text(only_entry()->enclosures.items[i].url, NULL);
}

static void test_a_sound_document_with_headers(void **unused)
{
    (void)unused;
    header("Content-Language", "de");
    header("content-location", "/other/feed");
    parse(ITEM("<link>x</link>"));
    assert_text(document->feed.language, "de");
    assert_text(only_entry()->link, "http://a.example/other/x");
    headers[1].value = STR("data:/text/html");
    parse(ITEM("<link>x</link>"));
    assert_text(only_entry()->link, "http://a.example/dir/x");
}

static void test_damage_is_mended_and_told(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *title, *repair;
    } cases[] = {
        {"\n " CHANNEL("<item><title>A</title></item>"), "A", NULL},
        {"\n<?xml version='1.0'?>" ITEM("<title>A</title>"), "A", "leading-junk"},
        {ITEM("<title>A</title>") "junk", "A", "trailing-junk"},
        {ITEM("<title>A & B</title>"), "A & B", "bare-ampersand"},
        {ITEM("<title>A\x0B"
              "B</title>"),
         "AB", "control-characters"},
        {ITEM("<title>caf&eacute;</title>"), "caf\xC3\xA9", "html-entities"},
        {ITEM("<title>A</title><x:y>z</x:y>"), "A", "undeclared-prefix"},
        {ITEM("<title>A</title><b>"), "A", "mismatched-tags"},
        {ITEM("<title>A</title><enclosure url=x/>"), "A", "attributes"},
        {"<?xml version='1.0' encoding='utf-16'?>" ITEM("<title>A</title>"), "A", "encoding-override"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(cases[i].text);
        assert_text_of(cases[i].text, only_entry()->title.value, cases[i].title);
        assert_int_equal(document->malformed.ptr != NULL, cases[i].repair != NULL);
        if (cases[i].repair && !repaired(cases[i].repair))
            fail_msg("%s: no repair %s", cases[i].text, cases[i].repair);
    }
}

static void test_a_truncated_document_keeps_what_is_complete(void **unused)
{
    (void)unused;
    static const char text[] = "<rss version='2.0'><channel><title>t</title><item><title>one</title></item>"
                               "<item><title>two</title><link>http://a.example/very-long-link</link></item>"
                               "</channel></rss>";
    size_t one = (size_t)(strstr(text, "</item>") - text) + 7;
    for (size_t length = one; length < sizeof(text) - 8; length++) {
        assert_int_equal(try_parse(str_make(text, length)), 0);
        assert_true(document->truncated);
        size_t complete = strstr(text, "</item></channel>") + 7 - text <= (ptrdiff_t)length ? 2 : 1;
        assert_int_equal(document->entries.count, complete);
        if (complete == 2)
            assert_text(document->entries.items[1]->link, "http://a.example/very-long-link");
    }
}

static void test_what_is_no_feed(void **unused)
{
    (void)unused;
    assert_refused("", ERR_EMPTY, "empty");
    assert_refused(" \n\t", ERR_EMPTY, "empty");
    assert_refused("\xEF\xBB\xBF", ERR_EMPTY, "empty");
    assert_refused("plain text", ERR_NOT_A_FEED, "neither");
    assert_refused("<!DOCTYPE html><html><body>x</body></html>", ERR_NOT_A_FEED, "HTML");
    assert_refused("<html><head><title>x</title><p>y", ERR_NOT_A_FEED, "HTML");
    assert_refused("<?xml version='1.0'?><opml version='2.0'><head><title>x</title></head><body/></opml>",
                   ERR_NOT_A_FEED, "OPML list");
    assert_refused("<html><body>an &lt;opml file: <opml>", ERR_NOT_A_FEED, "HTML");
    assert_refused("<thing/>", ERR_NOT_A_FEED, "'thing'");
    assert_refused("<", ERR_NOT_A_FEED, "");
    assert_refused("<?xml version='1.0'?>", ERR_NOT_A_FEED, "");
    assert_refused("<!-- <rss/> -->", ERR_NOT_A_FEED, "");
}

static void test_entity_bombs_are_refused(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "<!DOCTYPE rss [<!ENTITY a 'xx'><!ENTITY b '&a;&a;&a;'>]>" ITEM("<title>&b;</title>"),
        "<!DOCTYPE rss [<!ENTITY % a 'x'>%a;]>" ITEM("<title>x</title>"),
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_refused(texts[i], ERR_LIMIT, "entities");
    parse("<!DOCTYPE rss [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>" ITEM("<title>x&a;</title>"));
    assert_text(only_entry()->title.value, "x");
    parse("<!DOCTYPE rss [<!ENTITY % a SYSTEM 'http://x.example/'>%a;]>" ITEM("<title>x</title>"));
    assert_text(only_entry()->title.value, "x");
    parse("<!DOCTYPE rss [<!ENTITY a 'x'>]>" ITEM("<title>&a;&a;</title>"));
    assert_text(only_entry()->title.value, "xx");
}

static void test_entries_max(void **unused)
{
    (void)unused;
    struct str items = repeated("<item><title>x</title></item>", 5);
    struct str text = arena_printf(arena, CHANNEL("%.*s"), STR_ARG(items));
    static const struct {
        size_t max, count;
        bool hit;
    } cases[] = {{1, 1, true}, {4, 4, true}, {5, 5, false}, {6, 5, false}, {0, 5, false}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        options.entries_max = cases[i].max;
        assert_int_equal(try_parse(text), 0);
        assert_int_equal(document->entries.count, cases[i].count);
        assert_int_equal(document->limit_hit, cases[i].hit);
        assert_int_equal(document->truncated, cases[i].hit);
    }
}

static void test_depth_limit(void **unused)
{
    (void)unused;
    static const char *const places[] = {"", "<unknown>", "<description>"};
    for (size_t i = 0; i < COUNT(places); i++) {
        struct str deep = repeated("<b>", 500);
        struct str text =
            arena_printf(arena, "<rss version='2.0'><channel><item><title>one</title></item><item>%s%.*s",
                         places[i], STR_ARG(deep));
        assert_int_equal(try_parse(text), 0);
        assert_int_equal(document->entries.count, 1);
        assert_true(document->limit_hit || document->truncated);
    }
}

static void test_a_long_text_is_cut(void **unused)
{
    (void)unused;
    struct str title = repeated("0123456789abcdef", FEED_TEXT_BYTES_MAX / 16 + 1000);
    struct str text =
        arena_printf(arena, ITEM("<title>%.*s</title><link>http://a.example/1</link>"), STR_ARG(title));
    assert_int_equal(try_parse(text), 0);
    assert_true(document->limit_hit);
    assert_true(only_entry()->title.value.len <= FEED_TEXT_BYTES_MAX);
    assert_text(only_entry()->link, "http://a.example/1");
}

/* Lists without end cost no more than reading them. */
static void test_many_categories_and_authors(void **unused)
{
    (void)unused;
    enum { MANY = 60000 };
    struct buffer text = {0};
    buffer_append_str(&text, STR("<rss version='2.0'><channel><item>"));
    for (int i = 0; i < MANY; i++)
        buffer_printf(&text, "<category>%06d</category><author>a%06d</author>", i, i);
    buffer_append_str(&text, STR("<title>end</title></item></channel></rss>"));
    assert_int_equal(try_parse(buffer_str(&text)), 0);
    assert_text(only_entry()->title.value, "end");
    assert_true(only_entry()->categories.count < MANY);
    assert_true(only_entry()->authors.count < MANY);
    assert_true(document->limit_hit);
    buffer_done(&text);
}

static void test_the_arena_may_run_out_anywhere(void **unused)
{
    (void)unused;
    struct str text = repeated("word ", 3000);
    check_arena_caps(
        arena_printf(arena,
                     CHANNEL("<title>t</title><category>c</category><image><url>i</url></image>"
                             "<item><title>&lt;b&gt;x&lt;/b&gt;</title><description>%.*s"
                             "&lt;a href='x'&gt;y&lt;/a&gt;</description><author>A (a@b)</author>"
                             "<guid>g</guid><enclosure url='e'/></item>"),
                     STR_ARG(text))
            .ptr);
    check_arena_caps(ITEM("<title>R & D &eacute;</title><guid>x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_FEED(test_versions),
        TEST_FEED(test_the_channel),
        TEST_FEED(test_what_is_not_said_is_not_there),
        TEST_FEED(test_an_item),
        TEST_FEED(test_guid_and_link),
        TEST_FEED(test_a_guid_that_is_a_broken_url_is_an_id),
        TEST_FEED(test_parts_of_containers_do_not_leak),
        TEST_FEED(test_rdf_items_beside_the_channel),
        TEST_FEED(test_items_anywhere_and_names_in_odd_case),
        TEST_FEED(test_an_item_within_an_item_ends_it),
        TEST_FEED(test_unknown_elements_do_no_harm),
        TEST_FEED(test_unreadable_dates_stay_raw),
        TEST_FEED(test_unsafe_addresses_are_dropped),
        TEST_FEED(test_a_sound_document_with_headers),
        TEST_FEED(test_damage_is_mended_and_told),
        TEST_FEED(test_a_truncated_document_keeps_what_is_complete),
        TEST_FEED(test_what_is_no_feed),
        TEST_FEED(test_entity_bombs_are_refused),
        TEST_FEED(test_entries_max),
        TEST_FEED(test_depth_limit),
        TEST_FEED(test_a_long_text_is_cut),
        TEST_FEED(test_many_categories_and_authors),
        TEST_FEED(test_the_arena_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
