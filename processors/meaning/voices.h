/* voices: whom "I" and "we" mean in what is quoted. English.
 *
 * "I" is the one who says it; "we" the organisation whose head or spokesman that is, or the state whose
 * office he holds; with others it may be a village or two people in a room, and is left alone. Only in
 * quotation marks whose statement has a person for its speaker; not in a quotation within it. */
#ifndef NEWSD_PROCESSORS_MEANING_VOICES_H
#define NEWSD_PROCESSORS_MEANING_VOICES_H

#include "processors/pipeline.h"

/* The stage "voices": adds to article->references and article->token_entities. */
extern const struct stage stage_voices;

#endif
