/* repair: one pass over the text; runs are copied, damage is replaced. Allocates from the arena only. */
#include "feeds/repair.h"

#include <ctype.h>
#include <errno.h>

#include "base/references.h"

static bool is_control(char c)
{
    unsigned char byte = (unsigned char)c;
    return (byte < ' ' && byte != '\t' && byte != '\n' && byte != '\r') || byte == 0x7f;
}

static bool needs_repair(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] == '&' || is_control(text.ptr[i]))
            return true;
    return false;
}

/* "&name;" or "&#123;" at `at`: its length with both marks, or 0. */
static size_t reference_length(struct str text, size_t at)
{
    size_t end = at + 1;
    while (end < text.len && end - at < 32 &&
           (isalnum((unsigned char)text.ptr[end]) || text.ptr[end] == '#' || text.ptr[end] == '_'))
        end++;
    return end < text.len && text.ptr[end] == ';' && end > at + 1 ? end + 1 - at : 0;
}

static bool is_xml_reference(struct str reference)
{
    static const char *const known[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&apos;"};
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (str_equal(reference, str_from(known[i])))
            return true;
    return reference.ptr[1] == '#' && reference.len > 3;
}

/* Names that the document's own DOCTYPE declares are not ours to judge. */
static bool declares_entities(struct str text)
{
    return str_find(text, STR("<!ENTITY"), 0) >= 0;
}

static size_t mend_ampersand(struct str text, size_t at, bool declared, char *out, size_t *used,
                             struct repair_result *result)
{
    size_t length = reference_length(text, at), read;
    struct str reference = str_slice(text, at, at + length);
    if (length && (declared || is_xml_reference(reference))) {
        memcpy(out, reference.ptr, length);
        *used = length;
        return length;
    }
    if (length) {
        size_t wrote = html_reference(reference, &read, out);
        if (wrote && read == length) {
            result->html_entity = true;
            *used = length;
            return wrote;
        }
    }
    result->bare_ampersand = true;
    memcpy(out, "&amp;", 5);
    *used = 1;
    return 5;
}

int repair_xml(struct arena *arena, struct str text, struct repair_result *ret_result)
{
    struct repair_result result = {.text = text};
    ptrdiff_t first = str_find_byte(text, '<', 0);
    if (first > 0) {
        result.leading_junk = true;
        text = result.text = str_slice(text, (size_t)first, text.len);
    }
    if (!needs_repair(text)) {
        *ret_result = result;
        return 0;
    }
    bool declared = declares_entities(text);
    char *out = arena_alloc(arena, text.len * 5 + 64);
    if (!out)
        return -ENOMEM;
    size_t len = 0;
    for (size_t at = 0; at < text.len;) {
        char c = text.ptr[at];
        if (c == '<' && str_starts(str_slice(text, at, at + 9), STR("<![CDATA["))) {
            ptrdiff_t end = str_find(text, STR("]]>"), at);
            size_t stop = end < 0 ? text.len : (size_t)end + 3;
            for (; at < stop; at++) {
                if (is_control(text.ptr[at]))
                    result.control_characters = true;
                else
                    out[len++] = text.ptr[at];
            }
        } else if (is_control(c)) {
            result.control_characters = true;
            at++;
        } else if (c == '&') {
            size_t used;
            len += mend_ampersand(text, at, declared, out + len, &used, &result);
            at += used;
        } else {
            out[len++] = c;
            at++;
        }
    }
    if (result.control_characters || result.bare_ampersand || result.html_entity)
        result.text = str_make(out, len);
    *ret_result = result;
    return 0;
}
