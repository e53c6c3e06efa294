/* The reader of ordinary documents: tells what libxml2 tells, and leaves to libxml2 what is not ordinary. */
#include "feeds/text_check.h"

#include "tests/support/linear_time.h"
#include "tests/support/xml_events.h"

static void same_as(const struct xml_events_setting *setting, struct str text)
{
    struct buffer plain = {0}, sax = {0};
    if (!xml_events_plain(setting, text, &plain))
        fail_msg("not ordinary: %.*s", STR_ARG(str_slice(text, 0, 200)));
    xml_events_sax(setting, text, &sax);
    if (!str_equal(buffer_str(&plain), buffer_str(&sax)))
        fail_msg("%.*s\n%.*s\nlibxml2 has\n%.*s", STR_ARG(str_slice(text, 0, 200)),
                 STR_ARG(buffer_str(&plain)), STR_ARG(buffer_str(&sax)));
    buffer_done(&plain);
    buffer_done(&sax);
}

static void same(const char *text)
{
    for (unsigned variant = 0; variant < 7; variant++)
        for (size_t events_max = 0; events_max < 6; events_max++) {
            struct xml_events_setting setting = {.variant = variant, .events_max = events_max};
            same_as(&setting, str_from(text));
        }
}

static void foreign(const char *text)
{
    if (xml_tokens_read(str_from(text)))
        fail_msg("taken for ordinary: %s", text);
}

#define ROOT(text) "<rss><channel>" text "</channel></rss>"

static void test_text_is_what_libxml2_makes_of_it(void **state)
{
    (void)state;
    same(ROOT("<title>A &amp; B &lt;&gt;&quot;&apos; &#65;&#x20AC;&#x1F600; &amp;amp; &#38;#38;</title>"));
    same(ROOT("<title>a\r\nb\rc\n\r\r\n&#13;&#10;\r</title>"));
    same(ROOT("<title>a<![CDATA[<b>&amp;\r\n]] ]>]]>b<![CDATA[]]><![CDATA[]]]]><![CDATA[>]]></title>"));
    same(ROOT("<title>]] ]&gt; ] > ]></title>"));
    same(ROOT("<title> <!-- c - -->a<!----><?php b?>c<?d?></title>\n<!-- \n -->"));
    same(ROOT(
        "<title>caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x98\x80 \xEF\xBF\xBD \xEF\xBC\x81 \x7F \xC2\x85</title>"));
    same(ROOT("<title></title><link/><guid  /><x ></x\n>"));
    same("\r\n <?a?><!-- x --><?xml-stylesheet href='x'?>\n<rss/>\n<!-- y --> <?b c?>\r\n");
}

static void test_markup_within_text(void **state)
{
    (void)state;
    same(ROOT("<title>a <b>bold &amp; &lt;</b> c</title>"));
    same(ROOT("<summary><div><p>x<br/>y<img src='a.png' alt=\"a &quot; b\"/></p></div></summary>"));
    same(ROOT("<summary xml:base='sub/'><a href='x'>y</a><p xml:base='http://b.example/'><a "
              "href='x'/></p></summary>"));
    same(ROOT("<content>&lt;p&gt;a<i>b</i>&amp;</content>"));
    same("<feed xmlns='http://www.w3.org/2005/Atom' xmlns:s='http://www.w3.org/2000/svg' "
         "xmlns:l='http://www.w3.org/1999/xlink' xmlns:o='http://nobody.example/'><entry><content>"
         "<div xmlns='http://www.w3.org/1999/xhtml'><s:svg><s:use l:href='#a'/></s:svg><o:x o:y='1'/></div>"
         "</content></entry></feed>");
}

static void test_attributes(void **state)
{
    (void)state;
    same(ROOT("<link a='1' b = \"2\"\tc\n=\r\n'3'/>"));
    same(ROOT("<link a='x\r\ny\rz\nw\tv  u' b='&#13;&#10;&#9;' c=' lead' d=''/>"));
    same(ROOT(
        "<link a='&amp;&lt;&gt;&quot;&apos;' b='&#38;#38;&#60;&amp;#38;&amp;amp;' c='>' d='\"' e=\"'\"/>"));
    same(ROOT("<link a='caf\xC3\xA9&#xE9;&#x1F600;\xF0\x9F\x98\x80'/>"));
    same(ROOT("<item xml:lang='en_GB' xml:base='a/'><link xml:lang=''/><title xml:base='b'/></item>"));
    same(ROOT("<link xml:space='odd' xml:id='not an id' xml:lang='**'/>"));
}

