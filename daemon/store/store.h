/* store: newsd's state in SQLite: feeds, seen entries, intake, outbox, article memory.
 *
 * One thread owns the one connection. Work comes as jobs, which the thread runs in groups, one
 * transaction a group (group commit, synchronous FULL). Every job has a `done` that runs on the loop thread
 * after its group is durable, never before:
 *
 *     struct store_poll *job = ...; job->base.done = on_stored; fill in; store_submit(store, &job->base);
 *
 * A job and everything it points to belong to the store from submit until done. Outputs are allocated in
 * job->arena, which the submitter makes and destroys.
 *
 * Full disk: a group that fails for want of space is rolled back and tried again every second until it
 * passes; jobs that free space (reading the outbox, delivered, expire) go first; the counts say `full`
 * meanwhile, and whoever makes new work stops. When there is not even space for rows to leave, the ballast
 * file is given up for them, and nothing else runs before it is back. `done` with an error happens only on
 * ERR_SHUTDOWN and on real database faults. */
#ifndef NEWSD_DAEMON_STORE_STORE_H
#define NEWSD_DAEMON_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/error.h"
#include "base/must_use.h"
#include "daemon/process/mailbox.h"
#include "daemon/store/working.h"
#include "feeds/poll/feed_state.h"
#include "feeds/poll/identity.h"
#include "feeds/poll/subscription.h"
#include "processors/article.h"
#include "processors/record/record.h"

struct store;

/* 2: the feeds' rhythm; 3: WebSub subscriptions; 4: marks found by index, feeds that stopped newsd. */
enum { STORE_SCHEMA_VERSION = 5 };

struct store_options {
    const char *directory;     /* holds newsd.db, lock, ballast */
    int64_t bytes_max;         /* size limit of the database, default 8 GiB */
    int32_t seen_keep_days;    /* after an entry was last in its feed, default 60 */
    int32_t article_keep_days; /* text kept to tell revisions, default 7 */
    bool synchronous;          /* FULL; tests may switch it off */
};

/* Opens or creates the database and takes the lock. Errors: ERR_STORE_LOCKED (error->text names the holder's
 * pid), ERR_STORE_VERSION, ERR_STORE, -errno. After an unclean stop it checks the database first.
 * *ret_unclean says whether the last run did not end with store_close(). */
_must_use_ int store_open(struct store **ret_store, const struct store_options *options, bool *ret_unclean,
                          struct error *error);

/* Queue lengths and sizes, readable from any thread. */
struct store_counts {
    int64_t feeds, seen, intake, outbox, outbox_bytes, articles, database_bytes, jobs_queued, commits;
    bool full;
    int64_t progress_ms; /* monotonic time of the last finished group or idle turn: for the watchdog */
};

/* Looks at the state without changing it (`newsd check`): 0 and the counts, or the errors of store_open();
 * also -ENOENT when there is no database yet, which is no fault. Sets up nothing, and an unclean stop stays
 * one. */
_must_use_ int store_inspect(const char *directory, struct store_counts *ret_counts, bool *ret_unclean,
                             struct error *error);

/* Before store_start(), on the calling thread: every feed, in order of rowid. The visitor copies what it
 * keeps. */
_must_use_ int store_load_feeds(struct store *store,
                                void (*visit)(void *context, const struct feed_state *state), void *context,
                                struct error *error);

/* Before store_start(): highest acknowledged offset of each topic and partition. */
_must_use_ int store_load_offsets(struct store *store,
                                  void (*visit)(void *context, const char *topic, int32_t partition,
                                                int64_t offset),
                                  void *context, struct error *error);

/* Before store_start(): every WebSub subscription; those of feeds that were removed have no feed. The visitor
 * copies what it keeps. */
_must_use_ int store_load_subscriptions(struct store *store,
                                        void (*visit)(void *context,
                                                      const struct websub_subscription *subscription),
                                        void *context, struct error *error);

/* Starts the thread; `mailbox` delivers the dones. */
_must_use_ int store_start(struct store *store, struct mailbox *mailbox, struct error *error);

/* Runs what is queued, stops the thread, marks the stop clean, closes. Jobs that cannot be run any more (full
 * disk) get ERR_SHUTDOWN. The mailbox must still exist. Sets *store NULL. */
void store_close(struct store **store);

enum store_urgency {
    STORE_NORMAL,
    STORE_FREES_SPACE, /* or leads to it: goes first, also when the disk is full */
};

struct store_job {
    struct mail mail; /* owned by the store while submitted, as is `next` */
    struct store_job *next;
    void (*done)(struct store_job *job, int error);
    int (*run)(struct store_job *job, struct store *store); /* set by the typed functions below */
    /* A long job is run in parts, each in a transaction of its own, other jobs between: run sets
     * `unfinished`; `kept` is called on the store's thread when a part is durable. A part that is rolled back
     * is run again. */
    void (*kept)(struct store_job *job);
    bool unfinished;
    enum store_urgency urgency;
    int error;
    struct arena *arena; /* for outputs; may be NULL for jobs without */
    void *context;       /* the submitter's */
};

