/* workers: a fixed pool of threads for parsing and stages.
 *
 *     work->run = parse; work->mail.deliver = parsed;
 *     workers_submit(workers, work);      run() on some worker, then deliver() on the loop thread
 *
 * Work is embedded in the job itself: submitting never allocates. Loop thread submits; the submitter bounds
 * how much it has under way (workers_queued()). Short work goes before long, so that a document that was
 * fetched does not wait behind the reading of a hundred articles; who submits short work bounds it, or long
 * work never comes to its turn. */
#ifndef NEWSD_DAEMON_PROCESS_WORKERS_H
#define NEWSD_DAEMON_PROCESS_WORKERS_H

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "daemon/process/mailbox.h"

struct workers;

enum work_length {
    WORK_SHORT, /* parsing, writing records */
    WORK_LONG,  /* the stages of an article */
    WORK_LENGTHS
};

struct work {
    struct mail mail; /* set mail.deliver */
    struct work *next;
    enum work_length length;
    void (*run)(struct work *work);
};

/* `count` threads, 0 = one per processor. 0 or -errno. */
int workers_create(struct workers **ret_workers, size_t count, struct mailbox *mailbox, struct error *error);
/* Finishes what is queued, joins the threads; the last deliveries are in the mailbox. Sets *workers NULL. */
void workers_destroy(struct workers **workers);
void workers_submit(struct workers *workers, struct work *work);
/* Waiting, and being run. */
size_t workers_queued(struct workers *workers);
size_t workers_busy(struct workers *workers);
size_t workers_count(const struct workers *workers);
/* Monotonic time since when the longest-running work has been running, 0 = none: for the watchdog (F32). */
int64_t workers_oldest_start_ms(struct workers *workers);

#endif
