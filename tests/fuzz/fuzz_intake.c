/* fuzz_intake: a first line of settings, then an intake payload: "s" a small arena, "r" a revision, "w"
 * withdrawn, "o" seen in another feed. A payload that is taken must become an article and a record. */
#include "fuzz/fuzz_article.h"

enum { ARENA_BYTES = 256 << 20, ARENA_BYTES_SMALL = 200 << 10 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str letters, payload = fuzz_text(data, size, &letters);
    bool small = str_find_byte(letters, 's', 0) >= 0, revised = str_find_byte(letters, 'r', 0) >= 0;
    struct article_sighting sighting = {STR("g"), STR("https://b.example/feed"), STR("e"), 1700000000000};
    struct arena *arena = arena_create(small ? ARENA_BYTES_SMALL : ARENA_BYTES);
    struct intake_item item = {
        .article_id = STR("0123456789abcdef0123456789abcdef"),
        .revision = revised ? 2 : 1,
        .kind = revised ? ARTICLE_REVISED : ARTICLE_PUBLISHED,
        .first_created_ms = 1800000000000,
        .payload = payload,
        .seen_in = &sighting,
        .seen_in_count = str_find_byte(letters, 'o', 0) >= 0,
        .previous_title = revised ? STR("Storm closes the harbour") : STR_NONE,
        .previous_text = revised ? STR("The harbour was closed on Monday.\n\nIt opens again.") : STR_NONE,
    };
    if (str_find_byte(letters, 'w', 0) >= 0)
        item.kind = ARTICLE_WITHDRAWN;
    (void)fuzz_article(arena, &item); /* damaged payloads are refused: that is no fault */
    arena_destroy(&arena);
    return 0;
}
