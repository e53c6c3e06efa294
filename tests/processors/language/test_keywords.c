/* Keywords: the entities that an article is about, then words; whole articles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "processors/language/keywords.h"
#include "processors/language/salience.h"
#include "tests/support/linear_time.h"
#include "tests/support/read_article.h"

enum { FIRST_MAX = 4, NONE_MAX = 4 };

static const struct row {
    const char *why, *title, *publisher, *text;
    const char *first[FIRST_MAX]; /* the list begins with these */
    const char *some[NONE_MAX];   /* are somewhere in it */
    const char *none[NONE_MAX];   /* no keyword has this word */
} rows[] = {
    {.why = "often, in the title and in the first sentence",
     .title = "Santos rejects budget",
     .text =
         "President Maria Santos rejected the budget on Monday. Santos said that the budget was too large. "
         "Peter Novak, who had written the budget, was not there. The opposition asked Santos to resign.",
     .first = {"Maria Santos"},
     .some = {"budget"}},
    {.why = "what is named once and late is none",
     .title = "Santos rejects budget",
     .text = "President Maria Santos rejected the budget on Monday. Santos said that it was too large. "
             "She spoke for an hour. Much later Robert Hale came to the hall.",
     .first = {"Maria Santos"}},
    {.why = "the title before the text",
     .title = "Novak to meet Hale",
     .text = "The president was in Oslo. Oslo had invited Peter Novak and Robert Hale to the talks. Novak "
             "came first and Hale second.",
     .first = {"Peter Novak", "Robert Hale", "Oslo"}},
    {.why = "a country has the mentions of its people",
     .title = "Ferry sinks",
     .text = "A Kenyan ferry sank on Monday. Kenyans mourned in the streets. Peter Novak praised the crew. "
             "Kenya closed the port. A Kenyan judge will ask why.",
     .first = {"Kenya"},
     .some = {"ferry"},
     .none = {"Kenyan", "Kenyans"}},
    {.why = "a people alone stands as it is called",
     .title = "Ferry sinks",
     .text = "A Kenyan ferry sank on Monday. A Kenyan judge will ask why.",
     .first = {"Kenyan"}},
    {.why = "neither the publisher nor the agency",
     .title = "Novak resigns",
     .publisher = "BBC News",
     .text = "OSLO (Reuters) - Peter Novak resigned on Monday, the BBC said. Novak told Reuters and the BBC "
             "that he was tired. Reuters had no answer from his party.",
     .first = {"Peter Novak"},
     .none = {"BBC", "Reuters"}},
    {.why = "not the dateline's place alone",
     .title = "Novak resigns",
     .text = "OSLO (Reuters) - Peter Novak resigned on Monday. Novak said that he was tired.",
     .first = {"Peter Novak"},
     .none = {"Oslo", "OSLO"}},
    {.why = "the dateline's place where more is said of it",
     .title = "Storm hits coast",
     .text = "OSLO (Reuters) - A storm hit Oslo on Monday. The port of Oslo was closed.",
     .first = {"Oslo"}},
    {.why = "one name once",
     .title = "Houthi fighters attack",
     .text = "Houthi fighters attacked Marib on Monday. The Houthis said that the Houthi fighters had won. "
             "Marib is quiet.",
     .first = {"Houthi", "Marib"},
     .none = {"Houthis"}},
    {.why = "the longest name, and its words once",
     .title = "WHO sends doctors",
     .text = "The World Health Organization sent doctors to Kenya. The WHO said that the doctors would stay. "
             "Kenya thanked the WHO.",
     .first = {"World Health Organization", "Kenya", "doctors"},
     .none = {"WHO"}},
};

static bool holds_word(struct str text, const char *word)
{
    struct str part;
    while (str_split(&text, ' ', &part))
        if (str_equal(part, str_from(word)))
            return true;
    return false;
}

static struct article *read_row(const struct row *row)
{
    arena_reset(read_arena);
    struct article *article = arena_new(read_arena, struct article);
    assert_non_null(article);
    article->arena = read_arena;
    article->title = str_from(row->title);
    article->content_html = str_from(row->text);
    article->feed.publisher = row->publisher ? str_from(row->publisher) : STR_NONE;
    article->language_stated = STR("en");
    pipeline_run(read_pipeline, article);
    return article;
}

