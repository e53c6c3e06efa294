/* html_safe: one pass over the markup: tags are read, allowed ones written anew with allowed attributes, the
 * rest dropped. Text is copied in runs. Linear in the input, whatever it is. Pure; allocates from the arena
 * through one growing buffer. */
#include "feeds/html/html_safe.h"

#include <ctype.h>

#include "base/buffer.h"
#include "base/references.h"
#include "base/url.h"
#include "feeds/html/css_safe.h"
#include "feeds/html/html_allowed.h"

enum { ATTRIBUTES_MAX = 64, URL_SCHEME_BYTES = 64 };

struct pass {
    struct arena *arena;
    struct str html, base;
    struct buffer out;
    bool only_urls;       /* --raw: nothing is dropped */
    bool in_svg;          /* an svg element is open */
    bool in_cdata;        /* a CDATA section is open, which HTML does not know: its end is no text */
    bool no_comment_ends; /* no "-->" follows; known so that nobody looks for one again */
    bool no_tag_ends;     /* there is no '>' from here on */
};

struct attribute {
    char name[HTML_NAME_BYTES_MAX + 1];
    struct str written_name, value;
    bool has_value;
};

/* What a name's character is in lower case; 0 of what is none. */
static const char name_chars[256] = {
    ['0'] = '0', ['1'] = '1', ['2'] = '2', ['3'] = '3', ['4'] = '4', ['5'] = '5', ['6'] = '6', ['7'] = '7',
    ['8'] = '8', ['9'] = '9', [':'] = ':', ['-'] = '-', ['_'] = '_', ['.'] = '.', ['A'] = 'a', ['B'] = 'b',
    ['C'] = 'c', ['D'] = 'd', ['E'] = 'e', ['F'] = 'f', ['G'] = 'g', ['H'] = 'h', ['I'] = 'i', ['J'] = 'j',
    ['K'] = 'k', ['L'] = 'l', ['M'] = 'm', ['N'] = 'n', ['O'] = 'o', ['P'] = 'p', ['Q'] = 'q', ['R'] = 'r',
    ['S'] = 's', ['T'] = 't', ['U'] = 'u', ['V'] = 'v', ['W'] = 'w', ['X'] = 'x', ['Y'] = 'y', ['Z'] = 'z',
    ['a'] = 'a', ['b'] = 'b', ['c'] = 'c', ['d'] = 'd', ['e'] = 'e', ['f'] = 'f', ['g'] = 'g', ['h'] = 'h',
    ['i'] = 'i', ['j'] = 'j', ['k'] = 'k', ['l'] = 'l', ['m'] = 'm', ['n'] = 'n', ['o'] = 'o', ['p'] = 'p',
    ['q'] = 'q', ['r'] = 'r', ['s'] = 's', ['t'] = 't', ['u'] = 'u', ['v'] = 'v', ['w'] = 'w', ['x'] = 'x',
    ['y'] = 'y', ['z'] = 'z',
};

