/* Atom 0.3 and 1.0: text constructs, links, people, bases, languages, withdrawals. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/feeds/feed_check.h"

#define FEED(text) "<feed xmlns=\"http://www.w3.org/2005/Atom\">" text "</feed>"
#define ENTRY(text) FEED("<title>News</title><entry>" text "</entry>")

static void test_the_three_kinds_of_text(void **state)
{
    (void)state;
    reads(ENTRY("<title>Bread &amp;amp; &lt;b&gt;</title>"));
    is("entries.0.title.value", "Bread &amp; <b>"); /* plain text is taken literally */
    is("entries.0.title.type", "text/plain");
    reads(ENTRY("<title type=\"html\">Bread &amp;amp; &lt;b&gt;water&lt;/b&gt;</title>"));
    is("entries.0.title.value", "Bread &amp; <b>water</b>");
    is("entries.0.title.type", "text/html");
    reads(ENTRY("<title type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">Bread &amp; "
                "<b>water</b></div></title>"));
    is("entries.0.title.value", "Bread &amp; <b>water</b>"); /* the wrapper is no part of it */
    is("entries.0.title.type", "application/xhtml+xml");
    reads(ENTRY("<title type=\"\">Empty type</title>"));
    is("entries.0.title.value", "Empty type");
}

static void test_content_elsewhere_and_encoded(void **state)
{
    (void)state;
    reads(ENTRY("<content src=\"/full.pdf\" type=\"application/pdf\"/>"));
    is("entries.0.content.0.src", "https://news.example/full.pdf");
    is("entries.0.content.0.type", "application/pdf");
    reads(ENTRY("<content type=\"text/html\" mode=\"base64\">PHA+SGk8L3A+</content>"));
    is("entries.0.content.0.value", "<p>Hi</p>");
}

static void test_links_by_relation(void **state)
{
    (void)state;
    reads(ENTRY("<link rel=\"alternate\"/><link href=\"/1\"/><link rel=\"alternate\" href=\"/2\"/><link "
                "rel=\"related\" href=\"/3\"/>"
                "<link rel=\"enclosure\" href=\"/4.mp3\" type=\"audio/mpeg\" length=\"9\"/>"));
    is("entries.0.link", "https://news.example/1"); /* the first alternate that leads anywhere */
    is("entries.0.links.0.rel", "alternate");
    is("entries.0.enclosures.0.url", "https://news.example/4.mp3");
    is("entries.0.enclosures.0.length", "9");
}

static void test_ids_are_kept_byte_for_byte(void **state)
{
    (void)state;
    static const char *const ids[] = {"HTTP://News.Example/1", "http://news.example:80/1",
                                      "http://news.example/a/../1", "http://news.example/%7ea",
                                      "tag:news.example,2022:1"};
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++) {
        char text[256];
        (void)snprintf(text, sizeof(text), ENTRY("<id> %s\n</id>"), ids[i]);
        reads(text);
        is("entries.0.id", ids[i]);
    }
}

static void test_people_and_dates(void **state)
{
    (void)state;
    reads(ENTRY("<author><name>Anna</name><email>anna@news.example</email><uri>/anna</uri></author>"
                "<contributor><name>Bo</name></contributor><published>2022-01-11T11:33:00-05:00</published>"
                "<updated>2022-01-11T17:00:00.25Z</updated>"));
    is("entries.0.authors.0.name", "Anna");
    is("entries.0.authors.0.url", "https://news.example/anna");
    is("entries.0.contributors.0.name", "Bo");
    is("entries.0.published", "2022-01-11T16:33:00Z");
    is("entries.0.updated", "2022-01-11T17:00:00.25Z");
}

static void test_source_keeps_its_own_people_and_titles(void **state)
{
    (void)state;
    reads(ENTRY("<title>Ours</title><author><name>Anna</name></author><source><id>urn:agency</"
                "id><title>Agency</title>"
                "<author><name>Bo</name></author></source>"));
    is("entries.0.title.value", "Ours");
    counts("entries.0.authors", 1);
    is("entries.0.source.title.value", "Agency");
    is("entries.0.source.authors.0.name", "Bo");
}

