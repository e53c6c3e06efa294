/* JSON Feed 1.0 and 1.1. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "tests/feeds/feed_check.h"

#define VERSION "\"version\":\"https://jsonfeed.org/version/1.1\","

static void test_a_whole_feed(void **state)
{
    (void)state;
    reads(
        "{" VERSION "\"title\":\"News\",\"home_page_url\":\"/\",\"feed_url\":\"/feeds/"
        "all\",\"description\":\"All of it\","
        "\"user_comment\":\"For "
        "readers\",\"next_url\":\"?p=2\",\"icon\":\"/icon.png\",\"favicon\":\"/fav.png\",\"language\":\"en\","
        "\"expired\":true,\"authors\":[{\"name\":\"Desk\",\"url\":\"/"
        "desk\"}],\"hubs\":[{\"type\":\"WebSub\",\"url\":\"https://hub.example/\"}],"
        "\"items\":[{\"id\":\"1\",\"url\":\"/"
        "1\",\"title\":\"One\",\"summary\":\"Short\",\"content_html\":\"<p>Long</p>\","
        "\"date_published\":\"2022-01-11T11:33:00-05:00\",\"tags\":[\"City\",\"Roads\"],"
        "\"attachments\":[{\"url\":\"/1.mp3\",\"mime_type\":\"audio/"
        "mpeg\",\"size_in_bytes\":5,\"duration_in_seconds\":60}]}]}");
    is("format", "json-1.1");
    is("feed.title.value", "News");
    is("feed.link", "https://news.example/");
    is("feed.next", "https://news.example/feeds/all?p=2");
    is("feed.ended", "true");
    is("feed.authors.0.url", "https://news.example/desk");
    is("feed.hubs.0", "https://hub.example/");
    is("entries.0.id", "1");
    is("entries.0.link", "https://news.example/1");
    is("entries.0.content.0.value", "<p>Long</p>");
    is("entries.0.content.0.type", "text/html");
    is("entries.0.published", "2022-01-11T16:33:00Z");
    counts("entries.0.categories", 2);
    is("entries.0.enclosures.0.duration_s", "60");
}

static void test_old_author_and_plain_text(void **state)
{
    (void)state;
    reads("{\"version\":\"https://jsonfeed.org/version/"
          "1\",\"title\":\"N\",\"items\":[{\"id\":\"1\",\"content_text\":\"a < b\","
          "\"author\":{\"name\":\"Anna\"}}]}");
    is("format", "json-1.0");
    is("entries.0.content.0.value", "a < b");
    is("entries.0.content.0.type", "text/plain");
    is("entries.0.authors.0.name", "Anna");
}

static void test_ids_that_are_numbers(void **state)
{
    (void)state;
    reads("{" VERSION "\"title\":\"N\",\"items\":[{\"id\":17,\"content_text\":\"x\"},{\"id\":"
          "9007199254740993,\"content_text\":\"y\"}]}");
    is("entries.0.id", "17");
    is("entries.1.id", "9007199254740993"); /* more than a double can hold */
}

static void test_values_of_the_wrong_type_do_no_harm(void **state)
{
    (void)state;
    reads("{" VERSION "\"title\":[\"N\"],\"authors\":\"Anna\",\"items\":[{\"id\":\"1\",\"tags\":\"City\","
          "\"attachments\":{},\"title\":5,"
          "\"content_text\":null,\"date_published\":12},\"not an "
          "item\",{\"id\":\"2\",\"content_text\":\"x\"}]}");
    is("entries.0.id", "1");
    is("entries.1.id", "2");
}

static void test_byte_order_mark_and_white_space_before_it_all(void **state)
{
    (void)state;
    reads("\xEF\xBB\xBF \n{" VERSION "\"title\":\"N\",\"items\":[]}");
    is("feed.title.value", "N");
}

static void test_a_document_cut_off_keeps_what_came_whole(void **state)
{
    (void)state;
    reads("{" VERSION
          "\"title\":\"N\",\"items\":[{\"id\":\"1\",\"content_text\":\"x\"},{\"id\":\"2\",\"content_te");
    counts("entries", 1);
    is("truncated", "true");
}

static void test_words_about_damage_are_valid_text(void **state)
{
    (void)state;
    reads("{" VERSION
          "\"title\":\"N\",\"items\":[{\"id\":\"1\",\"content_text\":\"x\"}],\"a\\\xC3\xA9\xC3\xA9\":1}");
    counts("entries", 1);
    present("malformed");
}

static void test_other_json_is_no_feed(void **state)
{
    (void)state;
    refuses("{\"items\":1}", ERR_NOT_A_FEED, "");
    refuses("[1,2]", ERR_NOT_A_FEED, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FEED_TEST(test_a_whole_feed),
        FEED_TEST(test_old_author_and_plain_text),
        FEED_TEST(test_ids_that_are_numbers),
        FEED_TEST(test_values_of_the_wrong_type_do_no_harm),
        FEED_TEST(test_byte_order_mark_and_white_space_before_it_all),
        FEED_TEST(test_a_document_cut_off_keeps_what_came_whole),
        FEED_TEST(test_words_about_damage_are_valid_text),
        FEED_TEST(test_other_json_is_no_feed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
