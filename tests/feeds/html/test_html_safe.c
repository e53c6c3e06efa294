/* HTML made safe: what stays, what goes, what URLs become; hostile markup, long markup, no memory. */
#include "feeds/text_check.h"

#include "base/utf8.h"
#include "feeds/html/html_safe.h"
#include "tests/support/linear_time.h"

#define BASE STR("http://a.example/dir/page")

struct html_case {
    const char *html, *safe;
};

static void check(const struct html_case *cases, size_t count, struct str base)
{
    for (size_t i = 0; i < count; i++)
        assert_text_of(cases[i].html, html_safe(arena, str_from(cases[i].html), base), cases[i].safe);
}

static void test_what_is_allowed_stays_as_it_is(void **unused)
{
    (void)unused;
    static const char *const same[] = {
        "",
        "plain text &amp; a &lt; b",
        "<p>One <b>two</b> <em>three</em></p>",
        "<a href=\"http://a.example/?x=1&amp;y=2\" title=\"t\">x</a>",
        "<img src=\"http://a.example/i.png\" alt=\"\" width=\"1\" height=\"2\" />",
        "<table><tr><td colspan=\"2\">x</td></tr></table>",
        "<blockquote cite=\"http://a.example/\">q</blockquote>",
        "<video controls=\"controls\" src=\"http://a.example/v.mp4\"></video>",
        "<br /><hr><br>",
        "<h1>\xC3\xA9\xF0\x9F\x98\x80</h1>",
    };
    for (size_t i = 0; i < COUNT(same); i++)
        assert_text_of(same[i], html_safe(arena, str_from(same[i]), STR_NONE), same[i]);
}

static void test_scripts_and_their_kind_go_with_their_content(void **unused)
{
    (void)unused;
    static const struct html_case cases[] = {
        {"a<script>alert(1)</script>b", "ab"},
        {"a<SCRIPT type='x'>alert(1)</SCRIPT >b", "ab"},
        {"a<script>if (1 < 2) '</p>'</script>b", "ab"},
        {"a<script/src=x></script>b", "ab"},
        {"a<script>alert(1)", "a"},
        {"a<style>p { color: red }</style>b", "ab"},
        {"<title>of a page</title>b", "b"},
        {"<applet code=x>y</applet>b", "b"},
        {"a<template><b>x</b></template>b", "ab"},
        {"a</script>b", "ab"},
    };
    check(cases, COUNT(cases), STR_NONE);
}

static void test_unknown_elements_leave_their_content(void **unused)
{
    (void)unused;
    static const struct html_case cases[] = {
        {"<blink>a</blink>", "a"},
        {"<html><head><meta charset='x'></head><body onload='x'>a</body></html>", "a"},
        {"<link rel='stylesheet' href='x'>a", "a"},
        {"<frame src='x'>a", "a"},
        {"<o:p>a</o:p>", "a"},
        {"<base href='http://evil.example/'>a", "a"},
        {"<verylongelementnamethatnobodyknows>a</verylongelementnamethatnobodyknows>", "a"},
        {"<embed src='x'>a", "a"},
        {"<iframe src='http://x.example/'>a</iframe>", "a"}, /* what is for those who cannot see it */
        {"<object data='x'><p>a</p></object>", "<p>a</p>"},
        {"<object/>a", "a"},
    };
    check(cases, COUNT(cases), STR_NONE);
}

static void test_attributes_that_act_are_dropped(void **unused)
{
    (void)unused;
    static const struct html_case cases[] = {
        {"<p onclick=\"alert(1)\">a</p>", "<p>a</p>"},
        {"<p ONMOUSEOVER=alert(1)>a</p>", "<p>a</p>"},
        {"<p/onclick=alert(1)>a</p>", "<p>a</p>"},
        {"<p title='x'onclick='y'>a</p>", "<p title=\"x\">a</p>"},
        {"<img src=x onerror=alert(1)>", "<img src=\"x\">"},
        {"<p \"onclick=alert(1)\">a</p>", "<p>a</p>"},
        {"<form formaction='javascript:x'>a</form>", "<form>a</form>"},
        {"<p foo=bar srcdoc='<script>'>a</p>", "<p>a</p>"},
        {"<p class>a</p>", "<p class=\"\">a</p>"},
        {"<video controls src>a</video>", "<video controls=\"\">a</video>"},
    };
    check(cases, COUNT(cases), STR_NONE);
}

