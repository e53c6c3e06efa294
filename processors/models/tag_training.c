/* tag_training: an averaged perceptron over tag_features. */
#include "processors/models/tag_training.h"

#include <stdio.h>
#include <stdlib.h>

#include "processors/language/tag_features.h"
#include "processors/language/tagger.h"
#include "processors/models/files.h"
#include "processors/models/perceptron.h"
#include "processors/models/shuffle.h"

enum { RUNS = 3, PASSES = 8, SEED = 1, JACKKNIFE_PARTS = 5, BLOCK_SENTENCES = 20 };
static const double least_weight = 1.0;

static uint8_t label_of(struct tag_training *training, struct str upos, struct str xpos)
{
    struct str name = arena_printf(training->train->arena, "%.*s %.*s", STR_ARG(upos), STR_ARG(xpos));
    for (uint32_t i = 0; i < training->count; i++)
        if (str_equal(training->names[i], name))
            return (uint8_t)i;
    if (training->count == LINEAR_LABELS_MAX) {
        fprintf(stderr, "too many labels\n");
        exit(1);
    }
    training->names[training->count] = name;
    buffer_printf(&training->text, "%.*s\n", STR_ARG(name));
    return (uint8_t)training->count++;
}

static void label_all(struct tag_training *training)
{
    training->truth = arena_new_array(training->train->arena, uint8_t *, training->train->count);
    for (size_t i = 0; i < training->train->count; i++) {
        const struct treebank_sentence *sentence = &training->train->sentences[i];
        training->truth[i] = arena_new_array(training->train->arena, uint8_t, sentence->count);
        for (size_t k = 0; k < sentence->count; k++)
            training->truth[i][k] = label_of(training, sentence->upos[k], sentence->xpos[k]);
    }
}

void tag_training_init(struct tag_training *ret_training, const struct treebank *train,
                       const struct word_tables *tables)
{
    *ret_training = (struct tag_training){.train = train, .tables = tables};
    label_all(ret_training);
}

void tag_training_done(struct tag_training *training)
{
    buffer_done(&training->text);
}

static void fill_words(const struct word_tables *tables, const struct treebank_sentence *sentence,
                       struct word_form *words)
{
    for (size_t i = 0; i < sentence->count; i++)
        word_form_fill(&words[i],
                       str_slice(sentence->text, sentence->tokens[i].start, sentence->tokens[i].end), tables);
}

static size_t learn_sentence(const struct tag_training *training, struct perceptron *perceptron, size_t which,
                             struct word_form *words)
{
    const struct treebank_sentence *sentence = &training->train->sentences[which];
    uint32_t features[TAG_FEATURES_MAX], before = UINT32_MAX, before2 = UINT32_MAX;
    size_t wrong = 0;
    fill_words(training->tables, sentence, words);
    enum word_line line = word_line_of(words, sentence->count);
    for (size_t i = 0; i < sentence->count; i++) {
        size_t n = tag_features(words, sentence->count, i, line, before, before2, features);
        uint32_t guess = perceptron_predict(perceptron, features, n);
        perceptron_learn(perceptron, features, n, training->truth[which][i], guess);
        wrong += guess != training->truth[which][i];
        before2 = before;
        before = guess; /* its own mistakes are what it will see */
    }
    return wrong;
}

/* Parts are made of blocks, so that a part has other texts than the rest, of the same kinds. */
static uint32_t part_of(size_t sentence, uint32_t parts)
{
    return parts ? (uint32_t)(sentence / BLOCK_SENTENCES % parts) : UINT32_MAX;
}

static struct perceptron *learn(const struct tag_training *training, uint32_t part, uint32_t parts)
{
    int runs = parts ? 1 : RUNS; /* a fifth of the sentences is not worth the mean of several */
    size_t count = training->train->count;
    struct word_form *words = calloc(2000, sizeof(*words));
    uint32_t *order = calloc(count, sizeof(*order)), state = SEED;
    struct perceptron *perceptron = perceptron_create(training->count);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    for (int pass = 1; pass <= PASSES * runs; pass++) {
        size_t wrong = 0, seen = 0;
        if (pass % PASSES == 1 && pass > 1)
            perceptron_restart(perceptron);
        shuffle(order, count, &state);
        for (size_t i = 0; i < count; i++) {
            if (part_of(order[i], parts) == part)
                continue;
            wrong += learn_sentence(training, perceptron, order[i], words);
            seen += training->train->sentences[order[i]].count;
        }
        printf("pass %d: %.2f %% right while learning\n", pass, 100 - 100.0 * (double)wrong / (double)seen);
        fflush(stdout);
    }
    free(words);
    free(order);
    return perceptron;
}

void tag_training_learn(const struct tag_training *training, uint32_t part, uint32_t parts,
                        struct buffer *out)
{
    _cleanup_buffer_ struct buffer weights = {0};
    struct perceptron_size size;
    struct perceptron *perceptron = learn(training, parts ? part : 0, parts);
    perceptron_write(perceptron, least_weight, &weights, &size);
    struct model_part sections[] = {{"labels", buffer_str(&training->text)},
                                    {"weights", buffer_str(&weights)}};
    if (model_write(out, "tagger", TAGGER_VERSION, sections, 2))
        files_fail("memory", "too little");
    printf("%u labels, %zu features, %zu weights\n", training->count, size.features, size.weights);
    perceptron_free(&perceptron);
}

/* Tags one part with a model that was trained on the others. */
static void tag_part(const struct tag_training *training, struct str bytes, uint32_t part, uint8_t **ret_tags)
{
    struct word_form *words = calloc(2000, sizeof(*words));
    struct model *model;
    struct tagger *tagger;
    struct error error = {0};
    if (model_from_bytes(&model, bytes, "tagger", &error) || tagger_create(&tagger, model, &error))
        files_fail("tagger", error.text);
    for (size_t i = 0; i < training->train->count; i++) {
        const struct treebank_sentence *sentence = &training->train->sentences[i];
        if (part_of(i, JACKKNIFE_PARTS) != part)
            continue;
        ret_tags[i] = arena_new_array(training->train->arena, uint8_t, sentence->count);
        fill_words(training->tables, sentence, words);
        tagger_tag(tagger, words, sentence->count, ret_tags[i]);
    }
    tagger_destroy(&tagger);
    free(words);
}

uint8_t **tag_training_jackknife(const struct tag_training *training)
{
    uint8_t **tags = arena_new_array(training->train->arena, uint8_t *, training->train->count);
    for (uint32_t part = 0; part < JACKKNIFE_PARTS; part++) {
        _cleanup_buffer_ struct buffer model = {0};
        tag_training_learn(training, part, JACKKNIFE_PARTS, &model);
        tag_part(training, buffer_str(&model), part, tags);
    }
    return tags;
}
