/* choice_learning: the weights of a log-linear choice among candidates: those that make the right ones most
 * likely, with a penalty on their squares, by gradient descent with momentum from 0. For the programs that
 * train. Deterministic. */
#ifndef NEWSD_PROCESSORS_MODELS_CHOICE_LEARNING_H
#define NEWSD_PROCESSORS_MODELS_CHOICE_LEARNING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CHOICE_OPTIONS_MAX = 64, CHOICE_FOLDS = 10 };

struct choice_option {
    const uint16_t *features;
    size_t feature_count;
    bool right; /* of several the likelihood of all together counts */
};

struct choice_example {
    const struct choice_option *options;
    size_t count;
    size_t article; /* its number: an article's examples are in one fold */
};

/* What is learnt from. */
struct choice_lesson {
    const struct choice_example *examples;
    size_t count, features;
    double penalty; /* on the squares of the weights */
};

/* Sets the weights, one for each feature, from all examples but those of the articles of one fold;
 * CHOICE_FOLDS = from all. */
void choice_learn(const struct choice_lesson *lesson, size_t fold, double *weights);

/* How many of one fold's examples (CHOICE_FOLDS = of all) the weights choose rightly. */
size_t choice_count_right(const struct choice_lesson *lesson, size_t fold, const double *weights);

/* How many are chosen rightly by weights that were learnt from the other folds. */
size_t choice_count_unseen(const struct choice_lesson *lesson, double *weights);

/* The first of the options with the highest score. */
size_t choice_best(const struct choice_example *example, const double *weights);

#endif
