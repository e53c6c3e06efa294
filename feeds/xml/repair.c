/* repair: the pass over the text: what is character data, what is CDATA, a comment or a tag. Characters are
 * repair_text.c's, tags repair_tags.c's, the DOCTYPE is repair_doctype.c's. Linear, whatever is missing. */
#include "feeds/xml/repair_private.h"

#include <errno.h>

#include "base/utf8.h"

struct str repair_name(enum repair_kind kind)
{
    static const char *const names[REPAIR_COUNT] = {
        [REPAIR_LEADING_JUNK] = "leading-junk",
        [REPAIR_TRAILING_JUNK] = "trailing-junk",
        [REPAIR_CONTROL_CHARACTERS] = "control-characters",
        [REPAIR_BARE_AMPERSAND] = "bare-ampersand",
        [REPAIR_HTML_ENTITIES] = "html-entities",
        [REPAIR_UNKNOWN_ENTITIES] = "unknown-entities",
        [REPAIR_BARE_LESS_THAN] = "bare-less-than",
        [REPAIR_MISMATCHED_TAGS] = "mismatched-tags",
        [REPAIR_ATTRIBUTES] = "attributes",
        [REPAIR_UNCLOSED_CDATA] = "unclosed-cdata",
        [REPAIR_CDATA_END] = "cdata-end",
        [REPAIR_COMMENTS] = "comments",
        [REPAIR_DEEP_NESTING] = "deep-nesting",
        [REPAIR_LONG_TEXT] = "long-text",
        [REPAIR_SURROGATES] = "surrogates",
        [REPAIR_ESCAPES] = "escapes",
        [REPAIR_NUMBERS] = "numbers",
        [REPAIR_COMMAS] = "commas",
    };
    return str_from(names[kind]);
}

/* Where a run of characters from `start` to `end` is cut: between two characters. */
static size_t cut_run(struct repair *repair, size_t start, size_t end)
{
    if (end - start <= REPAIR_TEXT_BYTES_MAX)
        return end;
    repair_note(repair, REPAIR_LONG_TEXT);
    struct str run = str_slice(repair->in, start, start + REPAIR_TEXT_BYTES_MAX);
    return start + utf8_valid_prefix(run);
}

static bool at_text(const struct repair *repair, const char *text)
{
    struct str wanted = str_from(text);
    return str_starts_nocase(str_slice(repair->in, repair->at, repair->in.len), wanted);
}

/* The next "]]>" from `at` on; looked for once, however many sections begin before it. */
static ptrdiff_t find_cdata_end(struct repair *repair, size_t at)
{
    bool passed = repair->cdata_end >= 0 && (size_t)repair->cdata_end < at;
    if (!repair->cdata_searched || passed)
        repair->cdata_end = str_find(repair->in, STR("]]>"), at);
    repair->cdata_searched = true;
    return repair->cdata_end;
}

/* The end tag of the innermost open element within [at, limit). */
static ptrdiff_t find_own_end(const struct repair *repair, size_t at, size_t limit)
{
    if (!repair->depth)
        return -1;
    struct str name = repair->open[repair->depth - 1], in = str_slice(repair->in, 0, limit);
    for (ptrdiff_t end = str_find(in, STR("</"), at); end >= 0;
         end = str_find(in, STR("</"), (size_t)end + 2)) {
        struct str rest = str_slice(repair->in, (size_t)end + 2, repair->in.len);
        if (str_starts(rest, name) && rest.len > name.len && strchr("> \t\r\n", rest.ptr[name.len]))
            return end;
    }
    return -1;
}

