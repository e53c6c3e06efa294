/* names: see the header. */
#include "processors/language/names.h"

#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "processors/model/linear.h"

enum { SMOOTHING_PERCENT = 50, OCCURRENCES_MAX = 1 << 20 };

struct names {
    struct model *model;
    struct linear weights;
    name_moves moves;
};

int names_create(struct names **ret_names, struct model *model, struct error *error)
{
    struct names *names = calloc(1, sizeof(*names));
    struct str moves = model_section(model, "moves");
    if (!names) {
        model_close(&model);
        return error_set(error, -ENOMEM, "no memory for the names' tagger");
    }
    names->model = model;
    int failure = model_check_version(model, NAMES_VERSION, error);
    if (failure) {
        names_destroy(&names);
        return failure;
    }
    if (!linear_open(&names->weights, model_section(model, "weights")) ||
        names->weights.labels != NAME_LABELS || moves.len != sizeof(names->moves)) {
        names_destroy(&names);
        return error_set(error, ERR_MALFORMED, "the model names does not hold what a tagger of names needs");
    }
    memcpy(names->moves, moves.ptr, moves.len);
    for (size_t i = 0; i <= NAME_LABELS; i++)
        for (size_t k = 0; k < NAME_LABELS; k++) /* sums stay far from the ends of 32 bits */
            names->moves[i][k] %= 1 << 16;
    *ret_names = names;
    return 0;
}

void names_destroy(struct names **names)
{
    if (!*names)
        return;
    model_close(&(*names)->model);
    free(*names);
    *names = NULL;
}

/* ---- The best path ---- */

enum { NOWHERE = INT32_MIN / 2 };

/* The best way to `label` from the labels before; moves in *from. */
static int32_t best_before(const int32_t before[NAME_LABELS], name_moves moves, uint8_t label, uint8_t *from)
{
    int32_t best = NOWHERE;
    for (uint8_t i = 0; i < NAME_LABELS; i++) {
        if (before[i] <= NOWHERE || !name_label_follows(i, label) || before[i] + moves[i][label] <= best)
            continue;
        best = before[i] + moves[i][label];
        *from = i;
    }
    return best;
}

/* Scores are kept relative to the best, or a very long sentence would leave 32 bits. */
static void level(int32_t paths[NAME_LABELS])
{
    int32_t best = NOWHERE;
    for (int i = 0; i < NAME_LABELS; i++)
        best = paths[i] > best ? paths[i] : best;
    for (int i = 0; i < NAME_LABELS; i++)
        paths[i] = paths[i] > NOWHERE ? paths[i] - best : NOWHERE;
}

int names_best_path(struct arena *arena, const int32_t *scores, size_t count, name_moves moves,
                    uint8_t *ret_labels)
{
    uint8_t(*from)[NAME_LABELS] = (void *)arena_array(arena, count + 1, sizeof(*from));
    int32_t before[NAME_LABELS], here[NAME_LABELS];
    if (!from)
        return -ENOMEM;
    for (size_t at = 0; at < count; at++) {
        for (uint8_t label = 0; label < NAME_LABELS; label++) {
            int32_t best = at ? best_before(before, moves, label, &from[at][label])
                           : name_label_follows(NAME_OUTSIDE, label) ? moves[NAME_LABELS][label]
                                                                     : NOWHERE;
            here[label] = best > NOWHERE ? best + scores[at * NAME_LABELS + label] : NOWHERE;
        }
        level(here);
        memcpy(before, here, sizeof(before));
    }
    uint8_t last = NAME_OUTSIDE; /* no name is open at the end */
    for (uint8_t label = 0; label < NAME_LABELS && count; label++)
        if (!name_label_open(label) && before[label] > before[last])
            last = label;
    for (size_t at = count; at-- > 0;) {
        ret_labels[at] = last;
        last = from[at][last];
    }
    return 0;
}

/* ---- What the word says elsewhere in the story ---- */

struct occurrence {
    uint32_t word, sentence, at;
};

