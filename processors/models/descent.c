/* descent: see the header. */
#include "processors/models/descent.h"

#include <stdlib.h>
#include <string.h>

#include "processors/models/files.h"

void descent_run(const struct descent *descent, double *weights)
{
    double *gradient = calloc(descent->features, sizeof(double)),
           *speed = calloc(descent->features, sizeof(double));
    if (!gradient || !speed)
        files_fail("memory", "too little");
    memset(weights, 0, descent->features * sizeof(double));
    for (int round = 0; round < descent->rounds; round++) {
        memset(gradient, 0, descent->features * sizeof(double));
        size_t count = descent->add_gradient(descent->context, weights, gradient);
        for (size_t i = 0; i < descent->features; i++) {
            speed[i] = descent->momentum * speed[i] +
                       descent->step * (gradient[i] - descent->penalty * weights[i]) / (double)(count + 1);
            weights[i] += speed[i];
        }
    }
    free(gradient);
    free(speed);
}
