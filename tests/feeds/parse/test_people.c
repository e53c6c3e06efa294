/* People in one line of text, as RSS and Dublin Core have them. */
#include "feeds/text_check.h"

#include "feeds/parse/people.h"
#include "tests/support/linear_time.h"

static void test_forms(void **unused)
{
    (void)unused;
    static const struct {
        const char *line, *name, *email;
    } cases[] = {
        {"Ann", "Ann", NULL},
        {"ann@a.example", NULL, "ann@a.example"},
        {"ann@a.example (Ann Other)", "Ann Other", "ann@a.example"},
        {"Ann Other (ann@a.example)", "Ann Other", "ann@a.example"},
        {"Ann Other <ann@a.example>", "Ann Other", "ann@a.example"},
        {"\"Ann Other\" <ann@a.example>", "Ann Other", "ann@a.example"},
        {"mailto:ann@a.example", NULL, "ann@a.example"},
        {"Ann+news@a.example", NULL, "Ann+news@a.example"},
        {"  ann@a.example  ", NULL, "ann@a.example"},
        {"<ann@a.example>", NULL, "ann@a.example"},
        {"ann@a.example ()", NULL, "ann@a.example"},
        {"ann@a.example, Ann", "Ann", "ann@a.example"},
        {"write to ann@a.example today", "write to ann@a.example today", "ann@a.example"},
        {"Ann @ the Paper", "Ann @ the Paper", NULL},
        {"@ann", "@ann", NULL},
        {"ann@", "ann@", NULL},
        {"@", "@", NULL},
        {"", NULL, NULL},
        {" \t ", NULL, NULL},
        {"J\xC3\xBCrgen <j\xC3\xBCrgen@b\xC3\xBC"
         "cher.example>",
         "J\xC3\xBCrgen",
         "j\xC3\xBCrgen@b\xC3\xBC"
         "cher.example"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct feed_person person = people_parse(str_from(cases[i].line));
        assert_text_of(cases[i].line, person.name, cases[i].name);
        assert_text_of(cases[i].line, person.email, cases[i].email);
        assert_null(person.url.ptr);
    }
}

static void test_the_same_person(void **unused)
{
    (void)unused;
    const struct feed_person ann = {.name = STR("Ann"), .email = STR("a@a.example")},
                             name = {.name = STR("Ann")}, mail = {.email = STR("a@a.example")},
                             other = {.name = STR("Ann"), .email = STR("b@a.example")}, none = {0},
                             home = {.name = STR("Ann"), .url = STR("http://a.example/")};
    assert_true(people_same(&ann, &name));
    assert_true(people_same(&ann, &mail));
    assert_true(people_same(&name, &home));
    assert_false(people_same(&ann, &other));
    assert_false(people_same(&name, &mail)); /* nothing in common */
    assert_false(people_same(&none, &none));
}

static void parse_people(const void *unit, size_t count)
{
    arena_reset(arena);
    (void)people_parse(repeated(unit, count));
}

static void test_long_lines_take_linear_time(void **unused)
{
    (void)unused;
    static const char *const units[] = {"@", "a@", "a", "(", "a@ ", ".", "a(", " <"};
    for (size_t i = 0; i < COUNT(units); i++)
        assert_linear(parse_people, units[i], 100000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST_ARENA(test_forms),
        TEST_ARENA(test_the_same_person),
        TEST_ARENA(test_long_lines_take_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
