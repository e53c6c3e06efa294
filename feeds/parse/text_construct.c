/* text_construct: see the header. Any thread; never changes plain text but for white space around it. */
#include "feeds/parse/text_construct.h"

#include "base/references.h"
#include "base/url.h"
#include "base/utf8.h"
#include "feeds/html/html_safe.h"

enum { TYPE_BYTES_MAX = 128, TAG_BYTES_MAX = 12 };

/* U+0080 to U+009F as windows-1252 has them (WHATWG Encoding Standard, index windows-1252). */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

static ptrdiff_t find_c1(struct str text, size_t from)
{
    for (ptrdiff_t at = str_find_byte(text, '\xC2', from); at >= 0;
         at = str_find_byte(text, '\xC2', (size_t)at + 1))
        if ((size_t)at + 1 < text.len && (unsigned char)text.ptr[at + 1] < 0xA0)
            return at;
    return -1;
}

/* All characters below U+0100, and their numbers are UTF-8: the text was encoded twice. */
static struct str decode_twice(struct arena *arena, struct str text)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;
    for (size_t at = 0; out && at < text.len;) {
        uint32_t code;
        at += utf8_decode(text, at, &code);
        if (code > 0xFF)
            return STR_NONE;
        out[len++] = (char)code;
    }
    struct str decoded = str_make(out, len);
    return out && utf8_valid(decoded) ? decoded : STR_NONE;
}

struct str text_without_c1(struct arena *arena, struct str text)
{
    ptrdiff_t at = find_c1(text, 0);
    if (at < 0)
        return text;
    struct str decoded = decode_twice(arena, text);
    if (decoded.ptr)
        return decoded;
    char *out = arena_alloc(arena, text.len + text.len / 2 + 4); /* two bytes become three at most */
    if (!out)
        return STR_NONE;
    size_t len = 0, from = 0;
    for (; at >= 0; at = find_c1(text, from)) {
        memcpy(out + len, text.ptr + from, (size_t)at - from);
        len += (size_t)at - from;
        len += utf8_encode(windows_1252[(unsigned char)text.ptr[at + 1] - 0x80], out + len);
        from = (size_t)at + 2;
    }
    memcpy(out + len, text.ptr + from, text.len - from);
    return str_make(out, len + text.len - from);
}

static bool is_letter(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z');
}

static bool is_name_byte(char byte)
{
    return is_letter(byte) || (byte >= '0' && byte <= '9');
}

static struct str name_at(struct str text, size_t at, size_t max)
{
    size_t end = at;
    while (end < text.len && end - at <= max && is_name_byte(text.ptr[end]))
        end++;
    return str_slice(text, at, end);
}

/* Elements that people write into titles and names. */
static bool is_html_element(struct str name)
{
    static const char *const known[] = {
        "a",   "abbr",  "acronym", "b",       "big",   "blockquote", "br",   "center", "cite",   "code",
        "del", "dfn",   "div",     "em",      "font",  "h1",         "h2",   "h3",     "h4",     "h5",
        "h6",  "hr",    "i",       "img",     "ins",   "kbd",        "li",   "mark",   "nobr",   "ol",
        "p",   "pre",   "q",       "s",       "samp",  "small",      "span", "strike", "strong", "sub",
        "sup", "table", "tbody",   "td",      "th",    "time",       "tr",   "tt",     "u",      "ul",
        "var", "wbr",   "article", "section", "figure"};
    for (size_t i = 0; i < sizeof(known) / sizeof(*known); i++)
        if (str_equal_nocase(name, str_from(known[i])))
            return true;
    return false;
}

static bool is_reference(struct str text, size_t at)
{
    char characters[REFERENCE_BYTES_MAX];
    size_t used = 0;
    struct str rest = str_slice(text, at, text.len);
    return html_reference(rest, &used, characters) && used > 0 && rest.ptr[used - 1] == ';';
}

bool text_looks_like_html(struct str text)
{
    bool found = false;
    const char *last = text.len ? memrchr(text.ptr, '>', text.len) : NULL; /* what is behind it is no tag */
    for (size_t at = 0; at < text.len; at++) {
        if (text.ptr[at] == '&') {
            found = found || is_reference(text, at);
        } else if (text.ptr[at] == '<' && at + 1 < text.len) {
            bool end_tag = text.ptr[at + 1] == '/';
            struct str name = name_at(text, at + 1 + end_tag, TAG_BYTES_MAX);
            if (str_empty(name) || !is_letter(name.ptr[0]))
                continue;
            if (!is_html_element(name))
                return false; /* "the <vector> header": somebody's own angle brackets */
            bool alone = str_equal_nocase(name, STR("br")) || str_equal_nocase(name, STR("img"));
            found = found || end_tag || (alone && last && text.ptr + at < last);
        }
    }
    return found;
}

