/* page_scan: one pass over tags and comments, without a tree. */
#include "processors/html/page_scan.h"

#include <errno.h>
#include <stdbool.h>
#include <string.h>

#include "base/error.h"
#include "processors/html/tags.h"

enum {
    /* No news page comes near, and gumbo is quadratic in them. */
    ATTRIBUTES_MAX = 256,       /* the rest of the tag is cut away */
    ATTRIBUTES_HOSTILE = 10000, /* no mistake makes so many */
    OPEN_TAGS_MAX = 512,
    OPEN_TABLES_MAX = 64,
    NAME_BYTES_MAX = 12, /* of an element that may be raw */
};

struct scan {
    struct str html;
    size_t at;
    unsigned open_tags, open_tables;
    bool drawing; /* in an svg element, before anything that may end it (HTML 13.2.6.5) */
    bool literal; /* an element was met in which tags may be text: nothing is cut any more */
    struct arena *arena;
    char *kept;                 /* what stays, NULL = nothing was cut yet */
    size_t kept_len, kept_upto; /* its bytes; the page's bytes that it speaks for */
};

static bool is_letter(char c)
{
    return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

/* Elements whose end tag is often left out: they close each other and do not nest. */
static bool closes_itself(enum html_tag tag)
{
    switch (tag) {
    case TAG_P:
    case TAG_LI:
    case TAG_TD:
    case TAG_TH:
    case TAG_TR:
    case TAG_DD:
    case TAG_DT:
    case TAG_OPTION:
    case TAG_TBODY:
    case TAG_THEAD:
    case TAG_TFOOT:
    case TAG_HTML:
    case TAG_HEAD:
    case TAG_BODY:
        return true;
    default:
        return false;
    }
}

/* Counts attributes roughly, as white space outside quotes followed by something; at ends behind '>'.
 * *ret_many is where the first begins that is too many. */
static unsigned scan_attributes(struct scan *scan, size_t *ret_many)
{
    unsigned attributes = 0;
    char quote = 0, before = ' ';
    for (; scan->at < scan->html.len; scan->at++) {
        char c = scan->html.ptr[scan->at];
        if (quote) {
            if (c == quote)
                quote = 0;
        } else if (c == '>') {
            scan->at++;
            break;
        } else if ((c == '"' || c == '\'') && before == '=') {
            quote = c;
        } else if ((unsigned char)c > ' ' &&
                   ((unsigned char)before <= ' ' || before == '/' || before == '"' || before == '\'')) {
            if (++attributes == ATTRIBUTES_MAX + 1)
                *ret_many = scan->at;
        }
        before = c;
    }
    return attributes;
}

/* The elements of drawings that stay drawings: in them, and only there, "/>" ends an element. Those that hold
 * HTML again (desc, foreignObject) are left out. */
static bool is_of_drawing(struct str name)
{
    static const char *const names[] = {
        "path",           "g",    "use",    "circle",  "rect",     "line",
        "polygon",        "stop", "defs",   "symbol",  "polyline", "ellipse",
        "lineargradient", "mask", "filter", "pattern", "clippath", "image",
        "radialgradient", "text", "tspan",  "animate", "marker",   "animatetransform"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (str_equal_nocase(name, str_from(names[i])))
            return true;
    return str_starts_nocase(name, STR("fe"));
}

/* True for an element of a drawing that ends itself: <path d="..."/>. Keeps account of being in a drawing. */
static bool ends_itself(struct scan *scan, enum html_tag tag, struct str name, bool closing)
{
    bool slash = scan->at >= 2 && scan->html.ptr[scan->at - 1] == '>' && scan->html.ptr[scan->at - 2] == '/';
    if (tag == TAG_SVG) {
        bool itself = slash && !closing;
        scan->drawing = !closing && !itself;
        return itself;
    }
    scan->drawing &= is_of_drawing(name) || tag == TAG_TITLE || tag == TAG_STYLE;
    return scan->drawing && slash && !closing;
}

/* ---- Cutting ---- */

/* Takes the page's bytes [begin, end) away. False without memory. */
static bool cut(struct scan *scan, size_t begin, size_t end)
{
    if (begin == end)
        return true;
    if (!scan->kept)
        scan->kept = arena_alloc(scan->arena, scan->html.len);
    if (!scan->kept)
        return false;
    memcpy(scan->kept + scan->kept_len, scan->html.ptr + scan->kept_upto, begin - scan->kept_upto);
    scan->kept_len += begin - scan->kept_upto;
    scan->kept_upto = end;
    return true;
}

/* Where "</name" stands that ends a raw element: with a blank, "/" or ">" behind; the page's end when it does
 * not. */
static size_t raw_end(const struct scan *scan, struct str name, size_t from)
{
    char needle[NAME_BYTES_MAX + 3] = "</";
    size_t len = name.len < NAME_BYTES_MAX ? name.len : NAME_BYTES_MAX;
    memcpy(needle + 2, name.ptr, len);
    struct str end = str_make(needle, len + 2);
    for (ptrdiff_t at = str_find_nocase(scan->html, end, from); at >= 0;
         at = str_find_nocase(scan->html, end, (size_t)at + 2)) {
        size_t behind = (size_t)at + end.len;
        if (behind >= scan->html.len || strchr(" \t\r\n\f/>", scan->html.ptr[behind]))
            return (size_t)at;
    }
    return scan->html.len;
}

/* The content of a script (but JSON-LD) or style that has an end. In a script "<!--" may make the next end
 * tag text (HTML 13.2.5.18), so it stays. */
static bool cut_raw(struct scan *scan, enum html_tag tag, struct str attributes, size_t begin, size_t end)
{
    struct str content = str_slice(scan->html, begin, end);
    bool wanted = tag == TAG_SCRIPT ? str_find_nocase(attributes, STR("ld+json"), 0) >= 0 ||
                                          str_find_byte(attributes, '&', 0) >= 0 /* "ld&#x2B;json" */
                                    : tag != TAG_STYLE;
    if (wanted || scan->literal || end == scan->html.len || str_find(content, STR("<!--"), 0) >= 0)
        return true;
    return cut(scan, begin, end);
}

/* The end of the drawing that is open at `from`, the place of its "</svg"; 0 where something may end it
 * before or holds HTML again. A title or style in it has text only. Steps over each byte once, up to the next
 * svg. */
static size_t drawing_end(const struct scan *scan, size_t from)
{
    struct scan ahead = {.html = scan->html, .at = from};
    struct str text = STR_NONE; /* the element that is open and must have text only */
    for (;;) {
        ptrdiff_t next = str_find_byte(ahead.html, '<', ahead.at);
        if (next < 0 || (size_t)next + 2 >= ahead.html.len)
            return 0;
        bool closing = ahead.html.ptr[next + 1] == '/';
        size_t begin = (size_t)next + 1 + closing, end = begin;
        while (end < ahead.html.len && is_letter(ahead.html.ptr[end]))
            end++;
        struct str name = str_slice(ahead.html, begin, end);
        enum html_tag tag = html_tag_of(name);
        ahead.at = end;
        size_t many;
        (void)scan_attributes(&ahead, &many);
        bool itself = ahead.html.ptr[ahead.at - 1] == '>' && ahead.html.ptr[ahead.at - 2] == '/';
        if (text.len) { /* its end tag must be next */
            if (!closing || !str_equal_nocase(name, text))
                return 0;
            text = STR_NONE;
        } else if (tag == TAG_SVG && closing) {
            return (size_t)next;
        } else if (!closing && !itself &&
                   (tag == TAG_TITLE || tag == TAG_STYLE || str_equal_nocase(name, STR("desc")))) {
            text = name;
        } else if (!is_of_drawing(name)) {
            return 0;
        }
    }
}

/* Takes the attributes from `begin` on out of the tag that ends at scan->at: a builder's mistake with quotes
 * must not cost the page. Its end stays: ">" or "/>". */
static int cut_attributes(struct scan *scan, size_t begin)
{
    size_t end = scan->at;
    if (end > begin && scan->html.ptr[end - 1] == '>')
        end -= end - begin > 1 && scan->html.ptr[end - 2] == '/' ? 2 : 1;
    return scan->literal ? ERR_LIMIT : cut(scan, begin, end) ? 0 : -ENOMEM;
}

/* ---- Tags ---- */

/* Elements whose content is text, tags and all, and that tags.h does not know as such. */
static bool is_literal(struct str name)
{
    static const char *const names[] = {"xmp", "plaintext", "noembed", "noframes"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
        if (str_equal_nocase(name, str_from(names[i])))
            return true;
    return false;
}

static int count_tag(struct scan *scan, enum html_tag tag, bool closing)
{
    if (closing) {
        scan->open_tags -= scan->open_tags > 0 && !closes_itself(tag);
        scan->open_tables -= tag == TAG_TABLE && scan->open_tables > 0;
    } else if (!(html_tag_flags(tag) & TAG_IS_VOID) && !closes_itself(tag)) {
        scan->open_tags++;
        scan->open_tables += tag == TAG_TABLE;
    }
    return scan->open_tags > OPEN_TAGS_MAX || scan->open_tables > OPEN_TABLES_MAX ? ERR_LIMIT : 0;
}

static int scan_tag(struct scan *scan)
{
    bool closing = scan->html.ptr[scan->at + 1] == '/', was_drawing = scan->drawing;
    size_t begin = scan->at + 1 + closing, end = begin;
    while (end < scan->html.len &&
           (is_letter(scan->html.ptr[end]) || (scan->html.ptr[end] >= '0' && scan->html.ptr[end] <= '9')))
        end++;
    struct str name = str_slice(scan->html, begin, end);
    enum html_tag tag = html_tag_of(name);
    scan->at = end;
    size_t many = 0;
    unsigned attributes = scan_attributes(scan, &many);
    if (attributes > ATTRIBUTES_HOSTILE)
        return ERR_LIMIT;
    int code = attributes > ATTRIBUTES_MAX ? cut_attributes(scan, many) : 0;
    if (code < 0)
        return code;
    scan->literal |= is_literal(name);
    if (ends_itself(scan, tag, name, closing))
        return 0;
    bool kept = true;
    if (!closing && !was_drawing && (html_tag_flags(tag) & TAG_IS_RAW)) { /* in a drawing it is not raw */
        size_t stop = raw_end(scan, name, scan->at);
        kept = cut_raw(scan, tag, str_slice(scan->html, end, scan->at), scan->at, stop);
        scan->at = stop; /* its end tag counts it down */
    } else if (tag == TAG_SVG && !closing && !scan->literal) {
        size_t stop = drawing_end(scan, scan->at);
        kept = !stop || cut(scan, scan->at, stop);
        scan->at = stop ? stop : scan->at;
    }
    return kept ? count_tag(scan, tag, closing) : -ENOMEM;
}

/* At "<!--". A comment that ends in a way of its own (HTML 13.2.5.43 to 52) stays. */
static int scan_comment(struct scan *scan)
{
    struct str rest = str_slice(scan->html, scan->at + 4, scan->html.len);
    if (str_starts(rest, STR(">")) || str_starts(rest, STR("->"))) {
        scan->at += 4;
        return 0;
    }
    ptrdiff_t end = str_find(scan->html, STR("-->"), scan->at + 4);
    if (end < 0) {
        scan->at = scan->html.len;
        return 0;
    }
    size_t begin = scan->at;
    scan->at = (size_t)end + 3;
    bool plain = str_find(str_slice(scan->html, begin, scan->at), STR("--!>"), 0) < 0;
    return !plain || scan->literal || cut(scan, begin, scan->at) ? 0 : -ENOMEM;
}

int page_scan(struct arena *arena, struct str html, struct str *ret_html)
{
    struct scan scan = {.html = html, .arena = arena};
    while (scan.at + 2 < html.len) {
        ptrdiff_t next = str_find_byte(html, '<', scan.at);
        if (next < 0 || (size_t)next + 2 >= html.len)
            break;
        scan.at = (size_t)next;
        int code = 0;
        if (str_starts(str_slice(html, scan.at, html.len), STR("<!--")))
            code = scan_comment(&scan);
        else if (is_letter(html.ptr[scan.at + 1]) ||
                 (html.ptr[scan.at + 1] == '/' && is_letter(html.ptr[scan.at + 2])))
            code = scan_tag(&scan);
        else
            scan.at++;
        if (code < 0)
            return code;
    }
    *ret_html = html;
    if (!scan.kept)
        return 0;
    memcpy(scan.kept + scan.kept_len, html.ptr + scan.kept_upto, html.len - scan.kept_upto);
    *ret_html = str_make(scan.kept, scan.kept_len + html.len - scan.kept_upto);
    return 0;
}
