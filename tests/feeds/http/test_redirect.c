/* Where redirects lead, and which are not followed. */
#include "feeds/text_check.h"

#include "feeds/http/redirect.h"

static const char *target_of(const char *first, const char *current, const char *location,
                             enum fetch_error wanted)
{
    struct error words = {0};
    struct str url = STR("");
    enum fetch_error error =
        redirect_target(arena, str_from(first), str_from(current), str_from(location), &url, &words);
    if (error != wanted)
        fail_msg("%s: %s, %s", location, fetch_error_name(error), words.text);
    return error == FETCH_ERROR_NONE ? url.ptr : arena_printf(arena, "%s", words.text).ptr;
}

static void test_targets_are_resolved_and_made_ready(void **unused)
{
    (void)unused;
    static const char *const cases[][2] = {
        {"/c", "https://a.example/c"},
        {"c d/\xC3\xBC", "https://a.example/b/c%20d/%c3%bc"}, /* libcurl writes small digits */
        {"//c.example", "https://c.example/"},
        {"?x", "https://a.example/b/?x"},
        {"http://b\xC3\xBC"
         "cher.test/1",
         "http://xn--bcher-kva.test/1"},
        {"ht\ttps://c.example/", "https://c.example/"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(
            target_of("https://a.example/", "https://a.example/b/", cases[i][0], FETCH_ERROR_NONE),
            cases[i][1]);
}

static void test_passwords_stay_at_home(void **unused)
{
    (void)unused;
    static const char *const cases[][3] = {
        {"https://me:pw@a.example/1", "/2", "https://me:pw@a.example/2"},
        {"https://me:pw@a.example/1", "https://A.example/2", "https://me:pw@A.example/2"},
        {"https://me:pw@a.example/1", "https://b.example/2", "https://b.example/2"},
        {"https://me:pw@a.example/1", "https://a.example:8443/2", "https://a.example:8443/2"},
        {"https://me:pw@a.example/1", "http://a.example/2", "http://a.example/2"},
        {"https://b.example/1", "https://a.example/2", "https://me:pw@a.example/2"}, /* and back again */
        {"https://b.example/1", "https://you:pw@c.example/2", "https://c.example/2"},
        {"https://b.example/1", "https://you:pw@b.example/2", "https://you:pw@b.example/2"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_string_equal(
            target_of("https://me:pw@a.example/1", cases[i][0], cases[i][1], FETCH_ERROR_NONE), cases[i][2]);
}

static void test_what_is_not_followed_names_its_target(void **unused)
{
    (void)unused;
    static const struct {
        const char *location, *words;
        enum fetch_error error;
    } cases[] = {
        {"file:///etc/passwd", "leads to file:///etc/passwd,", FETCH_ERROR_REDIRECT_SCHEME},
        {"java\tscript:alert(1)", "leads to javascript:alert(1),", FETCH_ERROR_REDIRECT_SCHEME},
        {"ftp://me:pw@b.example/", "leads to ftp://b.example/,", FETCH_ERROR_REDIRECT_SCHEME},
        {"http://b.example:0/", "leads to http://b.example:0/: the port 0", FETCH_ERROR_REDIRECT_URL},
        {"http://", "no host", FETCH_ERROR_REDIRECT_URL},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char *words =
            target_of("http://a.example/", "http://a.example/", cases[i].location, cases[i].error);
        if (!strstr(words, cases[i].words))
            fail_msg("%s: %s", cases[i].location, words);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_targets_are_resolved_and_made_ready, arena_setup,
                                        arena_teardown),
        cmocka_unit_test_setup_teardown(test_passwords_stay_at_home, arena_setup, arena_teardown),
        cmocka_unit_test_setup_teardown(test_what_is_not_followed_names_its_target, arena_setup,
                                        arena_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
