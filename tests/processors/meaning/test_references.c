/* References: pronouns by gender and place, descriptions by role; acronyms and short names are joined. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "processors/article_words.h"
#include "processors/meaning/genders.h"
#include "tests/support/linear_time.h"
#include "tests/support/read_article.h"

/* Which entity the n-th appearance of the word means; its name, or none. */
static struct str meant(const struct article *article, const char *word, int nth)
{
    for (size_t i = 0; i < article->tokens.count; i++) {
        const struct token *token = &article->tokens.items[i];
        if (str_equal(str_slice(article->text, token->start, token->end), str_from(word)) && nth-- == 0)
            return article->token_entities[i] ? article->entities.items[article->token_entities[i] - 1].name
                                              : STR_NONE;
    }
    fail_msg("no %s", word);
    return STR_NONE;
}

static void check(const struct article *article, const char *word, int nth, const char *name)
{
    struct str found = meant(article, word, nth);
    if (!str_equal(found, str_from(name)))
        fail_msg("%s means '%.*s', not '%s'", word, STR_ARG(found), name);
}

static void test_pronouns_by_gender(void **unused)
{
    (void)unused;
    const struct article *article = read_article("President Maria Santos met Robert Hale in Lima on Friday. "
                                                 "She offered him a deal. He did not take it.");
    check(article, "She", 0, "Maria Santos");
    check(article, "him", 0, "Robert Hale");
    check(article, "He", 0, "Robert Hale");
}

static void test_subjects_go_on(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Peter Novak accused Robert Hale of lying. He said the figures were wrong.");
    check(article, "He", 0, "Peter Novak");
}

static void test_descriptions(void **unused)
{
    (void)unused;
    const struct article *article = read_article(
        "Foreign Minister Maria Santos met ambassador Robert Hale in Lima. The minister was late. "
        "The ambassador waited. The World Health Organization sent doctors. The organization is short "
        "of money.");
    check(article, "minister", 0, "Maria Santos");
    check(article, "ambassador", 1, "Robert Hale");
    check(article, "organization", 0, "World Health Organization");
}

static void test_descriptions_of_states_and_towns(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Cyprus will buy helicopters from France, the defence ministry said in Nicosia on "
                     "Monday. The government hopes to have "
                     "them by May. The island has had none since 2019, Cyprus Airways recalled, and the "
                     "country is not rich.");
    check(article, "government", 0, "Cyprus");
    check(article, "island", 0, "Cyprus");
    check(article, "country", 0, "Cyprus");
}

static void test_descriptions_of_organisations(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Gazprom cut deliveries to Bulgaria on Monday. The company blamed a broken pump. "
                     "The Maldivian Democratic Party lost two seats. The party will ask for a recount.");
    check(article, "company", 0, "Gazprom");
    check(article, "party", 0, "Maldivian Democratic Party");
}

static void test_things(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("The Revolutionary Guards fired missiles at Idlib on Monday. They said they had hit two "
                     "camps. Japan protested. It "
                     "recalled its ambassador.");
    check(article, "It", 0, "Japan");
    check(article, "its", 0, "Japan");
}

static void test_what_is_doubtful_is_left_alone(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Robert Hale went home. It is clear that the minister of finance "
                     "lied. She was not seen.");
    assert_int_equal(meant(article, "It", 0).len, 0);
    assert_int_equal(meant(article, "minister", 0).len, 0);
    assert_int_equal(meant(article, "She", 0).len, 0);
}

static void test_acronyms_and_short_names(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("The World Health Organization (WHO) sent doctors to Peru, John Smith said. The WHO has "
                     "offices there, Smith added.");
    check(article, "WHO", 1, "World Health Organization");
    check(article, "Smith", 1, "John Smith");
}

static void test_surnames_of_several_words(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Finance Minister Kwabena Oduro-Mensah told reporters in Accra that it was over. The "
                     "envoy met Oduro-Mensah on Saturday. Mary Mensah left.");
    check(article, "Oduro", 1, "Kwabena Oduro-Mensah");
    check(article, "Mensah", 2, "Mary Mensah");
}

