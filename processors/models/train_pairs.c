/* train_pairs: learns from the own corpus how likely an event is right in root, source and target
 * (meaning/pair_confidence.h).
 *
 *     train_pairs MODELS CORPUS TABLE
 *
 * The examples are newsd's events in CORPUS/train, those told as history aside; what counts as right is what
 * score_events.h counts. A logistic model with a penalty on the squares of its weights, by gradient descent
 * with momentum from 0. Prints how many are right from several confidences on, in articles that were not
 * learnt from (ten folds) and in CORPUS/dev; writes TABLE, a C header. Deterministic. */
#include <math.h>
#include <stdio.h>

#include "processors/meaning/pair_confidence.h"
#include "processors/models/corpus_pairs.h"
#include "processors/models/descent.h"
#include "processors/models/files.h"
#include "processors/models/score_events.h"
#include "processors/models/weight_table.h"

enum { FOLDS = 10, ROUNDS = 1500 };
static const double PENALTY = 3.0, STEP = 0.1, MOMENTUM = 0.9;

struct example {
    uint16_t features[PAIR_FEATURES_MAX];
    size_t count, article;
    bool right;
    double share; /* as told by a model that has not seen it */
};

struct examples {
    ARTICLE_LIST(struct example) list;
    struct arena *arena;
    size_t wanted; /* events of the corpus */
};

static void add_examples(struct examples *examples, const struct corpus_pair *read, size_t number)
{
    const bool *right = score_events_right(examples->arena, &read->pair);
    for (size_t i = 0; i < read->article->events.count; i++) {
        const struct coded_event *event = &read->article->events.items[i];
        struct example *slot = event->modality != MODALITY_HISTORICAL
                                   ? article_list_add(examples->arena, &examples->list)
                                   : NULL;
        if (slot) {
            slot->count = pair_confidence_read(event, slot->features);
            slot->article = number;
            slot->right = right[i];
        }
    }
    for (size_t i = 0; i < read->pair.wanted->events.count; i++)
        examples->wanted += read->pair.wanted->events.items[i].modality != MODALITY_HISTORICAL;
}

static double share(const struct example *example, const double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < example->count; i++)
        sum += weights[example->features[i]];
    return 1 / (1 + exp(-sum));
}

struct lesson {
    const struct examples *examples;
    size_t fold; /* left out; FOLDS = none */
};

static size_t add_gradient(const void *context, const double *weights, double *gradient)
{
    const struct lesson *lesson = context;
    size_t count = 0;
    for (size_t i = 0; i < lesson->examples->list.count; i++) {
        const struct example *example = &lesson->examples->list.items[i];
        if (example->article % FOLDS == lesson->fold)
            continue;
        double error = example->right - share(example, weights);
        for (size_t k = 0; k < example->count; k++)
            gradient[example->features[k]] += error;
        count++;
    }
    return count;
}

/* From all but the articles of one fold (FOLDS = from all). */
static void learn(const struct examples *examples, size_t fold, double *weights)
{
    struct lesson lesson = {examples, fold};
    descent_run(
        &(struct descent){pair_confidence_features(), ROUNDS, PENALTY, STEP, MOMENTUM, add_gradient, &lesson},
        weights);
}

static void print_shares(const char *title, const struct examples *examples)
{
    for (int percent = 0; percent <= 80; percent += 5) {
        size_t right = 0, found = 0;
        for (size_t i = 0; i < examples->list.count; i++) {
            const struct example *example = &examples->list.items[i];
            found += example->share * 100 >= percent;
            right += example->right && example->share * 100 >= percent;
        }
        double precision = found ? (double)right / (double)found : 0,
               recall = examples->wanted ? (double)right / (double)examples->wanted : 0;
        printf("%s, events from %.2f: root and pair right in %.1f of %zu, recall %.1f F1 %.1f\n", title,
               percent / 100.0, 100 * precision, found, 100 * recall,
               right ? 200 * precision * recall / (precision + recall) : 0);
    }
}

static void read_examples(struct examples *examples, const char *models, const char *folder)
{
    const struct corpus_pair *pairs;
    size_t count = corpus_pairs_read(&pairs, examples->arena, models, folder);
    for (size_t i = 0; i < count; i++)
        add_examples(examples, &pairs[i], i);
}

int main(int argc, char **argv)
{
    struct examples train = {.arena = arena_create((size_t)8 << 30)}, dev = {.arena = train.arena};
    size_t features = pair_confidence_features();
    if (argc != 4) {
        fprintf(stderr, "usage: train_pairs MODELS CORPUS TABLE\n");
        return 2;
    }
    double *weights = train.arena ? arena_new_array(train.arena, double, features) : NULL;
    if (!weights)
        files_fail("memory", "too little");
    read_examples(&train, argv[1], files_path(train.arena, argv[2], "train"));
    read_examples(&dev, argv[1], files_path(train.arena, argv[2], "dev"));
    for (size_t fold = 0; fold < FOLDS; fold++) {
        learn(&train, fold, weights);
        for (size_t i = 0; i < train.list.count; i++)
            if (train.list.items[i].article % FOLDS == fold)
                train.list.items[i].share = share(&train.list.items[i], weights);
    }
    print_shares("learnt from other articles", &train);
    learn(&train, FOLDS, weights);
    weight_table_round(weights, features);
    for (size_t i = 0; i < dev.list.count; i++)
        dev.list.items[i].share = share(&dev.list.items[i], weights);
    print_shares("dev", &dev);
    struct weight_table table = {"PAIR_WEIGHTS", weights, features};
    weight_tables_write(argv[3], "pair_weight_table", "models/train_pairs.c",
                        "what each feature of pair_confidence.c speaks for an event", &table, 1);
    arena_destroy(&train.arena);
    return 0;
}
