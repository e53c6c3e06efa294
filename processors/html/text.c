/* text: the rules by which elements become blocks, and a streaming reader for the HTML of feeds (fragments,
 * mostly small, made safe by the feed parser), which needs no tree. One article, one thread. */
#include "processors/html/text.h"

#include <errno.h>

#include "base/error.h"
#include "base/utf8.h"
#include "base/references.h"
#include "processors/budget.h"

enum { TAGS_BETWEEN_CHECKS = 64 /* of the article's budget */ };

void html_flow_init(struct html_flow *flow, struct text_blocks *blocks)
{
    *flow = (struct html_flow){.blocks = blocks};
}

static void begin_block(struct html_flow *flow)
{
    enum block_kind kind = BLOCK_PARAGRAPH;
    unsigned level = 0;
    if (flow->heading) {
        kind = BLOCK_HEADING;
        level = flow->heading;
    } else if (flow->caption) {
        kind = BLOCK_CAPTION;
    } else if (flow->pre) {
        kind = BLOCK_PRE;
    } else if (flow->list) {
        kind = BLOCK_LIST_ITEM;
        level = flow->list;
    } else if (flow->quote) {
        kind = BLOCK_QUOTE;
    } else if (flow->in_row) {
        kind = BLOCK_TABLE;
    }
    text_blocks_begin(flow->blocks, kind, (uint8_t)(level > UINT8_MAX ? UINT8_MAX : level));
    flow->breaks = 0;
}

static void change_depth(unsigned *depth, int by)
{
    if (by > 0)
        (*depth)++;
    else if (*depth > 0)
        (*depth)--;
}

/* Counts an element in or out. */
static void count(struct html_flow *flow, enum html_tag tag, int by)
{
    switch (tag) {
    case TAG_BLOCKQUOTE:
        change_depth(&flow->quote, by);
        break;
    case TAG_UL:
    case TAG_OL:
        change_depth(&flow->list, by);
        break;
    case TAG_FIGCAPTION:
    case TAG_CAPTION:
        change_depth(&flow->caption, by);
        break;
    case TAG_PRE:
        change_depth(&flow->pre, by);
        break;
    case TAG_B:
    case TAG_STRONG:
        change_depth(&flow->strong, by);
        flow->blocks->strong = flow->strong > 0;
        break;
    case TAG_H1:
    case TAG_H2:
    case TAG_H3:
    case TAG_H4:
    case TAG_H5:
    case TAG_H6:
        flow->heading = by > 0 ? (unsigned)(tag - TAG_H1) + 1 : 0;
        break;
    case TAG_TR:
        flow->in_row = by > 0;
        break;
    case TAG_P:
    case TAG_DIV:
    case TAG_TABLE:
        if (by > 0)
            flow->in_row = false; /* paragraphs in a cell: the table is layout */
        break;
    default:
        break;
    }
}

void html_flow_enter(struct html_flow *flow, enum html_tag tag)
{
    if (tag == TAG_BR) {
        /* Two breaks stand for a paragraph in many feeds. */
        if (++flow->breaks >= 2 && flow->blocks->kind != BLOCK_PRE)
            text_blocks_begin(flow->blocks, flow->blocks->kind, flow->blocks->level);
        else
            text_blocks_line(flow->blocks);
        return;
    }
    if (tag == TAG_TD || tag == TAG_TH)
        text_blocks_space(flow->blocks);
    count(flow, tag, 1);
    if (html_tag_flags(tag) & TAG_IS_BLOCK)
        begin_block(flow);
}

void html_flow_leave(struct html_flow *flow, enum html_tag tag)
{
    count(flow, tag, -1);
    if (html_tag_flags(tag) & TAG_IS_BLOCK)
        begin_block(flow);
}

void html_flow_text(struct html_flow *flow, struct str text)
{
    if (flow->breaks && str_trim_ascii(text).len > 0)
        flow->breaks = 0;
    text_blocks_add(flow->blocks, text);
}

/* The streaming reader. */
struct reader {
    struct str html;
    size_t at;
    struct html_flow flow;
    enum html_tag hidden; /* the element whose content is being left out */
    unsigned hidden_depth;
    unsigned tags;
    size_t no_end_from; /* no "</" of a raw element, no "-->" ... behind this: do not search again */
};

static bool name_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':';
}

/* End of the tag that begins at `from` ('<'): behind its '>', quotes respected. The end of input when open.
 */
static size_t tag_end(struct str html, size_t from)
{
    char quote = 0;
    for (size_t i = from + 1; i < html.len; i++) {
        char c = html.ptr[i];
        if (quote) {
            if (c == quote)
                quote = 0;
        } else if (c == '>') {
            return i + 1;
        } else if ((c == '"' || c == '\'') && html.ptr[i - 1] == '=') {
            quote = c;
        }
    }
    return html.len;
}

/* Behind the end tag of a raw element (script, style ...), or the end of input. */
static size_t raw_end(struct str html, size_t from, struct str name)
{
    for (ptrdiff_t at = str_find(html, STR("</"), from); at >= 0;
         at = str_find(html, STR("</"), (size_t)at + 2)) {
        struct str tail = str_slice(html, (size_t)at + 2, html.len);
        if (str_starts_nocase(tail, name) && (tail.len == name.len || !name_char(tail.ptr[name.len])))
            return tag_end(html, (size_t)at);
    }
    return html.len;
}

static size_t comment_end(struct reader *reader)
{
    if (reader->at < reader->no_end_from) {
        ptrdiff_t end = str_find(reader->html, STR("-->"), reader->at + 4);
        if (end >= 0)
            return (size_t)end + 3;
        reader->no_end_from = reader->at;
    }
    return tag_end(reader->html, reader->at); /* never closed: only the tag itself goes */
}

