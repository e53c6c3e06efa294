/* The namespaces around RSS and Atom: Dublin Core, Media RSS, iTunes and Podcasting 2.0, places, and the
 * small ones. */
#include "feeds/parse/feed_fixture.h"

#define NAMESPACES                                                                                           \
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:dcterms='http://purl.org/dc/terms/' "                 \
    "xmlns:media='http://search.yahoo.com/mrss/' xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' " \
    "xmlns:podcast='https://podcastindex.org/namespace/1.0' xmlns:georss='http://www.georss.org/georss' "    \
    "xmlns:gml='http://www.opengis.net/gml' xmlns:geo='http://www.w3.org/2003/01/geo/wgs84_pos#' "           \
    "xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' xmlns:atom='http://www.w3.org/2005/Atom' "      \
    "xmlns:slash='http://purl.org/rss/1.0/modules/slash/' xmlns:wfw='http://wellformedweb.org/CommentAPI/'"
#define CHANNEL(inner) "<rss version='2.0' " NAMESPACES "><channel>" inner "</channel></rss>"
#define ITEM(inner) CHANNEL("<item>" inner "</item>")

static void test_dublin_core(void **unused)
{
    (void)unused;
    parse(ITEM("<dc:title>T</dc:title><dc:creator>Ann</dc:creator><dc:creator>Ben</dc:creator>"
               "<dc:creator>Ann</dc:creator><dc:publisher>p@a.example (Pub)</dc:publisher>"
               "<dc:contributor>Con</dc:contributor><dc:date>2022-01-11</dc:date><dc:subject>S</dc:subject>"
               "<dc:rights>R</dc:rights><dc:language>de</dc:language>"
               "<dcterms:created>2022-01-09</dcterms:created><dcterms:modified>2022-01-12</dcterms:modified>"
               "<dcterms:valid>start=2022-01-01;end=soon;scheme=W3C-DTF</dcterms:valid>"));
    const struct feed_entry *entry = only_entry();
    assert_text(entry->title.value, "T");
    assert_int_equal(entry->authors.count, 2);
    assert_text(entry->publisher.name, "Pub");
    assert_text(entry->contributors.items[0].name, "Con");
    assert_text(entry->dates.published.raw, "2022-01-11");
    assert_text(entry->dates.created.raw, "2022-01-09");
    assert_text(entry->dates.updated.raw, "2022-01-12");
    assert_text(entry->dates.valid_from.raw, "2022-01-01");
    assert_text(entry->dates.valid_until.raw, "soon");
    assert_int_equal(entry->dates.valid_until.precision, TIME_NONE);
    assert_text(entry->categories.items[0].term, "S");
    assert_text(entry->rights.value, "R");
    assert_text(entry->language, "de");
}

static void test_core_elements_stand_before_modules(void **unused)
{
    (void)unused;
    static const char *const orders[] = {
        ITEM("<title>core</title><dc:title>module</dc:title><media:title>media</media:title>"),
        ITEM("<media:title>media</media:title><dc:title>module</dc:title><title>core</title>"),
    };
    for (size_t i = 0; i < COUNT(orders); i++) {
        parse(orders[i]);
        assert_text(only_entry()->title.value, "core");
    }
}

