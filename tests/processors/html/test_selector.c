/* selector: the grammar, what it refuses, and what is found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "processors/html/selector.h"

static const char page[] =
    "<html><body><div class='wrap top' id=main><article data-kind=news><p class=lead>a</p><section><p>b</p>"
    "<div class=box><p class='x lead'>c</p></div></section></article></div><p class=leading>d</p><time "
    "datetime=''>e</time>";

/* The texts of the elements that are marked, one letter each. */
static void finds_what_is_named(void **state)
{
    (void)state;
    static const struct {
        const char *selector, *found;
    } rows[] = {
        {"p", "abcd"},
        {".lead", "ac"},
        {"p.lead", "ac"},
        {"p.x.lead", "c"},
        {"#main p", "abc"},
        {"div#main.top p", "abc"},
        {"div div p", "c"},
        {"div  article\tsection p", "bc"},
        {"section article p", ""},
        {".box p, .leading", "cd"},
        {"[data-kind=news] .box p", "c"},
        {"[DATA-KIND=\"news\"] .lead", "ac"},
        {"[data-kind='old'] p", ""},
        {"[datetime]", "e"},
        {".Lead", ""},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct dom *dom = NULL;
        struct selector_list list;
        struct error error = {0};
        char found[16] = "";
        assert_int_equal(dom_parse(arena, str_from(page), &dom), 0);
        bool *marks = arena_new_array(arena, bool, dom->count);
        if (selector_list_parse(arena, str_from(rows[i].selector), &list, &error) < 0)
            fail_msg("%s: %s", rows[i].selector, error.text);
        assert_int_equal(selector_list_mark(&list, arena, dom, marks), 0);
        for (uint32_t k = 0; k < dom->count; k++)
            if (marks[k])
                strncat(found, dom_text(arena, dom, k).ptr, 1);
        if (strcmp(found, rows[i].found) != 0)
            fail_msg("%s: '%s', want '%s'", rows[i].selector, found, rows[i].found);
        arena_destroy(&arena);
    }
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *selector, *words;
    } rows[] = {
        {"", "selector is missing"},
        {"p,", "selector is missing"},
        {"p > a", "blanks for what is within"},
        {"p:first", "allowed are"},
        {"*", "allowed are"},
        {".", "name is missing"},
        {"[a", "[name] or [name="},
        {"[a=", "value is missing"},
        {"[a='b]", "quotes are not closed"},
        {"[=b]", "[name] or [name="},
        {"artcle p", "<artcle> is no"},
        {"p p p p p p p p p", "eight steps"},
        {"p.a.b.c.d.e.f", "six parts"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct selector_list list;
        struct error error = {0};
        assert_int_equal(selector_list_parse(arena, str_from(rows[i].selector), &list, &error), ERR_CONFIG);
        if (!strstr(error.text, rows[i].words))
            fail_msg("%s: %s", rows[i].selector, error.text);
        arena_destroy(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(finds_what_is_named),
                                       cmocka_unit_test(says_what_is_wrong)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
