/* train_tagger: trains the tagger's model, and says how well it tags text that it has not seen.
 *
 *     train_tagger MODELS TRAIN.conllu... [--dev NAME DEV.conllu...]...      MODELS/words.model is read,
 * MODELS/tagger.model written */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/language/tagger.h"
#include "processors/models/files.h"
#include "processors/models/score_tags.h"
#include "processors/models/tag_training.h"
#include "processors/models/treebank.h"

/* Each "--dev NAME" in the arguments begins a set. */
static void score_all(const struct tagger *tagger, const struct word_tables *tables, char **arguments,
                      int count)
{
    for (int i = 0; i + 1 < count;) {
        struct treebank dev = {.arena = arena_create((size_t)1 << 30)};
        struct tag_score score = {0};
        const char *name = arguments[i + 1];
        for (i += 2; i < count && strcmp(arguments[i], "--dev"); i++)
            treebank_read(&dev, arguments[i]);
        score_tags(tagger, tables, &dev, &score);
        score_tags_print(name, &score);
        arena_destroy(&dev.arena);
    }
}

int main(int argc, char **argv)
{
    struct treebank train = {.arena = arena_create((size_t)4 << 30)};
    struct tag_training training;
    _cleanup_buffer_ struct buffer bytes = {0};
    struct error error = {0};
    struct model *words, *model;
    struct word_tables *tables;
    struct tagger *tagger;
    int dev = argc;
    for (int i = 2; i < argc && dev == argc; i++) {
        if (!strcmp(argv[i], "--dev"))
            dev = i;
        else
            treebank_read(&train, argv[i]);
    }
    if (train.count == 0) {
        fprintf(stderr, "usage: train_tagger MODELS TRAIN.conllu... [--dev NAME DEV.conllu...]...\n");
        return 2;
    }
    if (model_open(&words, argv[1], "words", &error) || word_tables_create(&tables, words, &error))
        files_fail(argv[1], error.text);
    printf("%zu sentences, %zu words\n", train.count, train.words);
    tag_training_init(&training, &train, tables);
    tag_training_learn(&training, &bytes);
    files_write(files_path(train.arena, argv[1], "tagger.model"), buffer_str(&bytes));
    tag_training_done(&training);
    if (model_open(&model, argv[1], "tagger", &error) || tagger_create(&tagger, model, &error))
        files_fail(argv[1], error.text);
    score_all(tagger, tables, argv + dev, argc - dev);
    tagger_destroy(&tagger);
    word_tables_destroy(&tables);
    arena_destroy(&train.arena);
    return 0;
}
