/* Articles and what comes in their place. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "processors/html/page_kind.h"
#include "processors/pipeline.h"

/* Three paragraphs of prose about cookies and consent: the story of a story. */
#define PROSE                                                                                                \
    "<p>The council of the port town voted on Monday that its website may set no cookies without consent, "  \
    "after a "                                                                                               \
    "court had found that the old banner hid the way to refuse, and after years of letters by citizens.</p>" \
    "<p>Partners of the town, among them two makers of maps and a seller of tickets, will have to ask as "   \
    "well; what "                                                                                            \
    "they have to say for it is not known yet, but the mayor called the costs small and the gain for all "   \
    "large.</p>"                                                                                             \
    "<p>Nobody in the council spoke against the rule, although some said that cookies were the least of "    \
    "the troubles "                                                                                          \
    "that people have with the website, which is slow, often wrong, and written in a language that few of "  \
    "them read.</p>"

static void headlines(struct buffer *html, int count)
{
    for (int i = 0; i < count; i++)
        buffer_printf(html, "<li><a href=/s/%d>What the council of the town decided on day %d</a></li>", i,
                      i);
}

static enum page_kind kind_of(struct arena *arena, const char *html, const char *text)
{
    struct dom *dom = NULL;
    struct text_blocks blocks;
    assert_int_equal(dom_parse(arena, str_from(html), &dom), 0);
    text_blocks_init(&blocks, arena);
    text_blocks_begin(&blocks, BLOCK_PARAGRAPH, 0);
    for (struct str rest = str_from(text), part; rest.ptr && str_split(&rest, '|', &part);) {
        text_blocks_add(&blocks, part);
        text_blocks_begin(&blocks, BLOCK_PARAGRAPH, 0);
    }
    assert_int_equal(text_blocks_finish(&blocks), 0);
    return page_kind_of(dom, &blocks);
}

static void pages_are_called_by_their_kind(void **state)
{
    (void)state;
    static const struct {
        const char *html, *text;
        enum page_kind kind;
    } rows[] = {
        {"<title>Dam</title><p>The dam holds, the mayor said.</p>", "The dam holds, the mayor said.",
         PAGE_ARTICLE},
        {"<title>Just a moment...</title><div id=challenge-running>",
         "Enable JavaScript and cookies to continue", PAGE_CHALLENGE},
        {"<title>Nur einen Moment …</title>", "Wir prüfen die Sicherheit Ihrer Verbindung.", PAGE_CHALLENGE},
        {"<title>post.example</title><script src='https://ct.captcha-delivery.com/c.js'></script>", "",
         PAGE_CHALLENGE},
        {"<title>Post</title><form id=x><div class='g-recaptcha'></div></form>", "Tick the box.",
         PAGE_CHALLENGE},
        {"<title>Access denied to the harbour</title><meta property=og:type content=article>",
         "The harbour stays closed, the port authority said.", PAGE_ARTICLE},
        {"<title>Post</title><form action='https://consent.post.example/save'><button>OK</button></form>",
         "Before you continue", PAGE_CONSENT},
        {"<title>Post</title>",
         "We and our 812 partners use cookies and other tracking to show ads. With your consent we store "
         "cookies. "
         "Accept or read our privacy notice.",
         PAGE_CONSENT},
        {"<title>Post</title>",
         "Wir und unsere Partner setzen Cookies ein. Mit Ihrer Zustimmung messen wir; die Einwilligung "
         "können Sie "
         "in den Hinweisen zum Datenschutz zurückziehen.",
         PAGE_CONSENT},
        {"<title>Cookies</title><meta property='article:published_time' content='2022-01-11'>",
         "The court ruled that cookies need consent; privacy groups spoke of a partner in crime.",
         PAGE_ARTICLE},
        {"<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\": "
         "\"False\"}</script>",
         "The dam holds. Read on as a subscriber.", PAGE_PAYWALL},
        {"<script "
         "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"isAccessibleForFree\":true}</script>",
         "The dam holds.", PAGE_ARTICLE},
        {"<meta property='article:content_tier' content=locked>", "The dam holds.", PAGE_PAYWALL},
        {"<meta property='article:content_tier' content=free>", "The dam holds.", PAGE_ARTICLE},
        {"<div class='article__paywall'>Abonnieren</div>", "Der Damm hält, sagte die Bürgermeisterin.",
         PAGE_PAYWALL},
        {"<div id=root></div><script src=/app.js></script>", "", PAGE_SHELL},
        {"<noscript>Please enable JavaScript</noscript><div id=__next></div>", "", PAGE_SHELL},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        if (kind_of(arena, rows[i].html, rows[i].text) != rows[i].kind)
            fail_msg("row %zu", i);
        arena_destroy(&arena);
    }
}

