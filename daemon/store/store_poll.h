/* store_poll: the job of a poll that brought a document: identity, intake rows and the feed's new state. */
#ifndef NEWSD_DAEMON_STORE_STORE_POLL_H
#define NEWSD_DAEMON_STORE_STORE_POLL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "daemon/store/store.h"
#include "feeds/poll/feed_state.h"
#include "feeds/poll/identity.h"

struct record;

/* One item of a poll: what identity needs, and what the intake keeps. */
struct store_item {
    struct entry_candidate candidate; /* candidate.entry is not used here */
    struct str payload;               /* intake payload, JSON */
    enum entry_verdict verdict;       /* out */
    bool taken;                       /* out: an intake row was written */
    bool sighted;                     /* out: another feed had the article already; a sighting was written */
};

/* seen = known + fresh; fresh = taken + skipped + sighted */
struct store_poll_counts {
    uint32_t known, fresh, revised, sighted, withdrawn, skipped, renamed, taken;
    uint32_t braked; /* of the revised and of the skipped: texts that swing between two states */
};

/* Identity of every item, seen-marks, sightings and intake rows, oldest item first; then, with the last of
 * them in one transaction, the feed's new state and the records about it. Long documents are taken in parts:
 * what a kill leaves behind is a feed whose first entries are known and whose validators are the old ones.
 * `settle` runs on the store's thread after identity and before the state is written; it turns the counts
 * into job->state (poll_settle) and may set records in job->arena. It must be pure: a group may run twice. */
struct store_poll {
    struct store_job base;
    struct feed_state state_before; /* copy, owned by the submitter */
    struct feed_state state;        /* out, by settle; owned by the submitter */
    struct store_item *items;
    size_t item_count;
    bool complete;  /* fh:complete: what is absent was withdrawn */
    bool truncated; /* absence means nothing */
    bool backfill;  /* first document of this feed */
    enum backfill_policy backfill_policy;
    int64_t backfill_value; /* NEWEST: how many; SINCE: wall-clock ms */
    enum page_policy page_policy;
    int64_t now_ms;
    int (*settle)(struct store_poll *job);
    struct record *records; /* out, by settle: news.feeds records */
    size_t record_count;
    struct store_poll_counts counts; /* out */
    /* The store's own */
    struct store_poll_plan *plan;
    struct store_poll_part {
        size_t items_left;
        struct store_poll_counts counts;
    } durable, reached;
};
void store_submit_poll(struct store *store, struct store_poll *job);

#endif
