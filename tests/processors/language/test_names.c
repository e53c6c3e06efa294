/* Names: paths that hold together, stories, rules, entities; and the committed model. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "base/buffer.h"
#include "processors/language/entities.h"
#include "processors/language/names.h"
#include "processors/language/name_lists.h"
#include "processors/language/tokens.h"
#include "processors/pipeline.h"
#include "tests/support/linear_time.h"

/* ---- The best path ---- */

static uint32_t next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

static void test_a_path_never_breaks_a_name(void **unused)
{
    (void)unused;
    enum { COUNT = 50 };
    uint32_t state = 7;
    name_moves moves;
    int32_t scores[COUNT * NAME_LABELS];
    uint8_t labels[COUNT];
    struct arena *arena = arena_create(1 << 20);
    for (int round = 0; round < 200; round++) {
        size_t count = (size_t)round % COUNT;
        for (size_t i = 0; i < sizeof(scores) / sizeof(scores[0]); i++)
            scores[i] = (int32_t)(next(&state) % 2000) - 1000;
        for (size_t i = 0; i < (NAME_LABELS + 1) * NAME_LABELS; i++)
            moves[i / NAME_LABELS][i % NAME_LABELS] = (int32_t)(next(&state) % 200) - 100;
        assert_int_equal(names_best_path(arena, scores, count, moves, labels), 0);
        uint8_t before = NAME_OUTSIDE;
        for (size_t i = 0; i < count; before = labels[i++])
            assert_true(name_label_follows(before, labels[i]));
        assert_false(name_label_open(before));
        arena_reset(arena);
    }
    arena_destroy(&arena);
}

/* Against all paths of a short sentence. */
static void test_the_path_is_the_best(void **unused)
{
    (void)unused;
    enum { COUNT = 3 };
    uint32_t state = 3;
    name_moves moves;
    int32_t scores[COUNT * NAME_LABELS];
    uint8_t labels[COUNT], path[COUNT];
    struct arena *arena = arena_create(1 << 20);
    for (int round = 0; round < 20; round++) {
        int32_t best = INT32_MIN, found = 0;
        for (size_t i = 0; i < COUNT * NAME_LABELS; i++)
            scores[i] = (int32_t)(next(&state) % 1000);
        for (size_t i = 0; i < (NAME_LABELS + 1) * NAME_LABELS; i++)
            moves[i / NAME_LABELS][i % NAME_LABELS] = (int32_t)(next(&state) % 500);
        assert_int_equal(names_best_path(arena, scores, COUNT, moves, labels), 0);
        for (size_t at = 0; at < COUNT; at++)
            found +=
                scores[at * NAME_LABELS + labels[at]] + moves[at ? labels[at - 1] : NAME_LABELS][labels[at]];
        for (size_t i = 0; i < NAME_LABELS * NAME_LABELS * NAME_LABELS; i++) {
            int32_t sum = 0;
            bool whole = true;
            size_t rest = i;
            for (size_t at = 0; at < COUNT; at++, rest /= NAME_LABELS) {
                path[at] = (uint8_t)(rest % NAME_LABELS);
                whole = whole && name_label_follows(at ? path[at - 1] : NAME_OUTSIDE, path[at]);
                sum += scores[at * NAME_LABELS + path[at]] + moves[at ? path[at - 1] : NAME_LABELS][path[at]];
            }
            if (whole && !name_label_open(path[COUNT - 1]) && sum > best)
                best = sum;
        }
        assert_int_equal(found, best);
    }
    arena_destroy(&arena);
}

static void test_lists_are_in_order(void **unused)
{
    (void)unused;
    static const char *const roles[] = {"activist", "minister", "spokeswoman", "writer"};
    static const char *const organisations[] = {"academy", "ministry", "united"};
    for (size_t i = 0; i < 4; i++)
        assert_true(name_is_role_word(str_from(roles[i])));
    for (size_t i = 0; i < 3; i++)
        assert_true(name_is_organisation_word(str_from(organisations[i])));
    assert_true(name_is_link_word(STR("of")) && name_is_link_word(STR("&")) && name_is_link_word(STR("von")));
    assert_true(name_is_event_word(STR("war")) && name_is_event_word(STR("wars")));
    assert_true(name_is_facility_word(STR("airport")) && name_is_group_word(STR("kurds")));
    assert_false(name_is_role_word(STR("table")) || name_is_role_word(STR("")) ||
                 name_is_role_word(STR("minis")));
}

