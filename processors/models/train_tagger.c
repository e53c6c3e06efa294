/* train_tagger: trains the tagger's model, and says how well it tags text that it has not seen.
 *
 *     train_tagger MODELS TRAIN.conllu... [--dev NAME DEV.conllu...]...      MODELS/words.model is read,
 * MODELS/tagger.model written */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/language/tag_features.h"
#include "processors/language/tagger.h"
#include "processors/models/files.h"
#include "processors/models/perceptron.h"
#include "processors/models/shuffle.h"
#include "processors/models/treebank.h"
#include "processors/model/linear.h"

enum { PASSES = 8, SEED = 1 };
static const double least_weight = 0.1;

struct labels {
    struct buffer text; /* "NOUN NNS\n" ... */
    struct str names[LINEAR_LABELS_MAX];
    uint32_t count;
};

struct training {
    struct arena *arena;
    struct treebank train;
    struct labels labels;
    struct perceptron *perceptron;
    const struct word_tables *tables;
    uint8_t **truth; /* labels of each sentence */
};

static uint8_t label_of(struct training *training, struct str upos, struct str xpos)
{
    struct labels *labels = &training->labels;
    struct str name = arena_printf(training->arena, "%.*s %.*s", STR_ARG(upos), STR_ARG(xpos));
    for (uint32_t i = 0; i < labels->count; i++)
        if (str_equal(labels->names[i], name))
            return (uint8_t)i;
    if (labels->count == LINEAR_LABELS_MAX) {
        fprintf(stderr, "too many labels\n");
        exit(1);
    }
    labels->names[labels->count] = name;
    buffer_printf(&labels->text, "%.*s\n", STR_ARG(name));
    return (uint8_t)labels->count++;
}

static void label_all(struct training *training)
{
    training->truth = arena_new_array(training->arena, uint8_t *, training->train.count);
    for (size_t i = 0; i < training->train.count; i++) {
        const struct treebank_sentence *sentence = &training->train.sentences[i];
        training->truth[i] = arena_new_array(training->arena, uint8_t, sentence->count);
        for (size_t k = 0; k < sentence->count; k++)
            training->truth[i][k] = label_of(training, sentence->upos[k], sentence->xpos[k]);
    }
}

static void fill_words(const struct word_tables *tables, const struct treebank_sentence *sentence,
                       struct word_form *words)
{
    for (size_t i = 0; i < sentence->count; i++)
        word_form_fill(&words[i],
                       str_slice(sentence->text, sentence->tokens[i].start, sentence->tokens[i].end), tables);
}

static size_t learn_sentence(struct training *training, size_t which, struct word_form *words)
{
    const struct treebank_sentence *sentence = &training->train.sentences[which];
    uint32_t features[TAG_FEATURES_MAX], before = UINT32_MAX, before2 = UINT32_MAX;
    size_t wrong = 0;
    for (size_t i = 0; i < sentence->count; i++)
        word_form_fill(&words[i],
                       str_slice(sentence->text, sentence->tokens[i].start, sentence->tokens[i].end),
                       training->tables);
    enum word_line line = word_line_of(words, sentence->count);
    for (size_t i = 0; i < sentence->count; i++) {
        size_t n = tag_features(words, sentence->count, i, line, before, before2, features);
        uint32_t guess = perceptron_predict(training->perceptron, features, n);
        perceptron_learn(training->perceptron, features, n, training->truth[which][i], guess);
        wrong += guess != training->truth[which][i];
        before2 = before;
        before = guess; /* its own mistakes are what it will see */
    }
    return wrong;
}

static void learn_pass(struct training *training, uint32_t *order, uint32_t *state, struct word_form *words)
{
    size_t wrong = 0;
    shuffle(order, training->train.count, state);
    for (size_t i = 0; i < training->train.count; i++)
        wrong += learn_sentence(training, order[i], words);
    printf("%.2f %% right while learning\n", 100 - 100.0 * (double)wrong / (double)training->train.words);
    fflush(stdout);
}

