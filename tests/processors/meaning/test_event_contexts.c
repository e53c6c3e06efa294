/* What events are about: PLOVER's contexts by words, acts and roles; the lexicon's own mistakes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "processors/meaning/event_contexts.h"
#include "tests/support/read_article.h"

static const struct coded_event *find(const struct article *article, const char *code)
{
    for (size_t i = 0; i < article->events.count; i++)
        if (!strcmp(article->events.items[i].cameo, code))
            return &article->events.items[i];
    return NULL;
}

static void has_contexts(const struct article *article, const char *code, const char *wanted)
{
    const struct coded_event *event = find(article, code);
    struct str all = STR("");
    assert_non_null(event);
    for (size_t i = 0; i < event->context_count; i++)
        all = arena_printf(article->arena, "%.*s%s%.*s", STR_ARG(all), i ? " " : "",
                           STR_ARG(event->contexts[i]));
    assert_string_equal(arena_printf(article->arena, "%.*s", STR_ARG(all)).ptr, wanted);
}

static void test_contexts(void **unused)
{
    (void)unused;
    has_contexts(read_article("Russian forces shelled a hospital in Kharkiv."), "194", "military health");
    has_contexts(read_article("Iranian police arrested a journalist over the parliamentary election."), "173",
                 "legislative election rights_freedoms");
    has_contexts(read_article("The European Union imposed sanctions on Belarus."), "163", "economic");
    has_contexts(read_article("The Sudanese opposition demanded that the president resign."), "1041",
                 "executive");
}

static void test_context_lexicons_that_are_wrong(void **unused)
{
    static const struct {
        const char *text, *wanted;
    } list[] = {
        {"word military army\n", "test:1: a kind, a context, a colon and words are wanted"},
        {"# none\nnoun military: army\n", "test:2: word, act or role is wanted: 'noun'"},
        {"act military: DANCE\n", "test:1: no act is called so: 'DANCE'"},
        {"word a b: c\n", "test:1: a kind, a context"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        struct context_lexicon *lexicon = NULL;
        struct error error = {0};
        assert_int_equal(context_lexicon_create(&lexicon, "test", str_from(list[i].text), &error),
                         ERR_MALFORMED);
        assert_null(lexicon);
        if (!strstr(error.text, list[i].wanted))
            fail_msg("%s: %s", list[i].text, error.text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_contexts),
        cmocka_unit_test(test_context_lexicons_that_are_wrong),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
