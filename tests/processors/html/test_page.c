/* Pages: the guarded tree, the main text and the metadata. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "base/error.h"
#include "processors/html/article_text.h"
#include "processors/html/byline.h"
#include "processors/html/content.h"
#include "processors/html/metadata.h"
#include "processors/html/page_charset.h"

static const char *const page =
    "<!DOCTYPE html><html lang='en'><head><title>Dam talks resume | Valley Post</title>"
    "<link rel=canonical href='https://post.example/dam'><meta property='og:image' content='/a.jpg'>"
    "<meta name='keywords' content='dam, river'>"
    "<script "
    "type='application/"
    "ld+json'>{\"@graph\":[{\"@type\":\"WebSite\",\"name\":\"Post\"},{\"@type\":[\"NewsArticle\"],"
    "\"headline\":\"Talks on "
    "dam\",\"datePublished\":\"2021-03-03T10:00:00+03:00\",\"dateModified\":\"2021-03-04\","
    "\"author\":[{\"@type\":\"Person\",\"name\":\"Ana "
    "Silva\"},{\"@type\":\"Organization\",\"name\":\"Post\"},\"Ben Ode\"]}]}</script>"
    "<script type='application/ld+json'>{broken</script></head><body>"
    "<nav><ul><li><a href=/>Home</a></li><li><a href=/w>World</a></li></ul></nav>"
    "<div class='share-bar'><a href=#>Share this</a></div><article><h1>Dam talks resume</h1>"
    "<div class='article-body'><p>Negotiators from three countries met on Tuesday to discuss how fast the "
    "reservoir may be filled, "
    "officials said, after months of silence between the two houses.</p><h2>Water levels</h2><p>Engineers "
    "said that the level rose "
    "in July, and that it would rise again. Nobody, they said, should be afraid of it, for the walls are "
    "new.</p>"
    "<div class='related-links'><ul><li><a href=/a>Another story you may "
    "like</a></li></ul></div></div></article>"
    "<footer>Copyright</footer></body></html>";

static struct str text_of_page(struct arena *arena, struct str html, float *ret_confidence)
{
    struct dom *dom = NULL;
    struct text_blocks blocks;
    assert_int_equal(dom_parse(arena, html, &dom), 0);
    text_blocks_init(&blocks, arena);
    assert_int_equal(content_find(dom, STR_NONE, &blocks, ret_confidence), 0);
    assert_int_equal(text_blocks_finish(&blocks), 0);
    return blocks.text;
}

static void finds_the_main_text(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    float confidence;
    struct str text = text_of_page(arena, str_from(page), &confidence);
    assert_true(str_starts(text, STR("Negotiators from three")));
    assert_true(str_find(text, STR("\n\nWater levels\n\n"), 0) > 0);
    assert_true(str_ends(text, STR("the walls are new.")));
    assert_true(str_find(text, STR("Another story"), 0) < 0 && str_find(text, STR("Share"), 0) < 0);
    assert_true(confidence > 0.5f);
    arena_destroy(&arena);
}

static void joins_a_split_body_without_names(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    float confidence;
    struct str text =
        text_of_page(arena,
                     STR("<body><div class=x1><a href=/>Home</a> <a href=/b>B</a></div><div><div "
                         "class=c7><p>First part of a story that is long enough, "
                         "with commas, and words, to be taken for prose by any measure of length and "
                         "weight.</p><p>It goes on, for a second "
                         "paragraph of equal size, which says little, but says it in many words, as stories "
                         "do.</p></div><div class=ad><a "
                         "href=/c>Buy</a></div><div class=c7><p>Second part of the story, which an "
                         "advertisement cut off from the first, and "
                         "which belongs to it all the same, as a reader would see.</p></div></div></body>"),
                     &confidence);
    assert_true(str_starts(text, STR("First part")));
    assert_true(str_find(text, STR("Second part"), 0) > 0);
    assert_true(str_find(text, STR("Home"), 0) < 0 && str_find(text, STR("Buy"), 0) < 0);
    arena_destroy(&arena);
}

static void pages_without_text_give_none(void **state)
{
    (void)state;
    static const char *const pages[] = {"", "<html></html>", "<script>x</script>", "<!-- -->",
                                        "<body><a href=/>x</a></body>"};
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        float confidence;
        struct str text = text_of_page(arena, str_from(pages[i]), &confidence);
        assert_true(text.len < 3);
        arena_destroy(&arena);
    }
}

static void repeat(struct buffer *buffer, const char *piece, int times)
{
    for (int i = 0; i < times; i++)
        assert_int_equal(buffer_append_str(buffer, str_from(piece)), 0);
}

/* Pages that bring a parser down are refused before it sees them, or stop at the parser's own memory. */
static void refuses_hostile_pages(void **state)
{
    (void)state;
    static const struct {
        const char *before, *piece;
        int times;
    } rows[] = {
        {"", "<div>", 100000},        {"", "<table><tr><td><font>", 10000}, {"<p", " a=1", 60000},
        {"", "<b><i>", 5000},         {"<svg><title>", "<i>", 5000}, /* in a drawing neither is raw text */
        {"<svg><style>", "<g>", 5000}};
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        _cleanup_buffer_ struct buffer buffer = {0};
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct dom *dom = NULL;
        assert_int_equal(buffer_append_str(&buffer, str_from(rows[i].before)), 0);
        repeat(&buffer, rows[i].piece, rows[i].times);
        assert_int_equal(dom_parse(arena, buffer_str(&buffer), &dom), ERR_LIMIT);
        assert_null(dom);
        arena_destroy(&arena);
    }
}

