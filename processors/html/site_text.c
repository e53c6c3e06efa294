/* site_text: site_text_find(): the text of the elements that a site's rule names. Worker threads. */
#include "processors/html/site_rules.h"

#include <errno.h>

#include "processors/budget.h"
#include "processors/html/text.h"

enum { NODES_BETWEEN_CHECKS = 4096 };

/* A copy of the tree without the marked elements; the root stays. NULL without memory. */
static const struct dom *without(const struct dom *dom, const bool *marks)
{
    struct dom *copy = arena_new(dom->arena, struct dom);
    uint32_t *places = arena_new_array(dom->arena, uint32_t, dom->count + 1);
    if (!copy || !places || !(copy->nodes = arena_new_array(dom->arena, struct dom_node, dom->count)))
        return NULL;
    copy->arena = dom->arena;
    copy->cut = dom->cut;
    for (uint32_t i = 0, gone = 0; i < dom->count; i++) {
        if (i > 0 && marks[i] && dom->nodes[i].end > gone)
            gone = dom->nodes[i].end;
        places[i] = copy->count;
        if (i >= gone)
            copy->nodes[copy->count++] = dom->nodes[i];
    }
    places[dom->count] = copy->count;
    for (uint32_t i = 0; i < copy->count; i++) {
        copy->nodes[i].parent = places[copy->nodes[i].parent];
        copy->nodes[i].end = places[copy->nodes[i].end];
    }
    return copy;
}

static bool is_left_out(enum html_tag tag)
{
    return (html_tag_flags(tag) & TAG_IS_HIDDEN) || tag == TAG_H1 || tag == TAG_FIGCAPTION;
}

static int write_element(const struct dom *dom, uint32_t root, struct text_blocks *blocks)
{
    struct html_flow flow;
    html_flow_init(&flow, blocks);
    uint32_t open = root;
    html_flow_enter(&flow, dom->nodes[root].tag);
    for (uint32_t i = root + 1; i < dom->nodes[root].end;) {
        enum html_tag tag = dom->nodes[i].tag;
        for (; open != root && i >= dom->nodes[open].end; open = dom->nodes[open].parent)
            html_flow_leave(&flow, dom->nodes[open].tag);
        if (i % NODES_BETWEEN_CHECKS == 0 && budget_over())
            return ERR_DEADLINE;
        bool out = tag != TAG_TEXT && is_left_out(tag);
        bool leaf = tag == TAG_TEXT || tag == TAG_BR || (html_tag_flags(tag) & TAG_IS_VOID);
        if (tag == TAG_TEXT)
            html_flow_text(&flow, dom->nodes[i].text);
        else if (!out)
            html_flow_enter(&flow, tag);
        if (!out && !leaf)
            open = i;
        i = out || leaf ? dom->nodes[i].end : i + 1;
    }
    for (; open != root; open = dom->nodes[open].parent)
        html_flow_leave(&flow, dom->nodes[open].tag);
    html_flow_leave(&flow, dom->nodes[root].tag);
    return 0;
}

static int write_containers(const struct dom *dom, const bool *marks, struct text_blocks *blocks)
{
    for (uint32_t i = 0; i < dom->count;) {
        int code = marks[i] ? write_element(dom, i, blocks) : 0;
        if (code < 0)
            return code;
        i = marks[i] ? dom->nodes[i].end : i + 1;
    }
    return 0;
}

int site_text_find(const struct site_rule *rule, const struct dom *dom, struct text_blocks *blocks,
                   const struct dom **ret_page, bool *ret_found)
{
    bool *removed = arena_new_array(dom->arena, bool, dom->count), *marks = NULL;
    *ret_found = false;
    if (!removed || selector_list_mark(&rule->lists[SITE_REMOVE], dom->arena, dom, removed) < 0 ||
        (rule->lists[SITE_REMOVE].count && !(dom = without(dom, removed))) ||
        !(marks = arena_new_array(dom->arena, bool, dom->count)) ||
        selector_list_mark(&rule->lists[SITE_CONTAINER], dom->arena, dom, marks) < 0)
        return -ENOMEM;
    *ret_page = dom;
    int code = write_containers(dom, marks, blocks);
    *ret_found = blocks->len > 0;
    return code;
}
