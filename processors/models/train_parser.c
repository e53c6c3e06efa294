/* train_parser: trains the parser's model, and says how well it parses text that it has not seen.
 *
 *     train_parser MODELS TRAIN.conllu... [--dev NAME DEV.conllu...]...      MODELS/words.model and
 * MODELS/tagger.model are read, MODELS/parser.model written */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "processors/language/tagger.h"
#include "processors/models/shuffle.h"
#include "processors/language/parse_greedy.h"
#include "processors/language/parser.h"
#include "processors/model/linear.h"
#include "processors/models/files.h"
#include "processors/models/oracle.h"
#include "processors/models/perceptron.h"
#include "processors/models/score_trees.h"
#include "processors/models/tag_training.h"
#include "processors/models/treebank.h"

/* From the second pass on, most moves are the model's own, right or wrong. */
enum {
    RUNS = 3,
    BACK_RUNS = 2,
    PASSES = 7,
    SEED = 1,
    RELATIONS_MAX = 100,
    EXPLORE_PERCENT = 90,
    MARGIN = 100,
    JACKKNIFE_PARTS = 5,
    BLOCK_SENTENCES = 20
};

/* How much of what was learnt is kept. */
struct keep {
    double least_move, least_relation;
    uint32_t move_bits; /* of the number of buckets */
};
static const struct keep keep_forth = {0.1, 1.0, 17}, keep_back = {0.1, 2.0, 16};

/* The sentences as one of the two readings sees them. */
struct reading {
    struct parse_word **words; /* of each sentence */
    uint16_t **heads;          /* by node, the root's place for the root */
    uint8_t **relations;       /* by node */
};

struct training {
    struct treebank train;
    struct buffer text; /* of the relations: "nsubj\n" ... */
    struct str names[RELATIONS_MAX];
    uint32_t count;
    struct reading forth, back;
    const struct reading *reading; /* the one that is learnt now */
    struct perceptron *moves, *labels;
    uint32_t random;
    size_t right, arcs;
    struct arena *scratch;
};

static uint8_t relation_of(struct training *training, struct str name)
{
    for (uint32_t i = 0; i < training->count; i++)
        if (str_equal(training->names[i], name))
            return (uint8_t)i;
    if (training->count == RELATIONS_MAX)
        files_fail("treebank", "too many relations");
    training->names[training->count] = name;
    buffer_printf(&training->text, "%.*s\n", STR_ARG(name));
    return (uint8_t)training->count++;
}

static void prepare_sentence(struct training *training, size_t which, const struct tag_training *tagging,
                             const uint8_t *tags)
{
    const struct treebank_sentence *sentence = &training->train.sentences[which];
    struct arena *arena = training->train.arena;
    size_t nodes = sentence->count + PARSE_NODES_BESIDE;
    struct parse_word *words = training->forth.words[which] =
        arena_new_array(arena, struct parse_word, nodes);
    uint16_t *heads = training->forth.heads[which] = arena_new_array(arena, uint16_t, nodes);
    uint8_t *relations = training->forth.relations[which] = arena_new_array(arena, uint8_t, nodes);
    for (size_t i = 0; i < sentence->count; i++) {
        struct str xpos = tagging->names[tags[i]], upos;
        struct word_form form;
        (void)str_split(&xpos, ' ', &upos); /* a label has both */
        word_form_fill(&form, str_slice(sentence->text, sentence->tokens[i].start, sentence->tokens[i].end),
                       tagging->tables);
        parse_word_fill(&words[i + 1], &form, upos, xpos);
        heads[i + 1] = sentence->heads[i] ? sentence->heads[i] : (uint16_t)(sentence->count + 1);
        relations[i + 1] = relation_of(training, sentence->relations[i]);
    }
    parse_words_close(words, sentence->count);
}

/* The sentence from its end. */
static void mirror_sentence(struct training *training, size_t which)
{
    size_t count = training->train.sentences[which].count, nodes = count + PARSE_NODES_BESIDE;
    struct arena *arena = training->train.arena;
    const uint16_t *heads = training->forth.heads[which];
    training->back.words[which] = arena_new_array(arena, struct parse_word, nodes);
    training->back.heads[which] = arena_new_array(arena, uint16_t, nodes);
    training->back.relations[which] = arena_new_array(arena, uint8_t, nodes);
    parse_words_mirror(training->forth.words[which], count, training->back.words[which]);
    for (size_t i = 1; i <= count; i++) {
        uint16_t head = heads[count + 1 - i];
        training->back.heads[which][i] = head > count ? head : (uint16_t)(count + 1 - head);
        training->back.relations[which][i] = training->forth.relations[which][count + 1 - i];
    }
}

static void reading_init(struct reading *reading, struct arena *arena, size_t count)
{
    reading->words = arena_new_array(arena, struct parse_word *, count);
    reading->heads = arena_new_array(arena, uint16_t *, count);
    reading->relations = arena_new_array(arena, uint8_t *, count);
}

