/* score_single_events: sentences with one event each, of the kind that coding manuals give as examples
 * (corpus/sentences.txt says how its lines are written). For the programs that look.
 *
 * Half of the sentences are for looking at while rules are written, the other half never: of each code's two
 * sentences one stands in each half. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_SINGLE_EVENTS_H
#define NEWSD_PROCESSORS_MODELS_SCORE_SINGLE_EVENTS_H

#include <stdbool.h>

#include "processors/pipeline.h"

enum half { HALF_SEEN, HALF_UNSEEN, HALVES };

/* Codes every sentence of the file as an article of its own and prints one line for each half; with
 * `differences`, those of the half that may be seen as well. Exits with words on a fault of the file. */
void score_single_events(const struct pipeline *pipeline, const char *path, bool differences);

#endif
