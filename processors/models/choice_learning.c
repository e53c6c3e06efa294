/* choice_learning: see the header. */
#include "processors/models/choice_learning.h"

#include <assert.h>
#include <math.h>

#include "processors/models/descent.h"

enum { ROUNDS = 1500 };
static const double STEP = 2.0, MOMENTUM = 0.9;

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

struct part {
    const struct choice_lesson *lesson;
    size_t fold; /* left out */
};

static bool is_in(const struct choice_example *example, size_t fold)
{
    return example->article % CHOICE_FOLDS == fold;
}

static size_t add_gradient(const void *context, const double *weights, double *gradient)
{
    const struct part *part = context;
    size_t count = 0;
    for (size_t i = 0; i < part->lesson->count; i++)
        if (!is_in(&part->lesson->examples[i], part->fold)) {
            add_gradient_of(&part->lesson->examples[i], weights, gradient);
            count++;
        }
    return count;
}

void choice_learn(const struct choice_lesson *lesson, size_t fold, double *weights)
{
    struct part part = {lesson, fold};
    descent_run(
        &(struct descent){lesson->features, ROUNDS, lesson->penalty, STEP, MOMENTUM, add_gradient, &part},
        weights);
}

size_t choice_count_right(const struct choice_lesson *lesson, size_t fold, const double *weights)
{
    size_t right = 0;
    for (size_t i = 0; i < lesson->count; i++) {
        const struct choice_example *example = &lesson->examples[i];
        if (fold == CHOICE_FOLDS || is_in(example, fold))
            right += example->options[choice_best(example, weights)].right;
    }
    return right;
}

size_t choice_count_unseen(const struct choice_lesson *lesson, double *weights)
{
    size_t right = 0;
    for (size_t fold = 0; fold < CHOICE_FOLDS; fold++) {
        choice_learn(lesson, fold, weights);
        right += choice_count_right(lesson, fold, weights);
    }
    return right;
}

size_t choice_best(const struct choice_example *example, const double *weights)
{
    size_t best = 0;
    for (size_t i = 1; i < example->count; i++)
        if (score(&example->options[i], weights) > score(&example->options[best], weights))
            best = i;
    return best;
}
