/* Pages as blocks, and which of them are the article: segmentation, repeats, the classifier with the
 * committed model, and forests that are read from bytes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "processors/html/page_repeats.h"
#include "processors/html/page_text.h"
#include "processors/model/forest.h"

static struct block_classifier *classifier;

static int open_model(void **state)
{
    (void)state;
    struct error error = {0};
    struct model *model = NULL;
    return model_open(&model, NULL, "pages", &error) || block_classifier_create(&classifier, model, &error);
}

static int close_model(void **state)
{
    (void)state;
    block_classifier_destroy(&classifier);
    return 0;
}

static struct dom *parse(struct arena *arena, struct str html)
{
    struct dom *dom = NULL;
    assert_int_equal(dom_parse(arena, html, &dom), 0);
    return dom;
}

static struct page_blocks blocks_of(struct arena *arena, const char *html)
{
    struct page_blocks page;
    assert_int_equal(page_blocks_read(arena, parse(arena, str_from(html)), &page), 0);
    return page;
}

static void assert_words(const struct page_blocks *page, uint32_t block, const char *text)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct vocabulary vocabulary;
    uint32_t *words, count;
    vocabulary_init(&vocabulary, arena);
    assert_int_equal(page_blocks_words(arena, &vocabulary, str_from(text), &words, &count), 0);
    assert_true(block < page->block_count);
    assert_int_equal(page->blocks[block].word_count, count);
    for (uint32_t i = 0; i < count; i++)
        assert_true(page->word_vocabulary.hashes[page->words[page->blocks[block].first_word + i]] ==
                    vocabulary.hashes[words[i]]);
    arena_destroy(&arena);
}

static void blocks_end_at_block_elements_and_double_breaks(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct page_blocks page = blocks_of(
        arena, "<body>loose <div>One <b>bo</b>ld<p>Two<br>lines</p>tail</div><p>a<br><br>b</p><p>&nbsp;-</p>"
               "<my-teaser>own</my-teaser><script>no()</script> end");
    const char *const expected[] = {"loose", "one bold", "two lines", "tail", "a", "b", "own", "end"};
    assert_int_equal(page.block_count, sizeof(expected) / sizeof(expected[0]));
    for (uint32_t i = 0; i < page.block_count; i++)
        assert_words(&page, i, expected[i]);
    assert_int_equal(page.elements[page.blocks[2].owner].tag, TAG_P);
    assert_int_equal(page.elements[page.blocks[3].owner].tag, TAG_DIV);
    assert_int_equal(page.elements[page.blocks[6].owner].tag, TAG_CUSTOM);
    arena_destroy(&arena);
}

static void shares_and_lengths_fold_white_space(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct page_blocks page =
        blocks_of(arena, "<body><p>  abc,\n\n <a href=x>def</a> <i>gh</i>\xe3\x80\x81 </p>");
    assert_int_equal(page.block_count, 1);
    assert_int_equal(page.blocks[0].chars, 12); /* "abc, def gh" and the comma of Chinese */
    assert_int_equal(page.blocks[0].commas, 2);
    assert_true(page.blocks[0].link > 0.29f && page.blocks[0].link < 0.31f); /* 3 of 10 */
    assert_true(page.blocks[0].bold > 0.19f && page.blocks[0].bold < 0.21f);
    arena_destroy(&arena);
}

static void elements_have_the_words_of_their_attributes(void **state)
{
    (void)state;
    static const char *const expected[] = {"section", "article", "body", "text", "ip:articlebody"};
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct page_blocks page =
        blocks_of(arena, "<body><section class='articleBody text-2 a' itemprop=articlebody>word</section>");
    const struct page_element *element = &page.elements[page.blocks[0].owner];
    assert_int_equal(element->name_count, sizeof(expected) / sizeof(expected[0]));
    for (uint32_t i = 0; i < element->name_count; i++)
        assert_true(page.name_vocabulary.hashes[page.names[element->first_name + i]] ==
                    page_blocks_name_hash(str_from(expected[i])));
    arena_destroy(&arena);
}

static void hidden_and_side_parts_are_known_as_such(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct page_blocks page = blocks_of(
        arena, "<body><nav><p>a</p></nav><div role=contentinfo><p>b</p></div><div style='color:red; "
               "Display : none'><p>c</p></div><div hidden><p>d</p></div><div style='display:block'><p>e");
    static const uint8_t expected[] = {CONTEXT_NAV, CONTEXT_FOOTER, CONTEXT_HIDDEN, CONTEXT_HIDDEN, 0};
    for (uint32_t i = 0; i < 5; i++)
        assert_int_equal(page.elements[page.blocks[i].owner].context, expected[i]);
    arena_destroy(&arena);
}

