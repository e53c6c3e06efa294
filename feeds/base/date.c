/* date: gathers what a text says of a date and makes the instant of it. No allocation. */
#include "base/date.h"

#include <ctype.h>
#include <errno.h>

#include "base/date_private.h"
#include "base/tzif.h"

enum { KOREA_MIN = 9 * 60 };

struct gatherer {
    struct date_tokens tokens;
    struct date_fields fields;
    struct date_parts parts;
    bool refused;
    bool expects_time; /* behind ISO 8601's 'T' */
};

static const struct date_token *token_at(const struct gatherer *gatherer, size_t at)
{
    const struct date_tokens *tokens = &gatherer->tokens;
    return &tokens->items[at < tokens->count ? at : tokens->count];
}

/* ---- Numbers ---- */

/* The one sign between the numbers at at - 2 and at, spaces or not ("2025. 3. 5."). */
static char joining_sign(const struct gatherer *gatherer, size_t at)
{
    const struct date_token *sign = at >= 2 ? token_at(gatherer, at - 1) : NULL;
    if (!sign || sign->kind != TOKEN_SIGN || token_at(gatherer, at - 2)->kind != TOKEN_NUMBER ||
        gatherer->fields.count == 0)
        return 0;
    char c = sign->text.ptr[0];
    return c == '-' || c == '/' || c == '.' ? c : 0;
}

static void add_field(struct gatherer *gatherer, size_t at, enum date_unit unit)
{
    struct date_fields *fields = &gatherer->fields;
    const struct date_token *token = token_at(gatherer, at);
    const struct date_token *before = at == 1 ? token_at(gatherer, 0) : NULL;
    bool first = at == 0 || (before && (before->kind == TOKEN_SIGN || token_is_word(before, "thu")));
    /* "thứ 4" is Wednesday */
    if (fields->count == DATE_FIELDS_MAX) {
        gatherer->refused = true;
        return;
    }
    fields->items[fields->count++] = (struct date_field){
        .value = token->value,
        .digits = token->digits,
        .unit = unit,
        .sign = joining_sign(gatherer, at),
        .weekday_like = first && token_is_sign(token_at(gatherer, at + 1), ','),
    };
}

/* A day is told already: points between further numbers are a clock's. */
static bool date_is_told(const struct date_fields *fields)
{
    const struct date_field *last = fields->count ? &fields->items[fields->count - 1] : NULL;
    return fields->count >= 3 || (fields->month.month && fields->count >= 2) ||
           (last && (last->digits == 8 || last->unit == UNIT_DAY));
}

/* The day of ISO 8601's week: weeks begin on Monday; the first has the year's fourth of January, the last its
 * 28th of December. */
static bool set_week(struct gatherer *gatherer, int year, int week, int weekday)
{
    int64_t january = clock_days_from_civil(year, 1, 4), december = clock_days_from_civil(year, 12, 28);
    int64_t monday = january - ((january + 3) % 7 + 7) % 7 + 7 * ((int64_t)week - 1), found_year;
    int month, day;
    if (week < 1 || weekday < 1 || weekday > 7 || monday > december || gatherer->fields.count > 0)
        return false;
    clock_civil_from_days(monday + weekday - 1, &found_year, &month, &day);
    gatherer->fields.count = 3;
    gatherer->fields.items[0] = (struct date_field){.value = (int)found_year, .digits = 4};
    gatherer->fields.items[1] = (struct date_field){.value = month, .digits = 2, .sign = '-'};
    gatherer->fields.items[2] = (struct date_field){.value = day, .digits = 2, .sign = '-'};
    return true;
}

