/* tag_training: an averaged perceptron over tag_features. */
#include "processors/models/tag_training.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "processors/language/tag_reading.h"
#include "processors/language/tagger.h"
#include "processors/models/files.h"
#include "processors/models/perceptron.h"
#include "processors/models/shuffle.h"

enum {
    RUNS = 3,
    PASSES = 8,
    SEED = 1,
    JACKKNIFE_PARTS = 5,
    GUESS_PARTS = 4,
    GUESS_PASSES = 5,
    BLOCK_SENTENCES = 20,
    /* A word is always the same that was so in so many of a thousand uses, and used so often */
    SURE_USES = 20,
    SURE_PERMILLE = 995,
    /* So many words of a hundred are looked at twice */
    UNSURE_PERCENT = 20
};
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

/* One training: from which sentences, from which end. */
struct lesson {
    const struct tag_training *training;
    const struct lookup *sure; /* words that are always the same are no examples */
    uint8_t *
        *guesses; /* of each sentence, by readings from the end; NULL: this learns to read from the end */
    const uint8_t *left_out; /* of each sentence; NULL = none is */
    int runs, passes;
    double least; /* weight kept */
};

/* The label that the word has before it is looked at: as it always is, or as the reading from the end is sure
 * that it is. */
static bool is_known(const struct lesson *lesson, const struct tag_view *view, uint8_t *ret_label)
{
    uint32_t sure = lookup_find(lesson->sure, tag_word_hash(&view->words[view->at]));
    if (sure)
        *ret_label = (uint8_t)(sure - 1);
    else if (view->guesses)
        *ret_label = view->guesses[view->at];
    return sure || (view->guesses && !(view->guesses[view->at] & TAG_UNSURE));
}

struct count {
    size_t right, seen;
};

static void learn_sentence(const struct lesson *lesson, struct perceptron *perceptron, size_t which,
                           struct word_form *words, struct count *count)
{
    const struct treebank_sentence *sentence = &lesson->training->train->sentences[which];
    uint32_t features[TAG_FEATURES_MAX];
    fill_words(lesson->training->tables, sentence, words);
    struct tag_view view = {.words = words,
                            .count = sentence->count,
                            .line = word_line_of(words, sentence->count),
                            .back = !lesson->guesses,
                            .before = UINT32_MAX,
                            .before2 = UINT32_MAX,
                            .guesses = lesson->guesses ? lesson->guesses[which] : NULL};
    for (size_t i = 0; i < sentence->count; i++) {
        view.at = view.back ? sentence->count - 1 - i : i;
        uint8_t truth = lesson->training->truth[which][view.at], guess;
        if (!is_known(lesson, &view, &guess)) {
            size_t n = tag_features(&view, features);
            guess = (uint8_t)perceptron_predict(perceptron, features, n);
            perceptron_learn(perceptron, features, n, truth, guess);
            count->right += guess == truth;
            count->seen++;
        }
        view.before2 = view.before;
        view.before = guess; /* its own mistakes are what it will see */
    }
}

/* Parts are made of blocks, so that a part has other texts than the rest, of the same kinds. */
static uint32_t part_of(size_t sentence, uint32_t parts)
{
    return (uint32_t)(sentence / BLOCK_SENTENCES % parts);
}

