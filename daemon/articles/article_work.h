/* article_work: the worker's part of an item, in two: payload and page through the stages, then records out.
 * Between them the desk decides what only it knows: of which story the article is. Pure but for its arena;
 * any thread. */
#ifndef NEWSD_DAEMON_ARTICLES_ARTICLE_WORK_H
#define NEWSD_DAEMON_ARTICLES_ARTICLE_WORK_H

#include "base/arena.h"
#include "daemon/store/store.h"
#include "daemon/store/store_intake.h"
#include "processors/pipeline.h"

struct article_work {
    /* In */
    const struct pipeline *pipeline;
    const struct store_take *take;
    uint16_t attempts_max;
    struct str page; /* bytes as received, absent = none */
    struct str page_content_type;
    struct str page_url, page_error, page_headers;
    int page_status;
    int64_t fetched_ms; /* of a page that was visited again, else 0 */
    const struct site_rules *site_rules;
    /* Out of the stages, in the arena; NULL when it was rejected */
    struct article *article;
    uint64_t fingerprint; /* of its text, 0 = none */
    uint64_t shown;       /* hash of what its page says, 0 = its text is not from the page */
    /* In between: set what is known of its story in *article */
    /* Out, in the arena */
    struct record *records;
    size_t record_count;
    bool rejected;
    const char *reject_reason; /* short stable name */
    struct str reject_text;
    struct str title, text; /* to be remembered for the next revision */
    struct str derived;     /* which records it brought besides, too */
    size_t stage_failures;
    bool site_rule_missed;
    int64_t time_us;
};

/* Through the stages. 0, or -ENOMEM when the arena has no room even for a reject. */
int article_work_read(struct arena *arena, struct article_work *work);
/* The records of an article that was read. Errors as above. */
int article_work_write(struct arena *arena, struct article_work *work);
/* After that: the reject, made in an arena that is not used up. 0 or -ENOMEM: the item stays in the intake.
 */
int article_work_give_up(struct arena *spare, struct article_work *work);

#endif
