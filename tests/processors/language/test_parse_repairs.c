/* Repairs of trees: whatever the parser made of whatever words, a tree stays a tree. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "processors/language/parse_repairs.h"

enum { WORDS = 14, ROUNDS = 300000 };

static uint32_t random_state = 1;

static size_t below(size_t limit)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % limit;
}

static const struct {
    const char *word, *upos, *xpos;
} words[] = {
    {"said", "VERB", "VBD"},    {"told", "VERB", "VBD"},    {"demanded", "VERB", "VBD"},
    {"ordered", "VERB", "VBD"}, {"read", "VERB", "VBN"},    {"denies", "VERB", "VBZ"},
    {"accuse", "VERB", "VBP"},  {"would", "AUX", "MD"},     {"had", "AUX", "VBD"},
    {"was", "AUX", "VBD"},      {"it", "PRON", "PRP"},      {"that", "SCONJ", "IN"},
    {",", "PUNCT", ","},        {",", "PUNCT", ","},        {"and", "CCONJ", "CC"},
    {"to", "ADP", "IN"},        {"in", "ADP", "IN"},        {"former", "ADJ", "JJ"},
    {"free", "ADJ", "JJ"},      {"a", "DET", "DT"},         {"the", "DET", "DT"},
    {"charge", "NOUN", "NN"},   {"group", "NOUN", "NN"},    {"letter", "NOUN", "NN"},
    {"envoy", "NOUN", "NN"},    {"hours", "NOUN", "NNS"},   {"later", "ADV", "RB"},
    {"Peru", "PROPN", "NNP"},   {"Ana", "PROPN", "NNP"},    {"Ruiz", "PROPN", "NNP"},
    {"Friday", "PROPN", "NNP"}, {"killing", "VERB", "VBG"}, {"``", "PUNCT", "``"},
};

static const char *const relations[] = {
    "root", "dep",      "nsubj", "obj",   "iobj",  "obl",      "nmod",  "amod",      "conj",
    "cc",   "compound", "flat",  "appos", "acl",   "advcl",    "ccomp", "xcomp",     "mark",
    "aux",  "aux:pass", "case",  "det",   "punct", "vocative", "expl",  "parataxis", "advmod"};
enum {
    WORD_COUNT = sizeof(words) / sizeof(words[0]),
    RELATION_COUNT = sizeof(relations) / sizeof(relations[0])
};

/* Each word but the first in a random order hangs on one before it. */
static void make_tree(size_t count, uint16_t *heads, uint8_t *ret_relations)
{
    size_t order[WORDS];
    for (size_t i = 0; i < count; i++) {
        size_t at = below(i + 1);
        order[i] = order[at];
        order[at] = i;
    }
    for (size_t i = 0; i < count; i++) {
        heads[order[i]] = i ? (uint16_t)(order[below(i)] + 1) : 0;
        ret_relations[order[i]] = (uint8_t)(i ? 1 + below(RELATION_COUNT - 1) : 0);
    }
}

static bool is_tree(const uint16_t *heads, size_t count)
{
    size_t roots = 0;
    for (size_t i = 0; i < count; i++) {
        size_t at = i, steps = 0;
        while (heads[at] && steps++ <= count) {
            if (heads[at] > count)
                return false;
            at = heads[at] - 1u;
        }
        if (heads[at])
            return false;
        roots += heads[i] == 0;
    }
    return roots == 1;
}

static void test_a_tree_stays_a_tree(void **unused)
{
    (void)unused;
    struct str names[RELATION_COUNT];
    for (size_t i = 0; i < RELATION_COUNT; i++)
        names[i] = str_from(relations[i]);
    for (int round = 0; round < ROUNDS; round++) {
        struct word_form forms[WORDS] = {0};
        struct token_tag tags[WORDS];
        uint16_t heads[WORDS], before[WORDS];
        uint8_t labels[WORDS];
        size_t count = 2 + below(WORDS - 1), which[WORDS];
        for (size_t i = 0; i < count; i++) {
            which[i] = below(WORD_COUNT);
            forms[i].lower = word_form_lower(str_from(words[which[i]].word));
            tags[i] = (struct token_tag){str_from(words[which[i]].upos), str_from(words[which[i]].xpos)};
        }
        make_tree(count, heads, labels);
        memcpy(before, heads, sizeof(before));
        struct parse_repair repair = {names, RELATION_COUNT, forms, tags, count, heads, labels};
        parse_repair(&repair);
        if (is_tree(heads, count))
            continue;
        for (size_t i = 0; i < count; i++)
            print_message("%s %u -> %u %s\n", words[which[i]].word, before[i], heads[i],
                          relations[labels[i]]);
        fail_msg("no tree any more");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_tree_stays_a_tree),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
