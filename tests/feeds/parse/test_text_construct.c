/* Texts with their types: what counts as HTML, decoding, C1 characters, and what is never made of plain text.
 */
#include "feeds/text_check.h"

#include "base/utf8.h"
#include "feeds/parse/text_construct.h"
#include "tests/support/linear_time.h"

static struct text_source source;

static int setup(void **unused)
{
    source = (struct text_source){.type_default = STR("text/plain")};
    return arena_setup(unused);
}

static struct feed_text construct(const char *text)
{
    source.text = str_from(text);
    return text_construct(arena, &source);
}

static void test_media_types_of_atom(void **unused)
{
    (void)unused;
    static const struct {
        const char *type, *media_type;
    } cases[] = {
        {"", "text/plain"},
        {"text", "text/plain"},
        {" HTML ", "text/html"},
        {"Text/HTML", "text/html"},
        {"xhtml", "application/xhtml+xml"},
        {"application/xhtml+xml", "application/xhtml+xml"},
        {"Image/SVG+xml", "image/svg+xml"},
        {"text/plain", "text/plain"},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_text_of(cases[i].type, text_media_type(arena, str_from(cases[i].type)), cases[i].media_type);
    struct str cut = text_media_type(arena, repeated("\xC3\xA9", 1000));
    assert_true(cut.len < 200 && utf8_valid(cut));
}

static void test_plain_text_stays_as_it_is(void **unused)
{
    (void)unused;
    struct feed_text text = construct("  a < b & c <vector> &amp; ]]>\n");
    assert_text(text.value, "a < b & c <vector> &amp; ]]>");
    assert_text(text.type, "text/plain");
}

static void test_blank_text_is_absent(void **unused)
{
    (void)unused;
    static const char *const blanks[] = {"", " \t\n ", "\xC2\xA0"};
    source.type = STR("html");
    for (size_t i = 0; i < COUNT(blanks); i++) {
        struct feed_text text = construct(blanks[i]);
        assert_null(text.value.ptr);
        assert_null(text.type.ptr);
    }
    assert_null(construct("<script>alert(1)</script>").value.ptr); /* nothing is left */
}

static void test_html_is_made_safe_with_absolute_links(void **unused)
{
    (void)unused;
    source.type = STR("html");
    source.base = STR("http://a.example/dir/");
    source.language = STR("en");
    struct feed_text text = construct("<a href='x' onclick='y'>a</a><script>b</script>");
    assert_text(text.value, "<a href=\"http://a.example/dir/x\">a</a>");
    assert_text(text.type, "text/html");
    assert_text(text.language, "en");
    assert_text(text.base, "http://a.example/dir/");
    source.raw = true;
    assert_text(construct("<a href='x' onclick='y'>a</a>").value,
                "<a href=\"http://a.example/dir/x\" onclick=\"y\">a</a>");
    source.base = STR_NONE;
    assert_text(construct("<a href='x' onclick='y'>a</a>").value, "<a href='x' onclick='y'>a</a>");
}

static void test_elements_are_xhtml_whatever_the_type(void **unused)
{
    (void)unused;
    source.markup = true;
    assert_text(construct("<b>a</b>").type, "application/xhtml+xml");
    source.type = STR("html");
    assert_text(construct("<b>a</b>").type, "application/xhtml+xml");
    source.type = STR("image/svg+xml");
    assert_text(construct("<b>a</b>").type, "image/svg+xml");
}

static void test_what_looks_like_html(void **unused)
{
    (void)unused;
    static const struct {
        const char *text;
        bool html;
    } cases[] = {
        {"a <b>b</b>", true},
        {"a<br>b", true},
        {"a<br/>b", true},
        {"a<IMG src=x>b", true},
        {"Q&amp;A", true},
        {"caf&eacute;", true},
        {"&#8217;", true},
        {"plain", false},
        {"a < b", false},
        {"a <b", false},
        {"a<br", false},
        {"AT&T", false},
        {"a & b;", false},
        {"the <vector> header</vector>", false},
        {"<b>a</b> <unheardof>", false},
        {"</", false},
        {"<", false},
        {"&", false},
        {"", false},
    };
    for (size_t i = 0; i < COUNT(cases); i++)
        if (text_looks_like_html(str_from(cases[i].text)) != cases[i].html)
            fail_msg("\"%s\"", cases[i].text);
}

static void test_guessing_is_for_plain_text_only(void **unused)
{
    (void)unused;
    source.guess = true;
    assert_text(construct("a <b>b</b>").type, "text/html");
    assert_text(construct("a < b").type, "text/plain");
    source.guess = false;
    assert_text(construct("a <b>b</b>").type, "text/plain");
}

static void guess(const void *unit, size_t count)
{
    arena_reset(arena);
    (void)text_looks_like_html(repeated(unit, count));
}

static void test_guessing_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const units[] = {"<br ", "<img ", "<", "&", "</", "&#", "<b "};
    for (size_t i = 0; i < COUNT(units); i++)
        assert_linear(guess, units[i], 100000);
}

