/* The shared base: strings, arena, buffer, UTF-8, clock, hash, JSON writer. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <jansson.h>
#include <stdio.h>

#include <errno.h>
#include <math.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/json_writer.h"
#include "base/nearest.h"
#include "base/str.h"
#include "base/utf8.h"
#include "base/word_list.h"

static void assert_str(struct str got, const char *wanted)
{
    assert_int_equal(got.len, strlen(wanted));
    assert_memory_equal(got.ptr, wanted, got.len);
}

static void test_str_trim_knows_the_spaces_of_feeds(void **state)
{
    (void)state;
    assert_str(str_trim(STR(" \t\r\n x y \xC2\xA0\xE3\x80\x80")), "x y");
    assert_str(str_trim(STR("\xEF\xBB\xBFtext")), "text");
    assert_str(str_trim(STR(" \n ")), "");
}

static void test_str_find_and_split(void **state)
{
    (void)state;
    assert_int_equal(str_find(STR("abcabc"), STR("ca"), 0), 2);
    assert_int_equal(str_find(STR("abcabc"), STR("ca"), 3), -1);
    assert_int_equal(str_find_nocase(STR("Content-TYPE"), STR("type"), 0), 8);
    struct str rest = STR("a,,b"), part;
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "a");
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "");
    assert_true(str_split(&rest, ',', &part));
    assert_str(part, "b");
    assert_false(str_split(&rest, ',', &part));
}

static void test_str_numbers_are_whole_or_nothing(void **state)
{
    (void)state;
    int64_t value;
    double number;
    assert_true(str_to_int64(STR("-42"), &value));
    assert_int_equal(value, -42);
    assert_false(str_to_int64(STR("42x"), &value));
    assert_false(str_to_int64(str_make("42\0000", 4), &value));
    assert_false(str_to_int64(STR(""), &value));
    assert_false(str_to_int64(STR("99999999999999999999"), &value));
    assert_true(str_to_double(STR("0.5"), &number));
    assert_true(fabs(number - 0.5) < 1e-12);
    assert_false(str_to_double(STR("nan"), &number));
}

static void test_word_list_finds_each_word_and_no_other(void **state)
{
    static const char *const words[] = {"ant", "bee", "beetle", "zebra"};
    (void)state;
    assert_int_equal(word_list_find(words, 4, STR("ant")), 0);
    assert_int_equal(word_list_find(words, 4, STR("bee")), 1);
    assert_int_equal(word_list_find(words, 4, STR("beetle")), 2);
    assert_int_equal(word_list_find(words, 4, STR("be")), 4);
    assert_int_equal(word_list_find(words, 4, STR("")), 4);
    assert_int_equal(word_list_find(words, 4, STR_NONE), 4);
    assert_int_equal(word_list_find(words, 4, STR("zebras")), 4);
    assert_true(WORD_LISTED(words, STR("zebra")) && !WORD_LISTED(words, STR("a")));
}

static void test_the_nearest_word_is_what_was_meant(void **unused)
{
    (void)unused;
    static const char *const known[] = {"feed", "feeds", "status", "language", "--unchecked", "author"};
    static const struct {
        const char *word, *near;
    } rows[] = {
        {"feeds", "feeds"},   {"feds", "feeds"},
        {"statsu", "status"}, {"lang", "language"},
        {"l", NULL},          {"--unchekd", "--unchecked"},
        {"aut", "author"},    {"autor", "author"},
        {"xyz", NULL},        {"", NULL},
        {"qwertyu", NULL},    {"a-word-that-is-longer-than-any-that-can-be-compared-here", NULL},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const char *near = nearest_word(known, sizeof(known) / sizeof(known[0]), rows[i].word);
        if (!near != !rows[i].near || (near && strcmp(near, rows[i].near)))
            fail_msg("%s: %s", rows[i].word, near ? near : "none");
    }
    assert_int_equal(nearest_slips("date", "date"), 0);
    assert_true(nearest_slips("container", "date") == SIZE_MAX);
}

static void test_arena_stops_at_its_cap_and_says_so(void **state)
{
    (void)state;
    struct arena *arena = arena_create(100000);
    assert_non_null(arena_alloc(arena, 60000));
    assert_false(arena_exhausted(arena));
    assert_null(arena_alloc(arena, 60000));
    assert_true(arena_exhausted(arena));
    assert_null(arena_array(arena, SIZE_MAX / 2, 16));
    arena_reset(arena);
    assert_false(arena_exhausted(arena));
    assert_non_null(arena_alloc(arena, 60000));
    assert_true(arena_held(arena) <= 100000);
    arena_destroy(&arena);
    assert_null(arena);
    arena_destroy(&arena);
}

static void test_arena_grow_keeps_what_is_there(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    int *items = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 1000; i++) {
        assert_int_equal(arena_grow(arena, (void **)&items, (size_t)i, &capacity, sizeof(*items)), 0);
        items[i] = i;
    }
    for (int i = 0; i < 1000; i++)
        assert_int_equal(items[i], i);
    assert_str(arena_printf(arena, "%s-%d", "a", 7), "a-7");
    arena_destroy(&arena);
}

static void test_buffer_grows_and_terminates(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    for (int i = 0; i < 5000; i++)
        assert_int_equal(buffer_printf(&buffer, "%d,", i), 0);
    assert_int_equal(buffer.ptr[buffer.len], '\0');
    assert_int_equal(buffer_reserve(&buffer, SIZE_MAX / 2), -ENOMEM);
    assert_int_equal(buffer_append_byte(&buffer, 'x'), -ENOMEM); /* errors stick */
    buffer_done(&buffer);
    assert_int_equal(buffer_append_byte(&buffer, 'x'), 0);
    buffer_done(&buffer);
}

