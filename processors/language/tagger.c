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
    uint8_t past,
        participle; /* labels of "used" in "they used" and "was used"; the same = the model has none */
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

static uint8_t label_of(const struct tagger *tagger, struct str upos, struct str xpos)
{
    for (uint32_t i = 0; i < tagger->weights.labels; i++)
        if (str_equal(tagger->upos[i], upos) && str_equal(tagger->xpos[i], xpos))
            return (uint8_t)i;
    return 0;
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
    tagger->past = label_of(tagger, STR("VERB"), STR("VBD"));
    tagger->participle = label_of(tagger, STR("VERB"), STR("VBN"));
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

static bool is_finite(struct str xpos)
{
    return str_equal(xpos, STR("VBD")) || str_equal(xpos, STR("VBZ")) || str_equal(xpos, STR("VBP")) ||
           str_equal(xpos, STR("MD"));
}

static bool may_do(struct str upos)
{
    return str_equal(upos, STR("NOUN")) || str_equal(upos, STR("PROPN")) || str_equal(upos, STR("PRON"));
}

/* A sentence has a finite verb: where none was found, the first participle behind a noun is one, if it looks
 * like the past tense ("Kenyan police used tear gas to stop farmers."). Greedy, the tagger decides before it
 * has seen that no other comes. */
static void find_verb(const struct tagger *tagger, const struct word_form *words, size_t count,
                      uint8_t *labels)
{
    size_t found = count;
    bool behind_noun = false; /* commas between are passed over */
    if (count < 3 || tagger->past == tagger->participle ||
        !str_equal(tagger->xpos[labels[count - 1]], STR(".")))
        return;
    for (size_t i = 0; i < count; i++) {
        if (is_finite(tagger->xpos[labels[i]]))
            return;
        if (found == count && behind_noun && labels[i] == tagger->participle &&
            (!words[i].entry.kinds || words[i].entry.kinds & WORD_PAST))
            found = i;
        if (!str_equal(tagger->upos[labels[i]], STR("PUNCT")))
            behind_noun = may_do(tagger->upos[labels[i]]);
    }
    if (found < count)
        labels[found] = tagger->past;
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
    find_verb(tagger, words, count, ret_labels);
}

struct str tagger_upos(const struct tagger *tagger, uint8_t label)
{
    return label < tagger->weights.labels ? tagger->upos[label] : STR_NONE;
}

struct str tagger_xpos(const struct tagger *tagger, uint8_t label)
{
    return label < tagger->weights.labels ? tagger->xpos[label] : STR_NONE;
}
