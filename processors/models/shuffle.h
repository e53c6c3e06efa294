/* shuffle: the order of examples, another in each pass; the same at every run. */
#ifndef NEWSD_PROCESSORS_MODELS_SHUFFLE_H
#define NEWSD_PROCESSORS_MODELS_SHUFFLE_H

#include <stddef.h>
#include <stdint.h>

/* Fisher and Yates, with Marsaglia's xorshift (2003); *state is the seed at first, not 0. */
static inline void shuffle(uint32_t *order, size_t count, uint32_t *state)
{
    for (size_t i = count; i-- > 1;) {
        *state ^= *state << 13;
        *state ^= *state >> 17;
        *state ^= *state << 5;
        size_t other = *state % (i + 1);
        uint32_t kept = order[i];
        order[i] = order[other];
        order[other] = kept;
    }
}

#endif
