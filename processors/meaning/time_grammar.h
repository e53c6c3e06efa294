/* time_grammar: how English tells times. Each rule looks at the words from `at` on, a bounded number of them,
 * and answers where what it knows ends: `at` itself when it is not there. Shared by the time_*.c of this
 * room.
 *
 *     struct time_found found = {0};
 *     uint32_t end = time_date_read(&reader, at, &found);          "Jan. 11, 2022"
 */
#ifndef NEWSD_PROCESSORS_MEANING_TIME_GRAMMAR_H
#define NEWSD_PROCESSORS_MEANING_TIME_GRAMMAR_H

#include "processors/article.h"
#include "processors/language/tree.h"
#include "processors/meaning/time_point.h"
#include "processors/meaning/time_words.h"

struct time_reader {
    struct article *article;
    const struct tree *tree;              /* of the sentence at work; NULL where nothing is parsed */
    const struct time_word *const *words; /* of each of its tokens, NULL = none */
    struct time_point anchor;             /* the minute that "now" is; no grain = not known */
    struct time_point told;               /* the last date told of; no grain = none yet */
    bool told_year;                       /* the text said its year */
    bool told_opens;                      /* it stood at the head of its sentence: "In 1914 ..." */
    uint32_t years_told;                  /* how often it said an earlier one than now's */
    uint32_t sentence, told_sentence;
};

/* What a word before a time makes of its ends: "since", "until". */
enum time_open { OPEN_NOT, OPEN_SINCE, OPEN_UNTIL };

struct time_found {
    enum time_kind kind;
    struct time_point point, last; /* last: of a range, its end's begin */
    bool yearless;                 /* the year was not said: it was looked for */
    bool whole;                    /* begin_ms and end_ms are set already */
    struct str value;              /* where it is no point's */
    const char *mod, *origin;
    int64_t begin_ms, end_ms;
    uint32_t frequency;
    enum time_open open; /* where nothing is parsed */
    float confidence;
};

static inline const struct tree_node *time_node(const struct time_reader *reader, uint32_t at)
{
    return &reader->tree->nodes[at];
}

/* Is there such a token, and is it this word in lower case? Before the first is none either: `at - 1` is. */
static inline bool time_is(const struct time_reader *reader, uint32_t at, const char *lower)
{
    return at < reader->tree->count && str_equal(time_node(reader, at)->lower, str_from(lower));
}

/* The word there if it is of the class, or NULL. */
static inline const struct time_word *time_word(const struct time_reader *reader, uint32_t at,
                                                enum time_word_class class)
{
    const struct time_word *word = at < reader->tree->count ? reader->words[at] : NULL;
    return word && word->class == class ? word : NULL;
}

/* ---- Numbers (time_numbers.c) ---- */

/* Digits only, at most nine of them; -1 = it is not. */
int64_t time_digits(struct str text);
/* "8", "two", "twenty-five", "a few", "two and a half", in tenths, -1 = some; moves behind it. */
uint32_t time_number_read(const struct time_reader *reader, uint32_t at, int64_t *ret_tenths);
/* "third", "19th", "twenty-first"; moves behind it. */
uint32_t time_ordinal_read(const struct time_reader *reader, uint32_t at, int *ret_number);

/* ---- Tense (time_tense.c) ---- */

/* TENSE_PRESENT: "is", "meets", "to meet": mostly of what is ahead, less surely than "will". */
enum time_tense { TENSE_PAST, TENSE_PRESENT, TENSE_FUTURE };
/* What the verb that governs the word says. */
enum time_tense time_tense_at(const struct time_reader *reader, uint32_t at);

/* ---- Rules ---- */

/* Dates of the calendar: days, months, years, decades, quarters, ISO; time_dates.c, time_years.c. */
uint32_t time_date_read(const struct time_reader *reader, uint32_t at, struct time_found *found);
uint32_t time_year_read(const struct time_reader *reader, uint32_t at, struct time_found *found);
/* The year of a month (day 0) or day that has none: that of the other dates told of, or the nearest in the
 * verb's direction; `since_then`: it says when something began that has not ended. */
int64_t time_year_of(const struct time_reader *reader, int month, int day, enum time_tense tense,
                     bool since_then);
/* How many days the month has. */
int time_days_in(int64_t year, int month);
/* The four digits of a year, or -1. */
int time_year_digits(const struct time_reader *reader, uint32_t at);
/* Times of day: "11:33 a.m. ET", "noon"; the day is to be set; time_clock.c. */
uint32_t time_clock_read(const struct time_reader *reader, uint32_t at, struct time_found *found);
/* Counted from now or from what was told: "last week", "two days ago"; time_relative.c, time_offsets.c. */
uint32_t time_relative_read(const struct time_reader *reader, uint32_t at, struct time_found *found);
uint32_t time_offset_read(const struct time_reader *reader, uint32_t at, struct time_found *found);
/* Lengths, repetition, and what is vague; time_lengths.c. */
uint32_t time_length_read(const struct time_reader *reader, uint32_t at, struct time_found *found);
uint32_t time_set_read(const struct time_reader *reader, uint32_t at, struct time_found *found);
uint32_t time_vague_read(const struct time_reader *reader, uint32_t at, struct time_found *found);

/* The longest of all that begin at the word, with what stands before and joins them; time_phrases.c. */
uint32_t time_phrase_read(const struct time_reader *reader, uint32_t at, struct time_found *found);

#endif
