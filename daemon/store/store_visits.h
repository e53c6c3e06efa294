/* store_visits: the jobs about pages that are visited again: when each article's page is due, what the server
 * gave to ask for it with conditions, and what a finding needs to become a revision.
 *
 * A row begins with the first publication of an article whose page was wanted (store_finish with
 * VISIT_BEGIN), is read and planned anew by each visit, and ends with the plan, or with the article. */
#ifndef NEWSD_DAEMON_STORE_STORE_VISITS_H
#define NEWSD_DAEMON_STORE_STORE_VISITS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"
#include "daemon/store/store.h"
#include "feeds/poll/identity.h"

/* What a finished item or visit does to its article's row. */
enum visit_word {
    VISIT_NONE,  /* nothing */
    VISIT_BEGIN, /* the row is made */
    VISIT_READ,  /* the article's page was read again: by a visit, or for a revision of its feed */
    VISIT_PLAN,  /* nothing new; only when and how to ask next */
    VISIT_END,   /* the row goes */
};

struct store_visit {
    enum visit_word word;
    int64_t first_ms;         /* BEGIN: when the article was first published; visits count from then */
    int64_t due_ms;           /* of the next visit; READ: 0 = as planned before */
    uint16_t missed;          /* PLAN: visits in a row that found the page missing */
    uint64_t shown;           /* BEGIN, READ: hash of what the page said, 0 = it could not be read */
    struct str url;           /* BEGIN, READ: of the page */
    struct str etag, changed; /* ETag and Last-Modified of the page, absent = none */
    struct str payload;       /* BEGIN, READ: the item's intake payload */
};

/* Visits that are due, the longest first. Those of articles for which no feed speaks any more end here. */
struct store_due_visit {
    char article_id[ARTICLE_ID_BYTES];
    int64_t first_ms;
    struct str url, etag, changed;
    uint64_t shown;
    uint16_t attempts, missed;
};
struct store_due_visits {
    struct store_job base;
    int64_t now_ms;
    size_t limit;
    struct store_due_visit *rows; /* out */
    size_t row_count;
};
void store_submit_due_visits(struct store *store, struct store_due_visits *job);

/* A visit that found nothing to publish: VISIT_PLAN or VISIT_END. */
struct store_plan_visit {
    struct store_job base;
    const char *article_id;
    struct store_visit visit;
};
void store_submit_plan_visit(struct store *store, struct store_plan_visit *job);

#endif
