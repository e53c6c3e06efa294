/* RSS of all versions: the core elements, guid and link, people, and modules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/feeds/feed_check.h"

#define CHANNEL(text) "<rss version=\"2.0\"><channel>" text "</channel></rss>"
#define ITEM(text) CHANNEL("<title>News</title><item>" text "</item>")
/* With the modules' usual prefixes. */
#define MODULES(text)                                                                                        \
    "<rss version=\"2.0\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" "                                    \
    "xmlns:content=\"http://purl.org/rss/1.0/modules/content/\""                                             \
    " xmlns:media=\"http://search.yahoo.com/mrss/\" "                                                        \
    "xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\""                                            \
    " xmlns:georss=\"http://www.georss.org/georss\" "                                                        \
    "xmlns:sy=\"http://purl.org/rss/1.0/modules/syndication/\""                                              \
    " xmlns:slash=\"http://purl.org/rss/1.0/modules/slash/\" "                                               \
    "xmlns:atom=\"http://www.w3.org/2005/Atom\"><channel>" text "</channel></rss>"

static void test_versions_are_told_apart(void **state)
{
    (void)state;
    static const char *const versions[][2] = {
        {"<rss version=\"2.0\"><channel/></rss>", "rss-2.0"},
        {"<rss version=\"0.91\"><channel/></rss>", "rss-0.91u"},
        {"<!DOCTYPE rss PUBLIC \"-//Netscape Communications//DTD RSS 0.91//EN\" "
         "\"http://my.netscape.com/publish/formats/rss-0.91.dtd\">"
         "<rss version=\"0.91\"><channel/></rss>",
         "rss-0.91n"},
        {"<rss version=\"0.92\"><channel/></rss>", "rss-0.92"},
        {"<rss><channel/></rss>", "rss"},
        {"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
         "xmlns=\"http://purl.org/rss/1.0/\"><channel/></rdf:RDF>",
         "rss-1.0"},
        {"<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
         "xmlns=\"http://my.netscape.com/rdf/simple/0.9/\"><channel/></rdf:RDF>",
         "rss-0.90"},
    };
    for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
        reads(versions[i][0]);
        is("format", versions[i][1]);
    }
}

static void test_the_channel_and_its_parts_are_kept_apart(void **state)
{
    (void)state;
    reads(CHANNEL(
        "<title>News</title><link>https://news.example/</link><description>All of it</description>"
        "<language>en-GB</language><copyright>2022 News</copyright><ttl>90</ttl><docs>/docs</docs>"
        "<image><url>/logo.png</url><title>Logo</title><link>https://news.example/logo</link><width>88</"
        "width></image>"
        "<textInput><title>Search</title><name>q</name><link>/search</link></textInput>"
        "<skipHours><hour>3</hour><hour>24</hour></skipHours><skipDays><day>Sunday</day></skipDays>"));
    is("feed.title.value", "News");
    is("feed.link", "https://news.example/");
    is("feed.description.value", "All of it");
    is("feed.language", "en-GB");
    is("feed.rights.value", "2022 News");
    is("feed.ttl_s", "5400");
    is("feed.docs", "https://news.example/docs");
    is("feed.image.url", "https://news.example/logo.png");
    is("feed.image.title", "Logo");
    is("feed.image.width", "88");
    is("feed.text_input.title", "Search");
    is("feed.skip_hours", "[0,3]");
    is("feed.skip_days", "[\"Sunday\"]");
}

static void test_an_item_with_everything(void **state)
{
    (void)state;
    reads(ITEM("<title>Bridge reopens</title><link>/2022/bridge</link><guid isPermaLink=\"false\">b-17</guid>"
               "<description>It is open.</description><category "
               "domain=\"desk\">City</category><category>Roads</category>"
               "<comments>/2022/bridge#comments</comments><pubDate>Tue, 11 Jan 2022 11:33:00 -0500</pubDate>"
               "<enclosure url=\"/bridge.mp3\" length=\"1200\" type=\"audio/mpeg\"/><enclosure "
               "url=\"/bridge.jpg\" type=\"image/jpeg\"/>"
               "<source url=\"https://agency.example/rss\">Agency</source>"));
    is("entries.0.id", "b-17");
    absent("entries.0.id_is_link");
    is("entries.0.link", "https://news.example/2022/bridge");
    is("entries.0.summary.value", "It is open.");
    is("entries.0.categories.0.term", "City");
    is("entries.0.categories.0.scheme", "desk");
    counts("entries.0.categories", 2);
    is("entries.0.comments", "https://news.example/2022/bridge#comments");
    is("entries.0.published", "2022-01-11T16:33:00Z");
    is("entries.0.published_raw", "Tue, 11 Jan 2022 11:33:00 -0500");
    counts("entries.0.enclosures", 2);
    is("entries.0.enclosures.0.length", "1200");
    absent("entries.0.enclosures.1.length");
    is("entries.0.source.title.value", "Agency");
    is("entries.0.source.self", "https://agency.example/rss");
}