static void fail_row(const struct row *row, const struct article *article, const char *word)
{
    print_error("'%s' is wrong, %s; keywords:", word, row->why);
    for (size_t i = 0; i < article->keywords.count; i++)
        print_error(" '%.*s' %.2f", STR_ARG(article->keywords.items[i].text),
                    (double)article->keywords.items[i].weight);
    fail_msg("%s", "");
}

static void check_row(const struct row *row)
{
    const struct article *article = read_row(row);
    for (size_t i = 0; i < FIRST_MAX && row->first[i]; i++)
        if (i >= article->keywords.count ||
            !str_equal(article->keywords.items[i].text, str_from(row->first[i])))
            fail_row(row, article, row->first[i]);
    for (size_t i = 0; i < NONE_MAX && row->some[i]; i++) {
        bool found = false;
        for (size_t k = 0; k < article->keywords.count; k++)
            found |= str_equal(article->keywords.items[k].text, str_from(row->some[i]));
        if (!found)
            fail_row(row, article, row->some[i]);
    }
    for (size_t k = 0; k < article->keywords.count; k++)
        for (size_t i = 0; i < NONE_MAX && row->none[i]; i++)
            if (holds_word(article->keywords.items[k].text, row->none[i]))
                fail_row(row, article, row->none[i]);
}

static void test_entities_come_first(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        check_row(&rows[i]);
}

/* What is named once, late and not in the title says little of what the text is about. */
static void test_passing_names_are_none(void **unused)
{
    (void)unused;
    const struct article *article = read_row(&rows[1]);
    struct salience salience;
    assert_int_equal(salience_find(article, &salience), 0);
    for (size_t i = 0; i < salience.count; i++)
        assert_false(str_equal(salience.items[i].name, STR("Robert Hale")));
}

static void test_limits_and_weights(void **unused)
{
    (void)unused;
    const struct article *article = read_article(
        "Kenya, Uganda, Rwanda, Burundi, Ethiopia, Somalia, Sudan, Chad, Niger, Mali and Ghana met on Monday "
        "about the drought. The drought had lasted for years. Farmers asked for seeds, and for wells.");
    struct salience salience;
    assert_int_equal(salience_find(article, &salience), 0);
    assert_int_equal(salience.count, SALIENT_MAX);
    assert_true(article->keywords.count > SALIENT_MAX && article->keywords.count <= KEYWORDS_MAX);
    assert_true(article->keywords.items[0].weight > 0.999f);
    for (size_t i = 1; i < article->keywords.count; i++)
        assert_true(article->keywords.items[i].weight <= article->keywords.items[i - 1].weight);
}

/* A language without names has phrases alone, the best of which has 1. */
static void test_other_languages_stay(void **unused)
{
    (void)unused;
    arena_reset(read_arena);
    struct article *article = arena_new(read_arena, struct article);
    assert_non_null(article);
    article->arena = read_arena;
    article->content_html =
        STR("Der Damm \xC3\xBC"
            "ber der Stadt hielt die Nacht, sagten Ingenieure am Dienstag nach drei Tagen "
            "mit starkem Regen. Der Damm sei sicher, sagte der B\xC3\xBCrgermeister.");
    article->language_stated = STR("de");
    pipeline_run(read_pipeline, article);
    assert_int_equal(article->entities.count, 0);
    assert_true(article->keywords.count > 2);
    assert_true(str_equal(article->keywords.items[0].text, STR("Damm")));
    assert_true(article->keywords.items[0].weight > 0.999f);
}

/* It reads what these two found, and has no need of them. */
static void test_order_of_stages(void **unused)
{
    (void)unused;
    int keywords = pipeline_stage_find("keywords");
    assert_true(keywords > pipeline_stage_find("places"));
    assert_true(keywords > pipeline_stage_find("references"));
    assert_int_equal(pipeline_stages[keywords]->needs, GIFT_TEXT);
}

static void test_time_is_linear(void **unused)
{
    (void)unused;
    assert_linear(read_pieces,
                  "Kenyan Peter Novak of the World Health Organization met Robert Hale in Oslo. ", 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_entities_come_first), cmocka_unit_test(test_passing_names_are_none),
        cmocka_unit_test(test_limits_and_weights),  cmocka_unit_test(test_other_languages_stay),
        cmocka_unit_test(test_order_of_stages),     cmocka_unit_test(test_time_is_linear),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