/* What the stage finds on the page. */
static void read_metadata(struct article *article, struct str html)
{
    struct dom *dom = NULL;
    struct str note = STR_NONE;
    assert_int_equal(dom_parse(article->arena, html, &dom), 0);
    article->page_tree = dom;
    assert_int_equal(stage_metadata.process(NULL, article, &note), 0);
}

/* "/>" ends an element of a drawing; elsewhere it means nothing, and such elements nest. */
static void drawings_are_not_deep(void **state)
{
    (void)state;
    static const struct {
        const char *before, *piece;
        int code;
    } rows[] = {
        {"<svg viewBox='0 0 9 9'>", "<path d='M0 0'/>", 0},
        {"<svg><g>", "<use xlink:href='#a' />", 0},
        {"<p>Text</p>", "<svg><linearGradient id=a><stop offset='0'/></linearGradient></svg>", 0},
        {"<p>Text</p>", "<svg class=icon/>", 0},
        {"<p>Text</p>", "<path d='M0 0'/>", ERR_LIMIT},
        {"<svg><i>", "<path d='M0 0'/>", ERR_LIMIT},
        {"<svg><desc>", "<path d='M0 0'/>", ERR_LIMIT},
        {"<svg></svg>", "<path d='M0 0'/>", ERR_LIMIT},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        _cleanup_buffer_ struct buffer buffer = {0};
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct dom *dom = NULL;
        assert_int_equal(buffer_append_str(&buffer, str_from(rows[i].before)), 0);
        repeat(&buffer, rows[i].piece, 1000);
        if (dom_parse(arena, buffer_str(&buffer), &dom) != rows[i].code)
            fail_msg("row %zu", i);
        arena_destroy(&arena);
    }
}

/* Only what is left without scripts counts against a page's length. */
static void long_scripts_cut_nothing(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer html = {0};
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct dom *dom = NULL;
    buffer_printf(&html, "<script>%*s</script><p>The end is read.", 3 << 20, "x");
    assert_int_equal(dom_parse(arena, buffer_str(&html), &dom), 0);
    assert_false(dom->cut);
    assert_true(str_equal(dom_text(arena, dom, 0), STR("The end is read.")));
    buffer_clear(&html);
    buffer_printf(&html, "<p>Begun %*s</p><p>The end is not.", 3 << 20, "x");
    assert_int_equal(dom_parse(arena, buffer_str(&html), &dom), 0);
    assert_true(dom->cut);
    arena_destroy(&arena);
}

static void parser_memory_is_bounded_and_freed(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer buffer = {0};
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct dom *dom = NULL;
    repeat(&buffer, "<p>x<i>y</i>", 170000);
    assert_int_equal(dom_parse(arena, buffer_str(&buffer), &dom), ERR_LIMIT);
    arena_destroy(&arena);
    arena = arena_create(20000);
    buffer_clear(&buffer);
    repeat(&buffer, "<p>some text</p>", 2000);
    assert_true(dom_parse(arena, buffer_str(&buffer), &dom) < 0);
    arena_destroy(&arena);
}

