/* page_charset: walks over tags and comments as the standard's prescan does; no tree. Any thread. */
#include "processors/html/page_charset.h"

#include "base/utf8.h"

enum { PRESCAN_BYTES = 1024 };

struct scan {
    struct str head;
    size_t at;
};

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r';
}

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

static char here(const struct scan *scan)
{
    return scan->at < scan->head.len ? scan->head.ptr[scan->at] : '\0';
}

static void skip_spaces(struct scan *scan)
{
    while (is_space(here(scan)))
        scan->at++;
}

/* Behind `end`, or at the end of what is looked at. */
static void skip_behind(struct scan *scan, struct str end)
{
    ptrdiff_t at = str_find(scan->head, end, scan->at);
    scan->at = at < 0 ? scan->head.len : (size_t)at + end.len;
}

static struct str attribute_value(struct scan *scan)
{
    char quote = here(scan);
    if (quote == '"' || quote == '\'') {
        size_t begin = ++scan->at;
        ptrdiff_t end = str_find_byte(scan->head, quote, begin);
        if (end < 0) {
            scan->at = scan->head.len;
            return STR_NONE;
        }
        scan->at = (size_t)end + 1;
        return str_slice(scan->head, begin, (size_t)end);
    }
    size_t begin = scan->at;
    while (scan->at < scan->head.len && !is_space(here(scan)) && here(scan) != '>')
        scan->at++;
    return str_slice(scan->head, begin, scan->at);
}

/* The next attribute of the open tag. False at its end. */
static bool next_attribute(struct scan *scan, struct str *ret_name, struct str *ret_value)
{
    while (is_space(here(scan)) || here(scan) == '/')
        scan->at++;
    if (scan->at >= scan->head.len || here(scan) == '>')
        return false;
    size_t begin = scan->at++; /* a name may begin with "=" */
    while (scan->at < scan->head.len && !is_space(here(scan)) && !strchr("=/>", here(scan)))
        scan->at++;
    *ret_name = str_slice(scan->head, begin, scan->at);
    *ret_value = STR_NONE;
    skip_spaces(scan);
    if (here(scan) == '=') {
        scan->at++;
        skip_spaces(scan);
        *ret_value = attribute_value(scan);
    }
    return true;
}

/* The label behind "charset" and "=" in the content of a pragma (HTML 2.5.4, "extracting a character
 * encoding"). */
static struct str in_content(struct str content)
{
    ptrdiff_t found = -1;
    while ((found = str_find_nocase(content, STR("charset"), (size_t)(found + 1))) >= 0) {
        struct scan scan = {content, (size_t)found + strlen("charset")};
        skip_spaces(&scan);
        if (here(&scan) != '=')
            continue;
        scan.at++;
        skip_spaces(&scan);
        if (here(&scan) == '"' || here(&scan) == '\'')
            return str_trim_ascii(attribute_value(&scan));
        size_t begin = scan.at;
        while (scan.at < content.len && !is_space(here(&scan)) && here(&scan) != ';')
            scan.at++;
        return str_slice(content, begin, scan.at);
    }
    return STR_NONE;
}

/* The label of one meta element; STR_NONE when it is of something else. */
static struct str in_meta(struct scan *scan)
{
    struct str name, value, charset = STR_NONE, content = STR_NONE;
    bool pragma = false;
    while (next_attribute(scan, &name, &value)) {
        if (str_equal_nocase(name, STR("charset")) && !charset.ptr)
            charset = str_trim_ascii(value);
        else if (str_equal_nocase(name, STR("content")) && !content.ptr)
            content = in_content(value);
        else if (str_equal_nocase(name, STR("http-equiv")))
            pragma |= str_equal_nocase(str_trim_ascii(value), STR("content-type"));
    }
    if (here(scan) != '>')
        return STR_NONE; /* cut by the limit */
    return charset.len ? charset : pragma && content.len ? content : STR_NONE;
}

static bool is_meta(const struct scan *scan)
{
    struct str tag = str_slice(scan->head, scan->at, scan->head.len);
    return str_starts_nocase(tag, STR("<meta")) && tag.len > 5 && (is_space(tag.ptr[5]) || tag.ptr[5] == '/');
}

static void skip_tag(struct scan *scan)
{
    struct str name, value;
    while (scan->at < scan->head.len && !is_space(here(scan)) && here(scan) != '>')
        scan->at++;
    while (next_attribute(scan, &name, &value))
        continue;
}

struct str page_charset(struct str page)
{
    struct scan scan = {.head = str_slice(page, 0, PRESCAN_BYTES)};
    while (scan.at < scan.head.len) {
        struct str rest = str_slice(scan.head, scan.at, scan.head.len);
        char next = rest.len > 1 ? rest.ptr[1] : '\0', then = rest.len > 2 ? rest.ptr[2] : '\0';
        if (here(&scan) != '<') {
            scan.at++;
        } else if (str_starts(rest, STR("<!--"))) {
            scan.at += 2; /* "<!-->" ends itself */
            skip_behind(&scan, STR("-->"));
        } else if (is_meta(&scan)) {
            scan.at += strlen("<meta");
            struct str label = in_meta(&scan);
            if (label.len)
                return str_starts_nocase(label, STR("utf-16")) ? STR("utf-8") : label;
        } else if (is_letter(next) || (next == '/' && is_letter(then))) {
            skip_tag(&scan);
        } else if (next == '!' || next == '/' || next == '?') {
            skip_behind(&scan, STR(">"));
        } else {
            scan.at++;
        }
    }
    return STR_NONE;
}

static bool is_ascii(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80)
            return false;
    return true;
}

int page_to_utf8(struct arena *arena, struct str page, struct str content_type,
                 struct charset_result *ret_result)
{
    if (str_find_nocase(content_type, STR("charset="), 0) < 0) {
        struct str label = page_charset(page);
        if (label.len && utf8_valid(page) && !is_ascii(page))
            label = STR("utf-8");
        if (label.len)
            content_type = arena_printf(arena, "text/html; charset=%.*s", STR_ARG(label));
    }
    return charset_to_utf8(arena, page, content_type, ret_result);
}
