/* Damaged, hostile and foreign documents: what is mended (and named), what is cut off, what is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/feeds/parse/feed_check.h"
#include "tests/support/linear_time.h"

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
    reads("<!DOCTYPE rss [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><rss "
          "version=\"2.0\"><channel><title>A &x;</title></channel></rss>");
    is("feed.title.value", "A"); /* never loaded */
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

/* Formatted text, its first "%s" replaced by `unit` as often as said; from malloc. */
static char *with_many(const char *before, const char *unit, size_t count, const char *after)
{
    struct buffer text = {0};
    buffer_append_str(&text, str_from(before));
    for (size_t i = 0; i < count; i++)
        buffer_append_str(&text, str_from(unit));
    buffer_append_str(&text, str_from(after));
    buffer_append_byte(&text, '\0');
    return text.ptr;
}

static void mended_and_freed(char *text, const char *repair)
{
    mended(text, repair);
    free(text);
}

static void test_what_a_server_prints_first_is_passed_over(void **state)
{
    (void)state;
    static const char *const junk[] = {
        "<br />\n<b>Warning</b>: x in <b>/srv/x.php</b> on line <b>7</b><br />\n",
        "<br><font size='1'><table class='xdebug-error'><tr><td>( ! )</td></tr></table></font>",
        "<p>Notice<p>x < y & z",
        "[25-Nov-2026] PHP Warning: x\n",
        "{debug}",
        "<script>var a = '<b>';</script>",
    };
    for (size_t i = 0; i < sizeof(junk) / sizeof(junk[0]); i++) {
        for (int declared = 0; declared < 2; declared++) {
            char text[1024];
            (void)snprintf(text, sizeof(text), "%s%s" RSS("<item><guid>1</guid></item>"), junk[i],
                           declared ? "<?xml version='1.0'?>" : "");
            mended(text, "leading-junk");
            is("entries.0.id", "1");
            is("feed.title.value", "News");
        }
    }
    refuses("<html><body><pre><rss version='2.0'/></pre></body></html>", ERR_NOT_A_FEED, "HTML");
}

static void test_halves_of_a_character_are_joined(void **state)
{
    (void)state;
    reads(RSS("<item><title>&#55357;&#56832; a &#xD83D;&#xDE00;</title><description><![CDATA[<p "
              "title='&#55357;&#56832;'>&#55357;&#056832; &#55357; &#38;amp;</p>]]></description></item>"));
    is("entries.0.title.value", "\xF0\x9F\x98\x80 a \xF0\x9F\x98\x80");
    const char *html = json_string_value(at("entries.0.summary.value"));
    assert_non_null(html);
    assert_null(strstr(html, "55357"));
    assert_non_null(strstr(html, ">\xF0\x9F\x98\x80 \xEF\xBF\xBD &#38;amp;<"));
}

static void parse_attributes(const void *form, size_t count)
{
    const char *const *parts = form;
    struct buffer text = {0};
    buffer_append_str(&text, STR("<rss version='2.0'><channel><item><guid>1</guid></item><item"));
    for (size_t i = 0; i < count; i++)
        buffer_printf(&text, "%s%zu%s", parts[0], i, parts[1]);
    buffer_append_str(&text, STR("><guid>2</guid></item></channel></rss>"));
    buffer_append_byte(&text, '\0');
    mended(text.ptr, "attributes");
    counts("entries", 2);
    buffer_done(&text);
}

static void test_N9_attributes_are_bounded(void **state)
{
    (void)state;
    static const char *const forms[][2] = {{" a", "='1'"}, {" xmlns:a", "='u'"}, {"\na", " = \">\""}};
    for (size_t form = 0; form < 3; form++)
        assert_linear(parse_attributes, forms[form], 200000);
}

static void test_N9_defaults_of_attributes_are_not_taken(void **state)
{
    (void)state;
    reads("<!DOCTYPE rss [<!ATTLIST item a0 (b|c) 'b' a1 CDATA 'c'>]>" RSS("<item><guid>1</guid></item>"));
    is("entries.0.id", "1");
}

