/* language_models: the models that the language stages share: mapped once, read-only, used by all workers. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_LANGUAGE_MODELS_H
#define NEWSD_PROCESSORS_LANGUAGE_LANGUAGE_MODELS_H

#include "base/error.h"
#include "processors/language/tagger.h"
#include "processors/language/word_tables.h"

struct language_models;

/* How many of the models, in the order in which each needs those before it. */
enum language_model { LANGUAGE_WORDS, LANGUAGE_TAGS, LANGUAGE_MODELS };

/* Opens the models from words up to `last` in the directory; NULL = where the program's own models are:
 * beside the installed program, or in the source tree that it was built in. 0, -ENOMEM, -errno, ERR_MALFORMED
 * with words. */
int language_models_open(struct language_models **ret_models, const char *directory, enum language_model last,
                         struct error *error);
void language_models_close(struct language_models **models);

const struct word_tables *language_models_words(const struct language_models *models);
const struct tagger *language_models_tagger(const struct language_models *models);
/* The version of one of them: stands in records beside what it found. */
uint32_t language_models_version(const struct language_models *models, enum language_model which);

#endif
