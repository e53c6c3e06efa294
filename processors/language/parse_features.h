/* parse_features: what the parser looks at. The same code trains and parses. Pure; any thread.
 *
 * Each feature is a hash of its template's number and what stands there. Templates after Zhang and Nivre
 * (2011), fitted to the arc-hybrid system: words, tags and word classes of the three words on top of the
 * stack and the next to read, pairs and triples of them, the tags and relations of their outermost children,
 * how many children they have, how far apart they are. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_PARSE_FEATURES_H
#define NEWSD_PROCESSORS_LANGUAGE_PARSE_FEATURES_H

#include <stddef.h>
#include <stdint.h>

#include "processors/language/parse_state.h"
#include "processors/language/word_forms.h"

enum { PARSE_FEATURES_MAX = 200 };

/* What the templates ask of a word, made once for each. Hashes, and the word's classes. */
struct parse_word {
    uint32_t word, tag, upos; /* in lower case; both tags together; the universal one */
    uint32_t both;            /* word and tag */
    uint32_t coarse, fine;    /* word classes */
    uint16_t guess_head,
        guess_last;         /* by a parser that has read the sentence before: the head, the last child */
    uint8_t guess_relation; /* + 1; 0 = none has */
    uint16_t can;           /* what a dictionary says that it can be */
    uint8_t mark;           /* bits of what is counted between two words */
    uint16_t verbs, commas, links, joins; /* up to this word */
};

void parse_word_fill(struct parse_word *ret_word, const struct word_form *form, struct str upos,
                     struct str xpos);
/* The words of a sentence with what stands around them: words[0] is no word, the root follows the last. */
void parse_words_close(struct parse_word *words, size_t count);

/* For the next move. */
size_t parse_move_features(const struct parse_state *state, const struct parse_word *words,
                           uint32_t features[PARSE_FEATURES_MAX]);
/* For the relation of the arc from `head` to `child`, which is not made yet. */
size_t parse_relation_features(const struct parse_state *state, const struct parse_word *words, uint16_t head,
                               uint16_t child, uint32_t features[PARSE_FEATURES_MAX]);

#endif
