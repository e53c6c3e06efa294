/* Copies: what is near is found, what is far is not, revisions take the place of earlier ones, the oldest
 * leave. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "processors/stories/copies.h"

static const char *id(unsigned number)
{
    static char ids[4][COPY_ID_BYTES];
    static unsigned turn;
    char *text = ids[turn++ % 4];
    (void)snprintf(text, COPY_ID_BYTES, "%032x", number);
    return text;
}

static uint64_t print(void)
{
    return 0x0123456789abcdefULL;
}

static int set_up(void **state)
{
    *state = copies_create(100);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    struct copies *copies = *state;
    copies_destroy(&copies);
    return 0;
}

static void test_near_ones_are_found_wherever_their_bits_differ(void **state)
{
    struct copies *copies = *state;
    struct copy_of of;
    copies_keep(copies, id(1), "", print());
    for (int first = 0; first + COPY_BITS <= 64; first++) {
        uint64_t bits = ((1ULL << COPY_BITS) - 1) << first, spread = 0;
        for (int k = 0; k < COPY_BITS; k++)
            spread |= 1ULL << (first + k * 11) % 64;
        assert_true(copies_find(copies, id(2), print() ^ bits, &of));
        assert_true(copies_find(copies, id(2), print() ^ spread, &of));
        assert_string_equal(of.article, id(1));
        assert_string_equal(of.story, id(1));
        assert_true(of.similarity > 0.9 && of.similarity < 1);
        assert_false(copies_find(copies, id(2), print() ^ bits ^ 1ULL << (first + 40) % 64, &of));
    }
    assert_false(copies_find(copies, id(2), 0, &of));
}

static void test_copies_of_copies_are_of_the_first_ones_story(void **state)
{
    struct copies *copies = *state;
    struct copy_of of;
    copies_keep(copies, id(1), "", print());
    assert_true(copies_find(copies, id(2), print() ^ 0xf, &of));
    copies_keep(copies, id(2), of.story, print() ^ 0xf);
    assert_true(copies_find(copies, id(3), print() ^ 0xff, &of)); /* eight bits from the first */
    assert_string_equal(of.article, id(2));
    assert_string_equal(of.story, id(1));
    assert_true(copies_find(copies, id(4), print() ^ 0x3, &of)); /* as near to both: the older */
    assert_string_equal(of.article, id(1));
}

static void test_an_article_is_no_copy_of_itself(void **state)
{
    struct copies *copies = *state;
    struct copy_of of;
    copies_keep(copies, id(1), "", print());
    assert_false(copies_find(copies, id(1), print() ^ 1, &of));
    copies_keep(copies, id(1), "", ~print()); /* rewritten */
    assert_false(copies_find(copies, id(2), print(), &of));
    assert_true(copies_find(copies, id(2), ~print(), &of));
    copies_keep(copies, id(1), "", 0); /* withdrawn */
    assert_false(copies_find(copies, id(2), ~print(), &of));
}

static void test_the_oldest_leave(void **state)
{
    struct copies *copies = *state;
    struct copy_of of;
    for (unsigned i = 1; i <= 150; i++)
        copies_keep(copies, id(i), "", (uint64_t)i * 0x9e3779b97f4a7c15ULL);
    assert_false(copies_find(copies, id(999), 50 * 0x9e3779b97f4a7c15ULL, &of));
    assert_true(copies_find(copies, id(999), 51 * 0x9e3779b97f4a7c15ULL, &of));
    assert_true(copies_find(copies, id(999), 150 * 0x9e3779b97f4a7c15ULL, &of));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_near_ones_are_found_wherever_their_bits_differ, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_copies_of_copies_are_of_the_first_ones_story, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_article_is_no_copy_of_itself, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_oldest_leave, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
