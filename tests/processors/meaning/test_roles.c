/* Roles: before the name, behind it, before a comma, with "is"; classes, holds, whose; and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "processors/meaning/role_words.h"
#include "tests/support/read_article.h"

static const struct article_entity *person(const struct article *article, const char *name)
{
    for (size_t i = 0; i < article->entities.count; i++)
        if (article->entities.items[i].type == NAME_PERSON &&
            str_equal(article->entities.items[i].name, str_from(name)))
            return &article->entities.items[i];
    fail_msg("nobody is called %s", name);
    return NULL;
}

static void check(const char *text, const char *name, const char *role, enum role_class class)
{
    const struct article_entity *entity = person(read_article(text), name);
    if (!str_equal(entity->role.text, str_from(role)) || entity->role.class != class)
        fail_msg("%s is '%.*s' (%s), not '%s' (%s)", name, STR_ARG(entity->role.text),
                 role_class_text(entity->role.class), role, role_class_text(class));
}

static void test_before_the_name(void **unused)
{
    (void)unused;
    check("Kenyan Deputy Foreign Minister Martha Koome met farmers on Monday.", "Martha Koome",
          "Kenyan Deputy Foreign Minister", ROLE_MINISTER);
    check("The visit of Secretary of State Robert Hale ended on Friday.", "Robert Hale", "Secretary of State",
          ROLE_MINISTER);
    check("Police spokeswoman Maria Lopez said two people were hurt.", "Maria Lopez", "Police spokeswoman",
          ROLE_SPOKESPERSON);
    check("The strike was called by union leader Jean Dupont last week.", "Jean Dupont", "union leader",
          ROLE_ACTIVIST);
    check("Critics of Prime Minister Dr. Peter Novak walked out.", "Peter Novak", "Prime Minister Dr.",
          ROLE_HEAD_OF_GOVERNMENT);
}

static void test_titles_cut_short(void **unused)
{
    (void)unused;
    check("Sen. Maria Lopez agreed on Monday.", "Maria Lopez", "Sen.", ROLE_LEGISLATOR);
    check("The bill was signed by Gov. Peter Novak.", "Peter Novak", "Gov.", ROLE_REGIONAL);
    check("Lt. Col. Anna Larsen left the base.", "Anna Larsen", "Lt. Col.", ROLE_MILITARY);
    check("The Rev. Thomas Berg prayed with them.", "Thomas Berg", "Rev.", ROLE_RELIGIOUS);
}

static void test_behind_the_name(void **unused)
{
    (void)unused;
    check("Elena Petrova, head of the country's election commission, rejected the claims.", "Elena Petrova",
          "head of the country's election commission", ROLE_OFFICIAL);
    check("James Okoro, 45, a teacher from Lagos, said he had waited for hours.", "James Okoro",
          "teacher from Lagos", ROLE_EXPERT);
    check("Thomas Berg, another member of the committee, abstained.", "Thomas Berg",
          "member of the committee", ROLE_LEADER);
    check("David Brown is the ambassador to Chile.", "David Brown", "ambassador to Chile", ROLE_DIPLOMAT);
}

static void test_told_by_a_clause(void **unused)
{
    (void)unused;
    check("Peter Novak, who heads the border agency, said the road was closed.", "Peter Novak",
          "heads the border agency", ROLE_OFFICIAL);
    check("Maria Lopez, who speaks for the rebels, denied it.", "Maria Lopez", "speaks for the rebels",
          ROLE_SPOKESPERSON);
}

static void test_what_the_words_beside_say(void **unused)
{
    (void)unused;
    check("Army spokesman Thomas Berg denied it.", "Thomas Berg", "Army spokesman", ROLE_SPOKESPERSON);
    check("Deputy Prime Minister Anna Larsen flew to Kabul.", "Anna Larsen", "Deputy Prime Minister",
          ROLE_MINISTER);
    check("James Okoro, the head of the Russian delegation, left.", "James Okoro",
          "head of the Russian delegation", ROLE_DIPLOMAT);
    check("Elena Petrova, leader of the opposition, was not heard.", "Elena Petrova",
          "leader of the opposition", ROLE_OPPOSITION);
}

static void test_before_a_comma(void **unused)
{
    (void)unused;
    check("Her minister of justice, Hanna Berg, telephoned both rivals on Monday.", "Hanna Berg",
          "minister of justice", ROLE_MINISTER);
    check("Norway's defence minister, Anna Larsen, flew to Kabul.", "Anna Larsen",
          "Norway's defence minister", ROLE_MINISTER);
    check("The head of the central bank, Carlos Mendez, resigned on Monday.", "Carlos Mendez",
          "head of the central bank", ROLE_LEADER);
}

static void test_holds(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Former president Carlos Mendez was arrested. Acting mayor John "
                     "Smith took over.");
    assert_int_equal(person(article, "Carlos Mendez")->role.status, ROLE_FORMER);
    assert_int_equal(person(article, "John Smith")->role.status, ROLE_ACTING);
}

static void test_presidents_of_organisations(void **unused)
{
    (void)unused;
    check("French President Michel Durand spoke.", "Michel Durand", "French President", ROLE_HEAD_OF_STATE);
    check("Commission President Michel Durand spoke.", "Michel Durand", "Commission President",
          ROLE_OFFICIAL);
}

static void test_no_role(void **unused)
{
    (void)unused;
    static const char *const texts[] = {"On Monday Carlos Mendez went home.",
                                        "The table, Carlos Mendez said, was old.",
                                        "Carlos Mendez, a day later, left."};
    for (size_t i = 0; i < 3; i++)
        assert_int_equal(person(read_article(texts[i]), "Carlos Mendez")->role.class, ROLE_NONE);
}

/* The table is searched by halves: each row must be found. */
static void test_words(void **unused)
{
    (void)unused;
    assert_int_equal(role_word_class(STR("prime"), STR("minister")), ROLE_HEAD_OF_GOVERNMENT);
    assert_int_equal(role_word_class(STR_NONE, STR("academic")), ROLE_EXPERT);
    assert_int_equal(role_word_class(STR_NONE, STR("writer")), ROLE_ARTIST);
    assert_int_equal(role_word_class(STR_NONE, STR("table")), ROLE_NONE);
    assert_int_equal(role_word_class(STR_NONE, STR("attaché")), ROLE_DIPLOMAT);
    assert_int_equal(role_word_gender(STR("spokeswoman")), GENDER_FEMALE);
    assert_int_equal(role_word_gender(STR("minister")), GENDER_UNKNOWN);
}

