/* names: the names of people, places and organisations in a story, and by rule of groups, facilities and
 * events. English.
 *
 * A linear model over BILOU labels, its best path by Viterbi's algorithm (structured averaged perceptron,
 * Collins 2002); before that, what the same word says elsewhere in the story is mixed into each of its
 * places. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_NAMES_H
#define NEWSD_PROCESSORS_LANGUAGE_NAMES_H

#include "base/arena.h"
#include "base/error.h"
#include "processors/language/name_features.h"
#include "processors/language/name_labels.h"
#include "processors/model/model.h"

struct names;

enum { NAMES_VERSION = 1 }; /* raised whenever the features or the labels change */

/* From a model of kind "names", which is taken over, also on failure. 0, -ENOMEM, ERR_MALFORMED. Read-only
 * afterwards: shared by all workers. */
int names_create(struct names **ret_names, struct model *model, struct error *error);
void names_destroy(struct names **names);

/* Labels (name_labels.h) of all words of a story's sentences: ret_labels[i] has a place for each word of
 * sentence i. Scratch in the arena. 0 or -ENOMEM. */
int names_label(const struct names *names, struct arena *arena, const struct name_sentence *sentences,
                size_t count, uint8_t **ret_labels);

/* The best path of labels through a sentence: scores has NAME_LABELS numbers for each word, moves[a][b] is
 * added where b follows a (a = NAME_LABELS: the sentence begins). For training too. */
typedef int32_t name_moves[NAME_LABELS + 1][NAME_LABELS];
int names_best_path(struct arena *arena, const int32_t *scores, size_t count, name_moves moves,
                    uint8_t *ret_labels);

/* What a word that cannot be of a name has for every label but NAME_OUTSIDE. */
enum { NAME_IMPOSSIBLE = -100000000 };

struct name_span {
    uint32_t first, end; /* words of the sentence, [first, end) */
    enum name_type type;
};
struct name_span_list {
    struct name_span *items;
    size_t count, capacity;
};

/* The names that the labels of one sentence say, in order, and those that rules add. 0 or -ENOMEM. */
int names_spans(struct arena *arena, const struct name_sentence *sentence, const uint8_t *labels,
                struct name_span_list *list);

#endif
