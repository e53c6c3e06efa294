/* html_safe: one pass over the markup: tags are read, allowed ones written anew with allowed attributes, the
 * rest dropped. Text is copied in runs. Linear in the input, whatever it is. Pure; allocates from the arena
 * through one growing buffer. */
#include "feeds/html_safe.h"

#include <ctype.h>

#include "base/buffer.h"
#include "base/references.h"
#include "base/url.h"

enum { NAME_BYTES_MAX = 16, ATTRIBUTES_MAX = 64, URL_SCHEME_BYTES = 64 };

/* Sorted, for binary search. */
static const char *const allowed_elements[] = {
    "a",
    "abbr",
    "acronym",
    "address",
    "area",
    "article",
    "aside",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "button",
    "canvas",
    "caption",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "command",
    "data",
    "datagrid",
    "datalist",
    "dd",
    "del",
    "details",
    "dfn",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "em",
    "event-source",
    "fieldset",
    "figcaption",
    "figure",
    "font",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "i",
    "img",
    "input",
    "ins",
    "kbd",
    "keygen",
    "label",
    "legend",
    "li",
    "m",
    "main",
    "map",
    "mark",
    "menu",
    "meter",
    "multicol",
    "nav",
    "nextid",
    "noscript",
    "ol",
    "optgroup",
    "option",
    "output",
    "p",
    "picture",
    "pre",
    "progress",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "select",
    "small",
    "sound",
    "source",
    "spacer",
    "span",
    "strike",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "textarea",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
};
/* Their content goes with them. */
static const char *const dropped_whole[] = {"applet", "frameset", "iframe",   "math",  "object", "script",
                                            "style",  "svg",      "template", "title", "xml"};
static const char *const allowed_attributes[] = {
    "abbr",         "accept",     "accept-charset", "accesskey", "action",   "align",       "alt",
    "autocomplete", "autofocus",  "axis",           "bgcolor",   "border",   "bordercolor", "cellpadding",
    "cellspacing",  "char",       "charoff",        "charset",   "checked",  "cite",        "class",
    "clear",        "color",      "cols",           "colspan",   "compact",  "controls",    "coords",
    "data",         "datetime",   "default",        "dir",       "disabled", "enctype",     "face",
    "for",          "frame",      "headers",        "height",    "hidden",   "href",        "hreflang",
    "hspace",       "id",         "ismap",          "label",     "lang",     "list",        "longdesc",
    "loop",         "max",        "maxlength",      "media",     "method",   "min",         "multiple",
    "name",         "nohref",     "noshade",        "nowrap",    "open",     "poster",      "preload",
    "prompt",       "radiogroup", "readonly",       "rel",       "required", "rev",         "rows",
    "rowspan",      "rules",      "scope",          "selected",  "shape",    "size",        "sizes",
    "span",         "src",        "srcset",         "start",     "step",     "summary",     "tabindex",
    "target",       "title",      "type",           "usemap",    "valign",   "value",       "vspace",
    "width",        "wrap",       "xml:lang",
};
static const char *const url_attributes[] = {"action", "cite", "data", "href", "longdesc", "poster", "src"};
static const char *const safe_schemes[] = {
    "acct", "aim",  "callto", "ed2k",   "feed",   "ftp",    "geo", "gopher", "http",   "https",
    "irc",  "ircs", "jabber", "magnet", "mailto", "matrix", "mms", "news",   "nntp",   "rtsp",
    "sftp", "sip",  "sips",   "sms",    "ssh",    "tag",    "tel", "urn",    "webcal", "xmpp",
};

static bool listed(const char *const *list, size_t count, const char *name)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        int order = strcmp(name, list[middle]);
        if (order == 0)
            return true;
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return false;
}
#define LISTED(list, name) listed(list, sizeof(list) / sizeof(list[0]), name)

struct pass {
    struct arena *arena;
    struct str html, base;
    struct buffer out;
    bool only_urls; /* --raw: nothing is dropped */
    bool changed;
};

struct attribute {
    char name[NAME_BYTES_MAX + 1];
    struct str written_name, value;
    bool has_value;
};

static bool name_char(char c)
{
    return isalnum((unsigned char)c) || c == ':' || c == '-' || c == '_' || c == '.';
}

static bool read_name(struct str html, size_t *at, char out[NAME_BYTES_MAX + 1], struct str *ret_written)
{
    size_t start = *at, len = 0;
    while (*at < html.len && name_char(html.ptr[*at])) {
        if (len <= NAME_BYTES_MAX)
            out[len < NAME_BYTES_MAX ? len : NAME_BYTES_MAX - 1] =
                (char)tolower((unsigned char)html.ptr[*at]);
        len += len < NAME_BYTES_MAX;
        (*at)++;
    }
    out[len] = '\0';
    *ret_written = str_slice(html, start, *at);
    return len > 0;
}

static void skip_space(struct str html, size_t *at)
{
    while (*at < html.len && isspace((unsigned char)html.ptr[*at]))
        (*at)++;
}

