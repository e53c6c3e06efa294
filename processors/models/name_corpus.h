/* name_corpus: texts with names in BIO2 files ("token<TAB>label", an empty line after each sentence), as
 * sentences with the labels of name_labels.h. For the programs that train. */
#ifndef NEWSD_PROCESSORS_MODELS_NAME_CORPUS_H
#define NEWSD_PROCESSORS_MODELS_NAME_CORPUS_H

#include "base/arena.h"
#include "processors/models/annotation.h"
#include "processors/token.h"

struct labelled_sentence {
    struct str text; /* the words with a blank between two */
    struct token *tokens;
    uint8_t *labels;
    size_t count;
    uint32_t story; /* sentences of one story stand together */
};

struct name_corpus {
    struct arena *arena;
    struct labelled_sentence *sentences;
    size_t count, capacity, words;
    uint32_t stories;
};

/* What a file's lines are made into. */
struct name_source {
    const char *path;
    size_t
        story_sentences; /* that many in a row are taken for a story; 0: the whole file is single sentences */
    size_t skip, take;   /* of its sentences; take 0 = all the rest */
    bool trim; /* spans are long: articles, titles, small letters at the ends are no part of a name */
};

/* Appends a file's sentences. Labels of other schemes are mapped to people, places and organisations; others
 * are none. Exits with words on a fault. */
void name_corpus_read(struct name_corpus *corpus, const struct name_source *source);
/* The same, with the source's path below the folder. */
void name_corpus_read_in(struct name_corpus *corpus, const char *folder, const struct name_source *source);

/* Appends the sentences of an article of the own corpus, as many times as said, cut into tokens as newsd
 * does: facilities as places; groups and events, which rules find, as nothing. */
void name_corpus_add(struct name_corpus *corpus, const struct annotation *annotation, int times);

#endif
