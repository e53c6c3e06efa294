/* feed_check: a document read by the parser and looked at through its JSON, by path.
 *
 *     reads("<rss>...</rss>");
 *     is("entries.0.title.value", "A title");   numbers, true and false too: is("entries.0.content.length",
 * ...) absent("entries.0.published");
 */
#ifndef NEWSD_TESTS_FEEDS_FEED_CHECK_H
#define NEWSD_TESTS_FEEDS_FEED_CHECK_H

#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "feeds/parse/feed_json.h"

static struct arena *arena;
static json_t *root;
static struct error fault;

static inline int feed_check_setup(void **state)
{
    (void)state;
    arena = arena_create(256 << 20);
    root = NULL;
    return arena ? 0 : -1;
}

static inline int feed_check_teardown(void **state)
{
    (void)state;
    json_decref(root);
    arena_destroy(&arena);
    return 0;
}

static inline int feed_check_parse(struct str bytes, const struct feed_parse_options *options)
{
    struct feed_document *document = NULL;
    json_decref(root);
    root = NULL;
    fault = (struct error){0};
    int error = feed_parse(arena, bytes, options, &document, &fault);
    if (error)
        return error;
    struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    feed_json_document(json, document);
    assert_int_equal(json_writer_finish(&json), 0);
    root = json_loadb(out.ptr, out.len, 0, NULL);
    buffer_done(&out);
    assert_non_null(root);
    return 0;
}

#define WITH_URL ((struct feed_parse_options){.url = STR("https://news.example/feeds/all")})

static inline void reads_as(const char *text, const struct feed_parse_options *options)
{
    int error = feed_check_parse(str_from(text), options);
    if (error)
        fail_msg("not read: %s\n%s", fault.text, text);
}

static inline void reads(const char *text)
{
    struct feed_parse_options options = WITH_URL;
    reads_as(text, &options);
}

/* Is refused with this error, and the words for people hold `words`. */
static inline void refuses(const char *text, int error, const char *words)
{
    struct feed_parse_options options = WITH_URL;
    int got = feed_check_parse(str_from(text), &options);
    if (got != error || !strstr(fault.text, words))
        fail_msg("error %d \"%s\", not %d \"%s\"", got, fault.text, error, words);
}

static inline json_t *at(const char *path)
{
    char name[64];
    json_t *value = root;
    while (value && *path) {
        size_t len = strcspn(path, ".");
        (void)snprintf(name, sizeof(name), "%.*s", (int)len, path);
        value = json_is_array(value) ? json_array_get(value, strtoul(name, NULL, 10))
                                     : json_object_get(value, name);
        path += len + (path[len] == '.');
    }
    return value;
}

static inline void is(const char *path, const char *wanted)
{
    json_t *value = at(path);
    char *shown = json_is_string(value)
                      ? strdup(json_string_value(value))
                      : json_dumps(value, JSON_ENCODE_ANY | JSON_COMPACT | JSON_REAL_PRECISION(15));
    if (!shown || strcmp(shown, wanted) != 0) {
        char *all = json_dumps(root, JSON_INDENT(1));
        print_error("%s\n", all);
        free(all);
        fail_msg("%s is %s, not %s", path, shown ? shown : "absent", wanted);
    }
    free(shown);
}

static inline void present(const char *path)
{
    if (!at(path))
        fail_msg("%s is absent", path);
}

static inline void absent(const char *path)
{
    if (at(path)) {
        char *shown = json_dumps(at(path), JSON_ENCODE_ANY);
        print_error("%s\n", shown);
        free(shown);
        fail_msg("%s is there", path);
    }
}

static inline void counts(const char *path, size_t wanted)
{
    assert_int_equal(json_array_size(at(path)), wanted);
}

#define FEED_TEST(name) cmocka_unit_test_setup_teardown(name, feed_check_setup, feed_check_teardown)

#endif
