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

enum { TAG_FEATURES_MAX = 96 };

/* In a label: it is not sure. There are fewer labels than that. */
enum { TAG_UNSURE = 0x80 };

/* A word to be tagged, with what is known around it. */
struct tag_view {
    const struct word_form *words;
    size_t count, at;
    enum word_line line;
    bool back;                /* read from the end */
    uint32_t before, before2; /* the labels of the two words read before; UINT32_MAX = none */
    const uint8_t
        *guesses; /* the sentence's labels by a reading from the end, with TAG_UNSURE; NULL = none */
};

/* The features of the word in view; their number, at most TAG_FEATURES_MAX. */
size_t tag_features(const struct tag_view *view, uint32_t features[TAG_FEATURES_MAX]);

#endif
