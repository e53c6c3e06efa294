/* feed_list: text and OPML lists, nested and mixed; each bad line is named with file and line and costs
 * itself alone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "daemon/config/feed_list.h"
#include "daemon/config/problems.h"
#include "daemon/temp_folder.h"

struct fixture {
    struct temp_folder folder;
    struct problems problems;
    struct feed_list *list;
    size_t count;
};

static int set_up(void **state)
{
    struct fixture *fixture = calloc(1, sizeof(*fixture));
    temp_folder_make(&fixture->folder);
    *state = fixture;
    return 0;
}

static int tear_down(void **state)
{
    struct fixture *fixture = *state;
    feed_list_free(&fixture->list);
    problems_done(&fixture->problems);
    temp_folder_remove(&fixture->folder);
    free(fixture);
    return 0;
}

static int load(struct fixture *fixture)
{
    return feed_list_load(fixture->folder.path, problems_add, &fixture->problems, &fixture->list,
                          &fixture->count);
}

/* Loads the folder, which must have these many feeds and problems. */
static void expect(struct fixture *fixture, size_t feeds, size_t problems)
{
    assert_int_equal(load(fixture), 0);
    if (fixture->list->count != feeds || fixture->count != problems)
        fail_msg("%zu feeds, %zu problems: %s", fixture->list->count, fixture->count,
                 fixture->problems.text.ptr ? fixture->problems.text.ptr : "");
    assert_int_equal(fixture->problems.count, problems);
}

static void assert_str(struct str got, const char *wanted)
{
    if (!str_equal(got, str_from(wanted)))
        fail_msg("'%.*s' is not '%s'", STR_ARG(got), wanted);
}

static void test_a_text_list_with_settings(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "a.txt",
               "# feeds of the desk\n\nhttps://one.example/rss\r\n"
               "  https://two.example/a?b=c#d  title=\"Two, and more\" category=World/Europe\tpages=always "
               "interval=15min # why\n"
               "http://three.example/feed pages=never");
    expect(fixture, 3, 0);
    const struct feed_list_entry *entries = fixture->list->entries;
    assert_str(entries[0].url, "https://one.example/rss");
    assert_int_equal(entries[0].page_policy, -1);
    assert_int_equal(entries[0].interval_s, 0);
    assert_int_equal(entries[0].line, 3);
    assert_str(entries[1].url, "https://two.example/a?b=c#d");
    assert_str(entries[1].title, "Two, and more");
    assert_str(entries[1].category, "World/Europe");
    assert_int_equal(entries[1].page_policy, PAGES_ALWAYS);
    assert_int_equal(entries[1].interval_s, 900);
    assert_int_equal(entries[2].page_policy, PAGES_NEVER);
    assert_int_equal(entries[2].line, 5);
    assert_non_null(strstr(entries[2].file, "/a.txt"));
}

static void test_bad_lines_are_named_and_cost_themselves_alone(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "bad.txt",
               "not a url\n"
               "ftp://one.example/rss\n"
               "https://good.example/1\n"
               "https://good.example/2 pages=often\n"
               "https://good.example/3 interval=never\n"
               "https://good.example/4 colour=red\n"
               "https://good.example/5 word\n"
               "https://bad.example/\xff\n");
    expect(fixture, 5, 9);
    assert_true(problems_say(&fixture->problems, "bad.txt:1: warning: 'not' is no http or https URL"));
    assert_true(problems_say(&fixture->problems,
                             "bad.txt:2: warning: 'ftp://one.example/rss' is no http or https URL"));
    assert_true(
        problems_say(&fixture->problems, "bad.txt:4: warning: pages=often; allowed are never, auto, always"));
    assert_true(problems_say(&fixture->problems, "bad.txt:5: warning: interval=never; write a duration"));
    assert_true(problems_say(&fixture->problems, "bad.txt:6: warning: there is no setting 'colour'"));
    assert_true(problems_say(&fixture->problems, "bad.txt:7: warning: 'word' is no setting"));
    assert_true(problems_say(&fixture->problems, "bad.txt:8: warning: "));
}

