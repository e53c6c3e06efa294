/* corpus_pairs: the articles of the own corpus as annotated and as newsd reads them, side by side. For the
 * programs that train on what newsd finds. */
#ifndef NEWSD_PROCESSORS_MODELS_CORPUS_PAIRS_H
#define NEWSD_PROCESSORS_MODELS_CORPUS_PAIRS_H

#include "processors/models/annotation_align.h"

struct corpus_pair {
    struct pair pair;
    struct annotation found;
    const struct article *article; /* with trials, choices and candidates */
};

/* Reads all articles of a folder of the corpus with the models of another, in the order of their names; their
 * number. All is in the arena. Exits with words when something is wrong. */
size_t corpus_pairs_read(const struct corpus_pair **ret_pairs, struct arena *arena, const char *models,
                         const char *folder);

/* The same for articles that have been read already; a list of as many in the arena. */
const struct corpus_pair *corpus_pairs_of(struct arena *arena, const char *models,
                                          const struct annotation *annotations, size_t count);

#endif