static void reads_metadata(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena, .page_url = STR("https://post.example/dam?x=1")};
    read_metadata(&article, str_from(page));
    assert_string_equal(article.title.ptr, "Dam talks resume");
    assert_string_equal(article.url.ptr, "https://post.example/dam");
    assert_string_equal(article.language_stated.ptr, "en");
    assert_int_equal(article.authors.count, 2);
    assert_string_equal(article.authors.items[0].name.ptr, "Ana Silva");
    assert_string_equal(article.authors.items[1].name.ptr, "Ben Ode");
    assert_int_equal(article.images.count, 1);
    assert_string_equal(article.images.items[0].url.ptr, "https://post.example/a.jpg");
    assert_int_equal(article.subjects.count, 2);
    assert_int_equal(article.dates.count, 2);
    assert_string_equal(article.dates.items[0].value.ptr, "2021-03-03T07:00:00Z");
    assert_string_equal(article.dates.items[0].origin, "page:json-ld");
    assert_true(article.published_ms > 0 && article.modified_ms > article.published_ms);
    arena_destroy(&arena);
}

static void the_feed_is_believed_first(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena,
                              .title = STR("From the feed"),
                              .url = STR("https://post.example/f"),
                              .published_ms = 5};
    *article_list_add(arena, &article.authors) = (struct article_person){.name = STR("Feed Author")};
    read_metadata(&article, str_from(page));
    assert_string_equal(article.title.ptr, "From the feed");
    assert_string_equal(article.url.ptr, "https://post.example/f");
    assert_int_equal(article.authors.count, 1);
    assert_int_equal(article.published_ms, 5);
    arena_destroy(&arena);
}

static void reads_times_and_base(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena, .page_url = STR("https://post.example/2021/dam")};
    struct dom *dom = NULL;
    struct str note = STR_NONE;
    assert_int_equal(
        dom_parse(arena,
                  STR("<head><base target=x><base href='/media/'><link rel=canonical href='../dam'>"
                      "<meta property=og:image content=a.jpg></head><body><h1>Dam</h1>"
                      "<time itemprop='dateModified' datetime='2021-03-04T10:00Z'>today</time>"
                      "<time itemprop='x datePublished' datetime='2021-03-03T10:00Z'>y</time>"
                      "<time datetime='2020-01-01'>other</time></body>"),
                  &dom),
        0);
    article.page_tree = dom;
    assert_int_equal(stage_metadata.process(NULL, &article, &note), 0);
    assert_string_equal(article.images.items[0].url.ptr, "https://post.example/media/a.jpg");
    assert_string_equal(article.url.ptr, "https://post.example/dam");
    assert_int_equal(article.dates.count, 2);
    assert_string_equal(article.dates.items[0].kind, "modified");
    assert_string_equal(article.dates.items[1].value.ptr, "2021-03-03T10:00Z");
    arena_destroy(&arena);
}

static void check_byline(const char *line, const char *expected)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct byline byline = {.rest = str_from(line)};
    struct str found = STR(""), name;
    while (byline_next(&byline, &name))
        found = arena_printf(arena, "%.*s%s%.*s", STR_ARG(found), found.len ? "|" : "", STR_ARG(name));
    if (!str_equal(found, str_from(expected)))
        fail_msg("'%s' gave '%.*s'", line, STR_ARG(found));
    arena_destroy(&arena);
}