/* Of a name that is longer than any known one, the last character stands for all behind. */
static bool read_name(struct str html, size_t *at, char out[HTML_NAME_BYTES_MAX + 1], struct str *ret_written)
{
    size_t start = *at, end = start, len = 0;
    for (char c; end < html.len && (c = name_chars[(unsigned char)html.ptr[end]]); end++) {
        out[len < HTML_NAME_BYTES_MAX ? len : HTML_NAME_BYTES_MAX - 1] = c;
        len += len < HTML_NAME_BYTES_MAX;
    }
    out[len] = '\0';
    *at = end;
    *ret_written = str_make(html.ptr + start, end - start);
    return len > 0;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_space(struct str html, size_t *at)
{
    while (*at < html.len && is_space(html.ptr[*at]))
        (*at)++;
}

/* Reads attributes up to '>'; *at then stands behind it. The count of attributes kept, or -1 when the tag
 * never ends. */
static int read_attributes(struct str html, size_t *at, struct attribute *attributes, bool *ret_empty)
{
    int count = 0;
    *ret_empty = false;
    for (;;) {
        struct attribute skipped, *attribute = count < ATTRIBUTES_MAX ? &attributes[count] : &skipped;
        skip_space(html, at);
        if (*at >= html.len)
            return -1;
        char c = html.ptr[*at];
        if (c == '>') {
            (*at)++;
            return count;
        }
        if (!read_name(html, at, attribute->name, &attribute->written_name)) {
            *ret_empty = c == '/';
            (*at)++;
            continue;
        }
        *ret_empty = false;
        attribute->has_value = false;
        attribute->value = STR_NONE;
        size_t mark = *at;
        skip_space(html, at);
        if (*at < html.len && html.ptr[*at] == '=') {
            (*at)++;
            skip_space(html, at);
            size_t start = *at;
            char quote = start < html.len ? html.ptr[start] : '\0';
            if (quote == '"' || quote == '\'') {
                ptrdiff_t end = str_find_byte(html, quote, start + 1);
                if (end < 0)
                    return -1;
                attribute->value = str_slice(html, start + 1, (size_t)end);
                *at = (size_t)end + 1;
            } else {
                while (*at < html.len && !is_space(html.ptr[*at]) && html.ptr[*at] != '>')
                    (*at)++;
                attribute->value = str_slice(html, start, *at);
            }
            attribute->has_value = true;
        } else {
            *at = mark;
        }
        count += count < ATTRIBUTES_MAX;
    }
}

/* References decoded as in attributes: a name without ';' before a letter, digit or '=' is none, so that the
 * parameters of "?a=1&copy=2" survive. */
static struct str decode_attribute(struct arena *arena, struct str value);

/* A reference that newsd does not know but a browser might ("&colon;"). */
static bool is_unknown_reference(struct str text, size_t at)
{
    size_t end = at + 1;
    while (end < text.len && isalnum((unsigned char)text.ptr[end]))
        end++;
    return end > at + 1 && end < text.len && text.ptr[end] == ';';
}

/* The scheme as a browser would see it: references decoded, controls and blanks taken out. */
static bool scheme_is_safe(struct arena *arena, struct str url)
{
    struct str decoded = decode_attribute(arena, url);
    char scheme[URL_SCHEME_BYTES];
    size_t len = 0;
    if (url.len && !decoded.ptr)
        return false; /* the arena is full: nobody knows */
    for (size_t i = 0; i < decoded.len; i++) {
        unsigned char c = (unsigned char)decoded.ptr[i];
        if (c <= ' ' || c == 0x7f || c >= 0x80)
            continue;
        if (c == ':') {
            scheme[len] = '\0';
            return len > 0 && html_scheme(scheme);
        }
        if (c == '/' || c == '?' || c == '#')
            return true; /* relative */
        if (len + 1 == sizeof(scheme) || (c == '&' && is_unknown_reference(decoded, i)))
            return false;
        scheme[len++] = (char)tolower(c);
    }
    return true;
}

static void put(struct pass *pass, const char *ptr, size_t len)
{
    struct buffer *out = &pass->out;
    if (!len || buffer_reserve(out, len))
        return;
    memcpy(out->ptr + out->len, ptr, len);
    out->len += len;
}
#define PUT(pass, literal) put((pass), (literal), sizeof(literal) - 1)

static void write_value(struct pass *pass, struct str value)
{
    size_t start = 0;
    for (size_t i = 0; i < value.len; i++) {
        char c = value.ptr[i];
        if (c != '"' && c != '<' && c != '>')
            continue;
        put(pass, value.ptr + start, i - start);
        if (c == '"')
            PUT(pass, "&quot;");
        else if (c == '<')
            PUT(pass, "&lt;");
        else
            PUT(pass, "&gt;");
        start = i + 1;
    }
    if (value.len > start)
        put(pass, value.ptr + start, value.len - start);
}

/* Something in it may have to go: a control character, or a user before the host. */
static bool is_suspicious(struct str url)
{
    for (size_t i = 0; i < url.len; i++)
        if ((unsigned char)url.ptr[i] < ' ' || url.ptr[i] == '@')
            return true;
    return str_find_byte(url, '&', 0) >= 0 && str_find(url, STR("&#"), 0) >= 0;
}

static struct str resolve(struct pass *pass, struct str url)
{
    struct str trimmed = str_trim(url);
    bool stays = str_empty(pass->base) || url_scheme(trimmed).ptr || str_starts(trimmed, STR("#"));
    if (stays && !is_suspicious(trimmed))
        return trimmed;
    /* References are decoded for the resolver and '&' is written back. */
    struct str resolved = url_clean(pass->arena, decode_attribute(pass->arena, trimmed));
    if (!stays)
        resolved = url_resolve(pass->arena, pass->base, resolved);
    resolved = url_without_credentials(pass->arena, resolved);
    if (!resolved.ptr || str_find_byte(resolved, '&', 0) < 0)
        return resolved.ptr ? resolved : STR("");
    _cleanup_buffer_ struct buffer escaped = {0};
    for (size_t i = 0; i < resolved.len; i++)
        buffer_append(&escaped, resolved.ptr[i] == '&' ? "&amp;" : &resolved.ptr[i],
                      resolved.ptr[i] == '&' ? 5 : 1);
    return arena_str(pass->arena, buffer_str(&escaped));
}

/* Namespaces of what is allowed; others say nothing in HTML. */
static bool namespace_is_known(struct str uri)
{
    return str_equal(uri, STR("http://www.w3.org/1999/xhtml")) ||
           str_equal(uri, STR("http://www.w3.org/2000/svg")) ||
           str_equal(uri, STR("http://www.w3.org/1998/Math/MathML")) ||
           str_equal(uri, STR("http://www.w3.org/1999/xlink"));
}

/* False when nothing of the attribute may stay; else `value` is what may, in `scratch` when it is not all. */
static bool make_safe(struct pass *pass, enum html_attribute kind, struct str *value, struct buffer *scratch)
{
    switch (kind) {
    case HTML_ATTRIBUTE_PLAIN:
        return true;
    case HTML_ATTRIBUTE_URL:
        if (!value->ptr || !scheme_is_safe(pass->arena, *value))
            return false;
        *value = resolve(pass, *value);
        return scheme_is_safe(pass->arena, *value); /* the base has one, too */
    case HTML_ATTRIBUTE_STYLE:
        css_safe(scratch, decode_attribute(pass->arena, *value));
        *value = buffer_str(scratch);
        return scratch->len > 0;
    case HTML_ATTRIBUTE_PAINT:
        *value = decode_attribute(pass->arena, *value);
        return value->ptr && css_value_is_safe(*value);
    case HTML_ATTRIBUTE_NAMESPACE:
        return namespace_is_known(*value);
    default:
        return false;
    }
}

static void write_name(struct pass *pass, const char *name, struct str written)
{
    if (pass->only_urls)
        put(pass, written.ptr, written.len);
    else
        put(pass, name, strlen(name));
}

static void write_attribute(struct pass *pass, const struct attribute *attribute)
{
    _cleanup_buffer_ struct buffer scratch = {0};
    enum html_attribute kind = html_attribute(attribute->name);
    struct str value = attribute->value;
    if (!pass->only_urls && !make_safe(pass, kind, &value, &scratch))
        return;
    if (pass->only_urls && kind == HTML_ATTRIBUTE_URL && attribute->has_value)
        value = resolve(pass, value);
    PUT(pass, " ");
    write_name(pass, attribute->name, attribute->written_name);
    if (!attribute->has_value && pass->only_urls)
        return;
    PUT(pass, "=\"");
    write_value(pass, value);
    PUT(pass, "\"");
}

/* Behind the element's own end tag, or the end of the text. */
static size_t skip_whole(struct str html, size_t at, const char *name)
{
    size_t len = strlen(name);
    for (ptrdiff_t open = str_find(html, STR("</"), at); open >= 0;
         open = str_find(html, STR("</"), (size_t)open + 2)) {
        struct str found = str_slice(html, (size_t)open + 2, (size_t)open + 2 + len);
        if (!str_equal_nocase(found, str_make(name, len)))
            continue;
        ptrdiff_t close = str_find_byte(html, '>', (size_t)open);
        return close < 0 ? html.len : (size_t)close + 1;
    }
    return html.len;
}

/* A comment, a declaration or a processing instruction: behind its end. */
static size_t skip_markup(struct pass *pass, size_t at)
{
    struct str html = pass->html;
    if (str_starts(str_slice(html, at, html.len), STR("<!--"))) {
        ptrdiff_t end = pass->no_comment_ends ? -1 : str_find(html, STR("-->"), at + 4);
        pass->no_comment_ends = end < 0;
        if (end >= 0)
            return (size_t)end + 3;
    }
    ptrdiff_t end = str_find_byte(html, '>', at); /* an unclosed comment would swallow the rest */
    return end < 0 ? html.len : (size_t)end + 1;
}

/* "<!DOCTYPE html>", "<!ELEMENT ...>" and the like; not a text that begins so and means the words. */
static bool is_declaration(struct str rest)
{
    static const char *const words[] = {"<!ELEMENT ", "<!ATTLIST ", "<!ENTITY ", "<!NOTATION "};
    for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
        if (str_starts_nocase(rest, str_from(words[i])))
            return true;
    if (!str_starts_nocase(rest, STR("<!DOCTYPE")))
        return false;
    size_t at = sizeof("<!DOCTYPE") - 1;
    while (at < rest.len && isspace((unsigned char)rest.ptr[at]))
        at++;
    while (at < rest.len && (isalnum((unsigned char)rest.ptr[at]) || rest.ptr[at] == ':'))
        at++;
    struct str next = str_trim_ascii(str_slice(rest, at, at + 64));
    return str_starts(next, STR(">")) || str_starts(next, STR("[")) ||
           str_starts_nocase(next, STR("PUBLIC ")) || str_starts_nocase(next, STR("SYSTEM "));
}

/* "<!" and "<?" at `at`; 0 when it is text after all. */
static size_t pass_markup(struct pass *pass, size_t at)
{
    struct str rest = str_slice(pass->html, at, pass->html.len);
    char next = rest.len > 2 ? rest.ptr[2] : '\0';
    pass->no_tag_ends = pass->no_tag_ends || str_find_byte(rest, '>', 0) < 0;
    if (pass->no_tag_ends && next != '-' && next != '[')
        return 0;
    if (rest.ptr[1] == '!' && next != '-' && next != '[' && !is_declaration(rest))
        return 0;
    if (!pass->only_urls && str_starts(rest, STR("<![CDATA["))) {
        pass->in_cdata = true;
        return at + sizeof("<![CDATA[") - 1;
    }
    size_t end = skip_markup(pass, at);
    if (pass->only_urls)
        buffer_append(&pass->out, rest.ptr, end - at);
    return end;
}

static size_t write_less_than(struct pass *pass, size_t at)
{
    buffer_append_str(&pass->out, pass->only_urls ? STR("<") : STR("&lt;"));
    return at + 1;
}

/* One tag at `at`; returns where the text goes on. */
static size_t pass_tag(struct pass *pass, size_t at)
{
    struct attribute attributes[ATTRIBUTES_MAX];
    struct str html = pass->html, written;
    char name[HTML_NAME_BYTES_MAX + 1];
    size_t start = at++;
    bool closing = at < html.len && html.ptr[at] == '/', empty;
    if (at < html.len && (html.ptr[at] == '!' || html.ptr[at] == '?')) {
        size_t end = pass_markup(pass, start);
        return end ? end : write_less_than(pass, start);
    }
    at += closing;
    if (at >= html.len || !isalpha((unsigned char)html.ptr[at]) || !read_name(html, &at, name, &written))
        return write_less_than(pass, start);
    int count = read_attributes(html, &at, attributes, &empty);
    if (count < 0) { /* the tag never ends: nothing of it can be trusted */
        if (pass->only_urls)
            buffer_append(&pass->out, html.ptr + start, html.len - start);
        return html.len;
    }
    enum html_element kind = pass->only_urls ? HTML_ALLOWED : html_element(name, pass->in_svg);
    if (kind != HTML_ALLOWED)
        return !closing && !empty && kind == HTML_DROPPED_WHOLE ? skip_whole(html, at, name) : at;
    if (!strcmp(name, "svg"))
        pass->in_svg = !closing && !empty;
    put(pass, "</", closing ? 2 : 1);
    write_name(pass, name, written);
    for (int i = 0; i < count && !closing; i++)
        write_attribute(pass, &attributes[i]);
    if (empty && !closing)
        PUT(pass, " />");
    else
        PUT(pass, ">");
    return at;
}

/* Characters up to the next tag, without the end of a CDATA section. */
static void pass_text(struct pass *pass, size_t at, size_t end)
{
    struct str text = str_slice(pass->html, 0, end);
    ptrdiff_t close = pass->in_cdata ? str_find(text, STR("]]"), at) : -1;
    if (close >= 0) {
        struct str mark = str_slice(text, (size_t)close + 2, end);
        size_t used = str_starts(mark, STR(">")) ? 1 : str_starts(mark, STR("&gt;")) ? 4 : 0;
        if (used) {
            put(pass, text.ptr + at, (size_t)close - at);
            at = (size_t)close + 2 + used;
            pass->in_cdata = false;
        }
    }
    put(pass, text.ptr + at, end - at);
}

static struct str run(struct arena *arena, struct str html, struct str base, bool only_urls)
{
    if (str_find_byte(html, '<', 0) < 0)
        return html;
    struct pass pass = {.arena = arena, .html = html, .base = base, .only_urls = only_urls};
    size_t at = 0;
    (void)buffer_reserve(&pass.out, html.len + html.len / 8); /* a failure shows at the end */
    while (at < html.len) {
        ptrdiff_t tag = str_find_byte(html, '<', at);
        size_t end = tag < 0 ? html.len : (size_t)tag;
        pass_text(&pass, at, end);
        at = tag < 0 ? html.len : pass_tag(&pass, end);
    }
    struct str safe = pass.out.failed ? STR_NONE : arena_str(arena, buffer_str(&pass.out));
    buffer_done(&pass.out);
    return safe;
}

struct str html_safe(struct arena *arena, struct str html, struct str base)
{
    return run(arena, html, base, false);
}

struct str html_resolve_urls(struct arena *arena, struct str html, struct str base)
{
    return str_empty(base) ? html : run(arena, html, base, true);
}

static bool is_bare_name(struct str text, size_t used)
{
    return text.ptr[1] != '#' && text.ptr[used - 1] != ';' && used < text.len &&
           (isalnum((unsigned char)text.ptr[used]) || text.ptr[used] == '=');
}

static struct str decode(struct arena *arena, struct str text, bool attribute)
{
    ptrdiff_t first = str_find_byte(text, '&', 0);
    if (first < 0)
        return text;
    char *out = arena_alloc(arena, text.len + REFERENCE_BYTES_MAX + 1);
    if (!out)
        return STR_NONE;
    size_t len = (size_t)first;
    memcpy(out, text.ptr, len);
    for (size_t at = len; at < text.len;) {
        size_t used;
        struct str rest = str_slice(text, at, text.len);
        size_t wrote = html_reference(rest, &used, out + len);
        if (wrote && !(attribute && is_bare_name(rest, used))) {
            len += wrote;
            at += used;
        } else {
            out[len++] = text.ptr[at++];
        }
        ptrdiff_t next = str_find_byte(text, '&', at);
        size_t end = next < 0 ? text.len : (size_t)next;
        memcpy(out + len, text.ptr + at, end - at);
        len += end - at;
        at = end;
    }
    out[len] = '\0';
    return str_make(out, len);
}

static struct str decode_attribute(struct arena *arena, struct str value)
{
    return decode(arena, value, true);
}

struct str html_decode_references(struct arena *arena, struct str text)
{
    return decode(arena, text, false);
}
