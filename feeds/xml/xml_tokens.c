/* xml_tokens: one look at all bytes for those that no document may hold, in blocks that the compiler makes
 * wide instructions of; then one pass from tag to tag. Every scan function advances scan->at and returns
 * false when the document is not ordinary. Linear, whatever the input. Pure; any thread. */
#include "feeds/xml/xml_tokens.h"

#include <stdlib.h>

#include "base/utf8.h"
#include "base/wide.h"

enum { TOKENS_FIRST = 512, TOKENS_BESIDE_BYTES = 64 * 1024 };

struct scan {
    const char *at, *end;
    struct xml_tokens *tokens;
    bool line_ends; /* there is a CR somewhere */
    size_t last;    /* the last token that is no attribute: text goes beside it */
    size_t depth;
    uint16_t open[XML_TOKEN_DEPTH_MAX];            /* names of the open elements */
    uint16_t bindings[XML_TOKEN_DEPTH_MAX];        /* in force around each of them */
    uint16_t attributes[XML_TOKEN_ATTRIBUTES_MAX]; /* names of those of the tag that is read */
};

enum { NAME = 1, SPACE = 2, TEXT_STOP = 4, VALUE_STOP = 8 };

/* clang-format off */
static const uint8_t classes[256] = {
    ['a' ... 'z'] = NAME, ['A' ... 'Z'] = NAME, ['0' ... '9'] = NAME, ['_'] = NAME, ['-'] = NAME, ['.'] = NAME,
    [':'] = NAME,
    [' '] = SPACE, ['\t'] = SPACE | VALUE_STOP, ['\n'] = SPACE | VALUE_STOP, ['\r'] = SPACE | VALUE_STOP,
    ['<'] = TEXT_STOP | VALUE_STOP, ['&'] = TEXT_STOP | VALUE_STOP, [']'] = TEXT_STOP,
    ['"'] = VALUE_STOP, ['\''] = VALUE_STOP,
};
/* clang-format on */

static bool is(char byte, int class)
{
    return classes[(unsigned char)byte] & class;
}

/* U+FFFE or U+FFFF. */
static bool has_noncharacters(struct str text)
{
    for (ptrdiff_t at = str_find_byte(text, '\xEF', 0); at >= 0 && (size_t)at + 2 < text.len;
         at = str_find_byte(text, '\xEF', (size_t)at + 3))
        if (text.ptr[at + 1] == '\xBF' && (unsigned char)text.ptr[at + 2] >= 0xBE)
            return true;
    return false;
}

/* A character that no XML document may hold, or no character at all. */
static bool has_bad_characters(struct str text, bool *ret_line_ends)
{
    wide controls = {0}, returns = {0}, all = {0};
    size_t at = 0;
    for (; text.len - at >= WIDE_BYTES; at += WIDE_BYTES) {
        wide block = wide_load(text.ptr + at), cr = wide_equal(block, '\r');
        returns |= cr;
        all |= block;
        controls |= wide_below(block, ' ') & ~(cr | wide_equal(block, '\n') | wide_equal(block, '\t'));
    }
    bool bad = wide_any(controls), high = wide_any(all);
    *ret_line_ends = wide_any(returns);
    for (; at < text.len; at++) {
        *ret_line_ends |= text.ptr[at] == '\r';
        bad |= (unsigned char)text.ptr[at] < ' ' && !is(text.ptr[at], SPACE);
        high |= (unsigned char)text.ptr[at] >= 0x80;
    }
    return bad || (high && (!utf8_valid(text) || has_noncharacters(text)));
}

static struct xml_token *add_token(struct scan *scan, enum xml_token_kind kind)
{
    struct xml_tokens *tokens = scan->tokens;
    if (tokens->count == tokens->capacity) {
        size_t capacity = tokens->capacity ? tokens->capacity * 2 : TOKENS_FIRST;
        size_t most =
            (tokens->text.len * XML_TOKENS_SIZE_FACTOR + TOKENS_BESIDE_BYTES) / sizeof(struct xml_token);
        capacity = capacity < most ? capacity : most;
        struct xml_token *items =
            capacity > tokens->count ? realloc(tokens->items, capacity * sizeof(struct xml_token)) : NULL;
        if (!items)
            return NULL;
        tokens->items = items;
        tokens->capacity = capacity;
    }
    if (kind != XML_TOKEN_ATTRIBUTE)
        scan->last = tokens->count;
    struct xml_token *token = &tokens->items[tokens->count++];
    *token = (struct xml_token){.kind = (uint8_t)kind};
    return token;
}