/* 2025-W10-3, 2025W103, from the year's token on. A week without its day is no date. */
static bool gather_week(struct gatherer *gatherer, size_t *at)
{
    size_t dash = token_is_sign(token_at(gatherer, *at + 1), '-');
    const struct date_token *year = token_at(gatherer, *at), *week = token_at(gatherer, *at + 2 + dash);
    const struct date_token *day = token_at(gatherer, *at + 5);
    if (year->digits != 4 || !token_is_word(token_at(gatherer, *at + 1 + dash), "w") ||
        week->kind != TOKEN_NUMBER || week->spaced)
        return false;
    bool good = false;
    if (!dash && week->digits == 3)
        good = set_week(gatherer, year->value, week->value / 10, week->value % 10);
    else if (dash && week->digits == 2 && day->digits == 1 && token_is_sign(token_at(gatherer, *at + 4), '-'))
        good = set_week(gatherer, year->value, week->value, day->value);
    gatherer->refused |= !good;
    *at += dash ? 6 : 3;
    return true;
}

/* 20250305103300 */
static bool gather_fourteen(struct gatherer *gatherer, size_t at)
{
    const struct date_token *token = token_at(gatherer, at);
    int part[7] = {0}; /* of two digits each */
    if (token->digits != 14)
        return false;
    for (size_t i = 0; i < 14; i++)
        part[i / 2] = part[i / 2] * 10 + (token->text.ptr[i] - '0');
    struct date_parts *parts = &gatherer->parts;
    gatherer->refused |= parts->clock || part[4] > 23 || part[5] > 59 || part[6] > 60;
    parts->hour = part[4];
    parts->minute = part[5];
    parts->second = part[6];
    parts->precision = TIME_SECOND;
    parts->clock = true;
    add_field(gatherer, at, UNIT_NONE);
    if (!gatherer->refused) {
        struct date_field *field = &gatherer->fields.items[gatherer->fields.count - 1];
        field->digits = 8;
        field->value = part[0] * 1000000 + part[1] * 10000 + part[2] * 100 + part[3];
    }
    return true;
}

/* A further clock: the end of a span, whose beginning counts. */
static bool skip_second_clock(struct gatherer *gatherer, size_t *at, enum date_before before)
{
    struct date_parts second = {0};
    if (!gatherer->parts.clock || date_clock_read(&gatherer->tokens, at, before, &second) != 1)
        return false;
    if (!gatherer->parts.zoned)
        date_zone_read(&gatherer->tokens, at, &gatherer->parts);
    return true;
}

/* "10:33:00 0100", "10:33:00 01:00": an offset whose plus was lost (as in a URL, where it means a blank). */
static bool is_lost_offset(const struct gatherer *gatherer, size_t at)
{
    const struct date_token *number = token_at(gatherer, at);
    if (gatherer->parts.zoned || number->kind != TOKEN_NUMBER || !date_is_told(&gatherer->fields))
        return false;
    return (number->digits == 4 && number->value <= 1400) ||
           (number->digits == 2 && token_is_sign(token_at(gatherer, at + 1), ':'));
}

static void gather_number(struct gatherer *gatherer, size_t *at)
{
    enum date_before before = gatherer->expects_time            ? BEFORE_T
                              : date_is_told(&gatherer->fields) ? BEFORE_DATE
                                                                : BEFORE_NOTHING;
    int clock = 0;
    gatherer->expects_time = false;
    if (!gatherer->parts.clock)
        clock = date_clock_read(&gatherer->tokens, at, before, &gatherer->parts);
    if (clock == 1) {
        date_zone_read(&gatherer->tokens, at, &gatherer->parts);
        gatherer->refused |= is_lost_offset(gatherer, *at);
    } else if (clock < 0 || before == BEFORE_T) {
        gatherer->refused = true;
    } else if (!skip_second_clock(gatherer, at, before) && !gather_week(gatherer, at)) {
        if (!gather_fourteen(gatherer, *at))
            add_field(gatherer, *at, token_at(gatherer, *at)->unit);
        (*at)++;
    }
}

/* ---- Words ---- */