static void divides_bylines_into_people(void **state)
{
    (void)state;
    check_byline("By Amira Vela, Seán O'Murty, Tara Sen and Adam Rolle, Harbour Post",
                 "Amira Vela|Seán O'Murty|Tara Sen|Adam Rolle");
    check_byline("By A B, C D and E F, Harbour Post", "A B|C D|E F");
    check_byline("Ana Silva", "Ana Silva");
    check_byline("By: Ana Silva | Valley News", "Ana Silva");
    check_byline("Ana Silva, Senior Correspondent, and Ben Ode, staff writer", "Ana Silva|Ben Ode");
    check_byline("Silva, Ana", "Silva, Ana");
    check_byline("Ben Ode, Jr., and Dr. Cy Lee, PhD", "Ben Ode, Jr.|Dr. Cy Lee, PhD");
    check_byline("Von Anna Keller und Max Weil", "Anna Keller|Max Weil");
    check_byline("Von Stahl", "Von Stahl");
    check_byline("Ana Silva in Lirana and Ben Ode for Reuters", "Ana Silva|Ben Ode");
    check_byline("Post staff", "Post staff");
    check_byline("Ana Silva, professor of many very old things, Ben Ode", "Ana Silva|Ben Ode");
    check_byline("Emily Post", "Emily Post");
    check_byline("王小明", "王小明");
    check_byline("", "");
    check_byline(" , and , ", "");
}

static void check_charset(const char *html, const char *expected)
{
    struct str found = page_charset(str_from(html));
    if (!str_equal(found, str_from(expected)))
        fail_msg("'%s' gave '%.*s'", html, STR_ARG(found));
}

static void finds_the_stated_charset_as_browsers_do(void **state)
{
    (void)state;
    check_charset("<head><meta charset=gbk>", "gbk");
    check_charset("<META CharSet = ' windows-1251 ' />", "windows-1251");
    check_charset("<meta http-equiv=Content-Type content='text/html; charset=Big5'>", "Big5");
    check_charset("<meta content='charset=gbk' http-equiv='content-type'>", "gbk");
    check_charset("<meta http-equiv=content-type content='x charset; charset = \"koi8-r\"'>", "koi8-r");
    check_charset("<meta name=x content='charset=gbk'>", "");
    check_charset("<!-- <meta charset=gbk> --><script src=a charset=big5></script><meta charset=utf-8>",
                  "utf-8");
    check_charset("<!--><meta charset=utf-8>", "utf-8");
    check_charset("<p title='<meta charset=gbk>'>charset=big5", "");
    check_charset("<meta charset=utf-16le>", "utf-8");
    check_charset("<meta charset=gbk", "");
    check_charset("<meta charset='gbk", "");
    check_charset("", "");
    char late[1200];
    memset(late, ' ', sizeof(late));
    memcpy(late + 1100, "<meta charset=gbk>", 19);
    check_charset(late, "");
}

static void check_json_ld(const char *scripts, const char *authors, const char *published)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena, .page_url = STR("https://post.example/2021/dam?x=1")};
    struct dom *dom = NULL;
    struct str note = STR_NONE, found = STR("");
    struct str html =
        arena_printf(arena, "<head><title>Dam holds again | Post</title>%s</head><body>x</body>", scripts);
    assert_int_equal(dom_parse(arena, html, &dom), 0);
    article.page_tree = dom;
    assert_int_equal(stage_metadata.process(NULL, &article, &note), 0);
    for (size_t i = 0; i < article.authors.count; i++)
        found = arena_printf(arena, "%.*s%s%.*s", STR_ARG(found), i ? "|" : "",
                             STR_ARG(article.authors.items[i].name));
    if (!str_equal(found, str_from(authors)))
        fail_msg("'%s' gave '%.*s'", scripts, STR_ARG(found));
    struct str date = article.dates.count ? article.dates.items[0].value : STR("");
    if (!str_equal(date, str_from(published)))
        fail_msg("'%s' gave '%.*s'", scripts, STR_ARG(date));
    assert_true(article.dates.count <= 1);
    arena_destroy(&arena);
}

#define LD "<script type='application/ld+json'>"

static void chooses_the_pages_own_article(void **state)
{
    (void)state;
    check_json_ld(
        LD "[{\"@type\":\"NewsArticle\",\"url\":\"https://post.example/2017/ferry\",\"author\":\"Tito "
           "Kale\",\"datePublished\":\"2017-09-05\"}]</script>" LD
           "{\"@type\":\"NewsArticle\",\"mainEntityOfPage\":{\"@id\":\"http://www.post.example/2021/dam/"
           "#page\"},\"author\":{\"name\":\"Matt Burne\"},\"datePublished\":\"2021-05-28\"}</script>",
        "Matt Burne", "2021-05-28");
    check_json_ld(LD
                  "[{\"@type\":\"Article\",\"headline\":\"Ferry sold\",\"author\":\"Tito Kale\"},{\"@type\":"
                  "\"Article\",\"headline\":\"Dam holds again\",\"author\":\"Matt Burne\"}]</script>",
                  "Matt Burne", "");
    check_json_ld(LD
                  "{\"@type\":\"Article\",\"headline\":\"Other words\",\"author\":\"Matt Burne\"}</script>",
                  "Matt Burne", "");
}

