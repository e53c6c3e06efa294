/* references: whom "she", "the minister" and "they" mean. English.
 *
 * One walk through the text with those in mind who were named or meant, and those who act without a name
 * ("three gunmen", "Guyana and Venezuela"); whatever looks back takes the likeliest of them or nobody, by
 * weights that are learnt (reference_candidates.h). A guess says more than silence: nobody must be likelier
 * by a margin. */
#ifndef NEWSD_PROCESSORS_MEANING_REFERENCES_H
#define NEWSD_PROCESSORS_MEANING_REFERENCES_H

#include "processors/pipeline.h"

/* Gives each entity the list of its own references, in the order of article->references. 0 or -ENOMEM. */
int references_list(struct article *article);

/* The stage "references": fills article->references and token_entities, and unnamed, unnamed_references and
 * token_unnamed. */
extern const struct stage stage_references;

#endif
