/* score_events: how far the events of two annotations agree (see score_annotations.h). For the programs that
 * look. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_EVENTS_H
#define NEWSD_PROCESSORS_MODELS_SCORE_EVENTS_H

#include "processors/models/annotation_align.h"
#include "processors/models/score_annotations.h"

/* Adds the events of an article. Scratch in the arena. Exits with words without memory. */
void score_events(struct arena *arena, const struct pair *pair, struct annotation_score *score);

#endif
