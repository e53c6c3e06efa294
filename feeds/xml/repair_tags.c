/* repair_tags: tags read as browsers would read them and written as XML wants them: attributes quoted and
 * named once, every end tag matching a start tag. */
#include "feeds/xml/repair_private.h"
#include "feeds/xml/xml.h"

struct tag {
    struct str names[XML_ATTRIBUTES_MAX];
    size_t count;
    bool closed; /* "<br/>" */
};

static bool is_space(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r' || byte == '\f';
}

static size_t skip_space(struct str in, size_t at)
{
    while (at < in.len && is_space(in.ptr[at]))
        at++;
    return at;
}

/* Where the value that begins at `at` ends, without quotes around it; *ret_after is where reading goes on. */
static size_t value_end(struct repair *repair, size_t *at, size_t *ret_after)
{
    struct str in = repair->in;
    char quote = *at < in.len ? in.ptr[*at] : 0;
    size_t end;
    if (quote == '"' || quote == '\'') {
        ptrdiff_t close = str_find_byte(in, quote, *at + 1);
        char after = close >= 0 && (size_t)close + 1 < in.len ? in.ptr[close + 1] : '>';
        ptrdiff_t mark = close < 0 ? str_find_byte(in, '>', *at)
                                   : str_find_byte(str_slice(in, 0, (size_t)close), '<', *at);
        bool plausible = is_space(after) || after == '>' || after == '/' || after == '?';
        if (close >= 0 && (mark < 0 || plausible)) {
            (*at)++;
            *ret_after = (size_t)close + 1;
            return (size_t)close;
        }
        (*at)++; /* the closing quote is missing: the value ends where one without quotes would */
    }
    repair_note(repair, REPAIR_ATTRIBUTES);
    for (end = *at; end < in.len && !is_space(in.ptr[end]) && in.ptr[end] != '>'; end++)
        if (in.ptr[end] == '/' && end + 1 < in.len && in.ptr[end + 1] == '>')
            break;
    *ret_after = end;
    return end;
}

static bool name_taken(const struct tag *tag, struct str name)
{
    for (size_t i = 0; i < tag->count; i++)
        if (str_equal(tag->names[i], name))
            return true;
    return false;
}

/* One attribute at `at`; returns where the next one may begin. */
static size_t put_attribute(struct repair *repair, struct tag *tag, size_t at)
{
    struct str in = repair->in;
    size_t length = repair_name_length(in, at);
    if (!length) { /* a stray byte in a tag */
        repair_note(repair, REPAIR_ATTRIBUTES);
        return at + 1;
    }
    struct str name = str_slice(in, at, at + length);
    size_t next = skip_space(in, at + length), start = 0, end = 0, after = at + length;
    bool valued = next < in.len && in.ptr[next] == '=';
    if (valued) {
        start = skip_space(in, next + 1);
        end = value_end(repair, &start, &after);
    } else {
        repair_note(repair, REPAIR_ATTRIBUTES);
    }
    bool refused = tag->count == XML_ATTRIBUTES_MAX || end - start > REPAIR_ATTRIBUTE_BYTES_MAX;
    if (refused || name_taken(tag, name)) {
        repair_note(repair, REPAIR_ATTRIBUTES);
        return after;
    }
    tag->names[tag->count++] = name;
    REPAIR_PUT(repair, " ");
    repair_put(repair, name.ptr, name.len);
    REPAIR_PUT(repair, "=\"");
    if (valued)
        repair_put_text(repair, start, end, true);
    else
        repair_put(repair, name.ptr, name.len);
    REPAIR_PUT(repair, "\"");
    return after;
}

/* The attributes from `at` to '>'; returns the place behind it, 0 when the text ends before. */
static size_t put_attributes(struct repair *repair, struct tag *tag, size_t at)
{
    struct str in = repair->in;
    for (;;) {
        at = skip_space(in, at);
        if (at >= in.len || repair->error)
            return 0;
        if (in.ptr[at] == '>')
            return at + 1;
        if (in.ptr[at] == '/' && at + 1 < in.len && in.ptr[at + 1] == '>') {
            tag->closed = true;
            return at + 2;
        }
        if (in.ptr[at] == '<') { /* '>' is missing: the next tag begins */
            repair_note(repair, REPAIR_ATTRIBUTES);
            return at;
        }
        at = put_attribute(repair, tag, at);
    }
}

bool repair_start_tag(struct repair *repair)
{
    struct str in = repair->in;
    size_t length = repair_name_length(in, repair->at + 1);
    size_t after = repair->at + 1 + length;
    if (!length ||
        (after < in.len && !is_space(in.ptr[after]) && in.ptr[after] != '>' && in.ptr[after] != '/'))
        return false;
    struct str name = str_slice(in, repair->at + 1, after);
    size_t mark = repair->len;
    struct tag tag;
    tag.count = 0;
    tag.closed = false;
    REPAIR_PUT(repair, "<");
    repair_put(repair, name.ptr, name.len);
    size_t next = put_attributes(repair, &tag, after);
    if (!next) { /* the document ends in this tag: nothing more can be read */
        repair->len = mark;
        repair->cut = true;
        return true;
    }
    repair->root_seen = true;
    if (repair->depth == REPAIR_DEPTH_MAX) { /* the space keeps words apart */
        repair_note(repair, REPAIR_DEEP_NESTING);
        repair->len = mark;
        REPAIR_PUT(repair, " ");
    } else if (tag.closed) {
        REPAIR_PUT(repair, "/>");
    } else {
        REPAIR_PUT(repair, ">");
        repair->open[repair->depth++] = name;
    }
    repair->at = next;
    return true;
}

static void put_end_tag(struct repair *repair)
{
    struct str name = repair->open[--repair->depth];
    REPAIR_PUT(repair, "</");
    repair_put(repair, name.ptr, name.len);
    REPAIR_PUT(repair, ">");
}

bool repair_end_tag(struct repair *repair)
{
    struct str in = repair->in;
    size_t length = repair_name_length(in, repair->at + 2);
    if (!length)
        return false;
    struct str name = str_slice(in, repair->at + 2, repair->at + 2 + length);
    ptrdiff_t close = str_find_byte(in, '>', repair->at);
    if (close < 0) {
        repair->cut = true;
        return true;
    }
    size_t depth = repair->depth;
    while (depth && !str_equal(repair->open[depth - 1], name))
        depth--;
    if (depth != repair->depth)
        repair_note(repair, REPAIR_MISMATCHED_TAGS);
    while (depth && repair->depth >= depth) /* an end tag of nothing is dropped */
        put_end_tag(repair);
    repair->at = (size_t)close + 1;
    return true;
}
