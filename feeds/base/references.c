/* references: HTML 4's names in one sorted table; HTML5's two thousand others do not occur in feeds' text,
 * and pages go through the HTML parser, which knows them all. */
#include "base/references.h"

#include <stdbool.h>
#include <stdint.h>

#include "base/utf8.h"

enum { NAME_MAX_BYTES = 8, DIGITS_MAX = 8 };

static const struct {
    char name[NAME_MAX_BYTES + 1];
    uint16_t code_point;
} names[] = {
    /* clang-format off */
    {"AElig", 0xC6}, {"Aacute", 0xC1}, {"Acirc", 0xC2}, {"Agrave", 0xC0}, {"Alpha", 0x391}, {"Aring", 0xC5},
    {"Atilde", 0xC3}, {"Auml", 0xC4}, {"Beta", 0x392}, {"Ccedil", 0xC7}, {"Chi", 0x3A7}, {"Dagger", 0x2021},
    {"Delta", 0x394}, {"ETH", 0xD0}, {"Eacute", 0xC9}, {"Ecirc", 0xCA}, {"Egrave", 0xC8}, {"Epsilon", 0x395},
    {"Eta", 0x397}, {"Euml", 0xCB}, {"Gamma", 0x393}, {"Iacute", 0xCD}, {"Icirc", 0xCE}, {"Igrave", 0xCC},
    {"Iota", 0x399}, {"Iuml", 0xCF}, {"Kappa", 0x39A}, {"Lambda", 0x39B}, {"Mu", 0x39C}, {"Ntilde", 0xD1},
    {"Nu", 0x39D}, {"OElig", 0x152}, {"Oacute", 0xD3}, {"Ocirc", 0xD4}, {"Ograve", 0xD2}, {"Omega", 0x3A9},
    {"Omicron", 0x39F}, {"Oslash", 0xD8}, {"Otilde", 0xD5}, {"Ouml", 0xD6}, {"Phi", 0x3A6}, {"Pi", 0x3A0},
    {"Prime", 0x2033}, {"Psi", 0x3A8}, {"Rho", 0x3A1}, {"Scaron", 0x160}, {"Sigma", 0x3A3}, {"THORN", 0xDE},
    {"Tau", 0x3A4}, {"Theta", 0x398}, {"Uacute", 0xDA}, {"Ucirc", 0xDB}, {"Ugrave", 0xD9},
    {"Upsilon", 0x3A5}, {"Uuml", 0xDC}, {"Xi", 0x39E}, {"Yacute", 0xDD}, {"Yuml", 0x178}, {"Zeta", 0x396},
    {"aacute", 0xE1}, {"acirc", 0xE2}, {"acute", 0xB4}, {"aelig", 0xE6}, {"agrave", 0xE0},
    {"alefsym", 0x2135}, {"alpha", 0x3B1}, {"amp", 0x26}, {"and", 0x2227}, {"ang", 0x2220}, {"apos", 0x27},
    {"aring", 0xE5}, {"asymp", 0x2248}, {"atilde", 0xE3}, {"auml", 0xE4}, {"bdquo", 0x201E}, {"beta", 0x3B2},
    {"brvbar", 0xA6}, {"bull", 0x2022}, {"cap", 0x2229}, {"ccedil", 0xE7}, {"cedil", 0xB8}, {"cent", 0xA2},
    {"chi", 0x3C7}, {"circ", 0x2C6}, {"clubs", 0x2663}, {"cong", 0x2245}, {"copy", 0xA9}, {"crarr", 0x21B5},
    {"cup", 0x222A}, {"curren", 0xA4}, {"dArr", 0x21D3}, {"dagger", 0x2020}, {"darr", 0x2193}, {"deg", 0xB0},
    {"delta", 0x3B4}, {"diams", 0x2666}, {"divide", 0xF7}, {"eacute", 0xE9}, {"ecirc", 0xEA},
    {"egrave", 0xE8}, {"empty", 0x2205}, {"emsp", 0x2003}, {"ensp", 0x2002}, {"epsilon", 0x3B5},
    {"equiv", 0x2261}, {"eta", 0x3B7}, {"eth", 0xF0}, {"euml", 0xEB}, {"euro", 0x20AC}, {"exist", 0x2203},
    {"fnof", 0x192}, {"forall", 0x2200}, {"frac12", 0xBD}, {"frac14", 0xBC}, {"frac34", 0xBE},
    {"frasl", 0x2044}, {"gamma", 0x3B3}, {"ge", 0x2265}, {"gt", 0x3E}, {"hArr", 0x21D4}, {"harr", 0x2194},
    {"hearts", 0x2665}, {"hellip", 0x2026}, {"iacute", 0xED}, {"icirc", 0xEE}, {"iexcl", 0xA1},
    {"igrave", 0xEC}, {"image", 0x2111}, {"infin", 0x221E}, {"int", 0x222B}, {"iota", 0x3B9},
    {"iquest", 0xBF}, {"isin", 0x2208}, {"iuml", 0xEF}, {"kappa", 0x3BA}, {"lArr", 0x21D0},
    {"lambda", 0x3BB}, {"lang", 0x2329}, {"laquo", 0xAB}, {"larr", 0x2190}, {"lceil", 0x2308},
    {"ldquo", 0x201C}, {"le", 0x2264}, {"lfloor", 0x230A}, {"lowast", 0x2217}, {"loz", 0x25CA},
    {"lrm", 0x200E}, {"lsaquo", 0x2039}, {"lsquo", 0x2018}, {"lt", 0x3C}, {"macr", 0xAF}, {"mdash", 0x2014},
    {"micro", 0xB5}, {"middot", 0xB7}, {"minus", 0x2212}, {"mu", 0x3BC}, {"nabla", 0x2207}, {"nbsp", 0xA0},
    {"ndash", 0x2013}, {"ne", 0x2260}, {"ni", 0x220B}, {"not", 0xAC}, {"notin", 0x2209}, {"nsub", 0x2284},
    {"ntilde", 0xF1}, {"nu", 0x3BD}, {"oacute", 0xF3}, {"ocirc", 0xF4}, {"oelig", 0x153}, {"ograve", 0xF2},
    {"oline", 0x203E}, {"omega", 0x3C9}, {"omicron", 0x3BF}, {"oplus", 0x2295}, {"or", 0x2228},
    {"ordf", 0xAA}, {"ordm", 0xBA}, {"oslash", 0xF8}, {"otilde", 0xF5}, {"otimes", 0x2297}, {"ouml", 0xF6},
    {"para", 0xB6}, {"part", 0x2202}, {"permil", 0x2030}, {"perp", 0x22A5}, {"phi", 0x3C6}, {"pi", 0x3C0},
    {"piv", 0x3D6}, {"plusmn", 0xB1}, {"pound", 0xA3}, {"prime", 0x2032}, {"prod", 0x220F}, {"prop", 0x221D},
    {"psi", 0x3C8}, {"quot", 0x22}, {"rArr", 0x21D2}, {"radic", 0x221A}, {"rang", 0x232A}, {"raquo", 0xBB},
    {"rarr", 0x2192}, {"rceil", 0x2309}, {"rdquo", 0x201D}, {"real", 0x211C}, {"reg", 0xAE},
    {"rfloor", 0x230B}, {"rho", 0x3C1}, {"rlm", 0x200F}, {"rsaquo", 0x203A}, {"rsquo", 0x2019},
    {"sbquo", 0x201A}, {"scaron", 0x161}, {"sdot", 0x22C5}, {"sect", 0xA7}, {"shy", 0xAD}, {"sigma", 0x3C3},
    {"sigmaf", 0x3C2}, {"sim", 0x223C}, {"spades", 0x2660}, {"sub", 0x2282}, {"sube", 0x2286},
    {"sum", 0x2211}, {"sup", 0x2283}, {"sup1", 0xB9}, {"sup2", 0xB2}, {"sup3", 0xB3}, {"supe", 0x2287},
    {"szlig", 0xDF}, {"tau", 0x3C4}, {"there4", 0x2234}, {"theta", 0x3B8}, {"thetasym", 0x3D1},
    {"thinsp", 0x2009}, {"thorn", 0xFE}, {"tilde", 0x2DC}, {"times", 0xD7}, {"trade", 0x2122},
    {"uArr", 0x21D1}, {"uacute", 0xFA}, {"uarr", 0x2191}, {"ucirc", 0xFB}, {"ugrave", 0xF9}, {"uml", 0xA8},
    {"upsih", 0x3D2}, {"upsilon", 0x3C5}, {"uuml", 0xFC}, {"weierp", 0x2118}, {"xi", 0x3BE},
    {"yacute", 0xFD}, {"yen", 0xA5}, {"yuml", 0xFF}, {"zeta", 0x3B6}, {"zwj", 0x200D}, {"zwnj", 0x200C},
    /* clang-format on */
};

