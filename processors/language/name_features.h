/* name_features: what the names' tagger looks at in one sentence. The same code trains and tags. Any thread.
 *
 * Templates after Ratinov and Roth (2009) and what was measured on newswire since: words, affixes, shapes,
 * word classes, lists by longest match, and the run of capitals around a word with what stands before and
 * behind it. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_NAME_FEATURES_H
#define NEWSD_PROCESSORS_LANGUAGE_NAME_FEATURES_H

#include "base/arena.h"
#include "processors/token.h"
#include "processors/language/word_forms.h"

enum { NAME_FEATURES_MAX = 224 };

struct name_word {
    uint8_t matches[WORD_LISTS]; /* the longest phrase of each list that covers the word: its length and the
                                    word's place; 0 */
    bool role, organisation, facility, event, group,
        institution; /* is a word of these lists (name_lists.h) */
    bool link;       /* "of", "for", "the": stands within names, never first or last */
    bool starts;     /* nothing but marks before it in the sentence */
    bool hyphen;     /* "-" between two words without a blank: "Jean-Robert" */
};

struct name_sentence {
    const struct word_form *forms;
    const struct name_word *words;
    size_t count;
    enum word_line line;
};

/* All in the arena. 0 or -ENOMEM. */
int name_sentence_fill(struct name_sentence *ret_sentence, struct arena *arena,
                       const struct word_tables *tables, struct str text, const struct token *tokens,
                       size_t count);

/* Can the word be of a name? Names have capitals; a word in small letters stands within one at most ("Bank of
 * the North"). Most words of a text are answered here, at once. */
bool name_features_can_be_name(const struct name_sentence *sentence, size_t at);

/* The features of the word; their number, at most NAME_FEATURES_MAX. */
size_t name_features(const struct name_sentence *sentence, size_t at, uint32_t features[NAME_FEATURES_MAX]);

/* The words of the phrase that begins at a word with that match (at most as many as a match can tell); 0 =
 * none begins there. */
size_t name_match_begins(uint8_t match);

#endif
