/* time_point: see the header. Weeks are ISO 8601's, seasons the northern meteorological ones; a winter
 * belongs to the year in which it begins. */
#include "processors/meaning/time_point.h"

#include "base/clock.h"

enum { DAY_MS = 24 * 60 * 60 * 1000, MINUTE_MS = 60 * 1000, SEASON_MONTHS = 3, FIRST_SEASON = 3 };

/* Months of the sizes that are made of months. */
static int months_of(enum time_grain grain)
{
    static const int months[GRAINS] = {
        [GRAIN_CENTURY] = 1200, [GRAIN_DECADE] = 120, [GRAIN_YEAR] = 12, [GRAIN_HALF] = 6,
        [GRAIN_SEASON] = 3,     [GRAIN_QUARTER] = 3,  [GRAIN_MONTH] = 1,
    };
    return months[grain];
}

static int64_t floor_to(int64_t value, int64_t step)
{
    int64_t rest = value % step;
    return value - (rest < 0 ? rest + step : rest);
}

/* Months since the year 0. */
static int64_t month_number(int64_t day)
{
    int64_t year;
    int month, of_month;
    clock_civil_from_days(day, &year, &month, &of_month);
    return year * 12 + month - 1;
}

static int64_t month_day(int64_t number)
{
    int64_t year = floor_to(number, 12) / 12;
    return clock_days_from_civil(year, (int)(number - year * 12) + 1, 1);
}

/* The Monday of its week; 1970-01-01 was a Thursday. */
static int64_t monday(int64_t day)
{
    return floor_to(day + 3, 7) - 3;
}

struct time_point time_point_of(enum time_grain grain, int64_t day)
{
    struct time_point point = {.grain = grain, .day = day};
    int64_t months = months_of(grain), lead = grain == GRAIN_SEASON ? FIRST_SEASON - 1 : 0;
    if (months)
        point.day = month_day(floor_to(month_number(day) - lead, months) + lead);
    else if (grain == GRAIN_WEEK)
        point.day = monday(day);
    else if (grain == GRAIN_WEEKEND)
        point.day = monday(day) + 5;
    return point;
}

struct time_point time_point_shift(struct time_point point, int64_t count)
{
    static const int64_t minutes[GRAINS] = {[GRAIN_HOUR] = 60, [GRAIN_MINUTE] = 1};
    int64_t months = months_of(point.grain), minute;
    if (months) {
        point.day = month_day(month_number(point.day) + count * months);
    } else if (minutes[point.grain]) {
        minute = point.minute + count * minutes[point.grain];
        point.day += floor_to(minute, MINUTES_OF_DAY) / MINUTES_OF_DAY;
        point.minute = (int)(minute - floor_to(minute, MINUTES_OF_DAY));
    } else if (point.grain != GRAIN_SECOND) {
        point.day += point.grain == GRAIN_WEEK || point.grain == GRAIN_WEEKEND ? 7 * count : count;
    }
    return point;
}

int64_t time_point_year(struct time_point point)
{
    return floor_to(month_number(point.day), 12) / 12;
}

/* Minutes of the day at which its parts begin and end. */
static const struct {
    const char *text;
    int begin, end;
} parts[TIME_PARTS] = {
    {"MO", 360, 720}, {"AF", 720, 1080}, {"EV", 1080, 1320}, {"NI", 1080, 1800}, {"MI", 720, 780}};

int64_t time_point_begin_ms(struct time_point point)
{
    int minute = point.grain == GRAIN_PART  ? parts[point.part].begin
                 : point.grain > GRAIN_PART ? point.minute - point.zone_minutes
                                            : 0;
    return point.day * DAY_MS + (int64_t)minute * MINUTE_MS;
}

int64_t time_point_end_ms(struct time_point point)
{
    if (point.grain == GRAIN_PART)
        return point.day * DAY_MS + (int64_t)parts[point.part].end * MINUTE_MS;
    if (point.grain == GRAIN_WEEKEND)
        return (point.day + 2) * DAY_MS;
    return time_point_begin_ms(time_point_shift(point, 1));
}

static int iso_week(int64_t day, int64_t *ret_year)
{
    struct time_point thursday = {.grain = GRAIN_DAY, .day = monday(day) + 3};
    *ret_year = time_point_year(thursday);
    return (int)((thursday.day - clock_days_from_civil(*ret_year, 1, 1)) / 7) + 1;
}

struct str time_point_value(struct arena *arena, struct time_point point)
{
    static const char *const seasons[] = {"SP", "SU", "FA", "WI"};
    int64_t year, week_year;
    int month, day, week = iso_week(point.day, &week_year);
    clock_civil_from_days(point.day, &year, &month, &day);
    int y = (int)year, w = (int)week_year;
    switch (point.grain) {
    case GRAIN_CENTURY:
        return arena_printf(arena, "%02d", y / 100);
    case GRAIN_DECADE:
        return arena_printf(arena, "%03d", y / 10);
    case GRAIN_YEAR:
        return arena_printf(arena, "%04d", y);
    case GRAIN_HALF:
        return arena_printf(arena, "%04d-H%d", y, (month - 1) / 6 + 1);
    case GRAIN_SEASON:
        return arena_printf(arena, "%04d-%s", y, seasons[(month / SEASON_MONTHS + 3) % 4]);
    case GRAIN_QUARTER:
        return arena_printf(arena, "%04d-Q%d", y, (month - 1) / 3 + 1);
    case GRAIN_MONTH:
        return arena_printf(arena, "%04d-%02d", y, month);
    case GRAIN_WEEK:
        return arena_printf(arena, "%04d-W%02d", w, week);
    case GRAIN_WEEKEND:
        return arena_printf(arena, "%04d-W%02d-WE", w, week);
    case GRAIN_DAY:
        return arena_printf(arena, "%04d-%02d-%02d", y, month, day);
    case GRAIN_PART:
        return arena_printf(arena, "%04d-%02d-%02dT%s", y, month, day, parts[point.part].text);
    case GRAIN_HOUR:
    case GRAIN_MINUTE:
        return arena_printf(arena, "%04d-%02d-%02dT%02d:%02d", y, month, day, point.minute / 60,
                            point.minute % 60);
    default:
        return STR_NONE;
    }
}

struct str time_duration_value(struct arena *arena, enum time_grain grain, int64_t tenths)
{
    static const char *const letters[GRAINS] = {
        [GRAIN_CENTURY] = "CE", [GRAIN_DECADE] = "DE", [GRAIN_YEAR] = "Y",  [GRAIN_HALF] = "Y",
        [GRAIN_SEASON] = "Q",   [GRAIN_QUARTER] = "Q", [GRAIN_MONTH] = "M", [GRAIN_WEEK] = "W",
        [GRAIN_WEEKEND] = "WE", [GRAIN_DAY] = "D",     [GRAIN_HOUR] = "H",  [GRAIN_MINUTE] = "M",
        [GRAIN_SECOND] = "S",
    };
    const char *before = grain >= GRAIN_HOUR ? "PT" : "P", *letter = letters[grain];
    if (!letter)
        return STR_NONE;
    if (tenths < 0)
        return arena_printf(arena, "%sX%s", before, letter);
    if (grain == GRAIN_HOUR && tenths == 5)
        return arena_printf(arena, "PT30M");
    if (tenths % 10)
        return arena_printf(arena, "%s%lld.%lld%s", before, (long long)tenths / 10, (long long)tenths % 10,
                            letter);
    return arena_printf(arena, "%s%lld%s", before, (long long)tenths / 10, letter);
}