static void test_the_same_url_twice_counts_once_and_says_where(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "a.txt",
               "https://one.example/rss title=First\nhttps://one.example/rss title=Second\n");
    temp_write(&fixture->folder, "b.opml",
               "<opml version=\"2.0\"><body>\n<outline type=\"rss\" "
               "xmlUrl=\"https://one.example/rss\"/>\n</body></opml>");
    expect(fixture, 1, 2);
    assert_str(fixture->list->entries[0].title, "First");
    assert_true(problems_say(&fixture->problems, "a.txt:2: warning: https://one.example/rss stands in"));
    assert_true(problems_say(&fixture->problems, "a.txt:1 already"));
    assert_true(problems_say(&fixture->problems, "b.opml:2: warning: https://one.example/rss stands in"));
}

static void test_opml_nested_outlines_give_the_category(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "list.opml",
               "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml "
               "version=\"2.0\"><head><title>Desk</title></head><body>\n"
               "<outline text=\"World\">\n"
               "  <outline text=\"Europe\">\n"
               "    <outline type=\"rss\" text=\"One &amp; only\" xmlUrl=\" "
               "https://one.example/rss?a=1&amp;b=2 \"/>\n"
               "  </outline>\n"
               "  <outline type=\"rss\" title=\"Two\" text=\"ignored\" xmlUrl=\"https://two.example/rss\"/>\n"
               "</outline>\n"
               "<outline xmlurl=\"https://three.example/rss\" text=\"Three\"/>\n"
               "</body></opml>\n");
    expect(fixture, 3, 0);
    const struct feed_list_entry *entries = fixture->list->entries;
    assert_str(entries[0].url, "https://one.example/rss?a=1&b=2");
    assert_str(entries[0].title, "One & only");
    assert_str(entries[0].category, "World/Europe");
    assert_int_equal(entries[0].line, 5);
    assert_str(entries[1].category, "World");
    assert_str(entries[1].title, "Two");
    assert_str(entries[2].url, "https://three.example/rss");
    assert_true(str_empty(entries[2].category));
}

static void test_opml_problems_have_lines_and_the_rest_is_read(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "list.opml",
               "<opml version=\"2.0\"><body>\n"
               "<outline type=\"include\" text=\"Others\" url=\"https://lists.example/more.opml\"/>\n"
               "<outline type=\"rss\" text=\"Bad\" xmlUrl=\"feed:one\"/>\n"
               "<outline type=\"rss\" text=\"Good\" xmlUrl=\"https://good.example/rss\"/>\n"
               "</body></opml>\n");
    expect(fixture, 1, 2);
    assert_true(
        problems_say(&fixture->problems, "list.opml:2: warning: outlines of type include are not followed"));
    assert_true(problems_say(&fixture->problems, "list.opml:3: warning: xmlUrl is no http or https URL"));
}

static void test_a_broken_list_is_an_error_of_the_whole(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "broken.opml",
               "<opml version=\"2.0\"><body>\n<outline type=\"rss\" "
               "xmlUrl=\"https://one.example/rss\"/>\n<outline text=\"half");
    temp_write(&fixture->folder, "page.opml", "<html><body><p>404</p></body></html>");
    temp_write(&fixture->folder, "z.txt", "https://two.example/rss\n");
    /* Feeds that cannot be read must not be taken for removed ones. */
    assert_int_equal(load(fixture), ERR_CONFIG);
    assert_null(fixture->list);
    assert_true(problems_say(&fixture->problems, "broken.opml:"));
    assert_true(problems_say(&fixture->problems, "page.opml:"));
}

static void test_an_entity_bomb_in_opml_is_refused(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "bomb.opml",
               "<?xml version=\"1.0\"?><!DOCTYPE opml [<!ENTITY a SYSTEM \"file:///etc/passwd\"><!ENTITY b "
               "\"bbbb\">]>\n"
               "<opml version=\"2.0\"><body><outline text=\"&a;&b;\" "
               "xmlUrl=\"https://one.example/rss\"/></body></opml>");
    assert_int_equal(load(fixture), ERR_CONFIG);
    assert_true(fixture->count >= 1);
}

