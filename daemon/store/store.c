/* store: the thread and the group commit. Opening is in open.c, statements are in connection.c, jobs' own SQL
 * is in the other files of this folder. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/container_of.h"
#include "daemon/store/store_private.h"

enum {
    GROUP_JOBS_MAX = 1000,
    GROUP_MS_MAX = 500, /* what is left of a group then waits for the next one */
    FULL_RETRY_MS = 1000,
};

/* ---- The group commit ---- */

static void counts_apply(struct store *store)
{
    atomic_fetch_add(&store->feeds, store->pending.feeds);
    atomic_fetch_add(&store->seen, store->pending.seen);
    atomic_fetch_add(&store->intake, store->pending.intake);
    atomic_fetch_add(&store->outbox, store->pending.outbox);
    atomic_fetch_add(&store->outbox_bytes, store->pending.outbox_bytes);
    atomic_fetch_add(&store->articles, store->pending.articles);
    atomic_fetch_add(&store->visits, store->pending.visits);
    atomic_store(&store->bytes, store_number(store, "PRAGMA page_count") * STORE_PAGE_BYTES);
    atomic_fetch_add(&store->commits, 1);
    atomic_store(&store->progress_ms, clock_monotonic_ms());
}

static void reset_statements(struct store *store)
{
    for (size_t i = 0; i < STATEMENT_COUNT; i++)
        if (store->statements[i])
            sqlite3_reset(store->statements[i]);
}

/* One job inside its savepoint: a fault of its own undoes it alone. ERR_STORE_FULL undoes the whole group. */
static int run_job(struct store *store, struct store_job *job)
{
    assert(job->run);
    __typeof__(store->pending) before = store->pending;
    int error = store_execute(store, "SAVEPOINT job");
    if (error)
        return error;
    job->unfinished = false;
    job->error = job->run(job, store);
    job->unfinished = job->unfinished && !job->error;
    reset_statements(store);
    atomic_store(&store->progress_ms, clock_monotonic_ms());
    if (job->error == ERR_STORE_FULL)
        return ERR_STORE_FULL;
    if (!job->error)
        return store_execute(store, "RELEASE job");
    store->pending = before;
    error = store_execute(store, "ROLLBACK TO job");
    return error ? error : store_execute(store, "RELEASE job");
}

/* Back to the front of the queue. */
static void give_back(struct store *store, struct store_job *group)
{
    assert(group);
    struct store_job **last = &group;
    while (*last)
        last = &(*last)->next;
    pthread_mutex_lock(&store->lock);
    assert(*store->last == NULL);
    if (!store->first)
        store->last = last;
    *last = store->first;
    store->first = group;
    pthread_mutex_unlock(&store->lock);
}

/* Runs the list in one transaction, as far as time allows: the jobs behind are cut off and go back. 0,
 * ERR_STORE_FULL, or ERR_STORE: then nothing of it has happened. */
static int run_group(struct store *store, struct store_job *first)
{
    /* A transaction begun within another would be committed with it. */
    assert(first && sqlite3_get_autocommit(store->db));
    int64_t until = clock_monotonic_ms() + GROUP_MS_MAX;
    store->pending = (__typeof__(store->pending)){0};
    int error = store_execute(store, "BEGIN IMMEDIATE");
    for (struct store_job *job = first; job && !error; job = job->next) {
        error = run_job(store, job);
        if (job->next && clock_monotonic_ms() > until) {
            give_back(store, job->next);
            job->next = NULL;
        }
    }
    if (!error)
        error = store_execute(store, "COMMIT");
    if (error) {
        /* After a full disk SQLite may have rolled back by itself. */
        if (!sqlite3_get_autocommit(store->db))
            may_fail(store_execute(store, "ROLLBACK")); /* the next BEGIN tells of it */
        return error;
    }
    counts_apply(store);
    for (struct store_job *job = first; job; job = job->next)
        if (job->unfinished) {
            assert(job->kept); /* or the next part would begin where this one did, for ever */
            job->kept(job);
        }
    return 0;
}

