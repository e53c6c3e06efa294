/* the stage "tags": see language_stages.h. */
#include <errno.h>

#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/language/name_features.h"
#include "processors/language/tagger.h"

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    struct model *model = NULL;
    struct tagger *tagger = NULL;
    int failure = model_open(&model, data_directory, "tagger", error);
    if (!failure)
        failure = tagger_create(&tagger, model, error);
    *ret_context = tagger;
    return failure;
}

static void destroy(void *context)
{
    struct tagger *tagger = context;
    tagger_destroy(&tagger);
}

static int process(const void *value, struct article *article, struct str *ret_note)
{
    const struct tagger *tagger = value;
    (void)ret_note;
    uint8_t *labels = arena_new_array(article->arena, uint8_t, article->tokens.count + 1);
    struct token_tag *tags = arena_new_array(article->arena, struct token_tag, article->tokens.count + 1);
    if (!labels || !tags)
        return -ENOMEM;
    for (size_t i = 0; i < article->sentences.count; i++) {
        if (budget_over())
            return ERR_DEADLINE;
        uint32_t apart = language_dateline_tokens(article, i);
        uint8_t *first = labels + article->sentence_tokens[i];
        tagger_tag(tagger, article->words[i].forms, apart, first);
        tagger_tag(tagger, article->words[i].forms + apart, article->words[i].count - apart, first + apart);
    }
    for (size_t i = 0; i < article->tokens.count; i++)
        tags[i] = (struct token_tag){tagger_upos(tagger, labels[i]), tagger_xpos(tagger, labels[i])};
    article->tags = tags;
    article->given |= GIFT_TAGS;
    return 0;
}

const struct stage stage_tags = {
    .name = "tags",
    .description = "parts of speech of the tokens",
    .version = 2,
    .needs = GIFT_WORDS,
    .gives = GIFT_TAGS,
    .languages = language_stages_spoken,
    .init = init,
    .process = process,
    .destroy = destroy,
};