static void test_guid_and_link(void **state)
{
    (void)state;
    reads(ITEM("<guid>https://news.example/1</guid>"));
    is("entries.0.link", "https://news.example/1");
    is("entries.0.id_is_link", "true");
    reads(
        ITEM("<guid isPermaLink=\"true\">https://news.example/1</guid><link>https://news.example/2</link>"));
    is("entries.0.link", "https://news.example/2"); /* a guid never overrides a link */
    reads(ITEM("<guid isPermaLink=\"false\">https://news.example/1</guid>"));
    absent("entries.0.link");
    is("entries.0.id", "https://news.example/1");
    reads(ITEM("<guid>ht!tp:\\\\odd</guid><title>t</title>"));
    is("entries.0.id", "ht!tp:\\\\odd"); /* byte for byte */
}

static void test_people_are_split(void **state)
{
    (void)state;
    static const char *const people[][3] = {
        {"anna@news.example (Anna Keller)", "Anna Keller", "anna@news.example"},
        {"Anna Keller (anna@news.example)", "Anna Keller", "anna@news.example"},
        {"Anna Keller &lt;anna+desk@news.example&gt;", "Anna Keller", "anna+desk@news.example"},
        {"Anna Keller", "Anna Keller", NULL},
        {"anna@news.example", NULL, "anna@news.example"},
    };
    for (size_t i = 0; i < sizeof(people) / sizeof(people[0]); i++) {
        char text[512];
        (void)snprintf(text, sizeof(text), ITEM("<author>%s</author>"), people[i][0]);
        reads(text);
        if (people[i][1])
            is("entries.0.authors.0.name", people[i][1]);
        else
            absent("entries.0.authors.0.name");
        if (people[i][2])
            is("entries.0.authors.0.email", people[i][2]);
        else
            absent("entries.0.authors.0.email");
    }
    reads(MODULES("<item><dc:creator>Anna Keller</dc:creator><dc:creator>Bo Lind</dc:creator></item>"));
    counts("entries.0.authors", 2);
    is("entries.0.authors.1.name", "Bo Lind");
}

static void test_description_and_content_stand_side_by_side(void **state)
{
    (void)state;
    static const char *const orders[] = {
        MODULES("<item><description>Short</description><content:encoded><![CDATA[<p>Long</p>]]></"
                "content:encoded></item>"),
        MODULES("<item><content:encoded><![CDATA[<p>Long</p>]]></content:encoded><description>Short</"
                "description></item>"),
    };
    for (size_t i = 0; i < 2; i++) {
        reads(orders[i]);
        is("entries.0.summary.value", "Short");
        is("entries.0.content.0.value", "<p>Long</p>");
        is("entries.0.content.0.type", "text/html");
    }
}

static void test_html_from_items_is_safe_and_its_links_absolute(void **state)
{
    (void)state;
    reads(ITEM("<description>&lt;p onclick=\"x()\"&gt;See &lt;a "
               "href=\"/more\"&gt;more&lt;/a&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;/p&gt;"
               "</description>"));
    is("entries.0.summary.type", "text/html");
    is("entries.0.summary.value", "<p>See <a href=\"https://news.example/more\">more</a></p>");
}

static void test_items_stand_where_they_should_not(void **state)
{
    (void)state;
    reads("<rss version=\"2.0\"><channel><title>N</title></channel><item><guid>outside</guid></item></rss>");
    is("entries.0.id", "outside");
    reads("<RSS VERSION=\"2.0\"><Channel><TITLE>N</TITLE><Item><Guid>case</Guid></Item></Channel></RSS>");
    is("feed.title.value", "N");
    is("entries.0.id", "case");
}

