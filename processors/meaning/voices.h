/* voices: whom "I" means in what is quoted: the one who says it. English.
 *
 * Only in quotation marks whose statement has a person for its speaker; not in a quotation within it. "We" is
 * left alone: it may be a house, a country or two people in a room. */
#ifndef NEWSD_PROCESSORS_MEANING_VOICES_H
#define NEWSD_PROCESSORS_MEANING_VOICES_H

#include "processors/pipeline.h"

/* The stage "voices": adds to article->references and article->token_entities. */
extern const struct stage stage_voices;

#endif