/* Text from `from` up to `to`: beside the last tag when nothing stands there yet. */
static bool add_text(struct scan *scan, const char *from, const char *to, bool coded)
{
    if (from == to)
        return true;
    struct xml_token *token = &scan->tokens->items[scan->last];
    if (token->len)
        token = add_token(scan, XML_TOKEN_TEXT);
    if (!token || to - from > XML_TOKEN_BYTES_MAX)
        return false;
    token->at = (uint32_t)(from - scan->tokens->text.ptr);
    token->len = (uint32_t)(to - from);
    token->coded = coded;
    return true;
}

static void skip_space(struct scan *scan)
{
    while (scan->at < scan->end && is(*scan->at, SPACE))
        scan->at++;
}

static bool starts(const struct scan *scan, const char *what, size_t len)
{
    return (size_t)(scan->end - scan->at) >= len && memcmp(scan->at, what, len) == 0;
}
#define STARTS(scan, literal) starts((scan), (literal), sizeof(literal) - 1)

/* References. */

static bool is_character(uint32_t code)
{
    if (code < 0x20)
        return code == '\t' || code == '\n' || code == '\r';
    return code < 0xD800 || (code >= 0xE000 && code < 0xFFFE) || (code > 0xFFFF && code < 0x110000);
}

static size_t read_number(struct str text, unsigned base, uint32_t *ret_code)
{
    uint32_t code = 0;
    size_t at = base == 16 ? 3 : 2, first = at;
    for (; at < text.len && at - first <= XML_REFERENCE_DIGITS_MAX; at++) {
        char byte = text.ptr[at];
        unsigned digit = byte >= '0' && byte <= '9'                     ? (unsigned)(byte - '0')
                         : (byte | 0x20) >= 'a' && (byte | 0x20) <= 'f' ? (unsigned)((byte | 0x20) - 'a' + 10)
                                                                        : 99;
        if (byte == ';' && at > first) {
            *ret_code = code;
            return is_character(code) ? at + 1 : 0;
        }
        if (digit >= base)
            return 0;
        code = code * base + digit;
    }
    return 0;
}

/* Bytes of the reference at text.ptr[0], which is '&'; 0 when it is none that XML itself has. */
static size_t read_reference(struct str text, uint32_t *ret_code)
{
    static const struct {
        struct str text;
        uint32_t code;
    } named[] = {{STR("&lt;"), '<'},
                 {STR("&gt;"), '>'},
                 {STR("&amp;"), '&'},
                 {STR("&quot;"), '"'},
                 {STR("&apos;"), '\''}};
    if (text.len > 2 && text.ptr[1] == '#')
        return read_number(text, text.ptr[2] == 'x' ? 16 : 10, ret_code);
    for (size_t i = 0; i < sizeof(named) / sizeof(*named); i++)
        if (text.len >= named[i].text.len && !memcmp(text.ptr, named[i].text.ptr, named[i].text.len)) {
            *ret_code = named[i].code;
            return named[i].text.len;
        }
    return 0;
}

static bool pass_reference(struct scan *scan)
{
    uint32_t code;
    size_t used = read_reference(str_make(scan->at, (size_t)(scan->end - scan->at)), &code);
    scan->at += used;
    return used > 0;
}

/* Copies what stands for itself; returns how much of it. In whole blocks, as long as behind them there is
 * room for the end of a character: the rest is for its caller. */
static size_t copy_plain(const char *from, size_t len, char *out, size_t room)
{
    size_t at = 0;
    while (len - at >= WIDE_BYTES && room - at >= WIDE_BYTES + XML_CHARACTER_BYTES_MAX) {
        wide block = wide_load(from + at);
        memcpy(out + at, &block, sizeof(block));
        unsigned first = wide_first(wide_equal(block, '&') | wide_below(block, ' '));
        if (first < WIDE_BYTES)
            return at + first;
        at += WIDE_BYTES;
    }
    return at;
}