static void long_blocks_repeat_by_nine_windows_in_ten_short_ones_as_a_whole(void **state)
{
    (void)state;
    uint64_t words[60];
    for (uint64_t i = 0; i < 60; i++)
        words[i] = i * i + 7;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct page_repeats repeats;
    page_repeats_init(&repeats, arena);
    assert_false(page_repeats_add(&repeats, words, 40));
    assert_true(page_repeats_add(&repeats, words, 40));
    assert_true(page_repeats_add(&repeats, words + 3, 40));  /* three words more */
    assert_false(page_repeats_add(&repeats, words + 10, 6)); /* a part of it, short */
    assert_true(page_repeats_add(&repeats, words + 10, 6));
    assert_false(page_repeats_add(&repeats, words + 20, 40));
    assert_false(page_repeats_add(&repeats, words, 5)); /* short lines may come again */
    arena_destroy(&arena);
}

/* A page whose classes say nothing, in a language that the model's words do not know. */
static const char *const plain_page =
    "<html><head><title>Qarro vente</title></head><body><div class=q1><a href=/>Zan</a> <a href=/b>Bel</a> "
    "<a href=/c>Cor</a></div><div class=q2><h1>Qarro vente</h1><div class=q3>"
    "<p>Melu tarin sopal, verin dosa kelam tuvin, hasel morat il benu saktar porim, delun vash orit kem.</p>"
    "<h2>Tarin vosh</h2>"
    "<p>Orin kelu vestar, namil doru sekat, imel voran tusk, belar hin kora mesh tulan vorim desk alin "
    "pur.</p>"
    "<ul><li>Kelan morit vashel dorin, tusel ben, ormat</li><li>Deluvin haspar, oritel kemun, sol "
    "tarik</li></ul>"
    "<blockquote><p>Vashen torul, imeln dakor, pesht amur hilen, torvash ket, belun arim "
    "sokat.</p></blockquote>"
    "<table><tr><td>Sakt</td><td>12</td></tr></table>"
    "<p>Tuvin hasel morat il, benu saktar porim delun, vash orit kem lutan, sorin vel, hastum oren pilak.</p>"
    "</div></div><div class=q4><a href=/d>Dorin tusel</a><a href=/e>Ormat ben</a><a href=/f>Haspar "
    "sol</a></div>"
    "<div class=q5>(c) Zan</div></body></html>";

static struct str text_of(struct arena *arena, const char *html, struct text_blocks *blocks,
                          float *confidence)
{
    *confidence = 0;
    text_blocks_init(blocks, arena);
    assert_int_equal(page_text_find(classifier, parse(arena, str_from(html)), STR_NONE, blocks, confidence),
                     0);
    assert_int_equal(text_blocks_finish(blocks), 0);
    return blocks->text;
}

static void text_is_found_by_structure_alone(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct text_blocks blocks;
    float confidence;
    struct str text = text_of(arena, plain_page, &blocks, &confidence);
    assert_true(str_starts(text, STR("Melu tarin sopal")));
    assert_true(str_find(text, STR("Qarro"), 0) < 0 && str_find(text, STR("Zan"), 0) < 0);
    assert_true(str_find(text, STR("Haspar sol"), 0) < 0);
    assert_true(str_ends(text, STR("hastum oren pilak.")));
    assert_true(confidence > 0.5f && confidence <= 1);
    arena_destroy(&arena);
}

static void blocks_keep_their_kind_and_order(void **state)
{
    (void)state;
    static const enum block_kind expected[] = {BLOCK_PARAGRAPH, BLOCK_HEADING,   BLOCK_PARAGRAPH,
                                               BLOCK_LIST_ITEM, BLOCK_LIST_ITEM, BLOCK_QUOTE};
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct text_blocks blocks;
    float confidence;
    text_of(arena, plain_page, &blocks, &confidence);
    assert_true(blocks.list.count >= sizeof(expected) / sizeof(expected[0]));
    for (size_t i = 0; i < sizeof(expected) / sizeof(expected[0]); i++)
        assert_int_equal(blocks.list.items[i].kind, expected[i]);
    assert_int_equal(blocks.list.items[1].level, 2);
    arena_destroy(&arena);
}

static void a_second_copy_for_print_is_left_out(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    _cleanup_buffer_ struct buffer html = {0};
    const char *paragraph =
        "The council of the port town voted on Monday to widen the old mole, after a winter in "
        "which storms had closed the harbour for eleven days, the harbour master said.";
    buffer_printf(&html,
                  "<body><article><h1>Mole</h1><div class=text><p>%s</p><p>Work begins in May, said "
                  "the mayor, and it should last two summers, with pauses for the fishing season.</p></div>"
                  "<div class=print-text><p>%s</p></div></article>",
                  paragraph, paragraph);
    struct text_blocks blocks;
    float confidence;
    struct str text = text_of(arena, html.ptr, &blocks, &confidence);
    ptrdiff_t first = str_find(text, STR("The council"), 0);
    assert_true(first >= 0 && str_find(text, STR("The council"), (size_t)first + 1) < 0);
    arena_destroy(&arena);
}

