/* pair_confidence: how likely it is that of a coded event the act's root, the source and the target are all
 * right, from how likely each is by itself (event_confidence.h or act_model.h, party_choice.h) and their
 * product. It is the `confidence` of a record. Pure; any thread.
 *
 * The weights are learnt from the own corpus (pair_weight_table.h, made by models/train_pairs.c): a logistic
 * model of whether an annotator marks an event of that CAMEO root, source and target in the sentence. */
#ifndef NEWSD_PROCESSORS_MEANING_PAIR_CONFIDENCE_H
#define NEWSD_PROCESSORS_MEANING_PAIR_CONFIDENCE_H

#include <stddef.h>
#include <stdint.h>

#include "processors/event.h"

enum { PAIR_FEATURES_MAX = 41 };

/* How many features there are: theirs are the numbers below. */
size_t pair_confidence_features(void);

/* The numbers of the features of an event whose act's confidence and parties' shares are known; how many. */
size_t pair_confidence_read(const struct coded_event *event, uint16_t ret_features[PAIR_FEATURES_MAX]);

/* 0 to 1. */
float pair_confidence(const uint16_t *features, size_t count);

#endif
