/* word_forms: what the language models ask of a word, again and again: made once for each. Pure; any thread.
 */
#ifndef NEWSD_PROCESSORS_LANGUAGE_WORD_FORMS_H
#define NEWSD_PROCESSORS_LANGUAGE_WORD_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "processors/language/word_tables.h"

enum { WORD_AFFIXES = 4 };

/* How a word is printed. */
enum word_print {
    WORD_PRINT_OTHER,
    WORD_PRINT_SMALL,    /* "ships" */
    WORD_PRINT_CAPITAL,  /* "Ships" */
    WORD_PRINT_INITIAL,  /* "J." */
    WORD_PRINT_MIXED,    /* "McCain", "iPhone" */
    WORD_PRINT_ACRONYM,  /* "NATO": five letters at most */
    WORD_PRINT_CAPITALS, /* "SHIPS" longer than that, "U.S." */
    WORD_PRINT_NUMBER,   /* digits, no letter */
    WORD_PRINT_CODE      /* letters and digits */
};

struct word_form {
    uint32_t word, lower, shape, full_shape;                 /* hashes */
    uint32_t prefixes[WORD_AFFIXES], suffixes[WORD_AFFIXES]; /* of one to four characters, in lower case */
    uint8_t print;                                           /* enum word_print */
    bool capital, all_capital, digit, hyphen, letter;
    bool long_word; /* over three letters */
    struct word_entry entry;
};

/* `tables` may be NULL: nothing is known of any word then. */
void word_form_fill(struct word_form *ret_word, struct str form, const struct word_tables *tables);

/* The hash in `lower` of this word in small letters. */
uint32_t word_form_lower(struct str lower);

/* How a sentence is printed. */
enum word_line {
    WORD_LINE_PLAIN,
    WORD_LINE_TITLE,   /* nearly every word begins with a capital: it says little there */
    WORD_LINE_CAPITALS /* nearly every word is in capitals */
};
enum word_line word_line_of(const struct word_form *words, size_t count);

/* What stands before and behind a sentence. */
extern const struct word_form word_form_outside;

#endif
