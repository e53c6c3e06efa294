/* references: whom "she" and "the minister" mean. English.
 *
 * Sieves from the sure to the less sure, after Lee et al. (2013): a description by the words of a role and
 * the country in it, a pronoun by gender, distance and what the one before was to its sentence (subjects
 * first). What is doubtful is left alone. */
#ifndef NEWSD_PROCESSORS_MEANING_REFERENCES_H
#define NEWSD_PROCESSORS_MEANING_REFERENCES_H

#include "processors/pipeline.h"

/* Gives each entity the list of its own references, in the order of article->references. 0 or -ENOMEM. */
int references_list(struct article *article);

/* The stage "references": fills article->references and article->token_entities. */
extern const struct stage stage_references;

#endif
