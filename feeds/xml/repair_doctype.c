/* repair_doctype: reads a DOCTYPE for the entities that it declares. Small internal text is kept for the
 * references to come; anything that could grow or
 * nest refuses the document; what lies outside is never loaded. */
#include "feeds/xml/repair_private.h"

#include <errno.h>

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

static size_t skip_space(struct str in, size_t at)
{
    while (at < in.len && is_space(in.ptr[at]))
        at++;
    return at;
}

static void refuse(struct repair *repair, const char *why)
{
    repair->error = error_set(repair->words, ERR_LIMIT, "the document declares entities that are %s", why);
}

/* Only text: character references and the five names of XML may stand in it. */
static bool is_plain_value(struct str value)
{
    for (ptrdiff_t at = str_find_byte(value, '&', 0); at >= 0;
         at = str_find_byte(value, '&', (size_t)at + 1)) {
        struct str rest = str_slice(value, (size_t)at + 1, value.len);
        bool known = str_starts(rest, STR("#")) || str_starts(rest, STR("amp;")) ||
                     str_starts(rest, STR("lt;")) || str_starts(rest, STR("gt;")) ||
                     str_starts(rest, STR("quot;")) || str_starts(rest, STR("apos;"));
        if (!known)
            return false;
    }
    return str_find_byte(value, '<', 0) < 0 && str_find_byte(value, '%', 0) < 0;
}

static void add_entity(struct repair *repair, struct str name, struct str value)
{
    if (value.len > REPAIR_ENTITY_BYTES_MAX || repair->entity_count == REPAIR_ENTITIES_MAX) {
        refuse(repair, "too long or too many");
        return;
    }
    if (!is_plain_value(value)) {
        refuse(repair, "nested");
        return;
    }
    if (!repair->entities)
        repair->entities = arena_new_array(repair->arena, struct repair_entity, REPAIR_ENTITIES_MAX);
    if (!repair->entities)
        repair->failed = true;
    else
        repair->entities[repair->entity_count++] = (struct repair_entity){.name = name, .value = value};
}

/* "<!ENTITY name "value">" at `at`. Returns the place behind the name and value. */
static size_t read_entity(struct repair *repair, size_t at)
{
    struct str in = repair->in;
    at = skip_space(in, at + 8);
    bool parameter = at < in.len && in.ptr[at] == '%';
    if (parameter)
        at = skip_space(in, at + 1);
    size_t length = repair_name_length(in, at);
    struct str name = str_slice(in, at, at + length);
    at = skip_space(in, at + length);
    struct str rest = str_slice(in, at, in.len);
    if (length && (str_starts(rest, STR("PUBLIC")) || str_starts(rest, STR("SYSTEM")))) {
        if (!parameter)
            add_entity(repair, name, STR_NONE); /* never loaded: the document is read without it */
        return at;
    }
    if (!length || parameter || at >= in.len || (in.ptr[at] != '"' && in.ptr[at] != '\'')) {
        refuse(repair, "parameters");
        return in.len;
    }
    ptrdiff_t close = str_find_byte(in, in.ptr[at], at + 1);
    if (close < 0) {
        refuse(repair, "damaged");
        return in.len;
    }
    add_entity(repair, name, str_slice(in, at + 1, (size_t)close));
    return (size_t)close + 1;
}

/* Behind the quoted text that begins at `at`; the quote alone when nothing closes it. */
static size_t skip_quoted(struct str in, size_t at)
{
    ptrdiff_t close = str_find_byte(in, in.ptr[at], at + 1);
    return close < 0 ? at + 1 : (size_t)close + 1;
}

static size_t read_subset(struct repair *repair, size_t at)
{
    struct str in = repair->in;
    while (at < in.len && in.ptr[at] != ']' && !repair->error) {
        struct str rest = str_slice(in, at, in.len);
        if (str_starts(rest, STR("<!--"))) {
            ptrdiff_t end = str_find(in, STR("-->"), at);
            at = end < 0 ? in.len : (size_t)end + 3;
        } else if (str_starts(rest, STR("<!ENTITY"))) {
            at = read_entity(repair, at);
        } else if (in.ptr[at] == '"' || in.ptr[at] == '\'') {
            at = skip_quoted(in, at);
        } else {
            at++;
        }
    }
    return at;
}

void repair_doctype(struct repair *repair)
{
    struct str in = repair->in;
    size_t at = repair->at + 9;
    while (at < in.len && in.ptr[at] != '>' && !repair->error) {
        if (in.ptr[at] == '[')
            at = read_subset(repair, at + 1);
        else if (in.ptr[at] == '"' || in.ptr[at] == '\'')
            at = skip_quoted(in, at);
        else
            at++;
    }
    repair->cut = at >= in.len;
    repair->at = at < in.len ? at + 1 : in.len;
}
