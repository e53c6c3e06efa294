/* xml_text: collects the text of one element and writes inline markup out again as HTML would have it: no
 * prefix for XHTML, void elements closed in themselves. Belongs to one document; never interprets what it
 * collects. */
#include "feeds/xml/xml_text.h"

#include "base/url.h"
#include "base/utf8.h"
#include "feeds/xml/xml.h"

enum { TEXT_BYTES_FIRST = 16 * 1024, TAG_NAME_MAX = 10 };

static bool reserve(struct xml_text *text, size_t extra)
{
    if (text->len + extra <= text->capacity)
        return true;
    size_t capacity = text->capacity ? text->capacity : TEXT_BYTES_FIRST;
    while (capacity < text->len + extra)
        capacity *= 2;
    char *ptr = arena_alloc(text->arena, capacity);
    if (!ptr) {
        text->failed = true;
        return false;
    }
    if (text->len)
        memcpy(ptr, text->ptr, text->len);
    text->ptr = ptr;
    text->capacity = capacity;
    return true;
}

static void copy(struct xml_text *text, const char *ptr, size_t len)
{
    if (!len || !reserve(text, len))
        return;
    memcpy(text->ptr + text->len, ptr, len);
    text->len += len;
}

/* A part of a tag, or a reference: never half of it. */
static void append(struct xml_text *text, const char *ptr, size_t len)
{
    if (text->len + len > FEED_TEXT_BYTES_MAX)
        text->truncated = true;
    else
        copy(text, ptr, len);
}

/* Characters: as many as there is room for, in whatever pieces they come. */
static void append_characters(struct xml_text *text, const char *ptr, size_t len)
{
    if (text->len + len > FEED_TEXT_BYTES_MAX) {
        text->truncated = true;
        len = utf8_valid_prefix(str_make(ptr, FEED_TEXT_BYTES_MAX - text->len));
    }
    copy(text, ptr, len);
}

#define APPEND(text, literal) append((text), (literal), sizeof(literal) - 1)

static const char *escape_of(char byte, bool quote)
{
    switch (byte) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return quote ? "&quot;" : NULL;
    default:
        return NULL;
    }
}

/* Text as markup has it; nothing more once it is cut. */
static void append_escaped(struct xml_text *text, const char *ptr, size_t len)
{
    size_t from = 0;
    for (size_t i = 0; i < len && !text->truncated; i++) {
        const char *escape = escape_of(ptr[i], false);
        if (!escape)
            continue;
        append_characters(text, ptr + from, i - from);
        append(text, escape, strlen(escape)); /* finds no room behind characters that were cut */
        from = i + 1;
    }
    if (from < len && !text->truncated)
        append_characters(text, ptr + from, len - from);
}

static void append_value(struct xml_text *text, struct str value)
{
    size_t from = 0;
    for (size_t i = 0; i < value.len; i++) {
        const char *escape = escape_of(value.ptr[i], true);
        if (!escape)
            continue;
        append(text, value.ptr + from, i - from);
        append(text, escape, strlen(escape));
        from = i + 1;
    }
    if (from < value.len) /* an empty value may have no address */
        append(text, value.ptr + from, value.len - from);
}

void xml_text_begin(struct xml_text *text, enum xml_reading reading)
{
    text->len = 0;
    text->markup = reading == XML_MARKUP || reading == XML_UNWRAPPED;
    text->html = reading == XML_HTML;
    text->truncated = false;
}

void xml_text_add(struct xml_text *text, const char *ptr, size_t len)
{
    if (text->truncated)
        return;
    if (text->markup && !text->html)
        append_escaped(text, ptr, len);
    else
        append_characters(text, ptr, len);
}

char *xml_text_room(struct xml_text *text, size_t len)
{
    bool escaped = text->markup && !text->html;
    if (escaped || text->truncated || text->len + len > FEED_TEXT_BYTES_MAX || !reserve(text, len))
        return NULL;
    return text->ptr + text->len;
}

/* What was collected as plain characters becomes markup, unless it is markup that somebody escaped. */
static void become_markup(struct xml_text *text)
{
    text->markup = true;
    if (!text->len || text->html || memchr(text->ptr, '<', text->len) || !memchr(text->ptr, '&', text->len))
        return;
    struct str plain = arena_str(text->arena, str_make(text->ptr, text->len));
    bool truncated = text->truncated;
    text->len = 0;
    text->truncated = false;
    if (plain.ptr)
        append_escaped(text, plain.ptr, plain.len);
    else
        text->failed = true;
    text->truncated |= truncated;
}

static bool is_void(struct str local)
{
    static const char *const voids[] = {"br",    "img",  "hr",   "input", "area",   "col",   "embed",
                                        "param", "meta", "link", "base",  "source", "track", "wbr"};
    if (local.len > TAG_NAME_MAX)
        return false;
    for (size_t i = 0; i < sizeof(voids) / sizeof(*voids); i++)
        if (str_equal_nocase(local, str_from(voids[i])))
            return true;
    return false;
}

static bool is_url_attribute(struct str local)
{
    static const char *const urls[] = {"href",       "src",      "cite",   "action",
                                       "background", "longdesc", "poster", "data"};
    for (size_t i = 0; i < sizeof(urls) / sizeof(*urls); i++)
        if (str_equal_nocase(local, str_from(urls[i])))
            return true;
    return false;
}

static bool html_namespace(enum feed_namespace namespace)
{
    return namespace == NS_XHTML || namespace == NS_SVG || namespace == NS_MATHML;
}

static void append_name(struct xml_text *text, const struct xml_element *element, struct str prefix)
{
    if (prefix.len && element->namespace == NS_UNKNOWN) {
        append(text, prefix.ptr, prefix.len);
        APPEND(text, ":");
    }
    append(text, element->local.ptr, element->local.len);
}

static void append_attribute(struct xml_text *text, const struct xml_attribute *attribute, struct str base)
{
    if (attribute->namespace == NS_XML && !str_equal(attribute->local, STR("lang")))
        return;
    if (attribute->namespace == NS_XLINK)
        APPEND(text, " xlink:");
    else
        APPEND(text, " ");
    append(text, attribute->local.ptr, attribute->local.len);
    APPEND(text, "=\"");
    struct str value = attribute->value;
    if (base.ptr && is_url_attribute(attribute->local)) {
        value = url_resolve(text->arena, base, value);
        if (!value.ptr)
            text->failed = true;
    }
    append_value(text, value);
    APPEND(text, "\"");
}

void xml_text_start_tag(struct xml_text *text, const struct xml_element *element, struct str prefix,
                        enum feed_namespace parent, struct str namespace_uri, struct str base)
{
    if (!text->markup)
        become_markup(text);
    APPEND(text, "<");
    append_name(text, element, prefix);
    bool linked = false;
    for (size_t i = 0; i < element->attribute_count; i++) {
        append_attribute(text, &element->attributes[i], base);
        linked = linked || element->attributes[i].namespace == NS_XLINK;
    }
    if (html_namespace(element->namespace) && element->namespace != NS_XHTML &&
        element->namespace != parent) {
        APPEND(text, " xmlns=\"");
        append_value(text, namespace_uri);
        APPEND(text, "\"");
    }
    if (linked)
        APPEND(text, " xmlns:xlink=\"http://www.w3.org/1999/xlink\"");
    if (is_void(element->local))
        APPEND(text, " />");
    else
        APPEND(text, ">");
}

void xml_text_end_tag(struct xml_text *text, const struct xml_element *element, struct str prefix)
{
    if (is_void(element->local))
        return;
    APPEND(text, "</");
    append_name(text, element, prefix);
    APPEND(text, ">");
}
