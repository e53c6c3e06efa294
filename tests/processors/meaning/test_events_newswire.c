/* What pages of newswire showed to be coded wrongly, one sentence each. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/event_checks.h"

static void test_single_sentences(void **unused)
{
    static const struct wanted list[] = {
        {"Lebanon said it would lodge a complaint with Israel.", "LBN", "114", "ISR"},
        {"U.S. Secretary of State Marco Rubio is expected to hold talks with Russian Foreign Minister Sergei "
         "Lavrov next week.",
         "USAGOV", "036", "RUSGOV"},
        {"Ministers of Kenya and Uganda failed to agree on a package of sanctions against Rwanda.", "", NULL,
         ""},
    };
    (void)unused;
    CHECK_ALL(list);
    const struct article *article =
        read_article("Poland scrambled fighter jets and closed its eastern airspace for two hours.");
    for (size_t i = 0; i < article->events.count; i++)
        assert_true(!str_equal(
            codes(article, article->events.items[i].targets, article->events.items[i].target_count),
            STR("REB")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_single_sentences),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
