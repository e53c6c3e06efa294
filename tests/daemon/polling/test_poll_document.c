/* poll_document: from a body to the intake's payloads, and the words for a body that is no feed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <jansson.h>
#include <string.h>

#include "daemon/polling/poll_document.h"

static struct arena *arena;
static struct http_header type;
static struct http_answer answer;

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(64 << 20);
    answer = (struct http_answer){.status = 200, .headers = &type};
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

/* Reads a body; with Content-Type where `content_type` is given. */
static struct poll_document read_body(struct str body, const char *content_type)
{
    struct poll_document document = {.body = body,
                                     .answer = &answer,
                                     .feed_url = "https://me:secret@post.example/rss",
                                     .poll_url = "https://me:secret@post.example/rss",
                                     .entries_max = 5,
                                     .now_ms = 1700000000000,
                                     .want_links = true};
    type = (struct http_header){STR("Content-Type"), str_from(content_type)};
    answer.header_count = content_type != NULL;
    assert_int_equal(poll_document_read(arena, &document), 0);
    return document;
}

static struct poll_document read_text(const char *text)
{
    return read_body(str_from(text), NULL);
}

#define CHANNEL "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel><title>Post</title>"
#define ITEM(id, date)                                                                                       \
    "<item><guid isPermaLink='false'>" id "</guid><title>Dam " id "</title><link>/news/" id                  \
    "</link><pubDate>" date "</pubDate></item>"
#define END "</channel></rss>"

static const char two[] = CHANNEL "<ttl>90</ttl><atom:link rel='hub' href='https://hub.example/'/>" ITEM(
    "e2", "Tue, 14 Nov 2023 21:00:00 GMT") ITEM("e1", "Tue, 14 Nov 2023 19:00:00 GMT") END;

static const char *text_of(const json_t *value, const char *object, const char *key)
{
    return json_string_value(json_object_get(json_object_get(value, object), key));
}

static void test_a_payload_says_all_that_the_intake_needs(void **state)
{
    (void)state;
    struct poll_document document = read_text(two);
    assert_int_equal(document.findings.parse_error, FETCH_ERROR_NONE);
    assert_int_equal(document.item_count, 2);
    json_t *value = json_loadb(document.items[0].payload.ptr, document.items[0].payload.len, 0, NULL);
    assert_non_null(value);
    assert_string_equal(text_of(value, "feed", "title"), "Post");
    assert_string_equal(text_of(value, "feed", "url"), "https://post.example/rss");
    assert_int_equal(strlen(text_of(value, "feed", "id")), 16);
    assert_string_equal(json_string_value(json_object_get(value, "entry_id")), "e2");
    assert_string_equal(json_string_value(json_object_get(value, "url")), "https://post.example/news/e2");
    assert_string_equal(json_string_value(json_object_get(value, "fetched")), "2023-11-14T22:13:20.000Z");
    assert_true(json_is_object(json_object_get(value, "entry")));
    assert_null(memmem(document.items[0].payload.ptr, document.items[0].payload.len, "secret", 6));
    json_decref(value);
}

static void test_what_the_rules_of_polling_need_is_found(void **state)
{
    (void)state;
    struct poll_document document = read_text(two);
    const struct poll_findings *found = &document.findings;
    assert_int_equal(found->newest_ms, 1699995600000);
    assert_int_equal(found->oldest_ms, 1699988400000);
    assert_int_equal(found->ttl_s, 90 * 60);
    assert_true(str_equal(found->title, STR("Post")));
    assert_false(found->truncated || document.limit_hit || document.complete);
    assert_int_equal(document.links.hub_count, 1);
    assert_true(str_equal(document.links.hubs[0], STR("https://hub.example/")));
    assert_null(document.older.ptr);
}

static void test_links_are_relative_to_where_the_document_came_from(void **state)
{
    (void)state;
    answer.final_url = "https://cdn.example/post/rss";
    struct poll_document document = read_text(two);
    assert_true(str_equal(document.items[0].candidate.link, STR("https://cdn.example/news/e2")));
}

static void test_identity_does_not_change_with_the_address_of_the_day(void **state)
{
    (void)state;
    static const char no_link[] =
        CHANNEL "<item><guid isPermaLink='false'>e1</guid><title>Dam</title></item>" END;
    struct poll_document here = read_text(no_link);
    answer.final_url = "https://cdn.example/rss";
    struct poll_document there = read_text(no_link);
    assert_string_equal(here.items[0].candidate.article_id, there.items[0].candidate.article_id);
}

