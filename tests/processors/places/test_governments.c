/* Governments: capitals that act are mentions of their states, those that are places are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "tests/support/linear_time.h"
#include "tests/support/read_article.h"

enum { WANTED_MAX = 3 };

static const struct row {
    const char *text;
    struct {
        const char *word; /* a name of one word, the first of these; its entity */
        const char *entity;
    } wanted[WANTED_MAX];
} rows[] = {
    /* Subjects */
    {"Russia closed the border. Moscow denied any part in the attack.", {{"Moscow", "Russia"}}},
    {"Moscow denied any part in the attack. Russia closed the border.", {{"Moscow", "Russia"}}},
    {"Turkey and Greece are at odds. Ankara said on Monday that it would send ships.",
     {{"Ankara", "Turkey"}}},
    /* Whom something is said or done to */
    {"France accused Tehran of lying. Iran did not answer.", {{"Tehran", "Iran"}}},
    {"Iran did not answer. The minister appealed to Tehran to release the crew.", {{"Tehran", "Iran"}}},
    {"Peru welcomed the offer. It was rejected by Lima on Friday.", {{"Lima", "Peru"}}},
    /* What is a government's */
    {"Russia recalled its envoy. Moscow's decision surprised many.", {{"Moscow", "Russia"}}},
    {"Iran and the United States are at odds. Talks between Tehran and Washington broke down.",
     {{"Tehran", "Iran"}, {"Washington", "United States"}}},
    /* Places */
    {"Russia closed the border. Thousands marched in Moscow on Sunday.", {{"Moscow", "Moscow"}}},
    {"Russia closed the border. The minister will visit Moscow on Sunday.", {{"Moscow", "Moscow"}}},
    {"Russia closed the border. A Moscow court jailed the man.", {{"Moscow", "Moscow"}}},
    {"Russia closed the border. Moscow's airport was shut.", {{"Moscow", "Moscow"}}},
    {"Russia closed the border. Peter Novak flew to Moscow.", {{"Moscow", "Moscow"}}},
    /* Named again, so perhaps a town that does things */
    {"Russia closed the border. Moscow won the title. Thousands marched in Moscow.", {{"Moscow", "Moscow"}}},
    /* No capital, no state, another state */
    {"Russia closed the border. Kazan denied any part in the attack.", {{"Kazan", "Kazan"}}},
    {"Moscow denied any part in the attack.", {{"Moscow", "Moscow"}}},
    {"Peru closed the border. Moscow denied any part in the attack.", {{"Moscow", "Moscow"}}},
};

/* The first name of these words. */
static const struct article_name *named(const struct article *article, const char *word)
{
    for (size_t i = 0; i < article->names.count; i++) {
        const struct article_name *name = &article->names.items[i];
        struct str words = str_slice(article->text, article->tokens.items[name->first].start,
                                     article->tokens.items[name->end - 1].end);
        if (str_equal(words, str_from(word)))
            return name;
    }
    fail_msg("no name %s in: %.*s", word, STR_ARG(article->text));
    return NULL;
}

static void test_who_acts(void **unused)
{
    (void)unused;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct article *article = read_article(rows[i].text);
        for (size_t k = 0; k < WANTED_MAX && rows[i].wanted[k].word; k++) {
            const struct article_name *name = named(article, rows[i].wanted[k].word);
            const struct article_entity *entity = &article->entities.items[name->entity];
            if (!str_equal(entity->name, str_from(rows[i].wanted[k].entity)))
                fail_msg("%s is '%.*s' in: %s", rows[i].wanted[k].word, STR_ARG(entity->name), rows[i].text);
            assert_int_equal(name->acts, strcmp(rows[i].wanted[k].word, rows[i].wanted[k].entity) != 0);
        }
    }
}

/* One mention acts, the others are a place: two entities, each with its own names; the place is located. */
static void test_mentions_are_parted(void **unused)
{
    (void)unused;
    const struct article *article =
        read_article("Iran closed the border. Thousands marched in Tehran on Sunday. France urged Tehran to "
                     "release the crew.");
    const struct article_entity *state = NULL, *town = NULL;
    for (size_t i = 0; i < article->entities.count; i++) {
        const struct article_entity *entity = &article->entities.items[i];
        state = str_equal(entity->name, STR("Iran")) ? entity : state;
        town = str_equal(entity->name, STR("Tehran")) ? entity : town;
        for (size_t k = 0; k < entity->name_count; k++)
            assert_int_equal(article->names.items[entity->names[k]].entity, i);
        assert_true(entity->name_count > 0);
        assert_true(i == 0 || entity->names[0] > article->entities.items[i - 1].names[0]);
    }
    assert_non_null(state);
    assert_non_null(town);
    assert_int_equal(state->name_count, 2);
    assert_true(state->state && !state->capital);
    assert_int_equal(town->name_count, 1);
    assert_true(town->located && town->capital);
}

/* The state that stands for its capital's name is still a government. */
static void test_who_acts_is_the_government(void **unused)
{
    (void)unused;
    const struct article *article = read_article(
        "Iran closed the border. France did not answer. Tehran accused Peter Novak of lying on Monday.");
    bool found = false;
    for (size_t i = 0; i < article->events.count; i++)
        for (size_t k = 0; k < article->events.items[i].source_count; k++)
            found |= str_equal(article->events.items[i].sources[k].name, STR("Iran")) &&
                     str_equal(article->events.items[i].sources[k].cameo, STR("IRNGOV"));
    assert_true(found);
}

static void test_time_is_linear(void **unused)
{
    (void)unused;
    assert_linear(read_pieces, "Russia and Iran met. France urged Moscow and Tehran and Lima to talk. ", 500);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_who_acts),
        cmocka_unit_test(test_mentions_are_parted),
        cmocka_unit_test(test_who_acts_is_the_government),
        cmocka_unit_test(test_time_is_linear),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
