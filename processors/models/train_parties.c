/* train_parties: learns from the own corpus who does an act, and to whom (meaning/party_choice.h).
 *
 *     train_parties MODELS CORPUS TABLE
 *
 * Where one of newsd's events in CORPUS/train is one of the corpus's, the candidates that are its source or
 * target there are the right ones. Prints how many choices are right in articles that were not learnt from
 * (ten folds) and in CORPUS/dev; writes TABLE, a C header. What the events before say depends on their own
 * choices, so it is built and run several times (see the Makefile). Deterministic. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/meaning/party_candidates.h"
#include "processors/models/choice_learning.h"
#include "processors/models/corpus_pairs.h"
#include "processors/models/files.h"
#include "processors/models/score_events.h"
#include "processors/models/weight_table.h"

static const double PENALTY = 1.5;

/* Of one side. */
struct examples {
    ARTICLE_LIST(struct choice_example) list;
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
        struct choice_option *options =
            wanted ? arena_new_array(examples->arena, struct choice_option, choice->count) : NULL;
        bool any = false;
        if (wanted && !options)
            files_fail("memory", "too little");
        for (size_t k = 0; wanted && k < choice->count; k++) {
            const struct party_candidate *candidate = &choice->candidates[k];
            options[k] = (struct choice_option){candidate->features, candidate->feature_count,
                                                is_right(&read->pair, wanted, choice->party, candidate)};
            any |= options[k].right;
        }
        examples->without += wanted && !any;
        struct choice_example *slot = any ? article_list_add(examples->arena, &examples->list) : NULL;
        if (any && !slot)
            files_fail("memory", "too little");
        if (slot)
            *slot = (struct choice_example){options, choice->count, number};
    }
}

/* ---- Learning ---- */

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
    if (!weights)
        files_fail("memory", "too little");
    for (size_t i = 0; i < corpus->train_count; i++)
        add_examples(&train, &corpus->train[i], i);
    for (size_t i = 0; i < corpus->dev_count; i++)
        add_examples(&dev, &corpus->dev[i], i);
    size_t features = party_feature_count();
    struct choice_lesson lesson = {train.list.items, train.list.count, features, PENALTY},
                         of_dev = {dev.list.items, dev.list.count, features, PENALTY};
    print_share(title, "learnt from other articles", &train, choice_count_unseen(&lesson, weights));
    choice_learn(&lesson, CHOICE_FOLDS, weights);
    weight_table_round(weights, features);
    print_share(title, "dev", &dev, choice_count_right(&of_dev, CHOICE_FOLDS, weights));
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
