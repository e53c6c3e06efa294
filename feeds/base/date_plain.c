/* date_plain: the two forms that nearly all feeds write, RFC 822's as servers print it and RFC 3339's, read
 * where they stand. What is not exactly so is left to the reader of everything, which reads these the same.
 */
#include "base/date_private.h"

/* Only years in which nobody asks what calendar or zone was in force. */
enum { YEAR_MIN = 1970, YEAR_MAX = 2199, HOURS_EAST_MAX = 13, HOURS_WEST_MAX = 11 };

struct plain {
    int year, month, day, hour, minute, second, offset_min;
};

/* Any digit where `form` has '0', else its characters. */
static bool matches(const char *text, const char *form)
{
    for (; *form; text++, form++)
        if (*form == '0' ? *text < '0' || *text > '9' : *text != *form)
            return false;
    return true;
}

static int two(const char *digits)
{
    return (digits[0] - '0') * 10 + digits[1] - '0';
}

/* +0100, -0330; nothing that is odd about a zone. */
static bool read_offset(const char *sign, const char *hours, const char *minutes, struct plain *plain)
{
    int hour = two(hours), minute = two(minutes);
    bool west = *sign == '-', zero = hour == 0 && minute == 0;
    if ((*sign != '+' && !west) || (west && zero) || hour > (west ? HOURS_WEST_MAX : HOURS_EAST_MAX) ||
        minute % 15 != 0 || minute > 45)
        return false;
    plain->offset_min = (hour * 60 + minute) * (west ? -1 : 1);
    return true;
}

/* The number of the three letters among those of `list`, from 1; 0 when they are not there. */
static int one_of(const char *letters, const char *list)
{
    for (int i = 0; list[3 * i]; i++)
        if (!memcmp(list + 3 * i, letters, 3))
            return i + 1;
    return 0;
}

/* Tue, 11 Jan 2022 10:33:00 +0000, and GMT for it. */
static bool read_rfc_822(struct str text, struct plain *plain, int *ret_weekday)
{
    const char *at = text.ptr;
    bool gmt = text.len == 29 && !memcmp(at + 26, "GMT", 3);
    if ((text.len != 31 && !gmt) || !matches(at + 3, ", 00 ") || !matches(at + 11, " 0000 00:00:00 "))
        return false;
    *ret_weekday = one_of(at, "MonTueWedThuFriSatSun");
    plain->day = two(at + 5);
    plain->month = one_of(at + 8, "JanFebMarAprMayJunJulAugSepOctNovDec");
    plain->year = two(at + 12) * 100 + two(at + 14);
    plain->hour = two(at + 17);
    plain->minute = two(at + 20);
    plain->second = two(at + 23);
    return *ret_weekday && plain->month &&
           (gmt || (matches(at + 27, "0000") && read_offset(at + 26, at + 27, at + 29, plain)));
}

/* 2022-01-11T10:33:00Z, 2022-01-11T10:33:00+01:00 */
static bool read_rfc_3339(struct str text, struct plain *plain)
{
    const char *at = text.ptr;
    bool utc = text.len == 20 && at[19] == 'Z';
    if ((text.len != 25 && !utc) || !matches(at, "0000-00-00T00:00:00"))
        return false;
    plain->year = two(at) * 100 + two(at + 2);
    plain->month = two(at + 5);
    plain->day = two(at + 8);
    plain->hour = two(at + 11);
    plain->minute = two(at + 14);
    plain->second = two(at + 17);
    return utc || (matches(at + 20, "00:00") && read_offset(at + 19, at + 20, at + 23, plain));
}

bool date_plain(struct str text, struct feed_time *time)
{
    struct plain plain = {0};
    int weekday = 0;
    if (text.len < 20 || text.len > 31 ||
        !(read_rfc_3339(text, &plain) || read_rfc_822(text, &plain, &weekday)))
        return false;
    if (plain.year < YEAR_MIN || plain.year > YEAR_MAX || !date_is_day(plain.year, plain.month, plain.day) ||
        plain.hour > 23 || plain.minute > 59 || plain.second > 59)
        return false;
    int64_t days = clock_days_from_civil(plain.year, plain.month, plain.day);
    if (weekday && (days + 3) % 7 + 1 != weekday) /* 1970 began on a Thursday */
        return false;
    time->ms = (((days * 24 + plain.hour) * 60 + plain.minute - plain.offset_min) * 60 + plain.second) * 1000;
    time->precision = TIME_SECOND;
    time->zoned = true;
    time->offset_min = (int16_t)plain.offset_min;
    return true;
}
