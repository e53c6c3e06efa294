/* content: scores over the flat tree; every step is one loop over the nodes. Worker threads.
 * Keeps nothing between pages; all tables lie in the tree's arena. */
#include "processors/html/content.h"

#include <errno.h>

#include "base/error.h"
#include "base/utf8.h"
#include "processors/html/names.h"
#include "processors/html/text.h"
#include "processors/budget.h"

enum {
    NAMED_LETTERS_MIN = 250,    /* a named container with less text is a teaser or an empty frame */
    PARAGRAPH_LETTERS_MIN = 25, /* shorter paragraphs give no points */
    PRUNE_GUARD_DIVISOR = 7,    /* pruning by names is undone when less than this part of the text is left */
    NODES_BETWEEN_CHECKS = 4096,
};

struct measures {
    uint32_t letters; /* bytes of visible text, white space folded, in the subtree */
    uint32_t links;   /* of these inside links */
    uint32_t commas;
    uint32_t prose; /* of these in paragraphs */
    float score;
    unsigned char names; /* enum name_meaning */
    bool left_out;
};

struct finder {
    const struct dom *dom;
    struct measures *at;
    struct str title;
};

static bool structural_boilerplate(enum html_tag tag)
{
    return tag == TAG_NAV || tag == TAG_FOOTER || tag == TAG_ASIDE || tag == TAG_HEAD || tag == TAG_FORM ||
           tag == TAG_FIELDSET;
}

static void measure_text(struct measures *measures, struct str text)
{
    bool space = true;
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool is_space = c <= ' ';
        measures->letters += !is_space || !space;
        measures->commas +=
            c == ',' || (c == 0xE3 && i + 2 < text.len && (unsigned char)text.ptr[i + 1] == 0x80 &&
                         (unsigned char)text.ptr[i + 2] == 0x81);
        space = is_space;
    }
    if (measures->letters == 1 && space)
        measures->letters = 0;
}

/* Sums over subtrees: children come behind their parents, so one loop from the end adds each node to its
 * parent. Subtrees that are left out count as empty. */
static void measure(struct finder *finder)
{
    const struct dom *dom = finder->dom;
    for (uint32_t i = 0; i < dom->count; i++) {
        struct measures *at = &finder->at[i];
        at->letters = at->links = at->commas = at->prose = 0;
        if (i > 0 && finder->at[dom->nodes[i].parent].left_out)
            at->left_out = true;
        if (dom->nodes[i].tag == TAG_TEXT && !at->left_out)
            measure_text(at, dom->nodes[i].text);
    }
    for (uint32_t i = dom->count; i-- > 1;) {
        struct measures *at = &finder->at[i], *up = &finder->at[dom->nodes[i].parent];
        if (at->left_out)
            continue;
        if (dom->nodes[i].tag == TAG_A)
            at->links = at->letters;
        if (dom->nodes[i].tag == TAG_P && at->letters >= PARAGRAPH_LETTERS_MIN)
            at->prose = at->letters - at->links;
        up->letters += at->letters;
        up->links += at->links;
        up->commas += at->commas;
        up->prose += at->prose;
    }
}

static float link_density(const struct measures *at)
{
    return at->letters ? (float)at->links / (float)at->letters : 0;
}

/* Marks what is never the text, then what its names say is beside it; the latter is undone when too little is
 * left. */
static void prune(struct finder *finder)
{
    const struct dom *dom = finder->dom;
    for (uint32_t i = 0; i < dom->count; i++) {
        struct measures *at = &finder->at[i];
        enum html_tag tag = dom->nodes[i].tag;
        at->left_out = (html_tag_flags(tag) & TAG_IS_HIDDEN) || tag == TAG_HEAD;
        if (tag != TAG_TEXT && dom->nodes[i].attribute_count)
            at->names = (unsigned char)names_of(dom, i);
    }
    measure(finder);
    uint32_t all = finder->at[0].letters;
    for (uint32_t i = 1; i < dom->count; i++) {
        struct measures *at = &finder->at[i];
        enum html_tag tag = dom->nodes[i].tag;
        bool wraps = tag == TAG_HTML || tag == TAG_BODY || tag == TAG_MAIN || tag == TAG_ARTICLE;
        bool named =
            (at->names & NAME_HIDDEN) || ((at->names & NAME_BOILERPLATE) && !(at->names & NAME_BODY));
        /* A form, an aside or a badly named frame may hold the whole article: then it stays. */
        if (!wraps && (named || structural_boilerplate(tag)) && at->letters * 2 < all)
            at->left_out = true;
    }
    measure(finder);
    if (finder->at[0].letters >= all / PRUNE_GUARD_DIVISOR)
        return;
    for (uint32_t i = 0; i < dom->count; i++)
        finder->at[i].left_out =
            (html_tag_flags(dom->nodes[i].tag) & TAG_IS_HIDDEN) || dom->nodes[i].tag == TAG_HEAD;
    measure(finder);
}

