/* score_sentences: how many sentences and tokens of raw text are found with both borders. For the programs
 * that look. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_SENTENCES_H
#define NEWSD_PROCESSORS_MODELS_SCORE_SENTENCES_H

#include "processors/models/document.h"

struct span_count {
    size_t right, found, wanted;
};

/* The harmonic mean of precision and recall, in per cent. */
double span_count_f1(const struct span_count *count);

struct sentence_score {
    struct span_count sentences, tokens;
};

/* Adds the document. One thread. */
void score_sentences(const struct document *document, struct sentence_score *score);

/* A line on standard output, in per cent. */
void score_sentences_print(const char *title, const struct sentence_score *score);

#endif
