/* perceptron: an averaged perceptron over sparse hashed features (Freund and Schapire 1999; Collins 2002),
 * and its weights in the compact form of linear.h. For the programs that train. Single-threaded;
 * deterministic. */
#ifndef NEWSD_PROCESSORS_MODELS_PERCEPTRON_H
#define NEWSD_PROCESSORS_MODELS_PERCEPTRON_H

#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"

struct perceptron;

struct perceptron *perceptron_create(uint32_t labels);
void perceptron_free(struct perceptron **perceptron);

/* Each label's score under the weights as they stand. */
void perceptron_scores(const struct perceptron *perceptron, const uint32_t *features, size_t count,
                       int32_t *ret_scores);
/* The label with the highest score under the weights as they stand. */
uint32_t perceptron_predict(const struct perceptron *perceptron, const uint32_t *features, size_t count);
/* One example has been seen; when the guess was wrong, the weights move. */
void perceptron_learn(struct perceptron *perceptron, const uint32_t *features, size_t count, uint32_t truth,
                      uint32_t guess);

/* Moves the label's weights of these features: for structured learning, where truth and guess differ in their
 * features too (perceptron_learn() with truth = guess counts the example). */
void perceptron_move(struct perceptron *perceptron, const uint32_t *features, size_t count, uint32_t label,
                     int by);

/* Learning begins again from nothing; what was learnt counts in the average. With examples in other orders,
 * the mean of several runs takes the luck out of one. */
void perceptron_restart(struct perceptron *perceptron);

struct perceptron_size {
    size_t features, weights; /* kept */
    double scale;             /* of one update in eight bits */
};
/* Averages; leaves out features without a weight of `least` or more (in units of one update, averaged), and
 * puts the rest into eight bits with one scale that reaches the largest. Ends the training. */
void perceptron_write(struct perceptron *perceptron, double least, struct buffer *out,
                      struct perceptron_size *ret_size);
/* The same for three labels in the layout of narrow.h, with 2^bits buckets: the features with the largest
 * weights get the room there is. */
void perceptron_write_narrow(struct perceptron *perceptron, double least, uint32_t bits, struct buffer *out,
                             struct perceptron_size *ret_size);

#endif