static bool usable(const struct finder *finder, uint32_t i)
{
    const struct measures *at = &finder->at[i];
    return !at->left_out && at->letters >= NAMED_LETTERS_MIN && link_density(at) < 0.5f;
}

/* The container with most prose of those that a test names; dom->count when none. */
static uint32_t best_named(const struct finder *finder, bool (*is_named)(const struct finder *, uint32_t))
{
    uint32_t best = finder->dom->count, best_prose = 0;
    for (uint32_t i = 0; i < finder->dom->count; i++) {
        const struct measures *at = &finder->at[i];
        uint32_t weight = at->prose ? at->prose : at->letters - at->links;
        if (is_named(finder, i) && usable(finder, i) && weight > best_prose) {
            best = i;
            best_prose = weight;
        }
    }
    return best;
}

static bool is_body(const struct finder *finder, uint32_t i)
{
    return finder->at[i].names & NAME_BODY && finder->dom->nodes[i].tag != TAG_BODY;
}

static bool is_article(const struct finder *finder, uint32_t i)
{
    return finder->dom->nodes[i].tag == TAG_ARTICLE;
}

static bool is_main(const struct finder *finder, uint32_t i)
{
    return finder->dom->nodes[i].tag == TAG_MAIN;
}

static float name_weight(const struct measures *at)
{
    return (at->names & NAME_BODY      ? 50.0f
            : at->names & NAME_CONTENT ? 25.0f
                                       : 0) -
           (at->names & NAME_BOILERPLATE ? 25.0f : 0);
}

/* Paragraphs, and text directly in a cell, a block of preformatted text or a leaf <div>. */
static bool gives_points(const struct dom *dom, uint32_t i)
{
    enum html_tag tag = dom->nodes[i].tag;
    if (tag == TAG_P || tag == TAG_PRE || tag == TAG_TD || tag == TAG_BLOCKQUOTE)
        return true;
    if (tag != TAG_DIV && tag != TAG_SECTION)
        return false;
    for (uint32_t k = i + 1; k < dom->nodes[i].end; k = dom->nodes[k].end)
        if (html_tag_flags(dom->nodes[k].tag) & TAG_IS_BLOCK)
            return false;
    return true;
}

/* The container with the highest score; the body when nothing scores. */
static uint32_t best_scored(struct finder *finder)
{
    const struct dom *dom = finder->dom;
    for (uint32_t i = 1; i < dom->count; i++) {
        const struct measures *at = &finder->at[i];
        if (at->left_out || at->letters < PARAGRAPH_LETTERS_MIN || !gives_points(dom, i))
            continue;
        float length = (float)at->letters / 100.0f;
        float points = (1.0f + (float)at->commas + (length < 3 ? length : 3)) * (1 - link_density(at));
        uint32_t parent = dom->nodes[i].parent, grandparent = dom->nodes[parent].parent;
        finder->at[parent].score += points;
        if (grandparent != parent)
            finder->at[grandparent].score += points / 2;
    }
    uint32_t best = dom_find(dom, 0, TAG_BODY);
    float best_score = 0;
    for (uint32_t i = 1; i < dom->count; i++) {
        struct measures *at = &finder->at[i];
        if (at->left_out || at->score <= 0)
            continue;
        at->score = (at->score + name_weight(at)) * (1 - link_density(at));
        if (at->score > best_score) {
            best = i;
            best_score = at->score;
        }
    }
    return best;
}

/* Does a sibling of the winner read like a part of it? Split bodies are the most reported miss of extractors.
 */
static bool joins(const struct finder *finder, uint32_t winner, uint32_t sibling)
{
    const struct measures *at = &finder->at[sibling];
    const struct dom *dom = finder->dom;
    if (sibling == winner)
        return true;
    if (at->left_out || dom->nodes[sibling].tag == TAG_TEXT || (at->names & NAME_BOILERPLATE))
        return false;
    struct str class = dom_attribute(dom, sibling, "class");
    bool same_class = class.len && str_equal(class, dom_attribute(dom, winner, "class"));
    float need = finder->at[winner].score * 0.2f > 10 ? finder->at[winner].score * 0.2f : 10;
    if (dom->nodes[sibling].tag == TAG_P)
        return at->letters > 80 && link_density(at) < 0.25f;
    return at->prose > 0 && link_density(at) < 0.25f && (same_class || at->score >= need);
}

