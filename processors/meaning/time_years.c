/* time_years: years and what is longer or a part of them: decades, centuries, quarters, seasons. */
#include "base/clock.h"
#include "processors/meaning/time_grammar.h"

enum { YEAR_MIN = 1000, YEAR_MAX = 2199, NEAR_MIN = 1900, NEAR_MAX = 2099 };

static struct time_point year_point(enum time_grain grain, int64_t year)
{
    return time_point_of(grain, clock_days_from_civil(year, 1, 1));
}

static uint32_t state(struct time_found *found, struct time_point point, uint32_t end, float confidence)
{
    found->kind = TIME_DATE;
    found->point = point;
    found->origin = "stated";
    found->confidence = confidence;
    return end;
}

int time_year_digits(const struct time_reader *reader, uint32_t at)
{
    int64_t year = at < reader->tree->count && time_node(reader, at)->word.len == 4
                       ? time_digits(time_node(reader, at)->word)
                       : -1;
    return year >= YEAR_MIN && year <= YEAR_MAX ? (int)year : -1;
}

static bool one_of(const struct time_reader *reader, uint32_t at, const char *const *list)
{
    for (; *list; list++)
        if (time_is(reader, at, *list))
            return true;
    return false;
}

/* Words that count or measure what is behind a number, and signs of money. */
static bool is_counted(const struct time_reader *reader, uint32_t at)
{
    static const char *const units[] = {"percent",    "per",   "%",       "km",      "kilometers",
                                        "kilometres", "miles", "million", "billion", "metres",
                                        "meters",     "gmt",   "hours",   "year",    "years",
                                        "people",     "feet",  ".",       NULL};
    static const char *const money[] = {"$",      "€", "£",    "us$",    "about", "than", "no.",
                                        "number", "#", "some", "nearly", "over",  NULL};
    bool unit =
        at + 1 < reader->tree->count && !time_is(reader, at + 1, ".") && one_of(reader, at + 1, units);
    return unit || one_of(reader, at - 1, money);
}

/* A number that counts: a plural is behind it ("2000 people") and no article before. */
static bool counts_things(const struct time_reader *reader, uint32_t at)
{
    if (at + 1 >= reader->tree->count)
        return false;
    struct str xpos = time_node(reader, at + 1)->xpos;
    bool named = at > 0 && time_node(reader, at - 1)->upos == UPOS_PROPN; /* "the London 2012 Olympics" */
    bool plural = str_equal(xpos, STR("NNS")) || (str_equal(xpos, STR("NNPS")) && !named);
    if (str_equal(xpos, STR("JJ")) && at + 2 < reader->tree->count)
        plural = str_equal(time_node(reader, at + 2)->xpos, STR("NNS")) &&
                 time_node(reader, at)->relation == REL_NUMMOD;
    return plural && !time_is(reader, at - 1, "the");
}

/* What makes four digits a year: a word before them, brackets, or a noun behind that they tell apart. */
static bool is_year(const struct time_reader *reader, uint32_t at, int year)
{
    static const char *const leads[] = {
        "in",      "since",   "until",      "till", "from",  "by",     "before", "after", "during", "of",
        "to",      "through", "for",        "year", "years", "and",    "early",  "late",  "mid",    "circa",
        "between", "around",  "throughout", "(",    "c.",    "fiscal", "or",     "over",  "pre",    "post",
        "born",    "–",       "-",          "—",    ",",     "the",    NULL};
    bool near = year >= NEAR_MIN && year <= NEAR_MAX;
    if (is_counted(reader, at) || counts_things(reader, at))
        return false;
    if (time_is(reader, at - 1, "the") || time_is(reader, at - 1, "a") || time_is(reader, at + 1, "'s"))
        return near;
    if (time_year_digits(reader, at + 2) > year &&
        (time_is(reader, at + 1, "-") || time_is(reader, at + 1, "–")))
        return true; /* "(1710-1774)" */
    if (one_of(reader, at - 1, leads))
        return near || !time_is(reader, at - 1, "for");
    return near && (time_node(reader, at)->relation != REL_NUMMOD || at == 0 ||
                    str_equal(time_node(reader, at - 1)->xpos, STR("POS")) ||
                    str_equal(time_node(reader, at - 1)->xpos, STR("PRP$")) ||
                    str_starts(time_node(reader, at - 1)->xpos, STR("NN")));
}

