/* repair: the pass over the text: what is character data, what is CDATA, a comment or a tag, and the mending
 * of characters. Tags are repair_tags.c's, the DOCTYPE is repair_doctype.c's. Linear, whatever
 * is missing. */
#include "feeds/xml/repair_private.h"

#include <errno.h>

#include "base/references.h"
#include "base/utf8.h"

enum { REFERENCE_NAME_MAX = 32 };

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

void repair_note(struct repair *repair, enum repair_kind kind)
{
    repair->kinds |= 1u << kind;
}

static bool reserve(struct repair *repair, size_t extra)
{
    if (repair->len + extra <= repair->capacity)
        return true;
    size_t capacity = repair->capacity * 2 + extra;
    char *out = arena_alloc(repair->arena, capacity);
    if (!out) {
        repair->failed = true;
        return false;
    }
    memcpy(out, repair->out, repair->len);
    repair->out = out;
    repair->capacity = capacity;
    return true;
}

void repair_put(struct repair *repair, const char *ptr, size_t len)
{
    if (!len || !reserve(repair, len))
        return;
    memcpy(repair->out + repair->len, ptr, len);
    repair->len += len;
}

static bool name_first(char byte)
{
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || byte == ':' ||
           (unsigned char)byte >= 0x80;
}

size_t repair_name_length(struct str text, size_t at)
{
    if (at >= text.len || !name_first(text.ptr[at]))
        return 0;
    size_t end = at + 1;
    while (end < text.len && (name_first(text.ptr[end]) || (text.ptr[end] >= '0' && text.ptr[end] <= '9') ||
                              text.ptr[end] == '-' || text.ptr[end] == '.'))
        end++;
    return end - at;
}

/* A control character or one of the two noncharacters that XML forbids: its length, else 0. */
static size_t forbidden_at(struct str text, size_t at)
{
    unsigned char byte = (unsigned char)text.ptr[at];
    if (byte < 0x20)
        return byte != '\t' && byte != '\n' && byte != '\r';
    if (byte == 0xEF && at + 2 < text.len && (unsigned char)text.ptr[at + 1] == 0xBF &&
        (unsigned char)text.ptr[at + 2] >= 0xBE)
        return 3;
    return 0;
}

static int digit_value(char byte)
{
    if (byte >= '0' && byte <= '9')
        return byte - '0';
    byte |= 0x20;
    return byte >= 'a' && byte <= 'f' ? byte - 'a' + 10 : 99;
}

static bool xml_character(uint32_t code)
{
    return code == 9 || code == 10 || code == 13 || (code >= 0x20 && code < 0xD800) ||
           (code >= 0xE000 && code < 0xFFFE) || (code >= 0x10000 && code <= 0x10FFFF);
}

/* Half a character, with its other half behind it or not. Returns the length of what was read. */
static size_t put_half(struct repair *repair, size_t at, size_t end)
{
    char characters[REFERENCE_BYTES_MAX];
    size_t used = 0, written = html_reference(str_slice(repair->in, at, end), &used, characters);
    repair_note(repair, REPAIR_SURROGATES);
    repair_put(repair, characters, written);
    return used;
}

/* "&#38;" or "&#x26;", also with a capital X: writes it as XML wants it. Returns its length, 0 when it is
 * none. */
static size_t put_number(struct repair *repair, size_t at, size_t end)
{
    struct str in = repair->in;
    size_t digit = at + 2;
    bool hexadecimal = digit < end && (in.ptr[digit] | 0x20) == 'x';
    digit += hexadecimal;
    uint32_t code = 0;
    size_t first = digit;
    for (; digit < end && in.ptr[digit] != ';' && code <= 0x10FFFF; digit++) {
        int value = digit_value(in.ptr[digit]);
        if (value >= (hexadecimal ? 16 : 10))
            return 0;
        code = code * (hexadecimal ? 16 : 10) + (uint32_t)value;
    }
    if (digit == first || digit >= end || in.ptr[digit] != ';')
        return 0;
    if (code >= 0xD800 && code < 0xE000)
        return put_half(repair, at, end);
    if (xml_character(code)) {
        struct str number = arena_printf(repair->arena, "&#%u;", code);
        repair_put(repair, number.ptr ? number.ptr : "", number.len);
    } else {
        repair_note(repair, REPAIR_CONTROL_CHARACTERS);
    }
    return digit + 1 - at;
}

