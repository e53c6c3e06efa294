/* From an intake payload through every stage. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "base/buffer.h"
#include "base/utf8.h"
#include "processors/budget.h"
#include "processors/intake.h"
#include "processors/pipeline.h"

static struct pipeline *pipeline;

static int setup(void **state)
{
    (void)state;
    struct pipeline_options options;
    struct error error;
    pipeline_options_default(&options);
    return pipeline_create(&pipeline, &options, &error);
}

static int teardown(void **state)
{
    (void)state;
    pipeline_destroy(&pipeline);
    return 0;
}

static const char *const payload =
    "{\"feed\":{\"id\":\"f1\",\"url\":\"https://post.example/rss\",\"title\":{\"value\":\"Valley "
    "Post\",\"type\":\"text/plain\"},"
    "\"language\":\"en\",\"rights\":{\"value\":\"(c) Post\"},\"publisher\":{\"name\":\"Post Ltd\"}},"
    "\"entry\":{\"id\":\"e1\",\"title\":{\"value\":\"Dam &amp; "
    "<b>river</b>\",\"type\":\"text/html\"},\"link\":\"https://post.example/1\","
    "\"summary\":{\"value\":\"Short.\",\"type\":\"text/plain\"},"
    "\"content\":[{\"value\":\"<p>short</p>\",\"type\":\"text/html\"},{\"value\":\"<p>MARLOW, Ohio (AP) - "
    "The dam held on Tuesday.</p>"
    "<p>Anna Keller said that it would hold "
    "again.</p>\",\"type\":\"text/html\"},{\"value\":\"eA==\",\"type\":\"image/png\"}],"
    "\"authors\":[{\"name\":\"Ben "
    "Ode\",\"email\":\"ben@post.example\"},{}],\"published\":\"2022-01-11T10:33:00Z\","
    "\"updated\":\"2022-01-12\",\"categories\":[{\"term\":\"dams\",\"label\":\"Dams\"},{\"term\":\"dams\","
    "\"label\":\"Dams\"}],"
    "\"media\":[{\"url\":\"https://post.example/i.jpg\",\"type\":\"image/"
    "jpeg\",\"width\":640,\"credit\":[{\"role\":\"photographer\","
    "\"name\":\"P. "
    "Hoto\"}]},{\"url\":\"https://post.example/v.mp4\",\"type\":\"video/"
    "mp4\",\"thumbnail\":{\"url\":\"https://post.example/t.jpg\"}}],"
    "\"enclosures\":[{\"url\":\"https://post.example/i.jpg\",\"type\":\"image/jpeg\"},{\"url\":\"https://"
    "post.example/a.mp3\",\"type\":\"audio/mpeg\","
    "\"length\":5}],\"nothing\":null},\"entry_id\":\"key-1\",\"fetched\":\"2022-01-11T11:00:00.000Z\"}";

static struct article *article_of(struct arena *arena, const char *json)
{
    struct article *article = NULL;
    struct error error = {0};
    struct intake_item item = {.article_id = STR("00112233445566778899aabbccddeeff"),
                               .payload = str_from(json)};
    if (intake_to_article(arena, &item, &article, &error) < 0)
        fail_msg("%s", error.text);
    return article;
}

static void maps_the_payload(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article *article = article_of(arena, payload);
    assert_string_equal(article->title.ptr, "Dam & river");
    assert_string_equal(article->url.ptr, "https://post.example/1");
    assert_string_equal(article->feed.entry_id.ptr, "key-1");
    assert_string_equal(article->feed.title.ptr, "Valley Post");
    assert_string_equal(article->feed.publisher.ptr, "Post Ltd");
    assert_string_equal(article->rights.ptr, "(c) Post");
    assert_int_equal(article->authors.count, 1);
    assert_string_equal(article->authors.items[0].email.ptr, "ben@post.example");
    assert_int_equal(article->subjects.count, 1);
    assert_int_equal(article->images.count, 2);
    assert_int_equal(article->images.items[0].width, 640);
    assert_int_equal(article->images.items[0].height, -1);
    assert_string_equal(article->images.items[0].credit.ptr, "P. Hoto");
    assert_int_equal(article->enclosures.count, 2);
    assert_int_equal(article->enclosures.items[1].length, 5);
    assert_int_equal(article->dates.count, 2);
    assert_string_equal(article->dates.items[0].origin, "feed");
    assert_int_equal(article->published_ms, 1641897180000);
    assert_int_equal(article->revision, 1);
    assert_true(article->content_is_html);
    arena_destroy(&arena);
}

static void runs_every_stage(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article *article = article_of(arena, payload);
    pipeline_run(pipeline, article);
    size_t stages = 0;
    while (pipeline_stages[stages])
        stages++;
    assert_int_equal(article->processing.count, stages);
    for (size_t i = 0; i < stages; i++)
        assert_int_equal(article->processing.items[i].outcome,
                         pipeline_stages[i]->on_request ? OUTCOME_SKIPPED : OUTCOME_OK);
    assert_string_equal(article->summary.ptr, "Short.");
    assert_int_equal(article->source, SOURCE_FEED);
    assert_int_equal(article->blocks.count, 2);
    assert_int_equal(article->sentences.count, 2);
    assert_string_equal(article->language.ptr, "en");
    assert_string_equal(article->dateline.place.ptr, "Marlow");
    assert_true(article->fingerprint != 0 && article->keywords.count > 0);
    arena_destroy(&arena);
}

static void refuses_other_payloads(void **state)
{
    (void)state;
    static const char *const payloads[] = {"",
                                           "x",
                                           "[]",
                                           "{}",
                                           "{\"feed\":{}}",
                                           "{\"entry\":{}}",
                                           "{\"feed\":1,\"entry\":2}",
                                           "{\"feed\":{},\"entry\":{}"};
    for (size_t i = 0; i < sizeof(payloads) / sizeof(payloads[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct article *article = NULL;
        struct error error = {0};
        struct intake_item item = {.payload = str_from(payloads[i])};
        assert_int_equal(intake_to_article(arena, &item, &article, &error), ERR_RECORD);
        assert_true(error.text[0] != '\0');
        assert_null(article);
        arena_destroy(&arena);
    }
}

static void wrong_types_read_as_absent(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article *article = article_of(
        arena,
        "{\"feed\":{\"id\":5},\"entry\":{\"title\":[],\"content\":{},\"authors\":\"x\",\"media\":[1,null],"
        "\"published\":{},\"categories\":[[]],\"image\":\"x\",\"enclosures\":[{}]}}");
    pipeline_run(pipeline, article);
    assert_int_equal(article->source, SOURCE_EMPTY);
    assert_int_equal(article->text.len, 0);
    assert_null(article->language.ptr);
    arena_destroy(&arena);
}

static void an_article_without_text_goes_on(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article *article = article_of(arena, "{\"feed\":{},\"entry\":{\"title\":\"Only a title\"}}");
    article->page_status = 403;
    pipeline_run(pipeline, article);
    assert_int_equal(article->source, SOURCE_BLOCKED);
    bool skipped = false;
    for (size_t i = 0; i < article->processing.count; i++)
        skipped |= article->processing.items[i].outcome == OUTCOME_SKIPPED;
    assert_true(skipped);
    arena_destroy(&arena);
}

static void a_hostile_page_leaves_the_feed_text(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    _cleanup_buffer_ struct buffer page = {0};
    for (int i = 0; i < 100000; i++)
        assert_int_equal(buffer_append_str(&page, STR("<div>")), 0);
    struct article *article = article_of(arena, payload);
    article->page = buffer_str(&page);
    article->page_status = 200;
    pipeline_run(pipeline, article);
    assert_int_equal(article->source, SOURCE_FEED);
    assert_int_equal(article->sentences.count, 2);
    assert_int_equal(article->processing.items[0].outcome, OUTCOME_PARTIAL);
    arena_destroy(&arena);
}

/* A budget of no time: everything is noted, nothing crashes. */
static void an_article_over_budget_goes_on(void **state)
{
    (void)state;
    struct pipeline *hurried = NULL;
    struct pipeline_options options;
    struct error error;
    pipeline_options_default(&options);
    options.article_budget_ms = 1;
    assert_int_equal(pipeline_create(&hurried, &options, &error), 0);
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    _cleanup_buffer_ struct buffer text = {0};
    for (int i = 0; i < 400000; i++)
        assert_int_equal(buffer_append_str(&text, STR("<p>It rained. It stopped.</p>")), 0);
    struct article *article = article_of(arena, payload);
    article->content_html = buffer_str(&text);
    pipeline_run(hurried, article);
    bool over = false;
    for (size_t i = 0; i < article->processing.count; i++)
        over |= article->processing.items[i].outcome == OUTCOME_BUDGET;
    assert_true(over);
    assert_false(budget_over());
    pipeline_destroy(&hurried);
    arena_destroy(&arena);
}

