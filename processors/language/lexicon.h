/* lexicon: small word lists by language (abbreviations, sentence starters, stop words), built in, in one hash
 * set. Read-only after lexicon_create(); then any thread.
 *
 *     unsigned classes = lexicon_classes(lexicon, STR("en"), STR("gen"));    // LEXICON_TITLE
 *
 * Words are looked up in lower case (words_fold()), abbreviations without their last stop. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_LEXICON_H
#define NEWSD_PROCESSORS_LANGUAGE_LEXICON_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

enum lexicon_class {
    LEXICON_TITLE = 1,    /* "gen": a name follows, the sentence goes on */
    LEXICON_ENDING = 2,   /* "inc": may end a sentence; only a sure starter behind it decides */
    LEXICON_NUMBER = 4,   /* "no", "jan": a number follows */
    LEXICON_STARTER = 8,  /* "the", "he": begins a sentence when in upper case */
    LEXICON_STOP = 16,    /* says nothing about what a text is about */
    LEXICON_MONTH = 32,   /* month names and their short forms, and what else follows an ordinal or a time */
    LEXICON_CAPITAL = 64, /* is an abbreviation only when it begins in upper case: "Miss.", not "miss." */
    LEXICON_SHOUT = 128,  /* names that end in "!" or "?": "Yahoo!" */
    LEXICON_SPEECH = 256, /* verbs of speech, behind the speaker: "asked" */
    LEXICON_CLAUSE = 512, /* behind a verb of speech they begin what is said: "that", "he" */
    LEXICON_SHORT = 1024, /* words and short forms that are abbreviations before a small letter: "in", "oz" */
};

/* One list: words separated by single spaces; language "" = every language. */
struct lexicon_list {
    const char *language;
    unsigned classes;
    const char *words;
};

struct lexicon;

/* Of lists ended by one without words. 0 or -ENOMEM. */
int lexicon_create(struct lexicon **ret_lexicon, const struct lexicon_list *lists, struct error *error);
void lexicon_destroy(struct lexicon **lexicon);

/* Classes of a folded word in a language (primary subtag) and in every language. */
unsigned lexicon_classes(const struct lexicon *lexicon, struct str language, struct str word);
/* True when the lexicon has words of this class for this language. */
bool lexicon_has(const struct lexicon *lexicon, struct str language, enum lexicon_class class);

#endif
