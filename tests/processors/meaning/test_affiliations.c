/* Affiliations: of which country people are where no word of their role says it, and of which organisation.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "tests/support/linear_time.h"
#include "tests/support/read_article.h"

static const struct article_entity *person(const struct article *article, const char *name)
{
    for (size_t i = 0; i < article->entities.count; i++)
        if (str_equal(article->entities.items[i].name, str_from(name)))
            return &article->entities.items[i];
    fail_msg("no %s", name);
    return NULL;
}

static void check(const struct article *article, const char *name, const char *country)
{
    const struct article_entity *found = person(article, name);
    if (strcmp(found->affiliation, country) != 0)
        fail_msg("%s is of '%s', not '%s'", name, found->affiliation, country);
}

static void test_what_the_role_says_stands(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Kenya closed the border on Monday. Ugandan Foreign Minister Grace Okello protested in "
                     "Nairobi, where she met Prime Minister Daniel Kiprono.");
    check(article, "Grace Okello", "UG");
    check(article, "Daniel Kiprono", "KE");
}

static void test_the_counterpart_is_of_another_country(void **unused)
{
    (void)unused;
    const struct article *article = read_article(
        "Britain demanded on Friday that Iran release the ship. Foreign Secretary Julian Ravenhurst "
        "told his Iranian counterpart by telephone that he was disappointed. London will wait.");
    check(article, "Julian Ravenhurst", "GB");
}

static void test_its_minister_is_of_the_country_that_it_means(void **unused)
{
    (void)unused;
    const struct article *article = read_article(
        "Belgium, through its development minister Griet Vanhoutte, suspended aid to Burundi on Tuesday.");
    check(article, "Griet Vanhoutte", "BE");
}

static void test_its_spokesman_is_of_the_organisation(void **unused)
{
    (void)unused;
    const struct article *article = read_article(
        "The World Health Organization sent doctors to Chad on Monday. Its spokeswoman, Ana Ruiz, "
        "said they would stay.");
    uint32_t number = person(article, "Ana Ruiz")->role.organisation;
    assert_int_not_equal(number, 0);
    assert_true(str_equal(article->entities.items[number - 1].name, STR("World Health Organization")));
}

static void test_who_holds_an_office_where_the_sentence_plays(void **unused)
{
    (void)unused;
    const struct article *article = read_article(
        "ALGIERS - Algeria closed its airspace on Monday.\n\nIn Paris, Foreign Minister Jeanne Martin "
        "condemned the decision.");
    check(article, "Jeanne Martin", "FR");
}

static void test_without_a_country_there_is_none(void **unused)
{
    (void)unused;
    const struct article *article = read_article("The mayor, Ana Ruiz, opened the bridge on Monday.");
    check(article, "Ana Ruiz", "");
}

static void test_hostile_text_takes_linear_time(void **unused)
{
    static const char *const texts[] = {"Minister Ana Ruiz of Peru met Chad. ",
                                        "President Ana Ruiz, Paris, President Robert Hale, Lima, ",
                                        "Kenya, Chad, Mali, Peru, its minister Ana Ruiz, "};
    (void)unused;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        assert_linear(read_pieces, texts[i], 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_role_says_stands),
        cmocka_unit_test(test_the_counterpart_is_of_another_country),
        cmocka_unit_test(test_its_minister_is_of_the_country_that_it_means),
        cmocka_unit_test(test_its_spokesman_is_of_the_organisation),
        cmocka_unit_test(test_who_holds_an_office_where_the_sentence_plays),
        cmocka_unit_test(test_without_a_country_there_is_none),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
