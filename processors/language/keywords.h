/* keywords: the stage "keywords": what the text is about: first the entities that it speaks of most
 * (salience.h), then phrases, by statistics alone, without the words that are in those entities' names.
 *
 * Candidates are runs of up to three words between stop words and punctuation. A word weighs by how often,
 * how early, how spread and how capitalised it is and by its company; a phrase by its words and how often it
 * recurs; the title counts more. Scripts without spaces give recurring runs of characters. Where no entities
 * were found (in other languages than English) phrases are all there is. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_KEYWORDS_H
#define NEWSD_PROCESSORS_LANGUAGE_KEYWORDS_H

#include "processors/language/lexicon.h"
#include "processors/pipeline.h"

enum { KEYWORDS_MAX = 12 };

extern const struct lexicon_list stop_word_lists[];

/* Fills article->keywords from title, text and language, and the entities as far as they are there. 0,
 * -ENOMEM, ERR_DEADLINE. */
int keywords_find(const struct lexicon *lexicon, struct article *article);

extern const struct stage stage_keywords;

#endif
