/* tagger: parts of speech: universal tags (UPOS) and those of the Penn treebank, one label for both. English.
 */
#ifndef NEWSD_PROCESSORS_LANGUAGE_TAGGER_H
#define NEWSD_PROCESSORS_LANGUAGE_TAGGER_H

#include "base/error.h"
#include "processors/language/word_forms.h"
#include "processors/model/model.h"

struct tagger;

enum { TAGGER_VERSION = 3 }; /* raised whenever the features change */

/* From a model of kind "tagger", which is taken over, also on failure. 0, -ENOMEM, ERR_MALFORMED. Read-only
 * afterwards: shared by all workers. */
int tagger_create(struct tagger **ret_tagger, struct model *model, struct error *error);
void tagger_destroy(struct tagger **tagger);

/* Tags one sentence, whose words were filled with the tables that the model was trained with: ret_labels has
 * a place for each.
 */
void tagger_tag(const struct tagger *tagger, const struct word_form *words, size_t count,
                uint8_t *ret_labels);

/* "NOUN" and "NNS" of a label. */
struct str tagger_upos(const struct tagger *tagger, uint8_t label);
struct str tagger_xpos(const struct tagger *tagger, uint8_t label);

#endif
