/* the stage "tags": see language_stages.h. */
#include <errno.h>
#include <stdlib.h>

#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/language/name_features.h"
#include "processors/language/tagger.h"

struct context {
    struct model *model;
    struct tagger *tagger;
};

static void destroy(void *value)
{
    struct context *context = value;
    if (!context)
        return;
    tagger_destroy(&context->tagger);
    model_close(&context->model);
    free(context);
}

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    struct context *context = calloc(1, sizeof(*context));
    if (!context)
        return error_set(error, -ENOMEM, "no memory for the tagger");
    int failure = model_open(&context->model, data_directory, "tagger", error);
    if (!failure)
        failure = tagger_create(&context->tagger, context->model, error);
    if (failure) {
        destroy(context);
        return failure;
    }
    *ret_context = context;
    return 0;
}

static int process(const void *value, struct article *article, struct str *ret_note)
{
    const struct context *context = value;
    (void)ret_note;
    uint8_t *labels = arena_new_array(article->arena, uint8_t, article->tokens.count + 1);
    struct token_tag *tags = arena_new_array(article->arena, struct token_tag, article->tokens.count + 1);
    if (!labels || !tags)
        return -ENOMEM;
    for (size_t i = 0; i < article->sentences.count; i++) {
        if (budget_over())
            return ERR_DEADLINE;
        tagger_tag(context->tagger, article->words[i].forms, article->words[i].count,
                   labels + article->sentence_tokens[i]);
    }
    for (size_t i = 0; i < article->tokens.count; i++)
        tags[i] = (struct token_tag){tagger_upos(context->tagger, labels[i]),
                                     tagger_xpos(context->tagger, labels[i])};
    article->tags = tags;
    article->given |= GIFT_TAGS;
    return 0;
}

const struct stage stage_tags = {
    .name = "tags",
    .description = "parts of speech of the tokens",
    .version = 1,
    .needs = GIFT_WORDS,
    .gives = GIFT_TAGS,
    .languages = language_stages_spoken,
    .init = init,
    .process = process,
    .destroy = destroy,
};
