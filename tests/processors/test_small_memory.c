/* Memory that ends early, at every step of a feed's and an article's way: an error or a result each time, and
 * nothing broken or left behind (which the sanitizers tell). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>

#include "base/utf8.h"
#include "feeds/parse/document.h"
#include "processors/intake.h"
#include "processors/pipeline.h"
#include "processors/record/record.h"

/* An arena takes blocks of 64 KiB, but its last one may be as small as the cap leaves: so small steps reach
 * every allocation. */
enum { STEP_BYTES = 1024, CAP_MAX = 2 << 20 };

#define SENTENCES                                                                                            \
    "The harbour of Bergen stayed closed on Monday, the port said. Two cranes broke in the storm, and "      \
    "ships "                                                                                                 \
    "wait outside until the wind drops. "

static const char atom[] =
    "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:media='http://search.yahoo.com/mrss/'><id>f</id>"
    "<title>A</title><entry><id>e</id><title type='html'>&lt;b&gt;Storm&lt;/b&gt; &amp; wind</title>"
    "<link href='n/1'/><author><name>Ann Lee</name></author><updated>2026-03-01T10:00:00Z</updated>"
    "<category term='t' label='L'/><media:content url='i.jpg'><media:title>T</media:title></media:content>"
    "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>x<br/></p></div></content></entry>"
    "<entry><title>cut & damaged</entry></feed>";

static const char json_feed[] =
    "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"T\",\"items\":[{\"id\":1,\"url\":\"n/1\","
    "\"content_html\":\"<p>a\nb</p>\",\"authors\":[{\"name\":\"A\"}],\"tags\":[\"x\",]},]}";

static const char payload[] =
    "{\"feed\":{\"id\":\"f\",\"url\":\"https://a.example/feed\",\"title\":\"A\",\"publisher\":\"House\"},"
    "\"entry_id\":\"e\",\"fetched\":\"2026-03-01T10:00:00Z\",\"entry\":{\"title\":\"Storm\","
    "\"link\":\"https://a.example/n/1\",\"content\":[{\"type\":\"text/html\",\"value\":\"<p>BERGEN, Norway "
    "(AP) - " SENTENCES "</p><ul><li>" SENTENCES "</li></ul>\"}],\"authors\":[{\"name\":\"Ann Lee\"}],"
    "\"categories\":[{\"term\":\"t\"}],\"media\":[{\"url\":\"https://a.example/"
    "i.jpg\",\"medium\":\"image\"}],"
    "\"published\":\"2026-03-01T09:00:00Z\"}}";

static const char page[] =
    "<html lang=en><head><title>Storm - A</title><meta name=author content='By Ann Lee'><script "
    "type='application/ld+json'>{\"@type\":\"NewsArticle\",\"headline\":\"Storm\",\"author\":{\"name\":\"Ann "
    "Lee\"},\"datePublished\":\"2026-03-01\"}</script></head><body><nav><a href=/>Home</a></nav><article>"
    "<h1>Storm</h1><p>" SENTENCES SENTENCES "</p><p>" SENTENCES "</p><blockquote>" SENTENCES
    "</blockquote></article></body></html>";

/* The next amount of memory; a checker that makes all slower asks for bigger steps (tests/run.py). */
static size_t next_cap(size_t cap)
{
    size_t step = cap < CAP_MAX / 4 ? STEP_BYTES : 16 * STEP_BYTES;
    return cap + (getenv("NEWSD_TEST_COARSE") ? 6 * step : step);
}

/* Whether a whole document came. */
static bool parse(size_t cap, const char *text)
{
    const struct feed_parse_options options = {.url = STR("https://a.example/feed")};
    struct arena *arena = arena_create(cap);
    struct feed_document *document = NULL;
    struct error error = {0};
    assert_non_null(arena);
    int code = feed_parse(arena, str_from(text), &options, &document, &error);
    assert_true(code == 0 || code == -ENOMEM);
    assert_int_equal(document != NULL, code == 0);
    assert_true(code == 0 || error.text[0]);
    arena_destroy(&arena);
    return code == 0;
}

static void expect_parsing(const char *text)
{
    size_t failed = 0, done = 0;
    for (size_t cap = 0; cap <= CAP_MAX; cap = next_cap(cap))
        if (parse(cap, text))
            done++;
        else
            failed++;
    assert_true(failed > 0 && done > 0);
    assert_true(parse(ARENA_CAP_DEFAULT, text));
}

static void a_feed_is_read_or_refused(void **state)
{
    (void)state;
    expect_parsing(atom);
    expect_parsing(json_feed);
}

/* Whether a record came. */
static bool process(const struct pipeline *pipeline, size_t cap, struct str page_text)
{
    struct arena *arena = arena_create(cap);
    struct article *article = NULL;
    struct record_list records = {0};
    struct error error = {0};
    struct intake_item item = {.article_id = STR("0123456789abcdef0123456789abcdef"),
                               .revision = 2,
                               .kind = ARTICLE_REVISED,
                               .payload = STR(payload),
                               .previous_title = STR("Wind"),
                               .previous_text = STR(SENTENCES),
                               .page = page_text,
                               .page_status = page_text.ptr ? 200 : 0};
    assert_non_null(arena);
    int code = intake_to_article(arena, &item, &article, &error);
    if (code == 0) {
        pipeline_run(pipeline, article);
        assert_true(utf8_valid(article->text));
        code = record_article(arena, article, 1800000000000, &records, &error);
    }
    assert_true(code == 0 || (code == -ENOMEM && error.text[0]));
    assert_true(code || (records.count > 0 && records.items[0].value.len > 0));
    arena_destroy(&arena);
    return code == 0;
}

static void an_article_is_recorded_or_refused(void **state)
{
    struct pipeline_options options;
    struct pipeline *pipeline = NULL;
    struct error error = {0};
    (void)state;
    pipeline_options_default(&options);
    options.article_budget_ms = 60 * 1000;
    assert_int_equal(pipeline_create(&pipeline, &options, &error), 0);
    const struct str pages[] = {STR_NONE, STR(page)};
    for (size_t i = 0; i < 2; i++) {
        size_t failed = 0, done = 0;
        for (size_t cap = 0; cap <= CAP_MAX; cap = next_cap(cap))
            if (process(pipeline, cap, pages[i]))
                done++;
            else
                failed++;
        assert_true(failed > 0 && done > 0);
    }
    pipeline_destroy(&pipeline);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_feed_is_read_or_refused),
        cmocka_unit_test(an_article_is_recorded_or_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
