/* HTML made safe: what goes, what stays byte for byte, and where links lead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "feeds/html_safe.h"

static struct arena *arena;

static int setup(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    return arena ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

static struct str safe(const char *html)
{
    return html_safe(arena, str_from(html), STR("https://news.example/a/b"));
}

static void becomes(const char *html, const char *wanted)
{
    struct str got = safe(html);
    if (!str_equal(got, str_from(wanted)))
        fail_msg("%s\nbecomes %.*s\nnot     %s", html, STR_ARG(got), wanted);
}

static void test_safe_html_stays_as_it_is(void **state)
{
    (void)state;
    static const char *const texts[] = {"plain",
                                        "<p>One &amp; <b>two</b><br>three</p>",
                                        "<ul><li>a<li>b</ul>",

                                        "<table><tr><td colspan=\"2\">x</td></tr></table>",
                                        "<blockquote>said</blockquote>",
                                        ""};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        becomes(texts[i], texts[i]);
}

static void test_scripts_go_with_what_is_in_them(void **state)
{
    (void)state;
    becomes("a<script>alert(1)</script>b", "ab");
    becomes("a<SCRIPT src=x>alert(1)</SCRIPT >b", "ab");
    becomes("a<style>p{}</style>b", "ab");
    becomes("a<script>alert(1)", "a");
    becomes("a<object data=x>b", "ab"); /* never closed: only the tag goes */
    becomes("a<iframe src=\"https://x.example/\"></iframe>b", "ab");
    becomes("a<object data=x></object><embed src=x><applet></applet>b", "ab");
}

/* Whatever they are written like, these must not come through. */
static void test_nothing_that_runs_comes_through(void **state)
{
    (void)state;
    static const char *const attacks[] = {
        "<img src=x onerror=alert(1)>",
        "<img src=x OnError = 'alert(1)'>",
        "<p/onclick=alert(1)>x</p>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<a href=\" java\nscript:alert(1)\">x</a>",
        "<a href=\"&#106;avascript:alert(1)\">x</a>",
        "<a href=\"jav&#x09;ascript:alert(1)\">x</a>",
        "<a href='vbscript:x'>x</a>",
        "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mi xlink:href=\"javascript:alert(1)\">x</mi></math>",
        "<<script>alert(1)</script>",
        "<scr<script>ipt>alert(1)</script>",
        "<form action=javascript:alert(1)><input type=submit></form>",
        "<base href=\"javascript:\">",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">",
        "<link rel=stylesheet href=javascript:alert(1)>",
        "<p style=\"background:url(javascript:alert(1))\">x</p>",
        "<img src=\"x\" style=\"width:expression(alert(1))\">",
        "<!--[if IE]><script>alert(1)</script><![endif]-->",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<a href=\"https://x.example/\"onclick=\"alert(1)\">x</a>",
        "<img src=`x` onerror=alert(1)>",
    };
    static const char *const forbidden[] = {"<script",   "onerror",     "onclick", "onload", "javascript:",
                                            "vbscript:", "expression(", "<base",   "<meta",  "data:text"};
    for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
        struct str got = safe(attacks[i]);
        assert_non_null(got.ptr);
        for (size_t j = 0; j < sizeof(forbidden) / sizeof(forbidden[0]); j++) {
            /* Inside a tag only: as text it is harmless. */
            struct str rest = got;
            for (ptrdiff_t open = str_find(rest, STR("<"), 0); open >= 0;
                 open = str_find(rest, STR("<"), (size_t)open + 1)) {
                ptrdiff_t close = str_find(rest, STR(">"), (size_t)open);
                struct str tag =
                    str_make(rest.ptr + open, close < 0 ? rest.len - (size_t)open : (size_t)(close - open));
                char lower[512];
                size_t len = tag.len < sizeof(lower) - 1 ? tag.len : sizeof(lower) - 1;
                for (size_t k = 0; k < len; k++)
                    lower[k] = (char)(tag.ptr[k] >= 'A' && tag.ptr[k] <= 'Z' ? tag.ptr[k] | 32 : tag.ptr[k]);
                lower[len] = '\0';
                if (strstr(lower, forbidden[j]))
                    fail_msg("%s\nbecomes %.*s", attacks[i], STR_ARG(got));
            }
        }
    }
}

