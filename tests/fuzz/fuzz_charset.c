/* fuzz_charset: a first line that is the Content-Type, then bytes; the text must be valid UTF-8 of a known
 * encoding. */
#include "fuzz/fuzz_check.h"

#include <errno.h>

#include "base/utf8.h"
#include "base/charset.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str content_type, bytes = fuzz_text(data, size, &content_type);
    struct arena *arena = arena_create(1 << 22);
    struct charset_result result;
    CHECK(charset_to_utf8(arena, bytes, content_type, &result) == 0);
    CHECK(utf8_valid(result.text));
    CHECK(result.name.len > 0 && charset_find(result.name));
    CHECK(result.text.len <= bytes.len * 3);
    arena_destroy(&arena);
    struct arena *tiny = arena_create(size);
    int error = charset_to_utf8(tiny, bytes, content_type, &result);
    CHECK(error == 0 || error == -ENOMEM);
    arena_destroy(&tiny);
    return 0;
}
