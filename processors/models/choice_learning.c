/* choice_learning: see the header. */
#include "processors/models/choice_learning.h"

#include <assert.h>
#include <math.h>

#include "processors/models/descent.h"

enum { ROUNDS = 1500 };
static const double PENALTY = 1.0, STEP = 2.0, MOMENTUM = 0.9;

static double score(const struct choice_option *option, const double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < option->feature_count; i++)
        sum += weights[option->features[i]];
    return sum;
}

/* Adds the gradient of the log of the right options' share. */
static void add_gradient_of(const struct choice_example *example, const double *weights, double *gradient)
{
    double scores[CHOICE_OPTIONS_MAX], most = -INFINITY, all = 0, right = 0;
    assert(example->count <= CHOICE_OPTIONS_MAX);
    for (size_t i = 0; i < example->count; i++)
        most = fmax(most, scores[i] = score(&example->options[i], weights));
    for (size_t i = 0; i < example->count; i++) {
        scores[i] = exp(scores[i] - most);
        all += scores[i];
        right += example->options[i].right ? scores[i] : 0;
    }
    for (size_t i = 0; i < example->count; i++) {
        const struct choice_option *option = &example->options[i];
        double share = (option->right ? scores[i] / right : 0) - scores[i] / all;
        for (size_t k = 0; k < option->feature_count; k++)
            gradient[option->features[k]] += share;
    }
}

struct lesson {
    const struct choice_example *examples;
    size_t count, fold;
};

static size_t add_gradient(const void *context, const double *weights, double *gradient)
{
    const struct lesson *lesson = context;
    size_t count = 0;
    for (size_t i = 0; i < lesson->count; i++)
        if (lesson->examples[i].article % CHOICE_FOLDS != lesson->fold) {
            add_gradient_of(&lesson->examples[i], weights, gradient);
            count++;
        }
    return count;
}

void choice_learn(const struct choice_example *examples, size_t count, size_t fold, size_t features,
                  double *weights)
{
    struct lesson lesson = {examples, count, fold};
    descent_run(&(struct descent){features, ROUNDS, PENALTY, STEP, MOMENTUM, add_gradient, &lesson}, weights);
}

size_t choice_best(const struct choice_example *example, const double *weights)
{
    size_t best = 0;
    for (size_t i = 1; i < example->count; i++)
        if (score(&example->options[i], weights) > score(&example->options[best], weights))
            best = i;
    return best;
}
