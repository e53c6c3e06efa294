/* train_acts: learns from the own corpus which words tell which act (meaning/act_model.h).
 *
 *     train_acts MODELS [CORPUS]
 *
 * Every verb, noun and adjective of CORPUS/train and of the sentences in CORPUS/acts is an example; its label
 * is the CAMEO code of the event whose trigger it heads, the root's commonest code for codes that are rare,
 * "-" where it tells none or one of a root for which there was no room among the labels; words of history are
 * left out. A log-linear model by stochastic gradient descent with steps that shrink with what each weight
 * has moved (AdaGrad: Duchi, Hazan and Singer 2011) and a penalty on squares; features seen fewer than five
 * times are left out. Prints how well the words of articles not learnt from are told (CORPUS/dev) and writes
 * MODELS/acts.model; without CORPUS a model that knows nothing, to read the corpus with. Deterministic. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/language/tree.h"
#include "processors/meaning/act_model.h"
#include "processors/models/act_sentences.h"
#include "processors/models/corpus_pairs.h"
#include "processors/models/files.h"
#include "processors/models/score_events.h"
#include "processors/models/shuffle.h"

enum { PASSES = 20, CODE_LEAST = 12, CODES_MAX = 512, SEEN_LEAST = 5 };
static const float STEP = 0.05F, PENALTY = 1e-4F;

struct example {
    const struct act_word *word;
    const char *code; /* "-" = none; NULL = history */
    size_t label;
};

struct examples {
    ARTICLE_LIST(struct example) list;
    struct arena *arena;
};

struct code_count {
    char code[ACT_CODE_BYTES];
    size_t count;
};

struct trainer {
    char labels[ACT_LABELS][ACT_CODE_BYTES];
    size_t label_count;
    struct act_rows rows;
    float *weights, *moved; /* a row of ACT_LABELS for each feature */
};

/* ---- Examples ---- */

/* The event whose trigger the word heads: of the words of a trigger the first that is no name's. */
static void add_examples(struct examples *examples, const struct corpus_pair *read)
{
    const struct article *article = read->article;
    size_t count = article->act_words.count;
    const char **codes = arena_new_array(examples->arena, const char *, count + 1);
    bool *history = arena_new_array(examples->arena, bool, count + 1);
    if (!codes || !history)
        files_fail("memory", "too little");
    for (size_t i = 0; i < read->pair.wanted->events.count; i++) {
        struct annotated_event *event = arena_new(examples->arena, struct annotated_event);
        if (!event)
            files_fail("memory", "too little");
        *event = read->pair.wanted->events.items[i];
        score_events_intend(event);
        for (size_t k = 0; k < count; k++)
            if (spans_overlap(event->trigger, article->act_words.items[k].span)) {
                history[k] |= event->modality == MODALITY_HISTORICAL;
                if (!codes[k])
                    codes[k] = event->code;
                break;
            }
    }
    for (size_t k = 0; k < count; k++) {
        struct example *slot = history[k] ? NULL : article_list_add(examples->arena, &examples->list);
        if (slot)
            *slot = (struct example){&article->act_words.items[k], codes[k] ? codes[k] : "-", 0};
    }
}

static void add_articles(struct examples *examples, const char *models, const char *folder)
{
    const struct corpus_pair *pairs;
    size_t count = corpus_pairs_read(&pairs, examples->arena, models, folder);
    for (size_t i = 0; i < count; i++)
        add_examples(examples, &pairs[i]);
}

static void add_sentences(struct examples *examples, const char *models, const char *folder)
{
    size_t count;
    const struct annotation *sentences = act_sentences_read(examples->arena, folder, &count);
    const struct corpus_pair *pairs = corpus_pairs_of(examples->arena, models, sentences, count);
    for (size_t i = 0; i < count; i++)
        add_examples(examples, &pairs[i]);
}

/* ---- Labels ---- */

static int by_count(const void *a, const void *b)
{
    const struct code_count *first = a, *second = b;
    if (first->count != second->count)
        return first->count < second->count ? 1 : -1;
    return strcmp(first->code, second->code);
}

/* The codes that are common enough and of every root the commonest, the commonest first, while there is room.
 */