static void test_deep_elements_cost_nothing_that_follows(void **state)
{
    (void)state;
    for (size_t depth = 60; depth <= 60000; depth *= 10) {
        char *close = with_many("", "</x>", depth, "</item><item><guid>3</guid></item></channel></rss>");
        mended_and_freed(
            with_many("<rss version=\"2.0\"><channel><item><guid>1</guid></item><item><guid>2</guid>", "<x>",
                      depth + 5, close),
            depth > 300 ? "deep-nesting" : "mismatched-tags");
        free(close);
        counts("entries", 3);
        absent("truncated");
    }
    char *close = with_many("", "</x>", 64, "</item><item><guid>3</guid></item></channel></rss>");
    mended_and_freed(with_many("<rss version=\"2.0\"><channel><item><guid>2</guid>", "<x>", 64, close),
                     "deep-nesting");
    counts("entries", 2);
    free(close);
}

static void test_deep_markup_keeps_its_text(void **state)
{
    (void)state;
    static const size_t depths[] = {120, 500, 5000};
    for (size_t i = 0; i < 3; i++) {
        char *close = with_many("the text<i>of it</i>", "</div>", depths[i],
                                "</content></entry><entry><id>2</id></entry></feed>");
        char *text = with_many("<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id>"
                               "<content type='xhtml'>",
                               "<div xmlns='http://www.w3.org/1999/xhtml'>", depths[i], close);
        reads(text);
        counts("entries", 2);
        const char *value = json_string_value(at("entries.0.content.0.value"));
        assert_non_null(value);
        assert_non_null(strstr(value, "the text"));
        assert_non_null(strstr(value, "of it"));
        absent("truncated");
        free(text);
        free(close);
    }
}

static void test_a_huge_text_costs_itself_alone(void **state)
{
    (void)state;
    static const char *const around[][2] = {
        {"<description>", "</description>"},        {"<description><![CDATA[", "]]></description>"},
        {"<description><!--", "--></description>"}, {"<description a='", "'>x</description>"},
        {"<description><?x ", "?></description>"},
    };
    for (size_t i = 0; i < sizeof(around) / sizeof(around[0]); i++) {
        char *after = with_many("", around[i][1], 1, "</item><item><guid>2</guid></item></channel></rss>");
        char *before = with_many("<rss version='2.0'><channel><item><guid>1</guid>", around[i][0], 1, "");
        char *text = with_many(before, "\xC3\xA9nough", 1700000, after);
        reads(text);
        counts("entries", 2);
        is("entries.0.id", "1");
        absent("truncated");
        free(text);
        free(before);
        free(after);
    }
}

static void test_more_entries_than_are_taken_is_truncated(void **state)
{
    (void)state;
    char *text =
        with_many("<rss version='2.0'><channel>", "<item><title>x</title></item>", 50001, "</channel></rss>");
    reads(text);
    counts("entries", 50000);
    is("truncated", "true");
    free(text);
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
        FEED_TEST(test_what_a_server_prints_first_is_passed_over),
        FEED_TEST(test_halves_of_a_character_are_joined),
        FEED_TEST(test_N9_attributes_are_bounded),
        FEED_TEST(test_N9_defaults_of_attributes_are_not_taken),
        FEED_TEST(test_deep_elements_cost_nothing_that_follows),
        FEED_TEST(test_deep_markup_keeps_its_text),
        FEED_TEST(test_a_huge_text_costs_itself_alone),
        FEED_TEST(test_more_entries_than_are_taken_is_truncated),
        FEED_TEST(test_N11_the_bytes_decide_and_not_the_media_type),
        FEED_TEST(test_a_small_arena_is_no_memory_and_no_crash),
        FEED_TEST(test_any_prefix_of_a_feed_is_read_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
