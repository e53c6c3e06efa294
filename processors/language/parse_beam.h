/* parse_beam: a reading of a sentence that keeps the likeliest few ways side by side (Collins and Roark
 * 2004), by the models of a greedy one, so that a move that looked best is given up when those after it look
 * bad. Pure; any thread.
 *
 * How likely a way is: the product of its moves' shares, a share being the softmax of the moves' scores over
 * PARSE_BEAM_SCALE. Scale and floor were chosen on the development sets (models/README.md). */
#ifndef NEWSD_PROCESSORS_LANGUAGE_PARSE_BEAM_H
#define NEWSD_PROCESSORS_LANGUAGE_PARSE_BEAM_H

#include "processors/language/parse_greedy.h"

enum {
    PARSE_BEAM_MAX = 16,
    /* Longer sentences are read greedily: states are copied, and that would take square time. */
    PARSE_BEAM_WORDS_MAX = 200
};

/* As parse_greedy(), which it is for a width of 1. 0 or -ENOMEM (scratch in the arena). */
int parse_beam(const struct parse_weights *weights, const struct parse_word *words, struct arena *arena,
               size_t width, struct parse_state *state);

#endif
