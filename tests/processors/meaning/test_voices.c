/* Voices: "I" in what is quoted means who says it. */
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

/* The names that the appearances of the word mean, joined by "; "; "-" where one means nobody. */
static struct str meant(const struct article *article, const char *word)
{
    struct str all = STR("");
    for (size_t i = 0; i < article->tokens.count; i++) {
        const struct token *token = &article->tokens.items[i];
        if (!str_equal(str_slice(article->text, token->start, token->end), str_from(word)))
            continue;
        uint32_t entity = article->token_entities[i];
        all = arena_printf(article->arena, "%.*s%s%.*s", STR_ARG(all), all.len ? "; " : "",
                           STR_ARG(entity ? article->entities.items[entity - 1].name : STR("-")));
    }
    return all;
}

static void check(const char *text, const char *word, const char *names)
{
    const struct article *article = read_article(text);
    struct str found = meant(article, word);
    if (!str_equal(found, str_from(names)))
        fail_msg("%s: '%.*s', not '%s'", text, STR_ARG(found), names);
}

static void i_means_who_says_it(void **unused)
{
    (void)unused;
    check(
        "President Maria Santos met Robert Hale in Lima. \"I will sign the treaty on Monday,\" Santos said. "
        "Hale said: \"I told my people to wait.\"",
        "I", "Maria Santos; Robert Hale");
    check("\"I told my people to wait,\" said Robert Hale, the mayor of Lima.", "my", "Robert Hale");
    check("Robert Hale said that the talks had been \"the best that I have seen\".", "I", "Robert Hale");
}

static void we_means_a_house_or_a_state(void **unused)
{
    (void)unused;
    check("Fatou Ndiaye, secretary general of the African Union, was cautious. \"We will send nobody,\" "
          "Ndiaye said.",
          "We", "African Union");
    check("Armenia has frozen its membership. \"We cannot leave that without consequences,\" Armenian Prime "
          "Minister Artak "
          "Vardumyan said.",
          "We", "Armenia");
}

static void others_are_left_alone(void **unused)
{
    (void)unused;
    check("I was there when Robert Hale came. \"It rained,\" he said.", "I", "-");
    check("\"I am tired,\" the statement said. Robert Hale left.", "I", "-");
    check("Robert Hale said: \"My brother told me 'I will not go' and left.\"", "I", "-");
    check("Robert Hale said: \"We have won.\"", "We", "-");
    check("Robert Hale said: \"World War I began here.\"", "I", "-");
}

static void references_stay_in_order(void **unused)
{
    (void)unused;
    const struct article *article = read_article("Maria Santos spoke in Lima. \"I will go,\" Santos said. "
                                                 "She left. \"I have left my coat,\" Santos said.");
    const struct article_entity *santos = &article->entities.items[0];
    assert_string_equal(santos->name.ptr ? "Maria Santos" : "", "Maria Santos");
    assert_true(santos->reference_count >= 4);
    for (size_t i = 1; i < santos->reference_count; i++)
        assert_true(article->references.items[santos->references[i - 1]].first <
                    article->references.items[santos->references[i]].first);
    for (size_t i = 0; i < article->references.count; i++)
        assert_true(article->references.items[i].first >=
                        article->sentence_tokens[article->references.items[i].sentence] &&
                    article->references.items[i].first <
                        article->sentence_tokens[article->references.items[i].sentence + 1]);
}

static void many_quotations_take_linear_time(void **unused)
{
    (void)unused;
    assert_linear(read_pieces, "\"I will go,\" Maria Santos said. ", 400);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(i_means_who_says_it),
        cmocka_unit_test(we_means_a_house_or_a_state),
        cmocka_unit_test(others_are_left_alone),
        cmocka_unit_test(references_stay_in_order),
        cmocka_unit_test(many_quotations_take_linear_time),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