static void test_media_rss(void **unused)
{
    (void)unused;
    parse(
        ITEM("<media:group><media:content url='a.mp4' type='video/mp4' medium='video' width='640' height='x' "
             "duration='90' fileSize='12'><media:thumbnail url='t.png' width='9'/>"
             "<media:credit role='author'>Ann</media:credit><media:title>MT</media:title></media:content>"
             "<media:content url='b.mp4'/></media:group><media:player url='/p'/>"
             "<media:rating scheme='urn:simple'>adult</media:rating>"
             "<media:category>C</media:category><media:keywords>k, l</media:keywords>"));
    const struct feed_entry *entry = only_entry();
    assert_int_equal(entry->media.count, 2);
    const struct feed_media *media = entry->media.items[0];
    assert_text(media->url, "http://a.example/dir/a.mp4");
    assert_int_equal(media->width, 640);
    assert_int_equal(media->height, -1);
    assert_int_equal(media->duration_s, 90);
    assert_int_equal(media->length, 12);
    assert_text(media->thumbnails.items[0].url, "http://a.example/dir/t.png");
    assert_text(media->credits.items[0].name, "Ann");
    assert_text(media->title, "MT");
    assert_text(media->player, "http://a.example/p"); /* stands outside, describes the first */
    assert_text(media->rating_value, "adult");
    assert_text(entry->media.items[1]->url, "http://a.example/dir/b.mp4");
    assert_int_equal(entry->categories.count, 3);
    assert_text(entry->title.value, "MT"); /* for want of another */
}

static void test_loose_media_elements_are_an_object_without_url(void **unused)
{
    (void)unused;
    parse(ITEM("<media:thumbnail url='t.png'/>"));
    assert_int_equal(only_entry()->media.count, 1);
    assert_text(only_entry()->media.items[0]->url, NULL);
    assert_int_equal(only_entry()->media.items[0]->thumbnails.count, 1);
}

static void test_itunes(void **unused)
{
    (void)unused;
    parse(CHANNEL(
        "<itunes:owner><itunes:name>O</itunes:name><itunes:email>o@a.example</itunes:email></itunes:owner>"
        "<itunes:image href='i.png'/><itunes:category text='A'><itunes:category text='B'/></itunes:category>"
        "<itunes:explicit>clean</itunes:explicit><itunes:block>yes</itunes:block>"
        "<itunes:new-feed-url>http://b.example/</itunes:new-feed-url><itunes:complete>Yes</itunes:complete>"
        "<item><itunes:image/><itunes:explicit>perhaps</itunes:explicit><itunes:season>2</itunes:season>"
        "<itunes:keywords>x, y, x</itunes:keywords></item>"));
    const struct feed_podcast *podcast = document->feed.podcast;
    assert_text(podcast->owner.email, "o@a.example");
    assert_text(document->feed.image->url, "http://a.example/dir/i.png");
    assert_int_equal(podcast->categories.count, 2);
    assert_int_equal(podcast->is_explicit, FLAG_NO);
    assert_int_equal(podcast->block, FLAG_YES);
    assert_text(document->feed.moved_to, "http://b.example/");
    assert_true(document->feed.ended);
    assert_int_equal(only_entry()->podcast->is_explicit, FLAG_ABSENT);
    assert_int_equal(only_entry()->podcast->season, 2);
    assert_int_equal(only_entry()->categories.count, 2);
    assert_null(only_entry()->image);
}

static void test_durations(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        int64_t seconds;
    } cases[] = {
        {"1:02:03", 3723},
        {"62:03", 3723},
        {"3723", 3723},
        {"90.5", 90},

        {"x", -1},
        {"1:x", -1},
        {"-5", -1},
        {"1:9223372036854775807", -1},
        {"9223372036854775807:1", -1},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(arena_printf(arena, ITEM("<itunes:duration>%s</itunes:duration>"), cases[i].text).ptr);
        if (only_entry()->podcast->duration_s != cases[i].seconds)
            fail_msg("%s gives %ld", cases[i].text, (long)only_entry()->podcast->duration_s);
    }
}

static void test_podcasting_2(void **unused)
{
    (void)unused;
    parse(CHANNEL("<podcast:funding url='/f'>Give</podcast:funding><podcast:locked>yes</podcast:locked>"
                  "<item><podcast:transcript url='t.srt' type='text/srt' language='en'/>"
                  "<podcast:chapters url='c.json' type='x/y'/>"
                  "<podcast:person role='host' href='/h'>Ann</podcast:person></item>"));
    assert_text(document->feed.podcast->funding.items[0].text, "Give");
    assert_int_equal(document->feed.podcast->locked, FLAG_YES);
    const struct feed_podcast *podcast = only_entry()->podcast;
    assert_text(podcast->transcripts.items[0].url, "http://a.example/dir/t.srt");
    assert_text(podcast->chapters.url, "http://a.example/dir/c.json");
    assert_text(podcast->persons.items[0].name, "Ann");
    assert_text(podcast->persons.items[0].url, "http://a.example/h");
}