static void test_schemes_that_run_code_are_dropped(void **unused)
{
    (void)unused;
    static const char *const urls[] = {
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "  javascript:alert(1)",
        "java\tscript:alert(1)",
        "java\nscript:alert(1)",
        "\x01javascript:alert(1)",
        "javascript&#58;alert(1)",
        "javascript&colon;alert(1)",
        "&#106;avascript:alert(1)",
        "&#x6A&#x61vascript:alert(1)",
        "jav&#x09;ascript:alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "livescript:x",
        "blob:http://a.example/x",
        "unheard-of:x",
    };
    for (size_t i = 0; i < COUNT(urls); i++) {
        struct str html = arena_printf(arena, "<a href=\"%s\">a</a>", urls[i]);
        struct str safe = html_safe(arena, html, BASE);
        if (str_find_nocase(safe, STR("script"), 0) >= 0 || str_find_byte(safe, ':', 0) >= 0)
            fail_msg("%s became %.*s", urls[i], STR_ARG(safe));
    }
    static const struct html_case cases[] = {
        {"<a href=\"mailto:a@b.example\">a</a>", "<a href=\"mailto:a@b.example\">a</a>"},
        {"<a href=\"HTTP://b.example/\">a</a>", "<a href=\"HTTP://b.example/\">a</a>"},
        {"<a href=\"#part\">a</a>", "<a href=\"#part\">a</a>"},
        {"<a href=\"ht&#10;tps://b.example/&#9;1\">a</a>", "<a href=\"https://b.example/1\">a</a>"},
        {"<img src=\"https://me:pw@b.example/?a&amp;b\">", "<img src=\"https://b.example/?a&amp;b\">"},
        {"<a href=\"//me&#64;b.example/\">a</a>", "<a href=\"http://b.example/\">a</a>"},
        {"<a href=\"/x:y\">a</a>", "<a href=\"http://a.example/x:y\">a</a>"},
    };
    check(cases, COUNT(cases), BASE);
    assert_text(html_safe(arena, STR("<a href=\"x\">a</a>"), STR("data:/text/html")), "<a>a</a>");
}

static void test_relative_urls_are_resolved(void **unused)
{
    (void)unused;
    static const struct html_case cases[] = {
        {"<a href=\"x\">a</a>", "<a href=\"http://a.example/dir/x\">a</a>"},
        {"<a href=' ../x '>a</a>", "<a href=\"http://a.example/x\">a</a>"},
        {"<img src=/i.png>", "<img src=\"http://a.example/i.png\">"},
        {"<img src=//b.example/i.png>", "<img src=\"http://b.example/i.png\">"},
        {"<q cite='?a=1&amp;b=2'>a</q>", "<q cite=\"http://a.example/dir/page?a=1&amp;b=2\">a</q>"},
        {"<a href='?copy=1&reg=2'>a</a>", "<a href=\"http://a.example/dir/page?copy=1&amp;reg=2\">a</a>"},
        {"<video poster=p.jpg></video>", "<video poster=\"http://a.example/dir/p.jpg\"></video>"},
        {"<a href=\"http://b.example/?a=1&b=2\">a</a>", "<a href=\"http://b.example/?a=1&b=2\">a</a>"},
        {"<a href=''>a</a>", "<a href=\"http://a.example/dir/page\">a</a>"},
    };
    check(cases, COUNT(cases), BASE);
}

