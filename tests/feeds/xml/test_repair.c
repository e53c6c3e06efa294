/* Damaged XML: what is mended and how it is called, what is refused, and that mending ends in linear time. */
#include "feeds/text_check.h"

#include <errno.h>
#include "feeds/xml/repair.h"
#include "tests/support/linear_time.h"

static struct repair_result result;
static struct error words;

static int mend(struct str text)
{
    words = (struct error){0};
    return repair_xml(arena, text, &result, &words);
}

struct repair_case {
    const char *damaged, *mended;
    uint32_t kinds;
};
#define KIND(name) (1u << REPAIR_##name)

static void check(const struct repair_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(mend(str_from(cases[i].damaged)), 0);
        assert_text_of(cases[i].damaged, result.text, cases[i].mended);
        if (result.kinds != cases[i].kinds)
            fail_msg("%s: kinds %x, wanted %x", cases[i].damaged, result.kinds, cases[i].kinds);
    }
}

static void test_sound_text_is_only_tidied(void **unused)
{
    (void)unused;
    static const struct repair_case cases[] = {
        {"<a>x</a>", "<a>x</a>", 0},
        {"<?xml version='1.0'?><a b='c'>x &amp; &lt; &#38;</a>", "<a b=\"c\">x &amp; &lt; &#38;</a>", 0},
        {"<a><!-- gone --><b/></a>", "<a><b/></a>", 0},
        {"<a><![CDATA[<b> & ]]></a>", "<a><![CDATA[<b> & ]]></a>", 0},
        {"<!DOCTYPE a><a/>\n", "<a/>", 0},
        {"<a b='\"'/>", "<a b=\"&quot;\"/>", 0},
    };
    check(cases, COUNT(cases));
}

static void test_characters(void **unused)
{
    (void)unused;
    static const struct repair_case cases[] = {
        {"<a>x\x01y\x1Fz</a>", "<a>xyz</a>", KIND(CONTROL_CHARACTERS)},
        {"<a>x&#1;y</a>", "<a>xy</a>", KIND(CONTROL_CHARACTERS)},
        {"<a>\xEF\xBF\xBF</a>", "<a></a>", KIND(CONTROL_CHARACTERS)},
        {"<a><![CDATA[x\x0Cy]]></a>", "<a><![CDATA[xy]]></a>", KIND(CONTROL_CHARACTERS)},
        {"<a>R&D & x</a>", "<a>R&amp;D &amp; x</a>", KIND(BARE_AMPERSAND)},
        {"<a>/?a=1&b=2&copy=3</a>", "<a>/?a=1&amp;b=2&amp;copy=3</a>", KIND(BARE_AMPERSAND)},
        {"<a b='/?a=1&b=2'/>", "<a b=\"/?a=1&amp;b=2\"/>", KIND(BARE_AMPERSAND)},
        {"<a>caf&eacute;</a>", "<a>caf\xC3\xA9</a>", KIND(HTML_ENTITIES)},
        {"<a>&unheardof;</a>", "<a>&amp;unheardof;</a>", KIND(UNKNOWN_ENTITIES)},
        {"<a>&#X26;</a>", "<a>&#38;</a>", 0},
        {"<a b='&#xD83D;&#xde00;'>&#55357;&#56832;</a>", "<a b=\"\xF0\x9F\x98\x80\">\xF0\x9F\x98\x80</a>",
         KIND(SURROGATES)},
        {"<a>&#55357;x&#56832;&#55357;&#55357;&#56832;</a>",
         "<a>\xEF\xBF\xBDx\xEF\xBF\xBD\xEF\xBF\xBD\xF0\x9F\x98\x80</a>", KIND(SURROGATES)},
        {"<a>&#xZZ;&#;&#1114112;</a>", "<a>&amp;#xZZ;&amp;#;</a>",
         KIND(BARE_AMPERSAND) | KIND(CONTROL_CHARACTERS)},
        {"<a>1 < 2</a>", "<a>1 &lt; 2</a>", KIND(BARE_LESS_THAN)},
        {"<a>]]></a>", "<a>]]&gt;</a>", KIND(CDATA_END)},
    };
    check(cases, COUNT(cases));
}