static void test_places(void **unused)
{
    (void)unused;
    static const struct {
        const char *inner;
        enum feed_shape shape;
        size_t count; /* 0: no place */
        double first, second;
    } cases[] = {
        {"<georss:point>45.5 -71.25</georss:point>", SHAPE_POINT, 1, -71.25, 45.5},
        {"<georss:point>45.5,-71.25</georss:point>", SHAPE_POINT, 1, -71.25, 45.5},
        {"<georss:line>1 2 3 4</georss:line>", SHAPE_LINE, 2, 2, 1},
        {"<georss:polygon>1 2 3 4 5 6 1 2</georss:polygon>", SHAPE_POLYGON, 4, 2, 1},
        {"<georss:box>1 2 3 4</georss:box>", SHAPE_BOX, 2, 2, 1},
        {"<georss:where><gml:Point><gml:pos>1 2</gml:pos></gml:Point></georss:where>", SHAPE_POINT, 1, 2, 1},
        {"<georss:where><gml:Point srsName='urn:ogc:def:crs:OGC:1.3:CRS84'><gml:pos>1 2</gml:pos></gml:Point>"
         "</georss:where>",
         SHAPE_POINT, 1, 1, 2},
        {"<georss:where><gml:Envelope><gml:lowerCorner>1 2</gml:lowerCorner><gml:upperCorner>3 4"
         "</gml:upperCorner></gml:Envelope></georss:where>",
         SHAPE_BOX, 2, 2, 1},
        {"<geo:lat>1</geo:lat><geo:long>2</geo:long>", SHAPE_POINT, 1, 2, 1},
        {"<geo:Point><geo:long>2</geo:long><geo:lat>1</geo:lat></geo:Point>", SHAPE_POINT, 1, 2, 1},
        {"<georss:point>45.5</georss:point>", SHAPE_POINT, 0, 0, 0},
        {"<georss:point>north west</georss:point>", SHAPE_POINT, 0, 0, 0},
        {"<georss:point>nan inf</georss:point>", SHAPE_POINT, 0, 0, 0},
        {"<georss:point/>", SHAPE_POINT, 0, 0, 0},
        {"<georss:line>1 2</georss:line>", SHAPE_LINE, 0, 0, 0},
        {"<georss:polygon>1 2 3 4 5 6</georss:polygon>", SHAPE_POLYGON, 0, 0, 0},
        {"<geo:lat>1</geo:lat>", SHAPE_POINT, 0, 0, 0},
        {"<gml:upperCorner>3 4</gml:upperCorner>", SHAPE_BOX, 0, 0, 0},
        {"<georss:where><gml:pos>1 2</gml:pos></georss:where>", SHAPE_POINT, 0, 0, 0},
        {"<media:content url='x'><georss:where><gml:pos>1 2</gml:pos></georss:where></media:content>",
         SHAPE_POINT, 0, 0, 0},
        {"<atom:author><gml:pos>1 2</gml:pos></atom:author>", SHAPE_POINT, 0, 0, 0},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(arena_printf(arena, ITEM("%s"), cases[i].inner).ptr);
        const struct feed_geo *geo = only_entry()->geo;
        if ((geo ? geo->count : 0) != cases[i].count)
            fail_msg("%s: %zu positions", cases[i].inner, geo ? geo->count : 0);
        if (!geo)
            continue;
        assert_int_equal(geo->shape, cases[i].shape);
        assert_true(geo->numbers[0] == cases[i].first && geo->numbers[1] == cases[i].second);
    }
}

