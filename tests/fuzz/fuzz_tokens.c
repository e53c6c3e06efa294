/* Text of any bytes into tokens: in order, none empty, none within another, nothing but white space between
 * them. */
#include "base/utf8.h"
#include "fuzz/fuzz_check.h"
#include "processors/language/tokens.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct str text = utf8_repair(arena, str_make((const char *)data, size));
    struct token_list list = {0};
    size_t end = 0;
    CHECK(tokens_find(arena, text, 0, text.len, &list) == 0);
    for (size_t i = 0; i < list.count; i++) {
        CHECK(list.items[i].start >= end && list.items[i].start < list.items[i].end);
        for (size_t at = end; at < list.items[i].start; at++)
            CHECK((unsigned char)text.ptr[at] <= ' ' || (unsigned char)text.ptr[at] >= 0x80);
        end = list.items[i].end;
    }
    CHECK(end <= text.len);
    arena_destroy(&arena);
    return 0;
}
