/* What is taken from a page before it is parsed, and what must stay. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "base/buffer.h"
#include "base/error.h"
#include "processors/html/page_scan.h"

static void takes_away_what_is_never_read(void **state)
{
    (void)state;
    static const struct {
        const char *html, *rest; /* NULL: all stays */
    } rows[] = {
        {"<p>a</p>", NULL},
        {"<p>a<script>var x = '<p>';</script>b", "<p>a<script></script>b"},
        {"<SCRIPT type=module>x</Script >b<p>", "<SCRIPT type=module></Script >b<p>"},
        {"<script type='application/ld+json'>{\"a\":1}</script>", NULL},
        {"<script type='application&#x2F;ld&#x2B;json'>{\"a\":1}</script>", NULL},
        {"<script>a '</scripts>' b</script>", "<script></script>"},
        {"<script>a <!-- <script> b </script> c", NULL}, /* the end tag may be text there */
        {"<script>never closed <p>a</p>", NULL},
        {"<style media=print>p > a { }</style><p>a", "<style media=print></style><p>a"},
        {"<title>a <b> & <!-- c --></title>", NULL},
        {"<textarea><script>a</script></textarea>", NULL},
        {"a<!-- <p> b -->c<p>", "ac<p>"},
        {"<!--> <p>a</p> --> b", NULL},
        {"<!---> <p>a</p> --> b", NULL},
        {"<!-- a --!> <p>b</p> --> c", NULL},
        {"<!-- never closed <p>a", NULL},
        {"<xmp><!-- a --></xmp><!-- b -->", NULL},
        {"<plaintext><script>a</script>", NULL},
        {"<a title='<!--'>b</a><!-- c -->d<p>", "<a title='<!--'>b</a>d<p>"},
        {"<svg class=i><path d='M0'/><g><circle r=1></circle></g></svg>a<p>", "<svg class=i></svg>a<p>"},
        {"<svg><title>Share</title><path d='M0'/></svg>a<p>", "<svg></svg>a<p>"},
        {"<svg><title>Share<path></svg>a<p>", NULL}, /* the title holds HTML and is still open */
        {"<svg><path><p>ends it</p></svg>", NULL},
        {"<svg><foreignObject><p>a</p></foreignObject></svg>", NULL},
        {"<svg><desc>a</desc><style>b{}</style></svg>", "<svg></svg>"},
        {"<svg><svg><path/></svg></svg>a<p>", "<svg><svg></svg></svg>a<p>"},
        {"<svg viewBox='0 0'/><path d='M0'/>", NULL},
        {"<svg><style><p>a</p></style></svg>", NULL}, /* no raw text in a drawing */
        {"<svg><script>a</script></svg>", NULL},
        {"<script>a</script><p>b<script>c</script><!-- d -->e<style>f</style>g<p>",
         "<script></script><p>b<script></script>e<style></style>g<p>"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct str rest;
        assert_int_equal(page_scan(arena, str_from(rows[i].html), &rest), 0);
        if (!str_equal(rest, str_from(rows[i].rest ? rows[i].rest : rows[i].html)))
            fail_msg("row %zu: '%.*s'", i, STR_ARG(rest));
        arena_destroy(&arena);
    }
}

/* As quotes within quotes make it: the page is worth more than the rest of that tag. */
static void a_tag_of_too_many_attributes_loses_the_rest(void **state)
{
    (void)state;
    static const struct {
        const char *before, *end, *behind;
        int code;
    } rows[] = {{"<p><section", ">", "<p>Text</p>", 0},
                {"<svg>x<b", "/>", "<p>Text</p>", 0},
                {"<p><section", "", "", 0},
                {"<xmp></xmp><section", ">", "<p>Text</p>", ERR_LIMIT}}; /* nothing is cut there */
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        _cleanup_buffer_ struct buffer html = {0};
        buffer_printf(&html, "%s", rows[i].before);
        for (int k = 0; k < 300; k++)
            buffer_printf(&html, " a%d", k);
        buffer_printf(&html, "%s%s", rows[i].end, rows[i].behind);
        struct str rest = STR_NONE, end = arena_printf(arena, "%s%s", rows[i].end, rows[i].behind);
        assert_int_equal(page_scan(arena, buffer_str(&html), &rest), rows[i].code);
        assert_true(rows[i].code || (str_starts(rest, str_from(rows[i].before)) && str_ends(rest, end)));
        assert_true(rows[i].code || str_find(rest, STR("a256"), 0) < 0);
        arena_destroy(&arena);
    }
}

static void every_cut_of_a_page_is_scanned(void **state)
{
    (void)state;
    struct str html =
        STR("<!DOCTYPE html><a x='>' y=1/><!-- c --><script a=\"b\">d</script><svg><path/></svg>"
            "<style>e</style></p ><svg><title>f</title></svg><xmp>g</xmp><textarea>h</textarea>");
    for (size_t len = 0; len <= html.len; len++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        char *copy = malloc(len + 1); /* so that a look beyond the end is seen */
        assert_non_null(copy);
        memcpy(copy, html.ptr, len);
        struct str rest, part = str_make(copy, len);
        assert_int_equal(page_scan(arena, part, &rest), 0);
        assert_true(rest.len <= len);
        free(copy);
        arena_destroy(&arena);
    }
}

static void without_memory_it_says_so(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer html = {0};
    struct arena *arena = arena_create(1000);
    struct str rest;
    buffer_printf(&html, "<script>%*s</script>", 100000, "x");
    assert_int_equal(page_scan(arena, buffer_str(&html), &rest), -ENOMEM);
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(takes_away_what_is_never_read),
        cmocka_unit_test(a_tag_of_too_many_attributes_loses_the_rest),
        cmocka_unit_test(every_cut_of_a_page_is_scanned),
        cmocka_unit_test(without_memory_it_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
