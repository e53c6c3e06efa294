/* fuzz_feed: a first line of settings, then a document: "r" raw, "s" a small arena, "e" few entries, "n" no
 * address, and behind a blank the Content-Type. A document that was read must print as valid UTF-8 and read
 * the same a second time. */
#include "fuzz/fuzz_check.h"

#include <errno.h>

#include "base/utf8.h"
#include "feeds/parse/feed_json.h"

enum { ARENA_BYTES = 64 << 20, ARENA_BYTES_SMALL = 200 << 10, FEW_ENTRIES = 2 };

static struct str printed(struct arena *arena, const struct feed_document *document)
{
    struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    CHECK(json);
    feed_json_document(json, document);
    CHECK(json_writer_finish(&json) == 0);
    CHECK(utf8_valid(buffer_str(&out)));
    struct str copy = arena_str(arena, buffer_str(&out));
    buffer_done(&out);
    return copy;
}

static struct str parsed(struct arena *own, size_t arena_bytes, struct str bytes,
                         const struct feed_parse_options *options)
{
    struct arena *arena = arena_create(arena_bytes);
    struct feed_document *document = NULL;
    struct error words = {0};
    int error = feed_parse(arena, bytes, options, &document, &words);
    CHECK(error == 0 || error == ERR_EMPTY || error == ERR_NOT_A_FEED || error == ERR_MALFORMED ||
          error == ERR_LIMIT || error == -ENOMEM);
    CHECK((document != NULL) == (error == 0));
    CHECK(error == 0 || words.text[0]);
    if (document)
        CHECK(!options->entries_max || document->entries.count <= options->entries_max);
    struct str json = document ? printed(own, document) : arena_printf(own, "%d", error);
    arena_destroy(&arena);
    return json;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str line, bytes = fuzz_text(data, size, &line);
    ptrdiff_t blank = str_find_byte(line, ' ', 0);
    struct str letters = str_slice(line, 0, blank < 0 ? line.len : (size_t)blank);
    struct feed_header header = {STR("Content-Type"), STR_NONE};
    if (blank >= 0)
        header.value = str_slice(line, (size_t)blank + 1, line.len);
    struct feed_parse_options options = {
        .url = str_find_byte(letters, 'n', 0) < 0 ? STR("http://a.example/dir/feed") : STR_NONE,
        .headers = &header,
        .header_count = 1,
        .raw = str_find_byte(letters, 'r', 0) >= 0,
        .entries_max = str_find_byte(letters, 'e', 0) >= 0 ? FEW_ENTRIES : 0,
    };
    size_t arena_bytes = str_find_byte(letters, 's', 0) >= 0 ? ARENA_BYTES_SMALL : ARENA_BYTES;
    struct arena *own = arena_create((size_t)256 << 20);
    struct str first = parsed(own, arena_bytes, bytes, &options);
    struct str second = parsed(own, arena_bytes, bytes, &options);
    CHECK(str_equal(first, second));
    arena_destroy(&own);
    return 0;
}
