/* perceptron: a hash table of features, each with the few labels it has ever spoken about. */
#include "processors/models/perceptron.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "processors/model/linear.h"

struct weight {
    uint32_t label, stamp; /* the example at which it last moved */
    int32_t value;
    double total; /* value times examples, up to the stamp */
};

struct row {
    uint32_t feature;
    uint32_t count, capacity; /* capacity 0 = a free place */
    struct weight *weights;
};

struct perceptron {
    uint32_t labels, now;
    struct row *rows;
    size_t size, used; /* size is a power of two */
};

static void *checked(void *memory)
{
    if (!memory)
        abort(); /* a program for training, on a machine for it */
    return memory;
}

struct perceptron *perceptron_create(uint32_t labels)
{
    struct perceptron *perceptron = checked(calloc(1, sizeof(*perceptron)));
    perceptron->labels = labels;
    perceptron->size = 1 << 20;
    perceptron->rows = checked(calloc(perceptron->size, sizeof(struct row)));
    return perceptron;
}

void perceptron_free(struct perceptron **perceptron)
{
    for (size_t i = 0; i < (*perceptron)->size; i++)
        free((*perceptron)->rows[i].weights);
    free((*perceptron)->rows);
    free(*perceptron);
    *perceptron = NULL;
}

static struct row *find(const struct perceptron *perceptron, uint32_t feature)
{
    size_t at = (feature * 0x9e3779b1u) & (perceptron->size - 1);
    while (perceptron->rows[at].capacity && perceptron->rows[at].feature != feature)
        at = (at + 1) & (perceptron->size - 1);
    return &perceptron->rows[at];
}

static void grow(struct perceptron *perceptron)
{
    struct row *old = perceptron->rows;
    size_t size = perceptron->size;
    perceptron->size *= 2;
    perceptron->rows = checked(calloc(perceptron->size, sizeof(struct row)));
    for (size_t i = 0; i < size; i++)
        if (old[i].capacity)
            *find(perceptron, old[i].feature) = old[i];
    free(old);
}

void perceptron_scores(const struct perceptron *perceptron, const uint32_t *features, size_t count,
                       int32_t *ret_scores)
{
    memset(ret_scores, 0, perceptron->labels * sizeof(*ret_scores));
    for (size_t i = 0; i < count; i++) {
        const struct row *row = find(perceptron, features[i]);
        for (uint32_t k = 0; k < row->count; k++)
            ret_scores[row->weights[k].label] += row->weights[k].value;
    }
}

uint32_t perceptron_predict(const struct perceptron *perceptron, const uint32_t *features, size_t count)
{
    int32_t scores[LINEAR_LABELS_MAX];
    perceptron_scores(perceptron, features, count, scores);
    uint32_t best = 0;
    for (uint32_t label = 1; label < perceptron->labels; label++)
        if (scores[label] > scores[best])
            best = label;
    return best;
}

static void move(struct perceptron *perceptron, uint32_t feature, uint32_t label, int32_t by)
{
    struct row *row = find(perceptron, feature);
    if (!row->capacity) {
        if (++perceptron->used * 2 > perceptron->size) {
            grow(perceptron);
            row = find(perceptron, feature);
        }
        *row = (struct row){
            .feature = feature, .capacity = 2, .weights = checked(calloc(2, sizeof(struct weight)))};
    }
    uint32_t k = 0;
    while (k < row->count && row->weights[k].label != label)
        k++;
    if (k == row->capacity) {
        row->capacity *= 2;
        row->weights = checked(reallocarray(row->weights, row->capacity, sizeof(struct weight)));
    }
    struct weight *weight = &row->weights[k];
    if (k == row->count) {
        *weight = (struct weight){.label = label, .stamp = perceptron->now};
        row->count++;
    }
    weight->total += (double)weight->value * (perceptron->now - weight->stamp);
    weight->stamp = perceptron->now;
    weight->value += by;
}

