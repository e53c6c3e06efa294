/* time_tongue_dates: days, months and years of the calendar in nine languages. */
#include "base/clock.h"
#include "processors/meaning/time_tongues.h"

enum {
    YEAR_FIRST = 1000,
    YEAR_LAST = 2199,
    NEAR_FIRST = 1900,
    NEAR_LAST = 2099,
    ERA_BASE = 2000,
    LINKS_MAX = 3, /* "de l'année 2014" */
    JOINT_AND = 1,
};

struct date {
    int year, month, day;            /* 0 = not said */
    int last;                        /* the second day of a range, 0 = none */
    const struct tongue_word *which; /* the word that says before or behind now; NULL = none */
    bool ahead;                      /* "until" stands before it */
};

/* The year that lies as the word says of a day: "dernier", "próximo". */
static int64_t year_which(struct time_point now, const struct date *date)
{
    int64_t year = time_point_year(now), day = clock_days_from_civil(year, date->month, date->day);
    if (date->which->value < 0)
        return day >= now.day ? year - 1 : year;
    return date->which->value > 0 && day <= now.day ? year + 1 : year;
}

/* The date as a point; false when the calendar has no such day. Without a year the nearest, as English has
 * it. */
static bool settle(const struct tongue_reader *reader, const struct date *date, struct time_found *found)
{
    const struct time_reader *now = reader->reader;
    int64_t year = date->year;
    *found = (struct time_found){.kind = TIME_DATE, .origin = "stated", .confidence = 0.95F};
    if (!date->year) {
        found->yearless = true;
        found->origin = "anchored";
        found->confidence = 0.75F;
        if (!now->anchor.grain && !(now->told.grain && now->told_year))
            return date->day <= time_days_in(2000, date->month);
        year =
            date->which && now->anchor.grain
                ? year_which(now->anchor, date)
                : time_year_of(now, date->month, date->day, date->ahead ? TENSE_FUTURE : TENSE_PAST, false);
    }
    int days = date->month ? time_days_in(year, date->month) : 0;
    if (date->day > days || date->last > days)
        return false;
    found->point =
        time_point_of(date->day     ? GRAIN_DAY
                      : date->month ? GRAIN_MONTH
                                    : GRAIN_YEAR,
                      clock_days_from_civil(year, date->month ? date->month : 1, date->day ? date->day : 1));
    if (date->last) {
        found->last = found->point;
        found->last.day += date->last - date->day;
    }
    return true;
}

/* ---- In figures ---- */

/* The mark between two numbers that stand close: '.', '/' or '-'; 0 = none. */
static char mark_between(const struct tongue_reader *reader, uint32_t at)
{
    static const char marks[] = {'.', '/', '-'};
    for (size_t i = 0; i < sizeof(marks); i++)
        if (tongue_is(reader, at + 1, marks[i]) && at + 2 < reader->pieces->count &&
            !tongue_piece(reader, at + 1)->spaced && !tongue_piece(reader, at + 2)->spaced &&
            tongue_piece(reader, at + 2)->digits)
            return marks[i];
    return 0;
}

static bool ends_figures(const struct tongue_reader *reader, uint32_t end)
{
    bool clock = tongue_is(reader, end, 't') && end + 1 < reader->pieces->count &&
                 tongue_piece(reader, end + 1)->digits && !tongue_piece(reader, end)->spaced;
    return clock || !tongue_goes_on(reader, end);
}

uint32_t tongue_figures(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    char mark = tongue_number(reader, at, 4) >= 0 ? mark_between(reader, at) : 0;
    if (!mark || mark_between(reader, at + 2) != mark || !ends_figures(reader, at + 5) ||
        (at > 0 && tongue_is(reader, at - 1, '-') && !tongue_piece(reader, at)->spaced))
        return at;
    const struct time_piece *one = tongue_piece(reader, at), *two = one + 2, *three = one + 4;
    struct date date = {.year = one->value, .month = two->value, .day = three->value};
    bool year_first = one->digits == 4 && three->digits <= 2;
    bool day_first = one->digits <= 2 && three->digits == 4 && !reader->tongue->east;
    if (day_first)
        date = (struct date){.year = three->value, .month = two->value, .day = one->value};
    if ((!year_first && !day_first) || two->digits > 2 || date.month < 1 || date.month > 12 || date.day < 1 ||
        date.year < YEAR_FIRST || date.year > YEAR_LAST)
        return at;
    return settle(reader, &date, found) ? at + 5 : at;
}

/* ---- In words ---- */

