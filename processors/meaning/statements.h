/* statements: what people say, directly and indirectly, with who says it. English.
 *
 * Cues are verbs of speech (speech_words.h) and "according to". What is said is the quotation beside the cue,
 * or else the clause below it or before it; who says it is the cue's subject. A quotation without a cue
 * belongs to the speaker before, or to nobody; terms, titles and irony in quotation marks are none. */
#ifndef NEWSD_PROCESSORS_MEANING_STATEMENTS_H
#define NEWSD_PROCESSORS_MEANING_STATEMENTS_H

#include "processors/pipeline.h"

/* The stage "statements": fills article->statements, in the order of what was said. */
extern const struct stage stage_statements;

#endif
