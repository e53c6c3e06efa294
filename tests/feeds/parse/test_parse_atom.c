/* Atom 1.0 and 0.3: text constructs, links, bases, languages, sources, people. */
#include "feeds/parse/feed_fixture.h"

#define FEED(inner) "<feed xmlns='http://www.w3.org/2005/Atom'>" inner "</feed>"
#define ENTRY(inner) FEED("<entry>" inner "</entry>")
#define XHTML "xmlns='http://www.w3.org/1999/xhtml'"

static void test_versions(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *format;
    } cases[] = {
        {"<feed xmlns='http://www.w3.org/2005/Atom'/>", "atom-1.0"},
        {"<feed xmlns=' http://www.w3.org/2005/Atom '/>", "atom-1.0"},
        {"<a:feed xmlns:a='http://www.w3.org/2005/Atom'/>", "atom-1.0"},
        {"<feed version='0.3' xmlns='http://purl.org/atom/ns#'/>", "atom-0.3"},
        {"<feed xmlns='http://purl.org/atom/ns#'/>", "atom-0.3"},
        {"<feed/>", "atom"},
        {"<entry xmlns='http://www.w3.org/2005/Atom'><title>x</title></entry>", "atom-1.0"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(cases[i].text);
        assert_text_of(cases[i].text, str_from(feed_format_name(document->format)), cases[i].format);
    }
    assert_text(only_entry()->title.value, "x"); /* an entry alone is a document, too */
}

static void test_the_feed(void **unused)
{
    (void)unused;
    parse(FEED("<id> tag:a.example,2022:f </id><title type='html'>&lt;b&gt;T&lt;/b&gt;</title>"
               "<subtitle>S</subtitle><rights>R</rights><updated>2022-01-11T10:33:00Z</updated>"
               "<generator uri='/g' version='1'>G</generator><icon>i.ico</icon><logo>/l.png</logo>"
               "<author><name>Ann</name><email>a@a.example</email><uri>/ann</uri></author>"
               "<contributor><name>Ben</name></contributor>"
               "<link href='/'/><link rel='self' href='feed'/><link rel='hub' href='http://h.example/'/>"
               "<link rel='next' href='?p=2'/><category term='t' scheme='s' label='l'/>"));
    const struct feed_meta *feed = &document->feed;
    assert_text(feed->id, "tag:a.example,2022:f");
    assert_text(feed->title.value, "<b>T</b>");
    assert_text(feed->title.type, "text/html");
    assert_text(feed->subtitle.value, "S");
    assert_text(feed->rights.value, "R");
    assert_int_equal(feed->dates.updated.ms, 1641897180000);
    assert_text(feed->generator_url, "http://a.example/g");
    assert_text(feed->icon, "http://a.example/dir/i.ico");
    assert_text(feed->logo, "http://a.example/l.png");
    assert_text(feed->authors.items[0].url, "http://a.example/ann");
    assert_text(feed->contributors.items[0].name, "Ben");
    assert_text(feed->link, "http://a.example/");
    assert_text(feed->self, "http://a.example/dir/feed");
    assert_text(feed->hubs.items[0], "http://h.example/");
    assert_text(feed->next, "http://a.example/dir/feed?p=2");
    assert_text(feed->categories.items[0].label, "l");
}

