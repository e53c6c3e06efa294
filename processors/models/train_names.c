/* train_names: trains the tagger of names, and says how well it finds names in text that it has not seen.
 *
 *     train_names MODELS CORPORA CORPUS [--all]      MODELS/words.model is read, MODELS/names.model written
 *
 * CORPUS is the own corpus: its train part is learnt, its dev part is looked at. --all: learns from the other
 * development sets too, as the committed model does; what is then printed of them says nothing. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/language/names.h"
#include "processors/model/linear.h"
#include "processors/models/corpus_file.h"
#include "processors/models/files.h"
#include "processors/models/name_corpus.h"
#include "processors/models/perceptron.h"
#include "processors/models/score_names.h"
#include "processors/models/shuffle.h"

enum { RUNS = 4, PASSES = 8, SEED = 1, OWN_TIMES = 6 /* the own corpus counts more: it is newswire */ };
static const double least_weight = 0.02;

/* What is learnt; what is kept apart to look at stands in score_names.c. */
static const struct name_source train_sets[] = {
    {"uner-english-ewt/train.bio", 12, 0, 0, false},
    {"wikigold/all.bio", 12, 0, 1356, false},
    {"wnut17/train.bio", 0, 0, 0, false},
    {"re3d-without-bbc/train.bio", 10, 0, 420, true},
    {"crossner/politics/test.bio", 0, 0, 0, false},
    {"broad-twitter-corpus/a.bio", 0, 0, 0, false},
    {"broad-twitter-corpus/b.bio", 0, 0, 0, false},
    {"broad-twitter-corpus/e.bio", 0, 0, 0, false},
    {"broad-twitter-corpus/f.bio", 0, 0, 0, false},
    {"broad-twitter-corpus/g.bio", 0, 0, 0, false},
    {"broad-twitter-corpus/h.bio", 0, 0, 0, false},
};
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

struct example {
    uint32_t *features; /* of all words, one after another */
    uint32_t *begins;   /* count + 1 of them */
    uint8_t *labels;
    size_t count;
};

struct training {
    struct arena *arena;
    const struct word_tables *tables;
    struct perceptron *perceptron;
    struct example *examples;
    size_t count;
    name_moves moves;
    double totals[NAME_LABELS + 1][NAME_LABELS]; /* of the moves' changes, each times when it was made */
    double sums[NAME_LABELS + 1]
               [NAME_LABELS]; /* of the moves over all examples of the runs that have ended */
    double now;
};

/* A name that holds a word which the tagger never takes for one cannot be learnt: it is none. */
static void drop_hidden_names(const struct name_sentence *sentence, uint8_t *labels)
{
    for (size_t at = 0, end; at < sentence->count; at = end) {
        bool hidden = false;
        end = at;
        do
            hidden |= !name_features_can_be_name(sentence, end);
        while (name_label_open(labels[end++]) && end < sentence->count);
        for (size_t i = at; hidden && i < end; i++)
            labels[i] = NAME_OUTSIDE;
    }
}

static void make_example(struct training *training, struct arena *scratch,
                         const struct labelled_sentence *from, struct example *example)
{
    struct name_sentence sentence;
    uint32_t *features = arena_new_array(scratch, uint32_t, from->count * NAME_FEATURES_MAX);
    if (name_sentence_fill(&sentence, scratch, training->tables, from->text, from->tokens, from->count) ||
        !features)
        files_fail("memory", "too little");
    *example = (struct example){.begins = arena_new_array(training->arena, uint32_t, from->count + 1),
                                .labels = from->labels,
                                .count = from->count};
    size_t used = 0;
    drop_hidden_names(&sentence, example->labels);
    for (size_t at = 0; at < from->count; at++) {
        example->begins[at] = (uint32_t)used;
        if (name_features_can_be_name(&sentence, at))
            used += name_features(&sentence, at, features + used);
    }
    example->begins[from->count] = (uint32_t)used;
    example->features = arena_new_array(training->arena, uint32_t, used);
    memcpy(example->features, features, used * sizeof(*features));
}

static void make_examples(struct training *training, const struct name_corpus *corpus)
{
    struct arena *scratch = arena_create((size_t)1 << 28);
    training->examples = arena_new_array(training->arena, struct example, corpus->count);
    training->count = corpus->count;
    for (size_t i = 0; i < corpus->count; i++) {
        make_example(training, scratch, &corpus->sentences[i], &training->examples[i]);
        arena_reset(scratch);
    }
    arena_destroy(&scratch);
}

/* ---- Learning ---- */

static void move_path(struct training *training, const struct example *example, const uint8_t *labels, int by)
{
    for (size_t at = 0; at < example->count; at++) {
        size_t before = at ? labels[at - 1] : NAME_LABELS;
        training->moves[before][labels[at]] += by;
        training->totals[before][labels[at]] += by * training->now;
    }
}

static size_t learn_example(struct training *training, const struct example *example, struct arena *scratch)
{
    int32_t *scores = (void *)arena_array(scratch, example->count, NAME_LABELS * sizeof(*scores));
    uint8_t *guess = arena_new_array(scratch, uint8_t, example->count);
    size_t wrong = 0;
    for (size_t at = 0; at < example->count; at++) {
        size_t count = example->begins[at + 1] - example->begins[at];
        int32_t *own = scores + at * NAME_LABELS;
        perceptron_scores(training->perceptron, example->features + example->begins[at], count, own);
        for (size_t label = NAME_OUTSIDE + 1; !count && label < NAME_LABELS; label++)
            own[label] = NAME_IMPOSSIBLE;
    }
    if (names_best_path(scratch, scores, example->count, training->moves, guess))
        files_fail("memory", "too little");
    training->now++;
    perceptron_learn(training->perceptron, NULL, 0, 0, 0);
    if (!memcmp(guess, example->labels, example->count))
        return 0;
    for (size_t at = 0; at < example->count; at++) {
        const uint32_t *features = example->features + example->begins[at];
        size_t count = example->begins[at + 1] - example->begins[at];
        if (guess[at] == example->labels[at])
            continue;
        perceptron_move(training->perceptron, features, count, example->labels[at], 1);
        perceptron_move(training->perceptron, features, count, guess[at], -1);
        wrong++;
    }
    move_path(training, example, example->labels, 1);
    move_path(training, example, guess, -1);
    return wrong;
}

