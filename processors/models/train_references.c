/* train_references: learns from the own corpus whom pronouns and descriptions mean
 * (meaning/reference_candidates.h).
 *
 *     train_references MODELS CORPUS TABLE
 *
 * What looks back in CORPUS/train has its candidates; right is whom the mention with the same words means
 * there, nobody where there is no such mention or none of the candidates is meant. Prints how
 * many choices are right in articles that were not learnt from (ten folds) and in CORPUS/dev; writes TABLE, a
 * C header. What is in mind depends on the choices before, so it is built and run several times (see the
 * Makefile). Deterministic. */
#include <stdio.h>
#include <string.h>

#include "processors/language/tree.h"
#include "processors/meaning/reference_candidates.h"
#include "processors/models/choice_learning.h"
#include "processors/models/corpus_pairs.h"
#include "processors/models/files.h"
#include "processors/models/weight_table.h"

static const double PENALTY = 1.0;

struct examples {
    ARTICLE_LIST(struct choice_example) list;
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

/* Whom a word means: of its name, else of the shortest mention that holds it; NOBODY = none, or several. */
static uint32_t wanted_at(const struct corpus_pair *read, uint32_t token)
{
    struct span head = read->article->token_spans[token];
    const struct annotated_mention *best = NULL;
    for (size_t i = 0; i < read->pair.wanted->names.count; i++)
        if (spans_overlap(read->pair.wanted->names.items[i].span, head))
            return read->pair.wanted->names.items[i].entity;
    for (size_t i = 0; i < read->pair.wanted->mentions.count; i++) {
        const struct annotated_mention *mention = &read->pair.wanted->mentions.items[i];
        bool holds = mention->span.start <= head.start && mention->span.end >= head.end;
        if (holds && (!best || mention->span.end - mention->span.start < best->span.end - best->span.start))
            best = mention;
    }
    return best && best->means.count == 1 ? best->means.items[0] : NOBODY;
}

static bool is_among(const struct entity_group *group, uint32_t entity)
{
    for (size_t i = 0; i < group->count; i++)
        if (group->items[i] == entity)
            return true;
    return false;
}

/* All that stand together are meant, and no others. */
static bool together_are(const struct corpus_pair *read, const struct article_unnamed *unnamed,
                         const struct entity_group *wanted)
{
    const struct tree *tree = &read->article->trees[unnamed->sentence];
    uint32_t head = unnamed->head - tree->first;
    size_t count = 1;
    if (!is_among(wanted, wanted_at(read, unnamed->head)))
        return false;
    for (uint32_t c = tree->nodes[head].first_child; c != TREE_NONE; c = tree->nodes[c].next_child) {
        if (tree->nodes[c].relation != REL_CONJ)
            continue;
        if (!is_among(wanted, wanted_at(read, tree->first + c)))
            return false;
        count++;
    }
    return count == wanted->count;
}

static bool means(const struct corpus_pair *read, const struct annotated_mention *mention,
                  const struct reference_candidate *candidate)
{
    const struct article_unnamed *unnamed =
        candidate->unnamed ? &read->article->unnamed.items[candidate->unnamed - 1] : NULL;
    if (mention && unnamed && unnamed->together)
        return together_are(read, unnamed, &mention->means);
    if (!mention || mention->means.count != 1)
        return false;
    uint32_t wanted = mention->means.items[0];
    return unnamed             ? wanted_at(read, unnamed->head) == wanted
           : candidate->entity ? read->pair.aligned[candidate->entity - 1] == wanted
                               : false;
}

static void add_examples(struct examples *examples, const struct corpus_pair *read, size_t number)
{
    for (size_t i = 0; i < read->article->reference_choices.count; i++) {
        const struct reference_choice *choice = &read->article->reference_choices.items[i];
        const struct annotated_mention *mention = mention_at(read->pair.wanted, choice->span);
        struct choice_example *example = article_list_add(examples->arena, &examples->list);
        struct choice_option *options = arena_new_array(examples->arena, struct choice_option, choice->count);
        bool any = false;
        if (!example || !options)
            files_fail("memory", "too little");
        *example = (struct choice_example){options, choice->count, number};
        for (size_t k = 0; k < choice->count; k++) {
            const struct reference_candidate *candidate = &choice->candidates[k];
            options[k] = (struct choice_option){candidate->features, candidate->feature_count, false};
            any |= options[k].right = means(read, mention, candidate);
        }
        options[0].right = !any;
    }
}

/* ---- Learning ---- */

struct count {
    size_t meant, found, right, examples, right_examples;
};

/* Of one fold's articles (CHOICE_FOLDS = of all). */
static void count_right(const struct examples *examples, const double *weights, size_t fold,
                        struct count *count)
{
    for (size_t i = 0; i < examples->list.count; i++) {
        const struct choice_example *example = &examples->list.items[i];
        if (fold != CHOICE_FOLDS && example->article % CHOICE_FOLDS != fold)
            continue;
        size_t best = choice_best(example, weights);
        count->examples++;
        count->right_examples += example->options[best].right;
        count->meant += !example->options[0].right;
        count->found += best > 0;
        count->right += best > 0 && example->options[best].right;
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
    struct choice_lesson lesson = {train.list.items, train.list.count, table.count, PENALTY};
    for (size_t fold = 0; fold < CHOICE_FOLDS; fold++) {
        choice_learn(&lesson, fold, weights);
        count_right(&train, weights, fold, &others);
    }
    print_count("learnt from other articles", &others);
    choice_learn(&lesson, CHOICE_FOLDS, weights);
    weight_table_round(weights, table.count);
    count_right(&dev, weights, CHOICE_FOLDS, &of_dev);
    print_count("dev", &of_dev);
    table.weights = weights;
    weight_tables_write(argv[3], "reference_weight_table", "models/train_references.c",
                        "what each feature of reference_candidates.c speaks for its candidate", &table, 1);
    arena_destroy(&train.arena);
    return 0;
}
