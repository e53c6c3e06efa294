/* act_model: see the header. */
#include "processors/meaning/act_model.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROOTS = 21 };

struct label {
    const struct act *act; /* NULL = none is told */
    enum stance stance;
    int root;
};

struct act_model {
    struct model *model;
    struct label labels[ACT_LABELS];
    size_t count;
    struct act_rows rows;
    const int8_t *weights;
    float scale;
};

bool act_rows_open(struct act_rows *ret_rows, const uint32_t *features, size_t count)
{
    ret_rows->features = features;
    ret_rows->count = count;
    size_t at = 0;
    for (size_t i = 1; i < count; i++)
        if (features[i - 1] >= features[i])
            return false;
    for (uint32_t bucket = 0; bucket < 1U << ACT_BUCKET_BITS; bucket++) {
        ret_rows->begins[bucket] = (uint32_t)at;
        while (at < count && features[at] >> (32 - ACT_BUCKET_BITS) == bucket)
            at++;
    }
    ret_rows->begins[1 << ACT_BUCKET_BITS] = (uint32_t)count;
    return true;
}

uint32_t act_rows_find(const struct act_rows *rows, uint32_t feature)
{
    uint32_t bucket = feature >> (32 - ACT_BUCKET_BITS), at = rows->begins[bucket];
    while (at < rows->begins[bucket + 1] && rows->features[at] < feature)
        at++;
    return at < rows->begins[bucket + 1] && rows->features[at] == feature ? at : ACT_NO_ROW;
}

void act_model_destroy(struct act_model **model)
{
    if (!*model)
        return;
    model_close(&(*model)->model);
    free(*model);
    *model = NULL;
}

static bool read_labels(struct act_model *acts, struct str codes)
{
    acts->count = codes.len / ACT_CODE_BYTES;
    if (codes.len % ACT_CODE_BYTES || acts->count < 2 || acts->count > ACT_LABELS || codes.ptr[0] != '-')
        return false;
    for (size_t i = 1; i < acts->count; i++) {
        struct label *label = &acts->labels[i];
        const char *code = codes.ptr + i * ACT_CODE_BYTES;
        if (!memchr(code, '\0', ACT_CODE_BYTES) || !(label->act = act_of_code(code, &label->stance)))
            return false;
        label->root = (code[0] - '0') * 10 + code[1] - '0';
        if (label->root < 1 || label->root >= ROOTS)
            return false;
    }
    return true;
}

int act_model_create(struct act_model **ret_model, struct model *model, struct error *error)
{
    struct act_model *acts = calloc(1, sizeof(*acts));
    if (!acts) {
        model_close(&model);
        return error_set(error, -ENOMEM, "no memory for the model of acts");
    }
    acts->model = model;
    struct str scale = model_section(model, "scale"), weights = model_section(model, "weights"),
               features = model_section(model, "features");
    size_t count = features.len / sizeof(uint32_t);
    int failure = model_check_version(model, ACT_MODEL_VERSION, error);
    if (!failure && (!read_labels(acts, model_section(model, "codes")) || scale.len != sizeof(float) ||
                     features.len % sizeof(uint32_t) || weights.len != count * ACT_LABELS ||
                     !act_rows_open(&acts->rows, (const void *)features.ptr, count)))
        failure = error_set(error, ERR_MALFORMED, "the model of acts has not the sections that it should");
    if (failure) {
        act_model_destroy(&acts);
        return failure;
    }
    acts->weights = (const int8_t *)weights.ptr;
    memcpy(&acts->scale, scale.ptr, sizeof(acts->scale));
    *ret_model = acts;
    return 0;
}

struct act_guess act_model_guess(const struct act_model *model, const uint32_t *features, size_t count)
{
    int16_t sums[ACT_LABELS] = {0}; /* ACT_FEATURES_MAX times 127 is less than its most */
    float shares[ACT_LABELS], all = 0, roots[ROOTS] = {0};
    int16_t most = INT16_MIN;
    for (size_t i = 0; i < count; i++) {
        uint32_t row = act_rows_find(&model->rows, features[i]);
        if (row == ACT_NO_ROW)
            continue;
        const int8_t *weights = model->weights + (size_t)row * ACT_LABELS;
        for (size_t k = 0; k < ACT_LABELS; k++)
            sums[k] = (int16_t)(sums[k] + weights[k]);
    }
    for (size_t k = 0; k < model->count; k++)
        most = sums[k] > most ? sums[k] : most;
    for (size_t k = 0; k < model->count; k++)
        all += shares[k] = expf(model->scale * (float)(sums[k] - most));
    size_t best = 1;
    for (size_t k = 1; k < model->count; k++)
        roots[model->labels[k].root] += shares[k];
    for (size_t k = 2; k < model->count; k++) {
        const struct label *label = &model->labels[k], *other = &model->labels[best];
        if (label->root == other->root ? shares[k] > shares[best] : roots[label->root] > roots[other->root])
            best = k;
    }
    return (struct act_guess){model->labels[best].act, model->labels[best].stance, 1 - shares[0] / all};
}