static void test_entries_beyond_the_limit_are_said_to_be_missing(void **state)
{
    (void)state;
    struct poll_document document = read_text(CHANNEL ITEM("e7", "") ITEM("e6", "") ITEM("e5", "")
                                                  ITEM("e4", "") ITEM("e3", "") ITEM("e2", "") END);
    assert_int_equal(document.item_count, 5);
    assert_true(document.limit_hit);
    assert_true(document.findings.truncated); /* absence means nothing, and no validators are kept */
}

static void test_a_body_that_was_cut_off_gives_its_whole_entries(void **state)
{
    (void)state;
    struct poll_document document = read_text(CHANNEL ITEM("e2", "") "<item><guid>e1");
    assert_int_equal(document.findings.parse_error, FETCH_ERROR_NONE);
    assert_true(document.findings.truncated);
    assert_true(document.item_count >= 1);
}

static void test_a_complete_feed_and_its_older_page_are_seen(void **state)
{
    (void)state;
    struct poll_document document = read_text(
        "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:fh='http://purl.org/syndication/history/1.0'>"
        "<title>Post</title><id>urn:f</id><updated>2023-11-14T20:00:00Z</updated><fh:complete/>"
        "<link rel='prev-archive' href='/archive/7'/></feed>");
    assert_true(document.complete);
    assert_true(str_equal(document.older, STR("https://me:secret@post.example/archive/7")));
    assert_int_equal(document.item_count, 0);
}

static void test_a_sitemap_index_names_its_sitemaps_and_has_no_entries(void **state)
{
    (void)state;
    struct poll_document document = read_text(
        "<?xml version='1.0'?><sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><sitemap>"
        "<loc>https://post.example/a.xml</loc><lastmod>2023-11-14T20:00:00Z</lastmod></sitemap>"
        "</sitemapindex>");
    assert_int_equal(document.item_count, 0);
    assert_int_equal(document.sitemaps.count, 1);
}

static void assert_error(struct poll_document document, enum fetch_error error)
{
    assert_int_equal(document.findings.parse_error, error);
    assert_int_equal(document.item_count, 0);
    assert_true(document.words[0] != '\0');
}

static void test_each_body_that_is_no_feed_has_its_word(void **state)
{
    (void)state;
    assert_error(read_body(STR("<!DOCTYPE html><html><body>Sign in</body></html>"), "text/html"),
                 FETCH_ERROR_HTML);
    assert_error(read_text("<svg xmlns='http://www.w3.org/2000/svg'/>"), FETCH_ERROR_NOT_A_FEED);
    assert_error(read_text("{\"status\":\"ok\"}"), FETCH_ERROR_NOT_A_FEED);
    assert_error(read_text("  \n "), FETCH_ERROR_EMPTY);
}

static void test_a_document_that_does_not_fit_into_its_memory_is_too_large(void **state)
{
    (void)state;
    struct buffer large = {0};
    arena_destroy(&arena);
    arena = arena_create(1 << 20);
    buffer_printf(&large, CHANNEL "<item><guid>e1</guid><description>%0*d</description></item>" END, 4 << 20,
                  0);
    struct poll_document document = read_body(buffer_str(&large), NULL);
    assert_int_equal(document.findings.parse_error, FETCH_ERROR_TOO_LARGE);
    assert_int_equal(document.item_count, 0);
    buffer_done(&large);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_payload_says_all_that_the_intake_needs),
        TEST(test_what_the_rules_of_polling_need_is_found),
        TEST(test_links_are_relative_to_where_the_document_came_from),
        TEST(test_identity_does_not_change_with_the_address_of_the_day),
        TEST(test_entries_beyond_the_limit_are_said_to_be_missing),
        TEST(test_a_body_that_was_cut_off_gives_its_whole_entries),
        TEST(test_a_complete_feed_and_its_older_page_are_seen),
        TEST(test_a_sitemap_index_names_its_sitemaps_and_has_no_entries),
        TEST(test_each_body_that_is_no_feed_has_its_word),
        TEST(test_a_document_that_does_not_fit_into_its_memory_is_too_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
