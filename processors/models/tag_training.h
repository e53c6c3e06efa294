/* tag_training: the training of a tagger, for the programs that train it and what stands on its tags. */
#ifndef NEWSD_PROCESSORS_MODELS_TAG_TRAINING_H
#define NEWSD_PROCESSORS_MODELS_TAG_TRAINING_H

#include "base/buffer.h"
#include "processors/language/word_tables.h"
#include "processors/model/linear.h"
#include "processors/models/treebank.h"

struct tag_training {
    const struct treebank *train;
    const struct word_tables *tables;
    struct buffer text; /* of the labels: "NOUN NNS\n" ... */
    struct str names[LINEAR_LABELS_MAX];
    uint32_t count;
    uint8_t **truth; /* labels of each sentence */
};

/* Finds the labels of all sentences; what it points to must stay. The rest is in the treebank's arena. */
void tag_training_init(struct tag_training *ret_training, const struct treebank *train,
                       const struct word_tables *tables);
void tag_training_done(struct tag_training *training);

/* The bytes of a tagger's model, trained on all. Says on standard output what it does. */
void tag_training_learn(const struct tag_training *training, struct buffer *out);

/* The tags of each sentence of the treebank, given by a tagger that has not seen the sentence: jackknifed, as
 * what learns from tags must see them with the errors it will meet. In the treebank's arena. */
uint8_t **tag_training_jackknife(const struct tag_training *training);

#endif
