/* follow: which other documents belong to one that was read: older pages of a feed (RFC 5005), and the
 * sitemaps of a sitemap index. Pure. */
#ifndef NEWSD_FEEDS_POLL_FOLLOW_H
#define NEWSD_FEEDS_POLL_FOLLOW_H

#include "base/arena.h"
#include "feeds/parse/document.h"

enum {
    FOLLOW_PAGES_MAX = 10,    /* older pages after one gap */
    FOLLOW_SITEMAPS_MAX = 20, /* of one index and one poll */
};

/* Where the entries before this document's are: its archive (RFC 5005, section 4), else the next page
 * (section 3); absent when it names none. A new address: it is not `url`, where the document itself came
 * from. */
struct str follow_older(const struct feed_document *document, struct str url);

struct follow_urls {
    struct str items[FOLLOW_SITEMAPS_MAX];
    size_t count;
};

/* The sitemaps of an index that may have changed since then, newest first: their lastmod is later (or an hour
 * earlier at most: clocks differ), or not stated. At the first look (since_ms 0) those of the last two days,
 * which is what a news sitemap shows. Only those on the index's own site: others are advertising
 * (sitemaps.org, "Location"). 0 or -ENOMEM. */
int follow_sitemaps(struct arena *arena, const struct feed_document *index, struct str url, int64_t since_ms,
                    int64_t now_ms, struct follow_urls *ret_urls);

#endif
