/* str: pure functions over pointer-and-length strings; no allocation, any thread. */
#include "base/str.h"

#include <errno.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>

static unsigned char ascii_lower(char c)
{
    unsigned char byte = (unsigned char)c;
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte + 32) : byte;
}

bool str_equal_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++)
        if (ascii_lower(a.ptr[i]) != ascii_lower(b.ptr[i]))
            return false;
    return true;
}

bool str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_equal(str_make(s.ptr, prefix.len), prefix);
}

bool str_starts_nocase(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_equal_nocase(str_make(s.ptr, prefix.len), prefix);
}

bool str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len && str_equal(str_make(s.ptr + (s.len - suffix.len), suffix.len), suffix);
}

ptrdiff_t str_find(struct str s, struct str needle, size_t from)
{
    if (from > s.len || needle.len > s.len - from)
        return -1;
    if (needle.len == 0)
        return (ptrdiff_t)from;
    const char *hit = memmem(s.ptr + from, s.len - from, needle.ptr, needle.len);
    return hit ? hit - s.ptr : -1;
}

ptrdiff_t str_find_nocase(struct str s, struct str needle, size_t from)
{
    if (needle.len == 0)
        return from <= s.len ? (ptrdiff_t)from : -1;
    for (size_t i = from; i + needle.len <= s.len; i++)
        if (ascii_lower(s.ptr[i]) == ascii_lower(needle.ptr[0]) &&
            str_equal_nocase(str_make(s.ptr + i, needle.len), needle))
            return (ptrdiff_t)i;
    return -1;
}

ptrdiff_t str_find_byte(struct str s, char byte, size_t from)
{
    if (from >= s.len)
        return -1;
    const char *hit = memchr(s.ptr + from, byte, s.len - from);
    return hit ? hit - s.ptr : -1;
}

struct str str_slice(struct str s, size_t start, size_t end)
{
    if (end > s.len)
        end = s.len;
    if (start > end)
        start = end;
    return str_make(s.ptr ? s.ptr + start : NULL, end - start);
}

/* Length of the white space character at the start of `s`, 0 when there is none. */
static size_t space_at_start(struct str s)
{
    if (s.len == 0)
        return 0;
    unsigned char byte = (unsigned char)s.ptr[0];
    if (byte == ' ' || (byte >= '\t' && byte <= '\r'))
        return 1;
    if (str_starts(s, STR("\xC2\xA0")))
        return 2;
    if (str_starts(s, STR("\xEF\xBB\xBF")) || str_starts(s, STR("\xE2\x80\x8B")) ||
        str_starts(s, STR("\xE3\x80\x80")))
        return 3;
    return 0;
}

static size_t space_at_end(struct str s)
{
    if (s.len == 0)
        return 0;
    if (space_at_start(str_make(s.ptr + s.len - 1, 1)) == 1)
        return 1;
    if (s.len >= 2 && space_at_start(str_make(s.ptr + s.len - 2, 2)) == 2)
        return 2;
    if (s.len >= 3 && space_at_start(str_make(s.ptr + s.len - 3, 3)) == 3)
        return 3;
    return 0;
}

/* No part of any white space. */
static bool is_ink(char c)
{
    return c > ' ' && c < 0x7F;
}

struct str str_trim(struct str s)
{
    size_t n;
    if (s.len && is_ink(s.ptr[0]) && is_ink(s.ptr[s.len - 1]))
        return s;
    while ((n = space_at_start(s)) > 0)
        s = str_make(s.ptr + n, s.len - n);
    while ((n = space_at_end(s)) > 0)
        s.len -= n;
    return s;
}

static bool ascii_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct str str_trim_ascii(struct str s)
{
    while (s.len > 0 && ascii_space(s.ptr[0]))
        s = str_make(s.ptr + 1, s.len - 1);
    while (s.len > 0 && ascii_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool str_split(struct str *rest, char separator, struct str *ret_part)
{
    if (!rest->ptr)
        return false;
    ptrdiff_t at = str_find_byte(*rest, separator, 0);
    if (at < 0) {
        *ret_part = *rest;
        *rest = STR_NONE;
        return true;
    }
    *ret_part = str_make(rest->ptr, (size_t)at);
    *rest = str_make(rest->ptr + at + 1, rest->len - (size_t)at - 1);
    return true;
}

bool str_to_int64(struct str s, int64_t *ret_value)
{
    char digits[32];
    if (s.len == 0 || s.len >= sizeof(digits) ||
        !(s.ptr[0] == '-' || s.ptr[0] == '+' || (s.ptr[0] >= '0' && s.ptr[0] <= '9')))
        return false;
    memcpy(digits, s.ptr, s.len);
    digits[s.len] = '\0';
    char *end;
    errno = 0;
    long long value = strtoll(digits, &end, 10);
    if (errno || end != digits + s.len || end == digits) /* a NUL byte is no end */
        return false;
    *ret_value = value;
    return true;
}

bool str_to_double(struct str s, double *ret_value)
{
    char digits[64];
    if (s.len == 0 || s.len >= sizeof(digits))
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (!strchr("0123456789+-.eE", s.ptr[i]) || s.ptr[i] == '\0')
            return false;
    memcpy(digits, s.ptr, s.len);
    digits[s.len] = '\0';
    /* newsd never calls setlocale(LC_NUMERIC), so strtod reads the C locale. */
    char *end;
    double value = strtod(digits, &end);
    if (*end || end == digits || !isfinite(value))
        return false;
    *ret_value = value;
    return true;
}