static void test_utf8_accepts_only_well_formed_sequences(void **state)
{
    (void)state;
    assert_true(utf8_valid(STR("plain, \xC3\xA9, \xE2\x82\xAC, \xF0\x9F\x98\x80")));
    assert_false(utf8_valid(STR("\xC0\x80")));         /* overlong */
    assert_false(utf8_valid(STR("\xED\xA0\x80")));     /* surrogate */
    assert_false(utf8_valid(STR("\xF4\x90\x80\x80"))); /* over U+10FFFF */
    assert_false(utf8_valid(STR("\xE2\x82")));         /* cut off */
    assert_int_equal(utf8_valid_prefix(STR("abcdefghij\xFF")), 10);
    assert_int_equal(utf8_length(STR("\xC3\xA9\xE2\x82\xACx")), 3);
}

/* Whatever stands around a sequence and wherever it lies among the blocks that are checked together. */
static void test_utf8_is_checked_at_every_place(void **state)
{
    (void)state;
    static const char *const bad[] = {"\x80",
                                      "\xBF",
                                      "\xC0\x80",
                                      "\xC1\xBF",
                                      "\xC3",
                                      "\xE0\x9F\x80",
                                      "\xE2\x82",
                                      "\xED\xA0\x80",
                                      "\xF0\x8F\x80\x80",
                                      "\xF0\x9F\x98",
                                      "\xF4\x90\x80\x80",
                                      "\xF5\x80\x80\x80",
                                      "\xFF",
                                      "\xC3\xA9\xA9"};
    static const char *const fill[] = {"a", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xED\x9F\xBF"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
        for (size_t j = 0; j < sizeof(fill) / sizeof(*fill); j++)
            for (size_t before = 0; before < 90; before++) {
                char text[600];
                size_t len = before % 3; /* so that blocks begin within characters */
                memset(text, 'x', len);
                for (size_t n = 0; n < before; n++, len += strlen(fill[j]))
                    memcpy(text + len, fill[j], strlen(fill[j]));
                size_t good = len + (i + 1 == sizeof(bad) / sizeof(*bad) ? 2 : 0);
                memcpy(text + len, bad[i], strlen(bad[i]));
                len += strlen(bad[i]);
                assert_int_equal(utf8_valid_prefix(str_make(text, len)), good); /* at the end */
                memset(text + len, 'y', 80);
                assert_int_equal(utf8_valid_prefix(str_make(text, len + 80)), good);
            }
}

static void test_utf8_repair_replaces_maximal_ill_formed_parts(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    assert_str(utf8_repair(arena, STR("a\xE2\x82z\xFFy")), "a\xEF\xBF\xBDz\xEF\xBF\xBDy");
    struct str good = STR("untouched");
    assert_ptr_equal(utf8_repair(arena, good).ptr, good.ptr);
    assert_str(utf8_cut(STR("a\xE2\x82\xAC"), 3), "a");
    arena_destroy(&arena);
}

static void test_clock_writes_and_counts_days(void **state)
{
    (void)state;
    char text[CLOCK_RFC3339_BYTES];
    assert_string_equal(clock_rfc3339(0, 1, text), "1970-01-01T00:00:00.000Z");
    assert_string_equal(clock_rfc3339(1641897180000, 0, text), "2022-01-11T10:33:00Z");
    assert_string_equal(clock_rfc3339(-1, 1, text), "1969-12-31T23:59:59.999Z");
    assert_string_equal(clock_rfc3339(INT64_MAX, 0, text), "9999-12-31T23:59:59Z");
    for (int64_t day = -800000; day < 800000; day += 997) {
        int64_t year;
        int month, month_day;
        clock_civil_from_days(day, &year, &month, &month_day);
        assert_int_equal(clock_days_from_civil(year, month, month_day), day);
    }
}

static void test_virtual_clock_moves_only_when_told(void **state)
{
    (void)state;
    clock_virtual_start(1000, 7);
    int64_t before = clock_monotonic_ms();
    clock_virtual_advance(250);
    assert_int_equal(clock_wall_ms(), 1250);
    assert_int_equal(clock_monotonic_ms() - before, 250);
    clock_virtual_step_wall(0);
    assert_int_equal(clock_monotonic_ms() - before, 250);
    for (int i = 0; i < 1000; i++)
        assert_true(clock_random(10) < 10);
    clock_virtual_stop();
}

static void test_hash_matches_the_published_vector(void **state)
{
    (void)state;
    char hex[SHA256_HEX_BYTES];
    /* FIPS 180-4, example "abc" */
    assert_string_equal(hash_sha256_hex(STR("abc"), 64, hex),
                        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_int_not_equal(hash_64(STR("")), 0);
    assert_int_not_equal(hash_64_seeded(1, STR("a")), hash_64_seeded(2, STR("a")));
}

static void test_json_writer_leaves_out_what_is_absent(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    struct json_writer *json = json_writer_create(&buffer, false);
    json_begin_object(json);
    json_field_str(json, "title", STR("a \"b\"\n"));
    json_field_str(json, "none", STR_NONE);
    json_field_true(json, "no", false);
    json_field_double(json, "x", 0.25, 6);
    json_key(json, "raw");
    json_raw(json, STR("{\"n\":1}"));
    json_key(json, "list");
    json_begin_array(json);
    json_int(json, -5);
    json_write_null(json);
    json_end_array(json);
    json_end_object(json);
    assert_int_equal(json_writer_finish(&json), 0);
    assert_string_equal(buffer.ptr,
                        "{\"title\":\"a \\\"b\\\"\\n\",\"x\":0.25,\"raw\":{\"n\":1},\"list\":[-5,null]}");
    buffer_done(&buffer);
}

static void test_json_writer_refuses_bad_utf8_and_wrong_order(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    struct json_writer *json = json_writer_create(&buffer, false);
    json_begin_object(json);
    json_field_str(json, "bad", STR("\xFF"));
    json_end_object(json);
    assert_int_equal(json_writer_finish(&json), -EILSEQ);
    json = json_writer_create(&buffer, false);
    json_begin_object(json);
    json_int(json, 1);
    assert_int_equal(json_writer_finish(&json), -EINVAL);
    buffer_done(&buffer);
}

static struct str written(struct buffer *buffer, struct str text)
{
    buffer_clear(buffer);
    struct json_writer *json = json_writer_create(buffer, false);
    json_str(json, text);
    return json_writer_finish(&json) ? STR_NONE : buffer_str(buffer);
}

static void test_json_strings_are_escaped_wherever_the_byte_stands(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    char text[32], wanted[48];
    for (int byte = 1; byte < 0x80; byte++)
        for (size_t at = 0; at < 20; at++) {
            memset(text, 'x', 20);
            text[at] = (char)byte;
            struct str got = written(&buffer, str_make(text, 20));
            json_error_t problem;
            json_t *read = json_loadb(got.ptr, got.len, JSON_DECODE_ANY, &problem);
            assert_non_null(read);
            assert_memory_equal(json_string_value(read), text, 20);
            bool special = byte < ' ' || byte == '"' || byte == '\\';
            assert_int_equal(got.len > 22, special);
            json_decref(read);
        }
    assert_true(
        str_equal(written(&buffer, STR("\x01\b\f\n\r\t\x1f")), STR("\"\\u0001\\b\\f\\n\\r\\t\\u001F\"")));
    (void)snprintf(wanted, sizeof(wanted), "\"%s\"",
                   "caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x93\xB0 \xEF\xBF\xBD");
    assert_true(str_equal(written(&buffer, STR("caf\xC3\xA9 \xE2\x82\xAC \xF0\x9F\x93\xB0 \xEF\xBF\xBD")),
                          str_from(wanted)));
    static const char *const bad[] = {"\xEF",         "abcdefgh\xEF\xBF", "\xC3(",
                                      "\xED\xA0\x80", "\xF5\x80\x80\x80", "x\x80"};
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
        assert_null(written(&buffer, str_from(bad[i])).ptr);
    buffer_done(&buffer);
}

static void test_json_pretty_indents_by_two(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    struct json_writer *json = json_writer_create(&buffer, true);
    json_begin_object(json);
    json_field_int(json, "a", 1);
    json_key(json, "b");
    json_begin_array(json);
    json_int(json, 2);
    json_int(json, 3);
    json_end_array(json);
    json_key(json, "c");
    json_begin_object(json);
    json_end_object(json);
    json_end_object(json);
    assert_int_equal(json_writer_finish(&json), 0);
    assert_string_equal(buffer.ptr, "{\n  \"a\": 1,\n  \"b\": [\n    2,\n    3\n  ],\n  \"c\": {}\n}\n");
    buffer_done(&buffer);
}

static void test_json_calls_out_of_order_are_errors(void **state)
{
    (void)state;
    struct buffer buffer = {0};
    for (int fault = 0; fault < 6; fault++) {
        struct json_writer *json = json_writer_create(&buffer, false);
        if (fault == 0) {
            json_key(json, "k");
        } else if (fault == 1) {
            json_int(json, 1), json_int(json, 2);
        } else if (fault == 2) {
            json_begin_object(json), json_end_array(json);
        } else if (fault == 3) {
            json_begin_object(json), json_key(json, "k"), json_end_object(json);
        } else if (fault == 4) {
            json_begin_array(json), json_key(json, "k");
        } else {
            for (int i = 0; i < 1000; i++)
                json_begin_array(json);
        }
        assert_int_equal(json_writer_finish(&json), -EINVAL);
        buffer_clear(&buffer);
    }
    buffer_done(&buffer);
}

static void test_errors_have_words(void **state)
{
    (void)state;
    struct error error;
    assert_int_equal(error_set(&error, ERR_CONFIG, "line %d", 3), ERR_CONFIG);
    assert_string_equal(error.text, "line 3");
    (void)error_set(&error, ERR_CONFIG, "caf\xC3\xA9 \xFF \xE2\x82");
    assert_string_equal(error.text, "caf\xC3\xA9 ? ??");
    assert_string_equal(error_text(ERR_STORE_LOCKED), "state in use by another process");
    assert_string_equal(error_text(-ENOSPC), "No space left on device");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_str_trim_knows_the_spaces_of_feeds),
        cmocka_unit_test(test_str_find_and_split),
        cmocka_unit_test(test_str_numbers_are_whole_or_nothing),
        cmocka_unit_test(test_word_list_finds_each_word_and_no_other),
        cmocka_unit_test(test_the_nearest_word_is_what_was_meant),
        cmocka_unit_test(test_arena_stops_at_its_cap_and_says_so),
        cmocka_unit_test(test_arena_grow_keeps_what_is_there),
        cmocka_unit_test(test_buffer_grows_and_terminates),
        cmocka_unit_test(test_utf8_accepts_only_well_formed_sequences),
        cmocka_unit_test(test_utf8_is_checked_at_every_place),
        cmocka_unit_test(test_utf8_repair_replaces_maximal_ill_formed_parts),
        cmocka_unit_test(test_clock_writes_and_counts_days),
        cmocka_unit_test(test_virtual_clock_moves_only_when_told),
        cmocka_unit_test(test_hash_matches_the_published_vector),
        cmocka_unit_test(test_json_writer_leaves_out_what_is_absent),
        cmocka_unit_test(test_json_writer_refuses_bad_utf8_and_wrong_order),
        cmocka_unit_test(test_json_strings_are_escaped_wherever_the_byte_stands),
        cmocka_unit_test(test_json_pretty_indents_by_two),
        cmocka_unit_test(test_json_calls_out_of_order_are_errors),
        cmocka_unit_test(test_errors_have_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
