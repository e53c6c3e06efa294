/* date_clock: times of day. Pure; any thread. */
#include "base/date_private.h"

#include <ctype.h>
#include <errno.h>

static const struct date_token *token_at(const struct date_tokens *tokens, size_t at)
{
    return &tokens->items[at < tokens->count ? at : tokens->count];
}

/* ---- Halves of the day ---- */

/* The marks without their points; "a m" stands for a.m. */
static const char *const am_words[] = {"am",   "a m",  "πμ",   "π μ",  "ص",      "上午", "午前",
                                       "오전", "凌晨", "早上", "清晨", "पूर्वाह्न", NULL};
static const char *const pm_words[] = {"pm",   "p m",  "μμ",   "μ μ",  "م",      "下午", "午後",
                                       "오후", "晚上", "傍晚", "中午", "अपराह्न", NULL};

static bool half_in(struct str word, const char *const *words)
{
    for (; *words; words++)
        if (word.ptr[0] == **words && str_equal(word, str_from(*words)))
            return true;
    return false;
}

/* Two single letters with a point or blank between, as one: "a. m." */
static size_t lettered(const struct date_tokens *tokens, size_t at, char out[8], size_t *ret_len)
{
    const struct date_token *first = token_at(tokens, at);
    size_t next = at + 1;
    *ret_len = 0;
    if (first->kind != TOKEN_WORD || first->text.len > 2)
        return at;
    if (token_is_sign(token_at(tokens, next), '.'))
        next++;
    const struct date_token *second = token_at(tokens, next);
    if (second->kind != TOKEN_WORD || second->text.len > 2)
        return at;
    memcpy(out, first->text.ptr, first->text.len);
    out[first->text.len] = ' ';
    memcpy(out + first->text.len + 1, second->text.ptr, second->text.len);
    *ret_len = first->text.len + 1 + second->text.len;
    return next + 1;
}

enum date_half date_half_read(const struct date_tokens *tokens, size_t *at)
{
    const struct date_token *first = token_at(tokens, *at);
    bool ascii = first->kind == TOKEN_WORD && !(first->text.ptr[0] & 0x80);
    if (first->kind != TOKEN_WORD || (ascii && first->text.len > 2))
        return HALF_NONE; /* nearly always */
    char letters[8];
    size_t len, end = lettered(tokens, *at, letters, &len);
    struct str word = first->text;
    if (len)
        word = str_make(letters, len);
    enum date_half half = half_in(word, am_words) ? HALF_AM : half_in(word, pm_words) ? HALF_PM : HALF_NONE;
    if (half == HALF_NONE && len) { /* "pm et": the first alone */
        word = first->text;
        end = *at + 1;
        half = half_in(word, am_words) ? HALF_AM : half_in(word, pm_words) ? HALF_PM : HALF_NONE;
    }
    if (half != HALF_NONE)
        *at = len ? end : *at + 1;
    if (half != HALF_NONE && token_is_sign(token_at(tokens, *at), '.'))
        (*at)++;
    return half;
}

/* ---- Forms of the clock ---- */

/* A number directly behind, of at most two digits. */
static bool short_number(const struct date_token *token)
{
    return token->kind == TOKEN_NUMBER && token->digits <= 2 && !token->spaced;
}

static void read_fraction(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    const struct date_token *digits = token_at(tokens, *at + 1);
    bool mark = token_is_sign(token_at(tokens, *at), '.') || token_is_sign(token_at(tokens, *at), ',');
    if (!mark || token_at(tokens, *at)->spaced || digits->kind != TOKEN_NUMBER || digits->spaced)
        return;
    int64_t scale = 100;
    for (size_t i = 0; i < digits->text.len && scale; i++, scale /= 10)
        parts->fraction_ms += (digits->text.ptr[i] - '0') * scale;
    parts->precision = TIME_FRACTION;
    *at += 2;
}

