/* parse_state: see the header. */
#include "processors/language/parse_state.h"

#include <assert.h>
#include <errno.h>

int parse_state_init(struct parse_state *ret_state, struct arena *arena, size_t words)
{
    struct parse_state state = {.nodes =
                                    arena_new_array(arena, struct parse_node, words + PARSE_NODES_BESIDE),
                                .stack = arena_new_array(arena, uint16_t, words + 3),
                                .front = 1,
                                .words = words};
    if (!state.nodes || !state.stack)
        return -ENOMEM;
    *ret_state = state;
    return 0;
}

bool parse_state_done(const struct parse_state *state)
{
    return state->front > state->words && state->depth == 0;
}

bool parse_state_allows(const struct parse_state *state, enum parse_move move)
{
    bool read_all = state->front > state->words;
    switch (move) {
    case PARSE_SHIFT:
        return !read_all;
    case PARSE_LEFT: /* only the last word on the stack may be the root's */
        return read_all ? state->depth == 1 : state->depth > 0;
    case PARSE_RIGHT:
        return state->depth > 1;
    case PARSE_MOVES:
        break;
    }
    return false;
}

uint16_t parse_state_head_for(const struct parse_state *state, enum parse_move move)
{
    return move == PARSE_LEFT ? (uint16_t)state->front : parse_state_stack(state, 1);
}

/* Children come from the inside to the outside, on both sides. */
static void add_left(struct parse_node *head, uint16_t child)
{
    head->left2 = head->left;
    head->left = child;
    head->lefts = (uint8_t)(head->lefts + (head->lefts < UINT8_MAX));
}

static void add_right(struct parse_node *head, uint16_t child)
{
    head->right2 = head->right;
    head->right = child;
    head->rights = (uint8_t)(head->rights + (head->rights < UINT8_MAX));
}

void parse_state_apply(struct parse_state *state, enum parse_move move, uint8_t relation)
{
    assert(parse_state_allows(state, move));
    if (move == PARSE_SHIFT) {
        state->stack[state->depth++ + 3] = (uint16_t)state->front++;
        return;
    }
    uint16_t child = parse_state_stack(state, 0), head = parse_state_head_for(state, move);
    state->nodes[child].head = head;
    state->nodes[child].relation = (uint8_t)(relation + 1);
    if (move == PARSE_LEFT)
        add_left(&state->nodes[head], child);
    else
        add_right(&state->nodes[head], child);
    state->depth--;
}