/* A reader's parser may see an end tag in an attribute where ours did not: nothing in a value looks like one.
 */
static void test_no_end_tag_hides_in_an_attribute(void **state)
{
    (void)state;
    becomes("<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "<noscript><p title=\"&lt;/noscript&gt;&lt;img src=x onerror=alert(1)&gt;\">");
}

static void test_links_become_absolute(void **state)
{
    (void)state;
    becomes("<a href=\"c\">x</a>", "<a href=\"https://news.example/a/c\">x</a>");
    becomes("<img src=\"/i.png\" alt=\"An image\">",
            "<img src=\"https://news.example/i.png\" alt=\"An image\">");
    becomes("<a href=\"//cdn.example/x\">x</a>", "<a href=\"https://cdn.example/x\">x</a>");
    becomes("<a href=\"mailto:desk@news.example\">x</a>", "<a href=\"mailto:desk@news.example\">x</a>");
}

/* Found by fuzzing: what is safe stays as it is when it is made safe again. */
static void test_a_second_pass_changes_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {"<img src<img src=x>", "<p title=a<b>x"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct str once = safe(texts[i]);
        assert_true(str_equal(html_safe(arena, once, STR("https://news.example/a/b")), once));
    }
}

static void test_raw_html_only_gets_its_links_resolved(void **state)
{
    (void)state;
    struct str got = html_resolve_urls(arena, STR("<p onclick=\"x()\"><a href=\"c\">x</a></p>"),
                                       STR("https://news.example/a/b"));
    assert_true(str_equal(got, STR("<p onclick=\"x()\"><a href=\"https://news.example/a/c\">x</a></p>")));
}

static void test_references(void **state)
{
    (void)state;
    static const char *const pairs[][2] = {
        {"a &amp; b", "a & b"},
        {"&eacute;&#233;&#xE9;&#XE9;", "\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9"},
        {"&#8217;", "\xE2\x80\x99"},
        {"&#146;", "\xE2\x80\x99"},
        /* a C1 number means windows-1252 */ {"&bogus; &", "&bogus; &"},
        {"a&lt;b &copy; c", "a<b \xC2\xA9 c"},
        {"&#0;&#x110000;", "\xEF\xBF\xBD\xEF\xBF\xBD"},
    };
    for (size_t i = 0; i < sizeof(pairs) / sizeof(pairs[0]); i++) {
        struct str got = html_decode_references(arena, str_from(pairs[i][0]));
        if (!str_equal(got, str_from(pairs[i][1])))
            fail_msg("%s is decoded as %.*s", pairs[i][0], STR_ARG(got));
    }
}

static void test_N9_time_grows_with_the_text_and_not_faster(void **state)
{
    (void)state;
    static const char *const patterns[] = {"<",          "<a ", "<!--",     "&",
                                           "<a href=\"", "</",  "<script>", "<![CDATA["};
    for (size_t i = 0; i < sizeof(patterns) / sizeof(patterns[0]); i++) {
        struct buffer text = {0};
        while (text.len < 1 << 20)
            (void)buffer_append(&text, patterns[i], strlen(patterns[i]));
        int64_t began = clock_thread_cpu_us();
        struct str got = html_safe(arena, buffer_str(&text), STR_NONE);
        buffer_done(&text);
        assert_true(got.ptr || got.len == 0);
        assert_true(clock_thread_cpu_us() - began < 20000000); /* a square law would take minutes */
        arena_reset(arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_safe_html_stays_as_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(test_scripts_go_with_what_is_in_them, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_that_runs_comes_through, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_end_tag_hides_in_an_attribute, setup, teardown),
        cmocka_unit_test_setup_teardown(test_links_become_absolute, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_second_pass_changes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_raw_html_only_gets_its_links_resolved, setup, teardown),
        cmocka_unit_test_setup_teardown(test_references, setup, teardown),
        cmocka_unit_test_setup_teardown(test_N9_time_grows_with_the_text_and_not_faster, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
