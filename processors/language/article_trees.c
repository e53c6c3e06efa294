/* the stage "trees": see language_stages.h. */
#include <errno.h>

#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/language/name_features.h"
#include "processors/language/parser.h"

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    struct model *model = NULL;
    struct parser *parser = NULL;
    int failure = model_open(&model, data_directory, "parser", error);
    if (!failure)
        failure = parser_create(&parser, model, error);
    *ret_context = parser;
    return failure;
}

static void destroy(void *context)
{
    struct parser *parser = context;
    parser_destroy(&parser);
}

static int parse(const struct parser *parser, struct article *article, size_t sentence,
                 struct token_arc *arcs)
{
    const struct name_sentence *words = &article->words[sentence];
    uint16_t *heads = arena_new_array(article->arena, uint16_t, words->count + 1);
    uint8_t *relations = arena_new_array(article->arena, uint8_t, words->count + 1);
    if (!heads || !relations)
        return -ENOMEM;
    int error =
        parser_parse(parser, article->arena, words->forms, article->tags + article->sentence_tokens[sentence],
                     words->count, heads, relations);
    for (size_t i = 0; i < words->count && !error; i++)
        arcs[i] = (struct token_arc){heads[i], parser_relation(parser, relations[i])};
    return error;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)ret_note;
    struct token_arc *arcs = arena_new_array(article->arena, struct token_arc, article->tokens.count + 1);
    int error = arcs ? 0 : -ENOMEM;
    for (size_t i = 0; i < article->sentences.count && !error; i++)
        error = budget_over() ? ERR_DEADLINE : parse(context, article, i, arcs + article->sentence_tokens[i]);
    if (error)
        return error;
    article->arcs = arcs;
    article->given |= GIFT_TREES;
    return 0;
}

const struct stage stage_trees = {
    .name = "trees",
    .description = "which word depends on which; only where asked for, as no record holds it yet",
    .version = 1,
    .needs = GIFT_TAGS,
    .gives = GIFT_TREES,
    .languages = language_stages_spoken,
    .on_request = true,
    .init = init,
    .process = process,
    .destroy = destroy,
};
