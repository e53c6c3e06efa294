/* Statements: who says what, directly, mixed and indirectly; quotation marks of all kinds; what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "base/utf8.h"
#include "processors/meaning/quotes.h"
#include "processors/meaning/speech_words.h"
#include "tests/support/linear_time.h"
#include "tests/support/read_article.h"

static size_t byte_of(struct str text, uint32_t point)
{
    uint32_t c;
    size_t at = 0;
    while (point-- > 0)
        at += utf8_decode(text, at, &c);
    return at;
}

static struct str words(const struct article *article, struct span span)
{
    return span.end ? str_slice(article->text, byte_of(article->text, span.start),
                                byte_of(article->text, span.end))
                    : STR_NONE;
}

struct wanted {
    enum statement_kind kind;
    const char *speaker, *entity, *content;
};

static void check(const char *text, const struct wanted *wanted, size_t count)
{
    const struct article *article = read_article(text);
    for (size_t i = 0; i < article->statements.count && i < count; i++) {
        const struct statement *found = &article->statements.items[i];
        struct str speaker = words(article, found->speaker), content = words(article, found->content);
        struct str entity =
            found->speaker_entity ? article->entities.items[found->speaker_entity - 1].name : STR_NONE;
        if (found->kind != wanted[i].kind || !str_equal(speaker, str_from(wanted[i].speaker)) ||
            !str_equal(content, str_from(wanted[i].content)) ||
            !str_equal(entity, str_from(wanted[i].entity)))
            fail_msg("%s: %d '%.*s' = '%.*s' says '%.*s' (%s)", text, found->kind, STR_ARG(speaker),
                     STR_ARG(entity), STR_ARG(content), found->rule);
    }
    if (article->statements.count != count)
        fail_msg("%s: %zu statements", text, article->statements.count);
}

#define CHECK(text, ...)                                                                                     \
    check(text, (const struct wanted[]){__VA_ARGS__},                                                        \
          sizeof((const struct wanted[]){__VA_ARGS__}) / sizeof(struct wanted))

static void test_direct(void **unused)
{
    (void)unused;
    CHECK("\"We will rebuild the bridge,\" Maria Santos told reporters on Monday.",
          {STATEMENT_DIRECT, "Maria Santos", "Maria Santos", "We will rebuild the bridge"});
    CHECK("Robert Hale said: “The talks have failed.”",
          {STATEMENT_DIRECT, "Robert Hale", "Robert Hale", "The talks have failed"});
    CHECK("“The talks have failed,” said the spokesman.",
          {STATEMENT_DIRECT, "the spokesman", "", "The talks have failed"});
    CHECK("«The talks have failed», said Robert Hale.",
          {STATEMENT_DIRECT, "Robert Hale", "Robert Hale", "The talks have failed"});
    CHECK("‘The workers’ pay is low,’ said Robert Hale.",
          {STATEMENT_DIRECT, "Robert Hale", "Robert Hale", "The workers’ pay is low"});
}

static void test_the_dateline_is_not_said(void **unused)
{
    (void)unused;
    CHECK("GENEVA (AP) - Ministers from three countries will meet envoys on Friday, the Kremlin said.",
          {STATEMENT_INDIRECT, "the Kremlin", "Kremlin",
           "Ministers from three countries will meet envoys on Friday"});
    CHECK("GOMA, Democratic Republic of Congo, Nov 28 (Reuters) - M23 rebels captured the town on Friday, a "
          "local official said.",
          {STATEMENT_INDIRECT, "a local official", "", "M23 rebels captured the town on Friday"});
}

static void test_speakers_are_named_whole(void **unused)
{
    (void)unused;
    CHECK("Robert Hale demanded that both parties let the convoys through and announced that the flights "
          "would begin.",
          {STATEMENT_INDIRECT, "Robert Hale", "Robert Hale", "both parties let the convoys through"},
          {STATEMENT_INDIRECT, "Robert Hale", "Robert Hale", "the flights would begin"});
    CHECK("China's coast guard, for its part, said the vessel had ignored warnings.",
          {STATEMENT_INDIRECT, "China's coast guard", "", "the vessel had ignored warnings"});
    CHECK("West African bloc ECOWAS said the soldiers would be freed.",
          {STATEMENT_INDIRECT, "West African bloc ECOWAS", "ECOWAS", "the soldiers would be freed"});
    CHECK("The U.S. ambassador to Germany, Mary Carlson, said it was late.",
          {STATEMENT_INDIRECT, "Mary Carlson", "Mary Carlson", "it was late"});
    CHECK("Colonel Maria Santos said in a statement read on state television that the leader had granted the "
          "pardon.",
          {STATEMENT_INDIRECT, "Maria Santos", "Maria Santos", "the leader had granted the pardon"});
}

static void test_the_whole_sentence_is_said(void **unused)
{
    (void)unused;
    CHECK(
        "Russian troops shelled the city overnight, killing at least 12 civilians, Ukrainian officials said.",
        {STATEMENT_INDIRECT, "Ukrainian officials", "",
         "Russian troops shelled the city overnight, killing at least 12 civilians"});
    CHECK("Iran released five prisoners, according to Qatar's foreign ministry.",
          {STATEMENT_INDIRECT, "Qatar's foreign ministry", "", "Iran released five prisoners"});
    CHECK("According to police, three people died in the fire.",
          {STATEMENT_INDIRECT, "police", "", "three people died in the fire"});
}

static void test_it_goes_on(void **unused)
{
    (void)unused;
    CHECK("\"We have waited,\" said Robert Hale. \"We are tired of it.\"",
          {STATEMENT_DIRECT, "Robert Hale", "Robert Hale", "We have waited"},
          {STATEMENT_DIRECT, "Robert Hale", "Robert Hale", "We are tired of it"});
    CHECK("\"They came at night.\n\n\"We ran,\" said Mary Jones.",
          {STATEMENT_DIRECT, "Mary Jones", "Mary Jones", "They came at night"},
          {STATEMENT_DIRECT, "Mary Jones", "Mary Jones", "We ran"});
}

static void test_indirect(void **unused)
{
    (void)unused;
    CHECK("Maria Santos said on Tuesday that the bridge would be rebuilt.",
          {STATEMENT_INDIRECT, "Maria Santos", "Maria Santos", "the bridge would be rebuilt"});
    CHECK("Five officers were hurt, according to the ministry.",
          {STATEMENT_INDIRECT, "the ministry", "", "Five officers were hurt"});
    CHECK("Robert Hale has vowed to leave the country.",
          {STATEMENT_INDIRECT, "Robert Hale", "Robert Hale", "to leave the country"});
    CHECK("Robert Hale accused the police of using force.",
          {STATEMENT_INDIRECT, "Robert Hale", "Robert Hale", "using force"});
}

static void test_any_verb_behind_a_quotation_is_a_cue(void **unused)
{
    (void)unused;
    CHECK("“We lost everything, all of it,” sighed Maria Gomez.",
          {STATEMENT_DIRECT, "Maria Gomez", "Maria Gomez", "We lost everything, all of it"});
    CHECK("“We lost the house.” “We will build it again,” said Maria Gomez.",
          {STATEMENT_DIRECT, "Maria Gomez", "Maria Gomez", "We lost the house"},
          {STATEMENT_DIRECT, "Maria Gomez", "Maria Gomez", "We will build it again"});
}

static void test_things_demanded_and_sentences_that_end_with_a_cue(void **unused)
{
    (void)unused;
    CHECK("Maria Gomez demanded the release of the others.",
          {STATEMENT_INDIRECT, "Maria Gomez", "Maria Gomez", "the release of the others"});
    CHECK("Maria Gomez called for a vote of the members.",
          {STATEMENT_INDIRECT, "Maria Gomez", "Maria Gomez", "a vote of the members"});
    CHECK("A bomb tore through a train on Sunday, killing at least nine people, most of them soldiers, "
          "officials said.",
          {STATEMENT_INDIRECT, "officials", NULL,
           "A bomb tore through a train on Sunday, killing at least nine people, most of them soldiers"});
}

static void test_mixed(void **unused)
{
    (void)unused;
    CHECK("Robert Hale said that the army “would not move” before Friday.",
          {STATEMENT_MIXED, "Robert Hale", "Robert Hale", "the army “would not move” before Friday"});
    CHECK("Robert Hale called the plan “absurd”.",
          {STATEMENT_MIXED, "Robert Hale", "Robert Hale", "the plan “absurd”"});
}

static void test_pronouns_and_roles(void **unused)
{
    (void)unused;
    CHECK("Maria Santos went home. \"I am tired,\" she said.",
          {STATEMENT_DIRECT, "she", "Maria Santos", "I am tired"});
    CHECK("“Close the port,” said the head of the union, Maria Santos.",
          {STATEMENT_DIRECT, "Maria Santos", "Maria Santos", "Close the port"});
}

static void test_speakers_that_the_tree_has_lost(void **unused)
{
    (void)unused;
    CHECK("\"I heard the water, then the stones,\" said Rekha Gawli, a domestic worker whose sister is in "
          "hospital.",
          {STATEMENT_DIRECT, "Rekha Gawli", "Rekha Gawli", "I heard the water, then the stones"});
    CHECK("\"We will pay the wages of March and then we will see,\" promised president Martin Ruiz, wrapped "
          "in a flag.",
          {STATEMENT_DIRECT, "Martin Ruiz", "Martin Ruiz",
           "We will pay the wages of March and then we will see"});
}

static void check_with(const char *text, const char *speaker, const char *with)
{
    const struct article *article = read_article(text);
    assert_int_equal(article->statements.count, 1);
    const struct statement *found = &article->statements.items[0];
    assert_int_equal(found->with_count, *with ? 1 : 0);
    if (!str_equal(words(article, found->speaker), str_from(speaker)) ||
        (*with && !str_equal(words(article, found->with[0].words), str_from(with))))
        fail_msg("%s: '%.*s'", text, STR_ARG(words(article, found->speaker)));
}

static void test_several_speakers(void **unused)
{
    (void)unused;
    check_with("Germany and France said the attack was cowardly.", "Germany", "France");
    check_with("\"We are ready,\" President Ali Demir and his counterpart Omar Hussein said on Monday.",
               "Ali Demir", "Omar Hussein");
    check_with("Together with Ana Ruiz, the mayor Jan Novak said the plan was good.", "Jan Novak",
               "Ana Ruiz");
    check_with("The mayor Jan Novak said on Monday that Ana Ruiz and Karl Weber were very ill.", "Jan Novak",
               "");
}

static void test_no_statements(void **unused)
{
    (void)unused;
    static const char *const texts[] = {
        "The film “Out of Africa” was shown in the “green zone”.",
        "Robert Hale did not say when he would leave.",
        "Robert Hale refused to say whether he would leave.",
        "Asked whether he would leave, Robert Hale walked away.",
        "The minister went home.",
        "‘Maria \n\n‘talks between",
        "",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
        check(texts[i], NULL, 0);
}

static void test_speech_words(void **unused)
{
    (void)unused;
    assert_true(speech_frames(STR("say")) & SPEECH_CLAUSE);
    assert_true(speech_frames(STR("accuse")) & SPEECH_ACCUSE);
    assert_true(speech_frames(STR("write")) & SPEECH_CLAUSE);
    assert_int_equal(speech_frames(STR("walk")), 0);
    assert_int_equal(speech_frames(STR("")), 0);
}

static void test_hostile_text_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const pieces[] = {"\"",
                                         "“ ",
                                         "said that ",
                                         "\"No,\" he said. ",
                                         "“a ” said “",
                                         "according to ",
                                         "according to him, ",
                                         "X, he said, ",
                                         "accused of saying to "};
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        assert_linear(read_pieces, pieces[i], 1000);
}

static void test_who_says_so_in_the_middle(void **unused)
{
    (void)unused;
    CHECK("Her visa, officials in the capital said, was extended this week.",
          {STATEMENT_INDIRECT, "officials in the capital", "",
           "Her visa, officials in the capital said, was extended this week"});
    CHECK("Fuel deliveries were blocked at all refineries, according to the union, and the company confirmed "
          "that "
          "nothing had left its sites.",
          {STATEMENT_INDIRECT, "the union", "", "Fuel deliveries were blocked at all refineries"},
          {STATEMENT_INDIRECT, "the company", "", "nothing had left its sites"});
}

static void test_each_that_is_said_for_itself(void **unused)
{
    (void)unused;
    CHECK("Maria Santos told reporters that the border was closed and that only the court could open it.",
          {STATEMENT_INDIRECT, "Maria Santos", "Maria Santos", "the border was closed"},
          {STATEMENT_INDIRECT, "Maria Santos", "Maria Santos", "only the court could open it"});
}

static void test_what_two_verbs_take(void **unused)
{
    (void)unused;
    CHECK("The army maintained that its men had fired only into the air and announced an internal inquiry.",
          {STATEMENT_INDIRECT, "The army", "", "its men had fired only into the air"},
          {STATEMENT_INDIRECT, "The army", "", "an internal inquiry"});
    CHECK(
        "The African Union called for an immediate ceasefire and offered to send observers to the frontier.",
        {STATEMENT_INDIRECT, "The African Union", "African Union", "an immediate ceasefire"},
        {STATEMENT_INDIRECT, "The African Union", "African Union", "to send observers to the frontier"});
    CHECK("The ministry warned of heavy floods.", {STATEMENT_INDIRECT, "The ministry", "", "heavy floods"});
}

/* Whoever is dismissed is not what was said. */
static void test_an_office_is_not_what_is_said(void **unused)
{
    (void)unused;
    assert_int_equal(read_article("Peru's president dismissed the minister on Monday.")->statements.count, 0);
    assert_int_equal(read_article("Peru's president dismissed the claim on Monday.")->statements.count, 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_direct),
        cmocka_unit_test(test_the_dateline_is_not_said),
        cmocka_unit_test(test_speakers_are_named_whole),
        cmocka_unit_test(test_the_whole_sentence_is_said),
        cmocka_unit_test(test_it_goes_on),
        cmocka_unit_test(test_indirect),
        cmocka_unit_test(test_any_verb_behind_a_quotation_is_a_cue),
        cmocka_unit_test(test_things_demanded_and_sentences_that_end_with_a_cue),
        cmocka_unit_test(test_mixed),
        cmocka_unit_test(test_pronouns_and_roles),
        cmocka_unit_test(test_speakers_that_the_tree_has_lost),
        cmocka_unit_test(test_several_speakers),
        cmocka_unit_test(test_no_statements),
        cmocka_unit_test(test_speech_words),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
        cmocka_unit_test(test_who_says_so_in_the_middle),
        cmocka_unit_test(test_each_that_is_said_for_itself),
        cmocka_unit_test(test_an_office_is_not_what_is_said),
        cmocka_unit_test(test_what_two_verbs_take),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
