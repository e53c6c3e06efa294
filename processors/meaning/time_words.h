/* time_words: the English words that times are told with. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_TIME_WORDS_H
#define NEWSD_PROCESSORS_MEANING_TIME_WORDS_H

#include "base/str.h"

enum time_word_class {
    WORD_MONTH, /* 1 to 12 */
    WORD_MONTH_SHORT,
    WORD_WEEKDAY,  /* 1 (Monday) to 7 */
    WORD_WEEKDAYS, /* "Mondays" */
    WORD_WEEKDAY_SHORT,
    WORD_UNIT, /* enum time_grain */
    WORD_UNITS,
    WORD_NUMBER,      /* -1 = of no certain value */
    WORD_DECADE_WORD, /* "nineties": 90 */
    WORD_ORDINAL,
    WORD_PART, /* enum time_part */
    WORD_PARTS,
    WORD_SEASON,     /* from 0, spring */
    WORD_WHICH,      /* -1 last, 0 this, 1 next: counted from today */
    WORD_WHICH_THEN, /* the same, counted from the day that is told of */
    WORD_DAY,        /* days from today */
    WORD_EDGE,       /* 1 = "earlier", "later": only before "this", "last"; text: the mod */
    WORD_APPROX,     /* 1 = "than" follows; text: the mod */
    WORD_EACH,
    WORD_SET,   /* text: the period */
    WORD_VAGUE, /* text: the value */
    WORD_ZONE,  /* minutes before UTC */
    WORD_HALF   /* minutes of the day before it */
};

struct time_word {
    const char *word; /* in lower case */
    enum time_word_class class;
    int value;
    const char *text;
};

/* The word in lower case; NULL = none of them. */
const struct time_word *time_word_find(struct str lower);

#endif
