/* date_decide: which of the gathered numbers is year, month and day, by what speaks for it. Pure; any thread.
 */
#include "base/date_private.h"

#include <errno.h>

enum {
    YEAR_MIN = 1583, /* the calendar's first whole year; Persian 1404 and Islamic 1447 lie below */
    YEAR_MAX = 2399, /* Thailand's 2568 lies above */
    BUDDHIST_YEARS = 543,
};

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

bool date_is_day(int year, int month, int day)
{
    return year >= YEAR_MIN && year <= YEAR_MAX && month >= 1 && month <= 12 && day >= 1 &&
           day <= days_in_month(year, month);
}

int date_weekday(int year, int month, int day)
{
    int64_t days = clock_days_from_civil(year, month, day);
    return (int)((days + 3) % 7 + 7) % 7 + 1; /* 1970-01-01 was a Thursday */
}

static int full_year(const struct date_field *field)
{
    if (field->digits > 2)
        return field->value;
    return field->value + (field->value < 70 ? 2000 : 1900); /* RFC 2822 4.3, with the turn of POSIX */
}

static int set(struct date_parts *parts, int year, int month, int day, enum time_precision precision)
{
    if (!date_is_day(year, month, day) || (parts->clock && precision < TIME_DAY))
        return -EINVAL;
    parts->year = year;
    parts->month = month;
    parts->day = day;
    if (!parts->clock)
        parts->precision = precision;
    return 0;
}

/* ---- Units: 2025年3月5日, 2025년 3월, tháng 3 ---- */

static bool has_units(const struct date_fields *fields)
{
    for (size_t i = 0; i < fields->count; i++)
        if (fields->items[i].unit != UNIT_NONE)
            return true;
    return false;
}

/* Places of year, month and day, by unit. */
struct places {
    const struct date_field *year, *month, *day;
};

static bool place_unit(struct places *places, const struct date_field *field)
{
    const struct date_field **place = field->unit == UNIT_YEAR    ? &places->year
                                      : field->unit == UNIT_MONTH ? &places->month
                                      : field->unit == UNIT_DAY   ? &places->day
                                                                  : NULL;
    if (!place || *place)
        return false;
    *place = field;
    return true;
}

/* A number without unit: a year by its four digits, else the day, if that place is free. */
static bool place_bare(struct places *places, const struct date_field *field)
{
    const struct date_field **place = field->digits == 4 ? &places->year : &places->day;
    if (*place || field->digits > 4 || field->digits == 3)
        return false;
    *place = field;
    return true;
}

static bool place_all(const struct date_fields *fields, struct places *places)
{
    bool good = true;
    for (size_t i = 0; i < fields->count; i++)
        if (fields->items[i].unit != UNIT_NONE)
            good = good && place_unit(places, &fields->items[i]);
    for (size_t i = 0; i < fields->count; i++)
        if (fields->items[i].unit == UNIT_NONE)
            good = good && place_bare(places, &fields->items[i]);
    return good;
}

static int decide_units(const struct date_fields *fields, struct date_parts *parts)
{
    struct places places = {0};
    int named = fields->month.month;
    bool good = place_all(fields, &places) && places.year && (places.year->digits == 4) == !fields->era &&
                named >= 0 && !fields->month.other && !(named && places.month);
    if (!good)
        return -EINVAL;
    int year = places.year->value + fields->era, month = places.month ? places.month->value : named;
    if (!places.day && !named && fields->words)
        return -EINVAL; /* 2025年三月五日 says more than is read here */
    if (!places.month && !named)
        return places.day ? -EINVAL : set(parts, year, 1, 1, TIME_YEAR);
    return set(parts, year, month, places.day ? places.day->value : 1, places.day ? TIME_DAY : TIME_MONTH);
}

/* ---- A month's name ---- */

static void drop(struct date_fields *fields, size_t at)
{
    fields->count--;
    for (; at < fields->count; at++)
        fields->items[at] = fields->items[at + 1];
}

/* Numbers that say nothing where they stand: a formatter's "026," or "3," for the weekday in front; a year
 * that is repeated. What is still too many is left for the caller to refuse. */
