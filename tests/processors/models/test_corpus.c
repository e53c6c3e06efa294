/* The own corpus: its files have no fault; what is wrong with one is said with its line; two annotations are
 * compared as the scorer says. */
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "processors/models/act_sentences.h"
#include "processors/models/cameo_codes.h"
#include "processors/models/corpus_file.h"
#include "processors/models/quoted_words.h"
#include "processors/models/score_annotations.h"

static const char sample[] =
    "A 2023-05-16T10:20:00Z | diplomacy | Africa | plain\n"
    "H Kenya urges Uganda to free journalists\n"
    "E kenya | LOC | Kenya | KE | KEN\n"
    "E uganda | LOC | Uganda | UG | UGA\n"
    "E ruto | PER | Daniel Kiprono | KE | KENGOV\n"
    "P\n"
    "D NAIROBI, May 16 (Reuters) -\n"
    "S Kenya on Tuesday urged Uganda to free two journalists, and Kenya's president, Daniel Kiprono, "
    "called Uganda “a friend”.\n"
    "N LOC | Kenya | kenya\n"
    "N LOC | Uganda | uganda\n"
    "N LOC | Kenya#2 | kenya\n"
    "N PER | Daniel Kiprono | ruto\n"
    "N LOC | Uganda#2 | uganda\n"
    "R Kenya's president | ruto | head-of-state | KE\n"
    "T date | Tuesday | 2023-05-16\n"
    "C count | two journalists | 2 | journalist | -\n"
    "Q indirect | to free ... journalists | kenya | urged | uganda\n"
    "Q mixed | Uganda “a friend | ruto | called | -\n"
    "V 0253 | kenya | uganda | demanded | urged | 2023-05-16 | -\n";

static struct arena *arena;

static size_t read_text(struct annotation *annotation, const char *text)
{
    char path[] = "/tmp/newsd-corpus-XXXXXX";
    int file = mkstemp(path);
    assert_true(file >= 0);
    assert_int_equal(write(file, text, strlen(text)), strlen(text));
    close(file);
    size_t faults = corpus_file_read(annotation, arena, path);
    unlink(path);
    return faults;
}

static struct str words(const struct annotation *annotation, struct span span)
{
    /* the sample's only signs of more than one byte stand at its end */
    return str_slice(annotation->text, span.start, span.end);
}

static void test_a_file_is_read(void **unused)
{
    (void)unused;
    struct annotation annotation;
    assert_int_equal(read_text(&annotation, sample), 0);
    assert_int_equal(annotation.sentences.count, 1);
    assert_int_equal(annotation.sentences.items[0].start, 0);
    assert_int_equal(annotation.names.count, 5);
    assert_true(str_equal(words(&annotation, annotation.names.items[3].span), STR("Daniel Kiprono")));
    assert_true(annotation.names.items[2].span.start > annotation.names.items[0].span.start);
    assert_true(str_equal(words(&annotation, annotation.statements.items[0].content),
                          STR("to free two journalists")));
    assert_int_equal(annotation.statements.items[1].kind, STATEMENT_MIXED);
    assert_int_equal(annotation.events.count, 1);
    assert_string_equal(annotation.events.items[0].code, "0253");
    assert_int_equal(annotation.events.items[0].modality, MODALITY_DEMANDED);
    assert_int_equal(annotation.events.items[0].place, NOBODY);
    assert_true(annotation.quantities.items[0].low == 2);
}

/* The sample with one line in place of another. */
static size_t faults_with(const char *line, const char *other)
{
    struct annotation annotation;
    char text[sizeof(sample) + 200];
    const char *at = strstr(sample, line);
    assert_non_null(at);
    snprintf(text, sizeof(text), "%.*s%s%s", (int)(at - sample), sample, other, at + strlen(line));
    return read_text(&annotation, text);
}

static void test_faults_are_found(void **unused)
{
    (void)unused;
    static const struct {
        const char *line, *other;
    } faults[] = {
        {"N LOC | Uganda | uganda", "N LOC | Ugandan | uganda"},
        {"N LOC | Uganda | uganda", "N PLACE | Uganda | uganda"},
        {"N LOC | Uganda | uganda", "N PER | Uganda | uganda"},
        {"N LOC | Uganda | uganda", "N LOC | Uganda | egypt"},
        {"N LOC | Uganda | uganda", "N LOC | on Tuesday urged Uganda | uganda\nN LOC | Uganda | uganda"},
        {"N LOC | Kenya#2 | kenya", "N LOC | Kenya#3 | kenya"},
        {"V 0253", "V 0299"},
        {"V 0253", "V 999"},
        {"demanded | urged", "wished | urged"},
        {"head-of-state", "king"},
        {"T date", "T day"},
        {"| 2 | journalist", "| two | journalist"},
        {"E uganda | LOC | Uganda | UG | UGA", "E uganda | LOC | Uganda | UGA | UGA"},
        {"E uganda | LOC | Uganda | UG | UGA", "E uganda | LOC | Uganda | UG | UGA\nE x | ORG | X | - | -"},
        {"E ruto", "E kenya | LOC | Kenya | KE | KEN\nE ruto"},
        {"P\nD", "D"},
        {"V 0253", "W 0253"},
        {"H Kenya urges Uganda to free journalists\n", ""},
        {"A 2023-05-16T10:20:00Z", "A Tuesday"},
    };
    for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
        if (!faults_with(faults[i].line, faults[i].other))
            fail_msg("no fault: %s", faults[i].other);
}

