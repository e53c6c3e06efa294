/* annotation_of: what newsd reads in an article of its corpus, as an annotation. For the programs that look.
 */
#ifndef NEWSD_PROCESSORS_MODELS_ANNOTATION_OF_H
#define NEWSD_PROCESSORS_MODELS_ANNOTATION_OF_H

#include "processors/models/annotation.h"
#include "processors/pipeline.h"

/* Reads the text and title of the annotation by the pipeline, as newsd does; returns the article, with its
 * trials and choices; its entities are the annotation's first. All is in the arena. Exits with words without
 * memory, and when newsd reads other text than stands there. One thread for each arena. */
const struct article *annotation_of(struct annotation *ret_annotation, struct arena *arena,
                                    const struct pipeline *pipeline, const struct annotation *from);

#endif