/* The weights in the form of linear.h; what one update is in them. */
static double learn(const struct lesson *lesson, struct buffer *ret_weights)
{
    size_t sentences = lesson->training->train->count;
    struct word_form *words = calloc(2000, sizeof(*words));
    uint32_t *order = calloc(sentences, sizeof(*order)), state = SEED;
    struct perceptron *perceptron = perceptron_create(lesson->training->count);
    struct perceptron_size size;
    for (uint32_t i = 0; i < sentences; i++)
        order[i] = i;
    for (int pass = 0; pass < lesson->passes * lesson->runs; pass++) {
        struct count count = {0};
        if (pass % lesson->passes == 0 && pass)
            perceptron_restart(perceptron);
        shuffle(order, sentences, &state);
        for (size_t i = 0; i < sentences; i++)
            if (!lesson->left_out || !lesson->left_out[order[i]])
                learn_sentence(lesson, perceptron, order[i], words, &count);
        printf("pass %d: %.2f %% right while learning\n", pass,
               100.0 * (double)count.right / (double)count.seen);
        fflush(stdout);
    }
    perceptron_write(perceptron, lesson->least, ret_weights, &size);
    printf("%u labels, %zu features, %zu weights\n", lesson->training->count, size.features, size.weights);
    perceptron_free(&perceptron);
    free(words);
    free(order);
    return size.scale;
}

/* ---- Words that are always the same ---- */

struct use {
    uint64_t hash;
    uint8_t label;
};

static int by_hash(const void *a, const void *b)
{
    const struct use *x = a, *y = b;
    if (x->hash != y->hash)
        return x->hash < y->hash ? -1 : 1;
    return (x->label > y->label) - (x->label < y->label);
}

/* The most frequent label of uses[first, end), all of one word, in the order of their labels; its count. */
static size_t most_used(const struct use *uses, size_t first, size_t end, uint8_t *ret_label)
{
    size_t most = 0;
    for (size_t from = first, to; from < end; from = to) {
        for (to = from; to < end && uses[to].label == uses[from].label; to++)
            ;
        if (to - from > most) {
            most = to - from;
            *ret_label = uses[from].label;
        }
    }
    return most;
}

static size_t list_uses(const struct tag_training *training, const uint8_t *left_out, struct use *uses)
{
    struct word_form *words = calloc(2000, sizeof(*words));
    size_t count = 0;
    for (size_t i = 0; i < training->train->count; i++) {
        const struct treebank_sentence *sentence = &training->train->sentences[i];
        if (left_out && left_out[i])
            continue;
        fill_words(training->tables, sentence, words);
        for (size_t k = 0; k < sentence->count; k++)
            uses[count++] = (struct use){tag_word_hash(&words[k]), training->truth[i][k]};
    }
    free(words);
    return count;
}

static void find_sure(const struct tag_training *training, const uint8_t *left_out,
                      struct buffer *ret_section)
{
    struct use *uses = calloc(training->train->words, sizeof(*uses));
    size_t count = list_uses(training, left_out, uses), kept = 0;
    struct lookup_entry *entries = calloc(count / SURE_USES + 1, sizeof(*entries));
    qsort(uses, count, sizeof(*uses), by_hash);
    for (size_t first = 0, end; first < count; first = end) {
        uint8_t label = 0;
        for (end = first; end < count && uses[end].hash == uses[first].hash; end++)
            ;
        size_t most = most_used(uses, first, end, &label);
        if (end - first >= SURE_USES && 1000 * most >= SURE_PERMILLE * (end - first))
            entries[kept++] = (struct lookup_entry){uses[first].hash, label + 1U};
    }
    if (lookup_write(ret_section, entries, kept))
        files_fail("memory", "too little");
    printf("%zu words are always the same\n", kept);
    free(entries);
    free(uses);
}

/* ---- Guesses ---- */

static int by_margin(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return (x > y) - (x < y);
}

/* The margin below which the share of words is that is not sure. */
static int32_t margin_of(int32_t *margins, size_t count)
{
    qsort(margins, count, sizeof(*margins), by_margin);
    return margins[count * UNSURE_PERCENT / 100];
}

