/* feed_fixture: one document parsed, for the tests of the formats. Included once by each such program. */
#ifndef NEWSD_TESTS_FEEDS_FEED_FIXTURE_H
#define NEWSD_TESTS_FEEDS_FEED_FIXTURE_H

#include "feeds/text_check.h"

#include <errno.h>

#include "base/buffer.h"
#include "base/date.h"
#include "feeds/parse/feed_json.h"

static struct feed_document *document;
static struct feed_parse_options options;
static struct feed_header headers[4];
static struct error words;

static inline int feed_setup(void **unused)
{
    options = (struct feed_parse_options){.url = STR("http://a.example/dir/feed"), .headers = headers};
    document = NULL;
    return arena_setup(unused);
}

static inline void header(const char *name, const char *value)
{
    headers[options.header_count++] = (struct feed_header){str_from(name), str_from(value)};
}

static inline int try_parse(struct str bytes)
{
    words = (struct error){0};
    document = NULL;
    return feed_parse(arena, bytes, &options, &document, &words);
}

static inline void parse(const char *text)
{
    int error = try_parse(str_from(text));
    if (error)
        fail_msg("error %d, %s\n%s", error, words.text, text);
    assert_non_null(document);
}

/* The entry that was parsed, which must be the only one. */
static inline struct feed_entry *only_entry(void)
{
    assert_int_equal(document->entries.count, 1);
    return document->entries.items[0];
}

static inline bool repaired(const char *name)
{
    for (size_t i = 0; i < document->repairs.count; i++)
        if (str_equal(document->repairs.items[i], str_from(name)))
            return true;
    return false;
}

static inline void assert_refused(const char *text, int error, const char *why)
{
    int got = try_parse(str_from(text));
    if (got != error || !strstr(words.text, why))
        fail_msg("%s\n  gives  %d, %s\n  wanted %d, %s", text, got, words.text, error, why);
    assert_null(document);
}

static inline struct str as_json(const struct feed_document *parsed)
{
    struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    feed_json_document(json, parsed);
    assert_int_equal(json_writer_finish(&json), 0);
    struct str copy = arena_str(arena, buffer_str(&out));
    buffer_done(&out);
    return copy;
}

/* Whatever the arena holds: all of the document or an error, never a part of it. */
static inline void check_arena_caps(const char *text)
{
    parse(text);
    struct str whole = as_json(document);
    size_t caps = 0, complete = 0;
    for (size_t cap = 64; cap < 1 << 22; cap += cap / 7 + 61) {
        struct arena *tiny = arena_create(cap);
        struct feed_document *parsed = NULL;
        int error = feed_parse(tiny, str_from(text), &options, &parsed, &words);
        if (error) {
            assert_int_equal(error, -ENOMEM);
            assert_null(parsed);
        } else {
            assert_true(str_equal(as_json(parsed), whole));
            complete++;
        }
        arena_destroy(&tiny);
        caps++;
    }
    assert_true(complete > 0 && complete < caps);
}

#define TEST_FEED(name) cmocka_unit_test_setup_teardown(name, feed_setup, arena_teardown)

#endif
