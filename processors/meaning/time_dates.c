/* time_dates: days and months of the calendar, in words and in digits. */
#include "base/clock.h"
#include "processors/meaning/time_grammar.h"

enum {
    SENTENCES_TOLD = 1,
    SENTENCES_HISTORY = 2,
    HISTORY_YEARS = 5,
    YEARS_OF_HISTORY = 3,
    JUST_GONE_DAYS = 30,
    NEAR_AHEAD_DAYS = 60,
    NEAR_AHEAD_MONTH = 20,
    NEAR_GONE_DAYS = 120,
    MAY = 5,
    MARCH = 3,
    YEAR_FIRST = 1000,
    YEAR_LAST = 2199
};

struct parts {
    int year, month, day; /* 0 = not said */
    int weekday;
};

int time_days_in(int64_t year, int month)
{
    int64_t next = clock_days_from_civil(month == 12 ? year + 1 : year, month == 12 ? 1 : month + 1, 1);
    return (int)(next - clock_days_from_civil(year, month, 1));
}

/* How many days from now to the month or day in that year: negative when it is over. */
static int64_t days_ahead(const struct time_reader *reader, int month, int day, int64_t year)
{
    int64_t begin = clock_days_from_civil(year, month, day ? day : 1);
    int64_t end = begin + (day ? 1 : time_days_in(year, month));
    return begin > reader->anchor.day  ? begin - reader->anchor.day
           : end <= reader->anchor.day ? end - 1 - reader->anchor.day
                                       : 0;
}

/* The last such month or day, or the next: as the verb says, unless that is far and the other near, for then
 * a writer would have said the year. */
static int64_t year_by_tense(const struct time_reader *reader, int month, int day, enum time_tense tense,
                             bool since_then)
{
    int64_t year = time_point_year(reader->anchor), ahead = days_ahead(reader, month, day, year);
    if (!ahead)
        return year;
    int64_t gone = ahead < 0 ? year : year - 1, coming = gone + 1;
    int64_t since = -days_ahead(reader, month, day, gone), until = days_ahead(reader, month, day, coming);
    if (tense == TENSE_PAST) {
        bool near = until <= (day ? NEAR_AHEAD_DAYS : NEAR_AHEAD_MONTH);
        return near && !since_then ? coming : gone;
    }
    if (day && since < JUST_GONE_DAYS)
        return gone; /* a day just gone is not meant a year ahead, whatever the tense */
    return tense == TENSE_PRESENT && since <= NEAR_GONE_DAYS ? gone : coming;
}

int64_t time_year_of(const struct time_reader *reader, int month, int day, enum time_tense tense,
                     bool since_then)
{
    int64_t year = time_point_year(reader->anchor), told = time_point_year(reader->told);
    bool history = year - told >= HISTORY_YEARS;
    bool here = reader->sentence == reader->told_sentence;
    bool is_history = !reader->anchor.grain || here || reader->told_opens ||
                      reader->years_told >= YEARS_OF_HISTORY; /* a year in passing is no story of it */
    if (reader->told.grain && reader->told_year && is_history &&
        reader->sentence - reader->told_sentence <= (history ? SENTENCES_HISTORY : SENTENCES_TOLD) &&
        (!reader->anchor.grain || told != year))
        return told;
    return year_by_tense(reader, month, day, tense, since_then);
}

static uint32_t take(const struct time_reader *reader, uint32_t at, uint32_t end, const struct parts *parts,
                     struct time_found *found)
{
    int64_t year = parts->year;
    *found = (struct time_found){.kind = TIME_DATE, .origin = "stated", .confidence = 0.97F};
    found->yearless = !parts->year;
    if (!parts->year) {
        found->origin = "tense";
        found->confidence = 0.8F;
        if (!reader->anchor.grain && !(reader->told.grain && reader->told_year))
            return end;
        year = time_year_of(reader, parts->month, parts->day, time_tense_at(reader, at),
                            time_is(reader, at - 1, "since"));
    }
    if (parts->day > time_days_in(year, parts->month))
        return at;
    found->point = time_point_of(parts->day ? GRAIN_DAY : GRAIN_MONTH,
                                 clock_days_from_civil(year, parts->month, parts->day ? parts->day : 1));
    return end;
}

