/* The measures of coreference, on the worked examples of the papers that define them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "processors/models/score_coreference.h"

enum { MENTIONS_MAX = 32 };

/* Chains of mentions, one letter each: "ABC DE"; yields how many. */
static size_t read_chains(const char *text, uint32_t *chains)
{
    size_t count = *text != 0;
    for (size_t i = 0; i < MENTIONS_MAX; i++)
        chains[i] = CHAIN_NONE;
    for (; *text; text++)
        if (*text == ' ')
            count++;
        else
            chains[*text - 'A'] = (uint32_t)count - 1;
    return count;
}

static void add(struct coreference_score *score, const char *key, const char *response)
{
    uint32_t keys[MENTIONS_MAX], responses[MENTIONS_MAX];
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct coreference_mentions mentions = {.key = keys, .response = responses, .count = MENTIONS_MAX};
    mentions.key_chains = read_chains(key, keys);
    mentions.response_chains = read_chains(response, responses);
    assert_int_equal(score_coreference(arena, &mentions, score), 0);
    arena_destroy(&arena);
}

/* To the digits that the papers give: a thousandth. */
static void check(double found, double wanted)
{
    if (found < 100 * wanted - 0.06 || found > 100 * wanted + 0.06)
        fail_msg("%.3f, not %.3f", found, 100 * wanted);
}

static void check_muc(const char *key, const char *response, double recall, double precision)
{
    struct coreference_score score = {0};
    add(&score, key, response);
    check(coreference_recall(&score, COREFERENCE_MUC), recall);
    check(coreference_precision(&score, COREFERENCE_MUC), precision);
}

static void test_links_after_vilain(void **unused)
{
    (void)unused;
    check_muc("ABCD", "AB CD", 2.0 / 3, 1);
    check_muc("AB CD", "ABCD", 1, 2.0 / 3);
    check_muc("ABCD", "ABCD", 1, 1);
    check_muc("ABCD", "AB", 1.0 / 3, 1);
    check_muc("ABC", "AC", 1.0 / 2, 1);
    check_muc("BCDEGHJ", "ABC DEF GHI", 3.0 / 6, 3.0 / 6);
}

/* Bagga and Baldwin: 1 to 5 and 6, 7 and 8 to C; two errors that MUC cannot tell apart. */
static const char truth[] = "ABCDE FG HIJKL";

static void test_mentions_after_bagga_and_baldwin(void **unused)
{
    (void)unused;
    struct coreference_score near = {0}, far = {0};
    add(&near, truth, "ABCDE FGHIJKL");
    add(&far, truth, "FG ABCDEHIJKL");
    check(coreference_recall(&near, COREFERENCE_MUC), 1);
    check(coreference_precision(&near, COREFERENCE_MUC), 0.9);
    check(coreference_recall(&far, COREFERENCE_MUC), 1);
    check(coreference_precision(&far, COREFERENCE_MUC), 0.9);
    check(coreference_recall(&near, COREFERENCE_B3), 1);
    check(coreference_precision(&near, COREFERENCE_B3), 0.762);
    check(coreference_recall(&far, COREFERENCE_B3), 1);
    check(coreference_precision(&far, COREFERENCE_B3), 0.583);
}

/* Luo 2005, table 1: the same truth, four responses. */
static void test_chains_after_luo(void **unused)
{
    (void)unused;
    static const struct {
        const char *response;
        double muc, b3, ceaf;
    } cases[] = {{"ABCDE FGHIJKL", 0.947, 0.865, 0.733},
                 {"ABCDEHIJKL FG", 0.947, 0.737, 0.667},
                 {"ABCDEFGHIJKL", 0.900, 0.545, 0.294},
                 {"A B C D E F G H I J K L", 0, 0.400, 0.178}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct coreference_score score = {0};
        add(&score, truth, cases[i].response);
        check(coreference_f1(&score, COREFERENCE_MUC), cases[i].muc);
        check(coreference_f1(&score, COREFERENCE_B3), cases[i].b3);
        check(coreference_f1(&score, COREFERENCE_CEAF_E), cases[i].ceaf);
    }
}

/* The best pair first would be 6/8 and 0; the best sum is 2/5 twice. */
static void test_the_assignment_is_the_best(void **unused)
{
    (void)unused;
    struct coreference_score score = {0};
    add(&score, "ABCD E", "ABCE D");
    check(coreference_recall(&score, COREFERENCE_CEAF_E), 0.4);
    check(coreference_precision(&score, COREFERENCE_CEAF_E), 0.4);
}

static void test_mentions_of_one_side(void **unused)
{
    (void)unused;
    struct coreference_score score = {0};
    add(&score, "ABC", "ABD");
    check(coreference_recall(&score, COREFERENCE_MUC), 1.0 / 2);
    check(coreference_precision(&score, COREFERENCE_MUC), 1.0 / 2);
    check(coreference_recall(&score, COREFERENCE_B3), 4.0 / 9);
    check(coreference_precision(&score, COREFERENCE_B3), 4.0 / 9);
    check(coreference_f1(&score, COREFERENCE_CEAF_E), 4.0 / 6);
    score = (struct coreference_score){0};
    add(&score, "AB", "");
    add(&score, "", "AB");
    for (enum coreference_measure m = 0; m < COREFERENCE_MEASURES; m++)
        check(coreference_f1(&score, m), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links_after_vilain),   cmocka_unit_test(test_mentions_after_bagga_and_baldwin),
        cmocka_unit_test(test_chains_after_luo),     cmocka_unit_test(test_the_assignment_is_the_best),
        cmocka_unit_test(test_mentions_of_one_side),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