static void test_posts_before_a_comma(void **unused)
{
    (void)unused;
    check("The U.S. ambassador to Germany, Mary Carlson, said it was late.", "Mary Carlson",
          "U.S. ambassador to Germany", ROLE_DIPLOMAT);
    check("The commander of U.S. forces in the Pacific, Admiral Samuel Paparo, said it was late.",
          "Samuel Paparo", "commander of U.S. forces in the Pacific", ROLE_MILITARY);
    check("Ana Ruiz, the chargé d'affaires, was summoned.", "Ana Ruiz", "chargé d'affaires", ROLE_DIPLOMAT);
    check("William Ruto spoke in Nairobi. His deputy Rigathi Gachagua was silent.", "Rigathi Gachagua",
          "deputy", ROLE_OFFICIAL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_before_the_name),
        cmocka_unit_test(test_behind_the_name),
        cmocka_unit_test(test_titles_cut_short),
        cmocka_unit_test(test_told_by_a_clause),
        cmocka_unit_test(test_what_the_words_beside_say),
        cmocka_unit_test(test_before_a_comma),
        cmocka_unit_test(test_holds),
        cmocka_unit_test(test_presidents_of_organisations),
        cmocka_unit_test(test_no_role),
        cmocka_unit_test(test_posts_before_a_comma),
        cmocka_unit_test(test_words),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
