/* fuzz_opml: any bytes; a list that was read must be written in a form that reads the same. */
#include "fuzz/fuzz_check.h"

#include <errno.h>

#include "feeds/parse/opml.h"

static void check_round_trip(struct arena *arena, const struct opml *list)
{
    struct buffer buffer = {0};
    struct opml again;
    struct error words;
    CHECK(opml_write(&buffer, list) == 0);
    CHECK(opml_parse(arena, buffer_str(&buffer), &again, &words) == 0);
    CHECK(again.feed_count == list->feed_count && again.problem_count == 0);
    for (size_t i = 0; i < list->feed_count; i++) {
        CHECK(str_equal(again.feeds[i].url, list->feeds[i].url));
        CHECK(str_equal(again.feeds[i].include, list->feeds[i].include));
        CHECK(str_equal(again.feeds[i].category, list->feeds[i].category));
        CHECK(str_equal(again.feeds[i].html_url, list->feeds[i].html_url));
    }
    buffer_done(&buffer);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_create(1 << 24);
    struct opml list;
    struct error words;
    int error = opml_parse(arena, fuzz_text(data, size, NULL), &list, &words);
    CHECK(error == 0 || error == ERR_MALFORMED || error == -ENOMEM);
    if (!error)
        check_round_trip(arena, &list);
    arena_destroy(&arena);
    return 0;
}