static void test_rdf_items_are_siblings_of_the_channel(void **state)
{
    (void)state;
    reads("<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
          "xmlns=\"http://purl.org/rss/1.0/\""
          " xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel "
          "rdf:about=\"https://news.example/\"><title>News</title></channel>"
          "<item rdf:about=\"https://news.example/1\"><title>One</title><link>https://news.example/1</link>"
          "<dc:date>2022-01-11T11:33-05:00</dc:date><dc:subject>City</dc:subject></item></rdf:RDF>");
    is("feed.title.value", "News");
    is("entries.0.id", "https://news.example/1");
    is("entries.0.categories.0.term", "City");
    is("entries.0.published_raw", "2022-01-11T11:33-05:00");
}

static void test_media_flatten_into_a_list(void **state)
{
    (void)state;
    reads(MODULES(
        "<item><media:group><media:content url=\"/a.jpg\" width=\"800\" height=\"600\" medium=\"image\">"
        "<media:credit role=\"photographer\">Anna Keller</media:credit></media:content>"
        "<media:content url=\"/b.mp4\" type=\"video/mp4\" duration=\"30\"/></media:group>"
        "<media:thumbnail url=\"/t.jpg\"/></item>"));
    counts("entries.0.media", 2);
    is("entries.0.media.0.url", "https://news.example/a.jpg");
    is("entries.0.media.0.credit.0.name", "Anna Keller");
    is("entries.0.media.1.duration_s", "30");
}

static void test_podcast_fields(void **state)
{
    (void)state;
    reads(MODULES("<itunes:author>Radio</itunes:author><itunes:explicit>no</itunes:explicit>"
                  "<item><itunes:duration>1:02:03</itunes:duration><itunes:episode>7</itunes:episode>"
                  "<itunes:image href=\"/cover.png\"/></item>"));
    is("feed.podcast.explicit", "false");
    is("entries.0.podcast.duration_s", "3723");
    is("entries.0.podcast.episode", "7");
    is("entries.0.image.url", "https://news.example/cover.png");
}

static void test_places_are_longitude_first(void **state)
{
    (void)state;
    reads(MODULES("<item><georss:point>50.85 4.35</georss:point></item>"));
    is("entries.0.geo.type", "Point");
    is("entries.0.geo.coordinates", "[4.35,50.85]");
    reads(MODULES("<item><georss:line>1 2 3</georss:line></item>"));
    absent("entries.0.geo"); /* half a position is none */
}

static void test_publishers_hints(void **state)
{
    (void)state;
    reads(MODULES("<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>2</sy:updateFrequency>"
                  "<atom:link rel=\"hub\" href=\"https://hub.example/\"/><atom:link rel=\"self\" "
                  "href=\"/feeds/all\"/>"));
    is("feed.update_interval_s", "1800");
    is("feed.hubs.0", "https://hub.example/");
    is("feed.self", "https://news.example/feeds/all");
}

static void test_known_modules_under_any_prefix(void **state)
{
    (void)state;
    reads("<rss version=\"2.0\" xmlns:x=\" https://purl.org/dc/elements/1.1/ "
          "\"><channel><item><x:creator>Anna</x:creator></item></channel></rss>");
    is("entries.0.authors.0.name", "Anna");
    reads("<rss version=\"2.0\"><channel><item><dc:creator>Anna</dc:creator></item></channel></rss>");
    is("entries.0.authors.0.name", "Anna"); /* never declared, but everybody means it */
    present("malformed");
}

static void test_a_limit_on_entries_is_said(void **state)
{
    (void)state;
    struct feed_parse_options options = WITH_URL;
    options.entries_max = 2;
    reads_as(CHANNEL("<item><guid>1</guid></item><item><guid>2</guid></item><item><guid>3</guid></item>"),
             &options);
    counts("entries", 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEED_TEST(test_versions_are_told_apart),
        FEED_TEST(test_the_channel_and_its_parts_are_kept_apart),
        FEED_TEST(test_an_item_with_everything),
        FEED_TEST(test_guid_and_link),
        FEED_TEST(test_people_are_split),
        FEED_TEST(test_description_and_content_stand_side_by_side),
        FEED_TEST(test_html_from_items_is_safe_and_its_links_absolute),
        FEED_TEST(test_items_stand_where_they_should_not),
        FEED_TEST(test_rdf_items_are_siblings_of_the_channel),
        FEED_TEST(test_media_flatten_into_a_list),
        FEED_TEST(test_podcast_fields),
        FEED_TEST(test_places_are_longitude_first),
        FEED_TEST(test_publishers_hints),
        FEED_TEST(test_known_modules_under_any_prefix),
        FEED_TEST(test_a_limit_on_entries_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
