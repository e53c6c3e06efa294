/* fuzz_html_safe: safe HTML is safe already: a second pass changes nothing, and nothing that runs is in it.
 */
#include "base/utf8.h"
#include "feeds/html_safe.h"
#include "tests/fuzz/fuzz.h"

static void html(struct arena *arena, struct str text)
{
    if (!utf8_valid(text))
        return;
    struct str once = html_safe(arena, text, STR("https://news.example/a/"));
    if (!once.ptr)
        return;
    struct str twice = html_safe(arena, once, STR("https://news.example/a/"));
    FUZZ_CHECK(!twice.ptr || str_equal(once, twice));
    FUZZ_CHECK(str_find(once, STR("<script"), 0) < 0);
    FUZZ_CHECK(utf8_valid(once));
    (void)html_decode_references(arena, text);
    (void)html_resolve_urls(arena, text, STR("https://news.example/a/"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(FUZZ_ARENA_BYTES);
    html(arena, str_make((const char *)data, size));
    arena_destroy(&arena);
    return 0;
}