/* Any thread. */
void store_get_counts(const struct store *store, struct store_counts *ret_counts);

/* Where a worker marks the feed whose document it is at (the store marks its own work). When the process dies
 * meanwhile, the feed's state has one more in `stopped` at the next start. */
struct working *store_working(struct store *store);

/* ---- Feeds ------------------------------------------------------------------------------------------------
 */

/* Adds feeds (rowid 0 becomes the new number) and removes others, with all that belongs to the removed. */
struct store_feeds {
    struct store_job base;
    struct feed_state **add;
    size_t add_count;
    const int64_t *remove;
    size_t remove_count;
    const struct record *records; /* news.feeds records about the removed, in the same transaction */
    size_t record_count;
};
void store_submit_feeds(struct store *store, struct store_feeds *job);

/* Writes the states of feeds whose poll brought no document (304, failures): one row each. */
struct store_states {
    struct store_job base;
    const struct feed_state *states; /* copies, owned by the submitter */
    size_t count;
    const struct record *records; /* news.feeds records to send with them, in the same transaction */
    size_t record_count;
};
void store_submit_states(struct store *store, struct store_states *job);

/* Writes one WebSub subscription, or removes it. Its strings are the submitter's. */
struct store_subscription {
    struct store_job base;
    struct websub_subscription subscription;
    bool remove;
};
void store_submit_subscription(struct store *store, struct store_subscription *job);

/* ---- A poll with a document ---- */

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

/* ---- Intake ---- */

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

/* Reads one item to be processed and counts the attempt, durably, before it is handed over (poison rule). */
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

/* An item is finished: outbox rows in, intake row out, article memory written, all in one transaction. */
struct store_finish {
    struct store_job base;
    int64_t rowid;
    const struct record *records; /* a reject is a record too */
    size_t record_count;
    bool rejected;                      /* keeps no article memory */
    struct str article_id, title, text; /* to be remembered */
    struct str derived;                 /* too */
    uint64_t fingerprint;
    uint32_t revision;
    int64_t created_ms; /* when the item was fetched: for the delay percentiles; 0 = now_ms */
    int64_t now_ms;
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

/* ---- Outbox ---- */

/* Records that are ready as they are (tests, status records without a state). */
struct store_append {
    struct store_job base;
    const struct record *records;
    size_t record_count;
    int64_t now_ms;
};
void store_submit_append(struct store *store, struct store_append *job);

struct store_outgoing {
    int64_t rowid;
    enum record_topic topic;
    int64_t created_ms; /* when the item was fetched: for the delay percentiles */
    char id[RECORD_ID_BYTES];
    struct str key, headers /* JSON, record_headers_decode */, value;
};
/* Rows with rowid > after in order, up to both limits (at least one row). */
struct store_read_outbox {
    struct store_job base;
    int64_t after;
    size_t rows_max, bytes_max;
    struct store_outgoing *rows; /* out */
    size_t row_count;
};
void store_submit_read_outbox(struct store *store, struct store_read_outbox *job);

struct store_offset {
    const char *topic;
    int32_t partition;
    int64_t offset;
};
/* Delivered rows leave; offsets are remembered (highest wins). `rejects` take the place of rows that Kafka
 * refused for good (too large ...): written in the same transaction. */
struct store_delivered {
    struct store_job base;
    const int64_t *rowids;
    size_t count;
    const struct store_offset *offsets;
    size_t offset_count;
    const struct record *rejects;
    size_t reject_count;
    int64_t now_ms;
};
void store_submit_delivered(struct store *store, struct store_delivered *job);

/* Reconciliation: rows with these ce_ids are on Kafka already; they leave, offsets are remembered.
 * removed: out. */
struct store_reconcile {
    struct store_job base;
    const char (*ids)[RECORD_ID_BYTES];
    size_t count;
    const struct store_offset *offsets;
    size_t offset_count;
    size_t removed;
};
void store_submit_reconcile(struct store *store, struct store_reconcile *job);

/* ---- Housekeeping ---- */

/* Forgets seen entries and article memory that are past their time, in bounded slices: up to feeds_max feeds,
 * and up to rows_max articles once all feeds are through. `more`: call again with after_feed = next_feed. */
struct store_expire {
    struct store_job base;
    int64_t now_ms;
    int64_t after_feed; /* 0 begins */
    size_t feeds_max, rows_max;
    int64_t next_feed; /* out */
    size_t removed;    /* out */
    bool more;         /* out */
};
void store_submit_expire(struct store *store, struct store_expire *job);

/* Runs a job on the calling thread, for command-line tools and tests that have no loop and did not call
 * store_start(): e.g. store_run_now(store, &job->base, submit) . Returns the job's error. */
_must_use_ int store_run_now(struct store *store, struct store_job *job);

#endif
