/* poll_states: batches the states of feeds whose poll brought no document, so that 5 000 polls a second are
 * some twenty store jobs and not 5 000. Loop thread only. */
#include "daemon/polling/poll_states.h"
#include "daemon/store/store_feeds.h"

#include <assert.h>
#include <event2/event.h>
#include <stdlib.h>

#include "base/container_of.h"
#include "base/clock.h"
#include "daemon/polling/feed_report.h"
#include "daemon/process/log.h"

enum {
    STATES_BATCH = 256, /* states written in one store job */
    STATES_DELAY_MS = 200,
};

/* A batch of states on its way to the store. */
struct states_job {
    struct store_states store;
    struct poller *poller;
    struct feed_state states[STATES_BATCH];
    struct record records[STATES_BATCH];
};

static void states_done(struct store_job *base, int error)
{
    struct states_job *job = container_of(base, struct states_job, store.base);
    struct poller *poller = job->poller;
    if (error && error != ERR_SHUTDOWN)
        log_error("the states of %zu feeds were not stored: %s", job->store.count, error_text(error));
    for (size_t i = 0; i < job->store.count; i++)
        feed_state_done(&job->states[i]);
    bool records = job->store.record_count > 0;
    arena_destroy(&job->store.base.arena);
    free(job);
    assert(poller->magic == POLLER_MAGIC && poller->jobs > 0);
    poller->jobs--;
    if (records && !error)
        poller->context.records_stored(poller->context.context);
}

void poll_states_send(struct poller *poller)
{
    assert(poller->magic == POLLER_MAGIC);
    struct states_job *job = poller->states;
    if (!job)
        return;
    assert(job->store.count <= STATES_BATCH && job->store.record_count <= job->store.count);
    poller->states = NULL;
    evtimer_del(poller->states_timer);
    poller->jobs++;
    store_submit_states(poller->context.store, &job->store);
}

void poll_states_on_timer(int fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    poll_states_send(context);
}

static struct states_job *states_job(struct poller *poller)
{
    if (poller->states)
        return poller->states;
    struct states_job *job = calloc(1, sizeof(*job));
    if (!job)
        return NULL;
    job->store.base.done = states_done;
    job->store.base.arena = arena_create(ARENA_CAP_DEFAULT);
    if (!job->store.base.arena) {
        free(job);
        return NULL;
    }
    job->poller = poller;
    job->store.states = job->states;
    job->store.records = job->records;
    poller->states = job;
    struct timeval delay = {.tv_usec = STATES_DELAY_MS * 1000};
    evtimer_add(poller->states_timer, &delay);
    return job;
}

void poll_states_save(struct polled_feed *feed, const struct poll_change *change)
{
    struct poller *poller = feed->poller;
    struct states_job *job = feed->state.rowid ? states_job(poller) : NULL;
    assert(!job || job->store.count < STATES_BATCH);
    if (!job || feed_state_copy(&job->states[job->store.count], &feed->state))
        return; /* not stored this time: after a restart the poll is made again, which does no harm */
    job->store.count++;
    if (change && feed_report_due(change)) {
        struct record *record = &job->records[job->store.record_count];
        if (feed_report_record(job->store.base.arena, &feed->state, change, clock_wall_ms(), record) == 0)
            job->store.record_count++;
    }
    if (job->store.count == STATES_BATCH)
        poll_states_send(poller);
}
