/* The parser: a tree for whatever stands there, and what the committed model makes of plain sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <errno.h>
#include <stdlib.h>

#include "processors/language/parse_beam.h"
#include "processors/language/parser.h"
#include "processors/language/tagger.h"
#include "processors/language/tokens.h"

struct fixture {
    struct model *files[2], *model;
    struct word_tables *tables;
    struct tagger *tagger;
    struct parser *parser;
    struct arena *arena;
};

static int open_models(void **state)
{
    static struct fixture fixture;
    struct error error = {0};
    if (model_open(&fixture.files[0], "processors/models", "words", &error) ||
        word_tables_create(&fixture.tables, fixture.files[0], &error) ||
        model_open(&fixture.files[1], "processors/models", "tagger", &error) ||
        tagger_create(&fixture.tagger, fixture.files[1], &error) ||
        model_open(&fixture.model, "processors/models", "parser", &error) ||
        parser_create(&fixture.parser, fixture.model, &error))
        return -1;
    fixture.arena = arena_create(ARENA_CAP_DEFAULT);
    *state = &fixture;
    return 0;
}

static int close_models(void **state)
{
    struct fixture *fixture = *state;
    arena_destroy(&fixture->arena);
    parser_destroy(&fixture->parser);
    tagger_destroy(&fixture->tagger);
    word_tables_destroy(&fixture->tables);
    return 0;
}

/* One word below the root, and from each word a way to it that is no longer than the sentence. */
static void check_tree(const uint16_t *heads, size_t count)
{
    size_t roots = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = i + 1, steps = 0;
        assert_true(heads[i] <= count);
        roots += heads[i] == 0;
        for (; at && steps <= count; steps++)
            at = heads[at - 1];
        assert_int_equal(at, 0);
    }
    assert_int_equal(roots, count > 0);
}

static uint32_t next_random(uint32_t *state)
{
    return (*state = *state * 1664525u + 1013904223u) >> 8;
}

/* A sum of the heads, which tells two trees apart. */
static uint32_t parse_random(struct fixture *fixture, size_t count, uint32_t seed, size_t beam)
{
    static const char letters[] = "The dam above \xc3\xa9 town, 12 held\xff\xe2\x80\x9c.";
    struct word_form *forms = calloc(count + 1, sizeof(*forms));
    struct token_tag *tags = calloc(count + 1, sizeof(*tags));
    uint8_t *relations = calloc(count + 1, 1);
    uint16_t *heads = calloc(count + 1, sizeof(*heads));
    for (size_t i = 0; i < count; i++) {
        uint32_t start = next_random(&seed) % (sizeof(letters) - 1);
        word_form_fill(&forms[i], str_slice(str_from(letters), start, start + next_random(&seed) % 10),
                       fixture->tables);
        uint8_t label = (uint8_t)next_random(&seed);
        tags[i] =
            (struct token_tag){tagger_upos(fixture->tagger, label), tagger_xpos(fixture->tagger, label)};
    }
    assert_int_equal(
        parser_parse(fixture->parser, fixture->arena, forms, tags, count, beam, heads, relations), 0);
    check_tree(heads, count);
    for (size_t i = 0; i < count; i++)
        assert_int_equal(str_equal(parser_relation(fixture->parser, relations[i]), STR("root")),
                         heads[i] == 0);
    uint32_t sum = 0;
    for (size_t i = 0; i < count; i++)
        sum = sum * 31 + heads[i];
    arena_reset(fixture->arena);
    free(forms);
    free(tags);
    free(relations);
    free(heads);
    return sum;
}

static void test_anything_gets_a_tree_with_one_root(void **state)
{
    for (uint32_t seed = 0; seed < 300; seed++)
        parse_random(*state, seed % 60, seed, 1 + seed % PARSE_BEAM_MAX);
    parse_random(*state, PARSER_TOKENS_MAX, 1, PARSER_BEAM);
    parse_random(*state, PARSER_TOKENS_MAX + 1, 2, PARSER_BEAM);
    parse_random(*state, 5000, 3, PARSER_BEAM);
    parse_random(*state, 100000, 4, PARSER_BEAM);
}