/* N:N[:N[.fraction]], or with points: 10.33.00. Fields of one digit are written by careless programs. */
static bool read_signed(const struct date_tokens *tokens, size_t *at, char sign, struct date_parts *parts)
{
    const struct date_token *minute = token_at(tokens, *at + 2), *second = token_at(tokens, *at + 4);
    if (!token_is_sign(token_at(tokens, *at + 1), sign) || !short_number(minute))
        return false;
    parts->hour = token_at(tokens, *at)->value;
    parts->minute = minute->value;
    parts->precision = TIME_MINUTE;
    *at += 3;
    if (!token_is_sign(token_at(tokens, *at), sign) || token_at(tokens, *at)->spaced || !short_number(second))
        return true;
    parts->second = second->value;
    parts->precision = TIME_SECOND;
    *at += 2;
    read_fraction(tokens, at, parts);
    return true;
}

/* 10時30分15秒, 10시 30분 */
static bool read_units(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    if (token_at(tokens, *at)->unit != UNIT_HOUR)
        return false;
    parts->hour = token_at(tokens, *at)->value;
    parts->precision = TIME_MINUTE;
    (*at)++;
    if (token_at(tokens, *at)->kind != TOKEN_NUMBER || token_at(tokens, *at)->unit != UNIT_MINUTE)
        return true;
    parts->minute = token_at(tokens, (*at)++)->value;
    if (token_at(tokens, *at)->kind == TOKEN_NUMBER && token_at(tokens, *at)->unit == UNIT_SECOND) {
        parts->second = token_at(tokens, (*at)++)->value;
        parts->precision = TIME_SECOND;
    }
    return true;
}

/* 10h30, 10 h 30, 10h, 10u30 */
static bool read_lettered(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    static const char *const hours[] = {"h", "u", NULL};
    const struct date_token *minute = token_at(tokens, *at + 2);
    if (!token_is_one_of(token_at(tokens, *at + 1), hours))
        return false;
    parts->hour = token_at(tokens, *at)->value;
    parts->precision = TIME_MINUTE;
    *at += 2;
    if (minute->kind == TOKEN_NUMBER && minute->digits == 2) {
        parts->minute = minute->value;
        (*at)++;
        static const char *const minutes[] = {"m", "min", "mn", NULL};
        if (token_is_one_of(token_at(tokens, *at), minutes) && !token_at(tokens, *at)->spaced)
            (*at)++;
    }
    return true;
}

/* T10, T1033, T103300 (ISO 8601, basic form) */
static bool read_basic(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    const struct date_token *number = token_at(tokens, *at);
    int value = number->value;
    if (number->digits != 2 && number->digits != 4 && number->digits != 6)
        return false;
    parts->precision = number->digits == 6 ? TIME_SECOND : TIME_MINUTE;
    parts->second = number->digits == 6 ? value % 100 : 0;
    value /= number->digits == 6 ? 100 : 1;
    parts->minute = number->digits >= 4 ? value % 100 : 0;
    parts->hour = number->digits >= 4 ? value / 100 : value;
    (*at)++;
    if (number->digits == 6)
        read_fraction(tokens, at, parts);
    return true;
}

/* 10.33 is a clock behind "kl." or before "Uhr" and "pm", whatever else stands there. */
static bool is_said_clock(const struct date_tokens *tokens, size_t at)
{
    static const char *const before[] = {"kl", "klo", "klokken", "pukul", "ore", "alle", "saat", "jam", NULL};
    static const char *const behind[] = {"uhr", "wib", "wita", "wit", NULL};
    size_t word = at, half = at + 3;
    if (date_half_read(tokens, &half) != HALF_NONE)
        return true;
    if (word > 0 && token_is_sign(token_at(tokens, word - 1), '.'))
        word--;
    return (word > 0 && token_is_one_of(token_at(tokens, word - 1), before)) ||
           token_is_one_of(token_at(tokens, at + 3), behind);
}

