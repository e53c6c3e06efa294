/* Trees to walk in: children, reach, lemmas; and the dateline, which is no part of the sentence. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "processors/language/tree.h"
#include "tests/support/read_article.h"

static void test_a_tree_is_walked(void **unused)
{
    (void)unused;
    const struct article *article = read_article("The ministers signed two treaties yesterday.");
    const struct tree *tree = &article->trees[0];
    assert_int_equal(article->sentences.count, 1);
    assert_true(tree_is(tree, tree->root, "sign"));
    uint32_t subject = tree_child(tree, tree->root, REL_NSUBJ),
             object = tree_child(tree, tree->root, REL_OBJ);
    assert_true(tree_is(tree, subject, "minister") && tree_is(tree, object, "treaty"));
    uint32_t first, end;
    tree_reach(tree, object, &first, &end);
    assert_int_equal(first, 3);
    assert_int_equal(end, 5);
    tree_reach(tree, tree->root, &first, &end);
    assert_int_equal(first, 0);
    assert_int_equal(end, tree->count);
    struct span span = tree_span(article, tree, 3, 5);
    assert_int_equal(span.start, 21);
    assert_int_equal(span.end, 33);
    assert_int_equal(tree_child(tree, subject, REL_OBJ), TREE_NONE);
}

static void test_a_dateline_stands_apart(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("NAIROBI, Kenya (AP) - The parliament approved a budget on Tuesday.\n\nIt was late.");
    const struct tree *tree = &article->trees[0];
    assert_true(tree_is(tree, tree->root, "approve"));
    assert_true(tree_is(tree, tree_child(tree, tree->root, REL_NSUBJ), "parliament"));
    assert_int_equal(tree->nodes[0].relation, REL_PARATAXIS);
    assert_int_equal(tree->nodes[0].head, tree->root);
}

static void check_subject(const char *text, const char *verb, const char *subject)
{
    const struct article *article = read_article(text);
    const struct tree *tree = &article->trees[0];
    for (uint32_t at = 0; at < tree->count; at++)
        if (tree_is(tree, at, verb)) {
            uint32_t found = tree_child(tree, at, REL_NSUBJ);
            if (found == TREE_NONE || !tree_is(tree, found, subject))
                fail_msg("%s: not the subject of %s", subject, verb);
            return;
        }
    fail_msg("no %s", verb);
}

static void test_a_name_between_commas_takes_no_subject_away(void **unused)
{
    (void)unused;
    check_subject(
        "In Banja Luka, the interior minister of Republika Srpska, Milorad Todorčević, criticised the court.",
        "criticise", "minister");
    check_subject("Abel Tarimanu, a council secretary, said nothing about the ship.", "say", "abel");
    check_subject("Yesterday, the minister, Ana Ruiz, resigned.", "resign", "minister");
}

static void test_who_says_so_at_the_end_is_the_subject(void **unused)
{
    (void)unused;
    const char *text =
        "Russian Foreign Minister Sergei Lavrov will meet US Secretary of State Antony Blinken in "
        "Geneva on Friday, the Kremlin said.";
    check_subject(text, "say", "kremlin");
    check_subject(text, "meet", "sergei");
    check_subject("Kenyan police used tear gas to stop farmers.", "use", "police");
}

/* Every token has one head, and all hang below the root. */
static void test_every_tree_is_whole(void **unused)
{
    (void)unused;
    static const char *const texts[] = {"(((", "A.", "- - -\n\nX",
                                        "\"Quite,\" she (he?) said: \"No.\" 5 % - or 6!", ""};
    for (size_t t = 0; t < sizeof(texts) / sizeof(texts[0]); t++) {
        const struct article *article = read_article(texts[t]);
        for (size_t s = 0; article->trees && s < article->sentences.count; s++) {
            const struct tree *tree = &article->trees[s];
            uint32_t first = 0, end = 0;
            if (tree->count)
                tree_reach(tree, tree->root, &first, &end);
            assert_int_equal(end - first, tree->count);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_tree_is_walked),
        cmocka_unit_test(test_a_dateline_stands_apart),
        cmocka_unit_test(test_a_name_between_commas_takes_no_subject_away),
        cmocka_unit_test(test_who_says_so_at_the_end_is_the_subject),
        cmocka_unit_test(test_every_tree_is_whole),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