/* A wider beam reads some sentences otherwise; those that are too long for it, it reads greedily. */
static void test_a_beam_reads_otherwise(void **state)
{
    size_t others = 0;
    for (uint32_t seed = 0; seed < 100; seed++)
        others += parse_random(*state, 30, seed, 1) != parse_random(*state, 30, seed, 4);
    assert_true(others > 0);
    assert_int_equal(parse_random(*state, PARSE_BEAM_WORDS_MAX + 1, 1, 1),
                     parse_random(*state, PARSE_BEAM_WORDS_MAX + 1, 1, PARSE_BEAM_MAX));
    assert_int_not_equal(parse_random(*state, PARSE_BEAM_WORDS_MAX, 1, 1),
                         parse_random(*state, PARSE_BEAM_WORDS_MAX, 1, PARSE_BEAM_MAX));
}

static void test_no_memory_is_said(void **state)
{
    struct fixture *fixture = *state;
    struct arena *small = arena_create(1 << 16);
    static struct word_form forms[3000];
    static struct token_tag tags[3000];
    static uint8_t relations[3000];
    static uint16_t heads[3000];
    assert_int_equal(parser_parse(fixture->parser, small, forms, tags, 3000, PARSER_BEAM, heads, relations),
                     -ENOMEM);
    arena_reset(small);
    assert_int_equal(parser_parse(fixture->parser, small, forms, tags, 150, PARSE_BEAM_MAX, heads, relations),
                     -ENOMEM);
    arena_destroy(&small);
}

/* "word relation head" of each word named. */
struct expected {
    const char *word, *relation, *head;
};

static struct str word_at(struct str text, const struct token_list *list, size_t node)
{
    return node ? str_slice(text, list->items[node - 1].start, list->items[node - 1].end) : STR("ROOT");
}

static void check_sentence(struct fixture *fixture, const char *sentence, const struct expected *expected,
                           size_t expected_count)
{
    struct str text = str_from(sentence);
    struct token_list list = {0};
    struct word_form forms[100];
    struct token_tag tags[100];
    uint8_t labels[100], relations[100];
    uint16_t heads[100];
    size_t found = 0;
    assert_int_equal(tokens_find(fixture->arena, text, 0, text.len, &list), 0);
    for (size_t i = 0; i < list.count; i++)
        word_form_fill(&forms[i], word_at(text, &list, i + 1), fixture->tables);
    tagger_tag(fixture->tagger, forms, list.count, labels);
    for (size_t i = 0; i < list.count; i++)
        tags[i] = (struct token_tag){tagger_upos(fixture->tagger, labels[i]),
                                     tagger_xpos(fixture->tagger, labels[i])};
    assert_int_equal(
        parser_parse(fixture->parser, fixture->arena, forms, tags, list.count, PARSER_BEAM, heads, relations),
        0);
    check_tree(heads, list.count);
    for (size_t i = 0; i < list.count; i++)
        for (size_t k = 0; k < expected_count; k++) {
            if (!str_equal(word_at(text, &list, i + 1), str_from(expected[k].word)))
                continue;
            struct str relation = parser_relation(fixture->parser, relations[i]),
                       head = word_at(text, &list, heads[i]);
            if (!str_equal(relation, str_from(expected[k].relation)) ||
                !str_equal(head, str_from(expected[k].head)))
                fail_msg("%s: %s is %.*s of %.*s", sentence, expected[k].word, STR_ARG(relation),
                         STR_ARG(head));
            found++;
        }
    assert_int_equal(found, expected_count);
    arena_reset(fixture->arena);
}

#define CHECK(sentence, ...)                                                                                 \
    do {                                                                                                     \
        static const struct expected expected[] = {__VA_ARGS__};                                             \
        check_sentence(*state, sentence, expected, sizeof(expected) / sizeof(expected[0]));                  \
    } while (0)

static void test_plain_sentences_are_understood(void **state)
{
    CHECK("The engineers repaired the old dam in March.", {"engineers", "nsubj", "repaired"},
          {"repaired", "root", "ROOT"}, {"dam", "obj", "repaired"}, {"old", "amod", "dam"},
          {"March", "obl", "repaired"}, {"in", "case", "March"});
    CHECK("The minister said on Tuesday that taxes will rise.", {"minister", "nsubj", "said"},
          {"said", "root", "ROOT"}, {"rise", "ccomp", "said"}, {"taxes", "nsubj", "rise"},
          {"will", "aux", "rise"}, {"Tuesday", "obl", "said"});
    CHECK("The bridge was closed by the police.", {"bridge", "nsubj", "closed"}, {"was", "aux", "closed"},
          {"police", "obl", "closed"});
}

