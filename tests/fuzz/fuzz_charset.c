/* fuzz_charset: encodings: whatever comes in, UTF-8 comes out. */
#include "base/utf8.h"
#include "feeds/charset.h"
#include "tests/fuzz/fuzz.h"

static void charsets(struct arena *arena, struct str text)
{
    static const char *const types[] = {"",
                                        "text/xml; charset=utf-8",
                                        "text/xml; charset=gb18030",
                                        "text/xml; charset=iso-2022-jp",
                                        "text/xml; charset=utf-16",
                                        "text/xml; charset=utf-32",
                                        "text/xml; charset=shift_jis",
                                        "text/xml; charset=big5"};
    struct charset_result result;
    if (text.len == 0)
        return;
    struct str type = str_from(types[text.ptr[0] & 7]);
    if (charset_to_utf8(arena, str_slice(text, 1, text.len), type, &result) == 0)
        FUZZ_CHECK(utf8_valid(result.text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(FUZZ_ARENA_BYTES);
    charsets(arena, str_make((const char *)data, size));
    arena_destroy(&arena);
    return 0;
}