static int by_word(const void *a, const void *b)
{
    const struct occurrence *x = a, *y = b;
    if (x->word != y->word)
        return x->word < y->word ? -1 : 1;
    if (x->sentence != y->sentence)
        return x->sentence < y->sentence ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

/* A word's score for each type: its best part; the last for none. Around their mean. */
static void type_scores(const int32_t *scores, int32_t types[NAME_TYPES_LEARNT + 1])
{
    int64_t sum = types[NAME_TYPES_LEARNT] = scores[NAME_OUTSIDE];
    for (int type = 0; type < NAME_TYPES_LEARNT; type++) {
        types[type] = NOWHERE;
        for (int part = 0; part < NAME_PARTS; part++) {
            int32_t score = scores[name_label((enum name_type)type, (enum name_part)part)];
            types[type] = score > types[type] ? score : types[type];
        }
        sum += types[type];
    }
    for (int type = 0; type <= NAME_TYPES_LEARNT; type++)
        types[type] -= (int32_t)(sum / (NAME_TYPES_LEARNT + 1));
}

static void shift_types(int32_t *scores, const int32_t shifts[NAME_TYPES_LEARNT + 1])
{
    scores[NAME_OUTSIDE] += shifts[NAME_TYPES_LEARNT];
    for (int type = 0; type < NAME_TYPES_LEARNT; type++)
        for (int part = 0; part < NAME_PARTS; part++)
            scores[name_label((enum name_type)type, (enum name_part)part)] += shifts[type];
}

/* Moves the scores of one word's places towards their mean. */
static void smooth_word(const struct occurrence *places, size_t count, int32_t **scores)
{
    int64_t mean[NAME_TYPES_LEARNT + 1] = {0};
    int32_t types[NAME_TYPES_LEARNT + 1], shifts[NAME_TYPES_LEARNT + 1];
    for (size_t i = 0; i < count; i++) {
        type_scores(scores[places[i].sentence] + (size_t)places[i].at * NAME_LABELS, types);
        for (int type = 0; type <= NAME_TYPES_LEARNT; type++)
            mean[type] += types[type];
    }
    for (size_t i = 0; i < count; i++) {
        int32_t *own = scores[places[i].sentence] + (size_t)places[i].at * NAME_LABELS;
        type_scores(own, types);
        for (int type = 0; type <= NAME_TYPES_LEARNT; type++)
            shifts[type] = (int32_t)((mean[type] / (int64_t)count - types[type]) * SMOOTHING_PERCENT / 100);
        shift_types(own, shifts);
    }
}

static int smooth(struct arena *arena, const struct name_sentence *sentences, size_t count, int32_t **scores)
{
    size_t found = 0, room = 0;
    for (size_t i = 0; i < count; i++)
        room += sentences[i].count;
    struct occurrence *places = arena_new_array(arena, struct occurrence, room + 1);
    if (!places)
        return -ENOMEM;
    for (uint32_t i = 0; i < count; i++)
        for (uint32_t k = 0; k < sentences[i].count; k++)
            if (sentences[i].forms[k].capital && sentences[i].forms[k].print != WORD_PRINT_INITIAL)
                places[found++] = (struct occurrence){sentences[i].forms[k].word, i, k};
    qsort(places, found, sizeof(*places), by_word);
    for (size_t at = 0, end; at < found; at = end) {
        for (end = at + 1; end < found && places[end].word == places[at].word; end++)
            ;
        if (end - at > 1)
            smooth_word(places + at, end - at, scores);
    }
    return 0;
}

/* ---- A story ---- */

static int score_sentence(const struct names *names, struct arena *arena,
                          const struct name_sentence *sentence, int32_t **ret_scores)
{
    uint32_t features[NAME_FEATURES_MAX];
    int32_t *scores = (void *)arena_array(arena, sentence->count + 1, NAME_LABELS * sizeof(*scores));
    if (!scores)
        return -ENOMEM;
    for (size_t at = 0; at < sentence->count; at++) {
        if (!name_features_can_be_name(sentence, at)) {
            for (size_t label = NAME_OUTSIDE + 1; label < NAME_LABELS; label++)
                scores[at * NAME_LABELS + label] = NAME_IMPOSSIBLE;
            continue;
        }
        size_t count = name_features(sentence, at, features);
        linear_add_all(&names->weights, features, count, scores + at * NAME_LABELS);
    }
    *ret_scores = scores;
    return 0;
}

int names_label(const struct names *names, struct arena *arena, const struct name_sentence *sentences,
                size_t count, uint8_t **ret_labels)
{
    int32_t **scores = arena_new_array(arena, int32_t *, count + 1);
    int error = scores ? 0 : -ENOMEM;
    for (size_t i = 0; i < count && !error; i++)
        error = score_sentence(names, arena, &sentences[i], &scores[i]);
    if (!error)
        error = smooth(arena, sentences, count, scores);
    for (size_t i = 0; i < count && !error; i++)
        error = names_best_path(arena, scores[i], sentences[i].count, (void *)(uintptr_t)names->moves,
                                ret_labels[i]);
    return error;
}
