/* fuzz_headers: the outbox's form of a record's headers. What was read must be written in a form that reads
 * the same, and fold into one valid object. */
#include "fuzz/fuzz_check.h"

#include <errno.h>
#include <jansson.h>

#include "base/utf8.h"
#include "processors/record/record.h"

static void check_round_trip(struct arena *arena, const struct record *record)
{
    struct record again = {0};
    struct str json;
    CHECK(record_headers_encode(arena, record, &json) == 0);
    CHECK(record_headers_decode(arena, json, again.headers, &again.header_count) == 0);
    CHECK(again.header_count == record->header_count);
    for (size_t i = 0; i < again.header_count; i++) {
        CHECK(strcmp(again.headers[i].name, record->headers[i].name) == 0);
        CHECK(str_equal(again.headers[i].value, record->headers[i].value));
    }
}

static void check_folded(struct arena *arena, const struct record *record)
{
    struct str value = STR_NONE;
    int code = record_structured(arena, record, &value);
    CHECK(code == 0 || (code == ERR_RECORD && !record->header_count));
    json_t *root = code ? NULL : json_loadb(value.ptr, value.len, 0, NULL);
    CHECK(code || (utf8_valid(value) && json_is_object(json_object_get(root, "data"))));
    json_decref(root);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(1 << 24);
    struct record record = {.value = STR("{\"uri\":\"a\"}")};
    int code =
        record_headers_decode(arena, fuzz_text(data, size, NULL), record.headers, &record.header_count);
    CHECK(code == 0 || code == ERR_RECORD);
    CHECK(record.header_count <= RECORD_HEADERS_MAX);
    if (!code) {
        check_round_trip(arena, &record);
        check_folded(arena, &record);
    }
    arena_destroy(&arena);
    return 0;
}