static void deliver(struct mail *mail)
{
    struct store_job *job = container_of(mail, struct store_job, mail);
    assert(job->submitted);
    job->submitted = false; /* done() may submit it again */
    job->done(job, job->error);
}

/* The rest of a long job waits behind what came meanwhile. False at the end: what it did is kept, and the
 * rest is done when its feed is polled again. */
static bool go_on(struct store *store, struct store_job *job)
{
    pthread_mutex_lock(&store->lock);
    bool waits = !store->ending;
    if (waits) {
        assert(job->submitted && *store->last == NULL);
        job->next = NULL;
        *store->last = job;
        store->last = &job->next;
    }
    pthread_mutex_unlock(&store->lock);
    return waits;
}

static void post_group(struct store *store, struct store_job *first, int error)
{
    while (first) {
        struct store_job *next = first->next;
        if (!error && first->unfinished) {
            if (go_on(store, first)) {
                first = next;
                continue;
            }
            first->error = ERR_SHUTDOWN;
        }
        if (error)
            first->error = error;
        first->mail.deliver = deliver;
        assert(atomic_load(&store->queued) > 0);
        atomic_fetch_sub(&store->queued, 1);
        mailbox_post(store->mailbox, &first->mail);
        first = next;
    }
}

/* Takes up to a group's worth of jobs; under a full disk only those that free space, if there are any. Lock
 * held. */
static struct store_job *take_group(struct store *store, bool freeing_only)
{
    struct store_job *group = NULL, **group_last = &group, **at = &store->first;
    for (size_t count = 0; *at && count < GROUP_JOBS_MAX;) {
        struct store_job *job = *at;
        if (freeing_only && job->urgency != STORE_FREES_SPACE) {
            at = &job->next;
            continue;
        }
        *at = job->next;
        job->next = NULL;
        *group_last = job;
        group_last = &job->next;
        count++;
    }
    store->last = &store->first;
    while (*store->last)
        store->last = &(*store->last)->next;
    return group;
}

static void pause_thread(struct store *store)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += FULL_RETRY_MS % 1000 * 1000000L;
    until.tv_sec += FULL_RETRY_MS / 1000;
    pthread_mutex_lock(&store->lock);
    if (!store->ending)
        pthread_cond_timedwait(&store->wake, &store->lock, &until);
    pthread_mutex_unlock(&store->lock);
    atomic_store(&store->progress_ms, clock_monotonic_ms()); /* waiting for space is no hang */
}

/* The disk is full: what frees space goes through, with the ballast's help if need be, then all waits a
 * while. */