static void learn(struct training *training)
{
    struct word_form *words = calloc(2000, sizeof(*words));
    uint32_t *order = calloc(training->train.count, sizeof(*order)), state = SEED;
    training->perceptron = perceptron_create(training->labels.count);
    for (uint32_t i = 0; i < training->train.count; i++)
        order[i] = i;
    for (int pass = 0; pass < PASSES; pass++)
        learn_pass(training, order, &state, words);
    free(words);
    free(order);
}

struct score {
    size_t words, upos, xpos;
};

static void score_file(const struct tagger *tagger, const struct word_tables *tables, const char *path,
                       struct score *score)
{
    struct treebank dev = {.arena = arena_create((size_t)1 << 30)};
    struct word_form words[2000];
    uint8_t labels[2000];
    treebank_read(&dev, path);
    for (size_t i = 0; i < dev.count; i++) {
        const struct treebank_sentence *sentence = &dev.sentences[i];
        fill_words(tables, sentence, words);
        tagger_tag(tagger, words, sentence->count, labels);
        for (size_t k = 0; k < sentence->count; k++) {
            score->upos += str_equal(tagger_upos(tagger, labels[k]), sentence->upos[k]);
            score->xpos += str_equal(tagger_xpos(tagger, labels[k]), sentence->xpos[k]);
        }
    }
    score->words += dev.words;
    arena_destroy(&dev.arena);
}

/* Each "--dev NAME" in the arguments begins a set. */
static void score_all(const struct tagger *tagger, const struct word_tables *tables, char **arguments,
                      int count)
{
    for (int i = 0; i + 1 < count;) {
        struct score score = {0};
        const char *name = arguments[i + 1];
        for (i += 2; i < count && strcmp(arguments[i], "--dev"); i++)
            score_file(tagger, tables, arguments[i], &score);
        printf("%-24s %7zu words  UPOS %.2f  Penn %.2f\n", name, score.words,
               100.0 * (double)score.upos / (double)score.words,
               100.0 * (double)score.xpos / (double)score.words);
    }
}

static void write_model(struct training *training, const char *path)
{
    _cleanup_buffer_ struct buffer weights = {0};
    struct perceptron_size size;
    perceptron_write(training->perceptron, least_weight, &weights, &size);
    struct model_part parts[] = {{"labels", buffer_str(&training->labels.text)},
                                 {"weights", buffer_str(&weights)}};
    files_write_model(path, "tagger", TAGGER_VERSION, parts, 2);
    printf("%u labels, %zu features, %zu weights\n", training->labels.count, size.features, size.weights);
}

int main(int argc, char **argv)
{
    struct training training = {.arena = arena_create((size_t)4 << 30)};
    struct error error = {0};
    struct model *words, *model;
    struct word_tables *tables;
    struct tagger *tagger;
    int dev = argc;
    training.train.arena = training.arena;
    for (int i = 2; i < argc && dev == argc; i++) {
        if (!strcmp(argv[i], "--dev"))
            dev = i;
        else
            treebank_read(&training.train, argv[i]);
    }
    if (training.train.count == 0) {
        fprintf(stderr, "usage: train_tagger MODELS TRAIN.conllu... [--dev NAME DEV.conllu...]...\n");
        return 2;
    }
    if (model_open(&words, argv[1], "words", &error) || word_tables_create(&tables, words, &error))
        files_fail(argv[1], error.text);
    training.tables = tables;
    printf("%zu sentences, %zu words\n", training.train.count, training.train.words);
    label_all(&training);
    learn(&training);
    write_model(&training, files_path(training.arena, argv[1], "tagger.model"));
    if (model_open(&model, argv[1], "tagger", &error) || tagger_create(&tagger, model, &error))
        files_fail(argv[1], error.text);
    score_all(tagger, tables, argv + dev, argc - dev);
    tagger_destroy(&tagger);
    model_close(&model);
    word_tables_destroy(&tables);
    model_close(&words);
    perceptron_free(&training.perceptron);
    buffer_done(&training.labels.text);
    arena_destroy(&training.arena);
    return 0;
}
