/* parser: greedy, over the averaged weights of two perceptrons: three moves, then the relation of each arc.
 */
#include "processors/language/parser.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "processors/language/parse_features.h"
#include "processors/language/parse_repairs.h"
#include "processors/language/parse_state.h"
#include "processors/model/linear.h"
#include "processors/model/narrow.h"

enum { RELATIONS_MAX = 100 };

struct parser {
    struct model *model;
    struct narrow moves;
    struct linear relations;
    struct str names[RELATIONS_MAX];
    uint8_t root, other; /* "root", "dep" */
};

/* One name a line. */
static bool read_names(struct parser *parser, struct str text)
{
    struct str line;
    uint32_t count = 0;
    bool root = false, other = false;
    while (text.len && str_split(&text, '\n', &line) && line.len) {
        if (count == parser->relations.labels || count == RELATIONS_MAX)
            return false;
        if (str_equal(line, STR("root"))) {
            parser->root = (uint8_t)count;
            root = true;
        } else if (str_equal(line, STR("dep"))) {
            parser->other = (uint8_t)count;
            other = true;
        }
        parser->names[count++] = line;
    }
    return count == parser->relations.labels && root && other;
}

int parser_create(struct parser **ret_parser, struct model *model, struct error *error)
{
    struct parser *parser = calloc(1, sizeof(*parser));
    if (!parser) {
        model_close(&model);
        return error_set(error, -ENOMEM, "no memory for the parser");
    }
    parser->model = model;
    int failure = model_check_version(model, PARSER_VERSION, error);
    if (failure) {
        parser_destroy(&parser);
        return failure;
    }
    if (!narrow_open(&parser->moves, model_section(model, "moves")) ||
        !linear_open(&parser->relations, model_section(model, "relations")) ||
        !read_names(parser, model_section(model, "names"))) {
        parser_destroy(&parser);
        return error_set(error, ERR_MALFORMED, "the model parser does not hold what a parser needs");
    }
    *ret_parser = parser;
    return 0;
}

void parser_destroy(struct parser **parser)
{
    if (!*parser)
        return;
    model_close(&(*parser)->model);
    free(*parser);
    *parser = NULL;
}

/* The best move of those allowed; a single one needs no look. */
static enum parse_move choose_move(const struct parser *parser, const struct parse_state *state,
                                   const struct parse_word *words)
{
    uint32_t features[PARSE_FEATURES_MAX];
    int32_t scores[PARSE_MOVES];
    enum parse_move allowed[PARSE_MOVES], best;
    size_t choices = 0;
    for (enum parse_move move = 0; move < PARSE_MOVES; move++)
        if (parse_state_allows(state, move))
            allowed[choices++] = move;
    best = allowed[0]; /* there is always one */
    if (choices == 1)
        return best;
    narrow_scores(&parser->moves, features, parse_move_features(state, words, features), scores);
    for (size_t i = 1; i < choices; i++)
        if (scores[allowed[i]] > scores[best])
            best = allowed[i];
    return best;
}

static uint8_t choose_relation(const struct parser *parser, const struct parse_state *state,
                               const struct parse_word *words, enum parse_move move)
{
    uint32_t features[PARSE_FEATURES_MAX];
    int32_t scores[LINEAR_LABELS_MAX];
    uint16_t head = parse_state_head_for(state, move);
    if (move == PARSE_SHIFT || head > state->words)
        return parser->root;
    memset(scores, 0, parser->relations.labels * sizeof(*scores));
    size_t count = parse_relation_features(state, words, head, parse_state_stack(state, 0), features);
    linear_add_all(&parser->relations, features, count, scores);
    scores[parser->root] = INT32_MIN;
    return (uint8_t)linear_best(&parser->relations, scores);
}

static void make_flat(const struct parser *parser, size_t count, uint16_t *ret_heads, uint8_t *ret_relations)
{
    for (size_t i = 0; i < count; i++) {
        ret_heads[i] = i > 0;
        ret_relations[i] = i ? parser->other : parser->root;
    }
}

int parser_parse(const struct parser *parser, struct arena *arena, const struct word_form *forms,
                 const struct token_tag *tags, size_t count, uint16_t *ret_heads, uint8_t *ret_relations)
{
    struct parse_state state;
    if (count > PARSER_TOKENS_MAX) {
        make_flat(parser, count, ret_heads, ret_relations);
        return 0;
    }
    struct parse_word *words = arena_new_array(arena, struct parse_word, count + PARSE_NODES_BESIDE);
    if (!words || parse_state_init(&state, arena, count))
        return -ENOMEM;
    for (size_t i = 0; i < count; i++)
        parse_word_fill(&words[i + 1], &forms[i], tags[i].upos, tags[i].xpos);
    parse_words_close(words, count);
    while (!parse_state_done(&state)) {
        enum parse_move move = choose_move(parser, &state, words);
        parse_state_apply(&state, move, choose_relation(parser, &state, words, move));
    }
    for (size_t i = 0; i < count; i++) {
        uint16_t head = state.nodes[i + 1].head;
        ret_heads[i] = head > count ? 0 : head;
        ret_relations[i] = (uint8_t)(state.nodes[i + 1].relation - 1);
    }
    struct parse_repair repair = {parser->names, parser->relations.labels, forms, tags, count, ret_heads,
                                  ret_relations};
    parse_repair(&repair);
    return 0;
}

struct str parser_relation(const struct parser *parser, uint8_t relation)
{
    return relation < parser->relations.labels ? parser->names[relation] : STR_NONE;
}