static void handle_full(struct store *store)
{
    atomic_store(&store->full, true);
    pthread_mutex_lock(&store->lock);
    struct store_job *freeing = take_group(store, true);
    pthread_mutex_unlock(&store->lock);
    int error = freeing ? run_group(store, freeing) : 0;
    if (error == ERR_STORE_FULL && store_ballast_give_up(store))
        error = run_group(store, freeing);
    if (freeing && !error)
        post_group(store, freeing, 0);
    else if (freeing)
        give_back(store, freeing);
    /* An empty journal gives its space back; if there is none to empty it, the next turn tries again. */
    (void)sqlite3_wal_checkpoint_v2(store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
    pause_thread(store);
}

/* The ballast's space is for rows that leave, and for the journal of what needs no more than the room inside
 * the database that they left. Nothing else may run before it is back, with as much again beside it. */
static bool must_wait(struct store *store)
{
    struct statvfs disk;
    if (!store->ballast_given_up)
        return false;
    if (statvfs(store->directory, &disk) == 0 &&
        disk.f_bavail * disk.f_frsize >= 2 * (uint64_t)STORE_BALLAST_BYTES && store_ballast_keep(store))
        return false;
    return store_number(store, "PRAGMA freelist_count") * STORE_PAGE_BYTES < STORE_BALLAST_BYTES;
}

static void *store_main(void *context)
{
    struct store *store = context;
    assert(store->magic == STORE_MAGIC);
    store->user = pthread_self();
    for (;;) {
        pthread_mutex_lock(&store->lock);
        while (!store->first && !store->ending)
            pthread_cond_wait(&store->wake, &store->lock);
        struct store_job *group = take_group(store, false);
        bool ending = store->ending;
        pthread_mutex_unlock(&store->lock);
        if (!group) {
            assert(ending && atomic_load(&store->queued) == 0);
            return NULL;
        }
        int error = must_wait(store) ? ERR_STORE_FULL : run_group(store, group);
        if (error == ERR_STORE_FULL && !ending) {
            give_back(store, group);
            handle_full(store);
            continue;
        }
        if (!error)
            atomic_store(&store->full, false);
        post_group(store, group, error == ERR_STORE_FULL ? ERR_SHUTDOWN : error);
    }
}

int store_start(struct store *store, struct mailbox *mailbox, struct error *error)
{
    assert(!store->started);
    store->mailbox = mailbox;
    int failure = pthread_create(&store->thread, NULL, store_main, store);
    if (failure)
        return error_set(error, -failure, "cannot start the store's thread: %s", strerror(failure));
    store->started = true;
    return 0;
}

void store_close(struct store **ret_store)
{
    struct store *store = *ret_store;
    if (!store)
        return;
    assert(store->magic == STORE_MAGIC);
    if (store->started) {
        pthread_mutex_lock(&store->lock);
        store->ending = true;
        pthread_cond_broadcast(&store->wake);
        pthread_mutex_unlock(&store->lock);
        pthread_join(store->thread, NULL);
        store->user = pthread_self();
        assert(!store->first); /* every job has had its done, or has it in the mailbox */
    }
    if (store->db) {
        /* On a full disk the flag stays at unclean, and the next start reconciles: that is right. */
        may_fail(store_execute(store, "UPDATE run SET clean = 1"));
        store_disconnect(store);
    }
    working_close(&store->working);
    if (store->lock_fd >= 0)
        close(store->lock_fd);
    pthread_cond_destroy(&store->wake);
    pthread_mutex_destroy(&store->lock);
    free(store->directory);
    store->magic = 0;
    free(store);
    *ret_store = NULL;
}

/* ---- Submitting ---- */

void store_submit(struct store *store, struct store_job *job,
                  int (*run)(struct store_job *job, struct store *store), enum store_urgency urgency)
{
    assert(run && !job->submitted);
    job->run = run;
    job->urgency = urgency;
    job->error = 0;
    job->next = NULL;
    if (!store->started)
        return; /* store_run_now() runs it */
    assert(job->done);
    job->submitted = true;
    atomic_fetch_add(&store->queued, 1);
    pthread_mutex_lock(&store->lock);
    assert(!store->ending && *store->last == NULL);
    *store->last = job;
    store->last = &job->next;
    pthread_cond_signal(&store->wake);
    pthread_mutex_unlock(&store->lock);
}

int store_run_now(struct store *store, struct store_job *job)
{
    assert(!store->started && job->run);
    int error;
    do {
        job->next = NULL;
        error = run_group(store, job);
    } while (!error && job->unfinished);
    return error ? error : job->error;
}

void store_get_counts(const struct store *store, struct store_counts *ret_counts)
{
    *ret_counts = (struct store_counts){
        .feeds = atomic_load(&store->feeds),
        .seen = atomic_load(&store->seen),
        .intake = atomic_load(&store->intake),
        .outbox = atomic_load(&store->outbox),
        .outbox_bytes = atomic_load(&store->outbox_bytes),
        .articles = atomic_load(&store->articles),
        .visits = atomic_load(&store->visits),
        .database_bytes = atomic_load(&store->bytes),
        .jobs_queued = atomic_load(&store->queued),
        .commits = atomic_load(&store->commits),
        .full = atomic_load(&store->full),
        .progress_ms = atomic_load(&store->progress_ms),
    };
}

struct working *store_working(struct store *store)
{
    return store->working;
}
