/* Tokens as the Universal Dependencies' English treebanks cut them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "base/buffer.h"
#include "processors/language/tokens.h"
#include "tests/support/linear_time.h"

/* The tokens with a bar between two. */
static void check(const char *text, const char *wanted)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct token_list list = {0};
    _cleanup_buffer_ struct buffer got = {0};
    assert_int_equal(tokens_find(arena, str_from(text), 0, strlen(text), &list), 0);
    for (size_t i = 0; i < list.count; i++) {
        if (i)
            buffer_append_byte(&got, '|');
        buffer_append_str(&got, str_slice(str_from(text), list.items[i].start, list.items[i].end));
    }
    if (!str_equal(buffer_str(&got), str_from(wanted)))
        fail_msg("%s\nis cut %.*s\nnot %s", text, STR_ARG(buffer_str(&got)), wanted);
    arena_destroy(&arena);
}

static void test_marks_stand_alone(void **state)
{
    (void)state;
    check("He said: \"No, (not) now!\"", "He|said|:|\"|No|,|(|not|)|now|!|\"");
    check("Wait... what?! -- well \xe2\x80\x94 yes", "Wait|...|what|?!|--|well|\xe2\x80\x94|yes");
    check("\xe2\x80\x9cYes\xe2\x80\x9d, he said", "\xe2\x80\x9c|Yes|\xe2\x80\x9d|,|he|said");
    check("", "");
    check("  a  ", "a");
}

static void test_clitics_are_cut(void **state)
{
    (void)state;
    check("I can't, won't and shouldn't've", "I|ca|n't|,|wo|n't|and|should|n't|'ve");
    check("NATO's allies' we'll they\xe2\x80\x99re", "NATO|'s|allies|'|we|'ll|they|\xe2\x80\x99re");
    check("He cannot; they're gonna", "He|can|not|;|they|'re|gon|na");
    check("O'Brien and the '90s", "O'Brien|and|the|'90s");
}

static void test_abbreviations_numbers_and_addresses_are_whole(void **state)
{
    (void)state;
    check("Mr. J. Smith of the U.S. left on Jan. 5.", "Mr.|J.|Smith|of|the|U.S.|left|on|Jan.|5|.");
    check("At 10:30 a.m. $5.5bn, 1,000.50 and 3.5%.", "At|10:30|a.m.|$|5.5bn|,|1,000.50|and|3.5|%|.");
    check("See www.un.org/news, or write to a.b@un.org.", "See|www.un.org/news|,|or|write|to|a.b@un.org|.");
    check("On 11/28/2000 it was 10pm and/or later", "On|11/28/2000|it|was|10|pm|and|/|or|later");
    check("Items etc.", "Items|etc|.");
    check("1. First", "1.|First");
}

static void test_hyphens_cut_words_and_spare_prefixes(void **state)
{
    (void)state;
    check("open-door non-aligned e-mail 10-year-old", "open|-|door|non-aligned|e-mail|10|-|year|-|old");
    check("713-853-3989 and 1990\xe2\x80\x93"
          "95",
          "713-853-3989|and|1990|\xe2\x80\x93|95");
}

static void find_tokens(const void *piece, size_t count)
{
    struct arena *arena = arena_create((size_t)1 << 30);
    struct token_list list = {0};
    _cleanup_buffer_ struct buffer text = {0};
    for (size_t i = 0; i < count; i++)
        buffer_append_str(&text, str_from(piece));
    assert_int_equal(tokens_find(arena, buffer_str(&text), 0, text.len, &list), 0);
    size_t end = 0;
    for (size_t k = 0; k < list.count; k++) { /* in order, none within another */
        assert_true(list.items[k].start >= end && list.items[k].end > list.items[k].start);
        end = list.items[k].end;
    }
    arena_destroy(&arena);
}

static void test_hostile_text_takes_linear_time(void **state)
{
    (void)state;
    static const char *const pieces[] = {"a",    "-",   ".", "'", "(", "a-", "1/", "\xe4\xb8\xad", "n't",
                                         "a.b@", "\"'", ")", "%", "!", "a)", "-a", "'s",           "/"};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        assert_linear(find_tokens, pieces[i], 100000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_marks_stand_alone),
        cmocka_unit_test(test_clitics_are_cut),
        cmocka_unit_test(test_abbreviations_numbers_and_addresses_are_whole),
        cmocka_unit_test(test_hyphens_cut_words_and_spare_prefixes),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
