/* tag_features: see the header. */
#include "processors/language/tag_features.h"

#include <assert.h>

#include "processors/language/feature_hash.h"

/* What a word can be, or how a word ends that the dictionary does not have: of function words that is all. */
static uint32_t kinds_of(const struct word_form *word)
{
    return word->entry.kinds ? word->entry.kinds : word->suffixes[2];
}

/* The word so many words further on, as the sentence is read. */
static const struct word_form *beside(const struct tag_view *view, int steps)
{
    int64_t at = (int64_t)view->at + (view->back ? -steps : steps);
    return at < 0 || at >= (int64_t)view->count ? &word_form_outside : &view->words[at];
}

static uint32_t guessed(const struct tag_view *view, size_t at)
{
    return at < view->count ? view->guesses[at] & ~(uint32_t)TAG_UNSURE : UINT8_MAX;
}

size_t tag_features(const struct tag_view *view, uint32_t features[TAG_FEATURES_MAX])
{
    const struct word_form *w = &view->words[view->at], *l1 = beside(view, -1), *l2 = beside(view, -2),
                           *r1 = beside(view, 1), *r2 = beside(view, 2);
    uint32_t t1 = view->before + 1, t2 = view->before2 + 1;
    bool first = l1 == &word_form_outside;
    enum word_line line = view->line;
    size_t n = 0;
#define ADD(number, value) features[n++] = feature_of(number, value)
#define ADD2(number, a, b) features[n++] = feature_of_pair(number, a, b)
    ADD(1, 0);
    ADD(2, w->word);
    ADD(3, w->lower);
    for (uint32_t i = 0; i < WORD_AFFIXES; i++) {
        ADD(4 + i, w->prefixes[i]);
        ADD(8 + i, w->suffixes[i]);
    }
    ADD(12, w->shape);
    ADD2(13, w->shape, first);
    ADD(14, l1->lower);
    ADD(15, l2->lower);
    ADD(16, r1->lower);
    ADD(17, r2->lower);
    ADD(18, l1->suffixes[2]);
    ADD(19, r1->suffixes[2]);
    ADD(20, r1->suffixes[1]);
    ADD(21, l1->shape);
    ADD(22, r1->shape);
    ADD2(23, l1->lower, w->lower);
    ADD2(24, w->lower, r1->lower);
    ADD2(25, l1->lower, r1->lower);
    ADD(26, t1);
    ADD(27, t2);
    ADD2(28, t1, t2);
    ADD2(29, t1, w->lower);
    ADD2(30, t1, w->suffixes[2]);
    ADD2(31, t1, r1->lower);
    ADD2(32, feature_mix(t1, t2), w->lower);
    ADD2(33, t1, w->shape);
    ADD2(34, (uint32_t)(w->capital | w->digit << 1 | w->hyphen << 2 | first << 3), w->suffixes[1]);
    ADD2(35, t1, r1->suffixes[2]);
    ADD2(36, w->suffixes[3], r1->suffixes[1]);
    const uint16_t *c0 = w->entry.classes, *cl = l1->entry.classes, *cr = r1->entry.classes,
                   *cll = l2->entry.classes, *crr = r2->entry.classes;
    ADD(40, c0[0]);
    ADD(41, c0[1]);
    ADD(42, c0[2]);
    ADD(43, cl[1]);
    ADD(44, cr[1]);
    ADD(45, cl[2]);
    ADD(46, cr[2]);
    ADD2(47, cl[1], c0[1]);
    ADD2(48, c0[1], cr[1]);
    ADD2(49, cl[0], cr[0]);
    ADD2(50, t1, c0[1]);
    ADD2(51, feature_mix(t1, t2), c0[0]);
    ADD2(52, t1, cr[1]);
    ADD(53, cll[1]);
    ADD(54, crr[1]);
    ADD2(55, feature_mix(w->entry.frequency, w->capital), (uint32_t)line << 1 | first);
    ADD2(56, w->suffixes[2], c0[0]);
    ADD(57, w->entry.names);
    ADD2(58, c0[1], w->suffixes[1]);
    uint32_t k0 = kinds_of(w), kl = kinds_of(l1), kr = kinds_of(r1), krr = kinds_of(r2);
    ADD(60, k0);
    ADD(61, kr);
    ADD(62, krr);
    ADD2(63, t1, k0);
    ADD2(64, k0, kr);
    ADD2(65, feature_mix(t1, k0), kr);
    ADD2(66, feature_mix(t1, t2), k0);
    ADD2(67, kl, k0);
    ADD2(68, k0, w->shape);
    ADD2(69, kr, krr);
    ADD2(70, k0, c0[0]);
    if (view->guesses) {
        uint32_t g0 = guessed(view, view->at), g1 = guessed(view, view->at + 1),
                 g2 = guessed(view, view->at + 2);
        ADD(80, g0);
        ADD(81, g1);
        ADD2(82, g0, g1);
        ADD2(83, g1, g2);
        ADD2(84, t1, g1);
        ADD2(85, t1, g0);
        ADD2(86, feature_mix(t1, g0), g1);
        ADD2(87, g1, w->lower);
        ADD2(88, g0, w->lower);
        ADD2(89, feature_mix(t1, t2), g1);
        ADD2(90, feature_mix(t1, g1), g2);
        ADD2(91, g1, k0);
        ADD2(92, feature_mix(t1, g1), k0);
        ADD2(93, feature_mix(t1, g1), w->lower);
        ADD2(94, g0, w->suffixes[2]);
        ADD2(95, g1, w->suffixes[2]);
        ADD2(96, feature_mix(g1, g2), k0);
    }
#undef ADD
#undef ADD2
    assert(n <= TAG_FEATURES_MAX);
    return n;
}