void perceptron_learn(struct perceptron *perceptron, const uint32_t *features, size_t count, uint32_t truth,
                      uint32_t guess)
{
    perceptron->now++;
    if (truth == guess)
        return;
    perceptron_move(perceptron, features, count, truth, 1);
    perceptron_move(perceptron, features, count, guess, -1);
}

void perceptron_move(struct perceptron *perceptron, const uint32_t *features, size_t count, uint32_t label,
                     int by)
{
    for (size_t i = 0; i < count; i++)
        move(perceptron, features[i], label, by);
}

void perceptron_restart(struct perceptron *perceptron)
{
    for (size_t i = 0; i < perceptron->size; i++)
        for (uint32_t k = 0; k < perceptron->rows[i].count; k++) {
            struct weight *weight = &perceptron->rows[i].weights[k];
            weight->total += (double)weight->value * (perceptron->now - weight->stamp);
            weight->stamp = perceptron->now;
            weight->value = 0;
        }
}

static double average(const struct perceptron *perceptron, const struct weight *weight)
{
    return (weight->total + (double)weight->value * (perceptron->now - weight->stamp)) / perceptron->now;
}

static int by_feature(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    if (!x->capacity != !y->capacity)
        return x->capacity ? -1 : 1;
    return x->feature < y->feature ? -1 : x->feature > y->feature;
}

static double largest_of(const struct perceptron *perceptron, const struct row *row)
{
    double largest = 0;
    for (uint32_t k = 0; k < row->count; k++)
        largest = fmax(largest, fabs(average(perceptron, &row->weights[k])));
    return largest;
}

static void write_row(const struct perceptron *perceptron, const struct row *row, double scale,
                      struct buffer *entries, struct perceptron_size *size)
{
    char pairs[2 * LINEAR_LABELS_MAX];
    size_t count = 0;
    for (uint32_t k = 0; k < row->count; k++) {
        long value = lround(average(perceptron, &row->weights[k]) * scale);
        if (value == 0)
            continue;
        pairs[2 * count] = (char)row->weights[k].label;
        pairs[2 * count++ + 1] = (char)value;
    }
    if (count == 0)
        return;
    buffer_append_byte(entries, (char)row->feature);
    buffer_append_byte(entries, (char)(row->feature >> 8));
    buffer_append_byte(entries, (char)count);
    buffer_append(entries, pairs, 2 * count);
    size->features++;
    size->weights += count;
}

void perceptron_write(struct perceptron *perceptron, double least, struct buffer *out,
                      struct perceptron_size *ret_size)
{
    enum { BUCKETS = 1 << LINEAR_BUCKET_BITS };
    _cleanup_buffer_ struct buffer entries = {0};
    uint32_t *head = checked(calloc(2 + BUCKETS + 1, sizeof(*head)));
    double largest = 0;
    *ret_size = (struct perceptron_size){0};
    qsort(perceptron->rows, perceptron->size, sizeof(struct row), by_feature); /* no lookups from here on */
    for (size_t i = 0; i < perceptron->used; i++)
        largest = fmax(largest, largest_of(perceptron, &perceptron->rows[i]));
    ret_size->scale = largest > 0 ? 127 / largest : 1;
    head[0] = perceptron->labels;
    head[1] = BUCKETS;
    size_t at = 0;
    for (uint32_t bucket = 0; bucket < BUCKETS; bucket++) {
        head[2 + bucket] = (uint32_t)entries.len;
        for (; at < perceptron->used && perceptron->rows[at].feature >> (32 - LINEAR_BUCKET_BITS) == bucket;
             at++)
            if (largest_of(perceptron, &perceptron->rows[at]) >= least)
                write_row(perceptron, &perceptron->rows[at], ret_size->scale, &entries, ret_size);
    }
    head[2 + BUCKETS] = (uint32_t)entries.len;
    buffer_append(out, (const char *)head, (2 + BUCKETS + 1) * sizeof(*head));
    buffer_append_str(out, buffer_str(&entries));
    free(head);
}
