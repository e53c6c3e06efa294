/* dom: gumbo with guards (error list off, bytes scanned before, allocator with a cap and the article's
 * deadline that leaves the parser by longjmp), and its tree copied into a flat array. Everything gumbo
 * allocates lies in the tree's arena, so leaving it early loses nothing. Worker threads; one tree belongs to
 * one thread. */
#include "processors/html/dom.h"

#include <errno.h>
#include <gumbo.h>
#include <setjmp.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/utf8.h"
#include "processors/budget.h"
#include "processors/text/text_blocks.h"

enum {
    /* Limits of the scan before parsing: no news page comes near, and gumbo is quadratic in them. */
    ATTRIBUTES_MAX = 256,
    OPEN_TAGS_MAX = 512,
    OPEN_TABLES_MAX = 64,
    ALLOCATIONS_BETWEEN_CHECKS = 1024,
};

/* ---- The scan before parsing ---- */

struct scan {
    struct str html;
    size_t at;
    unsigned open_tags, open_tables;
    bool drawing; /* in an svg element, before anything that may end it (HTML 13.2.6.5) */
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

/* Counts attributes roughly, as white space outside quotes followed by something; at ends behind '>'. */
static unsigned scan_attributes(struct scan *scan)
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
            attributes++;
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

static int scan_tag(struct scan *scan)
{
    bool closing = scan->html.ptr[scan->at + 1] == '/';
    size_t begin = scan->at + 1 + closing, end = begin;
    while (end < scan->html.len &&
           (is_letter(scan->html.ptr[end]) || (scan->html.ptr[end] >= '0' && scan->html.ptr[end] <= '9')))
        end++;
    enum html_tag tag = html_tag_of(str_slice(scan->html, begin, end));
    scan->at = end;
    if (scan_attributes(scan) > ATTRIBUTES_MAX)
        return ERR_LIMIT;
    unsigned flags = html_tag_flags(tag);
    if (ends_itself(scan, tag, str_slice(scan->html, begin, end), closing))
        return 0;
    if (!closing && (flags & TAG_IS_RAW)) {
        char needle[16] = "</";
        struct str name = str_slice(scan->html, begin, end);
        memcpy(needle + 2, name.ptr, name.len < 12 ? name.len : 12);
        ptrdiff_t stop = str_find_nocase(scan->html, str_from(needle), scan->at);
        scan->at = stop < 0 ? scan->html.len : (size_t)stop;
        scan->open_tags++; /* its end tag counts it down */
    } else if (closing) {
        scan->open_tags -= scan->open_tags > 0 && !closes_itself(tag);
        scan->open_tables -= tag == TAG_TABLE && scan->open_tables > 0;
    } else if (!(flags & TAG_IS_VOID) && !closes_itself(tag)) {
        scan->open_tags++;
        scan->open_tables += tag == TAG_TABLE;
    }
    return scan->open_tags > OPEN_TAGS_MAX || scan->open_tables > OPEN_TABLES_MAX ? ERR_LIMIT : 0;
}

/* ERR_LIMIT when the bytes hold what makes the parser slow. Linear. */
static int scan_bytes(struct str html)
{
    struct scan scan = {.html = html};
    while (scan.at + 2 < html.len) {
        ptrdiff_t next = str_find_byte(html, '<', scan.at);
        if (next < 0 || (size_t)next + 2 >= html.len)
            break;
        scan.at = (size_t)next;
        if (str_starts(str_slice(html, scan.at, html.len), STR("<!--"))) {
            ptrdiff_t end = str_find(html, STR("-->"), scan.at);
            if (end < 0)
                break;
            scan.at = (size_t)end + 3;
        } else if (is_letter(html.ptr[scan.at + 1]) ||
                   (html.ptr[scan.at + 1] == '/' && is_letter(html.ptr[scan.at + 2]))) {
            int code = scan_tag(&scan);
            if (code < 0)
                return code;
        } else {
            scan.at++;
        }
    }
    return 0;
}

/* ---- Parsing ---- */

struct parse {
    struct arena *arena;
    jmp_buf leave;
    int64_t deadline_us;
    unsigned allocations;
    int code;
};

static void *parser_alloc(void *userdata, size_t size)
{
    struct parse *parse = userdata;
    void *ptr = arena_alloc(parse->arena, size);
    parse->code = 0;
    if (!ptr)
        parse->code = ERR_LIMIT;
    else if (++parse->allocations % ALLOCATIONS_BETWEEN_CHECKS == 0 && parse->deadline_us &&
             clock_monotonic_us() >= parse->deadline_us)
        parse->code = ERR_DEADLINE;
    if (parse->code < 0)
        longjmp(parse->leave, 1);
    return ptr;
}

static void parser_free(void *userdata, void *ptr)
{
    (void)userdata;
    (void)ptr; /* goes with the arena */
}

/* NULL when the parser was left early (parse->code says why). Keeps no locals across the jump. */
static GumboOutput *run_parser(struct parse *parse, struct str html)
{
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = parser_alloc;
    options.deallocator = parser_free;
    options.userdata = parse;
    options.max_errors = 0; /* its error list is what explodes on hostile pages */
    if (setjmp(parse->leave))
        return NULL;
    return gumbo_parse_with_options(&options, html.ptr, html.len);
}

/* ---- Copying the tree ---- */

static bool is_element(const GumboNode *node)
{
    return node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
}

static bool is_wanted(const GumboNode *node)
{
    return is_element(node) || node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_WHITESPACE ||
           node->type == GUMBO_NODE_CDATA;
}

/* The node after `node` in document order, without recursion: depth is the page's to choose. *ret_left counts
 * the elements left on the way. NULL at the end. */
static const GumboNode *next_node(const GumboNode *root, const GumboNode *node, unsigned *ret_left)
{
    *ret_left = 0;
    if (is_element(node) && node->v.element.children.length)
        return node->v.element.children.data[0];
    while (node != root) {
        const GumboVector *siblings = &node->parent->v.element.children;
        if (node->index_within_parent + 1 < siblings->length)
            return siblings->data[node->index_within_parent + 1];
        node = node->parent;
        (*ret_left)++;
    }
    return NULL;
}

static uint32_t count_nodes(const GumboNode *root)
{
    uint32_t count = 0;
    unsigned left;
    for (const GumboNode *node = root; node && count <= DOM_NODES_MAX; node = next_node(root, node, &left))
        count += is_wanted(node);
    return count;
}

static int copy_attributes(struct dom *dom, struct dom_node *node, const GumboVector *source)
{
    struct dom_attribute *attributes = arena_new_array(dom->arena, struct dom_attribute, source->length);
    if (!attributes)
        return -ENOMEM;
    for (unsigned i = 0; i < source->length; i++) {
        const GumboAttribute *attribute = source->data[i];
        attributes[i].name = arena_str(dom->arena, str_from(attribute->name));
        attributes[i].value = arena_str(dom->arena, str_from(attribute->value));
    }
    node->attributes = attributes;
    node->attribute_count = source->length;
    return arena_exhausted(dom->arena) ? -ENOMEM : 0;
}

static enum html_tag unknown_tag(const GumboElement *element)
{
    GumboStringPiece name = element->original_tag;
    gumbo_tag_from_original_text(&name);
    return name.data && memchr(name.data, '-', name.length) ? TAG_CUSTOM : TAG_OTHER;
}

static int fill_node(struct dom *dom, struct dom_node *node, const GumboNode *source)
{
    node->tag = TAG_TEXT;
    if (!is_element(source)) {
        node->text = arena_str(dom->arena, str_from(source->v.text.text));
        return node->text.ptr ? 0 : -ENOMEM;
    }
    const GumboElement *element = &source->v.element;
    node->tag = element->tag == GUMBO_TAG_UNKNOWN
                    ? unknown_tag(element)
                    : html_tag_of(str_from(gumbo_normalized_tagname(element->tag)));
    if (element->tag_namespace == GUMBO_NAMESPACE_SVG && node->tag == TAG_TITLE)
        node->tag = TAG_OTHER;
    return element->attributes.length ? copy_attributes(dom, node, &element->attributes) : 0;
}

static int copy_tree(struct dom *dom, const GumboNode *root)
{
    uint32_t count = count_nodes(root), parent = 0;
    if (count > DOM_NODES_MAX)
        return ERR_LIMIT;
    dom->nodes = arena_new_array(dom->arena, struct dom_node, count);
    if (!dom->nodes)
        return -ENOMEM;
    unsigned left = 0;
    for (const GumboNode *node = root; node; node = next_node(root, node, &left)) {
        for (; left > 0; left--) {
            dom->nodes[parent].end = dom->count;
            parent = dom->nodes[parent].parent;
        }
        if (!is_wanted(node))
            continue;
        uint32_t index = dom->count++;
        dom->nodes[index].parent = parent;
        int code = fill_node(dom, &dom->nodes[index], node);
        if (code < 0)
            return code;
        if (is_element(node) && node->v.element.children.length)
            parent = index;
        else
            dom->nodes[index].end = dom->count;
    }
    for (;; parent = dom->nodes[parent].parent) { /* what is still open at the end */
        if (!dom->nodes[parent].end)
            dom->nodes[parent].end = dom->count;
        if (parent == 0)
            return 0;
    }
}

/* With the parser's own memory at hand. */
static int parse_with(struct arena *parser_arena, struct str html, struct dom *dom)
{
    struct parse *parse =
        arena_new(parser_arena, struct parse); /* not on the stack: it must survive the jump */
    if (!parse)
        return -ENOMEM;
    *parse = (struct parse){.arena = parser_arena, .deadline_us = budget_deadline_us()};
    const GumboOutput *output = run_parser(parse, html);
    return output ? copy_tree(dom, output->root) : parse->code;
}

int dom_parse(struct arena *arena, struct str html, struct dom **ret_dom)
{
    struct str part = utf8_cut(html, DOM_BYTES_MAX);
    int code = scan_bytes(part);
    if (code < 0)
        return code;
    struct dom *dom = arena_new(arena, struct dom);
    struct arena *parser_arena = arena_create(DOM_PARSER_BYTES_MAX);
    if (!dom || !parser_arena) {
        arena_destroy(&parser_arena);
        return -ENOMEM;
    }
    *dom = (struct dom){.arena = arena, .cut = part.len < html.len};
    code = parse_with(parser_arena, part.ptr ? part : STR(""), dom);
    arena_destroy(&parser_arena);
    if (code < 0)
        return code;
    *ret_dom = dom;
    return 0;
}

struct str dom_attribute(const struct dom *dom, uint32_t node, const char *name)
{
    const struct dom_node *at = &dom->nodes[node];
    for (uint32_t i = 0; i < at->attribute_count; i++)
        if (str_equal(at->attributes[i].name, str_from(name)))
            return at->attributes[i].value;
    return STR_NONE;
}

uint32_t dom_find(const struct dom *dom, uint32_t from, enum html_tag tag)
{
    while (from < dom->count && dom->nodes[from].tag != tag)
        from++;
    return from;
}

struct str dom_text(struct arena *arena, const struct dom *dom, uint32_t node)
{
    struct text_blocks line;
    text_blocks_init(&line, arena);
    for (uint32_t i = node; i < dom->nodes[node].end; i++) {
        unsigned flags = html_tag_flags(dom->nodes[i].tag);
        if (i > node && (flags & TAG_IS_HIDDEN)) {
            i = dom->nodes[i].end - 1;
            continue;
        }
        if (dom->nodes[i].tag == TAG_TEXT)
            text_blocks_add(&line, dom->nodes[i].text);
        else if ((flags & TAG_IS_BLOCK) || dom->nodes[i].tag == TAG_BR)
            text_blocks_space(&line);
    }
    if (text_blocks_finish(&line) < 0)
        return STR_NONE;
    return line.text.ptr ? line.text : STR("");
}