static void put_cdata(struct repair *repair)
{
    size_t start = repair->at + 9;
    ptrdiff_t end = find_cdata_end(repair, start);
    size_t stop = end < 0 ? repair->in.len : (size_t)end;
    size_t after = end < 0 ? repair->in.len : stop + 3;
    ptrdiff_t next = str_find(str_slice(repair->in, 0, stop), STR("<![CDATA["), start);
    if (end < 0 || next >= 0) { /* did somebody forget its end? */
        ptrdiff_t own = find_own_end(repair, start, next >= 0 ? (size_t)next : stop);
        if (own >= 0) {
            repair_note(repair, REPAIR_UNCLOSED_CDATA);
            stop = after = (size_t)own;
        } else if (end < 0) {
            repair->cut = true; /* the document ends in it: the element stays open */
        }
    }
    REPAIR_PUT(repair, "<![CDATA[");
    repair_put_cdata(repair, start, cut_run(repair, start, stop));
    REPAIR_PUT(repair, "]]>");
    repair->at = after;
}

/* Comments and processing instructions say nothing that feeds need. */
static void skip_through(struct repair *repair, const char *end_mark, size_t from)
{
    ptrdiff_t end = str_find(repair->in, str_from(end_mark), from);
    if (end < 0) {
        repair->cut = true;
        repair->at = repair->in.len;
        return;
    }
    if (end_mark[0] == '-' && str_find(str_slice(repair->in, from, (size_t)end), STR("--"), 0) >= 0)
        repair_note(repair, REPAIR_COMMENTS);
    repair->at = (size_t)end + strlen(end_mark);
}

static void put_markup(struct repair *repair)
{
    bool done = true;
    char next = repair->at + 1 < repair->in.len ? repair->in.ptr[repair->at + 1] : 0;
    if (at_text(repair, "<!--"))
        skip_through(repair, "-->", repair->at + 4);
    else if (next == '?')
        skip_through(repair, "?>", repair->at + 2);
    else if (at_text(repair, "<![CDATA[") && repair->depth)
        put_cdata(repair);
    else if (at_text(repair, "<!DOCTYPE") && !repair->root_seen)
        repair_doctype(repair);
    else if (next == '/')
        done = repair_end_tag(repair);
    else
        done = repair_start_tag(repair);
    if (done)
        return;
    repair_note(repair, REPAIR_BARE_LESS_THAN);
    REPAIR_PUT(repair, "&lt;");
    repair->at++;
}

/* Text before the first markup, and anything before an XML declaration or behind a server's warnings, is
 * junk. */
static size_t find_start(struct repair *repair)
{
    ptrdiff_t start = repair_find_start(repair->in);
    if (start > 0)
        repair_note(repair, REPAIR_LEADING_JUNK);
    return start < 0 ? repair->in.len : (size_t)start;
}

static void put_document(struct repair *repair)
{
    struct str in = repair->in;
    for (repair->at = find_start(repair);
         repair->at < in.len && !repair->cut && !repair->error && !repair->failed;) {
        if (repair->root_seen && !repair->depth) {
            if (!str_empty(str_trim(str_slice(in, repair->at, in.len))))
                repair_note(repair, REPAIR_TRAILING_JUNK);
            return;
        }
        if (in.ptr[repair->at] == '<') {
            put_markup(repair);
            continue;
        }
        ptrdiff_t next = str_find_byte(in, '<', repair->at);
        size_t end = next < 0 ? in.len : (size_t)next;
        if (repair->depth)
            repair_put_text(repair, repair->at, cut_run(repair, repair->at, end), false);
        repair->at = end;
    }
}

int repair_xml(struct arena *arena, struct str text, struct repair_result *ret_result, struct error *error)
{
    struct repair *repair = arena_new(arena, struct repair);
    if (!repair)
        return -ENOMEM;
    repair->arena = arena;
    repair->in = text;
    repair->words = error;
    repair->capacity = text.len + text.len / 8 + 1024;
    repair->out = arena_alloc(arena, repair->capacity);
    if (!repair->out)
        return -ENOMEM;
    put_document(repair);
    if (repair->error)
        return repair->error;
    if (repair->failed)
        return -ENOMEM;
    *ret_result = (struct repair_result){.text = str_make(repair->out, repair->len), .kinds = repair->kinds};
    return 0;
}