static void learn_pass(struct training *training, uint32_t *order, uint32_t *state, size_t words)
{
    struct arena *scratch = arena_create((size_t)1 << 28);
    size_t wrong = 0;
    shuffle(order, training->count, state);
    for (size_t i = 0; i < training->count; i++) {
        wrong += learn_example(training, &training->examples[order[i]], scratch);
        arena_reset(scratch);
    }
    printf("%.3f %% of the labels right while learning\n", 100 - 100.0 * (double)wrong / (double)words);
    fflush(stdout);
    arena_destroy(&scratch);
}

/* Sums the run's moves up, and forgets them. */
static void end_run(struct training *training)
{
    for (size_t i = 0; i <= NAME_LABELS; i++)
        for (size_t k = 0; k < NAME_LABELS; k++) {
            training->sums[i][k] += training->moves[i][k] * training->now - training->totals[i][k];
            training->totals[i][k] = training->moves[i][k] = 0;
        }
    perceptron_restart(training->perceptron);
}

static void learn(struct training *training, size_t words)
{
    uint32_t *order = arena_new_array(training->arena, uint32_t, training->count), state = SEED;
    training->perceptron = perceptron_create(NAME_LABELS);
    for (uint32_t i = 0; i < training->count; i++)
        order[i] = i;
    for (int run = 0; run < RUNS; run++) {
        for (int pass = 0; pass < PASSES; pass++)
            learn_pass(training, order, &state, words);
        end_run(training);
    }
}

/* The moves' averages at the scale of the weights. */
static void average_moves(const struct training *training, double scale, name_moves ret_moves)
{
    for (size_t i = 0; i <= NAME_LABELS; i++)
        for (size_t k = 0; k < NAME_LABELS; k++)
            ret_moves[i][k] = (int32_t)(training->sums[i][k] / training->now * scale);
}

static void write_model(struct training *training, const char *path)
{
    _cleanup_buffer_ struct buffer weights = {0};
    struct perceptron_size size;
    name_moves moves;
    perceptron_write(training->perceptron, least_weight, &weights, &size);
    average_moves(training, size.scale, moves);
    struct model_part parts[] = {{"weights", buffer_str(&weights)},
                                 {"moves", str_make((const char *)moves, sizeof(moves))}};
    files_write_model(path, "names", NAMES_VERSION, parts, 2);
    printf("%zu features, %zu weights\n", size.features, size.weights);
}

static void score_set(struct training *training, const struct names *names, const char *folder,
                      const struct name_source *set)
{
    struct name_corpus corpus = {.arena = training->arena};
    struct name_score score = {0};
    name_corpus_read_in(&corpus, folder, set);
    score_names(names, training->tables, &corpus, &score);
    score_names_print(set->path, &score);
}

static void add_own(struct name_corpus *corpus, const char *folder, int times)
{
    size_t count;
    const struct annotation *annotations =
        corpus_files_read(corpus->arena, files_path(corpus->arena, folder, "*.txt"), &count);
    for (size_t i = 0; i < count; i++)
        name_corpus_add(corpus, &annotations[i], times);
}

static void score_own(struct training *training, const struct names *names, const char *folder)
{
    struct name_corpus corpus = {.arena = training->arena};
    struct name_score score = {0};
    add_own(&corpus, folder, 1);
    score_names(names, training->tables, &corpus, &score);
    score_names_print(folder, &score);
}

int main(int argc, char **argv)
{
    struct training training = {.arena = arena_create((size_t)16 << 30)};
    struct name_corpus corpus = {.arena = training.arena};
    struct error error = {0};
    struct model *words, *model;
    struct word_tables *tables;
    struct names *names;
    bool all = argc == 5 && !strcmp(argv[4], "--all");
    if (argc != 4 && !all) {
        fprintf(stderr, "usage: train_names MODELS CORPORA CORPUS [--all]\n");
        return 2;
    }
    if (model_open(&words, argv[1], "words", &error) || word_tables_create(&tables, words, &error))
        files_fail(argv[1], error.text);
    training.tables = tables;
    for (size_t i = 0; i < COUNT(train_sets); i++)
        name_corpus_read_in(&corpus, argv[2], &train_sets[i]);
    for (size_t i = 0; all && i < NAME_DEV_SETS; i++)
        name_corpus_read_in(&corpus, argv[2], &name_dev_sets[i]);
    add_own(&corpus, files_path(training.arena, argv[3], "train"), OWN_TIMES);
    printf("%zu sentences, %zu words\n", corpus.count, corpus.words);
    make_examples(&training, &corpus);
    learn(&training, corpus.words);
    write_model(&training, files_path(training.arena, argv[1], "names.model"));
    if (model_open(&model, argv[1], "names", &error) || names_create(&names, model, &error))
        files_fail(argv[1], error.text);
    for (size_t i = 0; i < NAME_DEV_SETS; i++)
        score_set(&training, names, argv[2], &name_dev_sets[i]);
    score_own(&training, names, files_path(training.arena, argv[3], "dev"));
    names_destroy(&names);
    word_tables_destroy(&tables);
    perceptron_free(&training.perceptron);
    arena_destroy(&training.arena);
    return 0;
}
