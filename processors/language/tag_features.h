/* tag_features: what the tagger looks at. The same code trains and tags. Pure; any thread.
 *
 * Each feature is a hash of its template's number and what stands there. Templates after the notes of Collins
 * (2002), Toutanova et al. (2003) and Honnibal (2013): word, affixes to four letters, shape, two words on
 * both sides, the two tags before, pairs of these. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_TAG_FEATURES_H
#define NEWSD_PROCESSORS_LANGUAGE_TAG_FEATURES_H

#include <stddef.h>
#include <stdint.h>

#include "processors/language/word_forms.h"

enum { TAG_FEATURES_MAX = 72 };

/* The features of words[at] in a sentence of `count`; `before` and `before2` are the labels of the two words
 * in front (UINT32_MAX = none). Their number, at most TAG_FEATURES_MAX. */
size_t tag_features(const struct word_form *words, size_t count, size_t at, enum word_line line,
                    uint32_t before, uint32_t before2, uint32_t features[TAG_FEATURES_MAX]);

#endif
