/* The pipeline with stages that only this test has: needs and gifts, languages, budgets, switches. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "processors/budget.h"
#include "processors/pipeline.h"

static const char *language; /* that the first stage finds, NULL = none */
static bool has_text;
static unsigned ran; /* bit = the stage's place in the list */

static int give(const void *context, struct article *article, struct str *ret_note)
{
    (void)context, (void)ret_note;
    article->language = str_from(language);
    article->given |= (has_text ? GIFT_TEXT : 0) | (language ? GIFT_LANGUAGE : 0);
    ran |= 1;
    return 0;
}

static int work(const void *context, struct article *article, struct str *ret_note)
{
    (void)article, (void)ret_note;
    ran |= *(const unsigned *)context;
    return 0;
}

static int dawdle(const void *context, struct article *article, struct str *ret_note)
{
    (void)context, (void)article, (void)ret_note;
    ran |= 1 << 3;
    while (!budget_over())
        ;
    return ERR_DEADLINE;
}

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    (void)data_directory, (void)error;
    static unsigned bits[] = {1 << 1, 1 << 2};
    static size_t next;
    *ret_context = &bits[next++ % 2];
    return 0;
}

static const char *const english[] = {"en", NULL};
static const struct stage stage_giver = {
    .name = "giver", .description = "gives", .gives = GIFT_TEXT | GIFT_LANGUAGE, .process = give};
static const struct stage stage_reader = {
    .name = "reader", .description = "reads", .needs = GIFT_TEXT, .init = init, .process = work};
static const struct stage stage_english = {.name = "english",
                                           .description = "speaks English",
                                           .needs = GIFT_LANGUAGE,
                                           .languages = english,
                                           .init = init,
                                           .process = work};
static const struct stage stage_slow = {
    .name = "slow", .description = "takes its time", .budget_ms = 5, .process = dawdle};
const struct stage *const pipeline_stages[] = {&stage_giver, &stage_reader, &stage_english, &stage_slow,
                                               NULL};

static struct arena *arena;

static const struct stage_outcome *run(const struct stage_setting *settings, int32_t article_ms)
{
    struct pipeline *pipeline;
    struct pipeline_options options;
    struct error error;
    pipeline_options_default(&options);
    options.settings = settings;
    options.article_budget_ms = article_ms;
    assert_int_equal(pipeline_create(&pipeline, &options, &error), 0);
    struct article *article = arena_new(arena, struct article);
    article->arena = arena;
    ran = 0;
    pipeline_run(pipeline, article);
    assert_int_equal(article->processing.count, 4);
    pipeline_destroy(&pipeline);
    return article->processing.items;
}

static void assert_skipped(const struct stage_outcome *outcome, const char *why)
{
    assert_int_equal(outcome->outcome, OUTCOME_SKIPPED);
    assert_true(str_equal(outcome->note, str_from(why)));
}

static void test_what_is_needed_and_not_there_skips_a_stage_and_is_named(void **state)
{
    (void)state;
    has_text = false, language = NULL;
    const struct stage_outcome *outcomes = run(NULL, 1000);
    assert_int_equal(outcomes[0].outcome, OUTCOME_OK);
    assert_skipped(&outcomes[1], "no text");
    assert_skipped(&outcomes[2], "the language is not known");
    assert_int_equal(ran, 1 | 1 << 3);
    has_text = true, language = "en-GB";
    outcomes = run(NULL, 1000);
    assert_int_equal(outcomes[1].outcome, OUTCOME_OK);
    assert_int_equal(outcomes[2].outcome, OUTCOME_OK);
    assert_int_equal(ran, 15);
}

static void test_a_stage_that_does_not_speak_the_language_says_so(void **state)
{
    (void)state;
    has_text = true, language = "de";
    assert_skipped(&run(NULL, 1000)[2], "does not speak de");
    language = "enm"; /* Middle English is another language */
    assert_skipped(&run(NULL, 1000)[2], "does not speak enm");
}

static void test_a_stage_has_a_budget_of_its_own(void **state)
{
    (void)state;
    has_text = true, language = "en";
    const struct stage_outcome *outcomes = run(NULL, 10000);
    assert_int_equal(outcomes[3].outcome, OUTCOME_BUDGET);
    assert_in_range(outcomes[3].us, 4000, 5000000);
    struct stage_setting settings[STAGES_MAX] = {[3] = {.budget_ms = 40}};
    assert_in_range(run(settings, 10000)[3].us, 39000, 5000000);
    settings[3].budget_ms = 60000;
    assert_in_range(run(settings, 20)[3].us, 0, 5000000); /* the article's is the cap */
    assert_false(budget_over());
}

static void test_the_operator_switches_stages_off(void **state)
{
    (void)state;
    has_text = true, language = "en";
    struct stage_setting settings[STAGES_MAX] = {[1] = {.off = true}, [3] = {.off = true}};
    const struct stage_outcome *outcomes = run(settings, 1000);
    assert_skipped(&outcomes[1], "switched off");
    assert_int_equal(ran & (1 << 3), 0);
    settings[0].off = true; /* and what needs its gifts is skipped with it */
    assert_skipped(&run(settings, 1000)[2], "the language is not known");
    assert_int_equal(pipeline_stage_find("english"), 2);
    assert_int_equal(pipeline_stage_find("german"), -1);
}

static int set_up(void **state)
{
    (void)state;
    arena = arena_create(ARENA_CAP_DEFAULT);
    return arena ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    arena_destroy(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_needed_and_not_there_skips_a_stage_and_is_named),
        cmocka_unit_test(test_a_stage_that_does_not_speak_the_language_says_so),
        cmocka_unit_test(test_a_stage_has_a_budget_of_its_own),
        cmocka_unit_test(test_the_operator_switches_stages_off),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
