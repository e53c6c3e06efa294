/* descent: gradient descent with momentum and a penalty on the squares of the weights, from 0, over all
 * examples at once. For the programs that train. Deterministic. */
#ifndef NEWSD_PROCESSORS_MODELS_DESCENT_H
#define NEWSD_PROCESSORS_MODELS_DESCENT_H

#include <stddef.h>

struct descent {
    size_t features;
    int rounds;
    double penalty, step, momentum;
    /* Adds the examples' gradient under the weights; returns how many there are. */
    size_t (*add_gradient)(const void *context, const double *weights, double *gradient);
    const void *context;
};

/* Sets the weights, one for each feature. Exits with words without memory. */
void descent_run(const struct descent *descent, double *weights);

#endif
