/* kmeans: see the header. */
#include "processors/models/kmeans.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef float lanes __attribute__((vector_size(32)));
enum { LANES = 8 };

static float cosine(const float *a, const float *b)
{
    lanes sum = {0}, x, y;
    for (int i = 0; i < KMEANS_WIDTH; i += LANES) {
        memcpy(&x, a + i, sizeof(x));
        memcpy(&y, b + i, sizeof(y));
        sum += x * y;
    }
    return ((sum[0] + sum[1]) + (sum[2] + sum[3])) + ((sum[4] + sum[5]) + (sum[6] + sum[7]));
}

static uint16_t nearest(const float *row, const float *centres, uint32_t k, float *ret_cosine)
{
    uint16_t best = 0;
    float highest = -2;
    for (uint32_t i = 0; i < k; i++) {
        float value = cosine(row, centres + (size_t)i * KMEANS_WIDTH);
        if (value > highest) {
            highest = value;
            best = (uint16_t)i;
        }
    }
    *ret_cosine = highest;
    return best;
}

static uint32_t next(uint32_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 17;
    *state ^= *state << 5;
    return *state;
}

/* A centre that has lost all its vectors begins again at one of them. */
static void move_centres(const struct vectors *vectors, size_t learn, uint32_t k, const uint16_t *classes,
                         float *centres, uint32_t *state)
{
    memset(centres, 0, (size_t)k * KMEANS_WIDTH * sizeof(float));
    for (size_t i = 0; i < learn; i++)
        for (size_t j = 0; j < KMEANS_WIDTH; j++)
            centres[(size_t)classes[i] * KMEANS_WIDTH + j] += vectors->rows[i * KMEANS_WIDTH + j];
    for (uint32_t c = 0; c < k; c++) {
        float *centre = centres + (size_t)c * KMEANS_WIDTH, length = sqrtf(cosine(centre, centre));
        if (length < 1e-6f) {
            memcpy(centre, vectors->rows + (next(state) % learn) * KMEANS_WIDTH,
                   KMEANS_WIDTH * sizeof(float));
            continue;
        }
        for (size_t j = 0; j < KMEANS_WIDTH; j++)
            centre[j] /= length;
    }
}

double kmeans(const struct vectors *vectors, size_t learn, uint32_t k, int rounds, uint32_t seed,
              uint16_t *ret_classes)
{
    float *centres = calloc((size_t)k * KMEANS_WIDTH, sizeof(float)), value;
    uint32_t state = seed;
    double sum = 0;
    if (!centres)
        abort(); /* a program for training, on a machine for it */
    for (uint32_t c = 0; c < k; c++)
        memcpy(centres + (size_t)c * KMEANS_WIDTH, vectors->rows + (next(&state) % learn) * KMEANS_WIDTH,
               KMEANS_WIDTH * sizeof(float));
    for (int round = 0; round < rounds; round++) {
        for (size_t i = 0; i < learn; i++)
            ret_classes[i] = nearest(vectors->rows + i * KMEANS_WIDTH, centres, k, &value);
        move_centres(vectors, learn, k, ret_classes, centres, &state);
    }
    for (size_t i = 0; i < vectors->count; i++) {
        ret_classes[i] = nearest(vectors->rows + i * KMEANS_WIDTH, centres, k, &value);
        sum += (double)value;
    }
    free(centres);
    return sum / (double)vectors->count;
}