static void lists_have_more_headlines_than_text(void **state)
{
    (void)state;
    _cleanup_buffer_ struct buffer html = {0};
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    buffer_printf(&html, "<title>Post</title><ul>");
    headlines(&html, 30);
    assert_int_equal(kind_of(arena, html.ptr, "Local news from all parts of the valley."), PAGE_LIST);
    assert_int_equal(kind_of(arena, html.ptr, ""), PAGE_LIST);
    buffer_printf(&html, "</ul><script type='application/ld+json'>{\"@type\":\"NewsArticle\"}</script>");
    assert_int_equal(kind_of(arena, html.ptr, "The dam holds."),
                     PAGE_ARTICLE); /* a short one, with others below */
    assert_int_equal(kind_of(arena, html.ptr, ""), PAGE_SHELL);
    arena_destroy(&arena);
}

static void bytes_of_other_kinds_are_no_html(void **state)
{
    (void)state;
    static const char *const others[] = {
        "%PDF-1.7 <p>", "{\"html\":\"<p>\"}", " [1]", "GIF89a", "\x89PNG\r\n",
        "PK\x03\x04",   "only text, 3 < 4",   ""};
    static const char *const pages[] = {"<!DOCTYPE html>", "\xEF\xBB\xBF<html>", "text <p>and more",
                                        "<!-- x --><p>"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
        if (page_is_html(str_from(others[i])))
            fail_msg("%s", others[i]);
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++)
        if (!page_is_html(str_from(pages[i])))
            fail_msg("%s", pages[i]);
}

/* Through the stages: what the article gets of such a page. */
static struct article *staged(const struct pipeline *pipeline, struct arena *arena, const char *summary,
                              const char *page)
{
    struct article *article = arena_new(arena, struct article);
    assert_non_null(article);
    article->arena = arena;
    article->title = STR("Dam holds");
    article->summary_html = str_from(summary);
    article->page = str_from(page);
    article->page_url = STR("https://post.example/dam");
    article->page_status = 200;
    pipeline_run(pipeline, article);
    return article;
}

static void the_feeds_text_serves_where_the_page_does_not(void **state)
{
    (void)state;
    static const char challenge[] =
        "<html><head><title>Just a moment...</title><meta property=og:image content='/robot.png'></head>"
        "<body><p>Enable JavaScript and cookies to continue</p></body></html>";
    static const char paid[] =
        "<html><head><meta property=og:image content='/dam.png'><meta property=article:content_tier "
        "content=metered></head><body><article><h1>Dam holds</h1><p>The dam holds, the mayor said on "
        "Monday, and it will be looked at again in spring by people who know it.</p></article></body></html>";
    struct pipeline_options options;
    struct pipeline *pipeline = NULL;
    struct error error = {0};
    pipeline_options_default(&options);
    assert_int_equal(pipeline_create(&pipeline, &options, &error), 0);
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article *article = staged(pipeline, arena, "It held.", challenge);
    assert_int_equal(article->source, SOURCE_FEED);
    assert_true(str_equal(article->text, STR("It held.")));
    assert_int_equal(article->images.count, 0);
    article = staged(pipeline, arena, "", challenge);
    assert_int_equal(article->source, SOURCE_BLOCKED);
    assert_int_equal(article->text.len, 0);
    article = staged(pipeline, arena, "It held.", paid);
    assert_int_equal(article->source, SOURCE_PAYWALL);
    assert_true(str_starts(article->text, STR("The dam holds, the mayor said")));
    assert_int_equal(article->images.count, 1);
    article =
        staged(pipeline, arena, "", "<html><body><article><h1>Rule</h1>" PROSE "</article></body></html>");
    assert_int_equal(article->source, SOURCE_PAGE);
    article = staged(pipeline, arena, "It held.", "%PDF-1.7 ...");
    assert_int_equal(article->source, SOURCE_FEED);
    arena_destroy(&arena);
    pipeline_destroy(&pipeline);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_called_by_their_kind),
        cmocka_unit_test(lists_have_more_headlines_than_text),
        cmocka_unit_test(bytes_of_other_kinds_are_no_html),
        cmocka_unit_test(the_feeds_text_serves_where_the_page_does_not),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
