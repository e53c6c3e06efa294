/* score_coreference: see the header. */
#include "processors/models/score_coreference.h"

#include <errno.h>
#include <float.h>
#include <stdbool.h>

/* How many mentions each chain of the key shares with each of the response, and how many each has. */
struct overlap {
    uint32_t *shared; /* rows of the key */
    uint32_t *key_sizes, *response_sizes;
    size_t keys, responses;
};

static int count_overlap(struct arena *arena, const struct coreference_mentions *mentions,
                         struct overlap *ret_overlap)
{
    struct overlap *overlap = ret_overlap;
    overlap->keys = mentions->key_chains;
    overlap->responses = mentions->response_chains;
    overlap->shared = arena_new_array(arena, uint32_t, overlap->keys * overlap->responses + 1);
    overlap->key_sizes = arena_new_array(arena, uint32_t, overlap->keys + 1);
    overlap->response_sizes = arena_new_array(arena, uint32_t, overlap->responses + 1);
    if (!overlap->shared || !overlap->key_sizes || !overlap->response_sizes)
        return -ENOMEM;
    for (size_t i = 0; i < mentions->count; i++) {
        uint32_t key = mentions->key[i], response = mentions->response[i];
        if (key != CHAIN_NONE)
            overlap->key_sizes[key]++;
        if (response != CHAIN_NONE)
            overlap->response_sizes[response]++;
        if (key != CHAIN_NONE && response != CHAIN_NONE)
            overlap->shared[key * overlap->responses + response]++;
    }
    return 0;
}

static uint32_t shared(const struct overlap *overlap, size_t key, size_t response)
{
    return overlap->shared[key * overlap->responses + response];
}

/* ---- MUC ---- */

/* Links that are there of a chain of `size` mentions, of which `inside` fall into `parts` chains of the other
 * side; the rest are parts of their own. */
static double links(uint32_t size, uint32_t inside, uint32_t parts)
{
    return (double)size - (double)(parts + (size - inside));
}

static void add_muc(const struct overlap *overlap, struct coreference_parts *parts)
{
    for (size_t k = 0; k < overlap->keys; k++) {
        uint32_t inside = 0, pieces = 0;
        for (size_t r = 0; r < overlap->responses; r++) {
            inside += shared(overlap, k, r);
            pieces += shared(overlap, k, r) > 0;
        }
        parts->recalled += links(overlap->key_sizes[k], inside, pieces);
        parts->recall_whole += overlap->key_sizes[k] - 1.0;
    }
    for (size_t r = 0; r < overlap->responses; r++) {
        uint32_t inside = 0, pieces = 0;
        for (size_t k = 0; k < overlap->keys; k++) {
            inside += shared(overlap, k, r);
            pieces += shared(overlap, k, r) > 0;
        }
        parts->precise += links(overlap->response_sizes[r], inside, pieces);
        parts->precision_whole += overlap->response_sizes[r] - 1.0;
    }
}

/* ---- B3 ---- */

static void add_b3(const struct overlap *overlap, struct coreference_parts *parts)
{
    for (size_t k = 0; k < overlap->keys; k++) {
        for (size_t r = 0; r < overlap->responses; r++) {
            double both = shared(overlap, k, r);
            parts->recalled += both * both / overlap->key_sizes[k];
            parts->precise += both * both / overlap->response_sizes[r];
        }
        parts->recall_whole += overlap->key_sizes[k];
    }
    for (size_t r = 0; r < overlap->responses; r++)
        parts->precision_whole += overlap->response_sizes[r];
}

/* ---- CEAF-e ---- */

static double phi4(const struct overlap *overlap, size_t key, size_t response)
{
    return 2.0 * shared(overlap, key, response) /
           (overlap->key_sizes[key] + overlap->response_sizes[response]);
}

/* A square problem of assignment, with shortest augmenting paths: potentials of rows and columns, and whose
 * row each column has. Rows and columns are counted from 1, 0 = none. */
struct assignment {
    double *rows, *columns, *least;
    size_t *row_of, *before;
    bool *used;
    size_t size;
};

