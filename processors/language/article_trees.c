/* the stage "trees": see language_stages.h. */
#include <errno.h>

#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/language/name_features.h"
#include "processors/language/parser.h"
#include "processors/language/tree.h"

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

/* The dateline hangs below what the sentence says. */
static void hang_dateline(struct token_arc *arcs, const struct token_tag *tags, uint32_t apart, size_t count)
{
    uint32_t root = apart;
    while (root + 1 < count && arcs[root].head)
        root++;
    arcs[0] = (struct token_arc){root + 1, STR("parataxis")};
    for (uint32_t i = 1; i < apart; i++)
        arcs[i] = (struct token_arc){1, str_equal(tags[i].upos, STR("PUNCT")) ? STR("punct") : STR("flat")};
}

static int parse(const struct parser *parser, struct article *article, size_t sentence,
                 struct token_arc *arcs)
{
    const struct name_sentence *words = &article->words[sentence];
    const struct token_tag *tags = article->tags + article->sentence_tokens[sentence];
    uint32_t apart = language_dateline_tokens(article, sentence);
    size_t count = words->count - apart;
    uint16_t *heads = arena_new_array(article->arena, uint16_t, count + 1);
    uint8_t *relations = arena_new_array(article->arena, uint8_t, count + 1);
    if (!heads || !relations)
        return -ENOMEM;
    int error = parser_parse(parser, article->arena, words->forms + apart, tags + apart, count,
                             article->parse_beam ? article->parse_beam : PARSER_BEAM, heads, relations);
    for (size_t i = 0; i < count && !error; i++)
        arcs[apart + i] =
            (struct token_arc){heads[i] ? heads[i] + apart : 0, parser_relation(parser, relations[i])};
    if (apart && !error)
        hang_dateline(arcs, tags, apart, words->count);
    return error;
}

static int make_trees(struct article *article)
{
    struct tree *trees = arena_new_array(article->arena, struct tree, article->sentences.count + 1);
    int error = trees ? 0 : -ENOMEM;
    for (uint32_t i = 0; i < article->sentences.count && !error; i++)
        error = tree_make(&trees[i], article, i);
    article->trees = error ? NULL : trees;
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
    error = make_trees(article);
    if (error) {
        article->arcs = NULL;
        return error;
    }
    article->given |= GIFT_TREES;
    return 0;
}

const struct stage stage_trees = {
    .name = "trees",
    .description = "which word depends on which",
    .version = 4,
    .needs = GIFT_TAGS,
    .gives = GIFT_TREES,
    .languages = language_stages_spoken,
    .init = init,
    .process = process,
    .destroy = destroy,
};
