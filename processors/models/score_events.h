/* score_events: how far the events of two annotations agree (see score_annotations.h). For the programs that
 * look. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_EVENTS_H
#define NEWSD_PROCESSORS_MODELS_SCORE_EVENTS_H

#include "processors/models/annotation_align.h"
#include "processors/models/score_annotations.h"

/* Adds the events of an article. Scratch in the arena. Exits with words without memory. */
void score_events(struct arena *arena, const struct pair *pair, struct annotation_score *score);

/* Which of the found events are right in root, source and target, as score_events() counts them; one for each
 * of the annotation's, history never. In the arena. Exits with words without memory. */
const bool *score_events_right(struct arena *arena, const struct pair *pair);

/* Are these the codes of one actor? Some give a country that acts its government's code, CAMEO and newsd the
 * country's alone. */
bool score_events_same_code(struct str a, struct str b);

/* What is only planned has a code of its own in CAMEO: a meeting ahead is 036, sanctions ahead 1312. Sets
 * that of a planned event. */
void score_events_intend(struct annotated_event *event);

#endif
