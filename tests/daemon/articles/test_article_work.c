/* article_work: from payload and page to records, and when an item is rejected instead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <jansson.h>

#include "base/buffer.h"
#include "daemon/articles/article_work.h"
#include "daemon/store/store_intake.h"
#include "processors/record/record.h"

/* Both halves, as the desk has them done. */
static int read_and_write(struct arena *arena, struct article_work *work)
{
    int error = article_work_read(arena, work);
    return error || !work->article ? error : article_work_write(arena, work);
}

static struct pipeline *pipeline;

static int set_up(void **state)
{
    (void)state;
    struct pipeline_options options;
    struct error error;
    pipeline_options_default(&options);
    return pipeline_create(&pipeline, &options, &error);
}

static int tear_down(void **state)
{
    (void)state;
    pipeline_destroy(&pipeline);
    return 0;
}

static const char payload[] =
    "{\"feed\":{\"id\":\"f1\",\"url\":\"https://post.example/"
    "rss\"},\"entry\":{\"id\":\"e1\",\"title\":{\"value\":\"Dam\","
    "\"type\":\"text/plain\"},\"link\":\"https://post.example/1\",\"summary\":{\"value\":\"The dam held on "
    "Tuesday, the "
    "mayor said.\",\"type\":\"text/plain\"}},\"entry_id\":\"e1\",\"fetched\":\"2022-01-11T10:33:00Z\"}";

static struct store_take make_take(struct str text)
{
    return (struct store_take){.found = true,
                               .attempts = 1,
                               .article_id = "0123456789abcdef0123456789abcdef",
                               .revision = 3,
                               .kind = ARTICLE_REVISED,
                               .created_ms = 1641897180000,
                               .payload = text};
}

static struct article_work make_work(const struct store_take *take)
{
    return (struct article_work){.pipeline = pipeline, .take = take, .attempts_max = 3};
}

static json_t *value_of(const struct article_work *work)
{
    assert_int_equal(work->record_count, 1);
    json_t *value = json_loadb(work->records[0].value.ptr, work->records[0].value.len, 0, NULL);
    assert_non_null(value);
    return value;
}

/* The work's only record must be a reject for this reason. */
static void expect_reject(const struct article_work *work, const char *stage, const char *reason,
                          bool with_payload)
{
    assert_true(work->rejected);
    assert_string_equal(work->reject_reason, reason);
    assert_int_equal(work->records[0].topic, TOPIC_REJECTS);
    assert_true(str_equal(work->records[0].key, STR("0123456789abcdef0123456789abcdef")));
    json_t *value = value_of(work);
    assert_string_equal(json_string_value(json_object_get(value, "stage")), stage);
    assert_string_equal(json_string_value(json_object_get(value, "reason")), reason);
    assert_string_equal(json_string_value(json_object_get(value, "kind")), "revised");
    assert_int_equal(json_integer_value(json_object_get(value, "revision")), 3);
    assert_int_equal(json_is_object(json_object_get(value, "payload")), with_payload);
    json_decref(value);
}

static void test_an_item_becomes_an_article(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct store_take take = make_take(str_from(payload));
    struct article_work work = make_work(&take);
    assert_int_equal(read_and_write(arena, &work), 0);
    assert_false(work.rejected);
    assert_int_equal(work.records[0].topic, TOPIC_ARTICLES);
    assert_true(str_equal(work.title, STR("Dam")));
    assert_true(str_find(work.text, STR("The dam held"), 0) >= 0);
    assert_int_equal(work.stage_failures, 0);
    arena_destroy(&arena);
}

/* The revision before said what this one says, and more. */
static void test_what_is_no_longer_said_is_taken_back(void **state)
{
    (void)state;
    static const char said[] =
        "{\"feed\":{\"id\":\"f1\",\"url\":\"https://post.example/"
        "rss\",\"language\":\"en\"},\"entry\":{\"id\":\"e1\","
        "\"title\":{\"value\":\"The dam has held\",\"type\":\"text/plain\"},\"summary\":{\"value\":\"The "
        "mayor of the town said "
        "on Tuesday that the dam had held through the night and that the road was open "
        "again.\",\"type\":\"text/plain\"}},"
        "\"entry_id\":\"e1\",\"fetched\":\"2022-01-11T10:33:00Z\"}";
    struct arena *arena = arena_create(1 << 24);
    struct store_take take = make_take(str_from(said));
    struct article_work first = make_work(&take);
    assert_int_equal(read_and_write(arena, &first), 0);
    assert_int_equal(first.record_count, 2); /* "the mayor said" */
    assert_int_equal(first.records[1].topic, TOPIC_STATEMENTS);
    assert_true(str_starts(first.derived, STR("statements/")));
    take.derived = arena_printf(arena, "%.*s events/00ff", STR_ARG(first.derived));
    struct article_work second = make_work(&take);
    assert_int_equal(read_and_write(arena, &second), 0);
    assert_int_equal(second.record_count, 3);
    assert_int_equal(second.records[2].topic, TOPIC_EVENTS);
    assert_int_equal(second.records[2].value.len, 0);
    assert_true(str_equal(second.records[2].key, STR("0123456789abcdef0123456789abcdef/00ff")));
    assert_true(str_equal(second.derived, first.derived));
    arena_destroy(&arena);
}

