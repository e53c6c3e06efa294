/* date: one scanner for all the date forms of feeds and pages. Pure; any thread; no allocation but
 * date_format()'s. */
#include "feeds/date.h"

#include <ctype.h>
#include <errno.h>
#include <string.h>

#include "base/utf8.h"

enum {
    YEAR_MIN = 1,
    YEAR_MAX = 9999,
    OFFSET_MAX_MIN = 14 * 60, /* no zone is further from UTC */
    WORD_BYTES_MAX = 24,
};

struct parts {
    int year, month, day, hour, minute, second;
    int64_t fraction_ms;
    int offset_min;
    bool offset_numeric; /* stated as a number, which no name overrules */
    enum time_precision precision;
};

/* ---- Names ---- */

/* Month names by their beginnings, folded to lower case; the longest match counts. English, German, French,
 * Spanish, Italian, Portuguese, Dutch, Polish, Russian, Greek, Hungarian. */
static const struct {
    const char *name;
    int month;
} months[] = {
    {"jan", 1},   {"feb", 2},  {"mar", 3},  {"apr", 4},  {"may", 5},  {"jun", 6},  {"jul", 7},  {"aug", 8},
    {"sep", 9},   {"oct", 10}, {"nov", 11}, {"dec", 12}, {"mär", 3},  {"mrz", 3},  {"mai", 5},  {"okt", 10},
    {"dez", 12},  {"jän", 1},  {"fév", 2},  {"fev", 2},  {"avr", 4},  {"juin", 6}, {"juil", 7}, {"août", 8},
    {"aout", 8},  {"déc", 12}, {"ene", 1},  {"abr", 4},  {"ago", 8},  {"dic", 12}, {"gen", 1},  {"mag", 5},
    {"giu", 6},   {"lug", 7},  {"set", 9},  {"ott", 10}, {"out", 10}, {"maa", 3},  {"mrt", 3},  {"mei", 5},
    {"sty", 1},   {"lut", 2},  {"kwi", 4},  {"maj", 5},  {"cze", 6},  {"lip", 7},  {"sie", 8},  {"wrz", 9},
    {"paź", 10},  {"lis", 11}, {"gru", 12}, {"янв", 1},  {"фев", 2},  {"мар", 3},  {"апр", 4},  {"мая", 5},
    {"май", 5},   {"июн", 6},  {"июл", 7},  {"авг", 8},  {"сен", 9},  {"окт", 10}, {"ноя", 11}, {"дек", 12},
    {"ιαν", 1},   {"φεβ", 2},  {"μάρ", 3},  {"μαρ", 3},  {"απρ", 4},  {"μάι", 5},  {"μαϊ", 5},  {"μαΐ", 5},
    {"ιούν", 6},  {"ιουν", 6}, {"ιον", 6},  {"ιούλ", 7}, {"ιουλ", 7}, {"ιολ", 7},  {"αύγ", 8},  {"αυγ", 8},
    {"σεπ", 9},   {"οκτ", 10}, {"νοέ", 11}, {"νοε", 11}, {"δεκ", 12}, {"janu", 1}, {"febr", 2}, {"márc", 3},
    {"márci", 3}, {"ápri", 4}, {"ápr", 4},  {"máj", 5},  {"júni", 6}, {"júl", 7},  {"szep", 9},
};

static const struct {
    const char *name;
    int offset_min;
} zones[] = {
    {"z", 0},       {"ut", 0},     {"utc", 0},    {"gmt", 0},     {"wet", 0},     {"etc/gmt", 0},
    {"etc/utc", 0}, {"est", -300}, {"edt", -240}, {"cst", -360},  {"cdt", -300},  {"mst", -420},
    {"mdt", -360},  {"pst", -480}, {"pdt", -420}, {"akst", -540}, {"akdt", -480}, {"hst", -600},
    {"ast", -240},  {"adt", -180}, {"nst", -210}, {"ndt", -150},  {"bst", 60},    {"ist", 330},
    {"west", 60},   {"cet", 60},   {"cest", 120}, {"met", 60},    {"mest", 120},  {"mez", 60},
    {"mesz", 120},  {"eet", 120},  {"eest", 180}, {"msk", 180},   {"msd", 240},   {"trt", 180},
    {"pkt", 300},   {"ict", 420},  {"wib", 420},  {"hkt", 480},   {"sgt", 480},   {"myt", 480},
    {"pht", 480},   {"awst", 480}, {"jst", 540},  {"kst", 540},   {"aest", 600},  {"aedt", 660},
    {"acst", 570},  {"acdt", 630}, {"nzst", 720}, {"nzdt", 780},  {"sast", 120},  {"cat", 120},
    {"eat", 180},   {"wat", 60},   {"brt", -180}, {"art", -180},  {"clt", -240},  {"cot", -300},
    {"pet", -300},  {"vet", -240}, {"gst", 240},  {"irst", 210},  {"npt", 345},   {"idt", 180},
    {"a", -60},     {"m", -720},   {"n", 60},     {"y", 720}, /* RFC 822's military letters, as they were
                                                                 meant */
};

