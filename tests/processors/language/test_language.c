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

static struct language_model *model;

static int open_model(void **state)
{
    struct error error;
    (void)state;
    return language_model_create(&model, "processors/models", &error);
}

static int close_model(void **state)
{
    (void)state;
    language_model_destroy(&model);
    return 0;
}

static void check(const char *text, const char *stated, const char *expected)
{
    struct arena *arena = arena_create(ARENA_CAP_DEFAULT);
    struct language_answer answer =
        language_identify(model, arena, STR_NONE, str_from(text), stated ? str_from(stated) : STR_NONE);
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

static void tells_near_languages_apart_by_words_and_letters(void **state)
{
    (void)state;
    check("Koncert i Lirana: Fredag den 12. september spiller Mads Ronne Kvartet i huset bag biblioteket med "
          "musik af Nielsen og Gade.",
          NULL, "da");
    check("Konsert i Lirana: Fredag 12. september spiller Mads Ronne Kvartett i huset bak biblioteket med "
          "musikk av Nielsen og Gade.",
          NULL, "no");
    check(
        "Konsert i Lirana: Fredag den 12 september spelar Mads Ronne Kvartett bakom biblioteket med musik av "
        "Nielsen och Gade från Lund.",
        NULL, "sv");
    check("Concierto en Lirana: Pedro Gomes y Ana Nogueira tocan el sábado en el salón municipal con músicos "
          "de "
          "Vigo.",
          NULL, "es");
    check("Concerto en Lirana: Pedro Gomes e Ana Nogueira tocan o sábado no salón municipal cos músicos de "
          "Vigo, "
          "nunha noite moi longa.",
          NULL, "gl");
    check("Koncert na trgu: Petar Horvat, Ivan Kralj i Ana Novak sviraju u subotu, 12. rujna, prije "
          "utakmice, što "
          "je lijepo za tko zna koga.",
          NULL, "hr");
    check("Vlada je u sredu rekla da će pre izbora biti mesta za sve, ali ne zna gde će posle toga biti deca "
          "i koliko vremena ima.",
          NULL, "sr");
    check("Konser di Jakarta: Siti Rahman dan Ahmad Fauzi akan bernyanyi karena ingin bisa.", NULL, "id");
    check("Konsert di Johor: Siti Rahman dan Ahmad Fauzi akan menyanyi kerana ramai mahu.", NULL, "ms");
    check("Концерт в Скопие: Петър Иванов и Ана Стоянова ще свирят в събота във залата.", NULL, "bg");
    check("Канцэрт у Ліране: Пётр Іваненка і Ганна Шаўчук іграюць у суботу ў зале ўніверсітэта.", NULL, "be");
}

static void stated_language_is_evidence_among_near_ones(void **state)
{
    (void)state;
    const char *names =
        "Mads Nielsen, Kari Hansen, Ole Jensen, Lise Berg, Hans Petersen, Anna Dahl, Per Lund";
    check(names, "da", "da");
    check(names, "nb", "nb");
    check("Koncerter i byen blev meget store efter at regeringen igen gav nogle af pengene ud, sagde hun, og "
          "nu "
          "skal noget nyt op at stå uden støtte.",
          "nb", "da");
    check("El presidente dijo ayer que los años más difíciles del país han pasado y que no hay otra crisis.",
          "es-MX", "es-MX");
    check("Vlada je u srijedu rekla što će biti, a gdje će tko biti tijekom rujna nije kazala.", "sh", "sh");
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
        cmocka_unit_test(tells_near_languages_apart_by_words_and_letters),
        cmocka_unit_test(stated_language_is_evidence_among_near_ones),
        cmocka_unit_test(writes_tags_as_bcp47),
        cmocka_unit_test(finds_keywords),
    };
    return cmocka_run_group_tests(tests, open_model, close_model);
}
