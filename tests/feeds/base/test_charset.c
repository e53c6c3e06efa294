/* Encodings: which statement wins, what labels mean, and bytes that are not what they are said to be. */
#include "feeds/text_check.h"

#include <errno.h>

#include "base/utf8.h"
#include "base/charset.h"

static struct charset_result result;

static void read_bytes(struct str bytes, const char *content_type)
{
    assert_int_equal(charset_to_utf8(arena, bytes, str_from(content_type), &result), 0);
    assert_true(utf8_valid(result.text));
}
#define READ(literal, content_type) read_bytes(STR(literal), (content_type))

static void test_precedence(void **unused)
{
    (void)unused;
    static const struct {
        struct str bytes;
        const char *content_type, *name;
        enum charset_origin origin;
        bool overridden;
    } cases[] = {
        {STR("\xEF\xBB\xBF<?xml version='1.0' encoding='koi8-r'?><a/>"), "text/xml; charset=big5", "utf-8",
         CHARSET_BOM, false},
        {STR("<?xml version='1.0' encoding='koi8-r'?><a/>"), "text/xml; charset=windows-1251", "windows-1251",
         CHARSET_HTTP, false},
        {STR("<?xml version='1.0' encoding='koi8-r'?><a/>"), "text/xml", "koi8-r", CHARSET_DECLARATION,
         false},
        {STR("<?xml version='1.0' encoding='koi8-r'?><a/>"), NULL, "koi8-r", CHARSET_DECLARATION, false},
        {STR("<a>\xC3\xA9</a>"), NULL, "utf-8", CHARSET_VALID_UTF8, false},
        {STR("<a>\xE9</a>"), NULL, "windows-1252", CHARSET_GUESS, false},
        /* Statements that cannot be true, or mean nothing. */
        {STR("<?xml version='1.0' encoding='utf-16'?><a/>"), NULL, "utf-8", CHARSET_VALID_UTF8, true},
        {STR("<?xml version='1.0' encoding='utf-8'?><a>\xE9</a>"), NULL, "windows-1252", CHARSET_GUESS, true},
        {STR("<?xml version='1.0' encoding='nonsense'?><a/>"), NULL, "utf-8", CHARSET_VALID_UTF8, true},
        {STR("<?xml version='1.0' encoding='koi8-r'?><a/>"), "text/xml; charset=utf-32", "koi8-r",
         CHARSET_DECLARATION, true},
        {STR("<?xml version='1.0' encoding='koi8-r'?><a/>"), "text/xml; charset=x-unheard-of", "koi8-r",
         CHARSET_DECLARATION, true},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        read_bytes(cases[i].bytes, cases[i].content_type);
        assert_text_of(cases[i].bytes.ptr, result.name, cases[i].name);
        assert_int_equal(result.origin, cases[i].origin);
        assert_int_equal(result.overridden, cases[i].overridden);
    }
}

static void test_the_charset_parameter_as_servers_write_it(void **unused)
{
    (void)unused;
    static const char *const headers[] = {
        "text/xml;charset=koi8-r",          "text/xml; charset=\"koi8-r\"",  "text/xml; charset='koi8-r'",
        "text/xml; CHARSET = KOI8-R ; q=1", "text/xml; q=1;charset=koi8-r,", "charset=koi8-r",
    };
    for (size_t i = 0; i < COUNT(headers); i++) {
        READ("<a>\xC1</a>", headers[i]);
        assert_text_of(headers[i], result.name, "koi8-r");
        assert_text_of(headers[i], result.text, "<a>\xD0\xB0</a>");
    }
    static const char *const bogus[] = {
        "text/xml; charset", "text/xml; charset=", "text/xml; charset=\"", "text/xml; charset;", ";;=", ""};
    for (size_t i = 0; i < COUNT(bogus); i++) {
        READ("<a/>", bogus[i]);
        assert_text_of(bogus[i], result.name, "utf-8");
    }
}