static void test_only_lists_are_read_in_order_of_name(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "20.txt", "https://two.example/rss\n");
    temp_write(&fixture->folder, "10.opml",
               "<opml version=\"2.0\"><body><outline xmlUrl=\"https://one.example/rss\"/></body></opml>");
    temp_write(&fixture->folder, "20.txt~", "https://three.example/rss\n");
    temp_write(&fixture->folder, ".hidden.txt", "https://four.example/rss\n");
    temp_write(&fixture->folder, "README", "https://five.example/rss\n");
    expect(fixture, 2, 0);
    assert_str(fixture->list->entries[0].url, "https://one.example/rss");
    assert_str(fixture->list->entries[1].url, "https://two.example/rss");
}

static void test_a_byte_order_mark_does_not_spoil_the_first_feed(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "a.txt", "\xef\xbb\xbfhttps://one.example/rss\n");
    expect(fixture, 1, 0);
    assert_str(fixture->list->entries[0].url, "https://one.example/rss");
}

static void test_no_folder_is_an_empty_list_and_a_file_in_its_place_an_error(void **state)
{
    struct fixture *fixture = *state;
    char path[256];
    assert_int_equal(feed_list_load(temp_path(&fixture->folder, "none", path), problems_add,
                                    &fixture->problems, &fixture->list, &fixture->count),
                     0);
    assert_int_equal(fixture->list->count, 0);
    assert_int_equal(fixture->count, 1);
    assert_true(problems_say(&fixture->problems, "warning: there is no such folder"));
    feed_list_free(&fixture->list);
    temp_write(&fixture->folder, "file", "");
    assert_int_equal(feed_list_load(temp_path(&fixture->folder, "file", path), problems_add,
                                    &fixture->problems, &fixture->list, &fixture->count),
                     ERR_CONFIG);
    assert_null(fixture->list);
    assert_true(problems_say(&fixture->problems, "cannot be read"));
}

static void test_a_list_that_cannot_be_read_is_an_error_of_the_whole(void **state)
{
    struct fixture *fixture = *state;
    char path[256];
    temp_write(&fixture->folder, "a.txt", "https://one.example/rss\n");
    assert_int_equal(symlink("/nowhere/b.txt", temp_path(&fixture->folder, "b.txt", path)), 0);
    assert_int_equal(load(fixture), ERR_CONFIG);
    assert_null(fixture->list);
    assert_true(problems_say(&fixture->problems, "b.txt:0: cannot be read"));
}

static void test_ten_thousand_feeds(void **state)
{
    struct fixture *fixture = *state;
    _cleanup_buffer_ struct buffer text = {0};
    for (int i = 0; i < 10000; i++)
        buffer_printf(&text, "https://host%d.example/rss interval=1h\n", i);
    temp_write(&fixture->folder, "many.txt", text.ptr);
    expect(fixture, 10000, 0);
    assert_int_equal(fixture->list->entries[9999].line, 10000);
}

static void test_names_in_any_alphabet_are_kept_as_they_are_written(void **state)
{
    struct fixture *fixture = *state;
    temp_write(&fixture->folder, "a.txt",
               "http://b\xC3\xBC"
               "cher.test/feed\nhttp://\xC3\xBC\xE2\x80\x8E-.test/\nhttp://one.example:99999/\n");
    expect(fixture, 1, 2);
    assert_str(fixture->list->entries[0].url, "http://b\xC3\xBC"
                                              "cher.test/feed");
    assert_true(problems_say(&fixture->problems, "a.txt:2: warning: "));
    assert_true(problems_say(&fixture->problems, "the host name"));
    assert_true(problems_say(&fixture->problems, "the port 99999 is out of range (1 to 65535)"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_a_text_list_with_settings, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_bad_lines_are_named_and_cost_themselves_alone, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_the_same_url_twice_counts_once_and_says_where, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_opml_nested_outlines_give_the_category, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_opml_problems_have_lines_and_the_rest_is_read, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_a_broken_list_is_an_error_of_the_whole, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_an_entity_bomb_in_opml_is_refused, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_only_lists_are_read_in_order_of_name, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_byte_order_mark_does_not_spoil_the_first_feed, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_no_folder_is_an_empty_list_and_a_file_in_its_place_an_error,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_a_list_that_cannot_be_read_is_an_error_of_the_whole, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_names_in_any_alphabet_are_kept_as_they_are_written, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(test_ten_thousand_feeds, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
