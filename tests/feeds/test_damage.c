/* Damaged, hostile and foreign documents: what is mended (and named), what is cut off, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/feeds/feed_check.h"

#define RSS(text) "<rss version=\"2.0\"><channel><title>News</title>" text "</channel></rss>"

static void mended(const char *text, const char *repair)
{
    reads(text);
    present("malformed");
    json_t *repairs = at("repairs"), *name;
    size_t i;
    json_array_foreach(repairs, i, name)
    {
        if (!strcmp(json_string_value(name), repair))
            return;
    }
    fail_msg("\"%s\" is not among the repairs of %s", repair, text);
}

static void test_each_repair_is_named(void **state)
{
    (void)state;
    mended(RSS("<item><title>Bread & water</title></item>"), "bare-ampersand");
    is("entries.0.title.value", "Bread & water");
    mended(RSS("<item><link>https://news.example/?a=1&b=2</link></item>"), "bare-ampersand");
    is("entries.0.link", "https://news.example/?a=1&b=2");
    mended(RSS("<item><title>Caf&eacute;&nbsp;now</title></item>"), "html-entities");
    is("entries.0.title.value", "Caf\xC3\xA9\xC2\xA0now");
    mended(RSS("<item><title>A &bogus; name</title></item>"), "unknown-entities");
    is("entries.0.title.value", "A &bogus; name");
    mended(RSS("<item><title>a\x01z</title></item>"), "control-characters");
    is("entries.0.title.value", "az");
    mended("junk " RSS(""), "leading-junk");
    mended(RSS("") " trailing", "trailing-junk");
    mended(RSS("<item><title>1 < 2</title></item>"), "bare-less-than");
    is("entries.0.title.value", "1 < 2");
    mended(RSS("<item><title>One<b></title><guid>1</guid></item>"), "mismatched-tags");
    is("entries.0.id", "1");
    mended("<rss version=2.0><channel><item><guid isPermaLink=false>1</guid></item></channel></rss>",
           "attributes");
    is("entries.0.id", "1");
    absent("entries.0.link");
    mended(RSS("<item><title><![CDATA[A]]></title><description><![CDATA[never closed</description></item>"),
           "unclosed-cdata");
    mended(RSS("<item><title>a ]]> b</title></item>"), "cdata-end");
}

static void test_a_sound_document_is_not_called_damaged(void **state)
{
    (void)state;
    reads("<?xml version=\"1.0\"?>\n" RSS("<item><title>A &amp; B</title></item>"));
    absent("malformed");
    absent("repairs");
    reads("\n" RSS("")); /* white space before the root is allowed where no declaration follows */
    absent("malformed");
}

static void test_a_document_cut_off_leaves_out_the_open_entry(void **state)
{
    (void)state;
    reads("<rss "
          "version=\"2.0\"><channel><title>N</title><item><guid>1</guid></item><item><guid>2</"
          "guid><title>Half of it");
    counts("entries", 1);
    is("truncated", "true");
}

static void test_what_is_no_feed_says_what_it_is(void **state)
{
    (void)state;
    refuses("", ERR_EMPTY, "");
    refuses(" \n\t ", ERR_EMPTY, "");
    refuses("<!DOCTYPE html><html><head><title>x</title></head><body></body></html>", ERR_NOT_A_FEED, "HTML");
    refuses("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", ERR_NOT_A_FEED, "svg");
    refuses("plain words", ERR_NOT_A_FEED, "");
}

static void test_N8_bombs_are_refused(void **state)
{
    (void)state;
    refuses("<!DOCTYPE rss [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">"
            "<!ENTITY c \"&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;\">]><rss "
            "version=\"2.0\"><channel><title>&c;</title></channel></rss>",
            ERR_LIMIT, "");
    refuses("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss "
            "version=\"2.0\"><channel><title>&x;</title></channel></rss>",
            ERR_LIMIT, "");
}

static void test_a_small_entity_of_the_document_is_replaced(void **state)
{
    (void)state;
    reads("<!DOCTYPE rss [<!ENTITY site \"The News\">]><rss "
          "version=\"2.0\"><channel><title>&site;</title></channel></rss>");
    is("feed.title.value", "The News");
}

static void test_N9_depth_is_bounded(void **state)
{
    (void)state;
    struct buffer text = {0};
    (void)buffer_append_str(&text, STR("<rss version=\"2.0\"><channel><title>N</title><item><guid>1</guid>"));
    for (int i = 0; i < 100000; i++)
        (void)buffer_append_str(&text, STR("<x>"));
    struct feed_document *document = NULL;
    struct feed_parse_options options = WITH_URL;
    int error = feed_parse(arena, buffer_str(&text), &options, &document, &fault);
    assert_true(error == ERR_LIMIT || (error == 0 && document->limit_hit));
    buffer_done(&text);
}

static void test_N11_the_bytes_decide_and_not_the_media_type(void **state)
{
    (void)state;
    static const char *const types[] = {"text/html", "application/octet-stream", "image/png",
                                        "application/json", ""};
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
        struct feed_header header = {STR("Content-Type"), str_from(types[i])};
        struct feed_parse_options options = WITH_URL;
        options.headers = &header;
        options.header_count = 1;
        reads_as(RSS("<item><guid>1</guid></item>"), &options);
        is("format", "rss-2.0");
        reads_as("{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"N\",\"items\":[]}", &options);
        is("format", "json-1.1");
    }
}

static void test_a_small_arena_is_no_memory_and_no_crash(void **state)
{
    (void)state;
    const char *text =
        RSS("<item><title>A &amp; B</title><description>&lt;p&gt;x&lt;/p&gt;</description><pubDate>Tue, 11 "
            "Jan 2022 11:33:00 GMT"
            "</pubDate></item>");
    for (size_t bytes = 64; bytes < 16384; bytes += 64) {
        struct arena *small = arena_create(bytes);
        struct feed_document *document;
        struct feed_parse_options options = WITH_URL;
        if (!small)
            continue;
        int error = feed_parse(small, str_from(text), &options, &document, &fault);
        assert_true(error == 0 || error == -ENOMEM);
        arena_destroy(&small);
    }
}

static void test_any_prefix_of_a_feed_is_read_or_refused(void **state)
{
    (void)state;
    const char *text =
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><feed xmlns=\"http://www.w3.org/2005/Atom\"><title "
        "type=\"html\">A &lt;b"
        "&gt;b&lt;/b&gt; &amp; c</title><entry><id>1</id><content><![CDATA[x]]></content></entry></feed>";
    for (size_t len = 0; len < strlen(text); len++) {
        struct feed_parse_options options = WITH_URL;
        struct feed_document *document;
        (void)feed_parse(arena, str_make(text, len), &options, &document, &fault); /* no crash is the test */
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEED_TEST(test_each_repair_is_named),
        FEED_TEST(test_a_sound_document_is_not_called_damaged),
        FEED_TEST(test_a_document_cut_off_leaves_out_the_open_entry),
        FEED_TEST(test_what_is_no_feed_says_what_it_is),
        FEED_TEST(test_N8_bombs_are_refused),
        FEED_TEST(test_a_small_entity_of_the_document_is_replaced),
        FEED_TEST(test_N9_depth_is_bounded),
        FEED_TEST(test_N11_the_bytes_decide_and_not_the_media_type),
        FEED_TEST(test_a_small_arena_is_no_memory_and_no_crash),
        FEED_TEST(test_any_prefix_of_a_feed_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
