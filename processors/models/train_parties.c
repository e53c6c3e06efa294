/* train_parties: learns from the own corpus who does an act, and to whom (meaning/party_choice.h).
 *
 *     train_parties MODELS CORPUS TABLE
 *
 * Where one of newsd's events in CORPUS/train is one of the corpus's, the candidates that are its source or
 * target there are the right ones. A log-linear choice among them: the weights that make the right ones most
 * likely, with a penalty on their squares, by gradient descent with momentum from 0. Prints how many choices
 * are right in articles that were not learnt from (ten folds) and in CORPUS/dev; writes TABLE, a C header.
 * What the events before say depends on their own choices, so it is built and run several times (see the
 * Makefile). Deterministic. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/meaning/party_candidates.h"
#include "processors/models/corpus_pairs.h"
#include "processors/models/descent.h"
#include "processors/models/files.h"
#include "processors/models/score_events.h"
#include "processors/models/weight_table.h"

enum { FOLDS = 10, ROUNDS = 1500 };
static const double PENALTY = 1.5, STEP = 2.0, MOMENTUM = 0.9;

struct example {
    const struct party_candidate *candidates;
    size_t count;
    bool right[PARTY_CANDIDATES_MAX];
    size_t article;
};

/* Of one side. */
struct examples {
    ARTICLE_LIST(struct example) list;
    enum party party;
    struct arena *arena;
    size_t without; /* events of which no candidate is right */
};

/* ---- Examples ---- */

static bool is_actor(const struct pair *pair, uint32_t entity, const struct event_actor *actor)
{
    struct str code = pair->wanted->entities.items[entity].code;
    if (actor->entity)
        return pair->aligned[actor->entity - 1] == entity ||
               (code.len && score_events_same_code(code, actor->cameo));
    return (actor->span.end && annotation_means(pair->wanted, actor->span, entity)) ||
           (code.len && score_events_same_code(code, actor->cameo));
}

static bool is_right(const struct pair *pair, const struct annotated_event *wanted, enum party party,
                     const struct party_candidate *candidate)
{
    const struct entity_group *group = party == PARTY_SOURCE ? &wanted->sources : &wanted->targets;
    if (!candidate->count || !group->count)
        return !candidate->count && !group->count;
    for (size_t i = 0; i < candidate->count; i++)
        for (size_t k = 0; k < group->count; k++)
            if (is_actor(pair, group->items[k], &candidate->actors[i]))
                return true;
    return false;
}

/* The corpus's event of the sentence and root: the one with the same words, else the same code, else the
 * first. */
static const struct annotated_event *wanted_event(const struct pair *pair, const struct party_choice *choice)
{
    const struct annotated_event *found = NULL;
    int most = 0;
    for (size_t i = 0; i < pair->wanted->events.count; i++) {
        const struct annotated_event *event = &pair->wanted->events.items[i];
        struct span span = pair->wanted->sentences.items[event->sentence];
        bool here = span.start <= choice->trigger.start && choice->trigger.start < span.end;
        struct annotated_event intended = *event;
        score_events_intend(&intended); /* the corpus says 040, planned, where newsd says 036 */
        if (!here ||
            (memcmp(event->code, choice->cameo, 2) != 0 && memcmp(intended.code, choice->cameo, 2) != 0))
            continue;
        int points =
            1 + 2 * spans_overlap(event->trigger, choice->trigger) + !strcmp(event->code, choice->cameo);
        if (points > most) {
            most = points;
            found = event;
        }
    }
    return found;
}

static void add_examples(struct examples *examples, const struct corpus_pair *read, size_t number)
{
    for (size_t i = 0; i < read->article->party_choices.count; i++) {
        const struct party_choice *choice = &read->article->party_choices.items[i];
        const struct annotated_event *wanted =
            choice->party == examples->party ? wanted_event(&read->pair, choice) : NULL;
        struct example example = {choice->candidates, choice->count, {false}, number};
        bool any = false;
        for (size_t k = 0; wanted && k < choice->count; k++)
            any |= example.right[k] = is_right(&read->pair, wanted, choice->party, &choice->candidates[k]);
        examples->without += wanted && !any;
        struct example *slot = any ? article_list_add(examples->arena, &examples->list) : NULL;
        if (any && !slot)
            files_fail("memory", "too little");
        if (slot)
            *slot = example;
    }
}

