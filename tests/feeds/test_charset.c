/* Encodings: who has the last word, and what the bytes become. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "feeds/charset.h"

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_create(16 << 20);
    return arena ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static struct charset_result read_bytes(struct str bytes, const char *content_type)
{
    struct charset_result result;
    assert_int_equal(charset_to_utf8(arena, bytes, content_type ? str_from(content_type) : STR_NONE, &result),
                     0);
    return result;
}

static void becomes(struct str bytes, const char *content_type, const char *name, const char *text)
{
    struct charset_result result = read_bytes(bytes, content_type);
    if (!str_equal(result.name, str_from(name)))
        fail_msg("read as %.*s, not %s", STR_ARG(result.name), name);
    if (!str_equal(result.text, str_from(text)))
        fail_msg("the text is \"%.*s\", not \"%s\"", STR_ARG(result.text), text);
}

static void test_the_order_of_precedence(void **state)
{
    (void)state;
    /* A byte order mark before all, and it is no part of the text. */
    becomes(STR("\xEF\xBB\xBF<a>\xC3\xA9</a>"), "text/xml; charset=iso-8859-1", "utf-8", "<a>\xC3\xA9</a>");
    assert_int_equal(read_bytes(STR("\xEF\xBB\xBF<a/>"), NULL).origin, CHARSET_BOM);
    /* Then the header, then the declaration, then what the bytes look like. */
    becomes(STR("<?xml version=\"1.0\" encoding=\"koi8-r\"?><a>\xE9</a>"),
            "application/xml; charset=windows-1252", "windows-1252",
            "<?xml version=\"1.0\" encoding=\"koi8-r\"?><a>\xC3\xA9</a>");
    becomes(STR("<?xml version=\"1.0\" encoding=\"koi8-r\"?><a>\xC1</a>"), NULL, "koi8-r",
            "<?xml version=\"1.0\" encoding=\"koi8-r\"?><a>\xD0\xB0</a>");
    becomes(STR("<a>\xC3\xA9</a>"), NULL, "utf-8", "<a>\xC3\xA9</a>");
    becomes(STR("<a>\x93quoted\x94</a>"), NULL, "windows-1252", "<a>\xE2\x80\x9Cquoted\xE2\x80\x9D</a>");
}

static void test_iso_8859_1_means_windows_1252(void **state)
{
    (void)state;
    becomes(STR("<a>\x93\xE9\x94</a>"), "text/xml; charset=ISO-8859-1", "windows-1252",
            "<a>\xE2\x80\x9C\xC3\xA9\xE2\x80\x9D</a>");
}

static void test_sixteen_and_thirty_two_bits(void **state)
{
    (void)state;
    becomes(STR("\xFF\xFE<\0a\0/\0>\0"), NULL, "utf-16le", "<a/>");
    becomes(STR("\xFE\xFF\0<\0a\0/\0>"), NULL, "utf-16be", "<a/>");
    becomes(STR("\xFF\xFE\0\0<\0\0\0a\0\0\0/\0\0\0>\0\0\0"), NULL, "utf-32le", "<a/>");
}

static void test_east_asian_encodings(void **state)
{
    (void)state;
    becomes(STR("<a>\xC4\xE3\xBA\xC3</a>"), "text/xml; charset=gb2312", "gb18030",
            "<a>\xE4\xBD\xA0\xE5\xA5\xBD</a>");
    becomes(STR("<a>\xA7\x41\xA6\x6E</a>"), "text/xml; charset=big5", "big5",
            "<a>\xE4\xBD\xA0\xE5\xA5\xBD</a>");
    becomes(STR("<a>\x82\xB1</a>"), "text/xml; charset=Shift_JIS", "shift_jis", "<a>\xE3\x81\x93</a>");
    becomes(STR("<a>\xA4\xB3</a>"), "text/xml; charset=euc-jp", "euc-jp", "<a>\xE3\x81\x93</a>");
    becomes(STR("<a>\xB0\xA1</a>"), "text/xml; charset=euc-kr", "euc-kr", "<a>\xEA\xB0\x80</a>");
}

