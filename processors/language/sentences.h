/* sentences: the stage "sentences": where the sentences of the text begin and end.
 *
 * A heading, a table row and a caption without a stop are sentences of their own; a block's end always ends
 * one. Stops behind abbreviations, initials and ordinals do not; quotes and brackets behind a stop belong to
 * its sentence. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_SENTENCES_H
#define NEWSD_PROCESSORS_LANGUAGE_SENTENCES_H

#include "processors/language/lexicon.h"
#include "processors/pipeline.h"

/* The abbreviations and starters of all languages; ended by an entry without words. */
extern const struct lexicon_list sentence_lists[];

/* Fills article->sentences from article->text, blocks and language. 0, -ENOMEM, ERR_DEADLINE. */
int sentences_find(const struct lexicon *lexicon, struct article *article);

extern const struct stage stage_sentences;

#endif
