/* train_affiliations: learns from the own corpus of which country people are whose role does not say it
 * (meaning/affiliation_candidates.h).
 *
 *     train_affiliations MODELS CORPUS TABLE
 *
 * The people of CORPUS/train without a country in the words of their role have their candidates; right is the
 * country that is marked there. Who has none marked, or one that the article does not name, is no example.
 * Prints how many choices are right in articles that were not learnt from (ten folds) and in CORPUS/dev,
 * beside the country that the article is at home in; writes TABLE, a C header. Deterministic. */
#include <stdio.h>
#include <string.h>

#include "processors/meaning/affiliation_candidates.h"
#include "processors/meaning/home_country.h"
#include "processors/models/choice_learning.h"
#include "processors/models/corpus_pairs.h"
#include "processors/models/files.h"
#include "processors/models/weight_table.h"

static const double PENALTY = 1.0;

struct examples {
    ARTICLE_LIST(struct choice_example) list;
    struct arena *arena;
    size_t people, named, home; /* of those with a country: it is a candidate; it is the article's */
};

static void add_example(struct examples *examples, const struct affiliation_choice *choice,
                        const char *country, size_t number)
{
    struct choice_option *options =
        arena_new_array(examples->arena, struct choice_option, AFFILIATION_CANDIDATES_MAX);
    bool any = false;
    if (!options)
        files_fail("memory", "too little");
    for (size_t i = 0; i < choice->count; i++) {
        options[i] =
            (struct choice_option){choice->candidates[i].features, choice->candidates[i].feature_count,
                                   !strcmp(choice->candidates[i].country, country)};
        any |= options[i].right;
    }
    examples->people++;
    examples->named += any;
    if (!any)
        return;
    struct choice_example *example = article_list_add(examples->arena, &examples->list);
    if (!example)
        files_fail("memory", "too little");
    *example = (struct choice_example){options, choice->count, number};
}

static void add_people(struct examples *examples, const struct corpus_pair *read, size_t number)
{
    char home[3];
    home_country(read->article, home);
    for (size_t i = 0; i < read->article->affiliation_choices.count; i++) {
        const struct affiliation_choice *choice = &read->article->affiliation_choices.items[i];
        uint32_t aligned = read->pair.aligned[choice->person];
        if (aligned == NOBODY)
            continue;
        const struct annotated_entity *wanted = &read->pair.wanted->entities.items[aligned];
        if (wanted->type != NAME_PERSON || !wanted->country[0])
            continue;
        add_example(examples, choice, wanted->country, number);
        examples->home += !strcmp(home, wanted->country);
    }
}

static void read_examples(struct examples *examples, const char *models, const char *folder)
{
    const struct corpus_pair *pairs;
    size_t count = corpus_pairs_read(&pairs, examples->arena, models, folder);
    for (size_t i = 0; i < count; i++)
        add_people(examples, &pairs[i], i);
}

static void print_right(const char *title, const struct examples *examples, size_t right)
{
    printf("%-26s %zu of %zu right; the article's home is for %zu, %zu are of no country that is named\n",
           title, right, examples->people, examples->home, examples->people - examples->named);
}

int main(int argc, char **argv)
{
    struct examples train = {.arena = arena_create((size_t)8 << 30)}, dev = train;
    struct weight_table table = {.name = "AFFILIATION_WEIGHTS", .count = affiliation_feature_count()};
    if (argc != 4) {
        fprintf(stderr, "usage: train_affiliations MODELS CORPUS TABLE\n");
        return 2;
    }
    double *weights = train.arena ? arena_new_array(train.arena, double, table.count) : NULL;
    if (!weights)
        files_fail("memory", "too little");
    read_examples(&train, argv[1], files_path(train.arena, argv[2], "train"));
    read_examples(&dev, argv[1], files_path(train.arena, argv[2], "dev"));
    struct choice_lesson lesson = {train.list.items, train.list.count, table.count, PENALTY};
    print_right("learnt from other articles", &train, choice_count_unseen(&lesson, weights));
    choice_learn(&lesson, CHOICE_FOLDS, weights);
    weight_table_round(weights, table.count);
    print_right(
        "dev", &dev,
        choice_count_right(&(struct choice_lesson){dev.list.items, dev.list.count, table.count, PENALTY},
                           CHOICE_FOLDS, weights));
    table.weights = weights;
    weight_tables_write(argv[3], "affiliation_weight_table", "models/train_affiliations.c",
                        "what each feature of affiliation_candidates.c speaks for its country", &table, 1);
    arena_destroy(&train.arena);
    return 0;
}
