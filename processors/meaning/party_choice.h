/* party_choice: who does an act, and to whom: of those whom its clause, its sentence and the article up to
 * there name, the one for whom most speaks, or nobody. Pure; any thread.
 *
 * What clause, place, country, office and the events before are worth is learnt from the own corpus
 * (party_weight_table.h, made by models/train_parties.c): in a third of its events the target is not where
 * the verb's object would be, and often it is not in the sentence. */
#ifndef NEWSD_PROCESSORS_MEANING_PARTY_CHOICE_H
#define NEWSD_PROCESSORS_MEANING_PARTY_CHOICE_H

#include "processors/meaning/actors.h"

/* Chooses the sources or targets of an event whose code and, by its clause, sources and targets are known;
 * `at`: its verb or noun in the tree. Whoever is not in the sentence gets the trigger's span. With `notes`
 * the choice is added to that article's (party_choices). */
void party_choose(const struct actor_finder *finder, const struct tree *tree, uint32_t at, enum party party,
                  struct coded_event *event, struct article *notes);

#endif
