/* HTML and plain text to blocks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/error.h"
#include "base/utf8.h"
#include "base/references.h"
#include "processors/html/text.h"

static const char *const kind_names[] = {"p", "h", "li", "quote", "pre", "table", "caption"};

/* Blocks as "kind:text|kind:text". */
static struct str shown(struct arena *arena, const char *text, bool html)
{
    struct text_blocks blocks;
    text_blocks_init(&blocks, arena);
    if (html)
        assert_int_equal(html_fragment_to_blocks(str_from(text), &blocks), 0);
    else
        text_blocks_add_plain(&blocks, str_from(text));
    assert_int_equal(text_blocks_finish(&blocks), 0);
    assert_int_equal(blocks.length, utf8_length(blocks.text));
    struct str out = STR("");
    size_t at = 0, points = 0;
    for (size_t i = 0; i < blocks.list.count; i++) {
        struct block block = blocks.list.items[i];
        size_t begin = 0;
        while (points < block.span.end) {
            if (points == block.span.start)
                begin = at;
            uint32_t c;
            at += utf8_decode(blocks.text, at, &c);
            points++;
        }
        out = arena_printf(arena, "%.*s%s%s:%.*s", STR_ARG(out), i ? "|" : "", kind_names[block.kind],
                           STR_ARG(str_slice(blocks.text, begin, at)));
    }
    return out;
}

static void check(const char *text, bool html, const char *expected)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct str found = shown(arena, text, html);
    if (!str_equal(found, str_from(expected)))
        fail_msg("'%s'\n  gave     '%.*s'\n  expected '%s'", text, STR_ARG(found), expected);
    arena_destroy(&arena);
}

static void makes_blocks_of_html(void **state)
{
    (void)state;
    check("<p>One  &amp; two.</p>\n<p>Three.</p>", true, "p:One & two.|p:Three.");
    check("Loose <b>bold</b> text<p>then a paragraph", true, "p:Loose bold text|p:then a paragraph");
    check("<h2>Heading</h2>Text.", true, "h:Heading|p:Text.");
    check("<ul><li>One</li><li><p>Two</p></li></ul>After", true, "li:One|li:Two|p:After");
    check("<blockquote><p>Said.</p></blockquote>", true, "quote:Said.");
    check("<pre>a  b\nc</pre>", true, "pre:a  b\nc");
    check("<table><tr><td>A</td><td>1</td></tr><tr><td>B</td><td>2</td></tr></table>", true,
          "table:A 1|table:B 2");
    check("<figure><img src=x><figcaption>A dam</figcaption></figure>", true, "caption:A dam");
    check("First.<br><br>Second.<br>Third.", true, "p:First.|p:Second.\nThird.");
    check("<p><strong>Short line in bold</strong></p><p><b>Bold</b> and plain.</p>", true,
          "h:Short line in bold|p:Bold and plain.");
    check("<p></p><div> </div>", true, "");
}

static void leaves_out_what_is_no_text(void **state)
{
    (void)state;
    check("A<script>if (a < b) x('<p>');</script>B", true, "p:AB");
    check("A<style>p{}</style><!-- <p>no</p> -->B", true, "p:AB");
    check("A<video><p>No video</p></video>B", true, "p:AB");
    check("A<svg><text>no</text></svg>B", true, "p:AB");
    check("A\xC2\xAD"
          "B\xE2\x80\x8B"
          "C\x01",
          true, "p:ABC");
}

static void survives_damage(void **state)
{
    (void)state;
    check("a < b and c > d", true, "p:a < b and c > d");
    check("AT&T &unknown; &#x41;&#65;&#8217;&#150;", true, "p:AT&T &unknown; AA’–");
    check("<p>open <b>never closed", true, "p:open never closed");
    check("text <!-- never closed", true, "p:text");
    check("text <a href=\"x", true, "p:text");
    check("</p></div></ul>x", true, "p:x");
    check("<", true, "p:<");
    check("&", true, "p:&");
}

