/* language_models: see the header. */
#include "processors/language/language_models.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct language_models {
    struct model *files[LANGUAGE_MODELS];
    struct word_tables *words;
    struct tagger *tagger;
};

static const char *own_directory(char path[PATH_MAX])
{
    static const char *const places[] = {"/../share/newsd/models", "/../../processors/models"};
    char program[PATH_MAX - 64];
    ssize_t len = readlink("/proc/self/exe", program, sizeof(program) - 1);
    program[len > 0 ? len : 0] = '\0';
    char *slash = strrchr(program, '/');
    if (slash)
        *slash = '\0';
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        (void)snprintf(path, PATH_MAX, "%s%s", program, places[i]); /* fits */
        if (access(path, R_OK) == 0)
            break;
    }
    return path;
}

static int open_one(struct language_models *models, enum language_model which, struct error *error)
{
    switch (which) {
    case LANGUAGE_WORDS:
        return word_tables_create(&models->words, models->files[which], error);
    case LANGUAGE_TAGS:
        return tagger_create(&models->tagger, models->files[which], models->words, error);
    case LANGUAGE_MODELS:
        break;
    }
    return -EINVAL;
}

int language_models_open(struct language_models **ret_models, const char *directory, enum language_model last,
                         struct error *error)
{
    static const char *const names[LANGUAGE_MODELS] = {"words", "tagger"};
    char path[PATH_MAX];
    struct language_models *models = calloc(1, sizeof(*models));
    if (!models)
        return error_set(error, -ENOMEM, "no memory for the models of language");
    for (enum language_model which = 0; which <= last; which++) {
        int failure = model_open(&models->files[which], directory ? directory : own_directory(path),
                                 names[which], error);
        if (!failure)
            failure = open_one(models, which, error);
        if (failure) {
            language_models_close(&models);
            return failure;
        }
    }
    *ret_models = models;
    return 0;
}

void language_models_close(struct language_models **models)
{
    if (!*models)
        return;
    tagger_destroy(&(*models)->tagger);
    word_tables_destroy(&(*models)->words);
    for (int i = 0; i < LANGUAGE_MODELS; i++)
        model_close(&(*models)->files[i]);
    free(*models);
    *models = NULL;
}

const struct word_tables *language_models_words(const struct language_models *models)
{
    return models->words;
}

const struct tagger *language_models_tagger(const struct language_models *models)
{
    return models->tagger;
}

uint32_t language_models_version(const struct language_models *models, enum language_model which)
{
    return model_version(models->files[which]);
}