static void test_tags(void **unused)
{
    (void)unused;
    static const struct repair_case cases[] = {
        {"<a><b>x</a>", "<a><b>x</b></a>", KIND(MISMATCHED_TAGS)},
        {"<a>x</b></a>", "<a>x</a>", KIND(MISMATCHED_TAGS)},
        {"<a b=c d/>", "<a b=\"c\" d=\"d\"/>", KIND(ATTRIBUTES)},
        {"<a b='1' b='2'/>", "<a b=\"1\"/>", KIND(ATTRIBUTES)},
        {"<a b='<'/>", "<a b=\"&lt;\"/>", KIND(ATTRIBUTES)},
        {"<a b=\"c>x</a>", "<a b=\"c\">x</a>", KIND(ATTRIBUTES)},
        {"<a b='c' \"/>", "<a b=\"c\"/>", KIND(ATTRIBUTES)},
        {"<a><b <c/></b></a>", "<a><b><c/></b></a>", KIND(ATTRIBUTES)},
        {"<a >x</a >", "<a>x</a>", 0},
    };
    check(cases, COUNT(cases));
}

static void test_junk_around_the_root(void **unused)
{
    (void)unused;
    static const struct repair_case cases[] = {
        {"\n\n<?xml version='1.0'?><a/>", "<a/>", KIND(LEADING_JUNK)},
        {"Notice: x<a/>", "<a/>", KIND(LEADING_JUNK)},
        {"<!-- x --><?xml version='1.0'?><a/>", "<a/>", KIND(LEADING_JUNK)},
        {"<br /><b>Warning</b>: x<?xml version='1.0'?><a/>", "<a/>", KIND(LEADING_JUNK)},
        {"<br><b>Notice</b>: <i>x</i><rss><b/></rss>", "<rss><b/></rss>", KIND(LEADING_JUNK)},
        {"<p>x</p><!-- <rss> --><!DOCTYPE rss [<!ENTITY x 'y'>]><rss>&x;</rss>", "<rss>y</rss>",
         KIND(LEADING_JUNK)},
        {"<p>x</p><atom:feed xmlns:atom='u'/>", "<atom:feed xmlns:atom=\"u\"/>", KIND(LEADING_JUNK)},
        {"<a/>junk", "<a/>", KIND(TRAILING_JUNK)},
        {"<a/><b/>", "<a/>", KIND(TRAILING_JUNK)},
        {"<a/>\n<!-- x -->", "<a/>", KIND(TRAILING_JUNK)},
    };
    check(cases, COUNT(cases));
}

static void test_cdata_and_comments(void **unused)
{
    (void)unused;
    static const struct repair_case cases[] = {
        {"<a><b><![CDATA[x</b><b>y</b></a>", "<a><b><![CDATA[x]]></b><b>y</b></a>", KIND(UNCLOSED_CDATA)},
        {"<a><b><![CDATA[x</b><b><![CDATA[y]]></b></a>", "<a><b><![CDATA[x]]></b><b><![CDATA[y]]></b></a>",
         KIND(UNCLOSED_CDATA)},
        {"<a><![CDATA[x", "<a><![CDATA[x]]>", 0},
        {"<a><!-- x -- y -->z</a>", "<a>z</a>", KIND(COMMENTS)},
        {"<a>x<!-- y", "<a>x", 0},
    };
    check(cases, COUNT(cases));
}

/* What the end of the text leaves open stays open: the reader tells that the document is truncated. */
static void test_truncated_text_stays_open(void **unused)
{
    (void)unused;
    static const struct repair_case cases[] = {
        {"<a><b>x", "<a><b>x", 0},
        {"<a><b>x</b", "<a><b>x", 0},
        {"<a><b c='d", "<a>", KIND(ATTRIBUTES)},
        {"<a><b", "<a>", 0},
        {"", "", 0},
        {"no markup", "", 0},
    };
    check(cases, COUNT(cases));
}

static void test_small_entities_are_replaced(void **unused)
{
    (void)unused;
    static const struct repair_case cases[] = {
        {"<!DOCTYPE a [<!ENTITY x 'y'>]><a b='&x;'>&x;&x;</a>", "<a b=\"y\">yy</a>", 0},
        {"<!DOCTYPE a [<!ENTITY x \"1 &amp; &#50;\">]><a>&x;</a>", "<a>1 &amp; &#50;</a>", 0},
        {"<!DOCTYPE a [<!-- <!ENTITY x 'y'> --><!ELEMENT a ANY>]><a>x</a>", "<a>x</a>", 0},
        {"<!DOCTYPE a PUBLIC '-//x>//' 'y'><a>x</a>", "<a>x</a>", 0},
        {"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;y</a>", "<a>y</a>",
         KIND(UNKNOWN_ENTITIES)},
        {"<!DOCTYPE a [<!ENTITY x PUBLIC 'x' 'http://x.example/'><!ENTITY % p SYSTEM 'q'> %p;]><a>y</a>",
         "<a>y</a>", 0},
    };
    check(cases, COUNT(cases));
}

