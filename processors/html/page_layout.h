/* page_layout: where things stand on a page: what lies beside the article, the lines of text, and how far
 * each element is from the first heading. Pure; any thread; linear.
 *
 *     struct page_layout layout;
 *     code = page_layout_read(arena, dom, &layout);              // 0 or -ENOMEM
 *     for (size_t i = layout.heading_line; i < layout.line_count; i++) ... */
#ifndef NEWSD_PROCESSORS_HTML_PAGE_LAYOUT_H
#define NEWSD_PROCESSORS_HTML_PAGE_LAYOUT_H

#include "processors/html/dom.h"

/* What a node is in: aside, nav or footer; a quotation, as of another's post; a list of other articles. */
enum layout_place { PLACE_BESIDE = 1, PLACE_QUOTED = 2, PLACE_RELATED = 4 };

/* A run of text of one block element, without another block within. */
struct layout_line {
    uint32_t first, end; /* nodes; those of its text are TAG_TEXT */
    uint32_t owner;      /* the block element */
};

struct page_layout {
    uint32_t heading;   /* the first h1, or that which was set; dom->count = none */
    uint8_t *places;    /* of each node, bits of enum layout_place */
    uint32_t *elements; /* how many elements stand before each node */
    struct layout_line *lines;
    size_t line_count;
    size_t heading_line; /* the first line in or behind the heading; line_count = none */
};

/* Everything lies in the arena. `dom` has a node. 0 or -ENOMEM. */
int page_layout_read(struct arena *arena, const struct dom *dom, struct page_layout *ret_layout);

/* What stands behind the heading and before it is counted from this one, a node of the page. */
void page_layout_set_heading(struct page_layout *layout, uint32_t heading);

/* The line's text, white space folded; STR_NONE where it is longer than `max` bytes or memory is short. */
struct str layout_line_text(struct arena *arena, const struct dom *dom, const struct layout_line *line,
                            size_t max);

/* All text of an element, white space folded; STR_NONE where it is longer than `max` bytes, without a copy of
 * it: a page may nest long texts. */
struct str layout_element_text(struct arena *arena, const struct dom *dom, uint32_t node, size_t max);

/* How many elements the node stands behind the heading (before: negative); false without a heading. */
bool layout_behind_heading(const struct page_layout *layout, uint32_t node, int64_t *ret_elements);

/* One of the words stands in what the page's builders call the element: class, id, data-testid, itemprop. */
bool layout_is_named(const struct dom *dom, uint32_t node, const char *const *words);

/* How many words the text has, as white space divides them. */
size_t layout_words(struct str text);

/* One of the words (the list ends with NULL) stands in the text, in whatever case. */
bool layout_has_any(struct str text, const char *const *words);

#endif