static void where_the_model_finds_nothing_containers_answer(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct text_blocks blocks;
    float confidence;
    text_of(arena, "<body></body>", &blocks, &confidence);
    assert_int_equal(blocks.length, 0);
    _cleanup_buffer_ struct buffer html = {0};
    buffer_printf(&html, "<body><article>");
    for (int i = 0; i < BLOCK_CLASSIFIER_BLOCKS_MAX + 1; i++)
        buffer_printf(&html, "<p>w%d of a list", i);
    struct str text = text_of(arena, html.ptr, &blocks, &confidence); /* more blocks than are looked at */
    assert_true(str_starts(text, STR("w0 of a list")));
    arena_destroy(&arena);
}

/* One feature with two boundaries; one tree of one branch. */
static void forests_are_read_from_bytes(void **state)
{
    (void)state;
    const float boundaries[] = {-1, 2.5f};
    const struct branch branch = {.feature = 0, .bin = 1, .left = FOREST_LEAF, .right = FOREST_LEAF + 1};
    const int16_t leaves[] = {FOREST_LEAF_UNIT, -FOREST_LEAF_UNIT / 2};
    _cleanup_buffer_ struct buffer divided = {0}, trees = {0};
    buffer_append_byte(&divided, 2);
    buffer_append(&divided, boundaries, sizeof(boundaries));
    buffer_append_byte(&trees, 1);
    buffer_append(&trees, &branch, sizeof(branch));
    buffer_append(&trees, leaves, sizeof(leaves));
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct divisions divisions;
    struct forest forest;
    assert_true(divisions_open(&divisions, arena, buffer_str(&divided), 1));
    assert_true(forest_open(&forest, arena, buffer_str(&trees), 1));
    static const struct {
        float value, sum;
        uint8_t bin;
    } cases[] = {{-2, 1, 0}, {-1, 1, 0}, {2.5f, 1, 1}, {2.6f, -0.5f, 2}};
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint8_t bin;
        float sum;
        divisions_bins(&divisions, 0, 1, &cases[i].value, &bin);
        forest_sums(&forest, &bin, 1, 1, &sum);
        assert_int_equal(bin, cases[i].bin);
        assert_true(sum > cases[i].sum - 0.001f && sum < cases[i].sum + 0.001f);
    }
    /* Cut anywhere, or with a reference to itself, to no branch, to no leaf or to no feature: refused. */
    for (size_t len = 0; len < trees.len; len++)
        assert_false(forest_open(&forest, arena, str_make(trees.ptr, len), 1));
    for (size_t len = 0; len < divided.len; len++)
        assert_false(divisions_open(&divisions, arena, str_make(divided.ptr, len), 1));
    static const struct branch unsound[] = {{0, 1, 0, FOREST_LEAF},
                                            {0, 1, 1, FOREST_LEAF},
                                            {0, 1, FOREST_LEAF, FOREST_LEAF + 2},
                                            {1, 1, FOREST_LEAF, FOREST_LEAF}};
    for (size_t i = 0; i < sizeof(unsound) / sizeof(unsound[0]); i++) {
        memcpy(trees.ptr + 1, &unsound[i], sizeof(unsound[i]));
        assert_false(forest_open(&forest, arena, buffer_str(&trees), 1));
    }
    arena_destroy(&arena);
}

static void a_model_without_a_section_is_refused(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer bytes = {0};
    struct model *model = NULL;
    struct block_classifier *made = NULL;
    struct error error = {0};
    assert_int_equal(model_write(&bytes, "pages", BLOCK_FEATURES_VERSION, NULL, 0), 0);
    assert_int_equal(model_from_bytes(&model, buffer_str(&bytes), "pages", &error), 0);
    assert_int_equal(block_classifier_create(&made, model, &error), ERR_MALFORMED);
    assert_null(made);
    assert_true(error.text[0]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blocks_end_at_block_elements_and_double_breaks),
        cmocka_unit_test(shares_and_lengths_fold_white_space),
        cmocka_unit_test(elements_have_the_words_of_their_attributes),
        cmocka_unit_test(hidden_and_side_parts_are_known_as_such),
        cmocka_unit_test(long_blocks_repeat_by_nine_windows_in_ten_short_ones_as_a_whole),
        cmocka_unit_test(text_is_found_by_structure_alone),
        cmocka_unit_test(blocks_keep_their_kind_and_order),
        cmocka_unit_test(a_second_copy_for_print_is_left_out),
        cmocka_unit_test(where_the_model_finds_nothing_containers_answer),
        cmocka_unit_test(forests_are_read_from_bytes),
        cmocka_unit_test(a_model_without_a_section_is_refused),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
