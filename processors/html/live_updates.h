/* live_updates: the entries of a live blog as JSON-LD lists them (LiveBlogPosting, liveBlogUpdate). Any
 * thread.
 *
 *     code = metadata_read_updates(arena, dom, &page, &updates);      // json_ld.c; 0 or -ENOMEM
 *     live_updates_write(&updates, &blocks);                          // a page without text of its own
 *     live_updates_time(arena, &updates, &blocks);                    // one with it: finished blocks get
 * times */
#ifndef NEWSD_PROCESSORS_HTML_LIVE_UPDATES_H
#define NEWSD_PROCESSORS_HTML_LIVE_UPDATES_H

#include "processors/text/text_blocks.h"

struct live_update {
    struct str headline, body; /* one line each; may be absent */
    struct str time;           /* RFC 3339, on the clock of the page where it has one */
};

struct live_updates {
    ARTICLE_LIST(struct live_update) list; /* in the page's order */
};

/* Adds each update as a heading and a paragraph with its time. */
void live_updates_write(const struct live_updates *updates, struct text_blocks *blocks);

/* Gives the blocks of at least two updates that stand in the text their times: an update begins where its
 * headline stands, or a block that begins as its body, and goes on to the next one; the last is one body
 * long. Does nothing where a block has a time already. */
void live_updates_time(struct arena *arena, const struct live_updates *updates, struct text_blocks *blocks);

#endif