static void drop_senseless(struct date_fields *fields, size_t wanted)
{
    for (size_t i = fields->count; i-- > 0;)
        if (fields->count > wanted && fields->items[i].digits == 3)
            drop(fields, i);
    if (fields->count > wanted && fields->items[0].weekday_like && fields->items[0].digits <= 2)
        drop(fields, 0);
    for (size_t i = fields->count; i-- > 1;)
        for (size_t k = 0; k < i && fields->count > wanted; k++)
            if (fields->items[i].digits == 4 && fields->items[k].digits == 4 &&
                fields->items[i].value == fields->items[k].value) {
                drop(fields, i);
                break;
            }
}

/* Thai writers count from the Buddha: with a Thai month 2568 is 2025, and two digits are nothing certain. */
static int year_of(const struct date_fields *fields, const struct date_field *field)
{
    if (!fields->month.thai)
        return full_year(field);
    if (field->digits != 4)
        return 0;
    return field->value >= 2400 && field->value < 2700 ? field->value - BUDDHIST_YEARS : field->value;
}

static int set_named(const struct date_fields *fields, struct date_parts *parts, int year, int day)
{
    int month = fields->month.month, other = fields->month.other;
    if (other) { /* the weekday alone knows whose month it is */
        bool first = date_is_day(year, month, day) && date_weekday(year, month, day) == fields->weekday;
        bool second = date_is_day(year, other, day) && date_weekday(year, other, day) == fields->weekday;
        if (first == second)
            return -EINVAL;
        month = first ? month : other;
    }
    return set(parts, year, month, day, TIME_DAY);
}

static int decide_named(struct date_fields *fields, struct date_parts *parts)
{
    drop_senseless(fields, 2);
    const struct date_field *first = &fields->items[0], *second = &fields->items[1];
    if (fields->month.month == DATE_MONTH_FOREIGN || first->digits > 4)
        return -EINVAL;
    if (fields->count == 1 && first->digits == 4 && !fields->month.other)
        return set(parts, year_of(fields, first), fields->month.month, 1, TIME_MONTH);
    if (fields->count != 2 || second->digits > 4 || first->digits == 3 || second->digits == 3)
        return -EINVAL;
    bool year_first = first->digits == 4 || (second->digits != 4 && (first->value > 31 || first->value == 0));
    const struct date_field *year = year_first ? first : second, *day = year_first ? second : first;
    if (day->digits > 2)
        return -EINVAL;
    return set_named(fields, parts, year_of(fields, year), day->value);
}

/* ---- Numbers alone ---- */

struct candidate {
    int year, month, day;
};

/* Three numbers read in all orders that their signs and digits let stand. */
static size_t candidates_of(const struct date_field *item, struct candidate out[3])
{
    bool year_in_front = item[0].digits == 4, year_behind = item[2].digits == 4;
    char sign = item[1].sign;
    size_t count = 0;
    if (item[1].digits > 2 || (!year_in_front && item[0].digits > 2) ||
        (!year_behind && item[2].digits > 2) || (year_in_front && year_behind))
        return 0;
    if (!year_behind)
        out[count++] = (struct candidate){full_year(&item[0]), item[1].value, item[2].value};
    if (!year_in_front)
        out[count++] = (struct candidate){full_year(&item[2]), item[1].value, item[0].value};
    if (!year_in_front && sign != '.') /* nobody writes the month first with points */
        out[count++] = (struct candidate){full_year(&item[2]), item[0].value, item[1].value};
    size_t kept = 0;
    for (size_t i = 0; i < count; i++)
        if (date_is_day(out[i].year, out[i].month, out[i].day))
            out[kept++] = out[i];
    return kept;
}

/* Those that fall on the weekday, when there are any: a wrong weekday decides nothing. */
static size_t keep_weekday(struct candidate *list, size_t count, int weekday)
{
    size_t kept = 0;
    struct candidate found[3];
    for (size_t i = 0; i < count && weekday; i++)
        if (date_weekday(list[i].year, list[i].month, list[i].day) == weekday)
            found[kept++] = list[i];
    if (kept == 0)
        return count;
    memcpy(list, found, kept * sizeof(found[0]));
    return kept;
}

/* Those with the year behind that are written in `order`, when there are any. */
static size_t keep_order(struct candidate *list, size_t count, const struct date_field *item,
                         enum date_order order)
{
    for (size_t i = 0; i < count && order != ORDER_UNKNOWN; i++) {
        bool month_first = list[i].month == item[0].value && list[i].day == item[1].value;
        bool day_first = list[i].day == item[0].value && list[i].month == item[1].value;
        if (order == ORDER_MONTH_FIRST ? month_first : day_first) {
            list[0] = list[i];
            return 1;
        }
    }
    return count;
}