static const struct repair_entity *find_entity(const struct repair *repair, struct str name)
{
    for (size_t i = 0; i < repair->entity_count; i++)
        if (str_equal(repair->entities[i].name, name))
            return &repair->entities[i];
    return NULL;
}

static bool is_predefined(struct str name)
{
    return str_equal(name, STR("amp")) || str_equal(name, STR("lt")) || str_equal(name, STR("gt")) ||
           str_equal(name, STR("quot")) || str_equal(name, STR("apos"));
}

static void put_entity(struct repair *repair, const struct repair_entity *entity)
{
    if (!entity->value.ptr)
        repair_note(repair, REPAIR_UNKNOWN_ENTITIES);
    repair->expanded += entity->value.len;
    if (repair->expanded > REPAIR_EXPANSION_BYTES_MAX) {
        repair->error =
            error_set(repair->words, ERR_LIMIT, "entities of the document expand to more than %d bytes",
                      REPAIR_EXPANSION_BYTES_MAX);
        return;
    }
    repair_put(repair, entity->value.ptr, entity->value.len);
}

/* The ampersand at `at`: writes what it means, returns how much of the input that was. */
static size_t put_ampersand(struct repair *repair, size_t at, size_t end)
{
    struct str in = repair->in;
    if (at + 1 < end && in.ptr[at + 1] == '#') {
        size_t used = put_number(repair, at, end);
        if (used)
            return used;
    }
    size_t length = repair_name_length(in, at + 1);
    struct str name = str_slice(in, at + 1, at + 1 + length);
    if (!length || length > REFERENCE_NAME_MAX || at + 1 + length >= end || in.ptr[at + 1 + length] != ';') {
        repair_note(repair, REPAIR_BARE_AMPERSAND);
        REPAIR_PUT(repair, "&amp;");
        return 1;
    }
    struct str whole = str_slice(in, at, at + length + 2);
    const struct repair_entity *entity = find_entity(repair, name);
    char characters[REFERENCE_BYTES_MAX];
    size_t used = 0, written = 0;
    if (is_predefined(name)) {
        repair_put(repair, whole.ptr, whole.len);
    } else if (entity) {
        put_entity(repair, entity);
    } else if ((written = html_reference(whole, &used, characters)) && used == whole.len) {
        repair_note(repair, REPAIR_HTML_ENTITIES);
        repair_put(repair, characters, written);
    } else {
        repair_note(repair, REPAIR_UNKNOWN_ENTITIES);
        REPAIR_PUT(repair, "&amp;");
        return 1;
    }
    return whole.len;
}

void repair_put_text(struct repair *repair, size_t start, size_t end, bool attribute)
{
    struct str in = repair->in;
    size_t from = start;
    for (size_t at = start; at < end && !repair->error;) {
        char byte = in.ptr[at];
        size_t forbidden = forbidden_at(in, at);
        bool cdata_end =
            byte == '>' && !attribute && at >= start + 2 && in.ptr[at - 1] == ']' && in.ptr[at - 2] == ']';
        bool mark = attribute && (byte == '<' || byte == '"');
        if (byte != '&' && !forbidden && !cdata_end && !mark) {
            at++;
            continue;
        }
        repair_put(repair, in.ptr + from, at - from);
        if (forbidden) {
            repair_note(repair, REPAIR_CONTROL_CHARACTERS);
            at += forbidden;
        } else if (byte == '&') {
            at += put_ampersand(repair, at, end);
        } else if (cdata_end) {
            repair_note(repair, REPAIR_CDATA_END);
            REPAIR_PUT(repair, "&gt;");
            at++;
        } else {
            if (byte == '<') {
                repair_note(repair, REPAIR_ATTRIBUTES);
                REPAIR_PUT(repair, "&lt;");
            } else {
                REPAIR_PUT(repair, "&quot;");
            }
            at++;
        }
        from = at;
    }
    if (from < end && !repair->error)
        repair_put(repair, in.ptr + from, end - from);
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
    size_t from = start;
    stop = cut_run(repair, start, stop);
    for (size_t at = start; at < stop;) {
        size_t forbidden = forbidden_at(repair->in, at);
        if (!forbidden) {
            at++;
            continue;
        }
        repair_note(repair, REPAIR_CONTROL_CHARACTERS);
        repair_put(repair, repair->in.ptr + from, at - from);
        from = at += forbidden;
    }
    if (from < stop)
        repair_put(repair, repair->in.ptr + from, stop - from);
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