/* ---- Writing ---- */

struct writer {
    const struct finder *finder;
    struct html_flow flow;
};

/* Lists and blocks that are mostly links, and lone links as paragraphs, are ways to other pages. */
static bool is_link_block(const struct finder *finder, uint32_t i)
{
    enum html_tag tag = finder->dom->nodes[i].tag;
    const struct measures *at = &finder->at[i];
    if (at->letters == 0)
        return false;
    if (tag == TAG_UL || tag == TAG_OL || tag == TAG_DIV || tag == TAG_SECTION || tag == TAG_TABLE)
        return link_density(at) > 0.6f;
    return tag == TAG_P && link_density(at) > 0.9f && at->letters < 200;
}

static bool is_title(struct writer *writer, uint32_t i)
{
    enum html_tag tag = writer->finder->dom->nodes[i].tag;
    if (tag == TAG_H1)
        return true; /* the page's own title is no part of the text */
    if (tag != TAG_H2 || writer->finder->title.len == 0)
        return false;
    return str_equal_nocase(dom_text(writer->finder->dom->arena, writer->finder->dom, i),
                            writer->finder->title);
}

static int write_subtree(struct writer *writer, uint32_t root)
{
    const struct dom *dom = writer->finder->dom;
    uint32_t open = root; /* the innermost element entered and not yet left */
    for (uint32_t i = root; i < dom->nodes[root].end;) {
        while (open != root && i >= dom->nodes[open].end) {
            html_flow_leave(&writer->flow, dom->nodes[open].tag);
            open = dom->nodes[open].parent;
        }
        enum html_tag tag = dom->nodes[i].tag;
        if (i % NODES_BETWEEN_CHECKS == 0 && budget_over())
            return ERR_DEADLINE;
        if (tag == TAG_TEXT) {
            html_flow_text(&writer->flow, dom->nodes[i].text);
            i++;
            continue;
        }
        if (i > root && (writer->finder->at[i].left_out || is_link_block(writer->finder, i) ||
                         is_title(writer, i) || tag == TAG_FIGCAPTION)) {
            i = dom->nodes[i].end;
            continue;
        }
        html_flow_enter(&writer->flow, tag);
        if (tag == TAG_BR || (html_tag_flags(tag) & TAG_IS_VOID)) {
            i = dom->nodes[i].end;
            continue;
        }
        if (i != root)
            open = i;
        i++;
    }
    for (; open != root; open = dom->nodes[open].parent)
        html_flow_leave(&writer->flow, dom->nodes[open].tag);
    html_flow_leave(&writer->flow, dom->nodes[root].tag);
    return 0;
}

static int write_found(struct finder *finder, uint32_t winner, struct text_blocks *blocks)
{
    struct writer writer = {.finder = finder};
    html_flow_init(&writer.flow, blocks);
    const struct dom *dom = finder->dom;
    uint32_t parent = dom->nodes[winner].parent;
    bool whole = winner == 0 || dom->nodes[winner].tag == TAG_BODY || dom->nodes[winner].tag == TAG_MAIN;
    if (whole || parent == winner)
        return write_subtree(&writer, winner);
    for (uint32_t i = parent + 1; i < dom->nodes[parent].end; i = dom->nodes[i].end) {
        int code = joins(finder, winner, i) ? write_subtree(&writer, i) : 0;
        if (code < 0)
            return code;
    }
    return 0;
}

int content_find(const struct dom *dom, struct str title, struct text_blocks *blocks, float *ret_confidence)
{
    struct finder finder = {.dom = dom, .title = title};
    finder.at = arena_new_array(dom->arena, struct measures, dom->count);
    if (!finder.at)
        return -ENOMEM;
    prune(&finder);
    float confidence = 0.9f;
    uint32_t scored = best_scored(&finder);
    uint32_t winner = best_named(&finder, is_body);
    if (winner == dom->count) {
        confidence = 0.8f;
        winner = best_named(&finder, is_article);
    }
    if (winner == dom->count) {
        confidence = 0.7f;
        winner = best_named(&finder, is_main);
    }
    /* A named container with far less prose than the scored one is a teaser. */
    if (scored < dom->count &&
        (winner == dom->count || finder.at[scored].prose > finder.at[winner].prose * 2)) {
        confidence = 0.6f;
        winner = scored;
    }
    if (winner >= dom->count || finder.at[winner].letters == 0) {
        *ret_confidence = 0;
        return 0;
    }
    if (finder.at[winner].letters < NAMED_LETTERS_MIN)
        confidence = 0.3f;
    *ret_confidence = confidence;
    return write_found(&finder, winner, blocks);
}
