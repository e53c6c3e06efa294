/* words: the words of a text, in any script. Pure; any thread.
 *
 *     struct word_cursor cursor = {.text = text};
 *     struct word word;
 *     while (words_next(&cursor, &word)) ...
 *
 * A word is a run of letters, marks and digits; hyphens, and the points and commas of numbers, stay inside
 * one
 * ("NATO-Russia", "13,000"). Characters of scripts without spaces (Han, kana, Thai ...) are words of their
 * own. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_WORDS_H
#define NEWSD_PROCESSORS_LANGUAGE_WORDS_H

#include <stdbool.h>
#include <stdint.h>

#include "base/str.h"

struct word {
    struct str text;
    uint64_t hash;    /* of its folded form; never 0 */
    uint32_t points;  /* its length in code points */
    bool capital;     /* begins with an upper-case letter */
    bool all_capital; /* all letters are upper case, two or more */
    bool number;      /* has a digit */
    bool single;      /* a character of a script without spaces */
    bool broken_off;  /* punctuation (not only spaces) stands between the word before and this one */
    bool begins; /* a stop, a blank line or the text's beginning stands before it: upper case says little */
};

struct word_cursor {
    struct str text;
    size_t at; /* in bytes */
};

bool words_next(struct word_cursor *cursor, struct word *ret_word);

/* Lower case of a word, cut to the buffer; for looking words up. */
struct str words_fold(struct str word, char *buffer, size_t buffer_bytes);

enum letter_case { CASE_NONE, CASE_LOWER, CASE_UPPER };

/* The case of a character: none for digits, punctuation and scripts without case. */
enum letter_case words_case(uint32_t code_point);
bool words_is_letter(uint32_t code_point);
bool words_is_digit(uint32_t code_point);
/* Han, kana, Thai, Lao, Khmer, Burmese: no spaces between words. */
bool words_is_unspaced(uint32_t code_point);

#endif