static void test_styles_keep_what_only_changes_how_text_looks(void **unused)
{
    (void)unused;
    static const struct {
        const char *style, *safe;
    } cases[] = {
        {"color: red", "color: red;"},
        {"color:#0f0;font-size:12px", "color: #0f0; font-size: 12px;"},
        {"margin:0 1.5em 0 auto; border:1px solid rgb(1, 2, 3)",
         "margin: 0 1.5em 0 auto; border: 1px solid rgb(1, 2, 3);"},
        {"font-family:'A b', &quot;C&quot;, sans-serif", "font-family: 'A b', &quot;C&quot;, sans-serif;"},
        {"font: bold 12px/1.5 serif !important", "font: bold 12px/1.5 serif !important;"},
        {"COLOR: Red", "COLOR: Red;"},
        {"color: red; position: fixed; top: 0; z-index: 9", "color: red;"},
        {"background: url(http://x.example/); color: red", "color: red;"},
        {"background: URL (x)", NULL},
        {"background-image: none", NULL},
        {"border-image: none", NULL},
        {"width: expression(alert(1))", NULL},
        {"width: exp/**/ression(alert(1))", NULL},
        {"color: \\72 ed", NULL},
        {"behavior: url(x)", NULL},
        {"-moz-binding: url(x)", NULL},
        {"margin: -999px", NULL},
        {"padding: 99999em", NULL},
        {"border-&quot;onclick: red", NULL},
        {"border-<b>: red", NULL},
        {"font-family: 'a", NULL},
        {"font-family: 'a<b>'", NULL},
        {"color: rgb(url(x))", NULL},
        {"color: rgb(1", NULL},
        {"color: #", NULL},
        {"color", NULL},
        {"color:", NULL},
        {":red", NULL},
        {";;;", NULL},
        {"@import 'x'", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str html = arena_printf(arena, "<p style=\"%s\">a</p>", cases[i].style),
                   wanted = STR("<p>a</p>");
        if (cases[i].safe)
            wanted = arena_printf(arena, "<p style=\"%s\">a</p>", cases[i].safe);
        assert_text_of(cases[i].style, html_safe(arena, html, STR_NONE), wanted.ptr);
    }
}

static void test_pictures_and_formulas_that_only_draw(void **unused)
{
    (void)unused;
    static const struct html_case cases[] = {
        {"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><title>t</title><circle r=\"1\" "
         "fill=\"#f00\"></circle></svg>",
         "<svg xmlns=\"http://www.w3.org/2000/svg\" viewbox=\"0 0 1 1\"><title>t</title><circle r=\"1\" "
         "fill=\"#f00\"></circle></svg>"},
        {"<svg onload=alert(1)><script>x</script><style>x</style></svg>", "<svg></svg>"},
        {"<svg><use href='#x'/><image href='x'/><foreignObject>a</foreignObject></svg>", "<svg>a</svg>"},
        {"<svg><animate attributeName='href' values='javascript:x'/></svg>", "<svg></svg>"},
        {"<svg><a xlink:href='javascript:x'>a</a></svg>", "<svg><a>a</a></svg>"},
        {"<svg><path fill='url(http://x.example/)' d='M0 0'/></svg>", "<svg><path d=\"M0 0\" /></svg>"},
        {"<svg xmlns:x='http://x.example/'></svg>", "<svg></svg>"},
        {"<svg></svg><title>t</title>", "<svg></svg>"},
        {"<math><mi>x</mi></math>", "<math><mi>x</mi></math>"},
    };
    check(cases, COUNT(cases), STR_NONE);
}

static void test_only_resolving_leaves_the_rest(void **unused)
{
    (void)unused;
    static const struct html_case cases[] = {
        {"<a HREF=\"x\" onclick=\"y\">a</a>", "<a HREF=\"http://a.example/dir/x\" onclick=\"y\">a</a>"},
        {"<script>a</script><!-- c --><b disabled>", "<script>a</script><!-- c --><b disabled>"},
        {"a < b", "a < b"},
        {"a <b", "a <b"},
        {"<!-- unclosed", "<!-- unclosed"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str html = str_from(cases[i].html);
        assert_text_of(cases[i].html, html_resolve_urls(arena, html, BASE), cases[i].safe);
        assert_ptr_equal(html_resolve_urls(arena, html, STR_NONE).ptr, html.ptr);
    }
}

static void test_broken_markup(void **unused)
{
    (void)unused;
    static const struct html_case cases[] = {
        {"a < b", "a &lt; b"},
        {"a <3 b", "a &lt;3 b"},
        {"a<", "a&lt;"},
        {"a</", "a&lt;/"},
        {"a<b", "a"},
        {"a<b title=\"x", "a"},
        {"a<b title='>'>c</b>", "a<b title=\"&gt;\">c</b>"},
        {"<b title=a\"b>c</b>", "<b title=\"a&quot;b\">c</b>"},
        {"<b title=\"</b><script>\">c</b>", "<b title=\"&lt;/b&gt;&lt;script&gt;\">c</b>"},
        {"<b =foo bar>c</b>", "<b>c</b>"},
        {"</b foo=bar>c", "</b>c"},
        {"<>c", "&lt;>c"},
        {"<scr<script>ipt>alert(1)</script>", "ipt>alert(1)"},
    };
    check(cases, COUNT(cases), STR_NONE);
}

static void test_comments_and_declarations_go(void **unused)
{
    (void)unused;
    static const struct html_case cases[] = {
        {"a<!-- x -->b", "ab"},
        {"a<!-- <script> -->b", "ab"},
        {"a<!-- unclosed > b", "a b"},
        {"a<!-- unclosed", "a"},
        {"a<!DOCTYPE html>b", "ab"},
        {"a<?php echo 1 ?>b", "ab"},
        {"a<! b> <!'> c", "a&lt;! b> &lt;!'> c"},
        {"<![CDATA[a <b>b</b> c]]> d]]>", "a <b>b</b> c d]]>"},
        {"<![CDATA[<script>x</script>]]>", ""},
        {"a<!--[if IE]><script>x</script><![endif]-->b", "ab"},
    };
    check(cases, COUNT(cases), STR_NONE);
}

static void test_references(void **unused)
{
    (void)unused;
    static const struct html_case cases[] = {
        {"no reference", "no reference"},
        {"&amp;&lt;&gt;&quot;&#39;", "&<>\"'"},
        {"&eacute;&#233;&#xE9;&#XE9;", "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"},
        {"&#128;&#146;", "\xE2\x82\xAC\xE2\x80\x99"},
        {"&#0;&#xD800;&#x110000;", "\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {"&unheardof; &; & &&amp", "&unheardof; &; & &&"},
        {"&hellip;&hellip", "\xE2\x80\xA6&hellip"},
        {"&#99999999999999999999;", "\xEF\xBF\xBD"},
        {"&#", "&#"},
        {"&#x;", "&#x;"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct str got = html_decode_references(arena, str_from(cases[i].html));
        assert_true(utf8_valid(got));
        if (i != 7) /* how many digits count is no contract; that it is valid and ends is */
            assert_text_of(cases[i].html, got, cases[i].safe);
    }
}

static void test_nothing_is_copied_when_nothing_changes(void **unused)
{
    (void)unused;
    static const char text[] = "a & b";
    assert_ptr_equal(html_safe(arena, STR("text without tags"), BASE).ptr, STR("text without tags").ptr);
    struct str plain = STR("plain");
    assert_ptr_equal(html_safe(arena, plain, BASE).ptr, plain.ptr);
    assert_ptr_equal(html_decode_references(arena, plain).ptr, plain.ptr);
    assert_text(html_decode_references(arena, str_from(text)), "a & b");
}

static void clean_markup(const void *unit, size_t count)
{
    arena_reset(arena);
    struct str html = repeated(unit, count);
    assert_non_null(html_safe(arena, html, BASE).ptr);
    assert_non_null(html_resolve_urls(arena, html, BASE).ptr);
    assert_non_null(html_decode_references(arena, html).ptr);
}

static void test_long_markup_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const units[] = {
        "<!--",     "<!-- >",   "<script>",  "</script", "<a href='", "<a href=\"",
        "<iframe>", "<object>", "<p ",       "<p a=",    "<",         "&",
        "&#",       "</",       "<![CDATA[", "<?",       "<svg>",     "<style></",
    };
    for (size_t i = 0; i < COUNT(units); i++)
        assert_linear(clean_markup, units[i], 80000);
}

static void test_a_tag_with_many_attributes(void **unused)
{
    (void)unused;
    struct str many = repeated("title=x ", 100000);
    struct str html = arena_printf(arena, "<p %.*s onclick=y>a</p>", STR_ARG(many));
    struct str safe = html_safe(arena, html, STR_NONE);
    assert_true(str_ends(safe, STR(">a</p>")));
    assert_true(str_find(safe, STR("onclick"), 0) < 0);
}

/* A check that cannot be made for want of memory has not been passed. */
static void test_a_full_arena_gives_nothing_or_what_is_safe(void **unused)
{
    (void)unused;
    struct str html = STR("<p>x</p><a href=\"java&#115;cript:alert(1)\">a</a><script>x</script>");
    for (size_t cap = 1; cap < 65536 * 3; cap += 4099) {
        struct arena *tiny = arena_create(cap);
        struct str safe = html_safe(tiny, html, BASE);
        if (safe.ptr)
            assert_text(safe, "<p>x</p><a>a</a>");
        else
            assert_true(arena_exhausted(tiny));
        arena_destroy(&tiny);
    }
    struct arena *full = arena_create(10);
    assert_null(html_decode_references(full, STR("a &amp; b")).ptr);
    assert_null(html_safe(full, STR("<b>a</b>"), STR_NONE).ptr);
    arena_destroy(&full);
}

static void test_words_that_begin_like_a_declaration_stay(void **unused)
{
    (void)unused;
    static const struct html_case cases[] = {
        {"<!DOCTYPE html>x", "x"},
        {"<!doctype html PUBLIC \"-//W3C//DTD\" \"u\">x", "x"},
        {"<!ELEMENT a ANY>x", "x"},
        {"<!DOCTYPE is the first line", "&lt;!DOCTYPE is the first line"},
        {"What <!DOCTYPE is for, and <b>why</b>", "What &lt;!DOCTYPE is for, and <b>why</b>"},
        {"<!important", "&lt;!important"},
        {"<!important <b>x</b>", "&lt;!important <b>x</b>"},
        {"<?php is old", "&lt;?php is old"},
        {"<!-- never", ""},
    };
    check(cases, COUNT(cases), STR_NONE);
    assert_linear(clean_markup, "<!DOCTYPE <?", 80000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_ARENA(test_words_that_begin_like_a_declaration_stay),
        TEST_ARENA(test_what_is_allowed_stays_as_it_is),
        TEST_ARENA(test_scripts_and_their_kind_go_with_their_content),
        TEST_ARENA(test_unknown_elements_leave_their_content),
        TEST_ARENA(test_attributes_that_act_are_dropped),
        TEST_ARENA(test_schemes_that_run_code_are_dropped),
        TEST_ARENA(test_relative_urls_are_resolved),
        TEST_ARENA(test_styles_keep_what_only_changes_how_text_looks),
        TEST_ARENA(test_pictures_and_formulas_that_only_draw),
        TEST_ARENA(test_only_resolving_leaves_the_rest),
        TEST_ARENA(test_broken_markup),
        TEST_ARENA(test_comments_and_declarations_go),
        TEST_ARENA(test_references),
        TEST_ARENA(test_nothing_is_copied_when_nothing_changes),
        TEST_ARENA(test_long_markup_takes_linear_time),
        TEST_ARENA(test_a_tag_with_many_attributes),
        TEST_ARENA(test_a_full_arena_gives_nothing_or_what_is_safe),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