/* What windows-1252 has where Unicode has C1 controls. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
    0x2039, 0x152,  0x8D,   0x17D,  0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0x9D,   0x17E,  0x178,
};

static size_t finish(struct str text, size_t end, uint32_t code_point, size_t *ret_used, char *out)
{
    *ret_used = end + (end < text.len && text.ptr[end] == ';');
    return utf8_encode(code_point, out);
}

/* The number of "&#123" or "&#x7B" at the beginning, *ret_end behind its digits; false when there is none. */
static bool read_number(struct str text, size_t *ret_end, uint32_t *ret_value)
{
    bool hexadecimal = text.len > 2 && (text.ptr[2] == 'x' || text.ptr[2] == 'X');
    size_t begin = hexadecimal ? 3 : 2, at = begin;
    uint32_t value = 0;
    for (; at < text.len && at < begin + DIGITS_MAX; at++) {
        char c = text.ptr[at];
        uint32_t digit;
        if (c >= '0' && c <= '9')
            digit = (uint32_t)(c - '0');
        else if (hexadecimal && (c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            digit = (uint32_t)((c | 0x20) - 'a') + 10;
        else
            break;
        value = value > 0x10FFFF ? value : value * (hexadecimal ? 16 : 10) + digit;
    }
    *ret_end = at;
    *ret_value = value;
    return at > begin;
}

static bool is_half(uint32_t value, uint32_t from)
{
    return value >= from && value < from + 0x400;
}

/* The other half of the character whose first half ends at `at`: *value becomes the whole. Returns the end.
 */
static size_t join(struct str text, size_t at, uint32_t *value)
{
    size_t end;
    uint32_t low;
    struct str rest = str_slice(text, at + (at < text.len && text.ptr[at] == ';'), text.len);
    if (!str_starts(rest, STR("&#")) || !read_number(rest, &end, &low) || !is_half(low, 0xDC00))
        return at;
    *value = 0x10000 + ((*value - 0xD800) << 10) + (low - 0xDC00);
    return text.len - rest.len + end;
}

static size_t numeric(struct str text, size_t *ret_used, char *out)
{
    size_t at;
    uint32_t value;
    if (!read_number(text, &at, &value))
        return 0;
    if (is_half(value, 0xD800))
        at = join(text, at, &value);
    if (value >= 0x80 && value < 0xA0)
        value = windows_1252[value - 0x80];
    return finish(text, at, value == 0 ? 0xFFFD : value, ret_used, out);
}

size_t html_reference(struct str text, size_t *ret_used, char out[REFERENCE_BYTES_MAX])
{
    if (text.len < 3)
        return 0;
    if (text.ptr[1] == '#')
        return numeric(text, ret_used, out);
    char name[NAME_MAX_BYTES + 1] = "";
    size_t len = 0;
    for (size_t i = 1; i < text.len && len < NAME_MAX_BYTES; i++) {
        char c = text.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')))
            break;
        name[len++] = c;
    }
    bool ended = len + 1 < text.len && text.ptr[len + 1] == ';';
    size_t low = 0, high = sizeof(names) / sizeof(names[0]);
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, names[middle].name);
        if (order == 0) /* without ';' only Latin-1's names count, as in browsers */
            return ended || names[middle].code_point < 0x100
                       ? finish(text, len + 1, names[middle].code_point, ret_used, out)
                       : 0;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return 0;
}

/* A reference at `at` to half a character, whatever its zeros. */
static bool is_half_at(struct str text, size_t at)
{
    size_t end;
    uint32_t value = 0;
    return read_number(str_slice(text, at, text.len), &end, &value) &&
           is_half(value & ~(uint32_t)0x400, 0xD800);
}

/* Where "&#" stands next, -1 = nowhere. By its first byte: every text of a feed passes here. */
static ptrdiff_t next_numeric(struct str text, size_t from)
{
    ptrdiff_t at = str_find_byte(text, '&', from);
    while (at >= 0 && ((size_t)at + 1 >= text.len || text.ptr[at + 1] != '#'))
        at = str_find_byte(text, '&', (size_t)at + 1);
    return at;
}

struct str references_join_halves(struct arena *arena, struct str text)
{
    ptrdiff_t at = next_numeric(text, 0);
    while (at >= 0 && !is_half_at(text, (size_t)at))
        at = next_numeric(text, (size_t)at + 2);
    if (at < 0)
        return text;
    char *out = arena_alloc(arena, text.len + 1); /* a character is shorter than its reference */
    size_t len = 0, from = 0, used;
    for (; out && at >= 0; at = next_numeric(text, from > (size_t)at ? from : (size_t)at + 2)) {
        if (!is_half_at(text, (size_t)at))
            continue;
        memcpy(out + len, text.ptr + from, (size_t)at - from);
        len += (size_t)at - from;
        len += numeric(str_slice(text, (size_t)at, text.len), &used, out + len);
        from = (size_t)at + used;
    }
    if (!out)
        return STR_NONE;
    memcpy(out + len, text.ptr + from, text.len - from);
    len += text.len - from;
    out[len] = '\0';
    return str_make(out, len);
}
