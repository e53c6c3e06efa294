/* xml_attribute: attributes of an element by name, and what their values are. Apart from libxml2. */
#include <string.h>

#include "base/url.h"
#include "feeds/xml/xml.h"

struct str xml_decode_attribute(struct arena *arena, struct str value)
{
    if (str_empty(value) || !memchr(value.ptr, '&', value.len))
        return value;
    char *out = arena_alloc(arena, value.len + 1);
    if (!out)
        return STR_NONE;
    size_t len = 0;
    for (size_t i = 0; i < value.len; i++) {
        out[len++] = value.ptr[i];
        if (value.ptr[i] == '&' && value.len - i >= 5 && memcmp(value.ptr + i, "&#38;", 5) == 0)
            i += 4;
    }
    out[len] = 0;
    return str_make(out, len);
}

bool xml_scheme_unsafe(struct str url)
{
    static const char *const unsafe[] = {"javascript", "vbscript", "data", "file", "livescript",
                                         "mocha",      "about",    "jar",  "blob", "view-source"};
    struct str scheme = url_scheme(str_trim(url));
    for (size_t i = 0; scheme.ptr && i < sizeof(unsafe) / sizeof(*unsafe); i++)
        if (str_equal_nocase(scheme, str_from(unsafe[i])))
            return true;
    return false;
}

static bool local_is(const struct xml_attribute *attribute, const char *local, size_t len)
{
    return attribute->local.len == len && memcmp(attribute->local.ptr, local, len) == 0;
}

struct str xml_value(const struct xml_element *element, const char *local)
{
    size_t len = strlen(local);
    for (size_t i = 0; i < element->attribute_count; i++)
        if (element->attributes[i].namespace == NS_NONE && local_is(&element->attributes[i], local, len))
            return element->attributes[i].value;
    for (size_t i = 0; i < element->attribute_count; i++) /* isPermalink, ISPERMALINK */
        if (element->attributes[i].namespace == NS_NONE &&
            str_equal_nocase(element->attributes[i].local, str_make(local, len)))
            return element->attributes[i].value;
    return STR_NONE;
}

struct str xml_value_ns(const struct xml_element *element, enum feed_namespace namespace, const char *local)
{
    size_t len = strlen(local);
    for (size_t i = 0; i < element->attribute_count; i++)
        if (element->attributes[i].namespace == namespace && local_is(&element->attributes[i], local, len))
            return element->attributes[i].value;
    return namespace == NS_RDF ? xml_value(element, local) : STR_NONE;
}