static void test_the_parameter_in_all_its_forms(void **state)
{
    (void)state;
    static const char *const types[] = {"text/xml; charset=\"windows-1251\"", "text/xml;charset=windows-1251",
                                        "text/xml; CHARSET = windows-1251",
                                        "text/xml; boundary=x; charset='windows-1251'",
                                        "text/xml; charset=cp1251"};
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        becomes(STR("<a>\xE0</a>"), types[i], "windows-1251", "<a>\xD0\xB0</a>");
}

static void test_a_wrong_declaration_is_overridden_and_said(void **state)
{
    (void)state;
    struct charset_result result =
        read_bytes(STR("<?xml version=\"1.0\" encoding=\"utf-16\"?><a>\xC3\xA9</a>"), NULL);
    assert_true(str_equal(result.name, STR("utf-8")));
    assert_true(result.overridden);
    result = read_bytes(STR("<?xml version=\"1.0\" encoding=\"no-such-thing\"?><a>\xC3\xA9</a>"), NULL);
    assert_true(str_equal(result.name, STR("utf-8")));
    assert_true(result.overridden);
    result = read_bytes(STR("<?xml version=\"1.0\" encoding=\"utf-8\"?><a>x</a>"), NULL);
    assert_false(result.overridden);
}

static void test_bytes_that_are_wrong_do_not_lose_the_document(void **state)
{
    (void)state;
    struct charset_result result =
        read_bytes(STR("<?xml version=\"1.0\" encoding=\"utf-8\"?><a>caf\xC3\xA9 \xC3( x</a>"), NULL);
    assert_true(str_find(result.text, STR("caf"), 0) >= 0);
    assert_true(str_find(result.text, STR("( x</a>"), 0) >= 0);
}

static void test_labels(void **state)
{
    (void)state;
    static const char *const labels[] = {"latin1",     "l1",          "ascii",          "us-ascii", "utf8",
                                         "cp1252",     "x-sjis",      "ks_c_5601-1987", "tis-620",  "koi8-u",
                                         "macintosh",  "iso-8859-15", "windows-874",    "gbk",      "x-gbk",
                                         "big5-hkscs", "iso-2022-jp", " UTF-8 "};
    for (size_t i = 0; i < sizeof(labels) / sizeof(labels[0]); i++)
        if (!charset_find(str_from(labels[i])))
            fail_msg("the label \"%s\" is not known", labels[i]);
    assert_null(charset_find(STR("no-such-thing")));
    assert_null(charset_find(STR("")));
}

static void test_every_encoding_survives_every_byte(void **state)
{
    (void)state;
    static const char *const names[] = {"utf-8",  "windows-1252", "gb18030", "big5",        "shift_jis",
                                        "euc-jp", "euc-kr",       "koi8-r",  "iso-2022-jp", "utf-16le"};
    char bytes[512];
    for (size_t i = 0; i < sizeof(bytes); i++)
        bytes[i] = (char)(i * 7 % 256);
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char type[64];
        (void)snprintf(type, sizeof(type), "text/xml; charset=%s", names[i]);
        for (size_t len = 0; len < sizeof(bytes); len += 13)
            (void)read_bytes(str_make(bytes, len), type);
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_the_order_of_precedence, setup, teardown),
        cmocka_unit_test_setup_teardown(test_iso_8859_1_means_windows_1252, setup, teardown),
        cmocka_unit_test_setup_teardown(test_sixteen_and_thirty_two_bits, setup, teardown),
        cmocka_unit_test_setup_teardown(test_east_asian_encodings, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_parameter_in_all_its_forms, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_wrong_declaration_is_overridden_and_said, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bytes_that_are_wrong_do_not_lose_the_document, setup, teardown),
        cmocka_unit_test_setup_teardown(test_labels, setup, teardown),
        cmocka_unit_test_setup_teardown(test_every_encoding_survives_every_byte, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
