/* act_sentences: reads the sentences with the acts that they tell, of which the model of acts learns words
 * that no article of the own corpus has. For the programs that train and look.
 *
 * A line is a sentence and, each behind a tab, "CODE TRIGGER" for each of its acts: a code of CAMEO and the
 * words that tell it, quoted as in articles (corpus/GUIDELINE.md); "-" in their place where it tells none.
 * Lines that begin with "#" are remarks. */
#ifndef NEWSD_PROCESSORS_MODELS_ACT_SENTENCES_H
#define NEWSD_PROCESSORS_MODELS_ACT_SENTENCES_H

#include "processors/models/annotation.h"

/* Reads a folder's files in the order of their names, each sentence as an article whose events have no
 * actors; a list in the arena. Exits with words that name file and line when one is wrong. */
const struct annotation *act_sentences_read(struct arena *arena, const char *folder, size_t *ret_count);

#endif
