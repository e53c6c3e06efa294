/* score_times: the dates of GUM's TEI files, and how many of them newsd finds and understands. For the
 * programs that look.
 *
 * A date is right when its words are; its value, when it begins and ends where the corpus says:
 * when="2006-02" is all of February. The corpus marks few relative words ("yesterday"), so dates are counted
 * once more where both sides have a digit. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_TIMES_H
#define NEWSD_PROCESSORS_MODELS_SCORE_TIMES_H

#include "processors/models/document.h"
#include "processors/models/score_sentences.h"

struct time_score {
    struct span_count all, digits;
    size_t touched;              /* of the corpus, by a time of any kind */
    size_t values, values_right; /* of the dates found: those whose value the corpus has, and ours is right */
};

/* Reads the dates of the document from a file (lines of words as in the document, <date when="..."> before
 * and </date> behind those of a date) and adds what newsd found of the kind "date". Open periods, dates
 * without a year and those before Christ have no value here. Exits with words on a fault. Scratch in the
 * arena. */
void score_times(struct arena *arena, const char *path, const struct document *document,
                 struct time_score *score);

/* A line on standard output, in per cent. */
void score_times_print(const char *title, const struct time_score *score);

#endif
