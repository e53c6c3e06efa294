/* act_model: which act a word tells, learnt from the own corpus (models/train_acts.c): a log-linear model
 * over act_features.h, for what no rule of the lexicon finds. Read-only after act_model_create(); then any
 * thread.
 *
 * The model "acts" has the sections "codes" (ACT_CODE_BYTES for each label, CAMEO codes; the first, "-",
 * tells no act), "scale" (a float: of a weight), "features" (hashes, in their order, each once) and
 * "weights": for each of the features a row of ACT_LABELS weights of eight bits. */
#ifndef NEWSD_PROCESSORS_MEANING_ACT_MODEL_H
#define NEWSD_PROCESSORS_MEANING_ACT_MODEL_H

#include "base/error.h"
#include "processors/meaning/act_features.h"
#include "processors/meaning/acts.h"
#include "processors/model/model.h"

enum { ACT_LABELS = 96, ACT_CODE_BYTES = 5, ACT_MODEL_VERSION = 1, ACT_BUCKET_BITS = 12 };

/* Features in their order, found by their high bits. */
struct act_rows {
    const uint32_t *features;
    size_t count;
    uint32_t begins[(1 << ACT_BUCKET_BITS) + 1];
};
enum { ACT_NO_ROW = UINT32_MAX };

/* The features must stay; false when they are not in their order. */
bool act_rows_open(struct act_rows *ret_rows, const uint32_t *features, size_t count);
/* The feature's place among them, or ACT_NO_ROW. */
uint32_t act_rows_find(const struct act_rows *rows, uint32_t feature);

/* What records call it. */
#define ACT_MODEL_RULE "model-acts-1"

struct act_model;

struct act_guess {
    const struct act *act; /* of the likeliest root the likeliest */
    enum stance stance;
    float likely; /* that the word tells an act at all, 0 to 1 */
};

/* From a model of kind "acts", which is taken over, also on failure. 0, -ENOMEM, ERR_MALFORMED. */
int act_model_create(struct act_model **ret_model, struct model *model, struct error *error);
void act_model_destroy(struct act_model **model);

struct act_guess act_model_guess(const struct act_model *model, const uint32_t *features, size_t count);

#endif