/* The month's number if the word is the name of one here: "May" is a verb and a woman as well. */
static int month_at(const struct time_reader *reader, uint32_t at)
{
    const struct time_word *word = time_word(reader, at, WORD_MONTH);
    bool whole = word != NULL;
    word = word ? word : time_word(reader, at, WORD_MONTH_SHORT);
    if (!word)
        return 0;
    const struct tree_node *node = time_node(reader, at);
    bool number = at + 1 < reader->tree->count && str_equal(time_node(reader, at + 1)->xpos, STR("CD"));
    number |= at > 0 && str_equal(time_node(reader, at - 1)->xpos, STR("CD"));
    bool capital = node->word.ptr[0] >= 'A' && node->word.ptr[0] <= 'Z';
    if (!capital || (!whole && !number && !str_ends(node->word, STR("."))))
        return 0;
    if ((word->value == MAY || word->value == MARCH) && !str_equal(node->xpos, STR("NNP")) && !number)
        return 0;
    return word->value;
}

/* "11", "11th", not the beginning of a count of something. */
static uint32_t day_read(const struct time_reader *reader, uint32_t at, int *ret_day)
{
    *ret_day = at < reader->tree->count ? (int)time_digits(time_node(reader, at)->word) : -1;
    uint32_t end = at + 1;
    if (*ret_day < 0 || time_node(reader, at)->word.len > 2)
        end = time_ordinal_read(reader, at, ret_day);
    else if (at + 1 < reader->tree->count && str_equal(time_node(reader, at + 1)->xpos, STR("NNS")) &&
             time_node(reader, at)->head == at + 1)
        return at;
    bool percent =
        time_is(reader, end, "%") || time_is(reader, end, "percent") || time_is(reader, end, "million");
    bool half = time_word(reader, end, WORD_HALF) != NULL;
    return *ret_day >= 1 && *ret_day <= 31 && !percent && !half ? end : at;
}

/* A year behind a day or month, perhaps with a comma or "of". */
static uint32_t year_behind(const struct time_reader *reader, uint32_t at, int *ret_year)
{
    uint32_t next = at + (time_is(reader, at, ",") || time_is(reader, at, "of"));
    next += next > at && time_is(reader, at, "of") && time_is(reader, next, "the") ? 1 : 0;
    int year = time_year_digits(reader, next);
    const struct time_word *which = time_word(reader, next, WORD_WHICH);
    bool named = which && time_is(reader, next + 1, "year") && reader->anchor.grain;
    if (year < 0 && !named)
        return at;
    *ret_year = named ? (int)time_point_year(reader->anchor) + which->value : year;
    return next + (named ? 2 : 1);
}

/* The second day of "Jan. 3-5", "3-5 January". */
static uint32_t range_behind(const struct time_reader *reader, uint32_t at, int first, int *ret_last)
{
    uint32_t end;
    if (!time_is(reader, at, "-") && !time_is(reader, at, "–") && !time_is(reader, at, "—"))
        return at;
    end = day_read(reader, at + 1, ret_last);
    return end > at + 1 && *ret_last > first ? end : at;
}

static void set_last(struct time_found *found, int days)
{
    if (days > 0 && found->point.grain == GRAIN_DAY) {
        found->last = found->point;
        found->last.day += days;
    }
}

/* "Jan. 11, 2022", "January 2022", "March". */
static uint32_t month_first(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    struct parts parts = {.month = month_at(reader, at)};
    int last = 0;
    if (!parts.month)
        return at;
    uint32_t next = at + 1 + time_is(reader, at + 1, "the");
    uint32_t end = day_read(reader, next, &parts.day);
    if (end == next) {
        parts.day = 0;
        end = at + 1;
    } else {
        end = range_behind(reader, end, parts.day, &last);
    }
    end = year_behind(reader, end, &parts.year);
    end = take(reader, at, end, &parts, found);
    set_last(found, last - parts.day);
    return end;
}

/* "11 January 2022", "the 11th of January". */
static uint32_t day_first(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    struct parts parts = {0};
    int last = 0;
    uint32_t end = day_read(reader, at, &parts.day);
    if (end == at)
        return at;
    end = range_behind(reader, end, parts.day, &last);
    end += time_is(reader, end, "of");
    parts.month = month_at(reader, end);
    if (!parts.month)
        return at;
    end = year_behind(reader, end + 1, &parts.year);
    end = take(reader, at, end, &parts, found);
    set_last(found, last - parts.day);
    return end;
}