static void test_update_intervals(void **unused)
{
    (void)unused;
    static const struct {
        const char *period, *frequency;
        int64_t seconds;
    } cases[] = {
        {"hourly", "1", 3600}, {"daily", "4", 21600},   {"Weekly", "", 604800}, {"dayly", "1", -1},
        {"", "2", -1},         {"hourly", "0.1", 3600}, {"hourly", "-2", 3600},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(arena_printf(arena,
                           CHANNEL("<sy:updatePeriod>%s</sy:updatePeriod>"
                                   "<sy:updateFrequency>%s</sy:updateFrequency>"),
                           cases[i].period, cases[i].frequency)
                  .ptr);
        if (document->feed.update_interval_s != cases[i].seconds)
            fail_msg("%s/%s gives %ld", cases[i].period, cases[i].frequency,
                     (long)document->feed.update_interval_s);
    }
}

static void test_comments_and_links_of_other_namespaces(void **unused)
{
    (void)unused;
    parse(CHANNEL("<atom:link rel='self' href='/self'/><atom:link rel='hub' href='http://h.example/'/>"
                  "<item><link>http://a.example/1</link><atom:link href='http://a.example/2'/>"
                  "<slash:comments>7</slash:comments><wfw:commentRss>/c.xml</wfw:commentRss></item>"));
    assert_text(document->feed.self, "http://a.example/self");
    assert_text(document->feed.hubs.items[0], "http://h.example/");
    assert_text(only_entry()->link, "http://a.example/1");
    assert_int_equal(only_entry()->comment_count, 7);
    assert_text(only_entry()->comments_feed, "http://a.example/c.xml");
}

static void test_namespaces_in_all_their_spellings(void **unused)
{
    (void)unused;
    static const char *const declarations[] = {
        "xmlns:x='http://www.itunes.com/dtds/podcast-1.0.dtd'",
        "xmlns:x='http://www.itunes.com/DTDs/Podcast-1.0.dtd'",
        "xmlns:x='https://www.itunes.com/dtds/podcast-1.0.dtd'",
        "xmlns:x=' http://www.itunes.com/dtds/podcast-1.0.dtd '",
    };
    for (size_t i = 0; i < COUNT(declarations); i++) {
        parse(arena_printf(arena,
                           "<rss version='2.0' %s><channel><item><x:duration>5</x:duration></item></channel>"
                           "</rss>",
                           declarations[i])
                  .ptr);
        if (!only_entry()->podcast)
            fail_msg("%s", declarations[i]);
    }
    parse("<rss version='2.0'><channel><item><itunes:duration>5</itunes:duration></item></channel></rss>");
    assert_int_equal(only_entry()->podcast->duration_s, 5); /* not declared at all */
    assert_true(repaired("undeclared-prefix"));
}

static void test_the_arena_may_run_out_anywhere(void **unused)
{
    (void)unused;
    check_arena_caps(CHANNEL("<itunes:owner><itunes:name>O</itunes:name></itunes:owner><item><media:content "
                             "url='x'><media:credit role='r'>c</media:credit></media:content>"
                             "<georss:line>1 2 3 4</georss:line><dc:creator>A</dc:creator>"
                             "<itunes:keywords>a,b</itunes:keywords><podcast:person>p</podcast:person>"
                             "<podcast:transcript url='t'/></item>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_FEED(test_dublin_core),
        TEST_FEED(test_core_elements_stand_before_modules),
        TEST_FEED(test_media_rss),
        TEST_FEED(test_loose_media_elements_are_an_object_without_url),
        TEST_FEED(test_itunes),
        TEST_FEED(test_durations),
        TEST_FEED(test_podcasting_2),
        TEST_FEED(test_places),
        TEST_FEED(test_update_intervals),
        TEST_FEED(test_comments_and_links_of_other_namespaces),
        TEST_FEED(test_namespaces_in_all_their_spellings),
        TEST_FEED(test_the_arena_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
