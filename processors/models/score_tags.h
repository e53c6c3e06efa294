/* score_tags: how many words of a treebank a tagger tags rightly. For the programs that train and look. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_TAGS_H
#define NEWSD_PROCESSORS_MODELS_SCORE_TAGS_H

#include "processors/language/tagger.h"
#include "processors/models/treebank.h"

struct tag_score {
    size_t words, upos, xpos; /* looked at; universal and Penn tags right */
};

/* Adds the treebank's words, cut as the treebank cuts them. Exits with words without memory. One thread. */
void score_tags(const struct tagger *tagger, const struct word_tables *tables,
                const struct treebank *treebank, struct tag_score *score);

/* A line on standard output, in per cent. */
void score_tags_print(const char *title, const struct tag_score *score);

#endif
