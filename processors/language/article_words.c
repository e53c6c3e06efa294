/* the stage "words": see language_stages.h. */
#include <errno.h>

#include "processors/budget.h"
#include "processors/language/language_stages.h"
#include "processors/language/name_features.h"

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    struct model *model = NULL;
    struct word_tables *tables = NULL;
    int failure = model_open(&model, data_directory, "words", error);
    if (!failure)
        failure = word_tables_create(&tables, model, error);
    *ret_context = tables;
    return failure;
}

static void destroy(void *context)
{
    struct word_tables *tables = context;
    word_tables_destroy(&tables);
}

static int process(const void *value, struct article *article, struct str *ret_note)
{
    const struct word_tables *tables = value;
    (void)ret_note;
    struct name_sentence *words =
        arena_new_array(article->arena, struct name_sentence, article->sentences.count + 1);
    int error = words ? 0 : -ENOMEM;
    for (size_t i = 0; i < article->sentences.count && !error; i++) {
        uint32_t begin = article->sentence_tokens[i], end = article->sentence_tokens[i + 1];
        error = budget_over() ? ERR_DEADLINE
                              : name_sentence_fill(&words[i], article->arena, tables, article->text,
                                                   article->tokens.items + begin, end - begin);
    }
    if (error)
        return error;
    article->words = words;
    article->given |= GIFT_WORDS;
    return 0;
}

const struct stage stage_words = {
    .name = "words",
    .description = "classes, lists and forms of the tokens",
    .version = 2,
    .needs = GIFT_TOKENS,
    .gives = GIFT_WORDS,
    .languages = language_stages_spoken,
    .init = init,
    .process = process,
    .destroy = destroy,
};
