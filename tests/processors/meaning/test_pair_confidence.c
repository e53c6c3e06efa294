/* test_pair_confidence: how sure an event is as a whole, and that unsure ones are left out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "processors/meaning/event_list.h"
#include "processors/meaning/pair_confidence.h"
#include "tests/support/read_article.h"

static float confidence(float act, float source, float target)
{
    uint16_t features[PAIR_FEATURES_MAX];
    struct coded_event event = {.act_confidence = act, .party_shares = {source, target}};
    return pair_confidence(features, pair_confidence_read(&event, features));
}

static void test_each_part_counts(void **unused)
{
    (void)unused;
    float sure = confidence(0.97F, 0.97F, 0.97F);
    assert_true(sure > 0.75F && sure <= 1);
    assert_true(confidence(0.35F, 0.97F, 0.97F) < sure);
    assert_true(confidence(0.97F, 0.35F, 0.97F) < sure);
    assert_true(confidence(0.97F, 0.97F, 0.35F) < sure);
    assert_true(confidence(0.2F, 0.2F, 0.2F) < 0.2F);
}

static void test_unsure_ones_are_left_out(void **unused)
{
    (void)unused;
    struct event_trial trials[] = {{.trigger = {0, 4}, .outcome = EVENT_TRIAL_CODED},
                                   {.trigger = {9, 14}, .outcome = EVENT_TRIAL_CODED}};
    struct coded_event events[] = {{.trigger = {0, 4}, .confidence = 0.14F},
                                   {.trigger = {9, 14}, .confidence = 0.15F}};
    struct article article = {.event_confidence_min = 0.15F};
    article.events.items = events;
    article.events.count = 2;
    article.trials.items = trials;
    article.trials.count = 2;
    event_list_keep_sure(&article);
    assert_int_equal(article.events.count, 1);
    assert_int_equal(article.events.items[0].trigger.start, 9);
    assert_string_equal(trials[0].outcome, "coded, but too unsure who does it to whom");
    assert_string_equal(trials[1].outcome, EVENT_TRIAL_CODED);
}

/* The operator's word. */
static void test_the_pipeline_leaves_out_what_it_is_told_to(void **unused)
{
    (void)unused;
    static const char text[] = "Russia imposed sanctions on Japan on Monday.";
    const struct article *article = read_article(text);
    assert_int_equal(article->events.count, 1);
    float found = article->events.items[0].confidence;
    assert_true(found > 0 && found < 1);
    struct pipeline *kept = read_pipeline;
    struct pipeline_options options;
    struct error error = {0};
    pipeline_options_default(&options);
    options.article_budget_ms = 0;
    options.event_confidence_min = 100;
    assert_int_equal(pipeline_create(&read_pipeline, &options, &error), 0);
    assert_int_equal(read_article(text)->events.count, 0);
    pipeline_destroy(&read_pipeline);
    read_pipeline = kept;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_each_part_counts),
        cmocka_unit_test(test_unsure_ones_are_left_out),
        cmocka_unit_test(test_the_pipeline_leaves_out_what_it_is_told_to),
    };
    return cmocka_run_group_tests(tests, read_article_start, read_article_stop);
}