static void test_entity_bombs_are_refused(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "<!DOCTYPE a [<!ENTITY x 'y'><!ENTITY z '&x;&x;'>]><a>&z;</a>",
        "<!DOCTYPE a [<!ENTITY % x 'y'>%x;]><a/>",
        "<!DOCTYPE a [<!ENTITY x '<b/>'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x '%y;'>]><a>&x;</a>",
        "<!DOCTYPE a [<!ENTITY x 'never closed]><a/>",
        "<!DOCTYPE a [<!ENTITY x",
    };
    for (size_t i = 0; i < COUNT(texts); i++) {
        if (mend(str_from(texts[i])) != ERR_LIMIT)
            fail_msg("%s", texts[i]);
        assert_true(words.text[0]);
    }
}

static void test_entity_limits(void **unused)
{
    (void)unused;
    struct str value = repeated("y", 257);
    struct str text = arena_printf(arena, "<!DOCTYPE a [<!ENTITY x '%.*s'>]><a/>", STR_ARG(value));
    assert_int_equal(mend(text), ERR_LIMIT);
    struct str many = repeated("<!ENTITY x 'y'>", 321);
    assert_int_equal(mend(arena_printf(arena, "<!DOCTYPE a [%.*s]><a/>", STR_ARG(many))), ERR_LIMIT);
    struct str longest = repeated("y", 256), references = repeated("&x;", 2000);
    text = arena_printf(arena, "<!DOCTYPE a [<!ENTITY x '%.*s'>]><a>%.*s</a>", STR_ARG(longest),
                        STR_ARG(references));
    assert_int_equal(mend(text), ERR_LIMIT);
}

static void test_depth_is_limited(void **unused)
{
    (void)unused;
    assert_int_equal(mend(repeated("<a>", 100000)), 0);
    assert_true(result.text.len <= 256 * 3 + 100000);
    assert_int_equal(result.kinds, KIND(DEEP_NESTING));
}

static void test_names_of_repairs(void **unused)
{
    (void)unused;
    assert_text(repair_name(REPAIR_BARE_AMPERSAND), "bare-ampersand");
    for (int kind = 0; kind < REPAIR_COUNT; kind++)
        assert_true(repair_name((enum repair_kind)kind).len > 0);
}

static void mend_closed(const void *unit, size_t count)
{
    arena_reset(arena);
    (void)mend(arena_printf(arena, "<a>%.*s]]></a>", STR_ARG(repeated(unit, count))));
}

static void mend_open(const void *unit, size_t count)
{
    arena_reset(arena);
    (void)mend(arena_printf(arena, "<a>%.*s</a>", STR_ARG(repeated(unit, count))));
}

static void test_N9_mending_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const units[] = {
        "<b><![CDATA[</b>",
        "<![CDATA[",
        "<![CDATA[ <![CDATA[ ]]>",
        "<!--",
        "<!-- -- -->",
        "<b c=\"",
        "<b c='",
        "<b c=\"<",
        "<b c='\"<b d=\"'",
        "</b>",
        "<b></c>",
        "&",
        "&#",
        "&x;",
        "<",
        "</",
        "<?",
        "<!DOCTYPE",
    };
    for (size_t i = 0; i < COUNT(units); i++) {
        assert_linear(mend_open, units[i], 60000);
        assert_linear(mend_closed, units[i], 60000);
    }
}

static void test_a_full_arena_is_an_error(void **unused)
{
    (void)unused;
    struct str body = repeated("&eacute;&", 20000);
    struct str text = arena_printf(arena, "<a>%.*s</a>", STR_ARG(body));
    for (size_t cap = 16; cap < 1 << 18; cap *= 4) {
        struct arena *tiny = arena_create(cap);
        assert_int_equal(repair_xml(tiny, text, &result, &words), -ENOMEM);
        arena_destroy(&tiny);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_ARENA(test_sound_text_is_only_tidied),
        TEST_ARENA(test_characters),
        TEST_ARENA(test_tags),
        TEST_ARENA(test_junk_around_the_root),
        TEST_ARENA(test_cdata_and_comments),
        TEST_ARENA(test_truncated_text_stays_open),
        TEST_ARENA(test_small_entities_are_replaced),
        TEST_ARENA(test_entity_bombs_are_refused),
        TEST_ARENA(test_entity_limits),
        TEST_ARENA(test_depth_is_limited),
        TEST_ARENA(test_names_of_repairs),
        TEST_ARENA(test_N9_mending_takes_linear_time),
        TEST_ARENA(test_a_full_arena_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
