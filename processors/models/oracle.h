/* oracle: what each move of the parser loses of the true tree, from any state: the dynamic oracle of the
 * arc-hybrid system (Goldberg and Nivre 2013). For the program that trains the parser. Pure. */
#ifndef NEWSD_PROCESSORS_MODELS_ORACLE_H
#define NEWSD_PROCESSORS_MODELS_ORACLE_H

#include "processors/language/parse_state.h"

/* How many true arcs can no longer be made after the move; `heads` has the true head of each node, with the
 * root's place for the root. The move must be allowed. */
uint32_t oracle_cost(const struct parse_state *state, const uint16_t *heads, enum parse_move move);

#endif
