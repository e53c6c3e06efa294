/* Lemmas: regular and irregular forms of verbs and nouns. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "processors/language/lemma.h"

static void check(const char *form, const char *xpos, const char *wanted)
{
    char buffer[LEMMA_BYTES_MAX];
    struct str lemma = lemma_find(str_from(form), str_from(xpos), buffer);
    if (!str_equal(lemma, str_from(wanted)))
        fail_msg("%s/%s is '%.*s', not '%s'", form, xpos, STR_ARG(lemma), wanted);
}

static void test_verbs(void **unused)
{
    static const char *const cases[][3] = {
        {"accusing", "VBG", "accuse"},
        {"planned", "VBD", "plan"},
        {"killed", "VBN", "kill"},
        {"controlled", "VBN", "control"},
        {"visited", "VBD", "visit"},
        {"invited", "VBN", "invite"},
        {"hoping", "VBG", "hope"},
        {"met", "VBD", "meet"},
        {"denies", "VBZ", "deny"},
        {"denied", "VBD", "deny"},
        {"died", "VBD", "die"},
        {"discussed", "VBD", "discuss"},
        {"threatening", "VBG", "threaten"},
        {"threatened", "VBD", "threaten"},
        {"goes", "VBZ", "go"},
        {"is", "VBZ", "be"},
        {"are", "VBP", "be"},
        {"found", "VBD", "find"},
        {"found", "VB", "found"},
        {"left", "VBD", "leave"},
        {"launched", "VBD", "launch"},
        {"launches", "VBZ", "launch"},
        {"urged", "VBD", "urge"},
        {"changing", "VBG", "change"},
        {"sing", "VB", "sing"},
        {"offered", "VBD", "offer"},
        {"agreed", "VBD", "agree"},
        {"withdrew", "VBD", "withdraw"},
        {"imposed", "VBN", "impose"},
        {"boycotted", "VBD", "boycott"},
        {"revealing", "VBG", "reveal"},
        {"initialled", "VBD", "initial"},
        {"repaid", "VBD", "repay"},
        {"gassed", "VBN", "gas"},
        {"trafficking", "VBG", "traffic"},
        {"spared", "VBN", "spare"},
        {"starred", "VBD", "star"},
        {"reconvened", "VBD", "reconvene"},
        {"overrode", "VBD", "override"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        check(cases[i][0], cases[i][1], cases[i][2]);
}

static void test_nouns(void **unused)
{
    (void)unused;
    check("countries", "NNS", "country");
    check("crises", "NNS", "crisis");
    check("people", "NNS", "person");
    check("clashes", "NNS", "clash");
    check("forces", "NNS", "force");
    check("news", "NN", "news");
    check("spokeswomen", "NNS", "spokeswoman");
    check("crewmen", "NNS", "crewman");
    check("surpluses", "NNS", "surplus");
    check("paralysis", "NNS", "paralysis");
    check("corps", "NNS", "corps");
}

static void test_strange_words_are_their_own_lemmas(void **unused)
{
    char buffer[LEMMA_BYTES_MAX], longest[200];
    (void)unused;
    memset(longest, 'a', sizeof(longest) - 1);
    longest[sizeof(longest) - 1] = 0;
    assert_int_equal(lemma_find(str_from(longest), STR("VBD"), buffer).len, sizeof(longest) - 1);
    assert_int_equal(lemma_find(STR(""), STR("VBD"), buffer).len, 0);
    check("s", "NNS", "s");
    check("ed", "VBD", "ed");
    check("ing", "VBG", "ing");
    check("xed", "VBD", "xed");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_verbs),
        cmocka_unit_test(test_nouns),
        cmocka_unit_test(test_strange_words_are_their_own_lemmas),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
