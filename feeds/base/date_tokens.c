/* date_tokens: folding and cutting of a date's text. Pure; any thread. */
#include "base/date_private.h"

#include <utf8proc.h>

#include "base/utf8.h"

enum { COMMENT_ZONE_MAX = 40, COMPATIBLE_MAX = 32 };

/* ---- Folding ---- */

static bool is_hangul(uint32_t c)
{
    return c >= 0xAC00 && c <= 0xD7A3;
}

static bool is_thai(uint32_t c)
{
    return c >= 0xE00 && c <= 0xE7F;
}

/* Accents, points of Hebrew, vowel signs of Arabic, the nukta: written or left out as people like. */
static bool is_mark(uint32_t c)
{
    return (c >= 0x300 && c <= 0x36F) || (c >= 0x591 && c <= 0x5C7) || (c >= 0x64B && c <= 0x65F) ||
           c == 0x670 || c == 0x640 || c == 0x93C;
}

/* Decimal digits of the scripts in which dates are written; the rest stays as it is. */
static uint32_t ascii_digit(uint32_t c)
{
    static const uint32_t zeros[] = {0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6,  0xB66,  0xBE6,
                                     0xC66, 0xCE6, 0xD66, 0xE50, 0xED0, 0xF20, 0x1040, 0x17E0, 0x1810};
    for (size_t i = 0; i < sizeof(zeros) / sizeof(zeros[0]); i++)
        if (c >= zeros[i] && c < zeros[i] + 10)
            return c - zeros[i] + '0';
    return c;
}

/* One character for the many that look alike; 0 = nothing is written. */
static uint32_t plain(uint32_t c)
{
    bool rare = c >= 0x2000 || c == 0xAD; /* below there are neither dashes nor format characters */
    utf8proc_category_t category = rare ? utf8proc_category((utf8proc_int32_t)c) : UTF8PROC_CATEGORY_LO;
    if (is_mark(c) || category == UTF8PROC_CATEGORY_CF)
        return 0;
    if (c == 0x2212 || category == UTF8PROC_CATEGORY_PD)
        return '-';
    if (c == 0x131)
        return 'i'; /* Turkish: its capital is folded to i */
    if (c == 0x3C2)
        return 0x3C3; /* final sigma */
    if (c == 0x60C || c == 0x3001)
        return ',';
    if (c == 0x2236 || c == 0x589)
        return ':';
    if (c == 0x3002 || c == 0x6D4)
        return '.';
    if (c == 0x2044 || c == 0x2215)
        return '/';
    return ascii_digit(c);
}

static bool put(struct date_tokens *tokens, uint32_t c, bool capital)
{
    if (tokens->len + 4 > DATE_FOLDED_MAX)
        return false;
    size_t n = utf8_encode(c, tokens->text + tokens->len);
    for (size_t i = 0; i < n; i++)
        tokens->capital[tokens->len++] = capital;
    return true;
}

static bool fold_wide(struct date_tokens *tokens, uint32_t c)
{
    utf8proc_int32_t forms[COMPATIBLE_MAX] = {(utf8proc_int32_t)c};
    int last = 0;
    bool capital = utf8proc_category((utf8proc_int32_t)c) == UTF8PROC_CATEGORY_LU;
    utf8proc_ssize_t count = 1;
    if (!is_hangul(c))
        count = utf8proc_decompose_char((utf8proc_int32_t)c, forms, COMPATIBLE_MAX,
                                        UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD, &last);
    for (utf8proc_ssize_t i = 0; i < count && i < COMPATIBLE_MAX; i++) {
        uint32_t form = plain((uint32_t)forms[i]);
        if (form && !put(tokens, form, capital))
            return false;
    }
    return true;
}

/* Thai shortens with points inside a word: ม.ค. is one word. */
static bool is_point_in_thai(struct str text, size_t at, uint32_t before)
{
    uint32_t next = 0;
    if (text.ptr[at] != '.' || !is_thai(before))
        return false;
    if (at + 1 < text.len)
        utf8_decode(text, at + 1, &next);
    return is_thai(next) && !(next >= 0xE50 && next <= 0xE59);
}

static bool put_ascii(struct date_tokens *tokens, char c)
{
    bool capital = c >= 'A' && c <= 'Z';
    if (tokens->len == DATE_FOLDED_MAX)
        return false;
    tokens->capital[tokens->len] = capital;
    tokens->text[tokens->len++] = (char)(capital ? c | 0x20 : c);
    return true;
}

static bool fold(struct str text, struct date_tokens *tokens)
{
    uint32_t c = 0, before = 0;
    for (size_t at = 0; at < text.len; before = c) {
        if (!(text.ptr[at] & 0x80)) { /* nearly all there is */
            c = (uint32_t)text.ptr[at];
            if (!is_point_in_thai(text, at, before) && !put_ascii(tokens, text.ptr[at]))
                return false;
            at++;
            continue;
        }
        at += utf8_decode(text, at, &c);
        if (!fold_wide(tokens, c))
            return false;
    }
    return true;
}

/* ---- Cutting ---- */