static void test_committed_files_have_no_faults(void **unused)
{
    (void)unused;
    glob_t files;
    assert_int_equal(glob("processors/models/corpus/*/*.txt", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        struct annotation annotation;
        if (strstr(files.gl_pathv[i], "/acts/"))
            continue; /* of another form, see below */
        if (corpus_file_read(&annotation, arena, files.gl_pathv[i]))
            fail_msg("%s", files.gl_pathv[i]);
        arena_reset(arena);
    }
    assert_true(files.gl_pathc > 100);
    globfree(&files);
}

/* The committed ones are read whole: a fault would end the program. */
static void test_sentences_with_acts(void **unused)
{
    (void)unused;
    size_t count, acts = 0, without = 0;
    const struct annotation *sentences = act_sentences_read(arena, "processors/models/corpus/acts", &count);
    for (size_t i = 0; i < count; i++) {
        acts += sentences[i].events.count;
        without += !sentences[i].events.count;
        for (size_t k = 0; k < sentences[i].events.count; k++) {
            const struct annotated_event *event = &sentences[i].events.items[k];
            assert_true(event->trigger.start < event->trigger.end);
            assert_true(event->trigger.end <= sentences[i].sentences.items[0].end);
            assert_true(cameo_code_known(str_from(event->code)));
        }
    }
    assert_true(count > 2000 && acts > 2000 && without > 300);
    const struct annotated_event *first = &sentences[0].events.items[0];
    assert_string_equal(first->code, "011");
    assert_true(str_starts(str_slice(sentences[0].text, first->trigger.start, sentences[0].text.len),
                           STR("declined to comment")));
    arena_reset(arena);
}

static void check_quoted(const char *words, uint32_t start, uint32_t end)
{
    struct span span =
        quoted_words_find(STR("\"Kenya’s army left Kenya,\" the Kenyan said."), str_from(words));
    if (span.start != start || span.end != end)
        fail_msg("%s: %u to %u", words, span.start, span.end);
}

static void test_quoted_words(void **unused)
{
    (void)unused;
    check_quoted("Kenya", 1, 6);
    check_quoted("Kenya#2", 19, 24);
    check_quoted("Kenya#3", 0, 0);
    check_quoted("army ... Kenya", 9, 24);
    check_quoted("Kenya army", 0, 0);
}

static void test_codes(void **unused)
{
    (void)unused;
    static const char *const known[] = {"010",  "0256", "0874", "1125", "1385",
                                        "1454", "1833", "1952", "2042"};
    static const char *const unknown[] = {"",     "01",   "0110", "0257", "1126",
                                          "1386", "1835", "210",  "0999", "04"};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (!cameo_code_known(str_from(known[i])))
            fail_msg("%s", known[i]);
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        if (cameo_code_known(str_from(unknown[i])))
            fail_msg("%s", unknown[i]);
    assert_string_equal(cameo_plover_type("0256"), "REQUEST");
    assert_string_equal(cameo_plover_type("087"), "RETREAT");
    assert_string_equal(cameo_plover_type("175"), "ASSAULT");
    assert_null(cameo_plover_type("010"));
}

static void test_an_annotation_agrees_with_itself(void **unused)
{
    (void)unused;
    struct annotation annotation;
    struct annotation_score score = {0};
    read_text(&annotation, sample);
    score_annotations(arena, &annotation, &annotation, &score);
    assert_int_equal(score.sentences.right, 1);
    assert_int_equal(score.names[NAME_PLACE].right, 4);
    assert_int_equal(score.roles.right, 1);
    assert_int_equal(score.time_values.right, 1);
    assert_int_equal(score.quantity_values.right, 1);
    assert_int_equal(score.statements.right, 2);
    assert_int_equal(score.speakers.right, 2);
    for (int level = 0; level < EVENT_LEVELS; level++)
        assert_int_equal(score.events[level].right, 1);
    assert_int_equal(score.alarms.of, 0);
}

/* Another code of the same root, another target, one event more in a sentence without. */
static void test_what_differs_is_counted(void **unused)
{
    (void)unused;
    struct annotation wanted, found;
    struct annotation_score score = {0};
    read_text(&wanted, sample);
    read_text(&found, sample);
    (void)snprintf(found.events.items[0].code, sizeof(found.events.items[0].code), "0252");
    found.events.items[0].targets.items[0] = 2;
    found.names.items[0].span.end++;
    found.statements.items[0].speaker = 1;
    score_annotations(arena, &wanted, &found, &score);
    assert_int_equal(score.events[EVENTS_ROOT].right, 1);
    assert_int_equal(score.events[EVENTS_CODE].right, 0);
    assert_int_equal(score.events[EVENTS_ROOT_PAIR].right, 0);
    assert_int_equal(score.names[NAME_PLACE].right, 3);
    assert_int_equal(score.speakers.right, 1);
    wanted.events.count = 0;
    score = (struct annotation_score){0};
    score_annotations(arena, &wanted, &found, &score);
    assert_int_equal(score.alarms.right, 1);
}

static int start(void **unused)
{
    (void)unused;
    arena = arena_create((size_t)1 << 28);
    return arena ? 0 : -1;
}

static int stop(void **unused)
{
    (void)unused;
    arena_destroy(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_file_is_read),
        cmocka_unit_test(test_faults_are_found),
        cmocka_unit_test(test_committed_files_have_no_faults),
        cmocka_unit_test(test_sentences_with_acts),
        cmocka_unit_test(test_quoted_words),
        cmocka_unit_test(test_codes),
        cmocka_unit_test(test_an_annotation_agrees_with_itself),
        cmocka_unit_test(test_what_differs_is_counted),
    };
    return cmocka_run_group_tests(tests, start, stop);
}