/* Every amount of memory from too little to enough: stages fail one by one, the article comes out. */
static void any_memory_cap_is_survived(void **state)
{
    (void)state;
    for (size_t cap = 512; cap < 300000; cap += cap / 3) {
        struct arena *arena = arena_create(cap);
        struct article *article = NULL;
        struct error error = {0};
        struct intake_item item = {.article_id = STR("00"), .payload = str_from(payload)};
        int code = intake_to_article(arena, &item, &article, &error);
        assert_true(code == 0 || code == -ENOMEM);
        if (code == 0)
            pipeline_run(pipeline, article);
        arena_destroy(&arena);
    }
}

static void test_what_is_far_too_long_is_cut_and_said(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    _cleanup_buffer_ struct buffer json = {0};
    buffer_printf(&json, "{\"feed\":{},\"entry_id\":\"");
    for (int i = 0; i < 100000; i++)
        buffer_printf(&json, "\xc3\xa9");
    buffer_printf(&json, "\",\"entry\":{\"title\":\"");
    for (int i = 0; i < 1000000; i++)
        buffer_printf(&json, "T\xc3\xa9 ");
    buffer_printf(&json, "\",\"content\":[{\"type\":\"text/plain\",\"value\":\"");
    for (int i = 0; i < 1000000; i++)
        buffer_printf(&json, "words ");
    buffer_printf(&json, "\"}]}}");
    struct article *article = article_of(arena, json.ptr);
    assert_in_range(article->title.len, 4000, 4096);
    assert_true(utf8_valid(article->title));
    assert_in_range(article->feed.entry_id.len, 2047, 2048);
    assert_int_equal(article->content_html.len, 4 << 20);
    assert_int_equal(article->processing.count, 1);
    assert_string_equal(article->processing.items[0].stage, "intake");
    assert_int_equal(article->processing.items[0].outcome, OUTCOME_PARTIAL);
    assert_true(
        str_find(article->processing.items[0].note, STR("title cut at 4096 bytes, entry id cut"), 0) == 0);
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_far_too_long_is_cut_and_said),
        cmocka_unit_test(maps_the_payload),
        cmocka_unit_test(runs_every_stage),
        cmocka_unit_test(refuses_other_payloads),
        cmocka_unit_test(wrong_types_read_as_absent),
        cmocka_unit_test(an_article_without_text_goes_on),
        cmocka_unit_test(a_hostile_page_leaves_the_feed_text),
        cmocka_unit_test(an_article_over_budget_goes_on),
        cmocka_unit_test(any_memory_cap_is_survived),
    };
    return cmocka_run_group_tests(tests, setup, teardown);
}
