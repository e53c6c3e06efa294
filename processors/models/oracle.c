/* oracle: see the header. */
#include "processors/models/oracle.h"

/* Words not read whose true head is the node. */
static uint32_t children_ahead(const struct parse_state *state, const uint16_t *heads, uint16_t node)
{
    uint32_t count = 0;
    for (size_t i = state->front; i <= state->words; i++)
        count += heads[i] == node;
    return count;
}

/* What reading a word loses: its children on the stack, and a head on the stack below the top. */
static uint32_t shift_cost(const struct parse_state *state, const uint16_t *heads)
{
    uint32_t count = 0;
    for (size_t below = 0; below < state->depth; below++) {
        uint16_t node = parse_state_stack(state, below);
        count += heads[node] == state->front;
        count += below > 0 && heads[state->front] == node;
    }
    return count;
}

uint32_t oracle_cost(const struct parse_state *state, const uint16_t *heads, enum parse_move move)
{
    if (move == PARSE_SHIFT)
        return shift_cost(state, heads);
    uint16_t top = parse_state_stack(state, 0), head = heads[top];
    uint32_t ahead = children_ahead(state, heads, top);
    if (move == PARSE_RIGHT)
        return ahead + (head >= state->front);
    return ahead + (head > state->front || (state->depth > 1 && head == parse_state_stack(state, 1)));
}