static void test_bases_are_inherited_and_may_be_relative(void **state)
{
    (void)state;
    reads("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"https://cdn.example/a/\"><entry "
          "xml:base=\"b/\">"
          "<link href=\"c\"/><content type=\"html\">&lt;img src=\"d.png\"&gt;</content></entry></feed>");
    is("entries.0.link", "https://cdn.example/a/b/c");
    is("entries.0.content.0.value", "<img src=\"https://cdn.example/a/b/d.png\">");
    reads("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:base=\"javascript:alert(1)\"><entry><link "
          "href=\"c\"/></entry></feed>");
    is("entries.0.link", "https://news.example/feeds/c");
    struct feed_header header = {STR("Content-Location"), STR("https://mirror.example/x/feed")};
    struct feed_parse_options options = WITH_URL;
    options.headers = &header;
    options.header_count = 1;
    reads_as(ENTRY("<link href=\"c\"/>"), &options);
    is("entries.0.link", "https://mirror.example/x/c");
}

static void test_languages_are_inherited_and_reset(void **state)
{
    (void)state;
    reads("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"de\"><title>N</title><entry "
          "xml:lang=\"fr\"><title>A</title></entry>"
          "<entry xml:lang=\"\"><title>B</title></entry></feed>");
    is("feed.title.language", "de");
    is("entries.0.title.language", "fr");
    absent("entries.1.title.language");
}

static void test_markup_of_other_languages_has_no_titles_for_us(void **state)
{
    (void)state;
    reads(ENTRY("<title>Ours</title><content type=\"xhtml\"><div xmlns=\"http://www.w3.org/1999/xhtml\">"
                "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Theirs</title></svg>text</div></content>"));
    is("entries.0.title.value", "Ours");
}

static void test_a_deleted_entry_is_said(void **state)
{
    (void)state;
    struct feed_document *document;
    struct feed_parse_options options = WITH_URL;
    struct str text =
        STR("<feed xmlns=\"http://www.w3.org/2005/Atom\" xmlns:at=\"http://purl.org/atompub/tombstones/1.0\">"
            "<at:deleted-entry ref=\"urn:1\" when=\"2022-01-11T12:00:00Z\"/></feed>");
    assert_int_equal(feed_parse(arena, text, &options, &document, &fault), 0);
    assert_int_equal(document->entries.count, 1);
    assert_true(document->entries.items[0]->deleted);
    assert_true(str_equal(document->entries.items[0]->id, STR("urn:1")));
}

static void test_paging_and_completeness(void **state)
{
    (void)state;
    reads("<feed xmlns=\"http://www.w3.org/2005/Atom\" "
          "xmlns:fh=\"http://purl.org/syndication/history/1.0\"><fh:complete/>"
          "<link rel=\"next\" href=\"?p=2\"/><link rel=\"prev-archive\" href=\"/2021\"/></feed>");
    is("feed.complete", "true");
    is("feed.next", "https://news.example/feeds/all?p=2");
    is("feed.archive", "https://news.example/2021");
}

static void test_atom_03(void **state)
{
    (void)state;
    reads("<feed version=\"0.3\" xmlns=\"http://purl.org/atom/ns#\"><title>Old</title><tagline>Still "
          "here</tagline>"
          "<entry><title mode=\"escaped\" type=\"text/html\">A "
          "&lt;b&gt;b&lt;/b&gt;</title><issued>2004-01-11T12:00:00Z</issued>"
          "<modified>2004-01-12T12:00:00Z</modified></entry></feed>");
    is("format", "atom-0.3");
    is("feed.subtitle.value", "Still here");
    is("entries.0.title.value", "A <b>b</b>");
    is("entries.0.published", "2004-01-11T12:00:00Z");
    is("entries.0.updated", "2004-01-12T12:00:00Z");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEED_TEST(test_the_three_kinds_of_text),
        FEED_TEST(test_content_elsewhere_and_encoded),
        FEED_TEST(test_links_by_relation),
        FEED_TEST(test_ids_are_kept_byte_for_byte),
        FEED_TEST(test_people_and_dates),
        FEED_TEST(test_source_keeps_its_own_people_and_titles),
        FEED_TEST(test_bases_are_inherited_and_may_be_relative),
        FEED_TEST(test_languages_are_inherited_and_reset),
        FEED_TEST(test_markup_of_other_languages_has_no_titles_for_us),
        FEED_TEST(test_a_deleted_entry_is_said),
        FEED_TEST(test_paging_and_completeness),
        FEED_TEST(test_atom_03),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
