/* speakers: who is the one that a verb's clause is about: its subject, also where it is understood or stands
 * behind the verb. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_SPEAKERS_H
#define NEWSD_PROCESSORS_MEANING_SPEAKERS_H

#include "processors/article.h"
#include "processors/language/tree.h"

/* The head of the words that name the verb's subject; TREE_NONE when nothing does. `inverted`: what stands
 * behind the verb and may be its object is the subject ("..., said the minister"). */
uint32_t speaker_head(const struct tree *tree, uint32_t verb, bool inverted);

/* The words of a noun phrase that name someone, and which entity (from 1; 0 = none): the name, or the phrase
 * without clauses. */
void speaker_words(const struct article *article, const struct tree *tree, uint32_t head,
                   struct span *ret_span, uint32_t *ret_entity);

/* Who is named directly behind the verb, behind a title at most ("said Under Secretary Ana Ruiz, whose ..."),
 * whatever the tree says: a word of the name; TREE_NONE when nobody is. */
uint32_t speaker_named_behind(const struct article *article, const struct tree *tree, uint32_t verb);

/* Those who say it together with the one at `head`, by the verb at `cue`: "Germany and France", "together
 * with Ana Ruiz". Their number, at most `most`. */
size_t speakers_with(const struct article *article, const struct tree *tree, uint32_t head, uint32_t cue,
                     struct statement_speaker *ret_list, size_t most);

#endif
