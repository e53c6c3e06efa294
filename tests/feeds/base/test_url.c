/* URLs: resolving, host keys, and the form in which two links are the same document. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/url.h"

static struct arena *arena;

static void assert_resolves(const char *base, const char *reference, const char *wanted)
{
    struct str got = url_resolve(arena, str_from(base), str_from(reference));
    char text[512];
    assert_true(got.len < sizeof(text));
    memcpy(text, got.ptr, got.len);
    text[got.len] = '\0';
    assert_string_equal(text, wanted);
}

static void assert_identity(const char *url, const char *wanted)
{
    struct str got = url_identity(arena, str_from(url));
    assert_non_null(got.ptr);
    assert_string_equal(got.ptr, wanted);
}

static void test_references_resolve_as_rfc_3986_says(void **state)
{
    (void)state;
    static const char base[] = "http://a.example/b/c/d;p?q";
    assert_resolves(base, "g", "http://a.example/b/c/g");
    assert_resolves(base, "./g/", "http://a.example/b/c/g/");
    assert_resolves(base, "/g", "http://a.example/g");
    assert_resolves(base, "//other.example/g", "http://other.example/g");
    assert_resolves(base, "?y", "http://a.example/b/c/d;p?y");
    assert_resolves(base, "../../g", "http://a.example/g");
    assert_resolves(base, "", "http://a.example/b/c/d;p?q");
    assert_resolves(base, "https://b.example/x y", "https://b.example/x%20y");
}

/* libcurl takes the escapes out of hosts: what is no UTF-8 then would spoil every record it stands in. */
static void test_hosts_that_are_no_text_are_left_as_written(void **state)
{
    (void)state;
    assert_resolves("http://b%cc.example/d/", "../t", "../t");
    assert_resolves("p:/%cc", "t", "t");
    assert_true(str_empty(url_host(arena, STR("http://b%cc.example/1"))));
}

static void test_other_schemes_and_missing_bases_stay_as_written(void **state)
{
    (void)state;
    assert_resolves("http://a.example/", "mailto:desk@a.example", "mailto:desk@a.example");
    assert_resolves("http://a.example/", "tag:a.example,2022:1", "tag:a.example,2022:1");
    assert_resolves("", "story/1", "story/1");
    assert_resolves("not a base", " story/1 ", "story/1");
}

static void test_host_is_the_unit_of_politeness(void **state)
{
    (void)state;
    assert_string_equal(url_host(arena, STR("HTTPS://News.Example:443/x")).ptr, "news.example");
    assert_string_equal(url_host(arena, STR("http://news.example:8080/x")).ptr, "news.example:8080");
    assert_null(url_host(arena, STR("ftp://news.example/")).ptr);
    assert_null(url_host(arena, STR("http:///nowhere")).ptr);
}

static void test_identity_drops_what_does_not_name_the_document(void **state)
{
    (void)state;
    assert_identity("http://News.Example:80/a/../b?utm_source=x&id=7&fbclid=zz#top",
                    "https://news.example/b?id=7");
    assert_identity("https://news.example", "https://news.example/");
    assert_identity("https://user:secret@news.example/%7euser/%c3%a9", "https://news.example/~user/%C3%A9");
    assert_null(url_identity(arena, STR("urn:x:1")).ptr);
}

static void test_credentials_are_cut_out_for_the_log(void **state)
{
    (void)state;
    assert_string_equal(url_without_credentials(arena, STR("https://me:pw@news.example/a@b")).ptr,
                        "https://news.example/a@b");
    assert_string_equal(url_without_credentials(arena, STR("//me@news.example")).ptr, "//news.example");
    assert_string_equal(url_without_credentials(arena, STR("ftp://me:a@b@news.example/")).ptr,
                        "ftp://news.example/");
    assert_string_equal(url_without_credentials(arena, STR("mailto:me@news.example")).ptr,
                        "mailto:me@news.example");
    assert_string_equal(url_without_credentials(arena, STR("http://a.example\\x@b.example")).ptr,
                        "http://a.example\\x@b.example");
}

static void test_credentials_go_on_to_the_same_host_only(void **state)
{
    (void)state;
    static const struct {
        const char *url, *wanted;
    } cases[] = {
        {"https://news.example/2", "https://me:pw@news.example/2"},
        {"https://NEWS.example:443/2", "https://me:pw@NEWS.example:443/2"},
        {"https://you@news.example/2", "https://you@news.example/2"},
        {"http://news.example/2", "http://news.example/2"},
        {"https://news.example:8443/2", "https://news.example:8443/2"},
        {"https://b.example/2", "https://b.example/2"},
        {"urn:x:1", "urn:x:1"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct str got =
            url_with_credentials_of(arena, str_from(cases[i].url), STR("https://me:pw@news.example/1"));
        assert_true(str_equal(got, str_from(cases[i].wanted)));
    }
    assert_string_equal(
        url_with_credentials_of(arena, STR("http://a.example/"), STR("http://a.example/")).ptr,
        "http://a.example/");
}

static void assert_cleaned(const char *url, const char *wanted)
{
    struct str got = url_clean(arena, str_from(url));
    assert_true(str_equal(got, str_from(wanted)));
}

static void test_controls_are_cleaned_away_as_browsers_do(void **state)
{
    (void)state;
    assert_cleaned(" \x01https://a.example/ ", "https://a.example/");
    assert_cleaned("java\nscr\tipt\r:x", "javascript:x");
    assert_cleaned("a b\x01"
                   "c",
                   "a b\x01"
                   "c");
    assert_cleaned("\xC2\xA0\x02\xC2\xA0 x\x03\xC2\xA0", "x");
    assert_cleaned("\n\t", "");
    assert_resolves("http://a.example/b", "ht\ntp://c.example/", "http://c.example/");
    assert_resolves("http://a.example/b", "java\tscript:x", "javascript:x");
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(ARENA_CAP_DEFAULT);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_references_resolve_as_rfc_3986_says),
        cmocka_unit_test(test_hosts_that_are_no_text_are_left_as_written),
        cmocka_unit_test(test_other_schemes_and_missing_bases_stay_as_written),
        cmocka_unit_test(test_host_is_the_unit_of_politeness),
        cmocka_unit_test(test_identity_drops_what_does_not_name_the_document),
        cmocka_unit_test(test_credentials_are_cut_out_for_the_log),
        cmocka_unit_test(test_credentials_go_on_to_the_same_host_only),
        cmocka_unit_test(test_controls_are_cleaned_away_as_browsers_do),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
