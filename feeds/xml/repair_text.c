/* repair_text: what the repair writes, and the mending of characters: ampersands, references, and what XML
 * forbids. */
#include "feeds/xml/repair_private.h"

#include "base/references.h"

enum { REFERENCE_NAME_MAX = 32 };

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

void repair_put_cdata(struct repair *repair, size_t start, size_t end)
{
    size_t from = start;
    for (size_t at = start; at < end;) {
        size_t forbidden = forbidden_at(repair->in, at);
        if (!forbidden) {
            at++;
            continue;
        }
        repair_note(repair, REPAIR_CONTROL_CHARACTERS);
        repair_put(repair, repair->in.ptr + from, at - from);
        from = at += forbidden;
    }
    if (from < end)
        repair_put(repair, repair->in.ptr + from, end - from);
}
