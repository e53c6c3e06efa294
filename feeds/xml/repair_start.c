/* repair_start: where a document really begins behind what a server printed first: warnings as text or as
 * HTML. The declaration or the root of a feed or list decides; nothing else is looked for. */
#include "feeds/xml/repair_private.h"

enum { WITHIN_BYTES = 64 * 1024, NAME_BYTES_MAX = 64 };

static bool is_known_root(struct str name)
{
    static const char *const roots[] = {"rss",    "feed",         "RDF",  "channel",
                                        "urlset", "sitemapindex", "opml", "entry"};
    ptrdiff_t colon = str_find_byte(name, ':', 0);
    struct str local = str_slice(name, (size_t)(colon + 1), name.len);
    for (size_t i = 0; i < sizeof(roots) / sizeof(*roots); i++)
        if (str_equal_nocase(local, str_from(roots[i])))
            return true;
    return false;
}

/* The name of the root that a tag or a DOCTYPE at `at` begins; absent when it is neither. */
static struct str root_name(struct str text, size_t at)
{
    size_t start = at + 1;
    if (str_starts_nocase(str_slice(text, at, text.len), STR("<!DOCTYPE ")))
        start = at + sizeof("<!DOCTYPE ") - 1;
    size_t length = repair_name_length(str_slice(text, 0, start + NAME_BYTES_MAX), start);
    struct str name = str_slice(text, start, start + length);
    char after = start + length < text.len ? text.ptr[start + length] : '\0';
    return length && strchr("> \t\r\n/[", after) && after ? name : STR_NONE;
}

/* Behind a comment at `at`, else behind its '<'. */
static size_t step(struct str text, size_t at)
{
    if (!str_starts(str_slice(text, at, text.len), STR("<!--")))
        return at + 1;
    ptrdiff_t end = str_find(text, STR("-->"), at + 4);
    return end < 0 ? text.len : (size_t)end + 3;
}

ptrdiff_t repair_find_start(struct str text)
{
    struct str head = str_slice(text, 0, WITHIN_BYTES);
    ptrdiff_t declaration = str_find_nocase(head, STR("<?xml "), 0), first = str_find_byte(text, '<', 0);
    if (declaration >= 0)
        return declaration;
    bool junk = false;
    for (ptrdiff_t at = str_find_byte(head, '<', 0); at >= 0;
         at = str_find_byte(head, '<', step(head, (size_t)at))) {
        struct str name = root_name(head, (size_t)at);
        if (is_known_root(name))
            return junk ? at : first;
        junk = junk || name.len;
    }
    return first;
}