static void choose_labels(struct trainer *trainer, const struct examples *examples)
{
    struct code_count counts[CODES_MAX] = {0};
    size_t count = 0;
    enum stance stance;
    for (size_t i = 0; i < examples->list.count; i++) {
        const char *code = examples->list.items[i].code;
        size_t k = 0;
        if (code[0] == '-' || !act_of_code(code, &stance))
            continue;
        while (k < count && strcmp(counts[k].code, code) != 0)
            k++;
        if (k == CODES_MAX)
            files_fail("corpus", "more codes than there are");
        count += k == count;
        snprintf(counts[k].code, sizeof(counts[k].code), "%s", code);
        counts[k].count++;
    }
    qsort(counts, count, sizeof(counts[0]), by_count);
    trainer->label_count = 1;
    trainer->labels[0][0] = '-';
    for (size_t i = 0; i < count && trainer->label_count < ACT_LABELS; i++) {
        bool root = true;
        for (size_t k = 1; k < trainer->label_count; k++)
            root &= strncmp(trainer->labels[k], counts[i].code, 2) != 0;
        if (root || counts[i].count >= CODE_LEAST)
            memcpy(trainer->labels[trainer->label_count++], counts[i].code, ACT_CODE_BYTES);
    }
}

/* 0 = none, also where its root has none. */
static size_t label_of(const struct trainer *trainer, const char *code)
{
    size_t root = 0;
    for (size_t k = trainer->label_count; k-- > 1;) {
        if (!strcmp(trainer->labels[k], code))
            return k;
        if (!strncmp(trainer->labels[k], code, 2))
            root = k; /* in the end the commonest */
    }
    return root;
}

/* ---- Learning ---- */

static void scores(const struct trainer *trainer, const struct act_word *word, float *ret_shares)
{
    float all = 0, most = -INFINITY;
    for (size_t k = 0; k < ACT_LABELS; k++)
        ret_shares[k] = 0;
    for (size_t i = 0; i < word->count; i++) {
        uint32_t row = act_rows_find(&trainer->rows, word->features[i]);
        for (size_t k = 0; k < ACT_LABELS && row != ACT_NO_ROW; k++)
            ret_shares[k] += trainer->weights[(size_t)row * ACT_LABELS + k];
    }
    for (size_t k = 0; k < trainer->label_count; k++)
        most = fmaxf(most, ret_shares[k]);
    for (size_t k = 0; k < trainer->label_count; k++)
        all += ret_shares[k] = expf(ret_shares[k] - most);
    for (size_t k = 0; k < trainer->label_count; k++)
        ret_shares[k] /= all;
}

static void learn_one(struct trainer *trainer, const struct example *example)
{
    float gradient[ACT_LABELS] = {0};
    scores(trainer, example->word, gradient);
    gradient[example->label] -= 1;
    for (size_t i = 0; i < example->word->count; i++) {
        uint32_t row = act_rows_find(&trainer->rows, example->word->features[i]);
        if (row == ACT_NO_ROW)
            continue;
        float *weights = trainer->weights + (size_t)row * ACT_LABELS,
              *moved = trainer->moved + (size_t)row * ACT_LABELS;
        for (size_t k = 0; k < trainer->label_count; k++) {
            float step = gradient[k] + PENALTY * weights[k];
            moved[k] += step * step;
            weights[k] -= STEP * step / (sqrtf(moved[k]) + 1e-6F);
        }
    }
}

static int by_value(const void *a, const void *b)
{
    const uint32_t *first = a, *second = b;
    return *first < *second ? -1 : *first > *second;
}

/* Gives a row to every feature that was seen often enough. */
static void choose_features(struct trainer *trainer, const struct examples *examples)
{
    size_t all = 0, kept = 0;
    for (size_t i = 0; i < examples->list.count; i++)
        all += examples->list.items[i].word->count;
    uint32_t *features = arena_new_array(examples->arena, uint32_t, all + 1);
    if (!features)
        files_fail("memory", "too little");
    all = 0;
    for (size_t i = 0; i < examples->list.count; i++)
        for (size_t k = 0; k < examples->list.items[i].word->count; k++)
            features[all++] = examples->list.items[i].word->features[k];
    qsort(features, all, sizeof(*features), by_value);
    for (size_t i = 0, next; i < all; i = next) {
        for (next = i; next < all && features[next] == features[i]; next++)
            ;
        if (next - i >= SEEN_LEAST)
            features[kept++] = features[i];
    }
    trainer->weights = arena_new_array(examples->arena, float, kept *ACT_LABELS + 1);
    trainer->moved = arena_new_array(examples->arena, float, kept *ACT_LABELS + 1);
    if (!trainer->weights || !trainer->moved || !act_rows_open(&trainer->rows, features, kept))
        files_fail("memory", "too little");
}