size_t xml_tokens_decode(struct str *coded, bool attribute, char *out, size_t room)
{
    size_t len = 0, at = 0;
    while (at < coded->len) {
        size_t plain = copy_plain(coded->ptr + at, coded->len - at, out + len, room - len);
        len += plain;
        at += plain;
        if (at == coded->len)
            break;
        char byte = coded->ptr[at];
        if (len + XML_CHARACTER_BYTES_MAX > room && ((unsigned char)byte & 0xC0) != 0x80)
            break;
        if (byte == '&') {
            uint32_t code = 0xFFFD;
            at += read_reference(str_slice(*coded, at, coded->len), &code);
            if (code < 0x80)
                out[len++] = (char)code;
            else
                len += utf8_encode(code, out + len);
            continue;
        }
        at++;
        if (byte == '\r') {
            at += at < coded->len && coded->ptr[at] == '\n';
            byte = '\n';
        }
        out[len++] = attribute && (byte == '\n' || byte == '\t') ? ' ' : byte;
    }
    *coded = str_slice(*coded, at, coded->len);
    return len;
}

/* Text between tags. */

static const char *next_text_stop(const char *at, const char *end)
{
    for (; end - at >= WIDE_BYTES; at += WIDE_BYTES) {
        wide block = wide_load(at);
        unsigned first = wide_first(wide_equal(block, '<') | wide_equal(block, '&') | wide_equal(block, ']'));
        if (first < WIDE_BYTES)
            return at + first;
    }
    while (at < end && !is(*at, TEXT_STOP))
        at++;
    return at;
}

/* Up to the next '<'. */
static bool scan_text(struct scan *scan)
{
    const char *from = scan->at;
    bool coded = false;
    for (;;) {
        scan->at = next_text_stop(scan->at, scan->end);
        if (scan->at == scan->end)
            return false; /* within an element */
        if (*scan->at == '<')
            break;
        if (*scan->at == '&') {
            coded = true;
            if (!pass_reference(scan))
                return false;
        } else if (STARTS(scan, "]]>")) {
            return false;
        } else {
            scan->at++;
        }
    }
    coded = coded || (scan->line_ends && memchr(from, '\r', (size_t)(scan->at - from)));
    return add_text(scan, from, scan->at, coded);
}

static bool scan_cdata(struct scan *scan)
{
    const char *from = scan->at + sizeof("<![CDATA[") - 1;
    for (const char *at = from; at < scan->end; at++) {
        at = memchr(at, ']', (size_t)(scan->end - at));
        if (!at || scan->end - at < 3)
            return false;
        if (at[1] == ']' && at[2] == '>') {
            scan->at = at + 3;
            return add_text(scan, from, at, false); /* CR stays: libxml2's push parser leaves it there */
        }
    }
    return false;
}

/* Nobody wants these. */

static bool scan_comment(struct scan *scan)
{
    const char *from = scan->at + sizeof("<!--") - 1;
    const char *end = memmem(from, (size_t)(scan->end - from), "--", 2);
    if (!end || end - from > XML_TOKEN_BYTES_MAX || end + 2 >= scan->end || end[2] != '>')
        return false;
    scan->at = end + 3;
    return true;
}

static bool scan_instruction(struct scan *scan)
{
    const char *name = scan->at + 2, *at = name;
    while (at < scan->end && is(*at, NAME) && *at != ':')
        at++;
    struct str target = str_make(name, (size_t)(at - name));
    bool begins = target.len && is(*name, NAME) && !strchr("0123456789-.", *name);
    if (!begins || target.len > XML_NAME_BYTES_MAX || at >= scan->end ||
        (str_starts_nocase(target, STR("xml")) && !str_equal(target, STR("xml-stylesheet"))))
        return false;
    const char *end = memmem(at, (size_t)(scan->end - at), "?>", 2);
    if (!end || end - at > XML_TOKEN_BYTES_MAX || (end != at && !is(*at, SPACE)))
        return false;
    scan->at = end + 2;
    return true;
}

/* Tags. */

