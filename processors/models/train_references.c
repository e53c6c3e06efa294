/* train_references: learns from the own corpus whom pronouns and descriptions mean
 * (meaning/reference_candidates.h).
 *
 *     train_references MODELS CORPUS TABLE
 *
 * What looks back in CORPUS/train has its candidates; right is the entity that the mention with the same
 * words means there, nobody where there is no such mention or none of the candidates is meant. A log-linear
 * choice among them: the weights that make the right ones most likely, with a penalty on their squares, by
 * gradient descent with momentum from 0. Prints how many choices are right in articles that were not learnt
 * from (ten folds) and in CORPUS/dev; writes TABLE, a C header. What is in mind depends on the choices
 * before, so it is built and run several times (see the Makefile). Deterministic. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/meaning/reference_candidates.h"
#include "processors/models/corpus_pairs.h"
#include "processors/models/descent.h"
#include "processors/models/files.h"
#include "processors/models/weight_table.h"

enum { FOLDS = 10, ROUNDS = 1500 };
static const double PENALTY = 1.0, STEP = 2.0, MOMENTUM = 0.9;

struct example {
    const struct reference_candidate *candidates;
    size_t count, article;
    bool right[REFERENCE_CANDIDATES_MAX];
};

struct examples {
    ARTICLE_LIST(struct example) list;
    struct arena *arena;
};

/* ---- Examples ---- */

static const struct annotated_mention *mention_at(const struct annotation *wanted, struct span span)
{
    for (size_t i = 0; i < wanted->mentions.count; i++)
        if (spans_equal(wanted->mentions.items[i].span, span))
            return &wanted->mentions.items[i];
    return NULL;
}

static bool means(const struct pair *pair, const struct annotated_mention *mention, uint32_t entity)
{
    return mention->means.count == 1 && pair->aligned[entity] == mention->means.items[0];
}

static void add_examples(struct examples *examples, const struct corpus_pair *read, size_t number)
{
    for (size_t i = 0; i < read->article->reference_choices.count; i++) {
        const struct reference_choice *choice = &read->article->reference_choices.items[i];
        const struct annotated_mention *mention = mention_at(read->pair.wanted, choice->span);
        struct example *example = article_list_add(examples->arena, &examples->list);
        bool any = false;
        if (!example)
            files_fail("memory", "too little");
        *example = (struct example){choice->candidates, choice->count, number, {false}};
        for (size_t k = 1; mention && k < choice->count; k++)
            any |= example->right[k] = means(&read->pair, mention, choice->candidates[k].entity - 1);
        example->right[0] = !any;
    }
}

/* ---- Learning ---- */

static double score(const struct reference_candidate *candidate, const double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < candidate->feature_count; i++)
        sum += weights[candidate->features[i]];
    return sum;
}

/* Adds the gradient of the log of the right candidates' share. */
static void add_gradient_of(const struct example *example, const double *weights, double *gradient)
{
    double scores[REFERENCE_CANDIDATES_MAX], most = -INFINITY, all = 0, right = 0;
    for (size_t i = 0; i < example->count; i++)
        most = fmax(most, scores[i] = score(&example->candidates[i], weights));
    for (size_t i = 0; i < example->count; i++) {
        scores[i] = exp(scores[i] - most);
        all += scores[i];
        right += example->right[i] ? scores[i] : 0;
    }
    for (size_t i = 0; i < example->count; i++) {
        double share = (example->right[i] ? scores[i] / right : 0) - scores[i] / all;
        for (size_t k = 0; k < example->candidates[i].feature_count; k++)
            gradient[example->candidates[i].features[k]] += share;
    }
}

struct lesson {
    const struct examples *examples;
    size_t fold; /* left out; FOLDS = none */
};

static size_t add_gradient(const void *context, const double *weights, double *gradient)
{
    const struct lesson *lesson = context;
    size_t count = 0;
    for (size_t i = 0; i < lesson->examples->list.count; i++)
        if (lesson->examples->list.items[i].article % FOLDS != lesson->fold) {
            add_gradient_of(&lesson->examples->list.items[i], weights, gradient);
            count++;
        }
    return count;
}

/* From all but the articles of one fold (FOLDS = from all). */
static void learn(const struct examples *examples, size_t fold, double *weights)
{
    struct lesson lesson = {examples, fold};
    descent_run(
        &(struct descent){reference_feature_count(), ROUNDS, PENALTY, STEP, MOMENTUM, add_gradient, &lesson},
        weights);
}

struct count {
    size_t meant, found, right, examples, right_examples;
};

/* Of one fold's articles (FOLDS = of all). */
static void count_right(const struct examples *examples, const double *weights, size_t fold,
                        struct count *count)
{
    for (size_t i = 0; i < examples->list.count; i++) {
        const struct example *example = &examples->list.items[i];
        size_t best = 0;
        if (fold != FOLDS && example->article % FOLDS != fold)
            continue;
        for (size_t k = 1; k < example->count; k++)
            if (score(&example->candidates[k], weights) > score(&example->candidates[best], weights))
                best = k;
        count->examples++;
        count->right_examples += example->right[best];
        count->meant += !example->right[0];
        count->found += best > 0;
        count->right += best > 0 && example->right[best];
    }
}

static void print_count(const char *title, const struct count *count)
{
    printf("%-26s %zu of %zu right; somebody meant %zu, found %zu, right %zu\n", title, count->right_examples,
           count->examples, count->meant, count->found, count->right);
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
    struct examples train = {.arena = arena_create((size_t)8 << 30)}, dev = train;
    struct weight_table table = {.name = "REFERENCE_WEIGHTS", .count = reference_feature_count()};
    struct count others = {0}, of_dev = {0};
    if (argc != 4) {
        fprintf(stderr, "usage: train_references MODELS CORPUS TABLE\n");
        return 2;
    }
    double *weights = train.arena ? arena_new_array(train.arena, double, table.count) : NULL;
    if (!weights)
        files_fail("memory", "too little");
    read_examples(&train, argv[1], files_path(train.arena, argv[2], "train"));
    read_examples(&dev, argv[1], files_path(train.arena, argv[2], "dev"));
    for (size_t fold = 0; fold < FOLDS; fold++) {
        learn(&train, fold, weights);
        count_right(&train, weights, fold, &others);
    }
    print_count("learnt from other articles", &others);
    learn(&train, FOLDS, weights);
    weight_table_round(weights, table.count);
    count_right(&dev, weights, FOLDS, &of_dev);
    print_count("dev", &of_dev);
    table.weights = weights;
    weight_tables_write(argv[3], "reference_weight_table", "models/train_references.c",
                        "what each feature of reference_candidates.c speaks for its candidate", &table, 1);
    arena_destroy(&train.arena);
    return 0;
}
