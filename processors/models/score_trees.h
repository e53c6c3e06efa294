/* score_trees: how many words of a treebank get the right head and relation, with the tagger's tags. For the
 * programs that train and look. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_TREES_H
#define NEWSD_PROCESSORS_MODELS_SCORE_TREES_H

#include "processors/language/parser.h"
#include "processors/language/tagger.h"
#include "processors/models/treebank.h"

struct tree_models {
    struct word_tables *tables;
    struct tagger *tagger;
    struct parser *parser;
};

struct tree_score {
    size_t words, heads, labelled;                   /* looked at; head right; head and relation right */
    size_t plain_words, plain_heads, plain_labelled; /* the same without punctuation */
};

/* Adds the treebank's words, cut as the treebank cuts them; relations count without subtypes. Exits with
 * words without memory. One thread. */
void score_trees(const struct tree_models *models, const struct treebank *treebank, struct tree_score *score);

/* A line on standard output, in per cent. */
void score_trees_print(const char *title, const struct tree_score *score);

#endif
