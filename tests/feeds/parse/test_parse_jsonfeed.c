/* JSON Feed 1.0 and 1.1, and the JSON that calls itself so. */
#include "feeds/parse/feed_fixture.h"
#include "tests/support/linear_time.h"

#define VERSION "\"version\": \"https://jsonfeed.org/version/1.1\", "
#define FEED(inner) "{" VERSION inner "}"
#define ITEM(inner) FEED("\"items\": [{" inner "}]")

static void test_versions(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *format;
    } cases[] = {
        {"{\"version\": \"https://jsonfeed.org/version/1\", \"items\": []}", "json-1.0"},
        {"{\"version\": \"https://jsonfeed.org/version/1.1\", \"items\": []}", "json-1.1"},
        {"{\"version\": \"http://jsonfeed.org/version/1.1\", \"items\": []}", "json-1.1"},
        {"{\"version\": 1.1, \"items\": []}", "json-1.1"},
        {"{\"version\": \"1.0\", \"items\": []}", "json-1.0"},
        {"{\"items\": []}", "json"},
        {"\xEF\xBB\xBF \n{\"items\": []}", "json"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(cases[i].text);
        assert_text_of(cases[i].text, str_from(feed_format_name(document->format)), cases[i].format);
        assert_text(document->malformed, NULL);
    }
}

static void test_the_feed(void **unused)
{
    (void)unused;
    parse(FEED("\"title\": \"T <b>\", \"description\": \"D\", \"home_page_url\": \"/\", "
               "\"feed_url\": \"f\", \"next_url\": \"?p=2\", \"icon\": \"/i\", \"favicon\": \"/fi\", "
               "\"language\": \"en\", \"user_comment\": \"C\", \"expired\": true, "
               "\"authors\": [{\"name\": \"Ann\", \"url\": \"/ann\"}, {}], "
               "\"hubs\": [{\"type\": \"WebSub\", \"url\": \"http://h.example/\"}], \"items\": []"));
    const struct feed_meta *feed = &document->feed;
    assert_text(feed->title.value, "T <b>");
    assert_text(feed->title.type, "text/plain");
    assert_text(feed->description.value, "D");
    assert_text(feed->link, "http://a.example/");
    assert_text(feed->self, "http://a.example/dir/f");
    assert_text(feed->next, "http://a.example/dir/feed?p=2");
    assert_text(feed->logo, "http://a.example/i");
    assert_text(feed->icon, "http://a.example/fi");
    assert_text(feed->language, "en");
    assert_text(feed->info.value, "C");
    assert_true(feed->ended);
    assert_int_equal(feed->authors.count, 1);
    assert_text(feed->hubs.items[0], "http://h.example/");
}

static void test_an_item(void **unused)
{
    (void)unused;
    parse(ITEM(
        "\"id\": \"1\", \"url\": \"/1\", \"external_url\": \"http://b.example/\", \"title\": \"A&amp;B\","
        "\"content_html\": \"<p onclick='x'>h</p>\", \"content_text\": \"t <b>\", \"summary\": \"s\", "
        "\"image\": \"i.png\", \"banner_image\": \"b.png\", \"language\": \"de\", "
        "\"date_published\": \"2022-01-11T10:33:00Z\", \"date_modified\": \"never\", "
        "\"author\": {\"name\": \"Ann\"}, \"tags\": [\"x\", \"y\", \"x\", 3, null], "
        "\"attachments\": [{\"url\": \"a.mp3\", \"mime_type\": \"audio/mpeg\", \"title\": \"at\", "
        "\"size_in_bytes\": 12, \"duration_in_seconds\": 3.5}, {\"mime_type\": \"x/y\"}]"));
    const struct feed_entry *entry = only_entry();
    assert_text(entry->id, "1");
    assert_text(entry->link, "http://a.example/1");
    assert_text(entry->title.value, "A&amp;B"); /* plain text is what it is */
    assert_text(entry->content.items[0].value, "<p>h</p>");
    assert_text(entry->content.items[1].value, "t <b>");
    assert_text(entry->content.items[1].language, "de");
    assert_text(entry->summary.value, "s");
    assert_text(entry->image->url, "http://a.example/dir/i.png");
    assert_int_equal(entry->dates.published.ms, 1641897180000);
    assert_text(entry->dates.updated.raw, "never");
    assert_int_equal(entry->dates.updated.precision, TIME_NONE);
    assert_text(entry->authors.items[0].name, "Ann");
    assert_int_equal(entry->categories.count, 2);
    assert_int_equal(entry->enclosures.count, 1);
    assert_int_equal(entry->enclosures.items[0].length, 12);
    assert_int_equal(entry->enclosures.items[0].duration_s, 3);
}

