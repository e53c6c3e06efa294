/* the stage "names": see language_stages.h. */
#include <errno.h>

#include "processors/budget.h"
#include "processors/language/entities.h"
#include "processors/language/language_stages.h"
#include "processors/language/names.h"

static int init(void **ret_context, const char *data_directory, struct error *error)
{
    struct model *model = NULL;
    struct names *names = NULL;
    int failure = model_open(&model, data_directory, "names", error);
    if (!failure)
        failure = names_create(&names, model, error);
    *ret_context = names;
    return failure;
}

static void destroy(void *context)
{
    struct names *names = context;
    names_destroy(&names);
}

static int add_names(struct article *article, uint32_t sentence, const struct name_span_list *spans)
{
    for (size_t i = 0; i < spans->count; i++) {
        struct article_name *name = article_list_add(article->arena, &article->names);
        if (!name)
            return -ENOMEM;
        name->type = spans->items[i].type;
        name->sentence = sentence;
        name->first = article->sentence_tokens[sentence] + spans->items[i].first;
        name->end = article->sentence_tokens[sentence] + spans->items[i].end;
        name->span.start = article->token_spans[name->first].start;
        name->span.end = article->token_spans[name->end - 1].end;
    }
    return 0;
}

static int mark_tokens(struct article *article)
{
    uint32_t *marks = arena_new_array(article->arena, uint32_t, article->tokens.count + 1);
    for (uint32_t i = 0; i < article->names.count && marks; i++)
        for (uint32_t at = article->names.items[i].first; at < article->names.items[i].end; at++)
            marks[at] = i + 1;
    article->token_names = marks;
    return marks ? 0 : -ENOMEM;
}

static int find(const struct names *names, struct article *article)
{
    struct arena *arena = article->arena;
    size_t count = article->sentences.count;
    uint8_t **labels = arena_new_array(arena, uint8_t *, count + 1),
            *all = arena_new_array(arena, uint8_t, article->tokens.count + 1);
    if (!labels || !all)
        return -ENOMEM;
    for (size_t i = 0; i < count; i++)
        labels[i] = all + article->sentence_tokens[i];
    int error = names_label(names, arena, article->words, count, labels);
    for (uint32_t i = 0; i < count && !error; i++) {
        struct name_span_list spans = {0};
        error = names_spans(arena, &article->words[i], labels[i], &spans);
        if (!error)
            error = add_names(article, i, &spans);
    }
    return error;
}

static int process(const void *context, struct article *article, struct str *ret_note)
{
    (void)ret_note;
    int error = find(context, article);
    if (!error)
        error = mark_tokens(article);
    if (!error)
        error = entities_find(article);
    if (error) {
        article->names.count = article->entities.count = 0;
        return error;
    }
    article->given |= GIFT_NAMES;
    return 0;
}

const struct stage stage_names = {
    .name = "names",
    .description = "people, places, organisations and what else has a name",
    .version = 2,
    .needs = GIFT_WORDS,
    .gives = GIFT_NAMES,
    .languages = language_stages_spoken,
    .init = init,
    .process = process,
    .destroy = destroy,
};
