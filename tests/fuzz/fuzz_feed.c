/* fuzz_feed: any bytes as a feed, with any content type. What is read must write valid JSON that says the
 * same when it is read as often as one likes, and nothing that runs may be in its HTML. The first byte picks
 * the options. */
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "feeds/feed_json.h"
#include "feeds/identity.h"
#include "tests/fuzz/fuzz.h"

static char *to_json(struct arena *arena, const struct feed_document *document)
{
    struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    feed_json_document(json, document);
    FUZZ_CHECK(json_writer_finish(&json) == 0);
    char *text = arena_copy(arena, out.ptr, out.len + 1);
    buffer_done(&out);
    return text;
}

/* Wherever a text says that it is HTML. */
static void check_html(const json_t *value)
{
    const char *key, *type = json_string_value(json_object_get(value, "type")),
                     *text = json_string_value(json_object_get(value, "value"));
    json_t *part;
    size_t index;
    if (type && text && !strcmp(type, "text/html"))
        FUZZ_CHECK(!strstr(text, "<script"));
    json_object_foreach((json_t *)value, key, part) check_html(part);
    json_array_foreach(value, index, part) check_html(part);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const types[] = {"application/rss+xml", "text/xml; charset=iso-8859-1",
                                        "application/feed+json", "text/html; charset=utf-16"};
    if (size < 1)
        return 0;
    struct arena *arena = arena_create(FUZZ_ARENA_BYTES);
    struct feed_header header = {STR("Content-Type"), str_from(types[data[0] & 3])};
    struct feed_parse_options options = {.url =
                                             data[0] & 4 ? STR("https://news.example/a/feed?x=1") : STR_NONE,
                                         .headers = &header,
                                         .header_count = data[0] & 8 ? 1 : 0,
                                         .raw = data[0] & 16,
                                         .entries_max = data[0] & 32 ? 2 : 0};
    struct feed_document *document = NULL, *again = NULL;
    struct error error = {0};
    struct str bytes = str_make((const char *)data + 1, size - 1);
    if (feed_parse(arena, bytes, &options, &document, &error) == 0) {
        struct entry_candidate *candidates;
        size_t count;
        char *first = to_json(arena, document);
        json_t *value = first ? json_loads(first, 0, NULL) : NULL;
        FUZZ_CHECK(!first || value);
        if (!options.raw)
            check_html(value);
        json_decref(value);
        if (feed_parse(arena, bytes, &options, &again, &error) == 0) {
            char *second = to_json(arena, again);
            FUZZ_CHECK(!first || !second || !strcmp(first, second));
        }
        (void)identity_candidates(arena, document, STR("https://news.example/feed"), 1641897180000,
                                  &candidates, &count);
    } else {
        FUZZ_CHECK(error.text[0] || arena_exhausted(arena)); /* a refusal has words */
    }
    arena_destroy(&arena);
    return 0;
}