static uint16_t scan_name(struct scan *scan)
{
    const char *from = scan->at;
    uint32_t hash = 0x811C9DC5u;
    for (; scan->at < scan->end && is(*scan->at, NAME); scan->at++)
        hash = xml_name_hash(hash, *scan->at);
    struct str whole = str_make(from, (size_t)(scan->at - from));
    return whole.len ? xml_names_find(&scan->tokens->names, whole, hash) : XML_NAMES_NONE;
}

/* A value in quotes, scan->at standing on the first of them. */
static bool scan_value(struct scan *scan, struct str *ret_value, bool *ret_coded)
{
    char quote = scan->at < scan->end ? *scan->at : '\0';
    if (quote != '"' && quote != '\'')
        return false;
    const char *from = ++scan->at;
    for (*ret_coded = false;;) {
        while (scan->at < scan->end && !is(*scan->at, VALUE_STOP))
            scan->at++;
        if (scan->at == scan->end || *scan->at == '<')
            return false;
        if (*scan->at == quote)
            break;
        if (*scan->at == '&') {
            *ret_coded = true;
            if (!pass_reference(scan))
                return false;
        } else {
            *ret_coded = *ret_coded || is(*scan->at, SPACE);
            scan->at++;
        }
    }
    *ret_value = str_make(from, (size_t)(scan->at - from));
    scan->at++;
    return ret_value->len <= XML_TOKEN_BYTES_MAX;
}

static bool add_attribute(struct scan *scan, uint16_t name, struct str value, bool coded)
{
    struct xml_token *token = add_token(scan, XML_TOKEN_ATTRIBUTE);
    if (!token)
        return false;
    token->name = name;
    token->at = (uint32_t)(value.ptr - scan->tokens->text.ptr);
    token->len = (uint32_t)value.len;
    token->coded = coded;
    return true;
}

static bool declare(struct scan *scan, const struct xml_name *name, struct str uri, bool coded)
{
    struct xml_names *names = &scan->tokens->names;
    struct str prefix = name->prefix.ptr ? name->local : STR_NONE;
    if (coded || !xml_names_declare(names, prefix, uri))
        return false;
    if (scan->depth == 0)
        scan->tokens->declares |= (uint64_t)1 << vocabulary_namespace(uri);
    return true;
}

/* Attributes to the end of the tag. Their number, xmlns left out; -1 when the document is not ordinary. */
static int scan_attributes(struct scan *scan)
{
    const struct xml_names *names = &scan->tokens->names;
    int kept = 0;
    for (size_t count = 0;; count++) {
        const char *space = scan->at;
        skip_space(scan);
        if (scan->at == scan->end)
            return -1;
        if (*scan->at == '>' || *scan->at == '/')
            return kept;
        if (space == scan->at || count == XML_TOKEN_ATTRIBUTES_MAX)
            return -1;
        uint16_t name = scan_name(scan);
        if (name == XML_NAMES_NONE)
            return -1;
        for (size_t i = 0; i < count;
             i++) /* the same local name twice: only libxml2 knows whether it may be */
            if (scan->attributes[i] == name ||
                (names->names[name].prefix.ptr && names->names[scan->attributes[i]].prefix.ptr &&
                 str_equal(names->names[scan->attributes[i]].local, names->names[name].local)))
                return -1;
        scan->attributes[count] = name;
        skip_space(scan);
        if (scan->at == scan->end || *scan->at != '=')
            return -1;
        scan->at++;
        skip_space(scan);
        struct str value;
        bool coded;
        if (!scan_value(scan, &value, &coded))
            return -1;
        const struct xml_name *it = &names->names[name];
        bool declaration = str_equal(it->prefix.ptr ? it->prefix : it->local, STR("xmlns"));
        if (declaration ? !declare(scan, it, value, coded) : !add_attribute(scan, name, value, coded))
            return -1;
        kept += !declaration;
    }
}

