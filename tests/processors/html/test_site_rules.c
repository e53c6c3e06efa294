/* site_rules: whose rule a page has, what is refused, and what a rule finds on a page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "processors/html/site_rules.h"

static void set(struct site_rules *rules, const char *host, const char *key, const char *value)
{
    struct error error = {0};
    if (site_rules_set(rules, host, key, value, &error) < 0)
        fail_msg("%s", error.text);
}

static void the_nearest_host_counts(void **state)
{
    (void)state;
    struct site_rules *rules = site_rules_create();
    set(rules, "*.example", "title", "h1");
    set(rules, "*.news.example", "title", "h1");
    set(rules, "a.news.example", "title", "h1");
    assert_int_equal(site_rules_count(rules), 3);
    assert_string_equal(site_rules_find(rules, STR("a.news.example:8080"))->host.ptr, "a.news.example");
    assert_string_equal(site_rules_find(rules, STR("b.news.example"))->host.ptr, "*.news.example");
    assert_string_equal(site_rules_find(rules, STR("news.example"))->host.ptr, "*.example");
    assert_null(site_rules_find(rules, STR("example")));
    assert_null(site_rules_find(NULL, STR("news.example")));
    site_rules_destroy(&rules);
}

static void says_what_is_wrong(void **state)
{
    (void)state;
    static const struct {
        const char *host, *key, *value, *words;
    } rows[] = {{"news.example", "contianer", "p", "did you mean container?"},
                {"news.example", "x", "p", "the keys are container"},
                {"http://news.example", "title", "h1", "is no host"},
                {"news.example", "title", "h1 >", "allowed are"}};
    struct site_rules *rules = site_rules_create();
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error error = {0};
        assert_int_equal(site_rules_set(rules, rows[i].host, rows[i].key, rows[i].value, &error), ERR_CONFIG);
        if (!strstr(error.text, rows[i].words))
            fail_msg("%s", error.text);
    }
    assert_int_equal(site_rules_count(rules), 0);
    site_rules_destroy(&rules);
}

static const char page[] =
    "<html><body><h1>Site</h1><div class=head>Dam holds</div><span class=who>By Ann Lee and Ben Ode</span>"
    "<span class=when>3 March 2021</span><div class=text><p>One.</p><div class=ad>Buy "
    "<b>now</b></div><ul><li>Two</ul></div>"
    "<p>Other.</p><div class=text>Three.</div></body></html>";

static void a_rule_finds_text_and_metadata(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct site_rules *rules = site_rules_create();
    struct dom *dom = NULL;
    const struct dom *rest;
    struct text_blocks blocks;
    struct page_metadata metadata = {0};
    bool found;
    set(rules, "news.example", "container", ".text");
    set(rules, "news.example", "remove", ".ad, .none");
    set(rules, "news.example", "title", ".head");
    set(rules, "news.example", "author", ".who");
    set(rules, "news.example", "date", ".when");
    const struct site_rule *rule = site_rules_find(rules, STR("news.example"));
    assert_int_equal(dom_parse(arena, str_from(page), &dom), 0);
    text_blocks_init(&blocks, arena);
    assert_int_equal(site_text_find(rule, dom, &blocks, &rest, &found), 0);
    assert_int_equal(text_blocks_finish(&blocks), 0);
    assert_true(found);
    assert_string_equal(blocks.text.ptr, "One.\n\nTwo\n\nThree.");
    assert_true(rest->count < dom->count);
    assert_int_equal(rest->nodes[0].end, rest->count);
    metadata_add_date(arena, &metadata, "published", "page:address", STR("2020-01-01"));
    assert_int_equal(site_metadata_read(rule, arena, dom, &metadata), 0);
    assert_string_equal(metadata.title.ptr, "Dam holds");
    assert_int_equal(metadata.authors.count, 2);
    assert_int_equal(metadata.dates.count, 2);
    assert_string_equal(metadata.dates.items[0].origin, "site-rule");
    assert_true(str_equal(metadata.dates.items[0].value, STR("2021-03-03")));
    site_rules_destroy(&rules);
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_nearest_host_counts),
                                       cmocka_unit_test(says_what_is_wrong),
                                       cmocka_unit_test(a_rule_finds_text_and_metadata)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
