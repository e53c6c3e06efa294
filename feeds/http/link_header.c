/* link_header: reads Link fields. Pure; any thread. */
#include "feeds/http/link_header.h"

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

static size_t skip_blanks(struct str s, size_t at)
{
    while (at < s.len && is_blank(s.ptr[at]))
        at++;
    return at;
}

/* Behind the quoted string that begins at `at`; a missing end quote ends with the field. */
static size_t skip_quoted(struct str s, size_t at)
{
    for (at++; at < s.len && s.ptr[at] != '"'; at++)
        if (s.ptr[at] == '\\')
            at++;
    return at < s.len ? at + 1 : s.len;
}

/* One parameter, from behind its semicolon; returns where it ends. */
static size_t parameter(struct str s, size_t at, struct link_header *link)
{
    size_t start = at = skip_blanks(s, at);
    while (at < s.len && s.ptr[at] != '=' && s.ptr[at] != ';' && s.ptr[at] != ',' && !is_blank(s.ptr[at]))
        at++;
    struct str name = str_slice(s, start, at), value = STR("");
    at = skip_blanks(s, at);
    if (at < s.len && s.ptr[at] == '=') {
        at = start = skip_blanks(s, at + 1);
        if (at < s.len && s.ptr[at] == '"') {
            at = skip_quoted(s, at);
            value = str_slice(s, start + 1, at > start + 1 && s.ptr[at - 1] == '"' ? at - 1 : at);
        } else {
            while (at < s.len && s.ptr[at] != ';' && s.ptr[at] != ',')
                at++;
            value = str_trim_ascii(str_slice(s, start, at));
        }
    }
    if (str_equal_nocase(name, STR("rel")) && !link->rel.ptr) /* the first counts (RFC 8288 3.3) */
        link->rel = value;
    else if (str_equal_nocase(name, STR("anchor")))
        link->anchored = true;
    return at;
}

bool link_header_next(struct str *rest, struct link_header *ret_link)
{
    struct str s = *rest;
    size_t at = 0;
    while (at < s.len && s.ptr[at] != '<')
        at = s.ptr[at] == '"' ? skip_quoted(s, at) : at + 1;
    ptrdiff_t end = str_find_byte(s, '>', at);
    if (at >= s.len || end < 0) {
        *rest = STR_NONE;
        return false;
    }
    struct link_header link = {.target = str_trim_ascii(str_slice(s, at + 1, (size_t)end))};
    at = (size_t)end + 1;
    while (at < s.len && s.ptr[at] != ',')
        at = s.ptr[at] == ';' ? parameter(s, at + 1, &link) : at + 1;
    *rest = str_slice(s, at, s.len);
    *ret_link = link;
    return true;
}

bool link_header_is(const struct link_header *link, struct str relation)
{
    struct str rest = link->rel, type;
    while (!link->anchored && str_split(&rest, ' ', &type))
        if (str_equal_nocase(type, relation))
            return true;
    return false;
}