static void test_labels(void **unused)
{
    (void)unused;
    static const struct {
        const char *label, *name;
    } cases[] = {
        {"UTF-8", "UTF-8"},
        {"utf8", "UTF-8"},
        {"iso-8859-1", "WINDOWS-1252"},
        {"Latin1", "WINDOWS-1252"},
        {"us-ascii", "WINDOWS-1252"},
        {"gb2312", "GB18030"},
        {"GBK", "GB18030"},
        {"shift_jis", "CP932"},
        {"Shift-JIS", "CP932"},
        {"iso_8859_15", "ISO-8859-15"},
        {"iso_8859-15", "ISO-8859-15"},
        {"tis-620", "CP874"},
        {"euc-kr", "CP949"},
        {"u16", "UTF-16LE"},
        {"utf_16", "UTF-16LE"},
        {"windows-1258", "WINDOWS-1258"},
        {" big5 ", "BIG5-HKSCS"},
        {"", NULL},
        {"utf-9", NULL},
        {"../../etc/passwd", NULL},
        {"utf-8//TRANSLIT", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *name = charset_find(str_from(cases[i].label));
        assert_text_of(cases[i].label, str_from(name), cases[i].name);
    }
    assert_null(charset_find(repeated("x", 10000)));
}

/* Every encoding that feeds come in, with one word of it. */
static void test_conversions(void **unused)
{
    (void)unused;
    static const struct {
        const char *label, *bytes, *text;
    } cases[] = {
        {"iso-8859-1", "caf\xE9 \x93x\x94", "caf\xC3\xA9 \xE2\x80\x9Cx\xE2\x80\x9D"},
        {"windows-1252", "\x80\x81", "\xE2\x82\xAC\xC2\x81"},
        {"iso-8859-2", "\xB9", "\xC5\xA1"},
        {"iso-8859-15", "\xA4", "\xE2\x82\xAC"},
        {"windows-1250", "\x8A", "\xC5\xA0"},
        {"windows-1251", "\xCF\xF0", "\xD0\x9F\xD1\x80"},
        {"windows-1253", "\xC1", "\xCE\x91"},
        {"windows-1254", "\xFD", "\xC4\xB1"},
        {"windows-1256", "\xC7", "\xD8\xA7"},
        {"koi8-r", "\xF0", "\xD0\x9F"},
        {"koi8-u", "\xA7", "\xD1\x97"},
        {"tis-620", "\xA1", "\xE0\xB8\x81"},
        {"gb2312", "\xD6\xD0\xCE\xC4", "\xE4\xB8\xAD\xE6\x96\x87"},
        {"big5", "\xA4\xA4\xA4\xE5", "\xE4\xB8\xAD\xE6\x96\x87"},
        {"euc-kr", "\xC7\xD1", "\xED\x95\x9C"},
        {"euc-jp", "\xC6\xFC\xCB\xDC", "\xE6\x97\xA5\xE6\x9C\xAC"},
        {"shift_jis", "\x93\xFA\x96\x7B", "\xE6\x97\xA5\xE6\x9C\xAC"},
        {"iso-2022-jp", "\x1B$BF|\x1B(B", "\xE6\x97\xA5"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str header = arena_printf(arena, "text/xml; charset=%s", cases[i].label);
        read_bytes(str_from(cases[i].bytes), header.ptr);
        assert_text_of(cases[i].label, result.text, cases[i].text);
        assert_int_equal(result.origin, CHARSET_HTTP);
        assert_false(result.replaced);
    }
}

static void test_wide_encodings_with_and_without_mark(void **unused)
{
    (void)unused;
    static const struct {
        struct str bytes;
        const char *name;
    } cases[] = {
        {STR("\xFF\xFE<\0a\0/\0>\0"), "utf-16le"},
        {STR("\xFE\xFF\0<\0a\0/\0>"), "utf-16be"},
        {STR("<\0a\0/\0>\0"), "utf-16le"},
        {STR("\0<\0a\0/\0>"), "utf-16be"},
        {STR("\xFF\xFE\0\0<\0\0\0a\0\0\0/\0\0\0>\0\0\0"), "utf-32le"},
        {STR("\0\0\xFE\xFF\0\0\0<\0\0\0a\0\0\0/\0\0\0>"), "utf-32be"},
        {STR("<\0\0\0a\0\0\0/\0\0\0>\0\0\0"), "utf-32le"},
        {STR("\0\0\0<\0\0\0a\0\0\0/\0\0\0>"), "utf-32be"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        read_bytes(cases[i].bytes, NULL);
        assert_text_of(cases[i].name, result.text, "<a/>");
        assert_text(result.name, cases[i].name);
        assert_int_equal(result.origin, CHARSET_BOM);
    }
}

static void test_half_a_pair_costs_one_character_only(void **unused)
{
    (void)unused;
    READ("\xFF\xFE<\0a\0>\0\x00\xD8<\0/\0a\0>\0", NULL);
    assert_text(result.text, "<a>\xEF\xBF\xBD</a>");
    assert_true(result.replaced);
    READ("<\0a\0/\0>\0x", NULL); /* cut in the middle of a unit */
    assert_text(result.text, "<a/>\xEF\xBF\xBD");
}

static void test_invalid_bytes_do_not_lose_the_document(void **unused)
{
    (void)unused;
    READ("\xEF\xBB\xBF<a>x\xFFy</a>", NULL);
    assert_text(result.text, "<a>x\xEF\xBF\xBDy</a>");
    assert_true(result.replaced);
    READ("<?xml version='1.0' encoding='euc-jp'?><a>\xC6\xFC\xFF\xFFz</a>", NULL);
    assert_true(result.replaced);
    assert_true(str_ends(result.text, STR("z</a>")));
    READ("<?xml version='1.0' encoding='shift_jis'?><a>\x93", NULL); /* half a character at the end */
    assert_true(str_ends(result.text, STR("<a>\xEF\xBF\xBD")));
}

/* iconv holds a letter back where an accent might follow. */
static void test_the_last_letter_is_not_held_back(void **unused)
{
    (void)unused;
    READ("\xE0", "text/plain; charset=windows-1255");
    assert_text(result.text, "\xD7\x90");
    READ("\x88\x66", "text/plain; charset=big5");
    assert_text(result.text, "\xC3\x8A");
    READ("a", "text/plain; charset=windows-1258");
    assert_text(result.text, "a");
}

static void test_nothing_is_copied_when_nothing_changes(void **unused)
{
    (void)unused;
    static const char text[] = "<a>\xC3\xA9</a>";
    read_bytes(str_from(text), NULL);
    assert_ptr_equal(result.text.ptr, text);
    READ("", NULL);
    assert_int_equal(result.text.len, 0);
}

static void test_a_full_arena_is_an_error(void **unused)
{
    (void)unused;
    static const char *const labels[] = {"windows-1252", "koi8-r"};
    struct str bytes = repeated("\xE9", 300000);
    for (size_t i = 0; i < COUNT(labels); i++) {
        struct arena *tiny = arena_create(100000);
        struct str header = arena_printf(arena, "text/xml; charset=%s", labels[i]);
        result = (struct charset_result){.name = STR("untouched")};
        assert_int_equal(charset_to_utf8(tiny, bytes, header, &result), -ENOMEM);
        assert_text(result.name, "untouched");
        arena_destroy(&tiny);
    }
}

struct damage_case {
    const char *bytes, *content_type, *text, *name;
    bool overridden, replaced;
};

static void test_damage_is_mended_piece_by_piece(void **unused)
{
    (void)unused;
    static const struct damage_case cases[] = {
        {"<a>Caf\xC3\xA9 Z\xC3\xBCrich it\x92s</a>", "", "<a>Caf\xC3\xA9 Z\xC3\xBCrich it\xE2\x80\x99s</a>",
         "utf-8", false, true},
        {"<a>Caf\xC3\xA9 Z\xC3\xBCrich \xE9t</a>", "text/xml; charset=utf-8",
         "<a>Caf\xC3\xA9 Z\xC3\xBCrich \xC3\xA9t</a>", "utf-8", false, true},
        {"<a>\xC3\xA9 \xC3\xA9 \xC3\xA9 \xE2\x82 x \x81</a>", "",
         "<a>\xC3\xA9 \xC3\xA9 \xC3\xA9 \xEF\xBF\xBD x \xEF\xBF\xBD</a>", "utf-8", false, true},
        {"<a>\xD0\x96\xD0", "", "<a>\xD0\x96\xEF\xBF\xBD", "utf-8", false, true},
        {"<a>x\xE2\x82", "text/xml; charset=utf-8", "<a>x\xEF\xBF\xBD", "utf-8", false, true},
        {"<a>Caf\xE9</a>", "text/xml; charset=utf-8", "<a>Caf\xC3\xA9</a>", "windows-1252", true, false},
        {"<?xml encoding='iso-8859-1'?><a>Caf\xC3\xA9 Z\xC3\xBCrich</a>", "", NULL, "utf-8", true, false},
        {"<a>Caf\xC3\xA9 Z\xC3\xBCrich</a>", "text/xml; charset=windows-1252", NULL, "utf-8", true, false},
        {"<a>Caf\xC3\xA9 Z\xFCrich</a>", "text/xml; charset=iso-8859-1",
         "<a>Caf\xC3\x83\xC2\xA9 Z\xC3\xBCrich</a>", "windows-1252", false, false},
        {"<a>\xE9</a>", "text/xml; charset=us-ascii", "<a>\xC3\xA9</a>", "windows-1252", true, false},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str bytes = str_from(cases[i].bytes);
        assert_int_equal(charset_to_utf8(arena, bytes, str_from(cases[i].content_type), &result), 0);
        assert_text_of(cases[i].bytes, result.text, cases[i].text ? cases[i].text : cases[i].bytes);
        assert_text_of(cases[i].bytes, result.name, cases[i].name);
        assert_int_equal(result.overridden, cases[i].overridden);
        assert_int_equal(result.replaced, cases[i].replaced);
    }
}

static void test_a_declaration_behind_warnings_counts(void **unused)
{
    (void)unused;
    struct str bytes = STR("<br />Warning\n<?xml version='1.0' encoding='koi8-r'?><a>\xC1</a>");
    assert_int_equal(charset_to_utf8(arena, bytes, STR_NONE, &result), 0);
    assert_text(result.name, "koi8-r");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_ARENA(test_damage_is_mended_piece_by_piece),
        TEST_ARENA(test_a_declaration_behind_warnings_counts),
        TEST_ARENA(test_precedence),
        TEST_ARENA(test_the_charset_parameter_as_servers_write_it),
        TEST_ARENA(test_labels),
        TEST_ARENA(test_conversions),
        TEST_ARENA(test_wide_encodings_with_and_without_mark),
        TEST_ARENA(test_half_a_pair_costs_one_character_only),
        TEST_ARENA(test_invalid_bytes_do_not_lose_the_document),
        TEST_ARENA(test_the_last_letter_is_not_held_back),
        TEST_ARENA(test_nothing_is_copied_when_nothing_changes),
        TEST_ARENA(test_a_full_arena_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