/* The namespaces of a tag's names, once all its declarations are known. */
static bool resolve_names(struct scan *scan, struct xml_token *start)
{
    struct xml_names *names = &scan->tokens->names;
    start->uri = xml_names_resolve(names, start->name);
    if (start->uri == XML_NAMES_NONE)
        return false;
    if (scan->depth == 0 && start->uri != XML_URI_NONE && names->uris[start->uri].namespace == NS_UNKNOWN)
        names->uris[start->uri].namespace = NS_NONE; /* the format's own */
    for (struct xml_token *token = start + 1; token <= start + start->count; token++) {
        token->uri =
            names->names[token->name].prefix.ptr ? xml_names_resolve(names, token->name) : XML_URI_NONE;
        if (token->uri == XML_NAMES_NONE)
            return false;
    }
    return true;
}

static bool scan_start_tag(struct scan *scan)
{
    struct xml_tokens *tokens = scan->tokens;
    size_t index = tokens->count;
    scan->at++;
    uint16_t name = scan_name(scan), bindings = tokens->names.binding_count;
    if (name == XML_NAMES_NONE || scan->depth == XML_TOKEN_DEPTH_MAX || !add_token(scan, XML_TOKEN_START))
        return false;
    int count = scan_attributes(scan);
    if (count < 0)
        return false;
    struct xml_token *start = &tokens->items[index];
    start->name = name;
    start->count = (uint16_t)count;
    if (!resolve_names(scan, start))
        return false;
    if (*scan->at == '/') {
        if (!STARTS(scan, "/>"))
            return false;
        scan->at += 2;
        xml_names_leave(&tokens->names, bindings);
        return add_token(scan, XML_TOKEN_END);
    }
    scan->at++;
    scan->open[scan->depth] = name;
    scan->bindings[scan->depth++] = bindings;
    return true;
}

static bool scan_end_tag(struct scan *scan)
{
    const struct xml_name *name = &scan->tokens->names.names[scan->open[scan->depth - 1]];
    scan->at += 2;
    if (!starts(scan, name->whole.ptr, name->whole.len))
        return false;
    scan->at += name->whole.len;
    skip_space(scan);
    if (scan->at == scan->end || *scan->at != '>')
        return false;
    scan->at++;
    xml_names_leave(&scan->tokens->names, scan->bindings[--scan->depth]);
    return add_token(scan, XML_TOKEN_END);
}

/* Markup that is no tag, or the beginning of the root. */
static bool scan_misc(struct scan *scan)
{
    if (STARTS(scan, "<!--"))
        return scan_comment(scan);
    return STARTS(scan, "<?") && scan_instruction(scan);
}

static bool scan_markup(struct scan *scan)
{
    char next = scan->end - scan->at > 1 ? scan->at[1] : '\0';
    if (next == '/')
        return scan_end_tag(scan);
    if (next == '!' && STARTS(scan, "<![CDATA["))
        return scan_cdata(scan);
    return next == '!' || next == '?' ? scan_misc(scan) : scan_start_tag(scan);
}

static bool scan_document(struct scan *scan)
{
    for (;;) {
        skip_space(scan);
        if (scan->end - scan->at < 2 || *scan->at != '<')
            return false;
        if (scan->at[1] != '!' && scan->at[1] != '?')
            break;
        if (!scan_misc(scan))
            return false;
    }
    if (!scan_start_tag(scan))
        return false;
    while (scan->depth)
        if (!scan_text(scan) || !scan_markup(scan))
            return false;
    for (;;) {
        skip_space(scan);
        if (scan->at == scan->end)
            return true;
        if (!scan_misc(scan))
            return false;
    }
}

struct xml_tokens *xml_tokens_read(struct str text)
{
    bool line_ends;
    if (text.len >= UINT32_MAX / 2 || has_bad_characters(text, &line_ends))
        return NULL;
    struct xml_tokens *tokens = malloc(sizeof(*tokens));
    if (!tokens)
        return NULL;
    tokens->text = text;
    tokens->items = NULL;
    tokens->count = tokens->capacity = 0;
    tokens->declares = 0;
    xml_names_init(&tokens->names);
    struct scan scan = {.at = text.ptr, .end = text.ptr + text.len, .tokens = tokens, .line_ends = line_ends};
    if (!scan_document(&scan))
        xml_tokens_free(&tokens);
    return tokens;
}

void xml_tokens_free(struct xml_tokens **tokens)
{
    if (!*tokens)
        return;
    free((*tokens)->items);
    free(*tokens);
    *tokens = NULL;
}
