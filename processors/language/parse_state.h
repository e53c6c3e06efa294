/* parse_state: the arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011): a stack, the
 * words not yet read, and the arcs so far. The root stands behind the last word (Ballesteros and Nivre 2013).
 *
 *     PARSE_SHIFT   reads a word: it goes onto the stack
 *     PARSE_LEFT    the next word to read is the head of the stack's top, which leaves the stack
 *     PARSE_RIGHT   the word under the top is the head of the top, which leaves the stack
 *
 * A sentence of n words takes 2n moves. The moves allowed make a tree with one word below the root, whatever
 * is chosen. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_PARSE_STATE_H
#define NEWSD_PROCESSORS_LANGUAGE_PARSE_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"

enum parse_move { PARSE_SHIFT, PARSE_LEFT, PARSE_RIGHT, PARSE_MOVES };

/* Nodes are numbered from 1; 0 is no node, the one behind the last word the root, those after it nothing. */
enum { PARSE_NODES_BESIDE = 5 };

struct parse_node {
    uint16_t head;
    uint16_t left, left2, right, right2; /* the outermost children on both sides, and the ones inside them */
    uint8_t relation;                    /* + 1; 0 = none yet */
    uint8_t lefts, rights;               /* how many children, at most 255 */
};

struct parse_state {
    struct parse_node *nodes;
    uint16_t *stack; /* stack[0..2] is no node, so that the three on top can always be looked at */
    size_t depth;    /* of words on the stack */
    size_t front;    /* the next word to read; words + 1 = only the root is left */
    size_t words;
};

/* The state before the first move. 0 or -ENOMEM. */
int parse_state_init(struct parse_state *ret_state, struct arena *arena, size_t words);

/* The node that is `below` words under the top. */
static inline uint16_t parse_state_stack(const struct parse_state *state, size_t below)
{
    return state->stack[state->depth + 2 - below];
}

bool parse_state_done(const struct parse_state *state);
bool parse_state_allows(const struct parse_state *state, enum parse_move move);
/* The head that an arc move would give the top of the stack. */
uint16_t parse_state_head_for(const struct parse_state *state, enum parse_move move);
/* Makes an allowed move; `relation` is that of the arc (no matter for PARSE_SHIFT). */
void parse_state_apply(struct parse_state *state, enum parse_move move, uint8_t relation);

#endif
