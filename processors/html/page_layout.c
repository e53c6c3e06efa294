/* page_layout: one walk for the places of all nodes, one for the lines. Any thread. */
#include "processors/html/page_layout.h"

#include <errno.h>

/* White space between tags is folded: the text of a short line may be several times as long in the source. */
enum { BLANKS_FOLD = 4 };

bool layout_has_any(struct str text, const char *const *words)
{
    for (; *words; words++)
        if (str_find_nocase(text, str_from(*words), 0) >= 0)
            return true;
    return false;
}

bool layout_is_named(const struct dom *dom, uint32_t node, const char *const *words)
{
    static const char *const attributes[] = {"class", "id", "data-testid", "itemprop"};
    for (size_t i = 0; i < sizeof(attributes) / sizeof(attributes[0]); i++)
        if (layout_has_any(dom_attribute(dom, node, attributes[i]), words))
            return true;
    return false;
}

/* ---- The page, laid out ---- */

/* `main` is the page's main element: what holds it, or is it, only says that there is a sidebar as well:
 * "content with-sidebar". */
static uint8_t place_of(const struct dom *dom, uint32_t node, uint32_t main)
{
    static const char *const related[] = {"related",  "recommend", "teaser",   "sidebar",  "read-next",
                                          "latest",   "popular",   "trending", "carousel", "promo",
                                          "comments", "comment-",  NULL};
    switch (dom->nodes[node].tag) {
    case TAG_ASIDE:
    case TAG_NAV:
    case TAG_FOOTER:
        return PLACE_BESIDE;
    case TAG_BLOCKQUOTE:
        return PLACE_QUOTED;
    case TAG_HTML:
    case TAG_BODY:
    case TAG_TEXT:
        return 0;
    default:
        if (main >= node && main < dom->nodes[node].end)
            return 0;
        return layout_is_named(dom, node, related) ? PLACE_RELATED : 0;
    }
}

static bool measure(struct arena *arena, const struct dom *dom, struct page_layout *page)
{
    size_t texts = 0;
    uint32_t elements = 0, main = dom_find(dom, 0, TAG_MAIN);
    page->places = arena_new_array(arena, uint8_t, dom->count);
    page->elements = arena_new_array(arena, uint32_t, dom->count);
    if (!page->places || !page->elements)
        return false;
    for (uint32_t i = 0; i < dom->count; i++) {
        uint32_t parent = dom->nodes[i].parent;
        page->places[i] = (uint8_t)((parent < i ? page->places[parent] : 0) | place_of(dom, i, main));
        page->elements[i] = elements;
        texts += dom->nodes[i].tag == TAG_TEXT;
        elements += dom->nodes[i].tag != TAG_TEXT;
    }
    page->lines = arena_new_array(arena, struct layout_line, texts + 1);
    return page->lines != NULL;
}

static uint32_t block_of(const struct dom *dom, uint32_t node)
{
    while (node && !(html_tag_flags(dom->nodes[node].tag) & TAG_IS_BLOCK))
        node = dom->nodes[node].parent;
    return node;
}

static bool is_blank(struct str text)
{
    return str_trim(text).len == 0;
}

/* Text of one block element, up to the next block. */
static void find_lines(const struct dom *dom, struct page_layout *page)
{
    uint32_t body = dom_find(dom, 0, TAG_BODY);
    bool open = false;
    for (uint32_t i = body < dom->count ? body : 0; i < dom->count;) {
        const struct dom_node *node = &dom->nodes[i];
        if (html_tag_flags(node->tag) & TAG_IS_HIDDEN) {
            i = node->end;
            continue;
        }
        if (node->tag == TAG_TEXT && !is_blank(node->text)) {
            struct layout_line *last = page->line_count ? &page->lines[page->line_count - 1] : NULL;
            uint32_t owner = block_of(dom, i);
            if (open && last && last->owner == owner)
                last->end = i + 1;
            else
                page->lines[page->line_count++] =
                    (struct layout_line){.first = i, .end = i + 1, .owner = owner};
            open = true;
        } else if (html_tag_flags(node->tag) & TAG_IS_BLOCK) {
            open = false;
        }
        i++;
    }
}

/* The bytes of text in these nodes, more than `max` when there are more. */
static size_t bytes_between(const struct dom *dom, uint32_t first, uint32_t end, size_t max)
{
    size_t bytes = 0;
    for (uint32_t i = first; i < end && bytes <= max; i++)
        bytes += dom->nodes[i].tag == TAG_TEXT ? dom->nodes[i].text.len : 0;
    return bytes;
}

struct str layout_line_text(struct arena *arena, const struct dom *dom, const struct layout_line *line,
                            size_t max)
{
    size_t bytes = bytes_between(dom, line->first, line->end, BLANKS_FOLD * max), len = 0;
    char *text = bytes && bytes <= BLANKS_FOLD * max ? arena_new_array(arena, char, bytes) : NULL;
    for (uint32_t i = line->first; text && i < line->end; i++) {
        struct str part = dom->nodes[i].tag == TAG_TEXT ? dom->nodes[i].text : STR_NONE;
        for (size_t at = 0; at < part.len; at++) {
            bool blank = (unsigned char)part.ptr[at] <= ' ';
            if (!blank || (len && text[len - 1] != ' '))
                text[len++] = blank ? ' ' : part.ptr[at];
        }
    }
    while (len && text[len - 1] == ' ')
        len--;
    return len && len <= max ? str_make(text, len) : STR_NONE;
}

struct str layout_element_text(struct arena *arena, const struct dom *dom, uint32_t node, size_t max)
{
    if (bytes_between(dom, node, dom->nodes[node].end, BLANKS_FOLD * max) > BLANKS_FOLD * max)
        return STR_NONE;
    struct str text = dom_text(arena, dom, node);
    return text.len <= max ? text : STR_NONE;
}

void page_layout_set_heading(struct page_layout *layout, uint32_t heading)
{
    layout->heading = heading;
    layout->heading_line = 0;
    while (layout->heading_line < layout->line_count && layout->lines[layout->heading_line].first < heading)
        layout->heading_line++;
}

int page_layout_read(struct arena *arena, const struct dom *dom, struct page_layout *ret_layout)
{
    struct page_layout page = {0};
    if (!measure(arena, dom, &page))
        return -ENOMEM;
    find_lines(dom, &page);
    page_layout_set_heading(&page, dom_find(dom, 0, TAG_H1));
    *ret_layout = page;
    return 0;
}

bool layout_behind_heading(const struct page_layout *layout, uint32_t node, int64_t *ret_elements)
{
    if (layout->heading_line == layout->line_count)
        return false;
    *ret_elements = (int64_t)layout->elements[node] - (int64_t)layout->elements[layout->heading];
    return true;
}

size_t layout_words(struct str text)
{
    size_t words = 0;
    bool in_word = false;
    for (size_t i = 0; i < text.len; i++) {
        bool solid = (unsigned char)text.ptr[i] > ' ';
        words += solid && !in_word;
        in_word = solid;
    }
    return words;
}
