/* fuzz_page: a first line that is the Content-Type ("s" in front of it: a small arena), then a page's bytes.
 * The page must become an article and a record as if it had been fetched. */
#include "fuzz/fuzz_article.h"

#include "processors/html/page_charset.h"

enum { ARENA_BYTES = 256 << 20, ARENA_BYTES_SMALL = 400 << 10 };

static const char payload[] =
    "{\"feed\":{\"id\":\"f\",\"url\":\"https://a.example/feed\",\"title\":\"A\"},\"entry_id\":\"e\","
    "\"entry\":{\"title\":\"Storm closes the harbour\",\"link\":\"https://a.example/n/1\","
    "\"summary\":{\"type\":\"text/html\",\"value\":\"<p>The harbour of Bergen stayed closed.</p>\"}},"
    "\"fetched\":\"2026-03-01T10:00:00Z\"}";

static struct str text_of(struct arena *arena, struct str page, struct str content_type)
{
    struct charset_result result = {0};
    int code = page_to_utf8(arena, page, content_type, &result);
    CHECK(code == 0 || code == -ENOMEM);
    return code ? STR_NONE : result.text;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str content_type, page = fuzz_text(data, size, &content_type);
    bool small = str_starts(content_type, STR("s"));
    struct arena *arena = arena_create(small ? ARENA_BYTES_SMALL : ARENA_BYTES);
    struct intake_item item = {
        .article_id = STR("0123456789abcdef0123456789abcdef"),
        .revision = 1,
        .first_created_ms = 1800000000000,
        .payload = STR(payload),
        .page = text_of(arena, page, str_slice(content_type, small, content_type.len)),
        .page_url = STR("https://a.example/n/1"),
        .page_status = 200,
    };
    bool done = fuzz_article(arena, &item);
    CHECK(done || small);
    arena_destroy(&arena);
    return 0;
}
