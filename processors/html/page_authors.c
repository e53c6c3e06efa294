/* page_authors: metadata_read_authors(): scores the elements that may be the by-line by their names, links
 * and distance to the heading; else looks for a line that begins as by-lines do. Worker threads; linear. */
#include "processors/html/byline.h"
#include "processors/html/metadata.h"
#include "processors/text/shown_date.h"

enum {
    CANDIDATES_MAX = 200, /* elements read; a page with more is a list of authors */
    NODES_MAX = 60,       /* of an element that holds a by-line */
    TEXT_MAX = 400,       /* bytes of its text */
    LINE_MAX = 100,
    LINES_BEFORE = 6, /* about the heading */
    LINES_BEHIND = 12,
    NEAR_BEHIND = 150, /* elements */
    NAME_WORDS_MAX = 4,
    HANDLE_MIN = 3, /* bytes of what is no full name: "jancak", "Harbour staff" */
    HANDLE_MAX = 40,
    HANDLE_WORDS_MAX = 5,
    POINTS_MIN = 6, /* in halves */
};

struct page_authors {
    struct arena *arena;
    const struct dom *dom;
    const struct page_layout *layout;
    struct page_metadata *metadata;
    bool handles; /* what is no full name counts too */
};

/* ---- Names ---- */

static bool begins_capital(struct str word)
{
    unsigned char c = word.len ? (unsigned char)word.ptr[0] : 0;
    return (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* What stands in by-lines and names nobody. */
static bool is_no_name(struct str name)
{
    static const char *const never[] = {"@",
                                        "http",
                                        "www.",
                                        ".com",
                                        "follow",
                                        "share",
                                        "comment",
                                        "kommentar",
                                        "subscri",
                                        "newsletter",
                                        "min read",
                                        "published",
                                        "updated",
                                        "read more",
                                        "more posts",
                                        "all posts",
                                        "about",
                                        "full bio",
                                        "view",
                                        "posted on",
                                        "login",
                                        "sign in",
                                        "last update",
                                        "article by",
                                        "articles by",
                                        "posts by",
                                        "sponsored",
                                        "gesponsert",
                                        "alle beitr",
                                        "veröffentlicht am",
                                        "publiziert am",
                                        NULL};
    static const char *const labels[] = {"author",     "authors", "autor", "autoren", "auteur", "by", "von",
                                         "written by", "written", "name",  "guest",   "admin",  NULL};
    for (size_t i = 0; labels[i]; i++)
        if (str_equal_nocase(name, str_from(labels[i])))
            return true;
    return layout_has_any(name, never);
}

/* A person's name: two to four words, most of them capitalised, without numbers. Where `handles` count too,
 * any short text that begins with a letter. */
static bool may_be_name(struct str name, bool handles)
{
    size_t words = 0, capital = 0;
    bool digit = false;
    struct str rest = name, word;
    for (size_t i = 0; i < name.len; i++)
        digit |= name.ptr[i] >= '0' && name.ptr[i] <= '9';
    while (rest.ptr && str_split(&rest, ' ', &word)) {
        words += word.len > 0;
        capital += begins_capital(word);
    }
    if (is_no_name(name))
        return false;
    if (handles)
        return name.len >= HANDLE_MIN && name.len <= HANDLE_MAX && words <= HANDLE_WORDS_MAX &&
               !(name.ptr[0] >= '0' && name.ptr[0] <= '9');
    return !digit && words >= 2 && words <= NAME_WORDS_MAX && capital * 2 >= words;
}

/* "Ann Lee in Diary", "Valley Crew on Tuesday,": only the name. */
static struct str without_tail(struct str name)
{
    static const char *const behind[] = {" in ", " on ", " am "};
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
        ptrdiff_t at = str_find(name, str_from(behind[i]), 0);
        if (at > 0)
            name = str_slice(name, 0, (size_t)at);
        if (str_starts(name, str_slice(str_from(behind[i]), 1, 4))) /* nothing else */
            return STR_NONE;
    }
    while (name.len && strchr(",;:", name.ptr[name.len - 1]))
        name = str_slice(name, 0, name.len - 1);
    return str_trim(name);
}

/* "von jancak", "Author Valley staff": without what is no part of a name. "Von Stahl" may be one, but no
 * handle. */
static struct str without_by(struct str name, bool handles)
{
    static const char *const before[] = {
        "von ", "vom ", "par ", "por ", "Author ", "Autor ", "Veröffentlicht von ", "Publiziert von "};
    for (size_t i = 0; i < sizeof(before) / sizeof(before[0]); i++) {
        struct str by = str_from(before[i]);
        if (handles ? str_starts_nocase(name, by) : str_starts(name, by))
            name = str_trim(str_slice(name, by.len, name.len));
    }
    return name;
}

/* Adds the people of a line; how many. */
static size_t add_names(struct page_authors *page, struct str line)
{
    struct str name;
    struct byline byline = {.rest = line};
    size_t before = page->metadata->authors.count;
    if (line.len > TEXT_MAX)
        return 0;
    while (byline_next(&byline, &name)) {
        if (is_no_name(name)) /* before a part of it may seem to be one */
            continue;
        name = without_tail(without_by(name, page->handles));
        if (may_be_name(name, page->handles) && !str_equal_nocase(name, page->metadata->publisher))
            metadata_add_author(page->arena, page->metadata, name, STR_NONE);
    }
    return page->metadata->authors.count - before;
}

/* What others did to the text ends the by-line. */
static bool is_of_others(struct str line)
{
    static const char *const words[] = {"reviewed by",
                                        "edited by",
                                        "checked by",
                                        "verified by",
                                        "translated by",
                                        "photographed by",
                                        "illustrated by",
                                        "photo by",
                                        "photos by",
                                        "photo:",
                                        NULL};
    return layout_has_any(line, words);
}

/* ---- Elements ---- */

static bool is_author_link(const struct dom *dom, uint32_t node)
{
    static const char *const paths[] = {"/author/",    "/authors/", "/autor/",       "/autoren/",
                                        "/auteur/",    "/people/",  "/profile/",     "/profiles/",
                                        "/staff/",     "/by/",      "/contributor/", "/contributors/",
                                        "/reporters/", "/writers/", "/journalist/",  "/journalists/",
                                        NULL};
    return dom->nodes[node].tag == TAG_A && layout_has_any(dom_attribute(dom, node, "href"), paths);
}

/* Beside the article only who is said to be its author, close behind its heading. */
static bool signs_beside(const struct page_authors *page, uint32_t node)
{
    int64_t distance;
    return str_find_nocase(dom_attribute(page->dom, node, "rel"), STR("author"), 0) >= 0 &&
           layout_behind_heading(page->layout, node, &distance) && distance >= 0 && distance < NEAR_BEHIND;
}

static bool is_candidate(const struct page_authors *page, uint32_t node)
{
    static const char *const words[] = {"author", "byline",    "by-line",    "contributor",
                                        "writer", "reporter",  "journalist", "autor",
                                        "auteur", "redakteur", "skribent",   NULL};
    const struct dom_node *item = &page->dom->nodes[node];
    if (item->end - node > NODES_MAX ||
        ((page->layout->places[node] & PLACE_BESIDE) && !signs_beside(page, node)))
        return false;
    return layout_is_named(page->dom, node, words) || is_author_link(page->dom, node) ||
           str_find_nocase(dom_attribute(page->dom, node, "rel"), STR("author"), 0) >= 0;
}

/* In halves. */
static int points_of_names(const struct page_authors *page, uint32_t node)
{
    static const char *const byline[] = {"byline", "by-line", NULL};
    static const char *const name[] = {"author-name", "author_name", "authorname", NULL};
    static const char *const author[] = {"author", "autor", "auteur", NULL};
    static const char *const beside[] = {"bio",    "avatar", "image", "photo", "box", "about",
                                         "social", "date",   "time",  "desc",  NULL};
    static const char *const never[] = {"comment", "login", NULL};
    struct str property = dom_attribute(page->dom, node, "itemprop");
    int points = str_find_nocase(dom_attribute(page->dom, node, "rel"), STR("author"), 0) >= 0 ? 8 : 0;
    points += str_find_nocase(property, STR("author"), 0) >= 0 ? 8 : 0;
    points += str_equal_nocase(property, STR("name")) ? 2 : 0;
    points += layout_is_named(page->dom, node, byline) ? 6 : 0;
    points += layout_is_named(page->dom, node, name) ? 6 : layout_is_named(page->dom, node, author) ? 4 : 0;
    points -= layout_is_named(page->dom, node, beside) ? 4 : 0;
    points -= layout_is_named(page->dom, node, never) ? 8 : 0;
    points += is_author_link(page->dom, node) ? 4 : 0;
    return points;
}

static int points_of(const struct page_authors *page, uint32_t node, struct str text)
{
    int points = points_of_names(page, node);
    int64_t distance;
    points += byline_behind_by(text).ptr ? 6 : 0;
    points -= text.len > 120 ? 6 : text.len > 60 ? 2 : 0;
    points -= page->layout->places[node] & PLACE_RELATED ? 8 : 0;
    if (layout_behind_heading(page->layout, node, &distance))
        points += distance >= 0 && distance < NEAR_BEHIND ? 6
                  : distance < 0 && distance > -60        ? 3
                  : distance > 600                        ? -3
                                                          : 0;
    else
        points += 2; /* a page without a heading: the name of the element must do */
    return points;
}

/* "By Ann Lee, Staff Writer and Ben Ode": where one is a link and the other none, the name behind the word
 * that joins them. */
static size_t add_joined(struct page_authors *page, struct str line)
{
    static const char *const joints[] = {" and ", " & ", " und ", " et ", " y ", " e "};
    if (line.len > TEXT_MAX || !byline_behind_by(line).ptr)
        return 0;
    for (size_t i = 0; i < sizeof(joints) / sizeof(joints[0]); i++) {
        ptrdiff_t at = str_find(line, str_from(joints[i]), 0);
        if (at < 0)
            continue;
        struct str name = str_slice(line, (size_t)at + strlen(joints[i]), line.len), part;
        if (str_split(&name, ',', &part) && (name = part, str_split(&name, '|', &part)))
            return add_names(page, str_trim(part));
    }
    return 0;
}

/* The people of an element: of its links and parts named "name", else of its first line with one. */
static size_t names_of_element(struct page_authors *page, uint32_t node)
{
    const struct dom *dom = page->dom;
    size_t names = 0;
    for (uint32_t i = node; i < dom->nodes[node].end; i++)
        if (dom->nodes[i].tag == TAG_A || str_equal_nocase(dom_attribute(dom, i, "itemprop"), STR("name")))
            names += add_names(page, layout_element_text(page->arena, dom, i, TEXT_MAX));
    if (names == 1)
        names += add_joined(page, layout_element_text(page->arena, dom, node, TEXT_MAX));
    bool lines = false; /* it holds whole ones */
    for (size_t i = 0; names == 0 && i < page->layout->line_count; i++) {
        const struct layout_line *line = &page->layout->lines[i];
        if (line->first >= dom->nodes[node].end)
            break;
        if (line->first < node || line->end > dom->nodes[node].end)
            continue;
        struct str text = layout_line_text(page->arena, dom, line, TEXT_MAX);
        lines = true;
        if (is_of_others(text))
            break;
        names += add_names(page, text);
    }
    if (!lines && names == 0)
        names += add_names(page, layout_element_text(page->arena, dom, node, TEXT_MAX));
    return names;
}

struct candidate {
    uint32_t node;
    int points;
};

static size_t find_candidates(struct page_authors *page, struct candidate *candidates)
{
    size_t count = 0;
    for (uint32_t i = 0; i < page->dom->count && count < CANDIDATES_MAX; i++) {
        enum html_tag tag = page->dom->nodes[i].tag;
        if (tag == TAG_TEXT || html_tag_flags(tag) & (TAG_IS_HIDDEN | TAG_IS_VOID))
            continue;
        if (!is_candidate(page, i))
            continue;
        struct str text = layout_element_text(page->arena, page->dom, i, TEXT_MAX);
        if (text.len == 0)
            continue;
        candidates[count++] = (struct candidate){i, points_of(page, i, text)};
    }
    return count;
}

/* The best element that gives a name. */
static bool read_elements(struct page_authors *page)
{
    struct candidate candidates[CANDIDATES_MAX];
    size_t count = find_candidates(page, candidates);
    for (size_t tries = 0; tries < count; tries++) {
        size_t best = 0;
        for (size_t i = 1; i < count; i++)
            if (candidates[i].points > candidates[best].points)
                best = i;
        if (candidates[best].points < POINTS_MIN)
            return false;
        if (names_of_element(page, candidates[best].node))
            return true;
        candidates[best].points = POINTS_MIN - 1; /* not again */
    }
    return false;
}

/* ---- Lines ---- */

/* "Published 3 March 2021 by Ann Lee": what stands behind the date's "by". */
static struct str behind_date(struct arena *arena, struct str line)
{
    static const char *const by[] = {" by ", " von ", " par ", " por "};
    struct article_date date = {0};
    for (size_t i = 0; i < sizeof(by) / sizeof(by[0]); i++) {
        ptrdiff_t at = str_find(line, str_from(by[i]), 0);
        if (at > 0 && shown_date_find(arena, str_slice(line, 0, (size_t)at), SHOWN_OPEN, &date))
            return str_trim(str_slice(line, (size_t)at + strlen(by[i]), line.len));
    }
    return STR_NONE;
}

/* "Autor:", and the name in the next element. */
static bool is_label(struct str line)
{
    static const char *const labels[] = {"author",     "autor",    "autorin",    "auteur",
                                         "written by", "words by", "article by", "story by",
                                         "by",         "von",      "text",       NULL};
    if (line.len && line.ptr[line.len - 1] == ':')
        line = str_trim(str_slice(line, 0, line.len - 1));
    for (size_t i = 0; labels[i]; i++)
        if (str_equal_nocase(line, str_from(labels[i])))
            return true;
    return false;
}

static bool read_lines(struct page_authors *page)
{
    bool label = false; /* the line before was one */
    const struct page_layout *layout = page->layout;
    size_t heading = layout->heading_line;
    size_t first = heading > LINES_BEFORE ? heading - LINES_BEFORE : 0;
    if (heading == layout->line_count)
        return false;
    for (size_t i = first; i < layout->line_count && i < heading + LINES_BEHIND; i++) {
        struct str text = layout_line_text(page->arena, page->dom, &layout->lines[i], LINE_MAX);
        if (text.len && (label || byline_behind_by(text).ptr) && add_names(page, text))
            return true;
        label = is_label(text);
        if (text.len && add_names(page, behind_date(page->arena, text)))
            return true;
    }
    return false;
}

void metadata_read_authors(struct arena *arena, const struct dom *dom, const struct page_layout *layout,
                           struct page_metadata *metadata)
{
    struct page_authors page = {.arena = arena, .dom = dom, .layout = layout, .metadata = metadata};
    if (read_elements(&page) || read_lines(&page) || metadata->authors.count)
        return; /* the house's own signature is better than a handle */
    page.handles = true;
    if (!read_elements(&page) && metadata->house.len) /* nobody signed */
        metadata_add_organisation(arena, metadata, metadata->house);
}
