/* utf8: hand-written so that well-formed text, ASCII or not, is checked sixteen bytes at a time. */
#include "base/utf8.h"

#include "base/wide.h"

/* Length of the well-formed sequence at p (1..4), or 0; *ret_bad is then the ill-formed part's length. */
static size_t sequence_length(const unsigned char *p, size_t left, size_t *ret_bad)
{
    unsigned char a = p[0], low = 0x80, high = 0xBF;
    size_t need;
    if (a < 0x80)
        return 1;
    *ret_bad = 1;
    if (a >= 0xC2 && a <= 0xDF) {
        need = 2;
    } else if (a >= 0xE0 && a <= 0xEF) {
        need = 3;
        if (a == 0xE0)
            low = 0xA0;
        if (a == 0xED)
            high = 0x9F;
    } else if (a >= 0xF0 && a <= 0xF4) {
        need = 4;
        if (a == 0xF0)
            low = 0x90;
        if (a == 0xF4)
            high = 0x8F;
    } else {
        return 0;
    }
    for (size_t i = 1; i < need; i++) {
        if (i >= left || p[i] < low || p[i] > high)
            return 0;
        *ret_bad = i + 1;
        low = 0x80;
        high = 0xBF;
    }
    return need;
}

/* The first byte over 127 at or after `at`. */
static size_t skip_ascii(const unsigned char *p, size_t at, size_t len)
{
    for (; len - at >= WIDE_BYTES; at += WIDE_BYTES) {
        unsigned first = wide_first(wide_above(wide_load(p + at), 0x7F));
        if (first < WIDE_BYTES)
            return at + first;
    }
    while (at < len && p[at] < 0x80)
        at++;
    return at;
}

enum {
    BEFORE = 3, /* bytes that decide with a byte whether it may stand where it is */
    CHARACTER_MAX = 4,
    STRIDE = 4 * WIDE_BYTES,
};

/* Of the sixteen bytes at p, with three readable before them: those that continue a character where none is
 * open, or do not where one is. */
static wide misplaced(const unsigned char *p)
{
    wide byte = wide_load(p), first = wide_load(p - 1), second = wide_load(p - 2), third = wide_load(p - 3);
    wide expected = wide_above(first, 0xBF) | wide_above(second, 0xDF) | wide_above(third, 0xEF);
    return expected ^ wide_equal(byte & 0xC0, '\x80');
}

/* Those that only a second look can tell: few texts have them. */
static wide doubtful(const unsigned char *p)
{
    wide byte = wide_load(p);
    return wide_equal(byte & 0xFE, '\xC0') | wide_equal(byte, '\xE0') | wide_equal(byte, '\xED') |
           wide_above(byte, 0xEF);
}

/* The second look: those that begin no character, or that the byte before forbids. */
static wide forbidden(const unsigned char *p)
{
    wide byte = wide_load(p), first = wide_load(p - 1);
    wide never = wide_above(byte, 0xF4) | wide_equal(byte & 0xFE, '\xC0');
    wide overlong = (wide_equal(first, '\xE0') & wide_below(byte, 0xA0)) |
                    (wide_equal(first, '\xF0') & wide_below(byte, 0x90));
    wide beyond = (wide_equal(first, '\xED') & wide_above(byte, 0x9F)) |
                  (wide_equal(first, '\xF4') & wide_above(byte, 0x8F));
    return never | overlong | beyond;
}

/* `count` bytes at p, a multiple of WIDE_BYTES, known as well as they can be without what follows. */
static inline bool well_formed(const unsigned char *p, size_t count)
{
    wide all = wide_load(p - BEFORE), wrong = {0}, doubt = doubtful(p - BEFORE);
    for (size_t i = 0; i < count; i += WIDE_BYTES)
        all |= wide_load(p + i);
    if (!wide_any(all))
        return true;
    for (size_t i = 0; i < count; i += WIDE_BYTES) {
        wrong |= misplaced(p + i);
        doubt |= doubtful(p + i);
    }
    for (size_t i = 0; i < count && wide_any(doubt); i += WIDE_BYTES)
        wrong |= forbidden(p + i);
    return !wide_any(wrong);
}

