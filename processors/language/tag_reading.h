/* tag_reading: the two readings of a sentence that give each word its label: from the end, where it is often
 * clear what a word is, and from the beginning, of those words alone where it was not, with the labels on
 * both sides in view. Linear models over tag_features. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_TAG_READING_H
#define NEWSD_PROCESSORS_LANGUAGE_TAG_READING_H

#include "processors/language/tag_features.h"
#include "processors/model/linear.h"
#include "processors/model/lookup.h"

struct tag_weights {
    struct lookup sure; /* words that are always the same: 1 + the label, by tag_word_hash() */
    struct linear back, forth;
    int32_t margin; /* of the best label over the next one: below, it is not sure */
};

uint64_t tag_word_hash(const struct word_form *word);

/* Fills the labels, with TAG_UNSURE. `ret_margins` may be NULL; INT32_MAX for words that are always the same.
 */
void tag_read_back(const struct tag_weights *weights, const struct word_form *words, size_t count,
                   uint8_t *ret_labels, int32_t *ret_margins);

/* Decides where the label is not sure; afterwards none has TAG_UNSURE. */
void tag_read_forth(const struct tag_weights *weights, const struct word_form *words, size_t count,
                    uint8_t *labels);

#endif
