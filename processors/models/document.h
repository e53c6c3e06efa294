/* document: a document of a treebank read by the whole pipeline as newsd reads an article, and where both
 * stand. For the programs that look.
 *
 * What newsd finds and what the treebank says are compared by places: code points that are no white space,
 * counted through the document as the treebank has it (as Zeman et al. 2018, CoNLL 2018 shared task, compare
 * words of raw text). */
#ifndef NEWSD_PROCESSORS_MODELS_DOCUMENT_H
#define NEWSD_PROCESSORS_MODELS_DOCUMENT_H

#include "processors/models/treebank.h"
#include "processors/pipeline.h"

struct places {
    uint32_t start, end; /* [start, end); PLACE_NONE: newsd's text has something else there */
};
#define PLACE_NONE UINT32_MAX

struct document {
    struct places *sentences, *words; /* of the treebank */
    uint32_t *sentence_words;         /* where each sentence's words begin, and the last's end */
    size_t sentence_count, word_count;
    const struct treebank_sentence *source; /* its sentences */
    const struct article *article;
    /* From newsd's text to places: letters before each code point, the place of each letter */
    uint32_t *letters, *letter_places;
};

/* Reads `count` sentences as one article in English: paragraphs as the treebank has them, published on the
 * document's date. All is in the arena, the sentences must stay. Exits with words without memory. One thread
 * for each arena. */
void document_read(struct document *ret_document, struct arena *arena, const struct pipeline *pipeline,
                   const struct treebank_sentence *sentences, size_t count);

/* Where a span of newsd's text stands. */
struct places document_places(const struct document *document, struct span span);

/* The word that holds the place; word_count when none does. */
size_t document_word_at(const struct document *document, uint32_t place);

#endif
