/* Language identification against what is stated, and keywords. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "processors/language/identify.h"
#include "processors/language/keywords.h"

static const char *const english =
    "The dam above the town held through the night, engineers said on Tuesday, after three days of "
    "heavy rain in the north. About a hundred people left their homes as the water rose.";
static const char *const german =
    "Der Damm über der Stadt hielt die Nacht über stand, sagten Ingenieure am Dienstag nach drei Tagen "
    "mit starkem Regen im Norden. Rund hundert Menschen verließen ihre Häuser, als das Wasser stieg.";

static void check(const char *text, const char *stated, const char *expected)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct language_answer answer =
        language_identify(arena, STR_NONE, str_from(text), stated ? str_from(stated) : STR_NONE);
    if (!str_equal(answer.code, expected ? str_from(expected) : STR_NONE))
        fail_msg("'%s' stated %s: '%.*s', expected %s", text, stated ? stated : "nothing",
                 STR_ARG(answer.code), expected ? expected : "nothing");
    assert_true(answer.confidence >= 0 && answer.confidence <= 1);
    arena_destroy(&arena);
}

static void weighs_text_against_statement(void **state)
{
    (void)state;
    check(english, NULL, "en");
    check(german, NULL, "de");
    check(english, "en-gb", "en-GB");
    check(german, "en", "de");        /* a wrong label does not win over a clear text */
    check("Goal!", "pt-BR", "pt-BR"); /* too short to tell */
    check("", "fr", "fr");
    check("", NULL, NULL);
    check("12 34 56", "iw", "he");
    check(english, "not a tag!", "en");
}

static void writes_tags_as_bcp47(void **state)
{
    (void)state;
    static const char *const rows[][2] = {{"EN_us", "en-US"},
                                          {"zh-hant-tw", "zh-Hant-TW"},
                                          {"in", "id"},
                                          {"de", "de"},
                                          {"english", "english"},
                                          {"x", ""},
                                          {"", ""},
                                          {"und", ""}};
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct str tag = language_tag(arena, str_from(rows[i][0]));
        if (!str_equal(tag, str_from(rows[i][1])))
            fail_msg("'%s' gave '%.*s'", rows[i][0], STR_ARG(tag));
    }
    arena_destroy(&arena);
}

static bool has_keyword(const struct article *article, const char *text)
{
    for (size_t i = 0; i < article->keywords.count; i++)
        if (str_equal(article->keywords.items[i].text, str_from(text)))
            return true;
    return false;
}

static void finds_keywords(void **state)
{
    (void)state;
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct lexicon *lexicon = NULL;
    struct error error;
    assert_int_equal(lexicon_create(&lexicon, stop_word_lists, &error), 0);
    struct article article = {
        .arena = arena,
        .language = STR("en"),
        .title = STR("Marlow dam holds after flood"),
        .text = STR("The Marlow dam held on Tuesday. Anna Keller said that the dam was safe, but that the "
                    "flood could come back. "
                    "After the flood in May, Anna Keller asked the council for money. The council said no."),
    };
    assert_int_equal(keywords_find(lexicon, &article), 0);
    assert_true(article.keywords.count > 2 && article.keywords.count <= KEYWORDS_MAX);
    assert_true(has_keyword(&article, "Anna Keller"));
    assert_true(has_keyword(&article, "flood"));
    assert_false(has_keyword(&article, "Tuesday"));
    assert_false(has_keyword(&article, "said"));
    assert_true(article.keywords.items[0].weight > 0.999f);
    for (size_t i = 1; i < article.keywords.count; i++)
        assert_true(article.keywords.items[i].weight <= article.keywords.items[i - 1].weight);
    article.text = STR("水库大坝没有倒塌。水库大坝昨天开放。");
    article.title = STR_NONE;
    article.language = STR("zh");
    assert_int_equal(keywords_find(lexicon, &article), 0);
    assert_true(has_keyword(&article, "水库大坝"));
    article.text = STR("!!! ...");
    assert_int_equal(keywords_find(lexicon, &article), 0);
    assert_int_equal(article.keywords.count, 0);
    lexicon_destroy(&lexicon);
    arena_destroy(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(weighs_text_against_statement),
        cmocka_unit_test(writes_tags_as_bcp47),
        cmocka_unit_test(finds_keywords),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
