/* language_stages: what the article's text is made of, one stage for each step: "tokens", "words", "tags",
 * "trees", "names". */
#ifndef NEWSD_PROCESSORS_LANGUAGE_LANGUAGE_STAGES_H
#define NEWSD_PROCESSORS_LANGUAGE_LANGUAGE_STAGES_H

#include "processors/pipeline.h"

/* Tokens of all sentences, in every language. An article that brings its tokens keeps them. */
extern const struct stage stage_tokens;
/* What the tables of words (word_tables.h) know of each token. */
extern const struct stage stage_words;
/* Parts of speech. */
extern const struct stage stage_tags;
/* Trees of dependencies; on request. */
extern const struct stage stage_trees;
/* Names, and what is named by them. */
extern const struct stage stage_names;

/* How many tokens of the sentence are its dateline's: they are no part of what the sentence says, and are
 * tagged and parsed apart. */
uint32_t language_dateline_tokens(const struct article *article, size_t sentence);

/* The languages that the models speak; ended by NULL. */
extern const char *const language_stages_spoken[];

#endif
