/* store_intake: the jobs about items on their way through the stages: waiting, taken, finished, put back. */
#ifndef NEWSD_DAEMON_STORE_STORE_INTAKE_H
#define NEWSD_DAEMON_STORE_STORE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/must_use.h"
#include "daemon/store/store.h"
#include "daemon/store/store_visits.h"
#include "feeds/poll/identity.h"
#include "processors/article.h"

struct record;

/* What waits for processing, without payloads: rows with rowid > after, in order. Does not mark them. */
struct store_waiting {
    int64_t rowid, feed_rowid, created_ms;
    char article_id[ARTICLE_ID_BYTES];
    struct str url; /* of the page to fetch, absent when none is wanted */
    uint16_t attempts;
};
struct store_list_waiting {
    struct store_job base;
    int64_t after;
    size_t limit;
    struct store_waiting *rows; /* out */
    size_t row_count;
};
void store_submit_list_waiting(struct store *store, struct store_list_waiting *job);

/* Reads one item to be processed and counts the attempt, durably, before it is handed over (poison rule). An
 * article whose page was visited again has rowid 0, article_id, kind and created_ms set: it is read from the
 * visits. */
struct store_take {
    struct store_job base;
    int64_t rowid;
    bool found;        /* out */
    uint16_t attempts; /* out: this one included */
    char article_id[ARTICLE_ID_BYTES];
    uint32_t revision;
    enum article_kind kind;
    bool backfill;
    int64_t first_created_ms, created_ms, published_ms;
    struct str payload;
    struct article_sighting *seen_in;
    size_t seen_in_count;
    struct str previous_title, previous_text;
    struct str derived; /* derived_list() of the revision before */
};
void store_submit_take(struct store *store, struct store_take *job);

/* An item is finished: outbox rows in, intake row out, article memory written, all in one transaction. Of a
 * visit (rowid 0) there is no intake row, but the article must still be at the revision before. */
struct store_finish {
    struct store_job base;
    int64_t rowid;
    const struct record *records; /* a reject is a record too */
    size_t record_count;
    bool rejected;                      /* keeps no article memory */
    struct str article_id, title, text; /* to be remembered */
    struct str derived;                 /* too */
    uint64_t fingerprint;
    struct str story; /* id of its story's first article; absent = it is of none */
    uint32_t revision;
    int64_t created_ms; /* when the item was fetched: for the delay percentiles; 0 = now_ms */
    int64_t now_ms;
    struct store_visit visit;
    bool overtaken; /* out: a revision of the feed came before the visit's; nothing was kept of it */
};
void store_submit_finish(struct store *store, struct store_finish *job);

/* Puts rejected items back into the intake (`newsd retry`). */
struct store_retry {
    struct store_job base;
    struct str *payloads; /* intake payloads */
    struct str *article_ids;
    uint32_t *revisions;
    enum article_kind *kinds;
    size_t count;
    int64_t now_ms;
};
void store_submit_retry(struct store *store, struct store_retry *job);

/* Before store_start(): the remembered articles with a fingerprint, the oldest first, at most so many of the
 * newest. `story` is "" for an article of none. The visitor copies what it keeps. */
_must_use_ int store_load_fingerprints(struct store *store, size_t most,
                                       void (*visit)(void *context, const char *article, const char *story,
                                                     uint64_t fingerprint),
                                       void *context, struct error *error);

#endif
