/* coreference_corpus: the chains of OntoGUM (Zhu, Pradhan and Zeldes 2021, ACL: GUM's coreference in the
 * scheme of OntoNotes), and newsd's entities as chains beside them. For the programs that look. */
#ifndef NEWSD_PROCESSORS_MODELS_COREFERENCE_CORPUS_H
#define NEWSD_PROCESSORS_MODELS_COREFERENCE_CORPUS_H

#include "processors/models/document.h"
#include "processors/models/score_coreference.h"

/* When a mention of newsd's is a mention of the corpus. */
enum coreference_borders {
    BORDERS_EXACT, /* the same words */
    BORDERS_HEADS, /* or it holds the other's head: "Santos" in "President Santos, who ..." */
    BORDERS_KINDS,
};

/* Reads the chains of the document from a file ("number<TAB>word<TAB>(chain", one line a word as in the
 * document) and adds newsd's answer to the score: entities with two mentions or more, names and references
 * together, as OntoGUM has no single mentions either. Exits with words on a fault. Scratch in the arena. */
void coreference_corpus_score(struct arena *arena, const char *path, const struct document *document,
                              enum coreference_borders borders, struct coreference_score *score);

/* A line on standard output: F1, precision and recall by each measure, and the mean of the F1, in per cent.
 */
void coreference_print(const char *title, size_t documents, const struct coreference_score *score);

#endif
