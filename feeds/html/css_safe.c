/* css_safe: declarations are split at ';' and ':' and each is taken whole or not at all. Linear. */
#include "feeds/html/css_safe.h"

#include <ctype.h>

enum {
    DIGITS_MAX = 4, /* of a length: what is larger than a screen is not meant to be read */
    VALUE_BYTES_MAX = 200,
};

static bool name_in(const char *const *list, size_t count, struct str name)
{
    for (size_t i = 0; i < count; i++)
        if (str_equal_nocase(name, str_from(list[i])))
            return true;
    return false;
}
#define NAME_IN(list, name) name_in(list, sizeof(list) / sizeof(list[0]), name)

static bool is_word_byte(char c)
{
    return isalpha((unsigned char)c) || c == '-' || c == '_';
}

static bool is_plain_name(struct str name)
{
    for (size_t i = 0; i < name.len; i++)
        if (!is_word_byte(name.ptr[i]))
            return false;
    return true;
}

static bool property_is_safe(struct str name)
{
    static const char *const families[] = {"border", "list-style", "margin", "padding"};
    static const char *const safe[] = {
        "azimuth",
        "background",
        "background-color",
        "background-position",
        "background-x",
        "background-y",
        "caption-side",
        "clear",
        "color",
        "cursor",
        "direction",
        "display",
        "elevation",
        "empty-cells",
        "float",
        "font",
        "font-family",
        "font-size",
        "font-stretch",
        "font-style",
        "font-variant",
        "font-weight",
        "height",
        "letter-spacing",
        "line-height",
        "max-height",
        "max-width",
        "min-height",
        "min-width",
        "opacity",
        "overflow",
        "overflow-wrap",
        "table-layout",
        "text-align",
        "text-decoration",
        "text-indent",
        "text-overflow",
        "text-transform",
        "unicode-bidi",
        "vertical-align",
        "visibility",
        "white-space",
        "width",
        "word-break",
        "word-spacing",
        "word-wrap",
        "writing-mode",
    };
    if (NAME_IN(safe, name))
        return true;
    for (size_t i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        struct str family = str_from(families[i]);
        if (str_starts_nocase(name, family) && (name.len == family.len || name.ptr[family.len] == '-'))
            return str_find_nocase(name, STR("image"), 0) < 0 && is_plain_name(name);
    }
    return false;
}

/* Each of the following reads one part of a value at `at` and returns where it ends, 0 when it is not safe.
 */

static size_t read_word(struct str value, size_t at)
{
    static const char *const colours[] = {"hsl", "hsla", "rgb", "rgba"};
    size_t end = at;
    while (end < value.len && (is_word_byte(value.ptr[end]) || isdigit((unsigned char)value.ptr[end])))
        end++;
    if (end >= value.len || value.ptr[end] != '(')
        return end;
    if (!NAME_IN(colours, str_slice(value, at, end)))
        return 0;
    for (end++; end < value.len && value.ptr[end] != ')'; end++)
        if (!isdigit((unsigned char)value.ptr[end]) && !strchr(" ,.%/", value.ptr[end]))
            return 0;
    return end < value.len ? end + 1 : 0;
}

static size_t read_number(struct str value, size_t at)
{
    size_t end = at, digits = 0;
    for (; end < value.len && (isdigit((unsigned char)value.ptr[end]) || value.ptr[end] == '.'); end++)
        digits += value.ptr[end] != '.';
    if (!digits || digits > DIGITS_MAX)
        return 0;
    while (end < value.len && (isalpha((unsigned char)value.ptr[end]) || value.ptr[end] == '%'))
        end++;
    return end;
}

static size_t read_quoted(struct str value, size_t at)
{
    char quote = value.ptr[at];
    for (size_t end = at + 1; end < value.len; end++) {
        char c = value.ptr[end];
        if (c == quote)
            return end + 1;
        if (!isalnum((unsigned char)c) && !(c & 0x80) && !strchr(" -_.,", c))
            return 0;
    }
    return 0;
}

static size_t read_colour(struct str value, size_t at)
{
    size_t end = at + 1;
    while (end < value.len && isxdigit((unsigned char)value.ptr[end]))
        end++;
    return end > at + 1 && end <= at + 9 ? end : 0;
}

static size_t read_part(struct str value, size_t at)
{
    char c = value.ptr[at];
    if (isdigit((unsigned char)c) || c == '.')
        return read_number(value, at);
    if (isalpha((unsigned char)c) || c == '-')
        return c == '-' && at + 1 < value.len && !isalpha((unsigned char)value.ptr[at + 1])
                   ? 0
                   : read_word(value, at);
    if (c == '#')
        return read_colour(value, at);
    if (c == '"' || c == '\'')
        return read_quoted(value, at);
    if (c == '!')
        return str_equal_nocase(str_slice(value, at + 1, at + 10), STR("important")) ? at + 10 : 0;
    return c && strchr(" \t\r\n,/", c) ? at + 1 : 0;
}

bool css_value_is_safe(struct str value)
{
    if (value.len > VALUE_BYTES_MAX)
        return false;
    for (size_t at = 0; at < value.len;) {
        at = read_part(value, at);
        if (!at)
            return false;
    }
    return true;
}

void css_safe(struct buffer *out, struct str style)
{
    struct str declaration;
    size_t start = out->len;
    while (str_split(&style, ';', &declaration)) {
        ptrdiff_t colon = str_find_byte(declaration, ':', 0);
        if (colon < 0)
            continue;
        struct str name = str_trim_ascii(str_slice(declaration, 0, (size_t)colon));
        struct str value = str_trim_ascii(str_slice(declaration, (size_t)colon + 1, declaration.len));
        if (str_empty(value) || !property_is_safe(name) || !css_value_is_safe(value))
            continue;
        if (out->len > start)
            buffer_append_byte(out, ' ');
        buffer_append_str(out, name);
        buffer_append_str(out, STR(": "));
        buffer_append_str(out, value);
        buffer_append_byte(out, ';');
    }
}