/* Units in front of their numbers: ngày 5 tháng 3 năm 2025. */
static bool gather_prefixed(struct gatherer *gatherer, size_t *at)
{
    static const struct {
        const char *word;
        enum date_unit unit;
    } prefixes[] = {{"ngay", UNIT_DAY}, {"thang", UNIT_MONTH}, {"nam", UNIT_YEAR}};
    if (token_at(gatherer, *at + 1)->kind != TOKEN_NUMBER)
        return false;
    for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++)
        if (token_is_word(token_at(gatherer, *at), prefixes[i].word)) {
            /* "ngày 05/03/2025" is a date of numbers alone */
            bool date = token_is_sign(token_at(gatherer, *at + 2), '/') ||
                        token_is_sign(token_at(gatherer, *at + 2), '-') ||
                        token_is_sign(token_at(gatherer, *at + 2), ':');
            if (date) {
                gatherer->parts.zone_order = ORDER_DAY_FIRST;
                return false;
            }
            add_field(gatherer, *at + 1, prefixes[i].unit);
            *at += 2;
            return true;
        }
    return false;
}

/* Japan's eras and Taiwan's count: the year before the first. */
static bool gather_era(struct gatherer *gatherer, const struct date_token *token)
{
    static const struct {
        const char *name;
        int before;
    } eras[] = {{"令和", 2018}, {"平成", 1988},     {"昭和", 1925},    {"民国", 1911},
                {"民國", 1911}, {"中華民國", 1911}, {"中华民国", 1911}};
    for (size_t i = 0; i < sizeof(eras) / sizeof(eras[0]); i++)
        if (token_is_word(token, eras[i].name)) {
            gatherer->fields.era = eras[i].before;
            return true;
        }
    return false;
}

/* The month that up to three words from `at` name, the longest first; *ret_words of them. */
static struct date_month month_at(const struct gatherer *gatherer, size_t at, size_t *ret_words)
{
    for (size_t count = 3; count > 1; count--) {
        char name[64];
        size_t len = 0, i = 0;
        for (; i < count; i++) {
            const struct date_token *token = token_at(gatherer, at + i);
            if (token->kind != TOKEN_WORD || len + token->text.len + 1 >= sizeof(name))
                break;
            if (i)
                name[len++] = ' ';
            memcpy(name + len, token->text.ptr, token->text.len);
            len += token->text.len;
        }
        struct date_month month = {0};
        if (i == count)
            month = date_month_of(str_make(name, len), true);
        *ret_words = count;
        if (month.month)
            return month;
    }
    *ret_words = 1;
    struct str word = token_at(gatherer, at)->text;
    struct date_month month = date_month_of(word, true);
    bool weekday = false;
    if (!month.month)
        (void)date_weekday_of(word, &weekday);
    return month.month || weekday ? month : date_month_of(word, false);
}

/* A month's name; false when it is none. Two different ones are no date, unless the first was a weekday's
 * too: "mar. 15 févr. 2022". */
static bool gather_month(struct gatherer *gatherer, size_t *at)
{
    struct date_fields *fields = &gatherer->fields;
    size_t words;
    bool weekday;
    struct date_month month = month_at(gatherer, *at, &words);
    if (!month.month)
        return false;
    (void)date_weekday_of(token_at(gatherer, *at)->text, &weekday);
    *at += words;
    bool different = month.month != fields->month.month || month.other != fields->month.other;
    if (fields->month.month && different && !fields->month_doubtful) {
        if (weekday)
            return true;
        gatherer->refused = true;
    }
    fields->month = month;
    fields->month_doubtful = weekday && fields->count == 0;
    return true;
}