/* The end tags of rt and rp may be left out (HTML 4.5.11): the next one of the kind, the ruby's end or a
 * block ends them. */
static bool ends_reading(const struct reader *reader, enum html_tag tag, bool closing)
{
    bool reading = reader->hidden == TAG_RT || reader->hidden == TAG_RP || reader->hidden == TAG_RTC;
    if (!reader->hidden_depth || !reading)
        return false;
    bool next = !closing && (tag == TAG_RT || tag == TAG_RP || tag == TAG_RTC);
    return next || (closing && tag == TAG_RUBY) || (html_tag_flags(tag) & TAG_IS_BLOCK);
}

static void read_element(struct reader *reader, bool closing)
{
    struct str html = reader->html;
    size_t begin = reader->at + 1 + closing, end = begin;
    while (end < html.len && name_char(html.ptr[end]))
        end++;
    struct str name = str_slice(html, begin, end);
    enum html_tag tag = html_tag_of(name);
    unsigned flags = html_tag_flags(tag);
    size_t after = tag_end(html, reader->at);
    bool self_closed = after >= 2 && html.ptr[after - 1] == '>' && html.ptr[after - 2] == '/';
    if (ends_reading(reader, tag, closing))
        reader->hidden_depth = 0;
    if (!closing && (flags & TAG_IS_RAW))
        after = raw_end(html, after, name);
    else if (reader->hidden_depth) {
        if (tag == reader->hidden && !self_closed)
            reader->hidden_depth += closing ? UINT32_MAX : 1;
    } else if (flags & TAG_IS_HIDDEN) {
        reader->hidden = tag;
        reader->hidden_depth = closing || self_closed ? 0 : 1;
    } else if (closing) {
        html_flow_leave(&reader->flow, tag);
    } else {
        html_flow_enter(&reader->flow, tag);
        if ((flags & TAG_IS_VOID) && tag != TAG_BR)
            html_flow_leave(&reader->flow, tag);
    }
    reader->at = after;
}

/* At '<'. */
static void read_markup(struct reader *reader)
{
    struct str html = reader->html;
    char next = reader->at + 1 < html.len ? html.ptr[reader->at + 1] : '\0';
    char then = reader->at + 2 < html.len ? html.ptr[reader->at + 2] : '\0';
    bool letter = (next | 0x20) >= 'a' && (next | 0x20) <= 'z';
    bool letter_then = (then | 0x20) >= 'a' && (then | 0x20) <= 'z';
    if (letter || (next == '/' && letter_then)) {
        read_element(reader, next == '/');
    } else if (str_starts(str_slice(html, reader->at, html.len), STR("<!--"))) {
        reader->at = comment_end(reader);
    } else if (next == '!' || next == '?' || next == '/') {
        reader->at = tag_end(html, reader->at);
    } else { /* "a < b" */
        if (!reader->hidden_depth)
            html_flow_text(&reader->flow, STR("<"));
        reader->at++;
    }
}

static void read_text(struct reader *reader)
{
    size_t end = reader->at;
    while (end < reader->html.len && reader->html.ptr[end] != '<' && reader->html.ptr[end] != '&')
        end++;
    if (!reader->hidden_depth)
        html_flow_text(&reader->flow, str_slice(reader->html, reader->at, end));
    reader->at = end;
}

static void read_reference(struct reader *reader)
{
    char decoded[REFERENCE_BYTES_MAX];
    size_t used, len = html_reference(str_slice(reader->html, reader->at, reader->html.len), &used, decoded);
    if (!reader->hidden_depth)
        html_flow_text(&reader->flow, len ? str_make(decoded, len) : STR("&"));
    reader->at += len ? used : 1;
}

int html_fragment_to_blocks(struct str html, struct text_blocks *blocks)
{
    struct reader reader = {.html = html, .no_end_from = SIZE_MAX};
    html_flow_init(&reader.flow, blocks);
    text_blocks_begin(blocks, BLOCK_PARAGRAPH, 0);
    while (reader.at < html.len) {
        if (html.ptr[reader.at] == '<') {
            read_markup(&reader);
            if (++reader.tags % TAGS_BETWEEN_CHECKS == 0 && budget_over())
                return ERR_DEADLINE;
        } else if (html.ptr[reader.at] == '&') {
            read_reference(&reader);
        } else {
            read_text(&reader);
        }
        if (blocks->failed)
            return -ENOMEM;
    }
    text_blocks_begin(blocks, BLOCK_PARAGRAPH, 0);
    blocks->strong = false;
    return blocks->failed ? -ENOMEM : 0;
}

bool html_looks_like_markup(struct str text)
{
    for (size_t i = 0; i + 1 < text.len; i++) {
        char next = text.ptr[i + 1];
        bool letter = (next | 0x20) >= 'a' && (next | 0x20) <= 'z';
        if ((text.ptr[i] == '<' && (letter || next == '/' || next == '!')) ||
            (text.ptr[i] == '&' && (letter || next == '#')))
            return true;
    }
    return false;
}

struct str html_line(struct arena *arena, struct str text)
{
    if (!html_looks_like_markup(text))
        return text_line(arena, text);
    struct text_blocks blocks;
    text_blocks_init(&blocks, arena);
    if (html_fragment_to_blocks(text, &blocks) < 0 || text_blocks_finish(&blocks) < 0)
        return STR_NONE;
    return blocks.text.ptr ? text_line(arena, blocks.text) : STR("");
}