/* ---- Learning ---- */

static double score(const struct party_candidate *candidate, const double *weights)
{
    double sum = 0;
    for (size_t i = 0; i < candidate->feature_count; i++)
        sum += weights[candidate->features[i]];
    return sum;
}

/* Adds the gradient of the log of the right candidates' share. */
static void add_gradient_of(const struct example *example, const double *weights, double *gradient)
{
    double scores[PARTY_CANDIDATES_MAX], most = -INFINITY, all = 0, right = 0;
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
        &(struct descent){party_feature_count(), ROUNDS, PENALTY, STEP, MOMENTUM, add_gradient, &lesson},
        weights);
}

static bool chooses_right(const struct example *example, const double *weights)
{
    size_t best = 0;
    for (size_t i = 1; i < example->count; i++)
        if (score(&example->candidates[i], weights) > score(&example->candidates[best], weights))
            best = i;
    return example->right[best];
}

/* How many choices of one fold's articles (FOLDS = of all) are right. */
static size_t count_right(const struct examples *examples, const double *weights, size_t fold)
{
    size_t right = 0;
    for (size_t i = 0; i < examples->list.count; i++)
        right += (fold == FOLDS || examples->list.items[i].article % FOLDS == fold) &&
                 chooses_right(&examples->list.items[i], weights);
    return right;
}

static void print_share(const char *party, const char *title, const struct examples *examples, size_t right)
{
    printf("%s, %-26s %zu of %zu right (%zu more have no right candidate)\n", party, title, right,
           examples->list.count, examples->without);
}

struct corpus {
    const struct corpus_pair *train, *dev;
    size_t train_count, dev_count;
    struct arena *arena;
};

/* The weights of one side, and what they do. */
static double *learn_party(const struct corpus *corpus, enum party party, const char *title)
{
    struct examples train = {.arena = corpus->arena, .party = party}, dev = train;
    double *weights = arena_new_array(corpus->arena, double, party_feature_count());
    size_t right = 0;
    if (!weights)
        files_fail("memory", "too little");
    for (size_t i = 0; i < corpus->train_count; i++)
        add_examples(&train, &corpus->train[i], i);
    for (size_t i = 0; i < corpus->dev_count; i++)
        add_examples(&dev, &corpus->dev[i], i);
    for (size_t fold = 0; fold < FOLDS; fold++) {
        learn(&train, fold, weights);
        right += count_right(&train, weights, fold);
    }
    print_share(title, "learnt from other articles", &train, right);
    learn(&train, FOLDS, weights);
    weight_table_round(weights, party_feature_count());
    print_share(title, "dev", &dev, count_right(&dev, weights, FOLDS));
    return weights;
}

int main(int argc, char **argv)
{
    struct corpus corpus = {.arena = arena_create((size_t)8 << 30)};
    struct weight_table tables[PARTIES] = {{.name = "SOURCE_WEIGHTS"}, {.name = "TARGET_WEIGHTS"}};
    if (argc != 4) {
        fprintf(stderr, "usage: train_parties MODELS CORPUS TABLE\n");
        return 2;
    }
    if (!corpus.arena)
        files_fail("memory", "too little");
    corpus.train_count =
        corpus_pairs_read(&corpus.train, corpus.arena, argv[1], files_path(corpus.arena, argv[2], "train"));
    corpus.dev_count =
        corpus_pairs_read(&corpus.dev, corpus.arena, argv[1], files_path(corpus.arena, argv[2], "dev"));
    tables[PARTY_SOURCE].weights = learn_party(&corpus, PARTY_SOURCE, "sources");
    tables[PARTY_TARGET].weights = learn_party(&corpus, PARTY_TARGET, "targets");
    tables[PARTY_SOURCE].count = tables[PARTY_TARGET].count = party_feature_count();
    weight_tables_write(argv[3], "party_weight_table", "models/train_parties.c",
                        "what each feature of party_candidates.c speaks for its candidate", tables, PARTIES);
    arena_destroy(&corpus.arena);
    return 0;
}
