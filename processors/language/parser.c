/* parser: two readings over averaged perceptrons' weights, from right to left and from left to right. */
#include "processors/language/parser.h"

#include <errno.h>
#include <stdlib.h>

#include "processors/language/parse_beam.h"
#include "processors/language/parse_features.h"
#include "processors/language/parse_repairs.h"
#include "processors/language/parse_state.h"

enum { RELATIONS_MAX = 100 };

struct parser {
    struct model *model;
    struct parse_weights back, forth;
    struct str names[RELATIONS_MAX];
    uint8_t other; /* "dep" */
};

/* One name a line. */
static bool read_names(struct parser *parser, struct str text)
{
    struct str line;
    uint32_t count = 0;
    bool root = false, other = false;
    while (text.len && str_split(&text, '\n', &line) && line.len) {
        if (count == parser->forth.relations.labels || count == RELATIONS_MAX)
            return false;
        if (str_equal(line, STR("root"))) {
            parser->forth.root = (uint8_t)count;
            root = true;
        } else if (str_equal(line, STR("dep"))) {
            parser->other = (uint8_t)count;
            other = true;
        }
        parser->names[count++] = line;
    }
    return count == parser->forth.relations.labels && root && other;
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
    if (!narrow_open(&parser->forth.moves, model_section(model, "moves")) ||
        !linear_open(&parser->forth.relations, model_section(model, "relations")) ||
        !narrow_open(&parser->back.moves, model_section(model, "moves-back")) ||
        !linear_open(&parser->back.relations, model_section(model, "relations-back")) ||
        parser->back.relations.labels != parser->forth.relations.labels ||
        !read_names(parser, model_section(model, "names"))) {
        parser_destroy(&parser);
        return error_set(error, ERR_MALFORMED, "the model parser does not hold what a parser needs");
    }
    parser->back.root = parser->forth.root;
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

static void make_flat(const struct parser *parser, size_t count, uint16_t *ret_heads, uint8_t *ret_relations)
{
    for (size_t i = 0; i < count; i++) {
        ret_heads[i] = i > 0;
        ret_relations[i] = i ? parser->other : parser->forth.root;
    }
}

int parser_parse(const struct parser *parser, struct arena *arena, const struct word_form *forms,
                 const struct token_tag *tags, size_t count, size_t beam, uint16_t *ret_heads,
                 uint8_t *ret_relations)
{
    struct parse_state back, state;
    if (count > PARSER_TOKENS_MAX) {
        make_flat(parser, count, ret_heads, ret_relations);
        return 0;
    }
    struct parse_word *words = arena_new_array(arena, struct parse_word, count + PARSE_NODES_BESIDE),
                      *mirrored = arena_new_array(arena, struct parse_word, count + PARSE_NODES_BESIDE);
    if (!words || !mirrored || parse_state_init(&back, arena, count) ||
        parse_state_init(&state, arena, count))
        return -ENOMEM;
    for (size_t i = 0; i < count; i++)
        parse_word_fill(&words[i + 1], &forms[i], tags[i].upos, tags[i].xpos);
    parse_words_close(words, count);
    parse_words_mirror(words, count, mirrored);
    parse_greedy(&parser->back, mirrored, &back);
    parse_words_guess(words, &back);
    if (parse_beam(&parser->forth, words, arena, beam, &state))
        return -ENOMEM;
    for (size_t i = 0; i < count; i++) {
        uint16_t head = state.nodes[i + 1].head;
        ret_heads[i] = head > count ? 0 : head;
        ret_relations[i] = (uint8_t)(state.nodes[i + 1].relation - 1);
    }
    struct parse_repair repair = {
        parser->names, parser->forth.relations.labels, forms, tags, count, ret_heads, ret_relations};
    parse_repair(&repair);
    return 0;
}

struct str parser_relation(const struct parser *parser, uint8_t relation)
{
    return relation < parser->forth.relations.labels ? parser->names[relation] : STR_NONE;
}
