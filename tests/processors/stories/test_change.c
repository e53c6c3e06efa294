/* What a revision changed, and its class. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <string.h>

#include "base/buffer.h"
#include "processors/stories/change.h"

static const char *const story = "The dam above the town held through the night, engineers said on Tuesday, "
                                 "after three days of heavy rain.\n\n"
                                 "About 120 people left their homes as the water rose by two metres, and "
                                 "schools stayed closed in the whole valley.\n\n"
                                 "Anna Keller, who leads the repair team, said that the pillars would be "
                                 "checked again before the road is opened.\n\n"
                                 "Farmers in the district lost most of their crops, and the governor "
                                 "promised them help before the end of the month.";

static struct str replaced(struct arena *arena, const char *text, const char *old, const char *new)
{
    const char *at = strstr(text, old);
    assert_non_null(at);
    return arena_printf(arena, "%.*s%s%s", (int)(at - text), text, new, at + strlen(old));
}

static struct article_change compare(struct arena *arena, const char *title_before, struct str before,
                                     const char *title, struct str now)
{
    struct article_change change;
    assert_int_equal(change_compare(arena, str_from(title_before), before, str_from(title), now, &change), 0);
    return change;
}

static void tells_the_classes_apart(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct str before = str_from(story);
    struct article_change change = compare(arena, "Dam holds", before, "Dam holds", before);
    assert_string_equal(change.class, "metadata");
    change = compare(arena, "Dam holds", before, "Dam holds through night", before);
    assert_string_equal(change.class, "title");
    assert_true(change.title_changed);
    change = compare(arena, "T", before, "T", replaced(arena, story, "again", "once"));
    assert_string_equal(change.class, "minor");
    assert_int_equal(change.added_chars, 4);
    assert_int_equal(change.removed_chars, 5);
    change = compare(arena, "T", before, "T", replaced(arena, story, "120", "140"));
    assert_string_equal(change.class, "correction");
    change = compare(
        arena, "T", before, "T",
        arena_printf(arena, "%s\n\nCorrection: an earlier version of this story misnamed the river.", story));
    assert_string_equal(change.class, "correction");
    change = compare(
        arena, "T", before, "T",
        arena_printf(arena,
                     "%s\n\nOn Wednesday the road was opened to buses, and the first lorries followed in the "
                     "afternoon while soldiers cleared the last trees from the bridge.",
                     story));
    assert_string_equal(change.class, "update");
    assert_int_equal(change.removed_chars, 0);
    assert_true(change.added_chars > 80);
    change = compare(arena, "T", before, "T",
                     STR("Something else was written here by another person about other things."));
    assert_string_equal(change.class, "rewrite");
    arena_destroy(&arena);
}

static void moved_paragraphs_are_not_new_text(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article_change change = compare(arena, "T", STR("One two three.\n\nFour five six."), "T",
                                           STR("Four five six.\n\nOne two three."));
    assert_int_equal(change.added_chars, 0);
    assert_int_equal(change.removed_chars, 0);
    assert_string_equal(change.class, "minor");
    arena_destroy(&arena);
}

static void is_bounded_on_long_and_different_texts(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    _cleanup_buffer_ struct buffer a = {0}, b = {0};
    for (int i = 0; i < 50000; i++) {
        assert_int_equal(buffer_printf(&a, "w%d ", i), 0);
        assert_int_equal(buffer_printf(&b, "v%d%s", i, i % 2 ? " " : "\n\n"), 0);
    }
    struct article_change change = compare(arena, "T", buffer_str(&a), "T", buffer_str(&b));
    assert_string_equal(change.class, "rewrite");
    arena_destroy(&arena);
    arena = arena_create(4096);
    assert_int_equal(change_compare(arena, STR("T"), buffer_str(&a), STR("T"), buffer_str(&b), &change),
                     -ENOMEM);
    arena_destroy(&arena);
}

static void first_publications_have_no_class(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct article article = {.arena = arena, .revision = 1, .text = STR("x")};
    struct str note = STR_NONE;
    assert_int_equal(stage_change.process(NULL, &article, &note), 0);
    assert_null(article.change.class);
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_the_classes_apart),
        cmocka_unit_test(moved_paragraphs_are_not_new_text),
        cmocka_unit_test(is_bounded_on_long_and_different_texts),
        cmocka_unit_test(first_publications_have_no_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
