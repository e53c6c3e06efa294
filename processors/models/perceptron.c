/* perceptron: a hash table of features, each with the few labels it has ever spoken about. */
#include "processors/models/perceptron.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "processors/model/linear.h"
#include "processors/model/narrow.h"

/* So many of the largest weights are cut to what eight bits hold, that the small ones keep theirs. */
enum { NARROW_CLIPPED = 50, FEATURES_MAX = 256, BUCKET_ENTRIES_MAX = 4096 };

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

static size_t slot_of(const struct perceptron *perceptron, uint32_t feature)
{
    return (feature * 0x9e3779b1u) & (perceptron->size - 1);
}

static struct row *find(const struct perceptron *perceptron, uint32_t feature)
{
    size_t at = slot_of(perceptron, feature);
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
    const struct row *rows[FEATURES_MAX];
    memset(ret_scores, 0, perceptron->labels * sizeof(*ret_scores));
    assert(count <= FEATURES_MAX);
    for (size_t i = 0; i < count; i++) /* the table is far larger than any cache: ask for all at once */
        __builtin_prefetch(&perceptron->rows[slot_of(perceptron, features[i])]);
    for (size_t i = 0; i < count; i++) {
        rows[i] = find(perceptron, features[i]);
        __builtin_prefetch(rows[i]->weights);
    }
    for (size_t i = 0; i < count; i++) {
        const struct row *row = rows[i];
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

/* A row as it is written. */
struct entry {
    uint32_t feature;
    size_t count; /* of the weights that are not 0 */
    char pairs[2 * LINEAR_LABELS_MAX], dense[LINEAR_LABELS_MAX];
};

static struct entry entry_of(const struct perceptron *perceptron, const struct row *row, double scale)
{
    struct entry entry = {.feature = row->feature};
    for (uint32_t k = 0; k < row->count; k++) {
        long value = lround(average(perceptron, &row->weights[k]) * scale);
        if (value == 0)
            continue;
        entry.pairs[2 * entry.count] = (char)row->weights[k].label;
        entry.pairs[2 * entry.count++ + 1] = (char)value;
        entry.dense[row->weights[k].label] = (char)value;
    }
    return entry;
}

static int by_count(const void *a, const void *b)
{
    const struct entry *x = a, *y = b;
    if (x->count != y->count)
        return x->count > y->count ? -1 : 1;
    return x->feature < y->feature ? -1 : x->feature > y->feature;
}

static void write_bucket(const struct perceptron *perceptron, struct entry *entries, size_t count,
                         struct buffer *out, struct perceptron_size *size)
{
    qsort(entries, count, sizeof(*entries), by_count);
    for (size_t i = 0; i < count && entries[i].count; i++) {
        const struct entry *entry = &entries[i];
        bool dense = entry->count * LINEAR_DENSE_SHARE >= perceptron->labels;
        buffer_append_byte(out, (char)entry->feature);
        buffer_append_byte(out, (char)(entry->feature >> 8));
        buffer_append_byte(out, dense ? (char)LINEAR_DENSE : (char)entry->count);
        buffer_append(out, dense ? entry->dense : entry->pairs,
                      dense ? perceptron->labels : 2 * entry->count);
        size->features++;
        size->weights += entry->count;
    }
}

/* About two features a bucket, so that a small model is small in memory too. */
static uint32_t bucket_bits(const struct perceptron *perceptron, double least)
{
    size_t count = 0;
    uint32_t bits = LINEAR_BUCKET_BITS_MIN;
    for (size_t i = 0; i < perceptron->used; i++)
        count += largest_of(perceptron, &perceptron->rows[i]) >= least;
    while (bits < LINEAR_BUCKET_BITS && (size_t)2 << bits < count)
        bits++;
    return bits;
}

void perceptron_write(struct perceptron *perceptron, double least, struct buffer *out,
                      struct perceptron_size *ret_size)
{
    _cleanup_buffer_ struct buffer entries = {0};
    double largest = 0;
    *ret_size = (struct perceptron_size){0};
    qsort(perceptron->rows, perceptron->size, sizeof(struct row), by_feature); /* no lookups from here on */
    for (size_t i = 0; i < perceptron->used; i++)
        largest = fmax(largest, largest_of(perceptron, &perceptron->rows[i]));
    ret_size->scale = largest > 0 ? 127 / largest : 1;
    uint32_t bits = bucket_bits(perceptron, least), buckets = 1U << bits;
    uint32_t *head = checked(calloc(2 + buckets + 1, sizeof(*head)));
    head[0] = perceptron->labels;
    head[1] = buckets;
    struct entry *some = checked(calloc(BUCKET_ENTRIES_MAX, sizeof(*some)));
    size_t at = 0;
    for (uint32_t bucket = 0; bucket < buckets; bucket++) {
        size_t count = 0;
        head[2 + bucket] = (uint32_t)entries.len;
        for (; at < perceptron->used && perceptron->rows[at].feature >> (32 - bits) == bucket; at++)
            if (largest_of(perceptron, &perceptron->rows[at]) >= least) {
                assert(count < BUCKET_ENTRIES_MAX);
                some[count++] = entry_of(perceptron, &perceptron->rows[at], ret_size->scale);
            }
        write_bucket(perceptron, some, count, &entries, ret_size);
    }
    free(some);
    head[2 + buckets] = (uint32_t)entries.len;
    buffer_append(out, (const char *)head, (2 + buckets + 1) * sizeof(*head));
    buffer_append_str(out, buffer_str(&entries));
    buffer_append(out, (const char[LINEAR_PADDING]){0}, LINEAR_PADDING);
    free(head);
}

struct difference {
    uint32_t feature;
    double one, two, size;
};

static struct difference difference_of(const struct perceptron *perceptron, const struct row *row)
{
    double values[NARROW_LABELS] = {0};
    for (uint32_t k = 0; k < row->count; k++)
        values[row->weights[k].label] = average(perceptron, &row->weights[k]);
    double one = values[1] - values[0], two = values[2] - values[0];
    return (struct difference){row->feature, one, two, fmax(fmax(fabs(one), fabs(two)), fabs(one - two))};
}

/* The heaviest first: what comes last may find its bucket full. */
static int by_size(const void *a, const void *b)
{
    const struct difference *x = a, *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return x->feature < y->feature ? -1 : x->feature > y->feature;
}

static int8_t narrow_value(double value)
{
    return (int8_t)lround(fmin(127, fmax(-127, value)));
}

static void place(struct narrow_bucket *bucket, const struct difference *difference, double scale,
                  struct perceptron_size *size)
{
    struct narrow_cell cell = {
        .check = (uint16_t)difference->feature,
        .weights = {narrow_value(difference->one * scale), narrow_value(difference->two * scale)}};
    if (!cell.weights[0] && !cell.weights[1])
        return;
    for (int k = 0; k < NARROW_CELLS; k++)
        if (!bucket->cells[k].weights[0] && !bucket->cells[k].weights[1]) {
            bucket->cells[k] = cell;
            size->features++;
            size->weights += NARROW_LABELS - 1;
            return;
        }
}

void perceptron_write_narrow(struct perceptron *perceptron, double least, uint32_t bits, struct buffer *out,
                             struct perceptron_size *ret_size)
{
    size_t count = 0, bytes = sizeof(struct narrow_bucket) << bits;
    struct difference *differences = checked(calloc(perceptron->used + 1, sizeof(*differences)));
    struct narrow_bucket *buckets = checked(calloc(1, bytes));
    *ret_size = (struct perceptron_size){0};
    for (size_t i = 0; i < perceptron->size; i++)
        if (perceptron->rows[i].capacity)
            differences[count++] = difference_of(perceptron, &perceptron->rows[i]);
    qsort(differences, count, sizeof(*differences), by_size);
    double scale = 127 / differences[NARROW_CLIPPED < count ? NARROW_CLIPPED : 0].size;
    for (size_t i = 0; i < count && differences[i].size >= least; i++)
        place(&buckets[differences[i].feature >> (32 - bits)], &differences[i], scale, ret_size);
    buffer_append(out, (const char *)buckets, bytes);
    free(buckets);
    free(differences);
}