static void gather_word(struct gatherer *gatherer, size_t *at)
{
    struct date_fields *fields = &gatherer->fields;
    const struct date_token *token = token_at(gatherer, *at);
    bool behind_number = *at > 0 && !token->spaced && token_at(gatherer, *at - 1)->kind == TOKEN_NUMBER;
    if (token_is_word(token, "t") && behind_number) {
        gatherer->expects_time = true;
        (*at)++;
        return;
    }
    if (token->comment) {
        if (gatherer->parts.clock && !gatherer->parts.zoned)
            (void)date_zone_name(token, &gatherer->parts);
        (*at)++;
        return;
    }
    fields->words |= !(token_is_word(token, "z") && behind_number);
    size_t half_at = *at;
    enum date_half half = gatherer->parts.clock ? HALF_NONE : date_half_read(&gatherer->tokens, &half_at);
    if (half != HALF_NONE && token_at(gatherer, half_at)->kind == TOKEN_NUMBER) {
        gatherer->parts.half = half;
        gatherer->tokens.korean |= str_equal(token->text, STR("오전")) || str_equal(token->text, STR("오후"));
        *at = half_at;
        return;
    }
    if (gather_prefixed(gatherer, at) || gather_month(gatherer, at))
        return;
    (*at)++;
    bool known;
    int weekday = date_weekday_of(token->text, &known);
    if (weekday)
        fields->weekday = weekday;
    if (known || gather_era(gatherer, token))
        return;
    /* weekdays of other languages, "at", "de", "klo" are passed over */
    if (gatherer->parts.clock && !gatherer->parts.zoned && token->upper)
        (void)date_zone_name(token, &gatherer->parts);
}

/* ---- The whole ---- */

static bool gather(struct gatherer *gatherer)
{
    for (size_t at = 0; at < gatherer->tokens.count && !gatherer->refused;) {
        const struct date_token *token = token_at(gatherer, at);
        if (token->kind == TOKEN_NUMBER)
            gather_number(gatherer, &at);
        else if (token->kind == TOKEN_WORD)
            gather_word(gatherer, &at);
        else
            at++;
    }
    return !gatherer->refused && !gatherer->expects_time && !gatherer->parts.zone_unknown;
}

static int finish(struct gatherer *gatherer, struct feed_time *time)
{
    const struct date_parts *parts = &gatherer->parts;
    int64_t days = clock_days_from_civil(parts->year, parts->month, parts->day);
    int64_t local_s =
        ((days * 24 + parts->hour) * 60 + parts->minute) * 60 + (parts->second > 59 ? 59 : parts->second);
    int offset_s = parts->offset_min * 60, month, day;
    if (parts->zone_name[0] && parts->clock && tzif_offset(parts->zone_name, local_s, &offset_s) < 0)
        return -EINVAL;
    if (gatherer->tokens.korean && !parts->zoned)
        offset_s = KOREA_MIN * 60;
    if (!parts->clock)
        offset_s = 0; /* a day alone is the same day everywhere */
    int64_t utc_s = local_s - offset_s, year;
    clock_civil_from_days((utc_s - ((utc_s % 86400) + 86400) % 86400) / 86400, &year, &month, &day);
    if (!date_is_day((int)year, month, day))
        return -EINVAL;
    time->ms = utc_s * 1000 + parts->fraction_ms;
    time->precision = parts->precision;
    time->zoned = parts->clock && parts->zoned;
    time->offset_min = (int16_t)(time->zoned ? offset_s / 60 : 0);
    return 0;
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
    struct gatherer gatherer;
    text = str_trim(text);
    *ret_time = (struct feed_time){.raw = text};
    if (text.len == 0)
        return -EINVAL;
    if (date_plain(text, ret_time) ||
        (isdigit((unsigned char)text.ptr[0]) && parse_epoch(text, ret_time) == 0))
        return 0;
    gatherer.fields = (struct date_fields){0};
    gatherer.parts = (struct date_parts){0};
    gatherer.refused = gatherer.expects_time = false;
    if (!date_tokenise(text, &gatherer.tokens) || !gather(&gatherer) ||
        date_decide(&gatherer.fields, &gatherer.parts) < 0)
        return -EINVAL;
    return finish(&gatherer, ret_time);
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
