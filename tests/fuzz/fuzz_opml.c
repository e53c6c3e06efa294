/* fuzz_opml: what is read is written and read again as the same feeds. */
#include "base/buffer.h"
#include "base/utf8.h"
#include "feeds/opml.h"
#include "tests/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(FUZZ_ARENA_BYTES);
    struct opml first = {0}, second = {0};
    struct buffer out = {0};
    struct error error;
    if (opml_parse(arena, str_make((const char *)data, size), &first, &error) == 0 &&
        opml_write(&out, &first) == 0) {
        FUZZ_CHECK(opml_parse(arena, buffer_str(&out), &second, &error) == 0 || arena_exhausted(arena));
        if (!arena_exhausted(arena)) {
            FUZZ_CHECK(first.feed_count == second.feed_count);
            for (size_t i = 0; i < first.feed_count; i++)
                FUZZ_CHECK(str_equal(first.feeds[i].url, second.feeds[i].url));
        }
    }
    buffer_done(&out);
    arena_destroy(&arena);
    return 0;
}