/* ---- Whole articles ---- */

struct run {
    struct pipeline *pipeline;
    struct article article;
};

static void run_stages(struct run *run, const char *text)
{
    struct pipeline_options options;
    struct error error = {0};
    pipeline_options_default(&options);
    options.article_budget_ms = 0;
    if (pipeline_create(&run->pipeline, &options, &error))
        fail_msg("%s", error.text);
    run->article = (struct article){.arena = arena_create((size_t)1 << 30)};
    run->article.content_html = str_from(text);
    run->article.language_stated = STR("en");
    pipeline_run(run->pipeline, &run->article);
}

static void end(struct run *run)
{
    pipeline_destroy(&run->pipeline);
    arena_destroy(&run->article.arena);
}

/* "person Ana Terez | place Lirana" */
static void check_entities(const char *text, const char *wanted)
{
    struct run run;
    _cleanup_buffer_ struct buffer found = {0};
    run_stages(&run, text);
    for (size_t i = 0; i < run.article.entities.count; i++) {
        const struct article_entity *entity = &run.article.entities.items[i];
        buffer_printf(&found, "%s%s %.*s %zu", i ? " | " : "", name_type_text(entity->type),
                      STR_ARG(entity->name), entity->name_count);
        for (size_t k = 0; k < entity->name_count; k++) {
            const struct article_name *name = &run.article.names.items[entity->names[k]];
            assert_true(name->span.start < name->span.end && name->span.end <= run.article.text_length);
        }
    }
    if (!str_equal(buffer_str(&found), str_from(wanted)))
        fail_msg("%s\ngives  %.*s\nwanted %s", text, STR_ARG(buffer_str(&found)), wanted);
    end(&run);
}

static void test_people_places_and_organisations(void **unused)
{
    (void)unused;
    check_entities("The German foreign minister, Annalena Baerbock, flew to Cairo on Monday. Baerbock met "
                   "officials of the African Union "
                   "there, and the African Union welcomed her visit to Cairo.",
                   "NORP German 1 | PER Annalena Baerbock 2 | LOC Cairo 2 | ORG African Union 2");
}

static void test_groups_and_events_by_rule(void **unused)
{
    (void)unused;
    check_entities("He said the French had fought in the Crimean War, and that many Muslims had died there.",
                   "NORP French 1 | EVENT Crimean War 1 | NORP Muslims 1");
}

/* A facility's kind is of its name in small letters too, but a hotel in Mogadishu is just there. */
static void test_facilities_have_their_kind(void **unused)
{
    (void)unused;
    check_entities("The two were moved to Insein prison in Yangon on Monday, where lawyers may not visit.",
                   "FAC Insein prison 1 | LOC Yangon 1");
    check_entities("Gunmen stormed a Mogadishu hotel on Monday.", "LOC Mogadishu 1");
}

static void test_titles_stand_outside(void **unused)
{
    (void)unused;
    check_entities("The talks were led by Foreign Minister Annalena Baerbock, General Joseph Votel "
                   "and Deputy Secretary of State "
                   "Wendy Sherman. The novelist John Major was not there.",
                   "PER Annalena Baerbock 1 | PER Joseph Votel 1 | PER Wendy Sherman 1 | PER John Major 1");
}

static void test_names_with_hyphens_are_one(void **unused)
{
    (void)unused;
    check_entities("The minister Carl-Gustaf Rosenlund met Jean-Robert Alexis in Paris.",
                   "PER Carl-Gustaf Rosenlund 1 | PER Jean-Robert Alexis 1 | LOC Paris 1");
    check_entities("Troops of the Moscow-backed government left Ukraine.", "LOC Moscow 1 | LOC Ukraine 1");
}

