/* tagger: parts of speech: universal tags (UPOS) and those of the Penn treebank, one label for both. English.
 */
#ifndef NEWSD_PROCESSORS_LANGUAGE_TAGGER_H
#define NEWSD_PROCESSORS_LANGUAGE_TAGGER_H

#include "base/arena.h"
#include "processors/language/token.h"
#include "processors/language/word_tables.h"
#include "processors/model/model.h"

struct tagger;

/* From a model of kind "tagger" and the tables it was trained with, which must stay. 0, -ENOMEM,
 * ERR_MALFORMED. Read-only afterwards: shared by all workers. */
int tagger_create(struct tagger **ret_tagger, const struct model *model, const struct word_tables *tables,
                  struct error *error);
void tagger_destroy(struct tagger **tagger);

/* Tags one sentence: ret_labels has a place for each token. 0 or -ENOMEM (scratch in the arena). */
int tagger_tag(const struct tagger *tagger, struct arena *arena, struct str text, const struct token *tokens,
               size_t count, uint8_t *ret_labels);

/* "NOUN" and "NNS" of a label. */
struct str tagger_upos(const struct tagger *tagger, uint8_t label);
struct str tagger_xpos(const struct tagger *tagger, uint8_t label);

#endif
