/* tag_reading: see the header. */
#include "processors/language/tag_reading.h"

#include <string.h>

uint64_t tag_word_hash(const struct word_form *word)
{
    return word->word * 0x9e3779b97f4a7c15ULL; /* spread: the lookup takes place and check from all bits */
}

static struct tag_view view_of(const struct word_form *words, size_t count)
{
    return (struct tag_view){.words = words,
                             .count = count,
                             .line = word_line_of(words, count),
                             .before = UINT32_MAX,
                             .before2 = UINT32_MAX};
}

static void go_on(struct tag_view *view, uint8_t label)
{
    view->before2 = view->before;
    view->before = label;
}

/* The best label, and by how much. */
static uint8_t decide(const struct linear *weights, const struct tag_view *view, int32_t *ret_margin)
{
    uint32_t features[TAG_FEATURES_MAX];
    int32_t scores[LINEAR_LABELS_MAX], next = INT32_MIN;
    memset(scores, 0, weights->labels * sizeof(*scores));
    linear_add_all(weights, features, tag_features(view, features), scores);
    uint32_t best = linear_best(weights, scores);
    for (uint32_t i = 0; i < weights->labels; i++)
        if (i != best && scores[i] > next)
            next = scores[i];
    *ret_margin = next == INT32_MIN ? INT32_MAX : scores[best] - next;
    return (uint8_t)best;
}

void tag_read_back(const struct tag_weights *weights, const struct word_form *words, size_t count,
                   uint8_t *ret_labels, int32_t *ret_margins)
{
    struct tag_view view = view_of(words, count);
    view.back = true;
    for (size_t i = count; i-- > 0;) {
        uint32_t sure = lookup_find(&weights->sure, tag_word_hash(&words[i]));
        int32_t margin = INT32_MAX;
        view.at = i;
        uint8_t label = sure ? (uint8_t)(sure - 1) : decide(&weights->back, &view, &margin);
        go_on(&view, label);
        ret_labels[i] = margin < weights->margin ? label | TAG_UNSURE : label;
        if (ret_margins)
            ret_margins[i] = margin;
    }
}

void tag_read_forth(const struct tag_weights *weights, const struct word_form *words, size_t count,
                    uint8_t *labels)
{
    struct tag_view view = view_of(words, count);
    view.guesses = labels;
    for (size_t i = 0; i < count; i++) {
        int32_t margin;
        view.at = i;
        if (labels[i] & TAG_UNSURE)
            labels[i] = decide(&weights->forth, &view, &margin);
        go_on(&view, labels[i]);
    }
}