static const struct {
    const char *sign;
    enum date_unit unit;
    bool korean;
} units[] = {
    {"年", UNIT_YEAR, false},   {"月", UNIT_MONTH, false},  {"日", UNIT_DAY, false},
    {"号", UNIT_DAY, false},    {"號", UNIT_DAY, false},    {"時", UNIT_HOUR, false},
    {"时", UNIT_HOUR, false},   {"点", UNIT_HOUR, false},   {"點", UNIT_HOUR, false},
    {"分", UNIT_MINUTE, false}, {"秒", UNIT_SECOND, false}, {"년", UNIT_YEAR, true},
    {"월", UNIT_MONTH, true},   {"일", UNIT_DAY, true},     {"시", UNIT_HOUR, true},
    {"분", UNIT_MINUTE, true},  {"초", UNIT_SECOND, true},
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c & 0x80);
}

/* Behind a number, perhaps with blanks between, its unit; *at moves behind it. */
static enum date_unit unit_at(struct date_tokens *tokens, struct str text, size_t *at)
{
    size_t start = *at;
    while (start < text.len && text.ptr[start] == ' ')
        start++;
    if (start >= text.len || !(text.ptr[start] & 0x80))
        return UNIT_NONE;
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
        if (str_starts(str_slice(text, start, text.len), str_from(units[i].sign))) {
            *at = start + strlen(units[i].sign);
            tokens->korean |= units[i].korean;
            return units[i].unit;
        }
    return UNIT_NONE;
}

static void cut_number(struct date_tokens *tokens, struct str text, size_t *at, struct date_token *token)
{
    size_t start = *at;
    token->kind = TOKEN_NUMBER;
    for (; *at < text.len && is_digit(text.ptr[*at]); (*at)++)
        if (token->digits++ < 9)
            token->value = token->value * 10 + (text.ptr[*at] - '0');
    token->text = str_slice(text, start, *at);
    token->unit = unit_at(tokens, text, at);
}

static void cut_word(const struct date_tokens *tokens, struct str text, size_t *at, struct date_token *token)
{
    size_t start = *at;
    token->kind = TOKEN_WORD;
    token->upper = true;
    for (; *at < text.len && is_letter(text.ptr[*at]); (*at)++)
        if ((text.ptr[*at] & 0xC0) != 0x80)
            token->upper &= tokens->capital[*at];
    token->text = str_slice(text, start, *at);
}

/* Behind the bracket's end; `text.len` when it has none. RFC 822 3.1.4: they nest, a backslash quotes. */
static size_t comment_end(struct str text, size_t at)
{
    int depth = 0;
    for (; at < text.len; at++) {
        if (text.ptr[at] == '\\')
            at++;
        else if (text.ptr[at] == '(')
            depth++;
        else if (text.ptr[at] == ')' && --depth == 0)
            return at + 1;
    }
    return text.len;
}

/* True when a comment may be a zone: "EST", "Pacific Daylight Time", "America/New_York". */
static bool is_zone_like(struct str comment)
{
    bool good = comment.len > 0 && comment.len <= COMMENT_ZONE_MAX;
    for (size_t i = 0; i < comment.len; i++)
        good &= (comment.ptr[i] >= 'a' && comment.ptr[i] <= 'z') || strchr(" /_", comment.ptr[i]);
    return good;
}

/* Moves behind a comment, or only behind its bracket when it has no end (a sign like others) or is perhaps a
 * zone: then its words are cut as well, up to *ret_end, and marked. */
static size_t comment_behind(struct str text, size_t at, size_t *ret_end)
{
    size_t end = comment_end(text, at);
    if (text.ptr[end - 1] != ')')
        return at + 1;
    if (!is_zone_like(str_slice(text, at + 1, end - 1)))
        return end;
    *ret_end = end;
    return at + 1;
}

static void cut_one(struct date_tokens *tokens, struct str text, size_t *at, struct date_token *token)
{
    char c = text.ptr[*at];
    if (is_digit(c)) {
        cut_number(tokens, text, at, token);
    } else if (is_letter(c)) {
        cut_word(tokens, text, at, token);
    } else {
        token->kind = TOKEN_SIGN;
        token->text = str_slice(text, *at, *at + 1);
        (*at)++;
    }
}

static bool cut(struct date_tokens *tokens, struct str text)
{
    bool spaced = false;
    size_t comment = 0; /* the end of the one that is looked into */
    for (size_t at = 0; at < text.len;) {
        char c = text.ptr[at];
        if (is_blank(c) || c == '(' || (c == ')' && at < comment)) {
            at = c == '(' ? comment_behind(text, at, &comment) : at + 1;
            spaced = true; /* a comment parts as a blank does */
            continue;
        }
        if (tokens->count == DATE_TOKENS_MAX)
            return false;
        struct date_token *token = &tokens->items[tokens->count++]; /* in place: copies cost half the time */
        *token = (struct date_token){.spaced = spaced, .comment = at < comment};
        cut_one(tokens, text, &at, token);
        spaced = false;
    }
    tokens->items[tokens->count] = (struct date_token){.kind = TOKEN_END};
    return true;
}

bool date_tokenise(struct str source, struct date_tokens *ret_tokens)
{
    ret_tokens->len = ret_tokens->count = 0;
    ret_tokens->korean = false;
    if (source.len > DATE_BYTES_MAX || !fold(source, ret_tokens))
        return false;
    return cut(ret_tokens, str_make(ret_tokens->text, ret_tokens->len));
}