/* What the models alone read otherwise (parse_repairs.h). */
static void test_trees_are_mended(void **state)
{
    CHECK("Rebels fired some 30 rockets at northern Israel hours later.", {"Israel", "obl", "fired"},
          {"at", "case", "Israel"}, {"northern", "amod", "Israel"});
    CHECK("The U.S. envoy Tom Barrack, who arrived in Beirut on Sunday, met President Joseph Aoun and army "
          "chief Rodolphe Haykal to discuss the disarmament of rebels.",
          {"Joseph", "obj", "met"}, {"Rodolphe", "conj", "Joseph"}, {"and", "cc", "Rodolphe"});
    CHECK("Mexico severed relations after police broke into the embassy and arrested former Vice President "
          "Jorge Glas, who had sought asylum there.",
          {"Jorge", "obj", "arrested"}, {"former", "amod", "Jorge"});
    CHECK(
        "Colonel Maiga said in a statement read on state television that the leader had granted the pardon.",
        {"read", "acl", "statement"}, {"granted", "ccomp", "said"});
    CHECK("Congo, the United Nations and Western powers accuse Rwanda of arming the rebels.",
          {"Congo", "nsubj", "accuse"}, {"Nations", "conj", "Congo"}, {"powers", "conj", "Congo"});
    CHECK("His minister warned that the government would not tolerate roadblocks and ordered the army out.",
          {"ordered", "conj", "warned"});
    CHECK("The strike killed at least 22 people who had sought shelter there, an independent media outlet "
          "and a "
          "resistance group said Saturday.",
          {"outlet", "nsubj", "said"}, {"group", "conj", "outlet"});
    CHECK("The army accuses the emirate of supplying the rebels with weapons, a charge Abu Dhabi denies.",
          {"Abu", "nsubj", "denies"}, {"denies", "acl", "charge"});
    CHECK("In the past it has said that planes hit only military targets.", {"it", "nsubj", "said"});
}

/* The sections of a good model with one of them cut short, or left out (by = -1). */
static void check_refused(const struct model *good, const char *damaged, int by)
{
    static const char *const names[] = {"names", "moves", "relations", "moves-back", "relations-back"};
    enum { SECTIONS = 5 };
    _cleanup_buffer_ struct buffer file = {0};
    struct model_part parts[SECTIONS];
    struct model *model;
    struct parser *parser = NULL;
    struct error error = {0};
    size_t count = 0;
    for (size_t i = 0; i < SECTIONS; i++) {
        struct str section = model_section(good, names[i]);
        bool other = strcmp(names[i], damaged) != 0;
        if (other || by >= 0)
            parts[count++] = (struct model_part){
                names[i], other ? section : str_slice(section, 0, section.len - (size_t)by)};
    }
    assert_int_equal(model_write(&file, "parser", PARSER_VERSION, parts, count), 0);
    assert_int_equal(model_from_bytes(&model, buffer_str(&file), "parser", &error), 0);
    assert_int_equal(parser_create(&parser, model, &error), ERR_MALFORMED);
    assert_null(parser);
}

static void test_a_damaged_model_is_refused(void **state)
{
    const struct model *good = ((struct fixture *)*state)->model;
    check_refused(good, "moves", 4);
    check_refused(good, "relations", 1);
    check_refused(good, "names", 8);
    check_refused(good, "relations", -1);
    check_refused(good, "moves-back", 4);
    check_refused(good, "relations-back", 1);
    check_refused(good, "moves-back", -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_anything_gets_a_tree_with_one_root),
        cmocka_unit_test(test_a_beam_reads_otherwise),
        cmocka_unit_test(test_no_memory_is_said),
        cmocka_unit_test(test_plain_sentences_are_understood),
        cmocka_unit_test(test_trees_are_mended),
        cmocka_unit_test(test_a_damaged_model_is_refused),
    };
    return cmocka_run_group_tests(tests, open_models, close_models);
}
