/* affiliations: of which country the article's people are where no word says it, and for which organisation
 * those speak whose role is told by "its". Thread: the article's. */
#ifndef NEWSD_PROCESSORS_MEANING_AFFILIATIONS_H
#define NEWSD_PROCESSORS_MEANING_AFFILIATIONS_H

#include "processors/article.h"

/* Fills `affiliation` of the article's people, and `organisation` of their roles where a reference says it.
 * Needs roles, references and trees; the last part of the stage "references". 0 or a negative error. */
int affiliations_find(struct article *article);

#endif
