/* Link header fields: several links in one, parameters in every spelling, and what is no link at all. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "feeds/http/link_header.h"

/* Targets of all links with that relation, with blanks between. */
static const char *targets(const char *field, const char *relation)
{
    static char found[512];
    size_t len = strlen(field), used = 0;
    char *copy = malloc(len + 1); /* exactly as long: the sanitizer sees a step too far */
    memcpy(copy, field, len);
    struct str rest = str_make(copy, len);
    struct link_header link;
    found[0] = '\0';
    while (link_header_next(&rest, &link)) {
        if (!link_header_is(&link, str_from(relation)))
            continue;
        used += (size_t)snprintf(found + used, sizeof(found) - used, "%s%.*s", used ? " " : "",
                                 STR_ARG(link.target));
    }
    free(copy);
    return found;
}

static void test_links_of_one_field_are_told_apart(void **state)
{
    (void)state;
    const char *field = "<https://hub.example/>; rel=\"hub\", <https://news.example/feed?a=1,2;3>; rel=self,"
                        "<https://two.example/>;rel=hub";
    assert_string_equal(targets(field, "hub"), "https://hub.example/ https://two.example/");
    assert_string_equal(targets(field, "self"), "https://news.example/feed?a=1,2;3");
    assert_string_equal(targets(field, "next"), "");
}

static void test_relations_are_lists_without_case(void **state)
{
    (void)state;
    assert_string_equal(targets("</h>; REL=\"next HUB\"", "hub"), "/h");
    assert_string_equal(targets("</h>; rel=\"hubs\"", "hub"), "");
    assert_string_equal(targets("</h>; rel=next; rel=hub", "hub"), ""); /* the first counts */
    assert_string_equal(targets("</h>; anchor=\"/other\"; rel=hub", "hub"), "");
}

static void test_other_parameters_do_not_confuse(void **state)
{
    (void)state;
    assert_string_equal(targets("</h> ; title=\"a, <b>; rel=self \\\" x\" ; rel = hub", "hub"), "/h");
    assert_string_equal(targets("</h>; title=\"a, <b>; rel=self\"; rel=hub", "self"), "");
    assert_string_equal(targets("</h>; crossorigin; type=text/html ;rel=hub , </i>;rel=self", "hub"), "/h");
}

static void test_nonsense_is_passed_over(void **state)
{
    (void)state;
    static const char *const none[] = {"",         " ",         ",,,",        "https://hub.example/; rel=hub",
                                       "<",        "</h",       "\"</h>",     "</h>",
                                       "</h>;",    "</h>; rel", "</h>; rel=", "</h>; rel=\"",
                                       "; rel=hub"};
    for (size_t i = 0; i < sizeof(none) / sizeof(none[0]); i++)
        assert_string_equal(targets(none[i], "hub"), "");
    assert_string_equal(targets("junk, </h>; rel=\"hub", "hub"), "/h");
    assert_string_equal(targets("</h>; rel=\"hub\\", "hub"), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_links_of_one_field_are_told_apart),
        cmocka_unit_test(test_relations_are_lists_without_case),
        cmocka_unit_test(test_other_parameters_do_not_confuse),
        cmocka_unit_test(test_nonsense_is_passed_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