static void test_namespaces(void **state)
{
    (void)state;
    same("<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><dc:creator dc:x='1' x='2'/><creator/></rss>");
    same("<feed xmlns='http://www.w3.org/2005/Atom'><entry xmlns=''><id/></entry><id/></feed>");
    same("<rss xmlns:a='http://one.example/'><item "
         "xmlns:a='http://purl.org/dc/terms/'><a:date/></item><a:date/></rss>");
    same("<rss xmlns:a='http://one.example/'><a:date/><item xmlns:a='http://purl.org/dc/terms/'><a:date/>"
         "</item><a:date/></rss>");
    same("<o:rss xmlns:o='http://nobody.example/' xmlns='http://nobody.example/'><title "
         "o:a='1'/><o:title/></o:rss>");
    same("<rss xmlns='HTTPS://www.w3.org/2005/Atom/' xmlns:x=' http://purl.org/dc/terms/ '><x:date/></rss>");
    same("<rss xmlns='relative' xmlns:b='not a uri'><b:title/><xml:title/></rss>");
    same("<xmlns xmlnsa='1'><x xmlns:a='http://www.w3.org/1999/xhtml' a:b='1'><a:b/></x></xmlns>");
}

static void test_what_is_not_plainly_well_formed_is_left_to_libxml2(void **state)
{
    (void)state;
    static const char *const documents[] = {
        "",
        "x",
        "<",
        "<a",
        "<a>",
        "<a/",
        "</a>",
        "<a></b>",
        "<a></a",
        "<a></a>x",
        "<a/><b/>",
        "x<a/>",
        "<a/>&amp;",
        "<a>&nbsp;</a>",
        "<a>&</a>",
        "<a>&amp</a>",
        "<a>&#0;</a>",
        "<a>&#x110000;</a>",
        "<a>&#xD800;</a>",
        "<a>&#xFFFE;</a>",
        "<a>&#;</a>",
        "<a>&#x;</a>",
        "<a>&#X41;</a>",
        "<a>&#99999999999;</a>",
        "<a>&#x100000041;</a>",
        "<a>&#00000000065;</a>",
        "<a>&am",
        "<a>]]></a>",
        "<a>\x01</a>",
        "<a>\x0C</a>",
        "<a>\xFF</a>",
        "<a>\xC3</a>",
        "<a>\xED\xA0\x80</a>",
        "<a>\xEF\xBF\xBF</a>",
        "<a b='1' b='2'/>",
        "<a b=1/>",
        "<a b/>",
        "<a b='1'c='2'/>",
        "<a b='<'/>",
        "<a b='&'/>",
        "<a b='x/>",
        "<a / >",
        "<a b='&lt'/>",
        "<a 1b=''/>",
        "<a =''/>",
        "<:a/>",
        "<a:/>",
        "<a:b:c/>",
        "<1/>",
        "<-a/>",
        "<a:1 xmlns:a='x'/>",
        "<p:a/>",
        "<a p:b=''/>",
        "<a xmlns:p=''/>",
        "<a xmlns:p='x'><b/></a><p:c/>",
        "<a xmlns:xml='x'/>",
        "<a xmlns:xmlns='x'/>",
        "<a xmlns='http://www.w3.org/XML/1998/namespace'/>",
        "<a xmlns:b='http://www.w3.org/2000/xmlns/'/>",
        "<a xmlns='x' xmlns='y'/>",
        "<a xmlns='a&amp;b'/>",
        "<a xmlns:b='x' xmlns:c='x' b:d='' c:d=''/>",
        "<a xmlns='x\ny'/>",
        "<a><b xmlns:p='x'/><p:c/></a>",
        "<!DOCTYPE a><a/>",
        "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>",
        "<a><!DOCTYPE a></a>",
        "<a><!-- -- --></a>",
        "<a><!-- ---></a>",
        "<a><!--></a>",
        "<a><!-- </a>",
        "<!--><a/>",
        "<a><![CDATA[</a>",
        "<a><![CDATA[]]</a>",
        "<a><![cdata[]]></a>",
        "<![CDATA[]]><a/>",
        "<a/><![CDATA[]]>",
        "<a><? b?></a>",
        "<a><?b</a>",
        "<a><?xml version='1.0'?></a>",
        "<?XML?><a/>",
        "<?xml-other?><a/>",
        "<a><?b:c?></a>",
        "<a><?b'?></a>",
        "<caf\xC3\xA9/>",
        "<a \xC3\xA9=''/>",
        "<a><!x></a>",
        "\xEF\xBB\xBF<a/>",
    };
    for (size_t i = 0; i < COUNT(documents); i++)
        foreign(documents[i]);
    foreign("<a xmlns:b='x'><c/></a "); /* cut off in every place: */
    static const char document[] = ROOT("<title a='&amp;'>&lt;<![CDATA[x]]><!-- y --><?z?></title>");
    for (size_t len = 0; len + 1 < sizeof(document); len++)
        assert_null(xml_tokens_read(str_make(document, len)));
}

static struct str with_many(const char *before, const char *unit, size_t count, const char *after)
{
    struct str many = repeated(unit, count);
    return arena_printf(arena, "%s%.*s%s", before, STR_ARG(many), after);
}