/* How far the text is well formed for sure; `from`, at least BEFORE, begins a character. */
static size_t skip_well_formed(const unsigned char *p, size_t from, size_t len)
{
    size_t i = from;
    while (len - i >= STRIDE && well_formed(p + i, STRIDE))
        i += STRIDE;
    while (len - i >= WIDE_BYTES && well_formed(p + i, WIDE_BYTES))
        i += WIDE_BYTES;
    for (size_t back = 1; back <= BEFORE && i - back >= from && p[i - back] >= 0x80; back++)
        if (p[i - back] >= 0xC0)
            return i - back; /* its end has perhaps not been seen */
    return i;
}

size_t utf8_valid_prefix(struct str s)
{
    const unsigned char *p = (const unsigned char *)s.ptr;
    size_t i = skip_ascii(p, 0, s.len), bad;
    if (i >= BEFORE)
        i = skip_well_formed(p, i, s.len);
    while (i < s.len) {
        size_t n = sequence_length(p + i, s.len - i, &bad);
        if (n == 0)
            return i;
        i += n;
        if (i < BEFORE + CHARACTER_MAX && i >= BEFORE) /* the text begins beyond ASCII */
            i = skip_well_formed(p, i, s.len);
    }
    return i;
}

bool utf8_valid(struct str s)
{
    return utf8_valid_prefix(s) == s.len;
}

size_t utf8_decode(struct str s, size_t at, uint32_t *ret_code_point)
{
    const unsigned char *p = (const unsigned char *)s.ptr + at;
    size_t bad = 1;
    size_t n = sequence_length(p, s.len - at, &bad);
    switch (n) {
    case 1:
        *ret_code_point = p[0];
        return 1;
    case 2:
        *ret_code_point = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
        return 2;
    case 3:
        *ret_code_point = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
        return 3;
    case 4:
        *ret_code_point = (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3F) << 12 |
                          (uint32_t)(p[2] & 0x3F) << 6 | (p[3] & 0x3F);
        return 4;
    default:
        *ret_code_point = 0xFFFD;
        return bad;
    }
}

size_t utf8_encode(uint32_t c, char out[4])
{
    if (c > 0x10FFFF || (c >= 0xD800 && c <= 0xDFFF))
        c = 0xFFFD;
    if (c < 0x80) {
        out[0] = (char)c;
        return 1;
    }
    if (c < 0x800) {
        out[0] = (char)(0xC0 | c >> 6);
        out[1] = (char)(0x80 | (c & 0x3F));
        return 2;
    }
    if (c < 0x10000) {
        out[0] = (char)(0xE0 | c >> 12);
        out[1] = (char)(0x80 | (c >> 6 & 0x3F));
        out[2] = (char)(0x80 | (c & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | c >> 18);
    out[1] = (char)(0x80 | (c >> 12 & 0x3F));
    out[2] = (char)(0x80 | (c >> 6 & 0x3F));
    out[3] = (char)(0x80 | (c & 0x3F));
    return 4;
}

size_t utf8_length(struct str s)
{
    size_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return count;
}

struct str utf8_repair(struct arena *arena, struct str s)
{
    size_t good = utf8_valid_prefix(s);
    if (good == s.len)
        return s;
    /* Each ill-formed byte becomes at most three bytes. */
    char *out = arena_alloc(arena, good + (s.len - good) * 3 + 1);
    if (!out)
        return STR_NONE;
    memcpy(out, s.ptr, good);
    size_t len = good;
    for (size_t at = good; at < s.len;) {
        uint32_t code_point;
        at += utf8_decode(s, at, &code_point);
        len += utf8_encode(code_point, out + len);
    }
    out[len] = '\0';
    return str_make(out, len);
}

struct str utf8_cut(struct str s, size_t max_bytes)
{
    if (s.len <= max_bytes)
        return s;
    size_t end = max_bytes;
    while (end > 0 && ((unsigned char)s.ptr[end] & 0xC0) == 0x80)
        end--;
    return str_make(s.ptr, end);
}
