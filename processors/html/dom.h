/* dom: a page's tree, whatever parser made it: nodes in document order in one array, so that a subtree is the
 * range [node, node.end) and sums over subtrees are plain loops.
 *
 *     struct dom *dom;
 *     error = dom_parse(html, &dom);                   // 0, ERR_LIMIT, ERR_DEADLINE, -ENOMEM
 *     for (uint32_t i = 0; i < dom->count; i++) ... dom->nodes[i].tag ...
 *
 * Parsing is guarded: size, attributes per tag, depth and open tables are checked on the bytes before; memory
 * has a cap of its own, and the running article's deadline holds inside the parser. */
#ifndef NEWSD_PROCESSORS_HTML_DOM_H
#define NEWSD_PROCESSORS_HTML_DOM_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "processors/html/tags.h"

struct dom_attribute {
    struct str name, value; /* name in lower case, value decoded */
};

struct dom_node {
    enum html_tag tag;
    uint32_t parent; /* of the root: itself */
    uint32_t end;    /* behind the last node of the subtree */
    uint32_t attribute_count;
    const struct dom_attribute *attributes;
    struct str text; /* of TAG_TEXT */
};

struct dom {
    struct arena *arena; /* where the tree lies */
    struct dom_node *nodes;
    uint32_t count;
    bool cut; /* the page was longer than one of the limits: its end was not read */
};

#define DOM_INPUT_BYTES_MAX ((size_t)8 << 20) /* with scripts and styles */
#define DOM_BYTES_MAX ((size_t)2 << 20)       /* without: a bigger page is an attack or an archive */
#define DOM_PARSER_BYTES_MAX ((size_t)32 << 20)
enum { DOM_NODES_MAX = 250000 }; /* a large news page has 10 000 */

/* `html` is UTF-8; the tree is a copy in the arena. */
int dom_parse(struct arena *arena, struct str html, struct dom **ret_dom);

/* The attribute's value, STR_NONE when absent. `name` in lower case. */
struct str dom_attribute(const struct dom *dom, uint32_t node, const char *name);

/* First node with this tag at or after `from`, dom->count when there is none. */
uint32_t dom_find(const struct dom *dom, uint32_t from, enum html_tag tag);

/* All text of a subtree, white space folded, in the arena; STR_NONE without memory. */
struct str dom_text(struct arena *arena, const struct dom *dom, uint32_t node);

#endif
