/* desk_backlog: which feeds' articles wait for their pages, for people who ask why they do not come. */
#include <stdlib.h>

#include "daemon/articles/article_desk_private.h"

struct feed_count {
    int64_t feed_rowid;
    size_t waiting;
    UT_hash_handle by_feed;
};

static bool waits_for_page(const struct item *item)
{
    const struct page_fetch *page = &item->page;
    return page->url && !item->visit && !page->error && !page->body && !page->status;
}

static void count(struct feed_count **counts, int64_t feed_rowid)
{
    struct feed_count *found;
    HASH_FIND(by_feed, *counts, &feed_rowid, sizeof(feed_rowid), found);
    if (!found) {
        found = calloc(1, sizeof(*found));
        if (!found)
            return; /* told too low, for want of memory */
        found->feed_rowid = feed_rowid;
        HASH_ADD(by_feed, *counts, feed_rowid, sizeof(feed_rowid), found);
        if (!TABLE_HAS(by_feed, found)) {
            free(found);
            return;
        }
    }
    found->waiting++;
}

static int by_waiting(const struct feed_count *a, const struct feed_count *b)
{
    if (a->waiting != b->waiting)
        return a->waiting > b->waiting ? -1 : 1;
    return (a->feed_rowid > b->feed_rowid) - (a->feed_rowid < b->feed_rowid);
}

size_t article_desk_backlog(const struct article_desk *desk, struct desk_backlog *ret_rows, size_t most)
{
    struct feed_count *counts = NULL, *feed, *after;
    size_t rows = 0;
    for (const struct item *first = desk->articles; first; first = first->by_article.next) {
        if (waits_for_page(first))
            count(&counts, first->feed_rowid);
        for (const struct item *item = first->followers; item; item = item->next)
            if (waits_for_page(item))
                count(&counts, item->feed_rowid);
    }
    HASH_SRT(by_feed, counts, by_waiting);
    HASH_ITER(by_feed, counts, feed, after)
    {
        if (rows < most)
            ret_rows[rows++] = (struct desk_backlog){feed->feed_rowid, feed->waiting};
        HASH_DELETE(by_feed, counts, feed);
        free(feed);
    }
    return rows;
}
