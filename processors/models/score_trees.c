/* score_trees: see the header. */
#include "processors/models/score_trees.h"

#include <stdio.h>

#include "processors/models/files.h"

static void parse(const struct tree_models *models, struct arena *scratch,
                  const struct treebank_sentence *sentence, uint16_t *heads, uint8_t *relations)
{
    struct word_form *forms = arena_new_array(scratch, struct word_form, sentence->count);
    struct token_tag *tags = arena_new_array(scratch, struct token_tag, sentence->count);
    uint8_t *labels = arena_new_array(scratch, uint8_t, sentence->count);
    if (!forms || !tags || !labels)
        files_fail("memory", "too little");
    for (size_t i = 0; i < sentence->count; i++)
        word_form_fill(&forms[i],
                       str_slice(sentence->text, sentence->tokens[i].start, sentence->tokens[i].end),
                       models->tables);
    tagger_tag(models->tagger, forms, sentence->count, labels);
    for (size_t i = 0; i < sentence->count; i++)
        tags[i] = (struct token_tag){tagger_upos(models->tagger, labels[i]),
                                     tagger_xpos(models->tagger, labels[i])};
    if (parser_parse(models->parser, scratch, forms, tags, sentence->count, PARSER_BEAM, heads, relations))
        files_fail("memory", "too little");
}

static void score_sentence(const struct tree_models *models, struct arena *scratch,
                           const struct treebank_sentence *sentence, struct tree_score *score)
{
    uint8_t *relations = arena_new_array(scratch, uint8_t, sentence->count);
    uint16_t *heads = arena_new_array(scratch, uint16_t, sentence->count);
    if (!relations || !heads)
        files_fail("memory", "too little");
    parse(models, scratch, sentence, heads, relations);
    for (size_t i = 0; i < sentence->count; i++) {
        bool plain = !str_equal(sentence->relations[i], STR("punct"));
        bool head = heads[i] == sentence->heads[i];
        bool both = head && str_equal(parser_relation(models->parser, relations[i]), sentence->relations[i]);
        score->words++;
        score->heads += head;
        score->labelled += both;
        score->plain_words += plain;
        score->plain_heads += plain && head;
        score->plain_labelled += plain && both;
    }
}

void score_trees(const struct tree_models *models, const struct treebank *treebank, struct tree_score *score)
{
    struct arena *scratch = arena_create((size_t)1 << 26);
    for (size_t i = 0; i < treebank->count; i++) {
        score_sentence(models, scratch, &treebank->sentences[i], score);
        arena_reset(scratch);
    }
    arena_destroy(&scratch);
}

static double percent(size_t part, size_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

void score_trees_print(const char *title, const struct tree_score *score)
{
    printf("%-24s %7zu words  UAS %.2f LAS %.2f  without punctuation UAS %.2f LAS %.2f\n", title,
           score->words, percent(score->heads, score->words), percent(score->labelled, score->words),
           percent(score->plain_heads, score->plain_words),
           percent(score->plain_labelled, score->plain_words));
}