/* Reads attributes up to '>'; *at then stands behind it. The count of attributes kept, or -1 when the tag
 * never ends. */
static int read_attributes(struct str html, size_t *at, struct attribute *attributes, bool *ret_empty)
{
    int count = 0;
    *ret_empty = false;
    for (;;) {
        struct attribute skipped, *attribute = count < ATTRIBUTES_MAX ? &attributes[count] : &skipped;
        skip_space(html, at);
        if (*at >= html.len)
            return -1;
        char c = html.ptr[*at];
        if (c == '>') {
            (*at)++;
            return count;
        }
        if (!read_name(html, at, attribute->name, &attribute->written_name)) {
            *ret_empty = c == '/';
            (*at)++;
            continue;
        }
        *ret_empty = false;
        attribute->has_value = false;
        attribute->value = STR_NONE;
        size_t mark = *at;
        skip_space(html, at);
        if (*at < html.len && html.ptr[*at] == '=') {
            (*at)++;
            skip_space(html, at);
            size_t start = *at;
            char quote = start < html.len ? html.ptr[start] : '\0';
            if (quote == '"' || quote == '\'') {
                ptrdiff_t end = str_find_byte(html, quote, start + 1);
                if (end < 0)
                    return -1;
                attribute->value = str_slice(html, start + 1, (size_t)end);
                *at = (size_t)end + 1;
            } else {
                while (*at < html.len && !isspace((unsigned char)html.ptr[*at]) && html.ptr[*at] != '>')
                    (*at)++;
                attribute->value = str_slice(html, start, *at);
            }
            attribute->has_value = true;
        } else {
            *at = mark;
        }
        count += count < ATTRIBUTES_MAX;
    }
}

/* The scheme as a browser would see it: references decoded, controls and blanks taken out. */
static bool scheme_is_safe(struct arena *arena, struct str url)
{
    struct str decoded = html_decode_references(arena, url);
    char scheme[URL_SCHEME_BYTES];
    size_t len = 0;
    for (size_t i = 0; i < decoded.len && len + 1 < sizeof(scheme); i++) {
        unsigned char c = (unsigned char)decoded.ptr[i];
        if (c <= ' ' || c == 0x7f || c >= 0x80)
            continue;
        if (c == ':') {
            scheme[len] = '\0';
            return len > 0 && LISTED(safe_schemes, scheme);
        }
        if (c == '/' || c == '?' || c == '#')
            return true; /* relative */
        scheme[len++] = (char)tolower(c);
    }
    return true;
}

static void write_value(struct pass *pass, struct str value)
{
    size_t start = 0;
    for (size_t i = 0; i < value.len; i++) {
        const char *escape = value.ptr[i] == '"'   ? "&quot;"
                             : value.ptr[i] == '<' ? "&lt;"
                             : value.ptr[i] == '>' ? "&gt;"
                                                   : NULL;
        if (!escape)
            continue;
        buffer_append(&pass->out, value.ptr + start, i - start);
        buffer_append_str(&pass->out, str_from(escape));
        start = i + 1;
    }
    buffer_append(&pass->out, value.ptr + start, value.len - start);
}

static struct str resolve(struct pass *pass, struct str url)
{
    struct str trimmed = str_trim(url);
    if (str_empty(pass->base) || url_scheme(trimmed).ptr || (trimmed.len && trimmed.ptr[0] == '#'))
        return trimmed;
    /* References are decoded for the resolver and '&' is written back. */
    struct str resolved = url_resolve(pass->arena, pass->base, html_decode_references(pass->arena, trimmed));
    _cleanup_buffer_ struct buffer escaped = {0};
    for (size_t i = 0; i < resolved.len; i++)
        buffer_append(&escaped, resolved.ptr[i] == '&' ? "&amp;" : &resolved.ptr[i],
                      resolved.ptr[i] == '&' ? 5 : 1);
    return arena_str(pass->arena, buffer_str(&escaped));
}

static void write_attribute(struct pass *pass, const struct attribute *attribute)
{
    bool is_url = LISTED(url_attributes, attribute->name);
    struct str value = attribute->value;
    if (!pass->only_urls) {
        if (!LISTED(allowed_attributes, attribute->name) || (is_url && !attribute->has_value) ||
            (is_url && !scheme_is_safe(pass->arena, value))) {
            pass->changed = true;
            return;
        }
    }
    if (is_url && attribute->has_value) {
        value = resolve(pass, value);
        pass->changed = pass->changed || !str_equal(value, attribute->value);
    }
    buffer_append_byte(&pass->out, ' ');
    buffer_append_str(&pass->out, pass->only_urls ? attribute->written_name : str_from(attribute->name));
    if (!attribute->has_value && pass->only_urls)
        return;
    buffer_append_str(&pass->out, STR("=\""));
    write_value(pass, attribute->has_value ? value : str_from(attribute->name));
    buffer_append_byte(&pass->out, '"');
}

/* What stands in these is no markup: without an end tag they go on to the end of the text. */
static const char *const raw_text[] = {"iframe", "script", "style", "title"};

