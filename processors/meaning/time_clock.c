/* time_clock: times of day. */
#include "processors/meaning/time_grammar.h"

enum { NOON = 720, HOUR = 60 };

/* "11:33", "17.30", "5"; false when it is no time of day. */
static bool hours_and_minutes(struct str word, int *ret_minute, bool *ret_colon)
{
    ptrdiff_t sign = str_find_byte(word, ':', 0);
    *ret_colon = sign > 0;
    if (sign < 0)
        sign = str_find_byte(word, '.', 0);
    int64_t hour = time_digits(sign < 0 ? word : str_slice(word, 0, (size_t)sign));
    int64_t minute = sign < 0 ? 0 : time_digits(str_slice(word, (size_t)sign + 1, (size_t)sign + 3));
    bool rest = sign >= 0 && word.len > (size_t)sign + 3 && word.ptr[sign + 3] != ':';
    if (sign < 0 && word.len == 4) { /* "1700" */
        minute = hour % 100;
        hour /= 100;
    }
    *ret_minute = (int)(hour * HOUR + minute);
    return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && !rest &&
           (sign < 0 || word.len >= (size_t)sign + 3);
}

static uint32_t zone_behind(const struct time_reader *reader, uint32_t at, int *ret_zone)
{
    uint32_t next = at + time_is(reader, at, "(");
    const struct time_word *zone = time_word(reader, next, WORD_ZONE);
    if (!zone || time_node(reader, next)->word.ptr[0] > 'Z')
        return at;
    *ret_zone = zone->value;
    return next + 1 + (next > at && time_is(reader, next + 1, ")"));
}

static uint32_t take(struct time_found *found, int minute, int zone, enum time_grain grain, uint32_t end)
{
    *found = (struct time_found){.kind = TIME_TIME, .origin = "anchored", .confidence = 0.85F};
    found->point = (struct time_point){.grain = grain, .minute = minute, .zone_minutes = zone};
    return end;
}

/* "noon", "midnight". */
static uint32_t named(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    bool noon = time_is(reader, at, "noon") || time_is(reader, at, "midday");
    if (noon || time_is(reader, at, "midnight"))
        return take(found, noon ? NOON : 0, 0, GRAIN_MINUTE, at + 1);
    return at;
}

uint32_t time_clock_read(const struct time_reader *reader, uint32_t at, struct time_found *found)
{
    int minute, zone = 0;
    bool colon;
    const struct time_word *number = time_word(reader, at, WORD_NUMBER);
    bool word = number && number->value > 0 && number->value <= 12 && time_is(reader, at + 1, "o'clock");
    if (!word && !hours_and_minutes(time_node(reader, at)->lower, &minute, &colon))
        return named(reader, at, found);
    if (word) {
        minute = number->value * HOUR;
        colon = true;
    }
    size_t length = time_node(reader, at)->lower.len;
    uint32_t end = at + 1 + time_is(reader, at + 1, "o'clock");
    const struct time_word *half = time_word(reader, end, WORD_HALF);
    bool fits = half && minute >= HOUR && minute < NOON + HOUR;
    if (fits)
        minute = minute % NOON + half->value;
    uint32_t zoned = zone_behind(reader, end + fits, &zone);
    colon |= end > at + 1; /* "o'clock" */
    bool four = length == 4 && zoned > end;
    bool four_hours = length == 4 && (time_is(reader, end, "hours") || time_is(reader, end, "hrs"));
    bool lone = colon && (time_is(reader, at - 1, "at") || time_is(reader, at - 1, "by") || end > at + 1 ||
                          time_is(reader, at - 1, "until") || time_is(reader, at - 1, "around"));
    if (half && !fits)
        return at;
    if (!fits && !four && !four_hours && !lone && !(colon && zoned > end))
        return at;
    return take(found, minute, zone, GRAIN_MINUTE,
                four_hours           ? end + 1
                : zoned > end + fits ? zoned
                                     : end + fits);
}