static void test_ids_of_other_types(void **unused)
{
    (void)unused;
    static const struct {
        const char *json, *id;
    } cases[] = {
        {"42", "42"},     {"-1", "-1"},   {"1.5", "1.5"}, {"\"http://a.example/1\"", "http://a.example/1"},
        {"null", NULL},   {"true", NULL}, {"[1]", NULL},  {"{}", NULL},
        {"\" x \"", "x"}, {"\"\"", NULL},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(arena_printf(arena, ITEM("\"id\": %s"), cases[i].json).ptr);
        assert_text_of(cases[i].json, only_entry()->id, cases[i].id);
    }
}

static void test_wrong_types_do_no_harm(void **unused)
{
    (void)unused;
    parse(FEED("\"title\": [], \"authors\": \"Ann\", \"hubs\": {\"url\": 1}, \"icon\": false, "
               "\"items\": [1, null, [], \"x\", {\"id\": \"1\", \"tags\": \"x\", \"attachments\": [1, {}], "
               "\"authors\": [null], \"author\": 5, \"date_published\": {}, \"image\": []}]"));
    assert_text(only_entry()->id, "1");
    assert_int_equal(only_entry()->authors.count, 0);
    assert_int_equal(only_entry()->enclosures.count, 0);
    assert_null(only_entry()->image);
}

static void test_sizes_that_are_no_sizes(void **unused)
{
    (void)unused;
    static const char *const sizes[] = {"-1", "1e300", "-1e300", "\"12\"", "null", "1e19"};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        parse(arena_printf(arena,
                           ITEM("\"attachments\": [{\"url\": \"x\", \"size_in_bytes\": %s, "
                                "\"duration_in_seconds\": %s}]"),
                           sizes[i], sizes[i])
                  .ptr);
        assert_int_equal(only_entry()->enclosures.items[0].length, -1);
        assert_int_equal(only_entry()->enclosures.items[0].duration_s, -1);
    }
}

static void test_an_id_that_is_the_link(void **unused)
{
    (void)unused;
    parse(ITEM("\"id\": \"http://a.example/1\", \"url\": \"http://a.example/1\""));
    assert_true(only_entry()->id_is_link);
    parse(ITEM("\"id\": \"1\", \"url\": \"javascript:x\""));
    assert_false(only_entry()->id_is_link);
    assert_text(only_entry()->link, NULL);
}

static void test_what_is_no_json_feed(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "{}",
        "[]",
        "{\"items\": {}}",
        "{\"version\": \"0\", \"items\": []}",
        "{\"items\": [",
        "{'items': []}",
        "[1, 2]",
    };
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_refused(texts[i], ERR_NOT_A_FEED, "JSON");
}

static void test_text_with_nul_and_broken_surrogates(void **unused)
{
    (void)unused;
    parse(ITEM("\"title\": \"a\\u0000b\", \"id\": \"1\", \"tags\": [\"x\\u0000y\"]"));
    assert_int_equal(only_entry()->title.value.len, 3);
    parse(ITEM("\"title\": \"x\\uD800\""));
    assert_text(document->entries.items[0]->title.value, "x\xEF\xBF\xBD");
}

static void test_deep_and_large_json_is_limited(void **unused)
{
    (void)unused;
    struct str deep = repeated("[", 100000);
    assert_int_equal(try_parse(arena_printf(arena, FEED("\"items\": [%.*s"), STR_ARG(deep))), ERR_NOT_A_FEED);
    /* Each pair of braces is some hundreds of bytes of memory to a JSON parser. */
    struct str many = repeated("{},", 1000000);
    assert_int_equal(try_parse(arena_printf(arena, FEED("\"items\": [%.*s{}]"), STR_ARG(many))), ERR_LIMIT);
    /* Brackets in a text are text. */
    struct str brackets = repeated("{},\\\"", 1000000);
    assert_int_equal(try_parse(arena_printf(arena, ITEM("\"content_text\": \"%.*s\""), STR_ARG(brackets))),
                     0);
}

static void test_entries_max(void **unused)
{
    (void)unused;
    options.entries_max = 2;
    parse(FEED("\"items\": [{\"id\": 1}, {\"id\": 2}, {\"id\": 3}]"));
    assert_int_equal(document->entries.count, 2);
    assert_true(document->limit_hit);
    assert_true(document->truncated);
    parse(FEED("\"items\": [{\"id\": 1}, {\"id\": 2}]"));
    assert_false(document->limit_hit);
}

static void test_the_arena_may_run_out_anywhere(void **unused)
{
    (void)unused;
    struct str text = repeated("word ", 20000);
    check_arena_caps(arena_printf(arena,
                                  ITEM("\"id\": 1, \"content_html\": \"<b>%.*s</b>\", \"title\": \"t\", "
                                       "\"tags\": [\"a\", \"b\"], \"image\": \"i\", \"url\": \"u\", "
                                       "\"attachments\": [{\"url\": \"x\"}], \"date_published\": \"2022\""),
                                  STR_ARG(text))
                         .ptr);
}

