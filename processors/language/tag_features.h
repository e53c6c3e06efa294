/* tag_features: what the tagger looks at. The same code trains and tags. Pure; any thread.
 *
 * Each feature is a hash of its template's number and what stands there. Templates after the notes of Collins
 * (2002), Toutanova et al. (2003) and Honnibal (2013): word, affixes to four letters, shape, two words on
 * both sides, the two tags before, pairs of these. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_TAG_FEATURES_H
#define NEWSD_PROCESSORS_LANGUAGE_TAG_FEATURES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "processors/language/word_tables.h"

enum { TAG_FEATURES_MAX = 72, TAG_AFFIXES = 4 };

/* What is asked of one word, again and again: made once. */
struct tag_word {
    uint32_t word, lower, shape;
    uint32_t prefixes[TAG_AFFIXES], suffixes[TAG_AFFIXES];
    bool capital, all_capital, digit, hyphen, long_word /* over three letters */;
    struct word_entry entry;
};

/* What stands around a word beyond its neighbours. */
enum tag_line {
    TAG_LINE_PLAIN,
    TAG_LINE_TITLE,   /* nearly every word begins with a capital: says little there */
    TAG_LINE_CAPITALS /* nearly every word is in capitals */
};

/* `tables` may be NULL: nothing is known of any word then. */
void tag_word_fill(struct tag_word *ret_word, struct str form, const struct word_tables *tables);
/* How the sentence is printed. */
enum tag_line tag_line_of(const struct tag_word *words, size_t count);

/* The features of words[at] in a sentence of `count`; `before` and `before2` are the labels of the two words
 * in front (UINT32_MAX = none). Their number, at most TAG_FEATURES_MAX. */
size_t tag_features(const struct tag_word *words, size_t count, size_t at, enum tag_line line,
                    uint32_t before, uint32_t before2, uint32_t features[TAG_FEATURES_MAX]);

#endif
