/* kmeans: classes of vectors: spherical k-means (Dhillon and Modha 2001): each vector goes to the centre with
 * the largest cosine, each centre to the mean direction of its vectors. For the programs that train.
 * Single-threaded; deterministic for a seed. */
#ifndef NEWSD_PROCESSORS_MODELS_KMEANS_H
#define NEWSD_PROCESSORS_MODELS_KMEANS_H

#include <stddef.h>
#include <stdint.h>

struct vectors {
    float *rows; /* count x KMEANS_WIDTH, each of length 1, zeros behind the dimensions there are */
    size_t count;
};

enum { KMEANS_WIDTH = 56 }; /* a multiple of 8 that 50 dimensions fit in */

/* Finds `k` centres from the first `learn` vectors, and puts every vector's class into ret_classes[count].
 * Returns the mean cosine between a vector and its centre. */
double kmeans(const struct vectors *vectors, size_t learn, uint32_t k, int rounds, uint32_t seed,
              uint16_t *ret_classes);

#endif