static void prepare(struct training *training, const struct word_tables *tables)
{
    size_t count = training->train.count;
    struct tag_training tagging;
    tag_training_init(&tagging, &training->train, tables);
    uint8_t **tags = tag_training_jackknife(&tagging);
    reading_init(&training->forth, training->train.arena, count);
    reading_init(&training->back, training->train.arena, count);
    for (size_t i = 0; i < count; i++) {
        prepare_sentence(training, i, &tagging, tags[i]);
        mirror_sentence(training, i);
    }
    tag_training_done(&tagging);
    training->scratch = arena_create((size_t)1 << 26);
}

/* The best allowed move of all, the best of those that lose least, and the best of those that lose more. */
struct choice {
    enum parse_move guess, truth, rival; /* PARSE_MOVES = none */
};

static struct choice choice_of(const struct parse_state *state, const uint16_t *heads, const int32_t *scores)
{
    uint32_t costs[PARSE_MOVES], least = UINT32_MAX;
    struct choice choice = {PARSE_MOVES, PARSE_MOVES, PARSE_MOVES};
    for (enum parse_move move = 0; move < PARSE_MOVES; move++) {
        costs[move] = parse_state_allows(state, move) ? oracle_cost(state, heads, move) : UINT32_MAX;
        least = costs[move] < least ? costs[move] : least;
    }
    for (enum parse_move move = 0; move < PARSE_MOVES; move++) {
        if (costs[move] == UINT32_MAX)
            continue;
        enum parse_move *side = costs[move] == least ? &choice.truth : &choice.rival;
        if (*side == PARSE_MOVES || scores[move] > scores[*side])
            *side = move;
        if (choice.guess == PARSE_MOVES || scores[move] > scores[choice.guess])
            choice.guess = move;
    }
    return choice;
}

static enum parse_move learn_move(struct training *training, const struct parse_state *state, size_t which,
                                  bool explore)
{
    uint32_t features[PARSE_FEATURES_MAX];
    int32_t scores[LINEAR_LABELS_MAX];
    if (!parse_state_allows(state, PARSE_LEFT) && !parse_state_allows(state, PARSE_RIGHT))
        return PARSE_SHIFT;
    size_t count = parse_move_features(state, training->reading->words[which], features);
    perceptron_scores(training->moves, features, count, scores);
    struct choice choice = choice_of(state, training->reading->heads[which], scores);
    bool unsure = choice.rival != PARSE_MOVES && scores[choice.rival] + MARGIN > scores[choice.truth];
    perceptron_learn(training->moves, features, count, choice.truth, unsure ? choice.rival : choice.truth);
    training->random = training->random * 1664525u + 1013904223u;
    return explore && (training->random >> 8) % 100 < EXPLORE_PERCENT ? choice.guess : choice.truth;
}

/* Relations are learned of true arcs only; the others get what the model makes of them. */
static uint8_t learn_relation(struct training *training, const struct parse_state *state, size_t which,
                              enum parse_move move)
{
    uint32_t features[PARSE_FEATURES_MAX];
    uint16_t head = parse_state_head_for(state, move), child = parse_state_stack(state, 0);
    uint8_t truth = training->reading->relations[which][child];
    bool right = training->reading->heads[which][child] == head;
    training->arcs++;
    if (head > state->words) {
        training->right += right;
        return relation_of(training, STR("root"));
    }
    size_t count = parse_relation_features(state, training->reading->words[which], head, child, features);
    uint8_t guess = (uint8_t)perceptron_predict(training->labels, features, count);
    training->right += right && guess == truth;
    if (right)
        perceptron_learn(training->labels, features, count, truth, guess);
    return guess;
}

static void learn_sentence(struct training *training, size_t which, bool explore)
{
    struct parse_state state;
    arena_reset(training->scratch);
    if (parse_state_init(&state, training->scratch, training->train.sentences[which].count))
        files_fail("memory", "too little");
    while (!parse_state_done(&state)) {
        enum parse_move move = learn_move(training, &state, which, explore);
        uint8_t relation = move == PARSE_SHIFT ? 0 : learn_relation(training, &state, which, move);
        parse_state_apply(&state, move, relation);
    }
}

/* Parts are made of blocks, so that a part has other texts than the rest, of the same kinds. */
static uint32_t part_of(size_t sentence, uint32_t parts)
{
    return parts ? (uint32_t)(sentence / BLOCK_SENTENCES % parts) : UINT32_MAX;
}

/* Learns from the sentences that are not in `part` of `parts`; parts = 0: from all. */
static void learn(struct training *training, int runs, uint32_t part, uint32_t parts)
{
    size_t count = training->train.count;
    uint32_t *order = calloc(count, sizeof(*order)), state = SEED;
    training->moves = perceptron_create(PARSE_MOVES);
    training->labels = perceptron_create(training->count);
    for (uint32_t i = 0; i < count; i++)
        order[i] = i;
    for (int pass = 0; pass < PASSES * runs; pass++) {
        bool first = pass % PASSES == 0;
        if (first && pass) {
            perceptron_restart(training->moves);
            perceptron_restart(training->labels);
        }
        training->right = training->arcs = 0;
        shuffle(order, count, &state);
        for (size_t i = 0; i < count; i++)
            if (!parts || part_of(order[i], parts) != part)
                learn_sentence(training, order[i], !first);
        printf("pass %d: LAS %.2f while learning\n", pass,
               100.0 * (double)training->right / (double)training->arcs);
        fflush(stdout);
    }
    free(order);
}