static void test_text_constructs(void **unused)
{
    (void)unused;
    static const struct {
        const char *title, *value, *type;
    } cases[] = {
        {"<title>a &lt;b&gt; &amp;amp; c</title>", "a <b> &amp; c", "text/plain"},
        {"<title type=''>a</title>", "a", "text/plain"},
        {"<title type='text'>&lt;b&gt;a&lt;/b&gt;</title>", "<b>a</b>", "text/plain"},
        {"<title type='text/plain'>1 &lt; 2</title>", "1 < 2", "text/plain"},
        {"<title type='html'>&lt;b&gt;a&lt;/b&gt;</title>", "<b>a</b>", "text/html"},
        {"<title type='HTML'><![CDATA[<b>a</b>]]></title>", "<b>a</b>", "text/html"},
        {"<title type='xhtml'><div " XHTML ">a <b>b</b></div></title>", "a <b>b</b>",
         "application/xhtml+xml"},
        {"<title type='xhtml'><x:div xmlns:x='http://www.w3.org/1999/xhtml'><x:b>b</x:b></x:div></title>",
         "<b>b</b>", "application/xhtml+xml"},
        {"<title type='xhtml'>\n <div " XHTML ">a &lt; b</div>\n</title>", "a &lt; b",
         "application/xhtml+xml"},
        {"<title type='xhtml'><div " XHTML "><div>a</div><div>b</div></div></title>",
         "<div>a</div><div>b</div>", "application/xhtml+xml"},
        /* More than one element where there should be one: nothing may lose its end. */
        {"<title type='xhtml'><div " XHTML ">a</div><div " XHTML ">b</div></title>", "a<div>b</div>",
         "application/xhtml+xml"},
        {"<title type='xhtml'><div " XHTML ">a</div><b " XHTML ">b</b></title>", "a<b>b</b>",
         "application/xhtml+xml"},
        {"<title type='xhtml'><div " XHTML "><br/><img src='/i' alt='\"'/></div></title>",
         "<br /><img src=\"http://a.example/i\" alt=\"&quot;\" />", "application/xhtml+xml"},
        {"<title mode='base64' type='text/html'>PGI+YTwvYj4=</title>", "<b>a</b>", "text/html"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(arena_printf(arena, ENTRY("%s"), cases[i].title).ptr);
        assert_text_of(cases[i].title, only_entry()->title.value, cases[i].value);
        assert_text_of(cases[i].title, only_entry()->title.type, cases[i].type);
        assert_text(document->malformed, NULL);
    }
}

static void test_content(void **unused)
{
    (void)unused;
    parse(ENTRY("<summary>s</summary><content type='html'>&lt;p&gt;c&lt;/p&gt;</content>"
                "<content type='video/mp4' src='v.mp4'/>"
                "<content type='image/svg+xml'><svg xmlns='http://www.w3.org/2000/svg'><title>not this"
                "</title></svg></content>"));
    const struct feed_entry *entry = only_entry();
    assert_text(entry->title.value, NULL);
    assert_text(entry->summary.value, "s");
    assert_int_equal(entry->content.count, 3);
    assert_text(entry->content.items[0].value, "<p>c</p>");
    assert_text(entry->content.items[1].src, "http://a.example/dir/v.mp4");
    assert_text(entry->content.items[1].value, NULL);
    assert_text(entry->content.items[1].type, "video/mp4");
    assert_text(entry->content.items[2].type, "image/svg+xml");
}

static void test_ids_are_never_normalised(void **unused)
{
    (void)unused;
    static const char *const ids[] = {
        "http://www.Example.org/Thing", "HTTP://a.example/", "http://a.example:80/", "http://a.example/../x",
        "http://a.example/%7ejohn",     "relative/id",       "urn:UUID:60a76c80",
    };
    for (size_t i = 0; i < COUNT(ids); i++) {
        parse(arena_printf(arena, ENTRY("<id>%s</id>"), ids[i]).ptr);
        assert_text(only_entry()->id, ids[i]);
    }
}

static void test_links(void **unused)
{
    (void)unused;
    parse(ENTRY("<link rel='alternate'/><link rel='self' href='s'/><link href='one' hreflang='en'/>"
                "<link rel='alternate' href='two'/><link rel='enclosure' href='e' type='audio/mpeg' "
                "length='7' title='t'/><link rel='via' href='v'/><link rel='license' href='l'/>"
                "<link rel='replies' href='r'/><link rel='replies' href='r.xml' "
                "type='application/atom+xml'/><link href='javascript:x'/>"));
    const struct feed_entry *entry = only_entry();
    assert_text(entry->link, "http://a.example/dir/one");
    assert_text(entry->enclosures.items[0].url, "http://a.example/dir/e");
    assert_int_equal(entry->enclosures.items[0].length, 7);
    assert_text(entry->license, "http://a.example/dir/l");
    assert_text(entry->comments, "http://a.example/dir/r");
    assert_text(entry->comments_feed, "http://a.example/dir/r.xml");
    assert_text(document->feed.self, NULL);
}

static void test_bases(void **unused)
{
    (void)unused;
    static const struct {
        const char *feed_base, *entry_base, *link;
    } cases[] = {
        {"", "", "http://a.example/dir/x"},
        {"xml:base='http://b.example/y/'", "", "http://b.example/y/x"},
        {"xml:base='/y/'", "", "http://a.example/y/x"},
        {"xml:base='http://b.example/y/'", "xml:base='z/'", "http://b.example/y/z/x"},
        {"xml:base='http://b.example/'", "xml:base='http://c.example/'", "http://c.example/x"},
        {"xml:base='javascript:x'", "", "http://a.example/dir/x"},
        {"xml:base='  '", "", "http://a.example/dir/x"},
        {"xml:base='http://[broken'", "xml:base='http://c.example/'", "http://c.example/x"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(arena_printf(arena,
                           "<feed xmlns='http://www.w3.org/2005/Atom' %s><entry %s><link href='x'/>"
                           "</entry></feed>",
                           cases[i].feed_base, cases[i].entry_base)
                  .ptr);
        assert_text_of(cases[i].feed_base, only_entry()->link, cases[i].link);
    }
}

static void test_bases_reach_into_content(void **unused)
{
    (void)unused;
    parse(ENTRY("<content type='html' xml:base='http://b.example/'>&lt;a href='x'&gt;a&lt;/a&gt;</content>"));
    assert_text(only_entry()->content.items[0].value, "<a href=\"http://b.example/x\">a</a>");
    parse(ENTRY("<content type='xhtml'><div " XHTML " xml:base='http://c.example/'><a href='x'>a</a></div>"
                "</content>"));
    assert_text(only_entry()->content.items[0].value, "<a href=\"http://c.example/x\">a</a>");
}

static void test_languages(void **unused)
{
    (void)unused;
    parse("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en_GB'><entry xml:lang='de'><title>a</title>"
          "<summary xml:lang=''>b</summary></entry></feed>");
    assert_text(document->feed.language, "en-GB");
    assert_text(only_entry()->title.language, "de");
    assert_text(only_entry()->summary.language, NULL);
}

static void test_the_source_is_kept_apart(void **unused)
{
    (void)unused;
    parse(ENTRY("<title>mine</title><source><title>theirs</title><id>s</id><link rel='self' href='/s'/>"
                "<author><name>Their</name></author><updated>2022-01-11T10:33:00Z</updated></source>"
                "<author><name>My</name></author>"));
    const struct feed_entry *entry = only_entry();
    assert_text(entry->title.value, "mine");
    assert_int_equal(entry->authors.count, 1);
    assert_text(entry->authors.items[0].name, "My");
    assert_text(entry->source->title.value, "theirs");
    assert_text(entry->source->authors.items[0].name, "Their");
    assert_text(entry->source->self, "http://a.example/s");
    assert_int_equal(entry->dates.updated.precision, TIME_NONE);
    assert_text(document->feed.title.value, NULL);
}

static void test_atom_03(void **unused)
{
    (void)unused;
    parse("<feed version='0.3' xmlns='http://purl.org/atom/ns#'><tagline>T</tagline><info>I</info>"
          "<copyright>C</copyright><modified>2022-01-12T00:00:00Z</modified><entry>"
          "<title type='text/html' mode='escaped'>&lt;b&gt;a&lt;/b&gt;</title>"
          "<issued>2022-01-10T00:00:00Z</issued><created>2022-01-09T00:00:00Z</created>"
          "<modified>2022-01-11T00:00:00Z</modified>"
          "<content type='application/xhtml+xml' mode='xml'><div " XHTML ">c</div></content></entry></feed>");
    assert_text(document->feed.subtitle.value, "T");
    assert_text(document->feed.info.value, "I");
    assert_text(document->feed.rights.value, "C");
    const struct feed_entry *entry = only_entry();
    assert_text(entry->title.value, "<b>a</b>");
    assert_text(entry->dates.published.raw, "2022-01-10T00:00:00Z");
    assert_text(entry->dates.updated.raw, "2022-01-11T00:00:00Z");
    assert_text(entry->dates.created.raw, "2022-01-09T00:00:00Z");
    assert_text(entry->content.items[0].value, "<div>c</div>"); /* no wrapper in 0.3 */
}

static void test_of_several_dates_the_right_one_wins(void **unused)
{
    (void)unused;
    parse(ENTRY("<updated>soon</updated><modified>2022-01-10T00:00:00Z</modified>"
                "<published>2022-01-11T00:00:00Z</published><issued>2022-01-09T00:00:00Z</issued>"));
    assert_text(only_entry()->dates.published.raw, "2022-01-11T00:00:00Z");
}

static void test_the_shallowest_element_counts(void **unused)
{
    (void)unused;
    parse(ENTRY("<content type='xhtml'><div " XHTML "><title>inner</title></div></content>"
                "<author><name>Ann</name><title>Dr</title></author><title>outer</title>"));
    assert_text(only_entry()->title.value, "outer");
    assert_text(only_entry()->authors.items[0].name, "Ann");
}

static void test_withdrawn_entries(void **unused)
{
    (void)unused;
    parse("<feed xmlns='http://www.w3.org/2005/Atom' xmlns:at='http://purl.org/atompub/tombstones/1.0'>"
          "<at:deleted-entry ref='tag:a.example,2022:1' when='2022-01-11T10:33:00Z'/></feed>");
    assert_true(only_entry()->deleted);
    assert_text(only_entry()->id, "tag:a.example,2022:1");
}

static void test_the_arena_may_run_out_anywhere(void **unused)
{
    (void)unused;
    check_arena_caps(FEED("<title type='xhtml'><div " XHTML ">a<br/>b</div></title><entry><title>t</title>"
                          "<id>1</id><content type='html'>&lt;a href='x'&gt;y&lt;/a&gt;</content>"
                          "<source><title>s</title></source><author><name>A</name></author>"
                          "<link href='?a=1&amp;b=2'/><category term='c'/></entry>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_FEED(test_versions),
        TEST_FEED(test_the_feed),
        TEST_FEED(test_text_constructs),
        TEST_FEED(test_content),
        TEST_FEED(test_ids_are_never_normalised),
        TEST_FEED(test_links),
        TEST_FEED(test_bases),
        TEST_FEED(test_bases_reach_into_content),
        TEST_FEED(test_languages),
        TEST_FEED(test_the_source_is_kept_apart),
        TEST_FEED(test_atom_03),
        TEST_FEED(test_of_several_dates_the_right_one_wins),
        TEST_FEED(test_the_shallowest_element_counts),
        TEST_FEED(test_withdrawn_entries),
        TEST_FEED(test_the_arena_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