static void test_what_is_unusual_in_size_is_left_to_libxml2(void **state)
{
    (void)state;
    assert_null(xml_tokens_read(with_many("<a><!--", "x", XML_TOKEN_BYTES_MAX + 1, "--></a>")));
    assert_null(xml_tokens_read(with_many("<a>", "x", XML_TOKEN_BYTES_MAX + 1, "</a>")));
    assert_null(xml_tokens_read(with_many("<a b='", "x", XML_TOKEN_BYTES_MAX + 1, "'/>")));
    assert_null(xml_tokens_read(with_many("<a>", "<a>", XML_TOKEN_DEPTH_MAX, "")));
    assert_null(xml_tokens_read(with_many("<", "a", XML_NAME_BYTES_MAX + 1, "/>")));
    assert_null(xml_tokens_read(with_many("<a>", "<a/>", 100000, "</a>"))); /* too many tokens for its size */
    struct buffer many = {0};
    (void)buffer_append_str(&many, STR("<a"));
    for (int i = 0; i <= XML_TOKEN_ATTRIBUTES_MAX; i++)
        (void)buffer_printf(&many, " a%d=''", i);
    (void)buffer_append_str(&many, STR("/>"));
    assert_null(xml_tokens_read(buffer_str(&many)));
    buffer_clear(&many);
    (void)buffer_append_str(&many, STR("<a>"));
    for (int i = 0; i < XML_NAMES_MAX; i++)
        (void)buffer_printf(&many, "<a%d>text</a%d>", i, i);
    (void)buffer_append_str(&many, STR("</a>"));
    assert_null(xml_tokens_read(buffer_str(&many)));
    buffer_clear(&many);
    (void)buffer_append_str(&many, STR("<a>"));
    for (int i = 0; i < XML_URIS_MAX; i++)
        (void)buffer_printf(&many, "<b xmlns='http://%d.example/'/>", i);
    (void)buffer_append_str(&many, STR("</a>"));
    assert_null(xml_tokens_read(buffer_str(&many)));
    buffer_done(&many);
}

/* Where the text is cut must not depend on the pieces that it comes in. */
static void test_a_text_too_long_is_cut_in_the_same_place(void **state)
{
    (void)state;
    static const char *const units[] = {"abcdefg\xC3\xA9", "&lt;p&gt;word ", "&amp;\xF0\x9F\x98\x80",
                                        "a\r\n&quot;"};
    for (size_t i = 0; i < COUNT(units); i++) {
        struct str half = repeated(units[i], FEED_TEXT_BYTES_MAX / 2 / strlen(units[i]));
        struct str text = arena_printf(arena, ROOT("<title>%.*s<!-- -->%.*s<b x='y'>%.*s</b>%.*s</title>"),
                                       STR_ARG(half), STR_ARG(half), STR_ARG(half), STR_ARG(half));
        static const unsigned variants[] = {0, 5, 6}; /* a title as markup, as text, as HTML */
        for (size_t j = 0; j < COUNT(variants); j++) {
            struct xml_events_setting setting = {.variant = variants[j], .text_most = 40};
            same_as(&setting, text);
        }
    }
}

static void test_a_deep_document(void **state)
{
    (void)state;
    struct str open = with_many("", "<div>a", XML_TOKEN_DEPTH_MAX - 4, ""),
               shut = with_many("", "b</div>", XML_TOKEN_DEPTH_MAX - 4, "");
    for (unsigned variant = 0; variant < 7; variant++) {
        struct xml_events_setting setting = {.variant = variant};
        same_as(&setting, arena_printf(arena, ROOT("<title>%.*s%.*s</title>"), STR_ARG(open), STR_ARG(shut)));
    }
}

static void read_tokens(const void *input, size_t size)
{
    struct str text = *(const struct str *)input;
    struct xml_tokens *tokens = xml_tokens_read(str_slice(text, 0, size));
    xml_tokens_free(&tokens);
}

static void test_N9_reading_takes_linear_time(void **state)
{
    (void)state;
    static const char *const units[] = {
        "]",     "&lt;", "<!-- - -->", "<b xmlns:a='x' a:c=''/>text", "<![CDATA[]] ]]]]>]]>",
        "<?x?>", "<a>",  "<![CDATA["};
    for (size_t i = 0; i < COUNT(units); i++) {
        struct str text = with_many("<a>", units[i], 100000, "</a>");
        assert_linear(read_tokens, &text, text.len);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_ARENA(test_text_is_what_libxml2_makes_of_it),
        TEST_ARENA(test_markup_within_text),
        TEST_ARENA(test_attributes),
        TEST_ARENA(test_namespaces),
        TEST_ARENA(test_what_is_not_plainly_well_formed_is_left_to_libxml2),
        TEST_ARENA(test_what_is_unusual_in_size_is_left_to_libxml2),
        TEST_ARENA(test_a_text_too_long_is_cut_in_the_same_place),
        TEST_ARENA(test_a_deep_document),
        TEST_ARENA(test_N9_reading_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