static bool all_same(const struct candidate *list, size_t count)
{
    for (size_t i = 1; i < count; i++)
        if (memcmp(&list[i], &list[0], sizeof(list[0])) != 0)
            return false;
    return count > 0;
}

static int decide_triple(const struct date_fields *fields, const struct date_field *item,
                         struct date_parts *parts)
{
    struct candidate list[3];
    size_t count = keep_weekday(list, candidates_of(item, list), fields->weekday);
    if (!all_same(list, count)) { /* AM and PM are America's with slashes (and .NET's default) */
        bool american = item[1].sign == '/' && parts->half_english;
        count = keep_order(list, count, item, american ? ORDER_MONTH_FIRST : parts->zone_order);
    }
    if (!all_same(list, count))
        return -EINVAL;
    return set(parts, list[0].year, list[0].month, list[0].day, TIME_DAY);
}

/* 2022-01, 01/2022, 2022-060 (ISO 8601's day of the year) */
static int decide_pair(const struct date_field *item, struct date_parts *parts)
{
    if (item[1].sign == 0)
        return -EINVAL;
    if (item[0].digits == 4 && item[1].digits <= 2)
        return set(parts, item[0].value, item[1].value, 1, TIME_MONTH);
    if (item[1].digits == 4 && item[0].digits <= 2)
        return set(parts, item[1].value, item[0].value, 1, TIME_MONTH);
    if (item[0].digits != 4 || item[1].digits != 3 || item[1].sign != '-')
        return -EINVAL;
    int month = 1, day = item[1].value;
    while (month < 12 && day > days_in_month(item[0].value, month))
        day -= days_in_month(item[0].value, month++);
    return set(parts, item[0].value, month, day, TIME_DAY);
}

/* 2022, 20220111 */
static int decide_one(const struct date_fields *fields, struct date_parts *parts)
{
    const struct date_field *item = &fields->items[0];
    if (item->digits == 8)
        return set(parts, item->value / 10000, item->value / 100 % 100, item->value % 100, TIME_DAY);
    return item->digits == 4 && !fields->words ? set(parts, item->value, 1, 1, TIME_YEAR) : -EINVAL;
}

/* Three numbers joined by the same sign, the year in front: 2025-03-05, wherever it stands. */
static const struct date_field *iso_triple(const struct date_fields *fields)
{
    const struct date_field *found = NULL;
    for (size_t i = 0; i + 2 < fields->count; i++) {
        const struct date_field *item = &fields->items[i];
        bool joined = item[1].sign && item[1].sign == item[2].sign;
        bool longer = i + 3 < fields->count && item[3].sign && item[3].sign == item[2].sign;
        if (item[0].digits != 4 || !joined || longer || item[1].digits > 2 || item[2].digits > 2)
            continue;
        bool same = found && found[0].value == item[0].value && found[1].value == item[1].value &&
                    found[2].value == item[2].value;
        if (found && !same)
            return NULL; /* two dates */
        found = item;
    }
    return found;
}

static int decide_numbers(struct date_fields *fields, struct date_parts *parts)
{
    const struct date_field *iso = iso_triple(fields);
    if (iso)
        return set(parts, iso[0].value, iso[1].value, iso[2].value, TIME_DAY);
    drop_senseless(fields, 3);
    const struct date_field *item = fields->items;
    if (fields->count == 3 && item[1].sign && item[1].sign == item[2].sign)
        return decide_triple(fields, item, parts);
    if (fields->count == 2 && !fields->words) /* "No 3/2025" is none */
        return decide_pair(item, parts);
    return fields->count == 1 ? decide_one(fields, parts) : -EINVAL;
}

int date_decide(const struct date_fields *gathered, struct date_parts *parts)
{
    struct date_fields fields = *gathered;
    if (has_units(&fields))
        return decide_units(&fields, parts);
    if (fields.era)
        return -EINVAL;
    bool stray = fields.count == 3 && iso_triple(&fields); /* "2025-03-05 by May": the name is a person's */
    if (fields.month.month && !stray)
        return decide_named(&fields, parts);
    return decide_numbers(&fields, parts);
}
