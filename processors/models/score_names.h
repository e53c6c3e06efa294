/* score_names: how many names of a corpus are found, exact spans and types, facilities counted as places,
 * groups and events left out. For the programs that train and look. */
#ifndef NEWSD_PROCESSORS_MODELS_SCORE_NAMES_H
#define NEWSD_PROCESSORS_MODELS_SCORE_NAMES_H

#include "processors/language/names.h"
#include "processors/models/name_corpus.h"

/* The sets to look at, below the folder of corpora. The committed model has learnt from them too, so only
 * train_names without --all says with them how good it is on other text. */
enum { NAME_DEV_SETS = 5 };
extern const struct name_source name_dev_sets[NAME_DEV_SETS];

struct name_score {
    /* By type */
    size_t right[NAME_TYPES_LEARNT], found[NAME_TYPES_LEARNT], wanted[NAME_TYPES_LEARNT];
};

/* Adds the corpus, story by story. Exits with words without memory. One thread. */
void score_names(const struct names *names, const struct word_tables *tables,
                 const struct name_corpus *corpus, struct name_score *score);

/* A line on standard output, in per cent: F1, precision, recall of all, then F1 by type. */
void score_names_print(const char *title, const struct name_score *score);

#endif