/* Ends the learning. */
static void write_weights(struct training *training, const struct keep *keep, struct buffer *ret_moves,
                          struct buffer *ret_relations)
{
    struct perceptron_size size;
    perceptron_write_narrow(training->moves, keep->least_move, keep->move_bits, ret_moves, &size);
    printf("moves: %zu features\n", size.features);
    perceptron_write(training->labels, keep->least_relation, ret_relations, &size);
    printf("relations: %u, %zu features, %zu weights\n", training->count, size.features, size.weights);
    perceptron_free(&training->moves);
    perceptron_free(&training->labels);
}

/* What the reading from the end makes of the sentences of one part becomes their guess. */
static void guess_part(struct training *training, struct str moves, struct str relations, uint32_t part)
{
    struct parse_weights weights = {.root = relation_of(training, STR("root"))};
    if (!narrow_open(&weights.moves, moves) || !linear_open(&weights.relations, relations))
        files_fail("weights", "what was written cannot be read");
    for (size_t i = 0; i < training->train.count; i++) {
        struct parse_state state;
        if (part_of(i, JACKKNIFE_PARTS) != part)
            continue;
        arena_reset(training->scratch);
        if (parse_state_init(&state, training->scratch, training->train.sentences[i].count))
            files_fail("memory", "too little");
        parse_greedy(&weights, training->back.words[i], &state);
        parse_words_guess(training->forth.words[i], &state);
    }
}

/* Gives each sentence the guess of a parser that has not seen it, as the second reading must see the first's
 * with the errors that it will meet. */
static void guess_all(struct training *training)
{
    for (uint32_t part = 0; part < JACKKNIFE_PARTS; part++) {
        _cleanup_buffer_ struct buffer moves = {0}, relations = {0};
        learn(training, 1, part, JACKKNIFE_PARTS);
        write_weights(training, &keep_back, &moves, &relations);
        guess_part(training, buffer_str(&moves), buffer_str(&relations), part);
    }
}

static void train(struct training *training, const char *path)
{
    _cleanup_buffer_ struct buffer back_moves = {0}, back_relations = {0}, moves = {0}, relations = {0};
    training->reading = &training->back;
    guess_all(training);
    learn(training, BACK_RUNS, 0, 0);
    write_weights(training, &keep_back, &back_moves, &back_relations);
    training->reading = &training->forth;
    learn(training, RUNS, 0, 0);
    write_weights(training, &keep_forth, &moves, &relations);
    struct model_part parts[] = {{"names", buffer_str(&training->text)},
                                 {"moves", buffer_str(&moves)},
                                 {"relations", buffer_str(&relations)},
                                 {"moves-back", buffer_str(&back_moves)},
                                 {"relations-back", buffer_str(&back_relations)}};
    files_write_model(path, "parser", PARSER_VERSION, parts, 5);
}

/* Each "--dev NAME" in the arguments begins a set. */
static void score_all(const struct tree_models *models, char **arguments, int count)
{
    for (int i = 0; i + 1 < count;) {
        struct treebank dev = {.arena = arena_create((size_t)1 << 30)};
        struct tree_score score = {0};
        const char *name = arguments[i + 1];
        for (i += 2; i < count && strcmp(arguments[i], "--dev"); i++)
            treebank_read(&dev, arguments[i]);
        score_trees(models, &dev, &score);
        score_trees_print(name, &score);
        arena_destroy(&dev.arena);
    }
}

int main(int argc, char **argv)
{
    struct training training = {.train.arena = arena_create((size_t)4 << 30), .random = SEED};
    struct error error = {0};
    struct model *words, *tagger, *parser;
    struct tree_models models = {0};
    int dev = argc;
    for (int i = 2; i < argc && dev == argc; i++) {
        if (!strcmp(argv[i], "--dev"))
            dev = i;
        else
            treebank_read(&training.train, argv[i]);
    }
    if (training.train.count == 0) {
        fprintf(stderr, "usage: train_parser MODELS TRAIN.conllu... [--dev NAME DEV.conllu...]...\n");
        return 2;
    }
    if (model_open(&words, argv[1], "words", &error) || word_tables_create(&models.tables, words, &error) ||
        model_open(&tagger, argv[1], "tagger", &error) || tagger_create(&models.tagger, tagger, &error))
        files_fail(argv[1], error.text);
    printf("%zu sentences, %zu words\n", training.train.count, training.train.words);
    prepare(&training, models.tables);
    train(&training, files_path(training.train.arena, argv[1], "parser.model"));
    if (model_open(&parser, argv[1], "parser", &error) || parser_create(&models.parser, parser, &error))
        files_fail(argv[1], error.text);
    score_all(&models, argv + dev, argc - dev);
    parser_destroy(&models.parser);
    tagger_destroy(&models.tagger);
    word_tables_destroy(&models.tables);
    arena_destroy(&training.scratch);
    buffer_done(&training.text);
    arena_destroy(&training.train.arena);
    return 0;
}
