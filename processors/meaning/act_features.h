/* act_features: what speaks for and against a word's telling a political act: the word, its classes and those
 * of what hangs on it and above it. For the model of act_model.h. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_ACT_FEATURES_H
#define NEWSD_PROCESSORS_MEANING_ACT_FEATURES_H

#include "processors/language/tree.h"

enum { ACT_FEATURES_MAX = 224 };

/* May the word tell an act: is it a verb, a noun or an adjective, and not one that says which ("car bomb",
 * "new talks")? */
bool act_features_wanted(const struct tree_node *node);

/* The features, as hashes, of the word at `at` in the sentence's tree; their number. The article has words,
 * trees and entities. */
size_t act_features_read(const struct article *article, uint32_t sentence, uint32_t at,
                         uint32_t ret_features[ACT_FEATURES_MAX]);

#endif
