/* word_tables: what newsd knows of single words and of phrases before it reads a text: word classes, how
 * often a word stands in small letters, names of people, places, organisations. Read-only; any thread. */
#ifndef NEWSD_PROCESSORS_LANGUAGE_WORD_TABLES_H
#define NEWSD_PROCESSORS_LANGUAGE_WORD_TABLES_H

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/str.h"
#include "processors/model/model.h"

struct word_tables;

enum { WORD_TABLES_VERSION = 2 }; /* raised whenever hashes, values or lists change */

/* Classes of words that stand in the same contexts, coarse, middle and fine: k-means over vectors. */
enum { WORD_CLASSES = 3 };
#define WORD_CLASS_SIZES 64, 300, 1000
/* Value of a word: its classes + 1 (0 = unknown) in 7, 9 and 10 bits, then how often it stands in small
 * letters: 0 hardly ever, 1 seldom, 2, 3 often. */
enum { WORD_FREQUENCY_SHIFT = 26, WORD_TABLES_BYTES_MAX = 256 };

static inline uint32_t word_classes_pack(uint32_t coarse, uint32_t middle, uint32_t fine)
{
    return (coarse + 1) | (middle + 1) << 7 | (fine + 1) << 16;
}

enum { WORD_GIVEN_NAME = 1, WORD_FAMILY_NAME = 2 };

/* What a form in small letters can be, by a dictionary of inflections; a bit each, none for words it does not
 * have. */
enum word_kind {
    WORD_NOUN = 1,
    WORD_PLURAL = 2,
    WORD_VERB = 4,
    WORD_PAST = 8,
    WORD_PARTICIPLE = 16,
    WORD_GERUND = 32,
    WORD_THIRD_PERSON = 64,
    WORD_ADJECTIVE = 128,
    WORD_ADVERB = 256,
    WORD_COMPARATIVE = 512,
    WORD_SUPERLATIVE = 1024,
    WORD_KINDS = 2047
};

/* Lists of phrases, a bit each. */
enum word_list {
    WORD_LIST_COUNTRY,
    WORD_LIST_DIVISION,
    WORD_LIST_LARGE_PLACE,
    WORD_LIST_PLACE,
    WORD_LIST_SECOND_DIVISION,
    WORD_LIST_DEMONYM,
    WORD_LIST_ORGANISATION,
    WORD_LIST_POLITICIAN,
    WORD_LISTS
};
enum { WORD_PHRASE_MAX = 8, WORD_PHRASE_GOES_ON = 1 << WORD_LISTS /* longer phrases begin so */ };

/* From a model of kind "words", which is taken over, also on failure. 0, -ENOMEM, ERR_MALFORMED. */
int word_tables_create(struct word_tables **ret_tables, struct model *model, struct error *error);
void word_tables_destroy(struct word_tables **tables);

struct word_entry {
    uint16_t classes[WORD_CLASSES]; /* 0 = unknown */
    uint8_t frequency;              /* in small letters, 0 to 3 */
    uint8_t names;                  /* WORD_GIVEN_NAME, WORD_FAMILY_NAME */
    uint16_t kinds;                 /* bits of enum word_kind */
};

/* The word as printed and in lower case. */
void word_tables_find(const struct word_tables *tables, struct str word, struct str lower,
                      struct word_entry *ret_entry);

/* One step along a phrase: *hash is 0 at its first word. The lists that hold the phrase so far; *ret_goes_on
 * says whether one more word can make another. */
uint32_t word_tables_step(const struct word_tables *tables, uint64_t *hash, struct str word,
                          bool *ret_goes_on);

#endif