/* "1990s", "'90s", "nineties". */
static uint32_t decade_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    struct str word = time_node(reader, at)->lower;
    const struct time_word *named = time_word(reader, at, WORD_DECADE_WORD);
    bool mark = word.len > 2 && (word.ptr[0] == '\'' || str_starts(word, STR("’")));
    size_t skip = mark ? word.ptr[0] == '\'' ? 1 : 3 : 0, tail = str_ends(word, STR("'s")) ? 2 : 1;
    if (named)
        return time_is(reader, at - 1, "the")
                   ? state(found, year_point(GRAIN_DECADE, 1900 + named->value), at + 1, 0.7F)
                   : at;
    if (word.len < skip + tail + 2 || !str_ends(word, STR("s")))
        return at;
    word = str_slice(word, skip, word.len - tail);
    int64_t year = time_digits(word);
    if (word.len == 2 && year >= 0 && (mark || time_is(reader, at - 1, "the")))
        year += year < 30 ? 2000 : 1900;
    if (year < YEAR_MIN || year > YEAR_MAX || year % 10)
        return at;
    return state(found, year_point(GRAIN_DECADE, year), at + 1, 0.9F);
}

/* "the 19th century", "21st-century". */
static uint32_t century_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    int number = 0;
    uint32_t end = time_ordinal_read(reader, at, &number);
    if (end == at || number < 10 || number > 22)
        return at;
    end += time_is(reader, end, "-");
    if (!time_is(reader, end, "century") && !time_is(reader, end, "centuries"))
        return at;
    return state(found, year_point(GRAIN_CENTURY, (number - 1) * 100), end + 1, 0.95F);
}

/* The year behind a part of it: "of 2021", "2021", "of last year"; none said: that of now. */
static uint32_t of_year(const struct time_reader *reader, uint32_t at, int64_t *ret_year,
                        struct time_found *found)
{
    uint32_t next = at + time_is(reader, at, "of");
    next += time_is(reader, at, ",") && time_year_digits(reader, at + 1) > 0;
    int year = time_year_digits(reader, next);
    const struct time_word *which = time_word(reader, next, WORD_WHICH);
    next += !which && time_is(reader, next, "the") ? 1 : 0;
    which = time_word(reader, next, WORD_WHICH);
    found->yearless = year < 0;
    if (year > 0) {
        *ret_year = year;
        return next + 1;
    }
    *ret_year = time_point_year(reader->anchor);
    if (which && time_is(reader, next + 1, "year")) {
        found->yearless = false;
        *ret_year += which->value;
        return next + 2;
    }
    return at;
}

/* A part of a year, counted from 0; without a year the last or the next such part, by the tense. */
static uint32_t part_of_year(const struct time_reader *reader, uint32_t at, uint32_t end,
                             enum time_grain grain, int count, struct time_found *found)
{
    static const int months[GRAINS] = {[GRAIN_HALF] = 6, [GRAIN_SEASON] = 3, [GRAIN_QUARTER] = 3};
    int64_t year = 0;
    end = of_year(reader, end, &year, found);
    (void)state(found, (struct time_point){0}, end, 0.9F);
    if (found->yearless && !reader->anchor.grain)
        return end;
    int month = count * months[grain] + (grain == GRAIN_SEASON ? 3 : 1);
    found->point = time_point_of(grain, clock_days_from_civil(year, month, 1));
    if (!found->yearless)
        return end;
    bool past = time_tense_at(reader, at) == TENSE_PAST;
    if (past && found->point.day > reader->anchor.day)
        found->point.day = clock_days_from_civil(year - 1, month, 1);
    else if (!past && time_point_shift(found->point, 1).day <= reader->anchor.day)
        found->point.day = clock_days_from_civil(year + 1, month, 1);
    found->origin = "tense";
    found->confidence = 0.6F;
    return end;
}

