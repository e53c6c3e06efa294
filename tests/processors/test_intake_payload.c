/* intake_payload: what it writes, intake reads back, for every kind of item that has a stored form. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>

#include "base/arena.h"
#include "processors/intake.h"
#include "processors/intake_payload.h"

enum { MEMORY = 1 << 20 };

static int set_up(void **state)
{
    *state = arena_create(MEMORY);
    return *state ? 0 : -1;
}

static int tear_down(void **state)
{
    struct arena *arena = *state;
    arena_destroy(&arena);
    return 0;
}

static struct article *read_back(struct arena *arena, struct str payload)
{
    struct intake_item item = {.article_id = STR("00"), .revision = 1, .payload = payload};
    struct article *article = NULL;
    struct error error = {0};
    if (intake_to_article(arena, &item, &article, &error) < 0)
        fail_msg("%s", error.text);
    return article;
}

static void expect(struct str have, const char *want)
{
    if (!str_equal(have, str_from(want)))
        fail_msg("\"%.*s\", want \"%s\"", STR_ARG(have), want);
}

static void test_every_field_is_read_back(void **state)
{
    struct intake_feed feed = {.id = STR("f1"),
                               .url = STR("https://news.example/rss"),
                               .title = STR("The \"News\" & more"),
                               .link = STR("https://news.example/"),
                               .language = STR("pt-BR"),
                               .rights = STR("© The News"),
                               .publisher = STR("News Ltd")};
    struct intake_entry entry = {.id = STR("tag:1"),
                                 .title = STR("A < B, say\nministers"),
                                 .link = STR("https://news.example/1"),
                                 .published = STR("2026-03-04T05:06:07+02:00"),
                                 .content = STR("<p>Text.</p>"),
                                 .content_is_html = true};
    struct intake_payload payload = {.entry_id = STR("key-1"), .fetched_ms = 1772600000123};
    struct str written;
    assert_int_equal(intake_payload_plain(*state, &feed, &entry, &payload, &written), 0);
    const struct article *article = read_back(*state, written);
    expect(article->feed.id, "f1");
    expect(article->feed.url, "https://news.example/rss");
    expect(article->feed.title, "The \"News\" & more");
    expect(article->feed.link, "https://news.example/");
    expect(article->feed.language, "pt-BR");
    expect(article->feed.rights, "© The News");
    expect(article->feed.publisher, "News Ltd");
    expect(article->feed.entry_id, "key-1");
    expect(article->title, "A < B, say ministers");
    expect(article->url, "https://news.example/1");
    expect(article->content_html, "<p>Text.</p>");
    assert_true(article->content_is_html);
    assert_int_equal(article->published_ms, 1772593567000);
    assert_int_equal(article->fetched_ms, 1772600000123);
}

/* A withdrawn article has neither text nor day; a refused one brings its own time of fetching. */
static void test_what_is_absent_stays_absent(void **state)
{
    struct intake_feed feed = {.id = STR("f1")};
    struct intake_entry entry = {.id = STR("https://news.example/2")};
    struct intake_payload payload = {.entry_id = STR("key-2"), .fetched = STR("2026-03-04T05:06:07.008Z")};
    struct str written;
    assert_int_equal(intake_payload_plain(*state, &feed, &entry, &payload, &written), 0);
    const struct article *article = read_back(*state, written);
    assert_null(article->title.ptr);
    assert_null(article->content_html.ptr);
    assert_int_equal(article->dates.count, 0);
    assert_int_equal(article->published_ms, 0);
    assert_int_equal(article->fetched_ms, 1772600767008);
    expect(article->url, "https://news.example/2"); /* an id that is an address */
}

static void test_the_chosen_address_comes_first(void **state)
{
    _cleanup_buffer_ struct buffer feed = {0}, out = {0};
    struct intake_feed object = {.id = STR("f1")};
    struct intake_entry entry = {.id = STR("3"), .link = STR("https://redirect.example/3")};
    assert_int_equal(intake_payload_feed(&feed, &object), 0);
    struct intake_payload payload = {.feed = buffer_str(&feed),
                                     .write_entry = intake_payload_entry,
                                     .entry = &entry,
                                     .entry_id = STR("3"),
                                     .url = STR("https://news.example/3")};
    assert_int_equal(intake_payload_write(&out, &payload), 0);
    expect(read_back(*state, buffer_str(&out))->url, "https://news.example/3");
}

/* What looks like markup in a plain text is text. */
static void test_plain_text_is_no_markup(void **state)
{
    struct intake_feed feed = {0};
    struct intake_entry entry = {.content = STR("if a <b> then <p>")};
    struct intake_payload payload = {.entry_id = STR("4")};
    struct str written;
    assert_int_equal(intake_payload_plain(*state, &feed, &entry, &payload, &written), 0);
    const struct article *article = read_back(*state, written);
    expect(article->content_html, "if a <b> then <p>");
    assert_false(article->content_is_html);
}

static void test_text_that_is_not_utf8_is_refused(void **state)
{
    struct intake_feed feed = {0};
    struct intake_entry entry = {.title = STR("caf\xe9")};
    struct intake_payload payload = {.entry_id = STR("5")};
    struct str written;
    assert_int_equal(intake_payload_plain(*state, &feed, &entry, &payload, &written), -EILSEQ);
    feed.title = STR("caf\xe9");
    entry.title = STR_NONE;
    assert_int_equal(intake_payload_plain(*state, &feed, &entry, &payload, &written), -EILSEQ);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_every_field_is_read_back, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_what_is_absent_stays_absent, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_the_chosen_address_comes_first, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_plain_text_is_no_markup, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_text_that_is_not_utf8_is_refused, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