static bool is_dotted(const struct date_tokens *tokens, size_t at, enum date_before before)
{
    const struct date_token *minute = token_at(tokens, at + 2);
    return (before != BEFORE_NOTHING || is_said_clock(tokens, at)) &&
           token_is_sign(token_at(tokens, at + 1), '.') && !token_at(tokens, at + 1)->spaced &&
           short_number(minute) && minute->digits == 2;
}

/* T10-30-00, as in names of files; T10-05 is an hour with its offset. */
static bool is_dashed(const struct date_tokens *tokens, size_t at)
{
    return token_is_sign(token_at(tokens, at + 1), '-') && token_is_sign(token_at(tokens, at + 3), '-') &&
           short_number(token_at(tokens, at + 2)) && short_number(token_at(tokens, at + 4));
}

/* Chinese, Japanese and Korean put the half in front: in "3/5 오후 3:00" the day is no hour. */
static bool is_in_front(const struct date_token *half)
{
    return half->kind == TOKEN_WORD && (unsigned char)half->text.ptr[0] >= 0xE3;
}

/* "10 a.m.": an hour that only its half of the day makes a clock. */
static bool read_hour(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    static const char *const uhr[] = {"uhr", NULL};
    size_t behind = *at + 1;
    bool half = !is_in_front(token_at(tokens, behind)) && date_half_read(tokens, &behind) != HALF_NONE;
    if (parts->half == HALF_NONE && !half && !token_is_one_of(token_at(tokens, *at + 1), uhr))
        return false;
    parts->hour = token_at(tokens, *at)->value;
    parts->precision = TIME_MINUTE;
    (*at)++;
    return true;
}

static bool read_form(const struct date_tokens *tokens, size_t *at, enum date_before before,
                      struct date_parts *parts)
{
    bool short_one = token_at(tokens, *at)->digits <= 2;
    if (short_one && token_at(tokens, *at)->unit == UNIT_HOUR)
        return read_units(tokens, at, parts);
    if (token_at(tokens, *at)->unit != UNIT_NONE)
        return false;
    if (short_one && (read_signed(tokens, at, ':', parts) ||
                      (is_dotted(tokens, *at, before) && read_signed(tokens, at, '.', parts)) ||
                      read_lettered(tokens, at, parts)))
        return true;
    if (before == BEFORE_T && is_dashed(tokens, *at))
        return read_signed(tokens, at, '-', parts);
    if (before == BEFORE_T)
        return read_basic(tokens, at, parts);
    return short_one && read_hour(tokens, at, parts);
}

/* "AM", "a.m.", but not Spanish "a. m.": how Americans write it. */
static bool is_english(const struct date_tokens *tokens, size_t at)
{
    static const char *const words[] = {"am", "pm", NULL}, *const letters[] = {"a", "p", NULL};
    return token_is_one_of(token_at(tokens, at), words) ||
           (token_is_one_of(token_at(tokens, at), letters) && !token_at(tokens, at + 2)->spaced);
}

/* The half before the clock (오후 3:00) or behind it. East Asian writers put it before 15:00 as well. */
static bool apply_half(const struct date_tokens *tokens, size_t *at, struct date_parts *parts)
{
    bool before = parts->half != HALF_NONE;
    bool english = !before && is_english(tokens, *at);
    enum date_half half = before ? parts->half : date_half_read(tokens, at);
    if (half == HALF_NONE)
        return true;
    parts->half = half;
    parts->half_english = english;
    if (before && parts->hour > 12)
        return true;
    if (parts->hour == 0)
        return before || half == HALF_AM; /* careless, but plain */
    if (parts->hour > 12)
        return false;
    parts->hour = parts->hour % 12 + (half == HALF_PM ? 12 : 0);
    return true;
}

int date_clock_read(const struct date_tokens *tokens, size_t *at, enum date_before before,
                    struct date_parts *parts)
{
    if (!read_form(tokens, at, before, parts))
        return 0;
    if (!apply_half(tokens, at, parts) || parts->hour > 23 || parts->minute > 59 || parts->second > 60)
        return -EINVAL;
    parts->clock = true;
    return 1;
}
