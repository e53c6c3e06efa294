/* workers: mutex, condition variable and a list. Owns its threads and nothing else; never logs. */
#include "daemon/process/workers.h"

#include <assert.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/clock.h"

enum { WORKERS_MAX = 64 };

struct worker {
    pthread_t thread;
    struct workers *pool;
    int64_t started_ms; /* of the running work, 0 = idle; under the pool's lock */
};

enum { WORKERS_MAGIC = 0x776f726b };

struct workers {
    uint32_t magic;
    pthread_mutex_t lock;
    pthread_cond_t wake;
    struct queue {
        struct work *first, **last;
    } queues[WORK_LENGTHS]; /* the short work first */
    size_t queued, busy, count;
    bool ending;
    struct mailbox *mailbox;
    struct worker workers[WORKERS_MAX];
};

/* Under the lock. NULL when nothing waits. */
static struct work *next_work(struct workers *pool)
{
    struct queue *queue = pool->queues;
    while (queue < pool->queues + WORK_LENGTHS && !queue->first)
        queue++;
    if (queue == pool->queues + WORK_LENGTHS)
        return NULL;
    struct work *work = queue->first;
    queue->first = work->next;
    if (!queue->first)
        queue->last = &queue->first;
    assert(pool->queued > 0);
    pool->queued--;
    return work;
}

static void *worker_main(void *context)
{
    struct worker *worker = context;
    struct workers *pool = worker->pool;
    assert(pool->magic == WORKERS_MAGIC);
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (!pool->queued && !pool->ending)
            pthread_cond_wait(&pool->wake, &pool->lock);
        struct work *work = next_work(pool);
        if (!work)
            break;
        assert(worker->started_ms == 0);
        pool->busy++;
        worker->started_ms = clock_monotonic_ms();
        pthread_mutex_unlock(&pool->lock);
        work->run(work);
        mailbox_post(pool->mailbox, &work->mail);
        pthread_mutex_lock(&pool->lock);
        assert(pool->busy > 0);
        worker->started_ms = 0;
        pool->busy--;
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

int workers_create(struct workers **ret_workers, size_t count, struct mailbox *mailbox, struct error *error)
{
    struct workers *pool = calloc(1, sizeof(*pool));
    if (!pool)
        return error_set(error, -ENOMEM, "no memory for the workers");
    pool->magic = WORKERS_MAGIC;
    long processors = sysconf(_SC_NPROCESSORS_ONLN);
    if (count == 0)
        count = processors > 0 ? (size_t)processors : 1;
    if (count > WORKERS_MAX)
        count = WORKERS_MAX;
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->wake, NULL);
    for (int i = 0; i < WORK_LENGTHS; i++)
        pool->queues[i].last = &pool->queues[i].first;
    pool->mailbox = mailbox;
    /* Signals belong to the loop thread. */
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    int failure = 0;
    for (; pool->count < count && !failure; pool->count += !failure) {
        pool->workers[pool->count].pool = pool;
        failure = pthread_create(&pool->workers[pool->count].thread, NULL, worker_main,
                                 &pool->workers[pool->count]);
    }
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    if (pool->count == 0) {
        workers_destroy(&pool);
        return error_set(error, -failure, "cannot start a worker thread: %s", error_text(-failure));
    }
    *ret_workers = pool;
    return 0;
}

void workers_destroy(struct workers **workers)
{
    struct workers *pool = *workers;
    if (!pool)
        return;
    assert(pool->magic == WORKERS_MAGIC);
    pthread_mutex_lock(&pool->lock);
    pool->ending = true;
    pthread_cond_broadcast(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i < pool->count; i++)
        pthread_join(pool->workers[i].thread, NULL);
    assert(pool->queued == 0 && pool->busy == 0);
    pthread_cond_destroy(&pool->wake);
    pthread_mutex_destroy(&pool->lock);
    pool->magic = 0;
    free(pool);
    *workers = NULL;
}

void workers_submit(struct workers *pool, struct work *work)
{
    assert(work->run && work->mail.deliver && !work->mail.posted && work->length < WORK_LENGTHS);
    assert(mailbox_is_here(pool->mailbox));
    work->next = NULL;
    pthread_mutex_lock(&pool->lock);
    struct queue *queue = &pool->queues[work->length];
    assert(!pool->ending && *queue->last == NULL);
    *queue->last = work;
    queue->last = &work->next;
    pool->queued++;
    pthread_cond_signal(&pool->wake);
    pthread_mutex_unlock(&pool->lock);
}

size_t workers_queued(struct workers *pool)
{
    pthread_mutex_lock(&pool->lock);
    size_t queued = pool->queued;
    pthread_mutex_unlock(&pool->lock);
    return queued;
}

size_t workers_busy(struct workers *pool)
{
    pthread_mutex_lock(&pool->lock);
    size_t busy = pool->busy;
    pthread_mutex_unlock(&pool->lock);
    return busy;
}

size_t workers_count(const struct workers *pool)
{
    return pool->count;
}

int64_t workers_oldest_start_ms(struct workers *pool)
{
    int64_t oldest = 0;
    pthread_mutex_lock(&pool->lock);
    for (size_t i = 0; i < pool->count; i++) {
        int64_t started = pool->workers[i].started_ms;
        if (started && (!oldest || started < oldest))
            oldest = started;
    }
    pthread_mutex_unlock(&pool->lock);
    return oldest;
}
