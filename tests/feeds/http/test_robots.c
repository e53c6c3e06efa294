/* robots: groups, precedence, patterns and encodings of RFC 9309, and files that are odd. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "feeds/http/robots.h"

static bool allows(const char *text, const char *target)
{
    struct robots *robots = robots_parse(str_from(text), STR("newsd"));
    assert_non_null(robots);
    bool allowed = robots_allows(robots, str_from(target));
    robots_free(&robots);
    assert_null(robots);
    return allowed;
}

static void test_an_empty_file_allows_all(void **state)
{
    (void)state;
    assert_true(allows("", "/"));
    assert_true(allows("# nothing here\n\n", "/a"));
    assert_true(allows("User-agent: *\nDisallow:\n", "/a"));
}

static void test_the_products_own_group_counts_alone(void **state)
{
    (void)state;
    static const char text[] = "User-agent: *\nDisallow: /\n\nUser-agent: NewsD/2.1\nDisallow: /private/\n";
    assert_true(allows(text, "/news"));
    assert_false(allows(text, "/private/a"));
    assert_false(allows("User-agent: newsdesk\nAllow: /\n\nUser-agent: *\nDisallow: /\n", "/news"));
}

static void test_groups_of_one_product_are_joined(void **state)
{
    (void)state;
    static const char text[] = "User-agent: newsd\nDisallow: /a\n\nUser-agent: other\nDisallow: /b\n\n"
                               "User-agent: other\nUser-agent: newsd\nDisallow: /c\n";
    assert_false(allows(text, "/a"));
    assert_true(allows(text, "/b"));
    assert_false(allows(text, "/c"));
}

static void test_rules_before_any_group_are_nobodys(void **state)
{
    (void)state;
    assert_true(allows("Disallow: /\nUser-agent: *\nDisallow: /x\n", "/a"));
}

static void test_other_lines_end_no_group(void **state)
{
    (void)state;
    static const char text[] =
        "User-agent: newsd\nCrawl-delay: 5\nSitemap: https://a.example/s.xml\nDisallow: /x\n";
    assert_false(allows(text, "/x"));
}

static void test_the_longest_match_decides_and_allow_wins_a_tie(void **state)
{
    (void)state;
    static const char text[] = "User-agent: *\nDisallow: /shop\nAllow: /shop/news\nDisallow: /shop/news/old\n"
                               "Disallow: /tie\nAllow: /tie\n";
    assert_false(allows(text, "/shop/a"));
    assert_true(allows(text, "/shop/news/1"));
    assert_false(allows(text, "/shop/news/old/1"));
    assert_true(allows(text, "/tie"));
    assert_true(allows("User-agent: *\nDisallow: /\n", "/robots.txt"));
}

static void test_asterisks_and_the_end_mark(void **state)
{
    (void)state;
    static const char text[] = "User-agent: *\nDisallow: /*.pdf$\nDisallow: /*?print=\nDisallow: /a*b*c\n"
                               "Disallow: /exact$\n";
    assert_false(allows(text, "/x/report.pdf"));
    assert_true(allows(text, "/x/report.pdf?v=1"));
    assert_false(allows(text, "/story?print=1"));
    assert_false(allows(text, "/a-b-cd"));
    assert_true(allows(text, "/acb"));
    assert_false(allows(text, "/exact"));
    assert_true(allows(text, "/exactly"));
    assert_false(allows("User-agent: *\nDisallow: /x*y$\n", "/xyzy"));
    assert_true(allows("User-agent: *\nDisallow: /xy*y$\n", "/xy"));
}

static void test_spellings_of_one_target_are_equal(void **state)
{
    (void)state;
    assert_false(allows("User-agent: *\nDisallow: /foo/%62ar\n", "/foo/bar"));
    assert_false(allows("User-agent: *\nDisallow: /caf\xC3\xA9\n", "/caf%c3%a9/menu"));
    assert_true(allows("User-agent: *\nDisallow: /a%2Fb\n", "/a/b"));
    assert_false(allows("User-agent: *\nDisallow: /with-%2A.html\n", "/with-*.html"));
    assert_true(allows("User-agent: *\nDisallow: /with-%2A.html\n", "/with-a.html"));
}

static void test_line_ends_marks_and_case(void **state)
{
    (void)state;
    assert_false(allows("\xEF\xBB\xBFUSER-AGENT : *\rDISALLOW : /x # why\r", "/x"));
    assert_false(allows("user-agent:*\r\ndisallow:/x\r\n", "/x"));
    assert_false(allows("User-agent: *\nDisallow: /last", "/last"));
    assert_true(allows("User-agent: *\nDisallow /colonless\n", "/colonless"));
}

static void test_a_huge_file_is_read_in_part_and_ends(void **state)
{
    (void)state;
    struct buffer text = {0};
    buffer_printf(&text, "User-agent: *\nDisallow: /first\n");
    while (text.len < ROBOTS_BYTES_MAX)
        buffer_printf(&text, "Disallow: /*a*a*a*a*a*a*a*a*a*a*b\n");
    buffer_printf(&text, "Disallow: /late\n");
    char target[2048] = "/";
    memset(target + 1, 'a', sizeof(target) - 2);
    struct robots *robots = robots_parse(buffer_str(&text), STR("newsd"));
    assert_non_null(robots);
    assert_false(robots_allows(robots, STR("/first")));
    assert_true(robots_allows(robots, STR("/late")));
    assert_true(robots_allows(robots, str_from(target)));
    robots_free(&robots);
    buffer_done(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_empty_file_allows_all),
        cmocka_unit_test(test_the_products_own_group_counts_alone),
        cmocka_unit_test(test_groups_of_one_product_are_joined),
        cmocka_unit_test(test_rules_before_any_group_are_nobodys),
        cmocka_unit_test(test_other_lines_end_no_group),
        cmocka_unit_test(test_the_longest_match_decides_and_allow_wins_a_tie),
        cmocka_unit_test(test_asterisks_and_the_end_mark),
        cmocka_unit_test(test_spellings_of_one_target_are_equal),
        cmocka_unit_test(test_line_ends_marks_and_case),
        cmocka_unit_test(test_a_huge_file_is_read_in_part_and_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