/* The second part of a given name in small letters, as Korean and Chinese ones are written. */
static void test_small_letters_behind_a_hyphen(void **unused)
{
    (void)unused;
    check_entities("South Korean President Moon Jae-in met Kim Jong-un on Tuesday.",
                   "NORP South Korean 1 | PER Moon Jae-in 1 | PER Kim Jong-un 1");
    check_entities("Tsai Ing-wen spoke to the Kyiv-based agency.", "PER Tsai Ing-wen 1 | LOC Kyiv 1");
    check_entities("Vladimir Putin-backed officials left.", "PER Vladimir Putin 1");
}

static void test_an_acronym_that_is_a_word(void **unused)
{
    (void)unused;
    check_entities("Kenya thanked the WHO on Monday.", "LOC Kenya 1 | ORG WHO 1");
}

static void test_peoples_of_all_countries(void **unused)
{
    (void)unused;
    check_entities("Yemeni, Emirati, Kazakh and Bosnian officials met.",
                   "NORP Yemeni 1 | NORP Emirati 1 | NORP Kazakh 1 | NORP Bosnian 1");
}

static void test_spans_are_code_points(void **unused)
{
    (void)unused;
    struct run run;
    run_stages(&run,
               "\xc2\xab\xc3\x89t\xc3\xa9\xc2\xbb was what they called it when they met in Paris last week.");
    assert_int_equal(run.article.names.count, 1);
    struct span span = run.article.names.items[0].span;
    assert_int_equal(span.start, 47);
    assert_int_equal(span.end, 52);
    end(&run);
}

static void test_other_languages_skip_what_does_not_apply(void **unused)
{
    (void)unused;
    struct run run;
    bool skipped = false;
    run_stages(&run, "Die Regierung hat am Dienstag in Berlin mitgeteilt, dass der Minister am Freitag nach "
                     "Kairo reisen wird.");
    assert_true(run.article.tokens.count > 15);
    assert_int_equal(run.article.names.count, 0);
    for (size_t i = 0; i < run.article.processing.count; i++) {
        const struct stage_outcome *outcome = &run.article.processing.items[i];
        if (!strcmp(outcome->stage, "names"))
            skipped = outcome->outcome == OUTCOME_SKIPPED && outcome->note.len > 0;
    }
    assert_true(skipped);
    end(&run);
}

/* ---- Hostile text ---- */

static struct pipeline *shared;

static void name_text(const void *piece, size_t count)
{
    struct article article = {.arena = arena_create((size_t)4 << 30)};
    _cleanup_buffer_ struct buffer text = {0};
    for (size_t i = 0; i < count; i++)
        buffer_append_str(&text, str_from(piece));
    article.content_html = buffer_str(&text);
    article.language_stated = STR("en");
    pipeline_run(shared, &article);
    arena_destroy(&article.arena);
}

static void test_hostile_text_takes_linear_time(void **unused)
{
    (void)unused;
    static const char *const pieces[] = {"A ", "New ", "of ", "Paris ", "(A) ", "A of ", "U.S. ", "9 ", "A-"};
    struct pipeline_options options;
    struct error error = {0};
    pipeline_options_default(&options);
    options.article_budget_ms = 0;
    assert_int_equal(pipeline_create(&shared, &options, &error), 0);
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++)
        assert_linear(name_text, pieces[i], 8000);
    pipeline_destroy(&shared);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_path_never_breaks_a_name),
        cmocka_unit_test(test_the_path_is_the_best),
        cmocka_unit_test(test_lists_are_in_order),
        cmocka_unit_test(test_people_places_and_organisations),
        cmocka_unit_test(test_groups_and_events_by_rule),
        cmocka_unit_test(test_facilities_have_their_kind),
        cmocka_unit_test(test_titles_stand_outside),
        cmocka_unit_test(test_names_with_hyphens_are_one),
        cmocka_unit_test(test_small_letters_behind_a_hyphen),
        cmocka_unit_test(test_an_acronym_that_is_a_word),
        cmocka_unit_test(test_peoples_of_all_countries),
        cmocka_unit_test(test_spans_are_code_points),
        cmocka_unit_test(test_other_languages_skip_what_does_not_apply),
        cmocka_unit_test(test_hostile_text_takes_linear_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
