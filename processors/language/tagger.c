/* tagger: greedy, from left to right, over an averaged perceptron's weights. */
#include "processors/language/tagger.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "processors/language/tag_features.h"
#include "processors/model/linear.h"

struct tagger {
    struct model *model;
    struct linear weights;
    struct str upos[LINEAR_LABELS_MAX], xpos[LINEAR_LABELS_MAX];
};

/* "NOUN NNS\n" for each label. */
static bool read_labels(struct tagger *tagger, struct str text)
{
    struct str line, upos;
    uint32_t count = 0;
    while (text.len && str_split(&text, '\n', &line) && line.len) {
        if (count == tagger->weights.labels || !str_split(&line, ' ', &upos) || !upos.len)
            return false;
        tagger->upos[count] = upos;
        tagger->xpos[count++] = line;
    }
    return count == tagger->weights.labels;
}

int tagger_create(struct tagger **ret_tagger, struct model *model, struct error *error)
{
    struct tagger *tagger = calloc(1, sizeof(*tagger));
    if (!tagger) {
        model_close(&model);
        return error_set(error, -ENOMEM, "no memory for the tagger");
    }
    tagger->model = model;
    int failure = model_check_version(model, TAGGER_VERSION, error);
    if (failure) {
        tagger_destroy(&tagger);
        return failure;
    }
    if (!linear_open(&tagger->weights, model_section(model, "weights")) ||
        !read_labels(tagger, model_section(model, "labels"))) {
        tagger_destroy(&tagger);
        return error_set(error, ERR_MALFORMED, "the model tagger does not hold what a tagger needs");
    }
    *ret_tagger = tagger;
    return 0;
}

void tagger_destroy(struct tagger **tagger)
{
    if (!*tagger)
        return;
    model_close(&(*tagger)->model);
    free(*tagger);
    *tagger = NULL;
}

void tagger_tag(const struct tagger *tagger, const struct word_form *words, size_t count, uint8_t *ret_labels)
{
    uint32_t features[TAG_FEATURES_MAX], before = UINT32_MAX, before2 = UINT32_MAX;
    enum word_line line = word_line_of(words, count);
    for (size_t i = 0; i < count; i++) {
        int32_t scores[LINEAR_LABELS_MAX];
        memset(scores, 0, tagger->weights.labels * sizeof(*scores));
        size_t n = tag_features(words, count, i, line, before, before2, features);
        linear_add_all(&tagger->weights, features, n, scores);
        before2 = before;
        before = linear_best(&tagger->weights, scores);
        ret_labels[i] = (uint8_t)before;
    }
}

struct str tagger_upos(const struct tagger *tagger, uint8_t label)
{
    return label < tagger->weights.labels ? tagger->upos[label] : STR_NONE;
}

struct str tagger_xpos(const struct tagger *tagger, uint8_t label)
{
    return label < tagger->weights.labels ? tagger->xpos[label] : STR_NONE;
}
