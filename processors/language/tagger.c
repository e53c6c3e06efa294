/* tagger: greedy, from right to left and then from left to right, over averaged perceptrons' weights. */
#include "processors/language/tagger.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "processors/language/tag_reading.h"
#include "processors/model/linear.h"

struct tagger {
    struct model *model;
    struct tag_weights weights;
    struct str upos[LINEAR_LABELS_MAX], xpos[LINEAR_LABELS_MAX];
    uint8_t past,
        participle; /* labels of "used" in "they used" and "was used"; the same = the model has none */
};

static bool read_weights(struct tag_weights *weights, const struct model *model)
{
    struct str margin = model_section(model, "margin");
    if (margin.len != sizeof(weights->margin) ||
        !linear_open(&weights->forth, model_section(model, "weights")) ||
        !linear_open(&weights->back, model_section(model, "weights-back")) ||
        !lookup_open(&weights->sure, model_section(model, "sure")))
        return false;
    memcpy(&weights->margin, margin.ptr, sizeof(weights->margin));
    return weights->back.labels == weights->forth.labels && weights->back.labels < TAG_UNSURE;
}

/* "NOUN NNS\n" for each label. */
static bool read_labels(struct tagger *tagger, struct str text)
{
    struct str line, upos;
    uint32_t count = 0;
    while (text.len && str_split(&text, '\n', &line) && line.len) {
        if (count == tagger->weights.forth.labels || !str_split(&line, ' ', &upos) || !upos.len)
            return false;
        tagger->upos[count] = upos;
        tagger->xpos[count++] = line;
    }
    return count == tagger->weights.forth.labels;
}

static uint8_t label_of(const struct tagger *tagger, struct str upos, struct str xpos)
{
    for (uint32_t i = 0; i < tagger->weights.forth.labels; i++)
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
    if (!read_weights(&tagger->weights, model) || !read_labels(tagger, model_section(model, "labels"))) {
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
    tag_read_back(&tagger->weights, words, count, ret_labels, NULL);
    tag_read_forth(&tagger->weights, words, count, ret_labels);
    find_verb(tagger, words, count, ret_labels);
}

struct str tagger_upos(const struct tagger *tagger, uint8_t label)
{
    return label < tagger->weights.forth.labels ? tagger->upos[label] : STR_NONE;
}

struct str tagger_xpos(const struct tagger *tagger, uint8_t label)
{
    return label < tagger->weights.forth.labels ? tagger->xpos[label] : STR_NONE;
}