/* A year of four digits that nothing makes a count; moves behind it and "года". */
static uint32_t year_digits(const struct tongue_reader *reader, uint32_t at, int *ret_year)
{
    uint32_t end = at + 1, unused;
    int year = tongue_number(reader, at, 4);
    if (year < YEAR_FIRST || year > YEAR_LAST)
        return at;
    if (!tongue_use(reader, end, TONGUE_TAIL, &end) &&
        (tongue_goes_on(reader, end) || tongue_use(reader, end, TONGUE_COUNTED, &unused)))
        return at;
    *ret_year = year;
    return end;
}

/* The year behind a month: "2024", "de 2024", "des Jahres 2024", "del año pasado". */
static uint32_t year_behind(const struct tongue_reader *reader, uint32_t at, int *ret_year)
{
    uint32_t next = at;
    for (int links = 0; links <= LINKS_MAX; links++) {
        struct time_found found = {0};
        uint32_t end = year_digits(reader, next, ret_year);
        if (end == next && tongue_unit(reader, next, &found) > next && found.point.grain == GRAIN_YEAR) {
            *ret_year = (int)time_point_year(found.point);
            end = tongue_unit(reader, next, &found);
        }
        if (end > next)
            return end;
        if (tongue_is(reader, next, '\''))
            next++;
        else if (!tongue_use(reader, next, TONGUE_OF | TONGUE_ARTICLE | TONGUE_LEAD_YEAR, &next))
            break;
    }
    return at;
}

/* "12", "12.", "1er", "primero". */
static uint32_t day_read(const struct tongue_reader *reader, uint32_t at, int *ret_day)
{
    uint32_t end = at + 1, next;
    const struct tongue_word *first = tongue_use(reader, at, TONGUE_FIRST, &end);
    *ret_day = first ? first->value : tongue_number(reader, at, 2);
    if (*ret_day < 1 || *ret_day > 31)
        return at;
    next = end + (!first && tongue_is(reader, end, '-'));
    if (next < reader->pieces->count && !tongue_piece(reader, next)->spaced &&
        (tongue_is(reader, next, '.') || tongue_use(reader, next, TONGUE_MARK, &next)))
        return next + (tongue_is(reader, next, '.') && next == end);
    return end;
}

/* A month, perhaps by both its names: "آذار/مارس". */
static uint32_t month_read(const struct tongue_reader *reader, uint32_t at, uint32_t uses, int *ret_month)
{
    uint32_t end = at, next;
    const struct tongue_word *word = tongue_use(reader, at, uses, &end);
    if (!word)
        return at;
    *ret_month = word->value;
    bool cut_short = !(word->uses & TONGUE_MONTH);
    bool bracket = tongue_is(reader, end, '(');
    if ((bracket || tongue_is(reader, end, '/')) && tongue_use(reader, end + 1, TONGUE_MONTH, &next) &&
        (!bracket || tongue_is(reader, next, ')')))
        return next + bracket;
    return end + (cut_short && tongue_is(reader, end, '.'));
}

/* The second day of "12-15", "12 al 15", "12 y 15"; false when what follows the joint is no such day. */
static bool range_read(const struct tongue_reader *reader, uint32_t *end, struct date *date)
{
    uint32_t next = *end;
    const struct tongue_word *joint = tongue_use(reader, *end, TONGUE_JOINT, &next);
    int last = 0;
    if (!joint && !tongue_is(reader, *end, '-'))
        return true;
    next += next == *end;
    *end = day_read(reader, next, &last);
    date->last = joint && joint->value == JOINT_AND ? 0 : last;
    return *end > next && last > date->day;
}

uint32_t tongue_day_month(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    struct date date = {.ahead = tongue_led(reader, at, TONGUE_AHEAD)};
    uint32_t begin = at, next;
    date.which = tongue_use(reader, at, TONGUE_BEFORE | TONGUE_BEFORE_DAY, &begin);
    uint32_t day = day_read(reader, begin, &date.day), end = day;
    if (end == begin || !range_read(reader, &end, &date))
        return at;
    bool first = end > day && !date.last; /* of two: only the second has the month beside it */
    (void)tongue_use(reader, end, TONGUE_OF | TONGUE_ARTICLE, &end);
    end += tongue_is(reader, end, '\'');
    next = month_read(reader, end, TONGUE_MONTH | TONGUE_SHORT, &date.month);
    if (next == end)
        return at;
    bool name = reader->tongue->small && tongue_piece(reader, end)->capital; /* a street's: "25 de Mayo" */
    end = year_behind(reader, next, &date.year);
    if (end == next && !date.which)
        date.which = tongue_use(reader, next, TONGUE_BEHIND, &end);
    if (name && !date.year)
        return at;
    return !settle(reader, &date, found) ? at : first ? day : end;
}

