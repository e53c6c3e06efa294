/* treebank: CoNLL-U files as sentences of words. For the programs that train. */
#ifndef NEWSD_PROCESSORS_MODELS_TREEBANK_H
#define NEWSD_PROCESSORS_MODELS_TREEBANK_H

#include <stdbool.h>

#include "base/arena.h"
#include "processors/token.h"

struct treebank_sentence {
    struct str text; /* the words with a blank between two */
    struct token *tokens;
    struct str *upos, *xpos;
    uint16_t *heads;       /* 0 = the root, else counted from 1 */
    struct str *relations; /* without subtypes */
    size_t count;
    /* As it was written */
    struct str raw;           /* its "# text" */
    struct token *raw_tokens; /* of each word in it */
    bool joined;              /* nothing stands between it and the next */
    bool begins_document, begins_paragraph;
    struct str created; /* the document's date, where it begins: "2006-02-23"; absent = not said */
};

struct treebank {
    struct arena *arena;
    struct treebank_sentence *sentences;
    size_t count, capacity, words;
};

/* Appends the sentences of a file: syntactic words, ranges and empty nodes left out. A file begins a
 * document. Exits with words on a fault. */
void treebank_read(struct treebank *treebank, const char *path);

#endif
