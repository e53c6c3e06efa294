/* time_tongue_words: the words that nine languages tell dates with: Spanish, French, German, Portuguese,
 * Italian, Russian, Arabic, Chinese, Japanese. Pure; any thread. */
#ifndef NEWSD_PROCESSORS_MEANING_TIME_TONGUE_WORDS_H
#define NEWSD_PROCESSORS_MEANING_TIME_TONGUE_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "processors/meaning/time_point.h"

/* What a word may be; one may be several. */
enum tongue_use {
    TONGUE_MONTH = 1 << 0,            /* 1 to 12 */
    TONGUE_SHORT = 1 << 1,            /* a month cut short: behind its day only */
    TONGUE_WEEKDAY = 1 << 2,          /* 1 (Monday) to 7 */
    TONGUE_DAY = 1 << 3,              /* days from today */
    TONGUE_UNIT = 1 << 4,             /* its grain */
    TONGUE_PIECE = 1 << 5,            /* "去年": its grain, so many from now */
    TONGUE_BEFORE = 1 << 6,           /* -1 last, 0 this, 1 next: before its noun */
    TONGUE_BEHIND = 1 << 7,           /* the same behind it */
    TONGUE_BEFORE_DAY = 1 << 8,       /* before weekdays and months only: "último" */
    TONGUE_LEAD = 1 << 9,             /* enum time_open; before lone years, months: "en" */
    TONGUE_AHEAD = 1 << 10,           /* the weekday behind it is to come: "hasta" */
    TONGUE_LEAD_YEAR = 1 << 11,       /* "año", "عام" */
    TONGUE_OF = 1 << 12,              /* between day, month and year */
    TONGUE_ARTICLE = 1 << 13,         /* between a weekday and its date, a lead and its year */
    TONGUE_JOINT = 1 << 14,           /* between two days of a month: "al", "bis"; 1 = "and" */
    TONGUE_FIRST = 1 << 15,           /* a number in words */
    TONGUE_MARK = 1 << 16,            /* stuck to a day's number: "1er" */
    TONGUE_TAIL = 1 << 17,            /* behind a year: "года" */
    TONGUE_VETO = 1 << 18,            /* before a day that is none: "cada lunes" */
    TONGUE_COUNTED = 1 << 19,         /* behind a number that counts */
    TONGUE_YEAR_MARK = 1 << 20,       /* 年 */
    TONGUE_MONTH_MARK = 1 << 21,      /* 月 */
    TONGUE_DAY_MARK = 1 << 22,        /* 日 */
    TONGUE_DAY_MARK_SPOKEN = 1 << 23, /* 号: behind a month only */
    TONGUE_HAN_DAY = 1 << 24,         /* behind a week: "下周一" */
    TONGUE_ERA = 1 << 25,             /* the year before its first, from 2000 */
    TONGUE_NOT_BEHIND = 1 << 26,      /* behind a number of days that is none of a date: "3日間" */
    TONGUE_LED = 1 << 27,             /* only behind a lead: "в среду" */
    TONGUE_SMALL = 1 << 28,           /* only in lower case: "morgen" */
    TONGUE_NUMBERED = 1 << 29,        /* only with its day behind: "segunda (11)" */
    TONGUE_OTHER = 1 << 30,           /* none of these: it hides a shorter one, "今日头条" */
};

struct tongue_word {
    const char *word; /* in lower case; Arabic without vowel signs, its alifs plain */
    uint32_t uses;    /* enum tongue_use */
    int8_t value;
    uint8_t grain; /* enum time_grain */
};

struct time_tongue {
    const char *language; /* its primary tag */
    const struct tongue_word *words;
    size_t count;
    bool east;   /* no spaces between words, the year first */
    bool small;  /* weekdays and months are written small */
    bool tailed; /* a year is told by the word behind it alone: "2014 году" */
    bool large;  /* they are written with a capital letter, always */
};

/* By the language of an article; NULL = none of the nine. */
const struct time_tongue *time_tongue_find(struct str language);

/* The place in its words of the first that is not less than the text: those that begin with it stand from
 * there on, the shorter before the longer. */
size_t time_tongue_from(const struct time_tongue *tongue, struct str text);

#endif
