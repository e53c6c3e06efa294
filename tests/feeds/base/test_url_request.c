/* URLs that can be asked for: names with letters of any alphabet, ports, escapes, and the reasons why not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <locale.h>

#include "base/url.h"
#include "base/url_request.h"

static struct arena *arena;

static void assert_asked(const char *url, const char *wanted)
{
    struct error error = {0};
    struct str got = STR_NONE;
    if (url_for_request(arena, str_from(url), &got, &error))
        fail_msg("%s: %s", url, error.text);
    assert_string_equal(got.ptr, wanted);
}

static void assert_refused(const char *url, const char *reason)
{
    struct error error = {0};
    struct str got;
    if (url_for_request(arena, str_from(url), &got, &error) != -EINVAL)
        fail_msg("%s: not refused", url);
    if (!strstr(error.text, reason))
        fail_msg("%s: %s", url, error.text);
}

static void test_names_become_ascii_as_in_browsers(void **state)
{
    (void)state;
    static const char *const locales[] = {"C", "C.UTF-8"};
    for (size_t i = 0; i < 2; i++) {
        setlocale(LC_ALL, locales[i]);
        assert_asked("http://bücher.test/feed", "http://xn--bcher-kva.test/feed");
        assert_asked("http://BÜCHER.test:8080/feed?a", "http://xn--bcher-kva.test:8080/feed?a");
        assert_asked("http://bu\xCC\x88"
                     "cher.test",
                     "http://xn--bcher-kva.test/");
        assert_asked("https://straße.test/",
                     "https://xn--strae-oqa.test/"); /* not "strasse": non-transitional */
        assert_asked("https://me:pw@b%C3%BCcher.test/", "https://me:pw@xn--bcher-kva.test/");
        assert_asked("https://例え.テスト/一", "https://xn--r8jz45g.xn--zckzah/%E4%B8%80");
        assert_asked("https://пример.test。/", "https://xn--e1afmkfd.test./");
        assert_asked("http://xn--bcher-kva.test/", "http://xn--bcher-kva.test/");
    }
    setlocale(LC_ALL, "C");
}

static void test_what_is_ascii_stays(void **state)
{
    (void)state;
    assert_asked(" http://News_1.Example/a%c3?b=%20#c ", "http://News_1.Example/a%c3?b=%20#c");
    assert_asked("http://[::1]:80/", "http://[::1]:80/");
    assert_asked("http://[::1]?a", "http://[::1]/?a");
    assert_asked("http://news.example:/", "http://news.example/");
    assert_asked("ht\ntp://news.example/a b\x7F\xC3\xA9", "http://news.example/a%20b%7F%C3%A9");
}

static void test_what_cannot_be_asked_for_says_why(void **state)
{
    (void)state;
    assert_refused("ftp://news.example/", "no http or https");
    assert_refused("news.example", "no http or https");
    assert_refused("http://", "no host");
    assert_refused("http:///x", "no host");
    assert_refused("http://me@/x", "no host");
    assert_refused("http://news.example:65536/", "port 65536 is out of range");
    assert_refused("http://news.example:-1/", "port -1 is out of range");
    assert_refused("http://news.example:x/", "port x is out of range");
    assert_refused("http://ü‎-.example/", "the host name");
    assert_refused("http://a℀b.example/", "the host name");
    assert_refused("http://\xFF.example/", "UTF-8");
    assert_refused("http://\xE2\x80\x8B?q", "the host name"); /* an invisible space, which maps to nothing */
    assert_refused("http://a b.example/", "malformed");
    assert_refused("http://[::1/", "malformed");
    char *huge = arena_alloc(arena, URL_LENGTH_MAX + 2);
    memset(huge, 'a', URL_LENGTH_MAX + 1);
    memcpy(huge, "http://a/", 9);
    huge[URL_LENGTH_MAX + 1] = '\0';
    assert_refused(huge, "longer than 8192 bytes");
}

static void test_both_spellings_of_a_name_are_one_host(void **state)
{
    (void)state;
    assert_string_equal(url_host(arena, STR("http://BÜcher.test:8080/")).ptr, "xn--bcher-kva.test:8080");
    (void)url_host(arena, STR("http://\xE2\x80\x8B?q"));
    assert_string_equal(url_host(arena, STR("http://xn--bcher-kva.test/")).ptr, "xn--bcher-kva.test");
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(ARENA_CAP_DEFAULT);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_become_ascii_as_in_browsers),
        cmocka_unit_test(test_what_is_ascii_stays),
        cmocka_unit_test(test_what_cannot_be_asked_for_says_why),
        cmocka_unit_test(test_both_spellings_of_a_name_are_one_host),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
