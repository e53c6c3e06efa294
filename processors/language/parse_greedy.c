/* parse_greedy: see the header. */
#include "processors/language/parse_greedy.h"

#include <string.h>

size_t parse_moves_allowed(const struct parse_state *state, enum parse_move ret_moves[PARSE_MOVES])
{
    size_t count = 0;
    for (enum parse_move move = 0; move < PARSE_MOVES; move++)
        if (parse_state_allows(state, move))
            ret_moves[count++] = move;
    return count;
}

void parse_moves_score(const struct parse_weights *weights, const struct parse_state *state,
                       const struct parse_word *words, int32_t ret_scores[PARSE_MOVES])
{
    uint32_t features[PARSE_FEATURES_MAX];
    narrow_scores(&weights->moves, features, parse_move_features(state, words, features), ret_scores);
}

/* The best move of those allowed; a single one needs no look. */
static enum parse_move choose_move(const struct parse_weights *weights, const struct parse_state *state,
                                   const struct parse_word *words)
{
    int32_t scores[PARSE_MOVES];
    enum parse_move allowed[PARSE_MOVES], best;
    size_t choices = parse_moves_allowed(state, allowed);
    best = allowed[0];
    if (choices == 1)
        return best;
    parse_moves_score(weights, state, words, scores);
    for (size_t i = 1; i < choices; i++)
        if (scores[allowed[i]] > scores[best])
            best = allowed[i];
    return best;
}

static uint8_t choose_relation(const struct parse_weights *weights, const struct parse_state *state,
                               const struct parse_word *words, enum parse_move move)
{
    uint32_t features[PARSE_FEATURES_MAX];
    int32_t scores[LINEAR_LABELS_MAX];
    uint16_t head = parse_state_head_for(state, move);
    if (move == PARSE_SHIFT || head > state->words)
        return weights->root;
    memset(scores, 0, weights->relations.labels * sizeof(*scores));
    size_t count = parse_relation_features(state, words, head, parse_state_stack(state, 0), features);
    linear_add_all(&weights->relations, features, count, scores);
    scores[weights->root] = INT32_MIN;
    return (uint8_t)linear_best(&weights->relations, scores);
}

void parse_greedy_move(const struct parse_weights *weights, const struct parse_word *words,
                       enum parse_move move, struct parse_state *state)
{
    parse_state_apply(state, move, choose_relation(weights, state, words, move));
}

void parse_greedy(const struct parse_weights *weights, const struct parse_word *words,
                  struct parse_state *state)
{
    while (!parse_state_done(state))
        parse_greedy_move(weights, words, choose_move(weights, state, words), state);
}

void parse_words_mirror(const struct parse_word *words, size_t count, struct parse_word *ret_mirrored)
{
    for (size_t i = 1; i <= count; i++)
        ret_mirrored[i] = words[count + 1 - i];
    parse_words_close(ret_mirrored, count);
}

void parse_words_guess(struct parse_word *words, const struct parse_state *mirrored)
{
    size_t count = mirrored->words;
    for (size_t i = 1; i <= count; i++) {
        const struct parse_node *node = &mirrored->nodes[count + 1 - i];
        struct parse_word *word = &words[i];
        word->guess_head = (uint16_t)(node->head > count ? node->head : count + 1 - node->head);
        word->guess_last = (uint16_t)(node->left ? count + 1 - node->left : 0);
        word->guess_relation = node->relation;
    }
}