/* Lower-cases ASCII and the two-byte letters of Latin, Greek and Cyrillic that occur in the table. */
static size_t fold_word(struct str word, char out[WORD_BYTES_MAX + 4])
{
    size_t len = 0;
    for (size_t at = 0; at < word.len && len < WORD_BYTES_MAX;) {
        uint32_t c;
        at += utf8_decode(word, at, &c);
        if (c < 0x80)
            c = (uint32_t)tolower((int)c);
        else if ((c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
                 (c >= 0x410 && c <= 0x42F))
            c += 32;
        len += utf8_encode(c, out + len);
    }
    out[len] = '\0';
    return len;
}

static int month_of(struct str word)
{
    char folded[WORD_BYTES_MAX + 4];
    size_t len = fold_word(word, folded), best = 0;
    int month = 0;
    for (size_t i = 0; i < sizeof(months) / sizeof(months[0]); i++) {
        if (months[i].name[0] != folded[0])
            continue;
        size_t n = strlen(months[i].name);
        if (n <= len && n > best && !memcmp(folded, months[i].name, n)) {
            month = months[i].month;
            best = n;
        }
    }
    return month;
}

static bool zone_of(struct str word, int *ret_offset)
{
    for (size_t i = 0; i < sizeof(zones) / sizeof(zones[0]); i++) {
        if ((word.ptr[0] | 0x20) == zones[i].name[0] && str_equal_nocase(word, str_from(zones[i].name))) {
            *ret_offset = zones[i].offset_min;
            return true;
        }
    }
    return false;
}

/* ---- Scanning ---- */

struct scanner {
    struct str text;
    size_t at;
};

static char peek(const struct scanner *scanner)
{
    return scanner->at < scanner->text.len ? scanner->text.ptr[scanner->at] : '\0';
}

static bool accept(struct scanner *scanner, char c)
{
    if (peek(scanner) != c)
        return false;
    scanner->at++;
    return true;
}

/* Up to `most` digits; the count is returned. */
static int digits(struct scanner *scanner, int most, int *ret_value)
{
    int count = 0, value = 0;
    while (count < most && isdigit((unsigned char)peek(scanner))) {
        value = value * 10 + (peek(scanner) - '0');
        scanner->at++;
        count++;
    }
    *ret_value = value;
    return count;
}

static void skip_separators(struct scanner *scanner)
{
    while (scanner->at < scanner->text.len &&
           (isspace((unsigned char)peek(scanner)) || strchr(",.-/()|", peek(scanner))))
        scanner->at++;
}

static bool read_fraction(struct scanner *scanner, struct parts *parts)
{
    if (peek(scanner) != '.' && peek(scanner) != ',')
        return true;
    scanner->at++;
    int64_t scale = 100;
    bool any = false;
    while (isdigit((unsigned char)peek(scanner))) {
        parts->fraction_ms += (peek(scanner) - '0') * scale;
        scale /= 10;
        scanner->at++;
        any = true;
    }
    if (any)
        parts->precision = TIME_FRACTION;
    return any;
}

/* hh:mm[:ss[.fraction]] [am|pm]; the numbers are checked by the caller. */
static bool read_clock(struct scanner *scanner, struct parts *parts)
{
    if (digits(scanner, 2, &parts->hour) == 0)
        return false;
    if (!accept(scanner, ':') || digits(scanner, 2, &parts->minute) != 2)
        return false;
    parts->precision = TIME_MINUTE;
    if (accept(scanner, ':')) {
        if (digits(scanner, 2, &parts->second) == 0)
            return false;
        parts->precision = TIME_SECOND;
        if (!read_fraction(scanner, parts))
            return false;
    }
    size_t mark = scanner->at;
    while (accept(scanner, ' '))
        ;
    struct str rest = str_slice(scanner->text, scanner->at, scanner->at + 2);
    bool pm = str_equal_nocase(rest, STR("pm")), am = str_equal_nocase(rest, STR("am"));
    char after = scanner->at + 2 < scanner->text.len ? scanner->text.ptr[scanner->at + 2] : ' ';
    if ((pm || am) && !isalpha((unsigned char)after)) {
        scanner->at += 2;
        if (parts->hour < 1 || parts->hour > 12)
            return false;
        parts->hour = parts->hour % 12 + (pm ? 12 : 0);
    } else {
        scanner->at = mark;
    }
    return true;
}

/* +hh:mm, +hhmm, +hh, or a name, also GMT+hh:mm. An offset that no zone has is ignored, as is a word nobody
 * knows. */
static void read_zone(struct scanner *scanner, struct parts *parts)
{
    while (isspace((unsigned char)peek(scanner)) || peek(scanner) == '(')
        scanner->at++;
    if (isalpha((unsigned char)peek(scanner))) {
        size_t start = scanner->at;
        while (isalpha((unsigned char)peek(scanner)) || peek(scanner) == '/')
            scanner->at++;
        (void)zone_of(str_slice(scanner->text, start, scanner->at), &parts->offset_min); /* unknown: as UTC */
    }
    if (peek(scanner) != '+' && peek(scanner) != '-')
        return;
    int sign = peek(scanner) == '-' ? -1 : 1, hours = 0, minutes = 0;
    scanner->at++;
    int count = digits(scanner, 4, &hours);
    if (count > 2) {
        minutes = hours % 100;
        hours /= 100;
    } else if (accept(scanner, ':')) {
        (void)digits(scanner, 2, &minutes);
    }
    if (count > 0 && minutes < 60 && hours * 60 + minutes <= OFFSET_MAX_MIN) {
        parts->offset_min = sign * (hours * 60 + minutes);
        parts->offset_numeric = true;
    }
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return month == 2 && leap ? 29 : days[month - 1];
}

static int finish(const struct parts *parts, struct feed_time *time)
{
    if (parts->year < YEAR_MIN || parts->year > YEAR_MAX || parts->month < 1 || parts->month > 12 ||
        parts->day < 1 || parts->day > days_in_month(parts->year, parts->month) || parts->hour > 23 ||
        parts->minute > 59 || parts->second > 60)
        return -EINVAL;
    int64_t days = clock_days_from_civil(parts->year, parts->month, parts->day);
    if ((parts->year == YEAR_MIN || parts->year == YEAR_MAX) && parts->offset_min)
        return -EINVAL; /* UTC might be in a year that cannot be written */
    time->ms = ((days * 24 + parts->hour) * 60 + parts->minute - parts->offset_min) * 60000 +
               (int64_t)(parts->second > 59 ? 59 : parts->second) * 1000 + parts->fraction_ms;
    time->precision = parts->precision;
    return 0;
}

/* ---- Forms ---- */

static int full_year(int year, int count)
{
    if (count > 2)
        return year;
    return year + (year < 70 ? 2000 : 1900); /* RFC 2822 4.3, with the turn where POSIX has it */
}

/* A clock and a zone behind a date, after 'T', blanks or a comma. */
static bool read_rest(struct scanner *scanner, struct parts *parts)
{
    while (isspace((unsigned char)peek(scanner)) || strchr("Tt,", peek(scanner) ? peek(scanner) : '!'))
        scanner->at++;
    if (!isdigit((unsigned char)peek(scanner)))
        return true;
    if (!read_clock(scanner, parts))
        return false;
    read_zone(scanner, parts);
    return true;
}

/* YYYY[-MM[-DD]], YYYYMMDD, YYYY-DDD, --MM-DD and the like (RFC 3339, W3CDTF, ISO 8601). */
static int parse_iso(struct str text, struct feed_time *time)
{
    struct scanner scanner = {text, 0};
    struct parts parts = {.month = 1, .day = 1, .precision = TIME_YEAR};
    int run, value;
    if (digits(&scanner, 4, &parts.year) != 4)
        return -EINVAL;
    bool dashed = accept(&scanner, '-') || accept(&scanner, '/') || accept(&scanner, '.');
    size_t mark = scanner.at;
    run = digits(&scanner, dashed ? 3 : 4, &value);
    if (run == 3) { /* ordinal day */
        int days = value;
        while (parts.month < 12 && days > days_in_month(parts.year, parts.month))
            days -= days_in_month(parts.year, parts.month++);
        parts.day = days;
        parts.precision = TIME_DAY;
    } else if (run == 4 && !dashed) {
        parts.month = value / 100;
        parts.day = value % 100;
        parts.precision = TIME_DAY;
    } else if (run == 1 || run == 2) {
        scanner.at = mark;
        (void)digits(&scanner, 2, &parts.month);
        parts.precision = TIME_MONTH;
        while (peek(&scanner) == ' ')
            scanner.at++;
        if (accept(&scanner, '-') || accept(&scanner, '/') || accept(&scanner, '.')) {
            while (peek(&scanner) == ' ')
                scanner.at++;
            if (digits(&scanner, 2, &parts.day) == 0)
                return -EINVAL;
            parts.precision = TIME_DAY;
            (void)accept(&scanner, '.');
        }
    } else if (run != 0) {
        return -EINVAL;
    }
    if (parts.precision == TIME_DAY && !read_rest(&scanner, &parts))
        return -EINVAL;
    while (isspace((unsigned char)peek(&scanner)) || peek(&scanner) == ')')
        scanner.at++;
    if (parts.precision < TIME_MINUTE && scanner.at < text.len && peek(&scanner) != 'Z')
        return -EINVAL;
    return finish(&parts, time);
}

/* YYYY년 MM월 DD일 [오전|오후 hh:mm:ss] */
static int parse_korean(struct str text, struct feed_time *time)
{
    struct scanner scanner = {text, 0};
    struct parts parts = {.precision = TIME_DAY};
    static const char *const units[] = {"년", "월", "일"};
    int *const fields[] = {&parts.year, &parts.month, &parts.day};
    for (int i = 0; i < 3; i++) {
        while (accept(&scanner, ' '))
            ;
        if (digits(&scanner, 4, fields[i]) == 0 ||
            !str_starts(str_slice(text, scanner.at, text.len), str_from(units[i])))
            return -EINVAL;
        scanner.at += strlen(units[i]);
    }
    while (accept(&scanner, ' '))
        ;
    bool pm = str_starts(str_slice(text, scanner.at, text.len), STR("오후"));
    if (pm || str_starts(str_slice(text, scanner.at, text.len), STR("오전")))
        scanner.at += strlen("오후");
    while (accept(&scanner, ' '))
        ;
    bool clock = isdigit((unsigned char)peek(&scanner));
    if (clock && !read_clock(&scanner, &parts))
        return -EINVAL;
    if (clock && pm && parts.hour < 12)
        parts.hour += 12;
    parts.offset_min = clock ? 9 * 60 : 0; /* a day alone is the same day everywhere */
    return finish(&parts, time);
}

struct loose {
    struct parts parts;
    int day, year, numbers;
    bool month_named, month_doubtful, clock; /* doubtful: the name may be a weekday's */
};

/* "11th", "2nd", "1er": behind the ending that stands at `at`, or `at`. */
static size_t skip_ordinal(struct str text, size_t at)
{
    static const char *const endings[] = {"st", "nd", "rd", "th", "er", "re", "e"};
    size_t end = at;
    while (end < text.len && isalpha((unsigned char)text.ptr[end]))
        end++;
    for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
        if (str_equal_nocase(str_slice(text, at, end), str_from(endings[i])))
            return end;
    return at;
}

static bool loose_number(struct scanner *scanner, struct loose *loose)
{
    int value;
    size_t start = scanner->at;
    int count = digits(scanner, 9, &value);
    if (peek(scanner) == ':' && count <= 2 && !loose->clock) {
        scanner->at = start;
        if (!read_clock(scanner, &loose->parts))
            return false;
        loose->clock = true;
        size_t mark = scanner->at;
        while (peek(scanner) == ' ')
            scanner->at++;
        /* "Jan 11 10:33:00 2022": what follows may be the year, not a zone (asctime). */
        if (!isdigit((unsigned char)peek(scanner)))
            read_zone(scanner, &loose->parts);
        else
            scanner->at = mark;
        return true;
    }
    if (count > 4)
        return false;
    if (count >= 3) {
        loose->year = value;
        return count == 4;
    }
    if (loose->day == 0 && value >= 1 && value <= 31) {
        loose->day = value;
    } else if (!loose->month_named && loose->parts.month == 0 && value >= 1 && value <= 12) {
        loose->parts.month = value;
    } else if (loose->year < 0) {
        loose->year = full_year(value, count);
    } else {
        return false;
    }
    scanner->at = skip_ordinal(scanner->text, scanner->at);
    return true;
}

/* Weekdays that begin as a month does: mardi, martedì and martes, but not Romanian's martie; maandag. */
static bool is_weekday_like(struct str word, char after)
{
    bool tuesday = (str_starts_nocase(word, STR("mard")) || str_starts_nocase(word, STR("mart"))) &&
                   !str_starts_nocase(word, STR("marti"));
    return tuesday || str_starts_nocase(word, STR("maand")) ||
           (str_equal_nocase(word, STR("mar")) && after == ',');
}

static bool loose_word(struct scanner *scanner, struct loose *loose)
{
    size_t start = scanner->at;
    while (scanner->at < scanner->text.len &&
           (isalpha((unsigned char)peek(scanner)) || (peek(scanner) & 0x80)))
        scanner->at++;
    struct str word = str_slice(scanner->text, start, scanner->at);
    int month = loose->month_named && !loose->month_doubtful ? 0 : month_of(word), offset;
    if (month) {
        if (loose->day == 0 && is_weekday_like(word, peek(scanner)))
            return true;
        loose->parts.month = month;
        loose->month_named = true;
        /* "mar. 15 févr." against "Mar. 15": a month's name that follows decides. */
        loose->month_doubtful = loose->day == 0 && str_equal_nocase(word, STR("mar"));
        return true;
    }
    if (loose->clock && !loose->parts.offset_numeric && zone_of(word, &offset))
        loose->parts.offset_min = offset;
    return true; /* weekdays, "at", "de", "klo" */
}

/* RFC 822 and all that people write instead: a day, a month's name, a year, a clock and a zone in nearly any
 * order. */
static int parse_loose(struct str text, struct feed_time *time)
{
    struct scanner scanner = {text, 0};
    struct loose loose = {.year = -1, .parts = {.precision = TIME_DAY}};
    while (scanner.at < text.len) {
        skip_separators(&scanner);
        if (scanner.at >= text.len)
            break;
        char c = peek(&scanner);
        bool good = true;
        if (isdigit((unsigned char)c))
            good = loose_number(&scanner, &loose);
        else if (isalpha((unsigned char)c) || (c & 0x80))
            good = loose_word(&scanner, &loose);
        else if (loose.clock && c == '+')
            read_zone(&scanner, &loose.parts);
        else
            scanner.at++;
        if (!good)
            return -EINVAL;
    }
    if (loose.day == 0 || loose.parts.month == 0 || loose.year < 0)
        return -EINVAL;
    loose.parts.day = loose.day;
    loose.parts.year = loose.year;
    if (!loose.month_named && loose.parts.month > 12)
        return -EINVAL;
    return finish(&loose.parts, time);
}

/* Seconds (or milliseconds) since 1970: ten or thirteen digits and nothing else. */
static int parse_epoch(struct str text, struct feed_time *time)
{
    int64_t value;
    if ((text.len != 10 && text.len != 13) || !str_to_int64(text, &value) || value < 0)
        return -EINVAL;
    time->ms = text.len == 10 ? value * 1000 : value;
    time->precision = text.len == 10 ? TIME_SECOND : TIME_FRACTION;
    return 0;
}

int date_parse(struct str text, struct feed_time *ret_time)
{
    text = str_trim(text);
    *ret_time = (struct feed_time){.raw = text};
    if (text.len == 0 || text.len > 128)
        return -EINVAL;
    if (text.len >= 10 && parse_epoch(text, ret_time) == 0)
        return 0;
    if (str_find(text, STR("년"), 0) > 0 && parse_korean(text, ret_time) == 0)
        return 0;
    if (isdigit((unsigned char)text.ptr[0]) && parse_iso(text, ret_time) == 0)
        return 0;
    if (parse_loose(text, ret_time) == 0)
        return 0;
    ret_time->ms = 0;
    ret_time->precision = TIME_NONE;
    return -EINVAL;
}

struct str date_format(const struct feed_time *time, char out[CLOCK_RFC3339_BYTES])
{
    static const size_t lengths[] = {[TIME_NONE] = 0, [TIME_YEAR] = 4, [TIME_MONTH] = 7, [TIME_DAY] = 10};
    bool fraction = time->precision == TIME_FRACTION;
    size_t len = strlen(clock_rfc3339(time->ms, fraction, out));
    if (time->precision == TIME_NONE)
        return STR_NONE;
    if (time->precision <= TIME_DAY)
        return str_make(out, lengths[time->precision]);
    len--; /* 'Z' */
    while (fraction && out[len - 1] == '0')
        len--;
    if (out[len - 1] == '.')
        len--;
    out[len++] = 'Z';
    return str_make(out, len);
}
