/* charset_utf8: one step a piece: a run that is well formed, then what breaks it. */
#include "base/charset_utf8.h"

#include <string.h>

#include "base/utf8.h"

enum { CHARACTER_BYTES_MAX = 3 }; /* of what one byte, or one fault, becomes */

uint32_t windows_1252_character(unsigned char byte)
{
    static const uint16_t upper[32] = {0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021,
                                       0x2C6,  0x2030, 0x160,  0x2039, 0x152,  0x8D,   0x17D,  0x8F,
                                       0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                       0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178};
    return byte >= 0x80 && byte < 0xA0 ? upper[byte - 0x80] : byte;
}

static size_t sequence_length(unsigned char first)
{
    return first >= 0xF0 && first < 0xF5   ? 4
           : first >= 0xE0 && first < 0xF0 ? 3
           : first >= 0xC2 && first < 0xE0 ? 2
                                           : 1;
}

/* Bytes of a fault at `at`: a beginning with the bytes that may follow it, or one byte. */
static size_t fault_length(struct str bytes, size_t at)
{
    size_t most = sequence_length((unsigned char)bytes.ptr[at]), length = 1;
    while (length + 1 < most && at + length < bytes.len &&
           ((unsigned char)bytes.ptr[at + length] & 0xC0) == 0x80)
        length++;
    return length;
}

/* True when the fault at `at` is a character that the end of the text breaks off. */
static bool is_cut(struct str bytes, size_t at)
{
    return at + fault_length(bytes, at) == bytes.len && sequence_length((unsigned char)bytes.ptr[at]) > 1;
}

struct utf8_census utf8_count(struct str bytes)
{
    struct utf8_census census = {0};
    for (size_t at = 0; at < bytes.len;) {
        size_t end = at + utf8_valid_prefix(str_slice(bytes, at, bytes.len));
        for (; at < end; at++)
            census.sequences += (unsigned char)bytes.ptr[at] >= 0xC0;
        if (at == bytes.len)
            break;
        census.cut = is_cut(bytes, at);
        census.faults += !census.cut;
        at += fault_length(bytes, at);
    }
    return census;
}

static size_t put_fault(struct str bytes, size_t at, size_t length, char *out)
{
    bool alone = length == 1 && !is_cut(bytes, at);
    unsigned char byte = (unsigned char)bytes.ptr[at];
    uint32_t code = windows_1252_character(byte);
    bool meant = alone && code >= 0xA0 && byte < 0xFE; /* FE and FF are rather marks of other encodings */
    return utf8_encode(meant ? code : 0xFFFD, out);
}

struct str utf8_read_damaged(struct arena *arena, struct str bytes)
{
    char *out = arena_alloc(arena, bytes.len * CHARACTER_BYTES_MAX + 1);
    size_t len = 0;
    if (!out)
        return STR_NONE;
    for (size_t at = 0; at < bytes.len;) {
        size_t whole = utf8_valid_prefix(str_slice(bytes, at, bytes.len));
        memcpy(out + len, bytes.ptr + at, whole);
        len += whole;
        at += whole;
        if (at == bytes.len)
            break;
        size_t length = fault_length(bytes, at);
        len += put_fault(bytes, at, length, out + len);
        at += length;
    }
    out[len] = '\0';
    return str_make(out, len);
}
