/* xml_scan: only a long stretch without '<' can be a tag of many attributes, so that most of the text is
 * never looked at. */
#include "feeds/xml/xml_scan.h"

#include <string.h>

enum { ATTRIBUTE_BYTES_MIN = 4 }; /* a="" */

/* Attributes of the tag that begins at tag.ptr[0] and ends with the first '>' outside of quotes. */
static bool tag_exceeds(struct str tag, size_t max)
{
    size_t count = 0;
    char quote = 0;
    for (size_t i = 1; i < tag.len; i++) {
        char byte = tag.ptr[i];
        if (quote)
            quote = byte == quote ? 0 : quote;
        else if (byte == '>')
            return false;
        else if (byte == '"' || byte == '\'')
            quote = byte;
        else if (byte == '=' && ++count > max)
            return true;
    }
    return false;
}

bool xml_attributes_exceed(struct str text, size_t max)
{
    size_t room = max * ATTRIBUTE_BYTES_MIN;
    for (size_t at = 0; at + 1 + room <= text.len;) { /* at: a '<', or the beginning */
        const char *last = memrchr(text.ptr + at + 1, '<', room);
        if (last) {
            at = (size_t)(last - text.ptr);
            continue;
        }
        ptrdiff_t next = str_find_byte(text, '<', at + 1 + room);
        size_t end = next < 0 ? text.len : (size_t)next;
        if (tag_exceeds(str_slice(text, at, end), max))
            return true;
        at = end;
    }
    return false;
}
