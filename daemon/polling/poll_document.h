/* poll_document: the worker's part of a poll: from a body to items with identity and intake payload. Pure but
 * for the arena; any thread. */
#ifndef NEWSD_DAEMON_POLLING_POLL_DOCUMENT_H
#define NEWSD_DAEMON_POLLING_POLL_DOCUMENT_H

#include "base/arena.h"
#include "daemon/store/store.h"
#include "daemon/store/store_poll.h"
#include "feeds/parse/document.h"
#include "feeds/poll/follow.h"
#include "feeds/poll/poll_rules.h"
#include "feeds/poll/subscription.h"

struct poll_document {
    /* In */
    struct str body;
    const struct http_answer *answer;
    const char *feed_url; /* identity */
    const char *poll_url;
    size_t entries_max;
    int64_t now_ms;
    int64_t since_ms; /* of the last success, 0 = none: sitemaps of an index that have not changed are not
                         asked */
    bool want_links;
    /* Out, in the arena */
    struct poll_findings findings; /* parse_error, truncated, dates and hints; counts are the store's */
    struct store_item *items;
    size_t item_count;
    bool complete;
    bool limit_hit;
    struct str older;            /* the document's older page, absent = none */
    struct follow_urls sitemaps; /* of an index, which has no entries of its own */
    struct websub_links links;   /* when wanted: who distributes the feed */
    char words[256];             /* the parser's own words on an error */
};

/* Parses the body and prepares its items. 0 (look at findings.parse_error), or -ENOMEM. */
int poll_document_read(struct arena *arena, struct poll_document *document);

#endif
