/* dom: gumbo with guards (error list off, bytes scanned before by page_scan.h, allocator with a cap and the
 * article's deadline that leaves the parser by longjmp), and its tree copied into a flat array. Everything
 * gumbo allocates lies in the tree's arena, so leaving it early loses nothing. Worker threads; one tree
 * belongs to one thread. */
#include "processors/html/dom.h"

#include <errno.h>
#include <gumbo.h>
#include <setjmp.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/utf8.h"
#include "processors/budget.h"
#include "processors/html/page_scan.h"
#include "processors/text/text_blocks.h"

enum { ALLOCATIONS_BETWEEN_CHECKS = 1024 };

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
    struct str slim;
    int code = page_scan(parser_arena, utf8_cut(html, DOM_INPUT_BYTES_MAX), &slim);
    if (code < 0)
        return code;
    struct str part = utf8_cut(slim, DOM_BYTES_MAX);
    dom->cut = html.len > DOM_INPUT_BYTES_MAX || part.len < slim.len;
    *parse = (struct parse){.arena = parser_arena, .deadline_us = budget_deadline_us()};
    const GumboOutput *output = run_parser(parse, part);
    return output ? copy_tree(dom, output->root) : parse->code;
}

int dom_parse(struct arena *arena, struct str html, struct dom **ret_dom)
{
    struct dom *dom = arena_new(arena, struct dom);
    struct arena *parser_arena = arena_create(DOM_PARSER_BYTES_MAX);
    if (!dom || !parser_arena) {
        arena_destroy(&parser_arena);
        return -ENOMEM;
    }
    *dom = (struct dom){.arena = arena};
    int code = parse_with(parser_arena, html.ptr ? html : STR(""), dom);
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