static bool has_repair(const char *name)
{
    for (size_t i = 0; i < document->repairs.count; i++)
        if (str_equal(document->repairs.items[i], str_from(name)))
            return true;
    return false;
}

static void test_damage_is_mended_and_named(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *id, *title, *repair;
    } cases[] = {
        {ITEM("\"id\": \"1\", \"title\": \"a\n\tb\x01\r\""), "1", "a\n\tb", "control-characters"},
        {ITEM("\"id\": 123456789012345678901234567890, \"title\": \"x\""), "123456789012345678901234567890",
         "x", "numbers"},
        {ITEM("\"id\": \"1\", \"size\": 1e400, \"title\": \"x\""), "1", "x", "numbers"},
        {ITEM("\"id\": 007, \"a\": NaN, \"b\": -, \"title\": \"x\""), "007", "x", "numbers"},
        {ITEM("\"id\": \"1\", \"title\": \"\\ud83d\\ude00\\ud83d-\\ude00\""), "1",
         "\xF0\x9F\x98\x80\xEF\xBF\xBD-\xEF\xBF\xBD", "surrogates"},
        {ITEM("\"id\": \"1\", \"title\": \"it\\'s C:\\x \\u12\""), "1", "it's C:\\x \\u12", "escapes"},
        {FEED("\"items\": [{\"id\": \"1\", \"title\": \"x\",},],"), "1", "x", "commas"},
        {FEED("\"items\": [{\"id\": \"1\" \"title\": \"x\"} {\"id\": 2}]"), "1", "x", "commas"},
        {"/* x */ " ITEM("\"id\": \"1\", // y\n \"title\": \"//x\""), "1", "//x", "commas"},
        {ITEM("\"id\": \"1\", \"title\": \"x\"") "; // end", "1", "x", "trailing-junk"},
        {")]}'\n" ITEM("\"id\": \"1\", \"title\": \"x\""), "1", "x", "leading-junk"},
        {"<br /><b>Warning</b>: {x} in y<br />" ITEM("\"id\": \"1\", \"title\": \"<b>x\""), "1", "<b>x",
         "leading-junk"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parse(cases[i].text);
        assert_text_of(cases[i].text, document->entries.items[0]->id, cases[i].id);
        assert_text_of(cases[i].text, document->entries.items[0]->title.value, cases[i].title);
        if (!has_repair(cases[i].repair))
            fail_msg("%s: no repair %s", cases[i].text, cases[i].repair);
        assert_non_null(document->malformed.ptr);
        assert_false(document->truncated);
    }
}

static void test_damage_and_an_early_end_together(void **unused)
{
    (void)unused;
    parse("{" VERSION "\"items\": [{\"id\": 1, \"title\": \"a\nb\",}, {\"id\": 2, \"title\": \"c");
    assert_int_equal(document->entries.count, 1);
    assert_true(document->truncated);
}

static void parse_braced(const void *unit, size_t count)
{
    arena_reset(arena);
    (void)try_parse(arena_printf(arena, "{%.*s", STR_ARG(repeated(unit, count))));
}

static void parse_in_a_text(const void *unit, size_t count)
{
    arena_reset(arena);
    (void)try_parse(arena_printf(arena, FEED("\"items\": [\"\n%.*s"), STR_ARG(repeated(unit, count))));
}

static void test_mending_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const units[] = {"{", "[",  "\"", "\\",  "\\u", "/*", "//",
                                        ",", "{ ", "1",  "{\"", "-",   "\n"};
    for (size_t i = 0; i < COUNT(units); i++) {
        assert_linear(parse_braced, units[i], 100000);
        assert_linear(parse_in_a_text, units[i], 100000);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_FEED(test_damage_is_mended_and_named),
        TEST_FEED(test_damage_and_an_early_end_together),
        TEST_FEED(test_mending_takes_linear_time),
        TEST_FEED(test_versions),
        TEST_FEED(test_the_feed),
        TEST_FEED(test_an_item),
        TEST_FEED(test_ids_of_other_types),
        TEST_FEED(test_wrong_types_do_no_harm),
        TEST_FEED(test_sizes_that_are_no_sizes),
        TEST_FEED(test_an_id_that_is_the_link),
        TEST_FEED(test_what_is_no_json_feed),
        TEST_FEED(test_text_with_nul_and_broken_surrogates),
        TEST_FEED(test_deep_and_large_json_is_limited),
        TEST_FEED(test_entries_max),
        TEST_FEED(test_the_arena_may_run_out_anywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