/* "the 11th" alone: of the month told of or the one that the tense says. */
static uint32_t day_alone(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    int number = 0;
    uint32_t end = time_ordinal_read(reader, at, &number);
    bool digits = end == at + 1 && time_node(reader, at)->word.ptr[0] <= '9';
    bool stands_alone = end >= reader->tree->count || time_node(reader, end)->upos == UPOS_PUNCT ||
                        time_node(reader, end)->upos == UPOS_ADP ||
                        time_node(reader, end)->upos == UPOS_CCONJ;
    if (!digits || number > 31 || !time_is(reader, at - 1, "the") || !stands_alone || !reader->anchor.grain ||
        time_is(reader, end, "of") || time_is(reader, end, "in") || !time_is(reader, at - 2, "on"))
        return at;
    struct time_point month = time_point_of(GRAIN_MONTH, reader->anchor.day);
    bool past = time_tense_at(reader, at) == TENSE_PAST;
    if (past && month.day + number - 1 > reader->anchor.day)
        month = time_point_shift(month, -1);
    else if (!past && month.day + number - 1 < reader->anchor.day)
        month = time_point_shift(month, 1);
    *found = (struct time_found){.origin = "tense", .confidence = 0.5F};
    found->point = time_point_of(GRAIN_DAY, month.day + number - 1);
    return end;
}

/* Up to three numbers with one sign between them. */
static int cut(struct str word, char sign, int64_t numbers[3])
{
    int count = 0;
    struct str part;
    while (count < 3 && str_split(&word, sign, &part)) {
        numbers[count] = time_digits(part);
        if (numbers[count++] < 0)
            return 0;
    }
    return word.len ? 0 : count;
}

/* "2022-01-11", "9/11/2021", "11.1.2022". */
static uint32_t in_digits(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    struct str word = time_node(reader, at)->lower;
    ptrdiff_t time = str_find_byte(word, 't', 0);
    int64_t n[3] = {0};
    struct parts parts = {0};
    float confidence = 0.97F;
    if (time > 0)
        word = str_slice(word, 0, (size_t)time);
    if (word.len > 10 || word.len < 6)
        return at;
    if ((cut(word, '-', n) == 3 || cut(word, '/', n) == 3) && n[0] >= YEAR_FIRST) {
        parts = (struct parts){.year = (int)n[0], .month = (int)n[1], .day = (int)n[2]};
    } else if (cut(word, '/', n) == 3) {
        confidence = n[0] <= 12 && n[1] <= 12 && n[0] != n[1] ? 0.5F : 0.9F;
        parts = (struct parts){.year = (int)n[2], .month = (int)n[0], .day = (int)n[1]};
        if (n[0] > 12)
            parts = (struct parts){.year = (int)n[2], .month = (int)n[1], .day = (int)n[0]};
    } else if (cut(word, '.', n) == 3) {
        parts = (struct parts){.year = (int)n[2], .month = (int)n[1], .day = (int)n[0]};
    }
    if (parts.month < 1 || parts.month > 12 || parts.day < 1 || parts.year < YEAR_FIRST ||
        parts.year > YEAR_LAST)
        return at;
    uint32_t end = take(reader, at, at + 1, &parts, found);
    found->confidence = confidence;
    return end;
}

/* "2020/21", "9/11". */
static uint32_t slashed(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    int64_t n[3] = {0};
    if (cut(time_node(reader, at)->lower, '/', n) != 2)
        return at;
    if (n[0] == 9 && n[1] == 11) {
        struct parts attack = {.year = 2001, .month = 9, .day = 11};
        return take(reader, at, at + 1, &attack, found);
    }
    if (n[1] < 100)
        n[1] += n[0] - n[0] % 100;
    if (n[0] < YEAR_FIRST || n[0] > YEAR_LAST || n[1] != n[0] + 1)
        return at;
    *found = (struct time_found){.origin = "stated", .confidence = 0.8F};
    found->point = time_point_of(GRAIN_YEAR, clock_days_from_civil(n[0], 1, 1));
    found->last = time_point_shift(found->point, 1);
    return at + 1;
}

/* A date with its weekday before it; the weekday decides nothing. */
static uint32_t with_weekday(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    if (!time_word(reader, at, WORD_WEEKDAY) && !time_word(reader, at, WORD_WEEKDAY_SHORT))
        return at;
    uint32_t next = at + 1 + (time_is(reader, at + 1, ",") || time_is(reader, at + 1, "("));
    next += time_is(reader, next, "the");
    uint32_t end = month_first(reader, next, found);
    if (end == next)
        end = day_first(reader, next, found);
    if (end == next || found->point.grain == GRAIN_MONTH)
        return at;
    return end;
}

uint32_t time_date_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    static uint32_t (*const rules[])(const struct time_reader *, uint32_t, struct time_found *) = {
        with_weekday, month_first, day_first, in_digits, slashed, day_alone};
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        uint32_t end = rules[i](reader, at, found);
        if (end > at)
            return end;
        *found = (struct time_found){0};
    }
    return at;
}