/* "98 de marzo": no month by itself, whatever is wrong with its day. */
static bool has_number_before(const struct tongue_reader *reader, uint32_t at)
{
    at -= tongue_before(reader, at, TONGUE_OF) != NULL;
    return at > 0 && tongue_piece(reader, at - 1)->digits;
}

/* "mayo y junio de 2024": the year of the second month is that of the first; 0 = there is none. */
static int year_shared(const struct tongue_reader *reader, uint32_t at, int month)
{
    int second = 0, year = 0;
    uint32_t next = at, end;
    if (!tongue_use(reader, at, TONGUE_JOINT, &next) &&
        (tongue_is(reader, at, '-') || tongue_is(reader, at, ',')))
        next++;
    end = next > at ? month_read(reader, next, TONGUE_MONTH, &second) : next;
    if (end == next || year_behind(reader, end, &year) == end)
        return 0;
    return second > month ? year : year - 1;
}

uint32_t tongue_month(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    struct date date = {0};
    uint32_t end = month_read(reader, at, TONGUE_MONTH, &date.month), behind;
    if (end == at || has_number_before(reader, at) ||
        (reader->tongue->large && !tongue_piece(reader, at)->capital))
        return at;
    const struct tongue_word *which = tongue_use(reader, end, TONGUE_BEHIND, &behind);
    if (which) {
        tongue_which_month(reader, date.month, which->value, found);
        return behind;
    }
    behind = year_behind(reader, end, &date.year);
    bool name = reader->tongue->small && tongue_piece(reader, at)->capital;
    if (behind == end)
        date.year = year_shared(reader, end, date.month);
    if (!date.year && (name || !tongue_led(reader, at, TONGUE_LEAD)))
        return at;
    date.ahead = tongue_led(reader, at, TONGUE_AHEAD);
    return settle(reader, &date, found) ? behind : at;
}

/* "2010-2014", "2023/24": behind the second year. */
static uint32_t years_behind(const struct tongue_reader *reader, uint32_t at, int first, int *ret_last)
{
    if (!tongue_is(reader, at, '-') && !tongue_is(reader, at, '/'))
        return at;
    bool cut = at + 1 < reader->pieces->count && tongue_piece(reader, at + 1)->digits == 2;
    int year = at + 1 < reader->pieces->count ? tongue_piece(reader, at + 1)->value : -1;
    uint32_t end = at + 2;
    year += cut ? first - first % 100 : 0;
    if (year <= first || year > YEAR_LAST || (cut && year != first + 1) ||
        (!tongue_use(reader, end, TONGUE_TAIL, &end) && tongue_goes_on(reader, end)))
        return at;
    *ret_last = year;
    return end;
}

/* "2010 y 2014": the second is a year as the first is. */
static bool is_second_year(const struct tongue_reader *reader, uint32_t at)
{
    return at > 1 && tongue_before(reader, at, TONGUE_JOINT) && tongue_piece(reader, at - 2)->digits == 4;
}

/* "2010 bis 2014": the first is one as the second is. */
static bool is_first_year(const struct tongue_reader *reader, uint32_t end, int year)
{
    uint32_t next;
    int second = 0;
    return tongue_use(reader, end, TONGUE_JOINT, &next) && year_digits(reader, next, &second) > next &&
           second > year && second <= NEAR_LAST;
}

/* What says that a number is a year. */
static bool is_year(const struct tongue_reader *reader, uint32_t at, uint32_t end, int year)
{
    bool led = !reader->tongue->tailed && (tongue_led(reader, at, TONGUE_LEAD | TONGUE_AHEAD) ||
                                           is_second_year(reader, at) || is_first_year(reader, end, year));
    bool bracket = at > 0 && tongue_is(reader, at - 1, '(') && tongue_is(reader, end, ')');
    bool opens = reader->tongue->large && at == 0 && end < reader->pieces->count &&
                 !tongue_piece(reader, end)->capital &&
                 tongue_piece(reader, end)->letters; /* "2014 wurde ..." */
    return (led || bracket || opens) && year >= NEAR_FIRST && year <= NEAR_LAST;
}

uint32_t tongue_year(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    struct date date = {.year = tongue_number(reader, at, 4)};
    int last = 0;
    bool is_four = date.year >= YEAR_FIRST && tongue_piece(reader, at)->digits == 4;
    uint32_t end = is_four ? years_behind(reader, at + 1, date.year, &last) : at;
    if (!last)
        end = year_digits(reader, at, &date.year);
    if (end == at)
        return at;
    bool tail = tongue_before(reader, end, TONGUE_TAIL);
    bool said = tail || tongue_before(reader, at, TONGUE_LEAD_YEAR);
    if (!said && !is_year(reader, at, end, date.year))
        return at;
    (void)settle(reader, &date, found);
    found->confidence = said ? 0.95F : 0.8F;
    if (last)
        found->last = time_point_shift(found->point, last - date.year);
    return end;
}

