/* repair_json: a walk over tokens; each is copied, mended or left out, with commas set between values. */
#include "feeds/parse/repair_json.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/buffer.h"

enum { WHOLE_DIGITS_MAX = 18, NUMBER_BYTES_MAX = 64, WORD_BYTES_MAX = 32 };

struct pass {
    struct str in;
    size_t at;
    struct buffer out;
    uint32_t kinds;
    size_t depth;
    bool after_value; /* a value has just ended: a comma, a colon or an end must follow */
    bool comma;       /* one was read and is written before the next value */
};

static void note(struct pass *pass, enum repair_kind kind)
{
    pass->kinds |= 1u << kind;
}

static void put(struct pass *pass, struct str text)
{
    buffer_append_str(&pass->out, text);
}

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

/* The four digits of "\uXXXX" at `at`, or -1. */
static long escape_code(struct str in, size_t at)
{
    if (at + 6 > in.len || in.ptr[at] != '\\' || in.ptr[at + 1] != 'u')
        return -1;
    char digits[5] = "";
    for (size_t i = 0; i < 4; i++) {
        if (!isxdigit((unsigned char)in.ptr[at + 2 + i]))
            return -1;
        digits[i] = in.ptr[at + 2 + i];
    }
    return strtol(digits, NULL, 16);
}

/* "\uXXXX" at pass->at. */
static void put_unicode(struct pass *pass, long code)
{
    long low = code >= 0xD800 && code < 0xDC00 ? escape_code(pass->in, pass->at + 6) : -1;
    size_t length = low >= 0xDC00 && low < 0xE000 ? 12 : 6;
    if (code >= 0xD800 && code < 0xE000 && length == 6) {
        note(pass, REPAIR_SURROGATES);
        put(pass, STR("\\uFFFD"));
    } else {
        put(pass, str_slice(pass->in, pass->at, pass->at + length));
    }
    pass->at += length;
}

/* The backslash at pass->at and what it escapes. */
static void put_escape(struct pass *pass)
{
    char next = pass->at + 1 < pass->in.len ? pass->in.ptr[pass->at + 1] : '\0';
    long code = escape_code(pass->in, pass->at);
    if (code >= 0) {
        put_unicode(pass, code);
    } else if (next && strchr("\"\\/bfnrt", next)) {
        put(pass, str_slice(pass->in, pass->at, pass->at + 2));
        pass->at += 2;
    } else { /* "\'" means the quote alone; "C:\new" and a broken "\u" mean the backslash */
        note(pass, REPAIR_ESCAPES);
        if (next != '\'')
            put(pass, STR("\\\\"));
        pass->at++;
    }
}

static void put_control(struct pass *pass, char byte)
{
    note(pass, REPAIR_CONTROL_CHARACTERS);
    if (byte == '\n')
        put(pass, STR("\\n"));
    else if (byte == '\t')
        put(pass, STR("\\t"));
    else if (byte == '\r')
        put(pass, STR("\\r"));
    pass->at++;
}

/* The string whose quote stands at pass->at. */
static void put_string(struct pass *pass)
{
    struct str in = pass->in;
    size_t from = pass->at++;
    while (pass->at < in.len && in.ptr[pass->at] != '"') {
        bool control = (unsigned char)in.ptr[pass->at] < 0x20;
        if (!control && in.ptr[pass->at] != '\\') {
            pass->at++;
            continue;
        }
        put(pass, str_slice(in, from, pass->at));
        if (control)
            put_control(pass, in.ptr[pass->at]);
        else
            put_escape(pass);
        from = pass->at;
    }
    pass->at += pass->at < in.len;
    put(pass, str_slice(in, from, pass->at));
}

/* Length of the digits at `at`. */
static size_t digits_at(struct str text, size_t at)
{
    size_t end = at;
    while (end < text.len && isdigit((unsigned char)text.ptr[end]))
        end++;
    return end - at;
}

/* RFC 8259, section 6; *ret_whole when it has neither fraction nor exponent. */
static bool is_number(struct str token, bool *ret_whole)
{
    size_t at = str_starts(token, STR("-")), digits = digits_at(token, at);
    if (!digits || (digits > 1 && token.ptr[at] == '0'))
        return false;
    at += digits;
    *ret_whole = at == token.len;
    if (at < token.len && token.ptr[at] == '.') {
        digits = digits_at(token, at + 1);
        if (!digits)
            return false;
        at += 1 + digits;
    }
    if (at < token.len && (token.ptr[at] | 0x20) == 'e') {
        at++;
        at += at < token.len && strchr("+-", token.ptr[at]);
        digits = digits_at(token, at);
        if (!digits)
            return false;
        at += digits;
    }
    return at == token.len;
}

static void put_quoted(struct pass *pass, struct str token)
{
    note(pass, REPAIR_NUMBERS);
    put(pass, STR("\""));
    put(pass, token);
    put(pass, STR("\""));
}

static void put_number(struct pass *pass, struct str token)
{
    char text[NUMBER_BYTES_MAX + 1];
    bool whole = false, sound = is_number(token, &whole);
    if (!sound || (whole && token.len > WHOLE_DIGITS_MAX)) {
        put_quoted(pass, token);
        return;
    }
    (void)snprintf(text, sizeof(text), "%.*s", STR_ARG(token));
    if (token.len <= NUMBER_BYTES_MAX && isfinite(strtod(text, NULL))) {
        put(pass, token);
        return;
    }
    note(pass, REPAIR_NUMBERS);
    put(pass, STR("null"));
}

