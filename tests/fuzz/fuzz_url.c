/* fuzz_url: references against bases, one line each. */
#include "fuzz/fuzz_check.h"

#include "base/url.h"
#include "base/url_request.h"

static void urls(struct arena *arena, struct str text)
{
    ptrdiff_t cut = str_find_byte(text, '\n', 0);
    struct str base = cut < 0 ? STR("https://news.example/a/b?c#d") : str_slice(text, 0, (size_t)cut);
    (void)url_resolve(arena, base, cut < 0 ? text : str_slice(text, (size_t)cut + 1, text.len));
    (void)url_host(arena, text);
    struct str asked;
    (void)url_for_request(arena, text, &asked, NULL);
    (void)url_without_credentials(arena, url_clean(arena, text));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(1 << 22);
    urls(arena, str_make((const char *)data, size));
    arena_destroy(&arena);
    return 0;
}
