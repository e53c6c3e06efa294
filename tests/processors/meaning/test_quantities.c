/* Quantities: numbers in digits and words, ranges, units, what is counted and what became of it; what is
 * none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "processors/article_words.h"
#include "processors/meaning/numbers.h"
#include "tests/support/linear_time.h"
#include "tests/support/read_article.h"

struct wanted {
    const char *text;
    double value, high;
    enum quantity_modifier modifier;
    const char *unit, *effect, *words;
};

static void test_quantities(void **unused)
{
    static const struct wanted list[] = {
        {"Some 100,000 troops arrived.", 100000, 100000, QUANTITY_ABOUT, "troop", NULL,
         "Some 100,000 troops"},
        {"More than 13,000 people died.", 13000, 13000, QUANTITY_MORE, "person", "killed",
         "More than 13,000 people"},
        {"At least five civilians were killed.", 5, 5, QUANTITY_AT_LEAST, "civilian", "killed",
         "At least five civilians"},
        {"It cost $45.5 million.", 45500000, 45500000, QUANTITY_EXACT, "USD", NULL, "$45.5 million"},
        {"It cost 40 million euros.", 4e7, 4e7, QUANTITY_EXACT, "EUR", NULL, "40 million euros"},
        {"The US$300-400 billion plan failed.", 3e11, 4e11, QUANTITY_EXACT, "USD", NULL,
         "US$300-400 billion"},
        {"Canada spent C$12 million.", 1.2e7, 1.2e7, QUANTITY_EXACT, "CAD", NULL, "C$12 million"},
        {"Colombia raised it by 410 pesos.", 410, 410, QUANTITY_EXACT, "COP", NULL, "410 pesos"},
        {"Colombia paid 4 million Chilean pesos.", 4e6, 4e6, QUANTITY_EXACT, "CLP", NULL,
         "4 million Chilean pesos"},
        {"Mali paid 20,000 CFA francs.", 20000, 20000, QUANTITY_EXACT, "XOF", NULL, "20,000 CFA francs"},
        {"It pumped 15 million cubic metres.", 1.5e7, 1.5e7, QUANTITY_EXACT, "m3", NULL,
         "15 million cubic metres"},
        {"Prices rose 3.2%.", 3.2, 3.2, QUANTITY_EXACT, "%", NULL, "3.2%"},
        {"Prices rose by 15 per cent.", 15, 15, QUANTITY_EXACT, "%", NULL, "15 per cent"},
        {"It lasted nearly eight hours.", 8, 8, QUANTITY_ABOUT, "h", NULL, "nearly eight hours"},
        {"About 1,500 square kilometres burned.", 1500, 1500, QUANTITY_ABOUT, "km2", NULL,
         "About 1,500 square kilometres"},
        {"Two hundred and fifty people came.", 250, 250, QUANTITY_EXACT, "person", NULL,
         "Two hundred and fifty people"},
        {"Half a million refugees fled.", 500000, 500000, QUANTITY_EXACT, "refugee", "displaced",
         "Half a million refugees"},
        {"A dozen firefighters came.", 12, 12, QUANTITY_EXACT, "firefighter", NULL, "A dozen firefighters"},
        {"Between 10 and 15 soldiers came.", 10, 15, QUANTITY_EXACT, "soldier", NULL, "10 and 15 soldiers"},
        {"Police arrested 40 young protesters.", 40, 40, QUANTITY_EXACT, "protester", "arrested",
         "40 young protesters"},
        {"Dozens of people were injured.", 24, 24, QUANTITY_AT_LEAST, "person", "injured",
         "Dozens of people"},
        {"Tens of thousands of refugees crossed the river.", 20000, 20000, QUANTITY_AT_LEAST, "refugee", NULL,
         "Tens of thousands of refugees"},
        {"Several hundred protesters marched.", 200, 200, QUANTITY_AT_LEAST, "protester", NULL,
         "Several hundred protesters"},
        {"It cost millions of dollars in America.", 2e6, 2e6, QUANTITY_AT_LEAST, "USD", NULL,
         "millions of dollars"},
        {"The fever killed 4,800 Liberians.", 4800, 4800, QUANTITY_EXACT, "Liberian", "killed",
         "4,800 Liberians"},
        {"Police arrested seven of them.", 7, 7, QUANTITY_EXACT, "person", "arrested", "seven of them"},
        {"Mali lost two of its soldiers.", 2, 2, QUANTITY_EXACT, "soldier", NULL, "two of its soldiers"},
        {"Some 1,500 marched.", 1500, 1500, QUANTITY_ABOUT, "person", NULL, "Some 1,500"},
        {"He condemned the killing of two farmers.", 2, 2, QUANTITY_EXACT, "farmer", "killed", "two farmers"},
        {"It lies 12 nautical miles off the coast.", 12, 12, QUANTITY_EXACT, "nmi", NULL,
         "12 nautical miles"},
        {"Then 2.5 million were displaced.", 2.5e6, 2.5e6, QUANTITY_EXACT, "person", "displaced",
         "2.5 million"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        const struct wanted *wanted = &list[i];
        const struct article *article = read_article(wanted->text);
        if (article->quantities.count != 1)
            fail_msg("%s: %zu quantities", wanted->text, article->quantities.count);
        const struct article_quantity *found = article->quantities.items;
        struct str words = article_words(article, found->span);
        if (found->value < wanted->value * 0.999999 || found->value > wanted->value * 1.000001 ||
            found->high < wanted->high * 0.999999 || found->high > wanted->high * 1.000001 ||
            found->modifier != wanted->modifier || !str_equal(found->unit, str_from(wanted->unit)) ||
            !str_equal(words, str_from(wanted->words)) ||
            (wanted->effect ? !found->effect || strcmp(found->effect, wanted->effect) != 0
                            : found->effect != NULL))
            fail_msg("%s: %g to %g, %d, '%.*s' %s '%.*s'", wanted->text, found->value, found->high,
                     found->modifier, STR_ARG(found->unit), found->effect ? found->effect : "-",
                     STR_ARG(words));
    }
}

static void test_what_is_none(void **unused)
{
    static const char *const texts[] = {"It rained in 2022.",
                                        "In January 2022 it rained.",
                                        "A 36-year-old came.",
                                        "It began at 5 p.m. sharp.",
                                        "On 11 January it rained.",
                                        "On January 11, prices rose.",
                                        "The 2022 budget failed.",
                                        "It rained.",
                                        "One does not shoot.",
                                        "The two countries signed a treaty.",
                                        "He shouted three times.",
                                        "Hundreds is a word.",
                                        ""};
    (void)unused;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        const struct article *article = read_article(texts[i]);
        if (article->quantities.count)
            fail_msg("%s: '%.*s'", texts[i],
                     STR_ARG(article_words(article, article->quantities.items[0].span)));
    }
}

static void test_whose(void **unused)
{
    (void)unused;
    const struct article *article = read_article("Then 3,000 Kenyan farmers came.");
    assert_int_equal(article->quantities.count, 1);
    assert_true(article->quantities.items[0].entity > 0);
}

static void test_hostile_text_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const pieces[] = {"5 ",   "one hundred and ", "million ", "$ ", "more than ", "1-",
                                         "9,9.9"};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        assert_linear(read_pieces, pieces[i], 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_quantities),
        cmocka_unit_test(test_what_is_none),
        cmocka_unit_test(test_whose),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
