/* date_private: what the parts of the date reader share. The text is folded and cut into tokens
 * (date_tokens.c), months, weekdays, clock and zone are recognised (date_months.c, date_weekdays.c,
 * date_clock.c, date_zone.c), the numbers that are left are gathered (date.c), and the evidence decides which
 * is which (date_decide.c). Nothing allocates. */
#ifndef NEWSD_FEEDS_BASE_DATE_PRIVATE_H
#define NEWSD_FEEDS_BASE_DATE_PRIVATE_H

#include "base/date.h"

enum {
    DATE_BYTES_MAX = 256,   /* of the source's text */
    DATE_FOLDED_MAX = 1024, /* of the same, folded (Unicode may make three letters of one) */
    DATE_TOKENS_MAX = 128,
    DATE_FIELDS_MAX = 8,
};

/* ---- Tokens ---- */

enum date_kind { TOKEN_END, TOKEN_NUMBER, TOKEN_WORD, TOKEN_SIGN };
enum date_unit { UNIT_NONE, UNIT_YEAR, UNIT_MONTH, UNIT_DAY, UNIT_HOUR, UNIT_MINUTE, UNIT_SECOND };

struct date_token {
    enum date_kind kind;
    enum date_unit unit; /* of a number: the sign behind it, as in 2025年 */
    int value, digits;   /* value: of at most nine digits */
    struct str text;     /* folded */
    bool spaced;         /* a blank stands before it */
    bool upper;          /* a word that is written in capitals only */
    bool comment;        /* in brackets: perhaps a zone, never more */
};

struct date_tokens {
    char text[DATE_FOLDED_MAX];
    bool capital[DATE_FOLDED_MAX]; /* the byte was a capital before folding */
    size_t len;
    struct date_token items[DATE_TOKENS_MAX + 1]; /* ends in TOKEN_END */
    size_t count;
    bool korean; /* Korean units or halves of the day: the clock is Korea's if it does not say otherwise */
};

/* Folds `text` (digits of every script to ASCII, dashes and minus to '-', case and accents away, brackets'
 * comments of RFC 822 3.4.3 out) and cuts it. False when it is too long. */
bool date_tokenise(struct str text, struct date_tokens *ret_tokens);

static inline bool token_is_word(const struct date_token *token, const char *word)
{
    return token->kind == TOKEN_WORD && token->text.ptr[0] == word[0] &&
           str_equal(token->text, str_from(word));
}

static inline bool token_is_sign(const struct date_token *token, char sign)
{
    return token->kind == TOKEN_SIGN && token->text.ptr[0] == sign;
}

static inline bool token_is_one_of(const struct date_token *token, const char *const *words)
{
    for (; *words; words++)
        if (token_is_word(token, *words))
            return true;
    return false;
}

/* ---- Names ---- */

/* month: 1 to 12, 0 = no month, DATE_MONTH_FOREIGN = a month of another calendar. other: the month that the
 * same word means in another language, or 0. */
struct date_month {
    int month, other;
    bool thai;
};
enum { DATE_MONTH_FOREIGN = -1 };

/* The month that a folded word names; its beginning of three letters and more serves if all months that begin
 * so are the same (`exact` false). */
struct date_month date_month_of(struct str word, bool exact);

struct date_month_name {
    const char *name; /* folded; several words with one blank between */
    signed char month, other;
};
/* The table, sorted by bytes, for its test. */
const struct date_month_name *date_month_names(size_t *ret_count);

/* 1 (Monday) to 7, 0 = no weekday or one that differs between languages. */
int date_weekday_of(struct str word, bool *ret_known);

/* ---- Clock and zone ---- */

enum date_half { HALF_NONE, HALF_AM, HALF_PM };
enum date_order { ORDER_UNKNOWN, ORDER_DAY_FIRST, ORDER_MONTH_FIRST };

struct date_parts {
    int year, month, day, hour, minute, second;
    int64_t fraction_ms;
    enum time_precision precision;
    enum date_half half;
    bool half_english;                 /* AM, p.m.: not of another language */
    bool clock, zoned, offset_numeric; /* numeric: stated as a number, which no name overrules */
    bool zone_unknown;
    int offset_min;
    char zone_name[48];         /* of the tz database, when it is one */
    enum date_order zone_order; /* how those write who have this zone */
};

/* Which half of the day the token at *at names (a.m., 오후, μ.μ.); moves behind it. */
enum date_half date_half_read(const struct date_tokens *tokens, size_t *at);

/* What stands before a number and lets a clock be expected. */
enum date_before { BEFORE_NOTHING, BEFORE_DATE, BEFORE_T };

/* A clock at *at (a number): 10:33, 2:05, 10h30, 10 a.m., 10時30分; 10.33.00 behind a date, 103300 behind
 * 'T'. Returns 1 (read, *at moved), 0 (none here), or -EINVAL (one that no day has). */
int date_clock_read(const struct date_tokens *tokens, size_t *at, enum date_before before,
                    struct date_parts *parts);

/* The zone at *at, directly behind a clock, if any; sets zone_unknown for a name that nobody knows. */
void date_zone_read(const struct date_tokens *tokens, size_t *at, struct date_parts *parts);
/* A name of a zone elsewhere; false when the word is none. */
bool date_zone_name(const struct date_token *token, struct date_parts *parts);

/* ---- Decision ---- */

struct date_field {
    int value, digits;
    enum date_unit unit;
    char sign;         /* the one sign between the number before and this one, or 0 */
    bool weekday_like; /* stands first, a comma behind it: where a weekday belongs */
};

struct date_fields {
    struct date_field items[DATE_FIELDS_MAX];
    size_t count;
    struct date_month month; /* named; month.month 0 = not */
    bool month_doubtful;     /* the name is a weekday's as well */
    bool words;              /* anything but numbers, signs and clock */
    int weekday;             /* 1 to 7, 0 = none */
    int era;                 /* years to be added to the year: Reiwa 7 = 2018 + 7 */
};

/* Sets year, month, day and, without a clock, the precision. 0, or -EINVAL when the evidence does not do. */
int date_decide(const struct date_fields *fields, struct date_parts *parts);

/* True when the year can be one of a feed's and has that day. */
bool date_is_day(int year, int month, int day);
/* 1 (Monday) to 7. */
int date_weekday(int year, int month, int day);

/* True when `text` is in one of the forms that need no evidence; *time has all but its raw text then. */
bool date_plain(struct str text, struct feed_time *time);

#endif