/* Behind the element's own end tag. */
static size_t skip_whole(struct str html, size_t at, const char *name)
{
    size_t len = strlen(name);
    for (ptrdiff_t open = str_find(html, STR("</"), at); open >= 0;
         open = str_find(html, STR("</"), (size_t)open + 2)) {
        struct str found = str_slice(html, (size_t)open + 2, (size_t)open + 2 + len);
        if (!str_equal_nocase(found, str_make(name, len)))
            continue;
        ptrdiff_t close = str_find_byte(html, '>', (size_t)open);
        return close < 0 ? html.len : (size_t)close + 1;
    }
    return LISTED(raw_text, name) ? html.len : at;
}

/* Comments, declarations and processing instructions: behind their end. */
static size_t skip_markup(struct str html, size_t at)
{
    bool comment = str_starts(str_slice(html, at, at + 4), STR("<!--"));
    ptrdiff_t end = comment ? str_find(html, STR("-->"), at + 4) : str_find_byte(html, '>', at);
    if (end < 0 && comment)
        end = str_find_byte(html, '>', at); /* an unclosed comment would swallow the rest */
    return end < 0 ? html.len : (size_t)end + (comment && html.ptr[end] == '-' ? 3 : 1);
}

/* One tag at `at`; returns where the text goes on. */
static size_t pass_tag(struct pass *pass, size_t at)
{
    struct attribute attributes[ATTRIBUTES_MAX];
    struct str html = pass->html, written;
    char name[NAME_BYTES_MAX + 1];
    size_t start = at++;
    bool closing = at < html.len && html.ptr[at] == '/', empty;
    at += closing;
    if (at < html.len && (html.ptr[at] == '!' || html.ptr[at] == '?')) {
        size_t end = skip_markup(html, start);
        if (pass->only_urls)
            buffer_append(&pass->out, html.ptr + start, end - start);
        pass->changed = true;
        return end;
    }
    if (at >= html.len || !isalpha((unsigned char)html.ptr[at]) || !read_name(html, &at, name, &written)) {
        buffer_append_str(&pass->out, pass->only_urls ? STR("<") : STR("&lt;"));
        pass->changed = true;
        return start + 1;
    }
    int count = read_attributes(html, &at, attributes, &empty);
    if (count < 0) {
        /* The tag never ends: nothing of it can be trusted. */
        pass->changed = true;
        if (pass->only_urls)
            buffer_append(&pass->out, html.ptr + start, html.len - start);
        return html.len;
    }
    if (!pass->only_urls && !LISTED(allowed_elements, name)) {
        pass->changed = true;
        return !closing && !empty && LISTED(dropped_whole, name) ? skip_whole(html, at, name) : at;
    }
    buffer_append_str(&pass->out, closing ? STR("</") : STR("<"));
    buffer_append_str(&pass->out, pass->only_urls ? written : str_from(name));
    for (int i = 0; i < count && !closing; i++)
        write_attribute(pass, &attributes[i]);
    buffer_append_str(&pass->out, empty && !closing ? STR(" />") : STR(">"));
    return at;
}

static struct str run(struct arena *arena, struct str html, struct str base, bool only_urls)
{
    if (str_find_byte(html, '<', 0) < 0)
        return html;
    struct pass pass = {.arena = arena, .html = html, .base = base, .only_urls = only_urls};
    size_t at = 0;
    (void)buffer_reserve(&pass.out, html.len + html.len / 8); /* a failure shows at the end */
    while (at < html.len) {
        ptrdiff_t tag = str_find_byte(html, '<', at);
        size_t end = tag < 0 ? html.len : (size_t)tag;
        buffer_append(&pass.out, html.ptr + at, end - at);
        at = tag < 0 ? html.len : pass_tag(&pass, end);
    }
    struct str safe = pass.out.failed ? STR_NONE : arena_str(arena, buffer_str(&pass.out));
    buffer_done(&pass.out);
    return safe;
}

struct str html_safe(struct arena *arena, struct str html, struct str base)
{
    return run(arena, html, base, false);
}

struct str html_resolve_urls(struct arena *arena, struct str html, struct str base)
{
    return str_empty(base) ? html : run(arena, html, base, true);
}

struct str html_decode_references(struct arena *arena, struct str text)
{
    ptrdiff_t first = str_find_byte(text, '&', 0);
    if (first < 0)
        return text;
    char *out = arena_alloc(arena, text.len + REFERENCE_BYTES_MAX + 1);
    if (!out)
        return STR_NONE;
    size_t len = (size_t)first;
    memcpy(out, text.ptr, len);
    for (size_t at = len; at < text.len;) {
        size_t used, wrote = 0;
        if (text.ptr[at] == '&')
            wrote = html_reference(str_slice(text, at, text.len), &used, out + len);
        if (wrote) {
            len += wrote;
            at += used;
        } else {
            out[len++] = text.ptr[at++];
        }
    }
    out[len] = '\0';
    return str_make(out, len);
}