static void test_what_was_begun_too_often_is_poison(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct store_take take = make_take(str_from(payload));
    struct article_work work = make_work(&take);
    take.attempts = 3;
    assert_int_equal(read_and_write(arena, &work), 0);
    assert_false(work.rejected); /* the third attempt is still one */
    take.attempts = 4;
    assert_int_equal(read_and_write(arena, &work), 0);
    expect_reject(&work, "stages", "poison", true);
    arena_destroy(&arena);
}

static void test_a_payload_that_cannot_be_read_is_rejected(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool object;
    } broken[] = {{"{\"entry\":{}}", true}, {"[1, 2]", false}, {"{\"feed\":", false}, {"", false}};
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct store_take take = make_take(str_from(broken[i].text));
        struct article_work work = make_work(&take);
        assert_int_equal(read_and_write(arena, &work), 0);
        expect_reject(&work, "intake", "unreadable", broken[i].object);
        arena_destroy(&arena);
    }
}

static void test_a_page_that_cannot_be_read_costs_the_page_alone(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        struct str page;
    } pages[] = {{"text/html; charset=no-such-charset", STR("<p>caf\xe9</p>")},
                 {"text/html; charset=utf-16", STR("\xd8")},
                 {"text/html", STR("<meta charset=\"\xff\xfe\"><p>x</p>")},
                 {"text/html", STR("")},
                 {NULL, STR("\0\0\0\0")}};
    for (size_t i = 0; i < sizeof(pages) / sizeof(pages[0]); i++) {
        struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
        struct store_take take = make_take(str_from(payload));
        struct article_work work = make_work(&take);
        work.page = pages[i].page;
        work.page_content_type = str_from(pages[i].type);
        work.page_url = STR("https://post.example/1");
        work.page_status = 200;
        assert_int_equal(read_and_write(arena, &work), 0);
        if (work.rejected)
            fail_msg("page %zu: %s %.*s", i, work.reject_reason, STR_ARG(work.reject_text));
        assert_true(str_find(work.text, STR("The dam held"), 0) >= 0);
        arena_destroy(&arena);
    }
}

static void test_without_memory_a_reject_can_still_be_made(void **state)
{
    (void)state;
    enum { TEXT = 4 << 20 };
    _cleanup_buffer_ struct buffer text = {0};
    buffer_printf(&text,
                  "{\"feed\":{\"id\":\"f\",\"url\":\"https://post.example/rss\"},\"entry\":{\"id\":\"e\","
                  "\"summary\":{\"type\":\"text/plain\",\"value\":\"%0*d\"}},\"entry_id\":\"e\","
                  "\"fetched\":\"2022-01-11T10:33:00Z\"}",
                  TEXT, 0);
    struct arena *arena = arena_create(1 << 20), *spare = arena_create(ARENA_CAP_DEFAULT);
    struct store_take take = make_take(buffer_str(&text));
    struct article_work work = make_work(&take);
    assert_int_equal(read_and_write(arena, &work), -ENOMEM);
    assert_int_equal(article_work_give_up(spare, &work), 0);
    expect_reject(&work, "stages", "too-large", true);
    struct arena *none = arena_create(1);
    assert_int_equal(article_work_give_up(none, &work), -ENOMEM);
    assert_int_equal(work.record_count, 0);
    arena_destroy(&none);
    arena_destroy(&arena);
    arena_destroy(&spare);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_item_becomes_an_article),
        cmocka_unit_test(test_what_is_no_longer_said_is_taken_back),
        cmocka_unit_test(test_what_was_begun_too_often_is_poison),
        cmocka_unit_test(test_a_payload_that_cannot_be_read_is_rejected),
        cmocka_unit_test(test_a_page_that_cannot_be_read_costs_the_page_alone),
        cmocka_unit_test(test_without_memory_a_reject_can_still_be_made),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
