/* store: newsd's state in SQLite: feeds, seen entries, intake, outbox, article memory.
 *
 * One thread owns the one connection. Work comes as jobs, which the thread runs in groups, one
 * transaction a group (group commit, synchronous FULL). Every job has a `done` that runs on the loop thread
 * after its group is durable, never before:
 *
 *     struct store_take *job = ...; job->base.done = on_taken; fill in; store_submit_take(store, job);
 *
 * The jobs stand in the headers of their kind: store_feeds, store_websub, store_poll, store_intake,
 * store_outbox, store_expire.
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

#include "base/error.h"
#include "base/must_use.h"
#include "daemon/process/mailbox.h"
#include "daemon/store/working.h"

struct arena;
struct store;

/* 2: the feeds' rhythm; 3: WebSub subscriptions; 4: marks found by index, feeds that stopped newsd;
 * 5: derived records; 6: stories; 7: pages that are visited again. */
enum { STORE_SCHEMA_VERSION = 7 };

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
    int64_t feeds, seen, intake, outbox, outbox_bytes, articles, visits, database_bytes, jobs_queued, commits;
    bool full;
    int64_t progress_ms; /* monotonic time of the last finished group or idle turn: for the watchdog */
};

/* Looks at the state without changing it (`newsd check`): 0 and the counts, or the errors of store_open();
 * also -ENOENT when there is no database yet, which is no fault. Sets up nothing, and an unclean stop stays
 * one. */
_must_use_ int store_inspect(const char *directory, struct store_counts *ret_counts, bool *ret_unclean,
                             struct error *error);

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
    bool submitted; /* the store has it: it may not be submitted again before its done */
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

/* Runs a job on the calling thread, for command-line tools and tests that have no loop and did not call
 * store_start(): e.g. store_run_now(store, &job->base, submit) . Returns the job's error. */
_must_use_ int store_run_now(struct store *store, struct store_job *job);

#endif