static void learn(struct trainer *trainer, struct examples *examples)
{
    size_t count = examples->list.count;
    uint32_t *order = arena_new_array(examples->arena, uint32_t, count), seed = 1;
    if (!order)
        files_fail("memory", "too little");
    for (size_t i = 0; i < count; i++) {
        struct example *example = &examples->list.items[i];
        order[i] = (uint32_t)i;
        example->label = label_of(trainer, example->code);
    }
    for (int pass = 0; pass < PASSES; pass++) {
        shuffle(order, count, &seed);
        for (size_t i = 0; i < count; i++)
            learn_one(trainer, &examples->list.items[order[i]]);
    }
}

/* ---- What comes of it ---- */

static void write_model(const struct trainer *trainer, const char *path)
{
    float largest = 0;
    size_t cells = trainer->rows.count * ACT_LABELS;
    int8_t *small = calloc(cells + 1, 1);
    if (!small)
        files_fail("memory", "too little");
    for (size_t i = 0; i < cells; i++)
        largest = fmaxf(largest, fabsf(trainer->weights[i]));
    float scale = largest > 0 ? largest / 127 : 1;
    for (size_t i = 0; i < cells; i++)
        small[i] = (int8_t)lroundf(trainer->weights[i] / scale);
    struct model_part parts[] = {
        {"codes", str_make(trainer->labels[0], trainer->label_count * ACT_CODE_BYTES)},
        {"scale", str_make((const char *)&scale, sizeof(scale))},
        {"features", str_make((const char *)trainer->rows.features, trainer->rows.count * sizeof(uint32_t))},
        {"weights", str_make((const char *)small, cells)}};
    files_write_model(path, "acts", ACT_MODEL_VERSION, parts, sizeof(parts) / sizeof(parts[0]));
    free(small);
}

static void print_figures(const struct trainer *trainer, const struct examples *examples)
{
    for (int percent = 30; percent <= 80; percent += 10) {
        size_t wanted = 0, found = 0, right = 0;
        for (size_t i = 0; i < examples->list.count; i++) {
            const struct example *example = &examples->list.items[i];
            float shares[ACT_LABELS];
            size_t best = 1;
            scores(trainer, example->word, shares);
            for (size_t k = 1; k < trainer->label_count; k++)
                best = shares[k] > shares[best] ? k : best;
            bool told = (1 - shares[0]) * 100 >= (float)percent;
            wanted += example->code[0] != '-';
            found += told;
            right += told && !strncmp(trainer->labels[best], example->code, 2);
        }
        printf("acts from 0.%d: root precision %.1f recall %.1f of %zu words that tell one\n", percent / 10,
               found ? 100.0 * (double)right / (double)found : 0, 100.0 * (double)right / (double)wanted,
               wanted);
    }
}

int main(int argc, char **argv)
{
    struct trainer trainer = {0};
    struct arena *arena = arena_create((size_t)8 << 30);
    if (argc != 2 && argc != 3) {
        fprintf(stderr, "usage: train_acts MODELS [CORPUS]\n");
        return 2;
    }
    if (!arena)
        files_fail("memory", "too little");
    if (argc == 3) {
        struct examples train = {.arena = arena}, dev = {.arena = arena};
        add_articles(&train, argv[1], files_path(arena, argv[2], "train"));
        add_sentences(&train, argv[1], files_path(arena, argv[2], "acts"));
        choose_labels(&trainer, &train);
        choose_features(&trainer, &train);
        learn(&trainer, &train);
        add_articles(&dev, argv[1], files_path(arena, argv[2], "dev"));
        print_figures(&trainer, &dev);
    } else {
        trainer.label_count = 2;
        snprintf(trainer.labels[0], sizeof(trainer.labels[0]), "-");
        snprintf(trainer.labels[1], sizeof(trainer.labels[1]), "010");
    }
    write_model(&trainer, files_path(arena, argv[1], "acts.model"));
    arena_destroy(&arena);
    return 0;
}
