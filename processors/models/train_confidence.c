/* train_confidence: learns from the own corpus which finds of the rules are events
 * (meaning/event_confidence.h).
 *
 *     train_confidence MODELS CORPUS TABLE
 *
 * A find is right when the corpus has an event of its CAMEO root in the sentence; of several finds the one
 * with its words, else the first. Finds that the corpus tells as history count neither way. A logistic model
 * with a penalty on the squares of its weights, by gradient descent with momentum from 0. Prints precision
 * and recall among the finds at several thresholds in articles that were not learnt from (ten folds); writes
 * TABLE, a C header. Deterministic. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/meaning/event_confidence.h"
#include "processors/models/corpus_pairs.h"
#include "processors/models/descent.h"
#include "processors/models/files.h"
#include "processors/models/score_events.h"
#include "processors/models/weight_table.h"

enum { FOLDS = 10, ROUNDS = 1500 };
static const double PENALTY = 3.0, STEP = 2.0, MOMENTUM = 0.9;

struct example {
    const struct event_candidate *candidate;
    bool right;
    size_t article;
    double share; /* as told by a model that has not seen it */
};

struct examples {
    ARTICLE_LIST(struct example) list;
    struct arena *arena;
};

/* ---- Examples ---- */

static bool may_be(const struct pair *pair, const struct annotated_event *event,
                   const struct event_candidate *candidate)
{
    struct span span = pair->wanted->sentences.items[event->sentence];
    struct annotated_event intended = *event;
    score_events_intend(&intended); /* the corpus says 040, planned, where newsd says 036 */
    return span.start <= candidate->trigger.start && candidate->trigger.start < span.end &&
           (!memcmp(event->code, candidate->cameo, 2) || !memcmp(intended.code, candidate->cameo, 2));
}

/* Gives each event of the corpus to one of the finds. */
static void add_examples(struct examples *examples, const struct corpus_pair *read, size_t number)
{
    const struct pair *pair = &read->pair;
    size_t count = read->article->event_candidates.count;
    const struct event_candidate *candidates = read->article->event_candidates.items;
    bool *right = arena_new_array(examples->arena, bool, count + 1),
         *history = arena_new_array(examples->arena, bool, count + 1);
    if (!right || !history)
        files_fail("memory", "too little");
    for (size_t i = 0; i < pair->wanted->events.count; i++) {
        const struct annotated_event *event = &pair->wanted->events.items[i];
        size_t best = count;
        for (size_t k = 0; k < count; k++) {
            if (!may_be(pair, event, &candidates[k]) || right[k])
                continue;
            if (best == count || (spans_overlap(event->trigger, candidates[k].trigger) &&
                                  !spans_overlap(event->trigger, candidates[best].trigger)))
                best = k;
        }
        if (best < count)
            *(event->modality == MODALITY_HISTORICAL ? &history[best] : &right[best]) = true;
    }
    for (size_t k = 0; k < count; k++) {
        struct example *slot =
            history[k] && !right[k] ? NULL : article_list_add(examples->arena, &examples->list);
        if (slot)
            *slot = (struct example){&candidates[k], right[k], number, 0};
    }
}

/* ---- Learning ---- */

static double share(const struct event_candidate *candidate, const double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < candidate->feature_count; i++)
        sum += weights[candidate->features[i]];
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
        double error = example->right - share(example->candidate, weights);
        for (size_t k = 0; k < example->candidate->feature_count; k++)
            gradient[example->candidate->features[k]] += error;
        count++;
    }
    return count;
}

/* From all but the articles of one fold (FOLDS = from all). */
static void learn(const struct examples *examples, size_t fold, double *weights)
{
    struct lesson lesson = {examples, fold};
    descent_run(&(struct descent){event_confidence_features(), ROUNDS, PENALTY, STEP, MOMENTUM, add_gradient,
                                  &lesson},
                weights);
}

static void print_thresholds(const struct examples *examples)
{
    for (int percent = 20; percent <= 80; percent += 5) {
        size_t right = 0, found = 0, wanted = 0;
        for (size_t i = 0; i < examples->list.count; i++) {
            const struct example *example = &examples->list.items[i];
            wanted += example->right;
            found += example->share * 100 >= percent;
            right += example->right && example->share * 100 >= percent;
        }
        printf("events from %.2f: precision %.1f recall %.1f among %zu finds, %zu right\n", percent / 100.0,
               found ? 100.0 * (double)right / (double)found : 0, 100.0 * (double)right / (double)wanted,
               examples->list.count, wanted);
    }
}

int main(int argc, char **argv)
{
    struct examples train = {.arena = arena_create((size_t)8 << 30)};
    const struct corpus_pair *pairs;
    size_t features = event_confidence_features();
    double *weights;
    if (argc != 4) {
        fprintf(stderr, "usage: train_confidence MODELS CORPUS TABLE\n");
        return 2;
    }
    weights = train.arena ? arena_new_array(train.arena, double, features) : NULL;
    if (!weights)
        files_fail("memory", "too little");
    size_t count = corpus_pairs_read(&pairs, train.arena, argv[1], files_path(train.arena, argv[2], "train"));
    for (size_t i = 0; i < count; i++)
        add_examples(&train, &pairs[i], i);
    for (size_t fold = 0; fold < FOLDS; fold++) {
        learn(&train, fold, weights);
        for (size_t i = 0; i < train.list.count; i++)
            if (train.list.items[i].article % FOLDS == fold)
                train.list.items[i].share = share(train.list.items[i].candidate, weights);
    }
    print_thresholds(&train);
    learn(&train, FOLDS, weights);
    struct weight_table table = {"EVENT_WEIGHTS", weights, features};
    weight_tables_write(argv[3], "event_weight_table", "models/train_confidence.c",
                        "what each feature of event_confidence.c speaks for an event", &table, 1);
    arena_destroy(&train.arena);
    return 0;
}