static int assignment_init(struct arena *arena, struct assignment *assignment, size_t size)
{
    *assignment = (struct assignment){
        .rows = arena_new_array(arena, double, size + 1),
        .columns = arena_new_array(arena, double, size + 1),
        .least = arena_new_array(arena, double, size + 1),
        .row_of = arena_new_array(arena, size_t, size + 1),
        .before = arena_new_array(arena, size_t, size + 1),
        .used = arena_new_array(arena, bool, size + 1),
        .size = size,
    };
    return assignment->rows && assignment->columns && assignment->least && assignment->row_of &&
                   assignment->before && assignment->used
               ? 0
               : -ENOMEM;
}

/* What a row and a column cost; those beyond the lists stand for "no partner". */
static double cost(const struct overlap *overlap, size_t row, size_t column)
{
    return row <= overlap->keys && column <= overlap->responses ? -phi4(overlap, row - 1, column - 1) : 0;
}

/* One step of the search: takes column `at` in, yields the nearest that is not. */
static size_t nearest(const struct overlap *overlap, struct assignment *assignment, size_t at)
{
    size_t row = assignment->row_of[at], next = 0;
    double step = DBL_MAX;
    assignment->used[at] = true;
    for (size_t c = 1; c <= assignment->size; c++) {
        if (assignment->used[c])
            continue;
        double slack = cost(overlap, row, c) - assignment->rows[row] - assignment->columns[c];
        if (slack < assignment->least[c]) {
            assignment->least[c] = slack;
            assignment->before[c] = at;
        }
        if (assignment->least[c] < step) {
            step = assignment->least[c];
            next = c;
        }
    }
    for (size_t c = 0; c <= assignment->size; c++)
        if (assignment->used[c]) {
            assignment->rows[assignment->row_of[c]] += step;
            assignment->columns[c] -= step;
        } else {
            assignment->least[c] -= step;
        }
    return next;
}

static void assign_row(const struct overlap *overlap, struct assignment *assignment, size_t row)
{
    size_t at = 0;
    assignment->row_of[0] = row;
    for (size_t c = 0; c <= assignment->size; c++) {
        assignment->least[c] = DBL_MAX;
        assignment->used[c] = false;
    }
    do
        at = nearest(overlap, assignment, at);
    while (assignment->row_of[at]);
    while (at) {
        size_t before = assignment->before[at];
        assignment->row_of[at] = assignment->row_of[before];
        at = before;
    }
}

static void add_ceaf(const struct overlap *overlap, struct assignment *assignment,
                     struct coreference_parts *parts)
{
    double sum = 0;
    for (size_t row = 1; row <= assignment->size; row++)
        assign_row(overlap, assignment, row);
    for (size_t c = 1; c <= assignment->size; c++)
        sum -= cost(overlap, assignment->row_of[c], c);
    parts->recalled += sum; /* phi4 of a chain with itself is 1 */
    parts->precise += sum;
    parts->recall_whole += (double)overlap->keys;
    parts->precision_whole += (double)overlap->responses;
}

int score_coreference(struct arena *arena, const struct coreference_mentions *mentions,
                      struct coreference_score *score)
{
    struct overlap overlap;
    struct assignment assignment;
    int error = count_overlap(arena, mentions, &overlap);
    if (!error)
        error = assignment_init(arena, &assignment,
                                overlap.keys > overlap.responses ? overlap.keys : overlap.responses);
    if (error)
        return error;
    add_muc(&overlap, &score->of[COREFERENCE_MUC]);
    add_b3(&overlap, &score->of[COREFERENCE_B3]);
    add_ceaf(&overlap, &assignment, &score->of[COREFERENCE_CEAF_E]);
    return 0;
}

double coreference_recall(const struct coreference_score *score, enum coreference_measure measure)
{
    const struct coreference_parts *parts = &score->of[measure];
    return parts->recall_whole > 0 ? 100 * parts->recalled / parts->recall_whole : 0;
}

double coreference_precision(const struct coreference_score *score, enum coreference_measure measure)
{
    const struct coreference_parts *parts = &score->of[measure];
    return parts->precision_whole > 0 ? 100 * parts->precise / parts->precision_whole : 0;
}

double coreference_f1(const struct coreference_score *score, enum coreference_measure measure)
{
    double recall = coreference_recall(score, measure), precision = coreference_precision(score, measure);
    return recall + precision > 0 ? 2 * recall * precision / (recall + precision) : 0;
}
