/* live_times: when the entries of a live blog were written, as the time elements at their heads say. Pure;
 * any thread; linear but for the depth of the tree.
 *
 *     struct live_times times;
 *     code = live_times_read(arena, dom, &page, chosen, &times);      // 0 or -ENOMEM
 *     ... live_times_find(&times, node) ...                           // of each chosen block
 *
 * Entries look alike: their time elements stand in elements of the same tag and class, in parents of the
 * same. Of a page whose text is not for the greater part such entries, two at least, nothing is told. */
#ifndef NEWSD_PROCESSORS_HTML_LIVE_TIMES_H
#define NEWSD_PROCESSORS_HTML_LIVE_TIMES_H

#include "processors/html/page_blocks.h"

struct live_entry {
    uint32_t first, end; /* nodes, without what belongs to the next one */
    uint32_t time;       /* the time element, up to time_end */
    uint32_t time_end;
    struct str value; /* RFC 3339, on the clock of the page where it has one */
};

struct live_times {
    struct live_entry *entries; /* in the page's order */
    size_t count;
};

/* `chosen`: for each block of the page, whether it is of the text. All lies in the arena. 0 or -ENOMEM. */
int live_times_read(struct arena *arena, const struct dom *dom, const struct page_blocks *page,
                    const bool *chosen, struct live_times *ret_times);

/* The entry that the node is in; NULL = none. */
const struct live_entry *live_times_find(const struct live_times *times, uint32_t node);

#endif
