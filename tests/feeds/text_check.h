/* text_check: what the tests of the parsers share: strings compared, and an arena for each test. */
#ifndef NEWSD_TESTS_FEEDS_TEXT_CHECK_H
#define NEWSD_TESTS_FEEDS_TEXT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/arena.h"
#include "base/str.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct arena *arena;

static inline int arena_setup(void **unused)
{
    (void)unused;
    arena = arena_create(ARENA_CAP_DEFAULT);
    return arena ? 0 : -1;
}

static inline int arena_teardown(void **unused)
{
    (void)unused;
    arena_destroy(&arena);
    return 0;
}

/* NULL as the wanted text means absent. */
static inline void check_text(struct str got, const char *wanted, const char *of, const char *file, int line)
{
    bool same = wanted ? got.ptr && str_equal(got, str_from(wanted)) : !got.ptr;
    if (same)
        return;
    print_error("%s\n  gives  %s%.*s\n  wanted %s\n", of, got.ptr ? "" : "(absent)", STR_ARG(got),
                wanted ? wanted : "(absent)");
    _fail(file, line);
}
#define assert_text(got, wanted) check_text((got), (wanted), #got, __FILE__, __LINE__)
/* The same in a table's loop: `of` is the input. */
#define assert_text_of(of, got, wanted) check_text((got), (wanted), (of), __FILE__, __LINE__)

/* `unit` written `count` times, in the arena. */
static inline struct str repeated(const char *unit, size_t count)
{
    size_t len = strlen(unit);
    char *text = arena_alloc(arena, len * count + 1);
    assert_non_null(text);
    for (size_t i = 0; i < count; i++)
        memcpy(text + i * len, unit, len);
    text[len * count] = '\0';
    return str_make(text, len * count);
}

#define TEST_ARENA(name) cmocka_unit_test_setup_teardown(name, arena_setup, arena_teardown)

#endif