static void composes_characters(void **state)
{
    (void)state;
    check("<p>Cafe\xCC\x81</p><p>x</p>", true, "p:Caf\xC3\xA9|p:x");
    check("<p>e&#769;</p>", true, "p:\xC3\xA9");
    check("a\xC2\xA0\xC2\xA0"
          "b\xE3\x80\x80"
          "c",
          true, "p:a b c");
}

static void finds_paragraphs_of_plain_text(void **state)
{
    (void)state;
    check("One.\n\nTwo.", false, "p:One.|p:Two.");
    check("This line of a mail message was wrapped by a program that\nbreaks lines at a fixed width, so it "
          "goes on.\n\nTwo.",
          false,
          "p:This line of a mail message was wrapped by a program that breaks lines at a fixed width, so it "
          "goes on.|p:Two.");
    check(
        "A long paragraph that stands on a line of its own, as newsrooms' systems write them, and which is "
        "longer than any "
        "typewriter's line.\n“Moment of calm”\nAnother paragraph that is a sentence of some length as well.",
        false,
        "p:A long paragraph that stands on a line of its own, as newsrooms' systems write them, and which is "
        "longer than any "
        "typewriter's line.|h:“Moment of calm”|p:Another paragraph that is a sentence of some length as "
        "well.");
    check("Points:\n- one\n- two\nEnd of it.", false, "p:Points:|li:one|li:two|p:End of it.");
    check("", false, "");
    check("\n \n", false, "");
}

static void decodes_references(void **state)
{
    (void)state;
    char out[REFERENCE_BYTES_MAX];
    size_t used;
    assert_int_equal(html_reference(STR("&eacute;x"), &used, out), 2);
    assert_int_equal(used, 8);
    assert_int_equal(html_reference(STR("&copy 2021"), &used, out), 2);
    assert_int_equal(html_reference(STR("&mdash x"), &used, out), 0);
    assert_int_equal(html_reference(STR("&#xD800;"), &used, out), 3);
    assert_int_equal(html_reference(STR("&#99999999999;"), &used, out), 3);
    assert_int_equal(html_reference(STR("&#;"), &used, out), 0);
}

static void is_linear_in_hostile_input(void **state)
{
    (void)state;
    static const char *const pieces[] = {"<",   "<!--", "<script>", "<div>",       "&",
                                         "<b ", "</",   "<a x='",   "<blockquote>"};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        _cleanup_buffer_ struct buffer buffer = {0};
        for (int n = 0; n < 100000; n++)
            assert_int_equal(buffer_append_str(&buffer, str_from(pieces[i])), 0);
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct text_blocks blocks;
        text_blocks_init(&blocks, arena);
        assert_int_equal(html_fragment_to_blocks(buffer_str(&buffer), &blocks), 0);
        assert_int_equal(text_blocks_finish(&blocks), 0);
        arena_destroy(&arena);
    }
}

static void says_when_memory_runs_out(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer buffer = {0};
    for (int n = 0; n < 20000; n++)
        assert_int_equal(buffer_append_str(&buffer, STR("<p>paragraph</p>")), 0);
    struct arena *arena = arena_create(100000);
    struct text_blocks blocks;
    text_blocks_init(&blocks, arena);
    assert_true(html_fragment_to_blocks(buffer_str(&buffer), &blocks) < 0);
    assert_true(text_blocks_finish(&blocks) < 0);
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(makes_blocks_of_html),
        cmocka_unit_test(leaves_out_what_is_no_text),
        cmocka_unit_test(survives_damage),
        cmocka_unit_test(composes_characters),
        cmocka_unit_test(finds_paragraphs_of_plain_text),
        cmocka_unit_test(decodes_references),
        cmocka_unit_test(is_linear_in_hostile_input),
        cmocka_unit_test(says_when_memory_runs_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