/* ---- Year, month, day: Chinese and Japanese ---- */

/* A number with the mark behind it; *ret_number stays when it is not there. */
static uint32_t marked(const struct tongue_reader *reader, uint32_t at, uint32_t digits, uint32_t marks,
                       int *ret_number)
{
    uint32_t end = at + 1;
    const struct tongue_word *first = tongue_use(reader, at, TONGUE_FIRST, &end);
    int number = first ? first->value : tongue_number(reader, at, digits);
    if (number < 1 || !tongue_use(reader, end, marks, &end))
        return at;
    *ret_number = number;
    return end;
}

/* "2024年", "令和6年", "去年", and "先月", which says the month as well. */
static uint32_t east_year(const struct tongue_reader *reader, uint32_t at, struct date *date)
{
    uint32_t end = at, behind;
    const struct tongue_word *era = tongue_use(reader, at, TONGUE_ERA, &end);
    int number = 0;
    behind = marked(reader, end, era ? 2 : 4, TONGUE_YEAR_MARK, &number);
    if (behind > end && era)
        number += ERA_BASE + era->value;
    if (behind > end && number >= YEAR_FIRST && number <= YEAR_LAST) {
        date->year = number;
        return behind;
    }
    const struct tongue_word *piece = tongue_use(reader, at, TONGUE_PIECE, &end);
    enum time_grain grain = piece ? (enum time_grain)piece->grain : GRAIN_NONE;
    if (!reader->reader->anchor.grain || (grain != GRAIN_YEAR && grain != GRAIN_MONTH))
        return at;
    int64_t year;
    int month, day;
    clock_civil_from_days(
        time_point_shift(time_point_of(grain, reader->reader->anchor.day), piece->value).day, &year, &month,
        &day);
    date->year = (int)year;
    date->month = grain == GRAIN_MONTH ? month : 0;
    return end;
}

/* A day alone: of the month in which it lies nearest. */
static void set_nearest(const struct tongue_reader *reader, int day, struct time_found *found)
{
    struct time_point anchor = reader->reader->anchor;
    int64_t best = -1;
    *found = (struct time_found){
        .kind = TIME_DATE, .origin = "anchored", .confidence = anchor.grain ? 0.6F : 0.3F};
    for (int shift = -1; shift <= 1 && anchor.grain; shift++) {
        struct time_point month = time_point_shift(time_point_of(GRAIN_MONTH, anchor.day), shift);
        int64_t found_day = month.day + day - 1, away = found_day - anchor.day;
        away = away < 0 ? -away : away;
        if (found_day < time_point_shift(month, 1).day && (best < 0 || away < best)) {
            best = away;
            found->point = time_point_of(GRAIN_DAY, found_day);
        }
    }
}

/* "3日間", "1日2回", "1500年": a length, whatever the number's mark is. */
static bool is_length(const struct tongue_reader *reader, uint32_t end, const struct date *date)
{
    uint32_t unused;
    bool number = end < reader->pieces->count && tongue_piece(reader, end)->digits;
    if (tongue_use(reader, end, TONGUE_NOT_BEHIND, &unused))
        return true;
    return date->month ? false : date->year ? date->year < NEAR_FIRST && date->year % 100 == 0 : number;
}

uint32_t tongue_east(const struct tongue_reader *reader, uint32_t at, struct time_found *found)
{
    struct date date = {0};
    uint32_t end = east_year(reader, at, &date), next = end, unused;
    bool counts = tongue_piece(reader, at)->digits && tongue_before(reader, at, TONGUE_VETO);
    if (!reader->tongue->east || counts)
        return at;
    bool piece = tongue_use(reader, at, TONGUE_PIECE, &unused) != NULL;
    if (end > at)
        (void)tongue_use(reader, end, TONGUE_OF, &next);
    uint32_t month = date.month ? next : marked(reader, next, 2, TONGUE_MONTH_MARK, &date.month);
    if (date.month > 12)
        return at;
    uint32_t marks = TONGUE_DAY_MARK | (date.month ? TONGUE_DAY_MARK_SPOKEN : 0);
    uint32_t day = date.month || end == at ? marked(reader, month, 2, marks, &date.day) : month;
    end = day > month ? day : month > next ? month : end;
    if (end == at || date.day > 31 || is_length(reader, end, &date))
        return at;
    if (!date.year && !date.month)
        set_nearest(reader, date.day, found);
    else if (!settle(reader, &date, found))
        return at;
    if (piece)
        found->origin = "anchored";
    return end;
}