/* Reads the sentences of `part` from the end, with weights that were not learnt from them; the margin. */
static int32_t guess_part(const struct tag_training *training, struct tag_weights *weights, uint32_t part,
                          uint8_t **ret_guesses)
{
    struct word_form *words = calloc(2000, sizeof(*words));
    int32_t *margins = calloc(training->train->words, sizeof(*margins));
    size_t count = 0;
    for (int pass = 0; pass < 2; pass++) {
        if (pass)
            weights->margin = margin_of(margins, count);
        for (size_t i = 0; i < training->train->count; i++) {
            const struct treebank_sentence *sentence = &training->train->sentences[i];
            if (part_of(i, GUESS_PARTS) != part)
                continue;
            fill_words(training->tables, sentence, words);
            tag_read_back(weights, words, sentence->count, ret_guesses[i], pass ? NULL : margins + count);
            count += pass ? 0 : sentence->count;
        }
    }
    free(margins);
    free(words);
    return weights->margin;
}

/* The labels of all sentences by readings from the end, each by one that was not learnt from it, nor from
 * what is left out; the margin, in updates. */
static double guess_all(const struct tag_training *training, struct lookup *sure, const uint8_t *left_out,
                        uint8_t **ret_guesses)
{
    size_t count = training->train->count;
    double margin = 0;
    uint8_t *out = arena_new_array(training->train->arena, uint8_t, count);
    for (size_t i = 0; i < count; i++)
        ret_guesses[i] =
            arena_new_array(training->train->arena, uint8_t, training->train->sentences[i].count);
    for (uint32_t part = 0; part < GUESS_PARTS; part++) {
        _cleanup_buffer_ struct buffer bytes = {0};
        struct tag_weights weights = {.sure = *sure};
        for (size_t i = 0; i < count; i++)
            out[i] = part_of(i, GUESS_PARTS) == part || (left_out && left_out[i]);
        double scale =
            learn(&(struct lesson){training, sure, NULL, out, 1, GUESS_PASSES, least_weight}, &bytes);
        if (!linear_open(&weights.back, buffer_str(&bytes)))
            files_fail("weights", "what was written cannot be read");
        margin += guess_part(training, &weights, part, ret_guesses) / scale / GUESS_PARTS;
    }
    return margin;
}

static void learn_model(const struct tag_training *training, const uint8_t *left_out, struct buffer *out)
{
    _cleanup_buffer_ struct buffer sure_words = {0}, back = {0}, forth = {0};
    uint8_t **guesses = arena_new_array(training->train->arena, uint8_t *, training->train->count);
    int runs = left_out ? 1 : RUNS; /* a fifth of the sentences is not worth the mean of several */
    struct lookup sure;
    find_sure(training, left_out, &sure_words);
    if (!lookup_open(&sure, buffer_str(&sure_words)))
        files_fail("words", "what was written cannot be read");
    double margin = guess_all(training, &sure, left_out, guesses);
    double scale =
        learn(&(struct lesson){training, &sure, NULL, left_out, runs, PASSES, least_weight}, &back);
    (void)learn(&(struct lesson){training, &sure, guesses, left_out, runs, PASSES, least_weight}, &forth);
    int32_t limit = (int32_t)lround(margin * scale);
    struct model_part sections[] = {{"labels", buffer_str(&training->text)},
                                    {"sure", buffer_str(&sure_words)},
                                    {"weights-back", buffer_str(&back)},
                                    {"margin", str_make((const char *)&limit, sizeof(limit))},
                                    {"weights", buffer_str(&forth)}};
    if (model_write(out, "tagger", TAGGER_VERSION, sections, sizeof(sections) / sizeof(sections[0])))
        files_fail("memory", "too little");
}

void tag_training_learn(const struct tag_training *training, struct buffer *out)
{
    learn_model(training, NULL, out);
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
    uint8_t *left_out = arena_new_array(training->train->arena, uint8_t, training->train->count);
    for (uint32_t part = 0; part < JACKKNIFE_PARTS; part++) {
        _cleanup_buffer_ struct buffer model = {0};
        for (size_t i = 0; i < training->train->count; i++)
            left_out[i] = part_of(i, JACKKNIFE_PARTS) == part;
        learn_model(training, left_out, &model);
        tag_part(training, buffer_str(&model), part, tags);
    }
    return tags;
}