static void test_base64(void **unused)
{
    (void)unused;
    static const struct {
        const char *coded, *value;
    } cases[] = {
        {"YSBi", "a b"},
        {"YSBiYw==", "a bc"},
        {" YSBi\n Y2Q= ", "a bcd"},
        {"YSBiYw", "a bc"},
        {"not base64!", "not base64!"}, /* a lie: the text stands for itself */
        {"YSBiY", "YSBiY"},
        {"//79", "//79"}, /* no UTF-8 */
    };
    source.mode = STR("base64");
    for (size_t i = 0; i < COUNT(cases); i++)
        assert_text_of(cases[i].coded, construct(cases[i].coded).value, cases[i].value);
    source.mode = STR_NONE;
    source.type = STR("application/octet-stream");
    assert_text(construct("YSBi").value, "a b");
    source.type = STR("text/html");
    assert_text(construct("YSBi").value, "YSBi");
}

static void test_base64_is_made_safe_too(void **unused)
{
    (void)unused;
    source.mode = STR("base64");
    source.type = STR("html");
    assert_text(construct("PHNjcmlwdD5hPC9zY3JpcHQ+Yg==").value, "b");
}

static void test_c1_characters(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *clean;
    } cases[] = {
        {"plain \xC3\xA9", "plain \xC3\xA9"},
        {"\xC2\x93x\xC2\x94 \xE2\x82\xAC", "\xE2\x80\x9Cx\xE2\x80\x9D \xE2\x82\xAC"},
        {"it\xC2\x92s", "it\xE2\x80\x99s"},
        {"\xC2\x80\xC2\x80", "\xE2\x82\xAC\xE2\x82\xAC"},
        {"\xC3\xA2\xC2\x82\xC2\xAC", "\xE2\x82\xAC"}, /* UTF-8 that was read as ISO 8859-1 */
        {"\xC2\xA0", "\xC2\xA0"},
        {"x\xC2\x81", "x\xC2\x81"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str clean = text_without_c1(arena, str_from(cases[i].text));
        assert_text_of(cases[i].text, clean, cases[i].clean);
        assert_true(utf8_valid(clean));
    }
    struct str many = text_without_c1(arena, repeated("\xC2\x80", 10000));
    assert_int_equal(many.len, 30000);
}

static void test_the_value_is_a_copy(void **unused)
{
    (void)unused;
    char text[] = " plain ";
    struct feed_text got = construct(text);
    memset(text, 'x', sizeof(text) - 1);
    assert_text(got.value, "plain");
}

static void test_a_full_arena_gives_no_value(void **unused)
{
    (void)unused;
    static const char *const types[] = {"text", "html", "application/x-thing"};
    source.text = repeated("<b>a\xC2\x93</b>", 20000);
    for (size_t i = 0; i < COUNT(types); i++) {
        struct arena *tiny = arena_create(65536);
        source.type = str_from(types[i]);
        struct feed_text text = text_construct(tiny, &source);
        assert_null(text.value.ptr);
        assert_true(arena_exhausted(tiny));
        arena_destroy(&tiny);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, arena_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_media_types_of_atom),
        TEST(test_plain_text_stays_as_it_is),
        TEST(test_blank_text_is_absent),
        TEST(test_html_is_made_safe_with_absolute_links),
        TEST(test_elements_are_xhtml_whatever_the_type),
        TEST(test_what_looks_like_html),
        TEST(test_guessing_is_for_plain_text_only),
        TEST(test_guessing_takes_linear_time),
        TEST(test_base64),
        TEST(test_base64_is_made_safe_too),
        TEST(test_c1_characters),
        TEST(test_the_value_is_a_copy),
        TEST(test_a_full_arena_gives_no_value),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