static void test_short_forms_in_brackets_and_with_stops(void **unused)
{
    (void)unused;
    const struct article *article = read_article("The Authentic Radical Liberal Party (PLRA) of Paraguay met "
                                                 "the European Union. The PLRA thanked the EU. The "
                                                 "United States praised the party, and a U.S. envoy left.");
    check(article, "PLRA", 0, "Authentic Radical Liberal Party");
    check(article, "PLRA", 1, "Authentic Radical Liberal Party");
    check(article, "EU", 0, "European Union");
    check(article, "U.S.", 0, "United States");
}

static void test_names_within_names(void **unused)
{
    (void)unused;
    const struct article *article = read_article("Eugenia Landaeta Mirabal met Siddiq al-Ghariani in "
                                                 "Caracas. Landaeta then left. Al-Ghariani stayed.");
    check(article, "Landaeta", 1, "Eugenia Landaeta Mirabal");
    check(article, "Al", 0, "Siddiq al-Ghariani");
    article = read_article("The minister, Eugenia Landaeta Mirabal, met the lawyer Pedro Landaeta Ruiz in "
                           "the capital. Landaeta then left the building.");
    check(article, "Landaeta", 2, "Landaeta");
}

static void test_given_names(void **unused)
{
    (void)unused;
    assert_int_equal(gender_of_given_name(STR("wendy")), GENDER_FEMALE);
    assert_int_equal(gender_of_given_name(STR("aaron")), GENDER_MALE);
    assert_int_equal(gender_of_given_name(STR("zoran")), GENDER_MALE);
    assert_int_equal(gender_of_given_name(STR("qwertz")), GENDER_UNKNOWN);
}

/* Whom of those without a name the n-th appearance of the word means: the words that spoke of them first. */
static void check_unnamed(const struct article *article, const char *word, int nth, const char *words)
{
    for (size_t i = 0; i < article->tokens.count; i++) {
        const struct token *token = &article->tokens.items[i];
        if (!str_equal(str_slice(article->text, token->start, token->end), str_from(word)) || nth-- > 0)
            continue;
        uint32_t number = article->token_unnamed[i];
        struct str found =
            number ? article_words(article, article->unnamed.items[number - 1].span) : STR("nobody");
        if (!str_equal(found, str_from(words)))
            fail_msg("%s means '%.*s', not '%s'", word, STR_ARG(found), words);
        return;
    }
    fail_msg("no %s", word);
}

static void test_those_without_a_name(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Mali freed 49 Ivorian soldiers on Friday. The soldiers said they were well.");
    check_unnamed(article, "soldiers", 0, "49 Ivorian soldiers");
    check_unnamed(article, "soldiers", 1, "49 Ivorian soldiers");
    check_unnamed(article, "they", 0, "49 Ivorian soldiers");
    assert_int_equal(article->token_entities[article->unnamed.items[0].head], 0);
    article = read_article("A gunman opened fire in a bar in Porto. Police said he had fled.");
    check_unnamed(article, "he", 0, "A gunman");
}

static void test_several_together(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Guyana and Venezuela agreed on Thursday to leave force aside. They will meet again in "
                     "May. Brazil thanked the two neighbours.");
    check_unnamed(article, "They", 0, "Guyana and Venezuela");
    check_unnamed(article, "neighbours", 0, "Guyana and Venezuela");
}

static void test_hostile_text_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const pieces[] = {
        "He met Ann Lee. ",    "the minister ", "John Smith, head of the ", "ACB, A B C, ",
        "of the head of the ", "it its ",       "Soldiers shot gunmen. ",   "the rebels, they "};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        assert_linear(read_pieces, pieces[i], 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_pronouns_by_gender),
        cmocka_unit_test(test_subjects_go_on),
        cmocka_unit_test(test_descriptions),
        cmocka_unit_test(test_descriptions_of_states_and_towns),
        cmocka_unit_test(test_descriptions_of_organisations),
        cmocka_unit_test(test_things),
        cmocka_unit_test(test_what_is_doubtful_is_left_alone),
        cmocka_unit_test(test_acronyms_and_short_names),
        cmocka_unit_test(test_surnames_of_several_words),
        cmocka_unit_test(test_short_forms_in_brackets_and_with_stops),
        cmocka_unit_test(test_names_within_names),
        cmocka_unit_test(test_given_names),
        cmocka_unit_test(test_those_without_a_name),
        cmocka_unit_test(test_several_together),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