/* "the third quarter", "third-quarter", "Q3 2021", "the first half of 2021". */
static uint32_t quarter_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    struct str lower = time_node(reader, at)->lower;
    int number = 0;
    if (lower.len == 2 && lower.ptr[0] == 'q' && lower.ptr[1] >= '1' && lower.ptr[1] <= '4')
        return part_of_year(reader, at, at + 1, GRAIN_QUARTER, lower.ptr[1] - '1', found);
    uint32_t end = time_ordinal_read(reader, at, &number);
    if (end == at || number > 4)
        return at;
    bool hyphen = time_is(reader, end, "-");
    if (time_is(reader, end + hyphen, "quarter") && (hyphen || !time_is(reader, at - 1, "a")))
        return part_of_year(reader, at, end + hyphen + 1, GRAIN_QUARTER, number - 1, found);
    if (number <= 2 && time_is(reader, end, "half") && time_is(reader, end + 1, "of")) {
        int64_t year;
        uint32_t behind = of_year(reader, end + 1, &year, found);
        if (behind > end + 1)
            return part_of_year(reader, at, end + 1, GRAIN_HALF, number - 1, found);
    }
    return at;
}

/* "summer 2019", "the spring of 2020", "in the fall". */
static uint32_t season_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    const struct time_word *season = time_word(reader, at, WORD_SEASON);
    int64_t year;
    if (!season || !str_starts(time_node(reader, at)->xpos, STR("NN")))
        return at;
    bool said = of_year(reader, at + 1, &year, found) > at + 1;
    bool lone = (time_is(reader, at - 1, "the") || time_is(reader, at - 1, "this")) &&
                (time_is(reader, at - 2, "in") || time_is(reader, at - 2, "during") ||
                 time_is(reader, at - 2, "by") || time_is(reader, at - 2, "until"));
    return said || lone ? part_of_year(reader, at, at + 1, GRAIN_SEASON, season->value, found) : at;
}

/* "fiscal 2021", "FY2021", "fiscal year 2021". */
static uint32_t fiscal_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    struct str lower = time_node(reader, at)->lower;
    int64_t year = str_starts(lower, STR("fy")) && lower.len == 6 ? time_digits(str_slice(lower, 2, 6)) : -1;
    uint32_t digits = at + 1 + time_is(reader, at + 1, "year");
    if (year >= NEAR_MIN && year <= NEAR_MAX)
        return state(found, year_point(GRAIN_YEAR, year), at + 1, 0.8F);
    if (!str_equal(lower, STR("fiscal")) || time_year_digits(reader, digits) < 0)
        return at;
    return state(found, year_point(GRAIN_YEAR, time_year_digits(reader, digits)), digits + 1, 0.8F);
}

/* "347 AD", "400 BC". */
static uint32_t era_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    int64_t year = time_digits(time_node(reader, at)->word);
    bool christian = time_is(reader, at + 1, "ad") || time_is(reader, at + 1, "ce");
    bool before = time_is(reader, at + 1, "bc") || time_is(reader, at + 1, "bce");
    if (year < 1 || year > YEAR_MAX || (!christian && !before) ||
        time_node(reader, at + 1)->word.ptr[0] > 'Z')
        return at;
    (void)state(found, (struct time_point){0}, at, 0.9F);
    if (christian)
        found->point = year_point(GRAIN_YEAR, year);
    else
        found->value = arena_printf(reader->article->arena, "BC%04d", (int)year);
    return at + 2;
}

uint32_t time_year_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    static uint32_t (*const rules[])(const struct time_reader *, uint32_t, struct time_found *) = {
        decade_read, century_read, quarter_read, season_read, fiscal_read};
    int year = time_year_digits(reader, at);
    uint32_t era = era_read(reader, at, found);
    if (era > at)
        return era;
    if (year > 0 && is_year(reader, at, year))
        return state(found, year_point(GRAIN_YEAR, year), at + 1, year >= NEAR_MIN ? 0.9F : 0.7F);
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        uint32_t end = rules[i](reader, at, found);
        if (end > at)
            return end;
        *found = (struct time_found){0};
    }
    return at;
}
