/* text: HTML to plain text and blocks.
 *
 *     struct text_blocks blocks;
 *     text_blocks_init(&blocks, arena);
 *     error = html_fragment_to_blocks(html, &blocks);       a feed's HTML, in one linear pass, without a tree
 *     error = text_blocks_finish(&blocks);
 *
 * A tree's walker drives the same rules with html_flow_enter() and html_flow_leave(). */
#ifndef NEWSD_PROCESSORS_HTML_TEXT_H
#define NEWSD_PROCESSORS_HTML_TEXT_H

#include "processors/html/tags.h"
#include "processors/text/text_blocks.h"

/* Which elements are open, as far as they decide what a block is. */
struct html_flow {
    struct text_blocks *blocks;
    unsigned quote, list, caption, pre, strong; /* depth of each */
    unsigned heading;                           /* level of the open heading, 0 = none */
    bool in_row;                                /* directly in a table row: its cells are one block */
    unsigned breaks;                            /* <br> in a row */
};

void html_flow_init(struct html_flow *flow, struct text_blocks *blocks);
void html_flow_enter(struct html_flow *flow, enum html_tag tag);
void html_flow_leave(struct html_flow *flow, enum html_tag tag);
void html_flow_text(struct html_flow *flow, struct str text);

/* Linear in the input whatever it holds. 0, -ENOMEM (sticks in blocks as well), ERR_DEADLINE. */
int html_fragment_to_blocks(struct str html, struct text_blocks *blocks);

/* True when the text holds a tag or a character reference: only then it can be HTML. */
bool html_looks_like_markup(struct str text);

/* HTML or plain text of one line (titles, names) as plain text; STR_NONE without memory. */
struct str html_line(struct arena *arena, struct str text);

#endif