/* A number or a word, to the next sign or blank. */
static void put_bare(struct pass *pass)
{
    size_t start = pass->at;
    while (pass->at < pass->in.len &&
           (isalnum((unsigned char)pass->in.ptr[pass->at]) || strchr("+-._$", pass->in.ptr[pass->at])) &&
           pass->in.ptr[pass->at])
        pass->at++;
    struct str token = str_slice(pass->in, start, pass->at);
    if (isdigit((unsigned char)token.ptr[0]) || strchr("+-.", token.ptr[0])) {
        put_number(pass, token);
    } else if (str_equal(token, STR("true")) || str_equal(token, STR("false")) ||
               str_equal(token, STR("null"))) {
        put(pass, token);
    } else { /* NaN, undefined, None */
        note(pass, REPAIR_NUMBERS);
        bool truth = str_equal(token, STR("True")), falsehood = str_equal(token, STR("False"));
        put(pass, truth ? STR("true") : falsehood ? STR("false") : STR("null"));
    }
}

/* Before a value or name begins. */
static void put_comma(struct pass *pass)
{
    if (pass->after_value && !pass->comma)
        note(pass, REPAIR_COMMAS);
    if (pass->after_value)
        put(pass, STR(","));
    else if (pass->comma)
        note(pass, REPAIR_COMMAS);
    pass->comma = pass->after_value = false;
}

/* Behind the comment at `at`; `at` when there is none. */
static size_t skip_comment(struct str in, size_t at)
{
    struct str rest = str_slice(in, at, in.len);
    bool block = str_starts(rest, STR("/*"));
    if (!block && !str_starts(rest, STR("//")))
        return at;
    ptrdiff_t end = str_find(in, block ? STR("*/") : STR("\n"), at + 2);
    return end < 0 ? in.len : (size_t)end + (block ? 2 : 1);
}

static void put_bracket(struct pass *pass, char byte)
{
    bool opens = byte == '{' || byte == '[';
    if (opens) {
        put_comma(pass);
        pass->depth++;
    } else {
        if (pass->comma)
            note(pass, REPAIR_COMMAS);
        pass->comma = false;
        pass->depth -= pass->depth > 0;
    }
    buffer_append_byte(&pass->out, byte);
    pass->after_value = !opens;
    pass->at++;
}

/* Signs between values, and what has no meaning there. */
static void pass_sign(struct pass *pass, char byte)
{
    size_t end = byte == '/' ? skip_comment(pass->in, pass->at) : pass->at;
    if (byte == ',') {
        if (pass->comma)
            note(pass, REPAIR_COMMAS);
        pass->comma = true;
    } else if (byte == ':') {
        put(pass, STR(":"));
        pass->after_value = pass->comma = false;
    } else if (is_blank(byte)) {
        buffer_append_byte(&pass->out, byte);
    } else {
        note(pass, end > pass->at ? REPAIR_COMMAS : REPAIR_CONTROL_CHARACTERS);
    }
    pass->at = end > pass->at ? end : pass->at + 1;
}

static void pass_token(struct pass *pass)
{
    char byte = pass->in.ptr[pass->at];
    if (byte && strchr("{}[]", byte)) {
        put_bracket(pass, byte);
    } else if (byte == '"' || isalnum((unsigned char)byte) || (byte && strchr("+-.", byte))) {
        put_comma(pass);
        if (byte == '"')
            put_string(pass);
        else
            put_bare(pass);
        pass->after_value = true;
    } else {
        pass_sign(pass, byte);
    }
}

ptrdiff_t repair_json_start(struct str text)
{
    for (ptrdiff_t at = str_find_byte(text, '{', 0); at >= 0; at = str_find_byte(text, '{', (size_t)at + 1)) {
        size_t next = (size_t)at + 1;
        while (next < text.len && is_blank(text.ptr[next]))
            next++;
        if (next < text.len && (text.ptr[next] == '"' || text.ptr[next] == '}'))
            return at;
    }
    return -1;
}

int repair_json(struct arena *arena, struct str text, struct repair_result *ret_result)
{
    ptrdiff_t start = repair_json_start(text);
    struct pass pass = {.in = text, .at = start > 0 && text.ptr[0] != '[' ? (size_t)start : 0};
    if (pass.at > 0)
        note(&pass, REPAIR_LEADING_JUNK);
    (void)buffer_reserve(&pass.out, text.len + text.len / 8); /* a failure shows at the end */
    while (pass.at < text.len) {
        pass_token(&pass);
        if (!pass.depth)
            break;
    }
    if (!str_empty(str_trim(str_slice(text, pass.at, text.len))))
        note(&pass, REPAIR_TRAILING_JUNK);
    struct str mended = pass.out.failed ? STR_NONE : arena_str(arena, buffer_str(&pass.out));
    buffer_done(&pass.out);
    *ret_result = (struct repair_result){.text = mended, .kinds = pass.kinds};
    return mended.ptr ? 0 : -ENOMEM;
}
