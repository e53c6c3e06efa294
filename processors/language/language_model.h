/* language_model: which language a text is in, by its script where that decides, else by a linear model over
 * the letters of its words. Worker threads; the model is read-only, nothing is allocated per text.
 *
 *     struct language_guess guess;
 *     language_model_guess(model, text, &guess);
 *
 * Method: hashed character n-grams of two to four letters, and single ones that tell, with the words'
 * borders, and whole words (n-grams as in Cavnar and Trenkle 1994; hashed and in one linear model as in
 * Joulin et al. 2016), weights from multinomial logistic regression, each script a model of its own. The text
 * is read in short pieces: those that another language explains better make the share smaller, so a text of
 * two languages says so. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_LANGUAGE_MODEL_H
#define NEWSD_PROCESSORS_LANGUAGE_LANGUAGE_MODEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"

struct language_guess {
    const char *code;   /* primary subtag, "" = unknown; lives as long as the model */
    const char *second; /* the runner-up of the same script, "" = none */
    float probability;  /* of the code among the languages of its script */
    float margin;       /* natural logarithm of how many times likelier it is than the second */
    int percent;        /* share of the letters that are of this language, or could as well be */
    int letters;        /* that were read */
};

struct language_model;

/* Opens languages.model in the directory, NULL or empty = the program's own. 0, -errno, ERR_MALFORMED with
 * words. */
int language_model_create(struct language_model **ret_model, const char *directory, struct error *error);
void language_model_destroy(struct language_model **model);

/* Is it one of the languages that the model tells? A primary subtag. */
bool language_model_knows(const struct language_model *model, struct str code);

/* `text` is valid UTF-8. */
void language_model_guess(const struct language_model *model, struct str text,
                          struct language_guess *ret_guess);

/* ---- What the program that trains shares with the above ---------------------------------------------------
 */

enum { LANGUAGE_PIECE_FEATURES = 512 };

/* Scripts that more than one language is written in; what others decide alone stands in a table. */
enum language_script {
    SCRIPT_NONE,
    SCRIPT_LATIN,
    SCRIPT_CYRILLIC,
    SCRIPT_ARABIC,
    SCRIPT_DEVANAGARI,
    SCRIPT_OTHER
};

struct language_letters {
    const char *code; /* the language of the script when it has but one, else NULL */
    int own, all;     /* letters of the script, and of every one */
};

/* The script that most of the letters are of; Latin ones count half. */
enum language_script language_script_of(struct str text, struct language_letters *ret_letters);

struct language_piece {
    uint32_t features[LANGUAGE_PIECE_FEATURES];
    size_t count;
    int letters;
};

/* Reads words of the script from *at on until the piece has enough of them; false when there are no more. */
bool language_piece_next(struct str text, enum language_script script, size_t *at,
                         struct language_piece *ret_piece);

#endif