static void reads_nested_author_names(void **state)
{
    (void)state;
    check_json_ld(LD
                  "{\"@graph\":[{\"@type\":\"Article\",\"author\":[{\"@id\":\"#p\"},{\"@id\":\"#o\"}]},"
                  "{\"@type\":\"Person\",\"@id\":\"#p\",\"name\":\"Ana Silva\"},{\"@type\":\"Organization\","
                  "\"@id\":\"#o\",\"name\":\"Post\"}]}</script>",
                  "Ana Silva", "");
    check_json_ld(LD "{\"@type\":\"Article\",\"author\":{\"name\":{\"@type\":\"Person\",\"name\":{\"@value\":"
                     "\"Ana Silva\"}}}}</script>",
                  "Ana Silva", "");
    check_json_ld(LD "{\"@type\":\"Article\",\"author\":{\"@list\":[[{\"givenName\":\"Ana\",\"familyName\":"
                     "\"Silva\"}],\"By Ben Ode and Cy Lee\"]}}</script>",
                  "Ana Silva|Ben Ode|Cy Lee", "");
    check_json_ld(LD
                  "{\"@type\":\"Article\",\"author\":{\"@type\":\"Person\",\"name\":[\"Ana Silva\",{\"name\":"
                  "\"Ben Ode\"}]}}</script>",
                  "Ana Silva|Ben Ode", "");
}

static void check_feed_text(const char *title, const char *html, const char *expected)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena,
                              .title = str_from(title),
                              .feed.title = STR("Valley Post"),
                              .content_html = str_from(html),
                              .content_is_html = true};
    struct str note = STR_NONE;
    assert_int_equal(stage_text.process(NULL, &article, &note), 0);
    if (!str_equal(article.text, str_from(expected)))
        fail_msg("'%s' gave '%.*s'", html, STR_ARG(article.text));
    arena_destroy(&arena);
}

static void readings_and_closing_lines_are_no_text(void **state)
{
    (void)state;
    check_feed_text("T", "<p><ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp>字<rt>じ</ruby>の話</p><p>次</p>",
                    "漢字の話\n\n次");
    check_feed_text("T", "<p><ruby>漢<rt>かん</p><p>次</p>", "漢\n\n次");
    check_feed_text("Dam holds",
                    "<p>It held.</p><p>The post <a href=x>Dam holds</a> appeared first on <a href=y>"
                    "VP</a>.</p>",
                    "It held.");
    check_feed_text("Damm hält", "<p>Er hielt.</p><p>Der Beitrag Damm hält erschien zuerst auf VP.</p>",
                    "Er hielt.");
    check_feed_text("x", "<p>It held [&#8230;]</p>The post Other first appeared on Valley Post.",
                    "It held […]");
    check_feed_text("Dam holds", "It held. The post Dam holds appeared first on VP.", "It held.");
    check_feed_text("Dam holds", "<p>The post office story appeared first on Tuesday.</p>",
                    "The post office story appeared first on Tuesday.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_the_main_text),
        cmocka_unit_test(joins_a_split_body_without_names),
        cmocka_unit_test(pages_without_text_give_none),
        cmocka_unit_test(refuses_hostile_pages),
        cmocka_unit_test(long_scripts_cut_nothing),
        cmocka_unit_test(parser_memory_is_bounded_and_freed),
        cmocka_unit_test(reads_metadata),
        cmocka_unit_test(divides_bylines_into_people),
        cmocka_unit_test(finds_the_stated_charset_as_browsers_do),
        cmocka_unit_test(chooses_the_pages_own_article),
        cmocka_unit_test(reads_nested_author_names),
        cmocka_unit_test(reads_times_and_base),
        cmocka_unit_test(drawings_are_not_deep),
        cmocka_unit_test(readings_and_closing_lines_are_no_text),
        cmocka_unit_test(the_feed_is_believed_first),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