static int base64_value(char byte)
{
    if (byte >= 'A' && byte <= 'Z')
        return byte - 'A';
    if (byte >= 'a' && byte <= 'z')
        return byte - 'a' + 26;
    if (byte >= '0' && byte <= '9')
        return byte - '0' + 52;
    return byte == '+' ? 62 : byte == '/' ? 63 : -1;
}

/* The decoded text, or STR_NONE when it is no base64 or no UTF-8 text. */
static struct str decode_base64(struct arena *arena, struct str text)
{
    char *out = arena_alloc(arena, text.len + 1);
    size_t len = 0;
    uint32_t bits = 0;
    unsigned count = 0;
    for (size_t i = 0; out && i < text.len; i++) {
        if (text.ptr[i] == '=' || strchr(" \t\r\n", text.ptr[i]))
            continue;
        int value = base64_value(text.ptr[i]);
        if (value < 0)
            return STR_NONE;
        bits = bits << 6 | (uint32_t)value;
        if (++count % 4 == 0) {
            out[len++] = (char)(bits >> 16);
            out[len++] = (char)(bits >> 8);
            out[len++] = (char)bits;
        }
    }
    if (!out || count % 4 == 1)
        return STR_NONE;
    if (count % 4 == 2)
        out[len++] = (char)(bits >> 4);
    if (count % 4 == 3) {
        out[len++] = (char)(bits >> 10);
        out[len++] = (char)(bits >> 2);
    }
    struct str decoded = str_make(out, len);
    return utf8_valid(decoded) ? decoded : STR_NONE;
}

struct str text_media_type(struct arena *arena, struct str type)
{
    char lower[TYPE_BYTES_MAX];
    type = str_trim(type);
    if (type.len >= sizeof(lower))
        type = utf8_cut(type, sizeof(lower) - 1);
    for (size_t i = 0; i < type.len; i++)
        lower[i] = type.ptr[i] >= 'A' && type.ptr[i] <= 'Z' ? (char)(type.ptr[i] | 0x20) : type.ptr[i];
    struct str key = str_make(lower, type.len);
    if (str_empty(key) || str_equal(key, STR("text")) || str_equal(key, STR("plain")))
        return STR("text/plain");
    if (str_equal(key, STR("html")) || str_equal(key, STR("text/html")))
        return STR("text/html");
    if (str_equal(key, STR("xhtml")) || str_equal(key, STR("application/xhtml+xml")))
        return STR("application/xhtml+xml");
    return arena_str(arena, key);
}

static bool is_binary(struct str type)
{
    return !str_starts(type, STR("text/")) && !str_ends(type, STR("xml")) && !str_ends(type, STR("json")) &&
           str_find_byte(type, '/', 0) > 0;
}

/* Safe, with absolute links. Text without '<' and '&' has nothing to make safe. */
static struct str finish_html(struct arena *arena, struct str value, const struct text_source *source)
{
    if (!memchr(value.ptr, '<', value.len) && !memchr(value.ptr, '&', value.len) &&
        !memchr(value.ptr, '>', value.len))
        return value;
    value = references_join_halves(arena, value);
    if (!source->raw)
        return html_safe(arena, value, source->base);
    return str_empty(source->base) ? value : html_resolve_urls(arena, value, source->base);
}

static struct str settle_type(struct arena *arena, const struct text_source *source, struct str value)
{
    struct str type = source->type.ptr ? text_media_type(arena, source->type) : source->type_default;
    if (source->markup && (str_equal(type, STR("text/plain")) || str_equal(type, STR("text/html"))))
        return STR("application/xhtml+xml"); /* whatever it says, these are elements */
    if (source->guess && str_equal(type, STR("text/plain")) && text_looks_like_html(value))
        return STR("text/html");
    return type;
}

struct feed_text text_construct(struct arena *arena, const struct text_source *source)
{
    struct feed_text text = {0};
    struct str value = str_trim(source->text);
    if (str_empty(value))
        return text;
    text.type = settle_type(arena, source, value);
    if (!source->markup &&
        (str_equal_nocase(str_trim(source->mode), STR("base64")) || is_binary(text.type))) {
        struct str decoded = decode_base64(arena, value);
        if (decoded.ptr)
            value = str_trim(decoded);
    }
    struct str clean = text_without_c1(arena, value);
    if (str_equal(text.type, STR("text/html")) || str_equal(text.type, STR("application/xhtml+xml")))
        clean = clean.ptr ? str_trim(finish_html(arena, clean, source)) : clean;
    if (str_empty(clean))
        return (struct feed_text){0};
    bool ours = clean.ptr < source->text.ptr || clean.ptr >= source->text.ptr + source->text.len;
    text.value = ours ? clean : arena_str(arena, clean);
    text.language = source->language;
    text.base = url_without_credentials(arena, source->base); /* it leaves newsd with the text */
    return text.value.ptr ? text : (struct feed_text){0};
}
