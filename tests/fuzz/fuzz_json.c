/* fuzz_json: any text as damaged JSON. What comes out is not much larger and is UTF-8; where it begins with
 * an object or list, it stays as it is when it is repaired again. */
#include "fuzz/fuzz_check.h"

#include <errno.h>
#include <jansson.h>

#include "base/utf8.h"
#include "feeds/parse/repair_json.h"

enum { GROWTH_MAX = 6 }; /* "N" to "null," and a blank; "\'" and bad escapes grow less */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create((size_t)64 << 20);
    struct str text = utf8_repair(arena, fuzz_text(data, size, NULL));
    struct repair_result first, second;
    CHECK(repair_json(arena, text, &first) == 0);
    CHECK(utf8_valid(first.text) && first.text.len <= text.len * GROWTH_MAX);
    if (str_starts(first.text, STR("[")) || repair_json_start(first.text) == 0) {
        CHECK(repair_json(arena, first.text, &second) == 0);
        CHECK(str_equal(first.text, second.text) && !second.kinds);
    }
    arena_destroy(&arena);
    return 0;
}
