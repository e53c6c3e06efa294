/* moment: a strict little reader; the feeds' own decayed date forms are read where feeds are read.
 * Never reads a clock. */
#include "processors/moment.h"

#include <errno.h>

#include "base/clock.h"

enum { YEAR_MIN = 1000, OFFSET_MINUTES_MAX = 14 * 60 };

/* Exactly `digits` decimal digits at *at. */
static bool read_number(struct str s, size_t *at, size_t digits, int *ret_value)
{
    if (*at + digits > s.len)
        return false;
    int value = 0;
    for (size_t i = 0; i < digits; i++) {
        char c = s.ptr[*at + i];
        if (c < '0' || c > '9')
            return false;
        value = value * 10 + (c - '0');
    }
    *at += digits;
    *ret_value = value;
    return true;
}

static bool read_byte(struct str s, size_t *at, char byte)
{
    if (*at >= s.len || s.ptr[*at] != byte)
        return false;
    (*at)++;
    return true;
}

static bool read_offset(struct str s, size_t *at, int *ret_minutes)
{
    *ret_minutes = 0;
    if (*at == s.len || ((s.ptr[*at] == 'Z' || s.ptr[*at] == 'z') && *at + 1 == s.len))
        return true;
    if (s.ptr[*at] == ' ' && ++*at == s.len)
        return false;
    int sign = s.ptr[*at] == '-' ? -1 : 1, hours = 0, minutes = 0;
    if (s.ptr[*at] != '+' && s.ptr[*at] != '-')
        return false;
    (*at)++;
    if (!read_number(s, at, 2, &hours))
        return false;
    (void)read_byte(s, at, ':'); /* "+0100" has none */
    if (*at < s.len && !read_number(s, at, 2, &minutes))
        return false;
    *ret_minutes = sign * (hours * 60 + minutes);
    return *at == s.len && minutes < 60 && hours * 60 + minutes <= OFFSET_MINUTES_MAX;
}

struct civil {
    int year, month, day, hour, minute, second, millisecond, offset_minutes;
    enum date_precision precision;
};

static bool read_fraction(struct str s, size_t *at, struct civil *civil)
{
    int scale = 100;
    size_t begin = *at;
    while (*at < s.len && s.ptr[*at] >= '0' && s.ptr[*at] <= '9') {
        civil->millisecond += (s.ptr[*at] - '0') * scale;
        scale /= 10;
        (*at)++;
    }
    civil->precision = DATE_FRACTION;
    return *at > begin;
}

static bool read_time(struct str s, size_t *at, struct civil *civil)
{
    if (!read_number(s, at, 2, &civil->hour) || !read_byte(s, at, ':') ||
        !read_number(s, at, 2, &civil->minute))
        return false;
    civil->precision = DATE_MINUTE;
    if (read_byte(s, at, ':')) {
        if (!read_number(s, at, 2, &civil->second))
            return false;
        civil->precision = DATE_SECOND;
        if ((read_byte(s, at, '.') || read_byte(s, at, ',')) && !read_fraction(s, at, civil))
            return false;
    }
    return civil->hour <= 24 && civil->minute < 60 && civil->second <= 60 &&
           read_offset(s, at, &civil->offset_minutes);
}

static int month_days(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return days[month - 1] + (month == 2 && leap);
}

static bool read_civil(struct str s, struct civil *civil)
{
    size_t at = 0;
    if (!read_number(s, &at, 4, &civil->year) || civil->year < YEAR_MIN)
        return false;
    civil->precision = DATE_YEAR;
    if (at == s.len)
        return true;
    if (!read_byte(s, &at, '-') || !read_number(s, &at, 2, &civil->month) || civil->month < 1 ||
        civil->month > 12)
        return false;
    civil->precision = DATE_MONTH;
    if (at == s.len)
        return true;
    if (!read_byte(s, &at, '-') || !read_number(s, &at, 2, &civil->day) || civil->day < 1 ||
        civil->day > month_days(civil->year, civil->month))
        return false;
    civil->precision = DATE_DAY;
    if (at == s.len)
        return true;
    if (!read_byte(s, &at, 'T') && !read_byte(s, &at, 't') && !read_byte(s, &at, ' '))
        return false;
    return read_time(s, &at, civil);
}

int moment_parse(struct arena *arena, struct str text, struct article_date *ret_date)
{
    struct civil civil = {.month = 1, .day = 1};
    if (!read_civil(str_trim(text), &civil))
        return -EINVAL;
    int64_t days = clock_days_from_civil(civil.year, civil.month, civil.day);
    int64_t ms = ((days * 24 + civil.hour) * 60 + civil.minute - civil.offset_minutes) * 60000 +
                 (int64_t)civil.second * 1000 + civil.millisecond;
    struct str value = moment_format(arena, ms, civil.precision);
    if (!value.ptr)
        return -ENOMEM;
    ret_date->ms = ms;
    ret_date->precision = civil.precision;
    ret_date->value = value;
    return 0;
}

struct str moment_format(struct arena *arena, int64_t ms, enum date_precision precision)
{
    static const size_t lengths[] = {
        [DATE_YEAR] = 4,    [DATE_MONTH] = 7,   [DATE_DAY] = 10,
        [DATE_MINUTE] = 16, [DATE_SECOND] = 19, [DATE_FRACTION] = 23,
    };
    char text[CLOCK_RFC3339_BYTES];
    if (precision == DATE_NONE)
        return STR_NONE;
    (void)clock_rfc3339(ms, 1, text); /* returns `text` */
    return arena_printf(arena, "%.*s%s", (int)lengths[precision], text, precision >= DATE_MINUTE ? "Z" : "");
}
