/* parse_greedy: one reading of a sentence, move by move: the next move by one linear model, the relation of
 * each arc by a second one. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_PARSE_GREEDY_H
#define NEWSD_PROCESSORS_LANGUAGE_PARSE_GREEDY_H

#include <stddef.h>
#include <stdint.h>

#include "processors/language/parse_features.h"
#include "processors/language/parse_state.h"
#include "processors/model/linear.h"
#include "processors/model/narrow.h"

struct parse_weights {
    struct narrow moves;
    struct linear relations;
    uint8_t root; /* the number of the relation "root" */
};

/* The moves that a state allows, at least one until it is done; how many. */
size_t parse_moves_allowed(const struct parse_state *state, enum parse_move ret_moves[PARSE_MOVES]);
/* The score of each move, allowed or not. */
void parse_moves_score(const struct parse_weights *weights, const struct parse_state *state,
                       const struct parse_word *words, int32_t ret_scores[PARSE_MOVES]);
/* Makes an allowed move; an arc gets its likeliest relation. */
void parse_greedy_move(const struct parse_weights *weights, const struct parse_word *words,
                       enum parse_move move, struct parse_state *state);

/* From the state before the first move to the one after the last. */
void parse_greedy(const struct parse_weights *weights, const struct parse_word *words,
                  struct parse_state *state);

/* The words from the last to the first, closed as parse_words_close() does: a parser that has learnt from
 * such reads a sentence from its end. */
void parse_words_mirror(const struct parse_word *words, size_t count, struct parse_word *ret_mirrored);
/* What a reading of the mirrored words has made becomes the guess of the words. */
void parse_words_guess(struct parse_word *words, const struct parse_state *mirrored);

#endif
