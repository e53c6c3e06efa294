/* host: one record per host that is being fetched from, waited for, or paused; others are forgotten. Loop
 * thread only.
 *
 * A host stands in the heap of starters exactly when work waits and a transfer is free; its due time is when
 * the next start is allowed. So handing out work is one look at the heap's top, whatever the number of hosts.
 */
#include "feeds/poll/host.h"

#include <assert.h>
#include <stdlib.h>

#include "base/container_of.h"
#include "base/clock.h"
#include "base/table.h"
#include "feeds/poll/schedule.h"

enum {
    PAUSE_JITTER_SHARE = 10, /* a tenth on top, so that not all come back in the same second */
    SWEEP_EVERY = 4096,      /* releases between two sweeps of forgotten hosts */
};

struct host {
    struct schedule_item starter;
    UT_hash_handle by_name;
    struct host_work *first, **last;
    size_t waiting, in_flight;
    int64_t not_before_ms; /* of the next start */
    bool paused;           /* not_before_ms stems from Retry-After */
    char name[];
};

struct host_table {
    struct host_policy policy;
    struct host *hosts;
    struct schedule *starters;
    size_t waiting, in_flight, releases;
};

struct host_table *host_table_create(const struct host_policy *policy)
{
    struct host_table *table = calloc(1, sizeof(*table));
    if (!table)
        return NULL;
    table->policy = *policy;
    table->starters = schedule_create();
    if (!table->starters) {
        free(table);
        return NULL;
    }
    return table;
}

void host_table_destroy(struct host_table **table)
{
    if (!*table)
        return;
    schedule_destroy(&(*table)->starters);
    struct host *host, *next;
    HASH_ITER(by_name, (*table)->hosts, host, next)
    {
        HASH_DELETE(by_name, (*table)->hosts, host);
        free(host);
    }
    free(*table);
    *table = NULL;
}

void host_table_set_policy(struct host_table *table, const struct host_policy *policy)
{
    table->policy = *policy;
}

static struct host *host_find(struct host_table *table, struct str name)
{
    struct host *host;
    HASH_FIND(by_name, table->hosts, name.ptr, name.len, host);
    return host;
}

static struct host *host_get(struct host_table *table, struct str name)
{
    struct host *host = host_find(table, name);
    if (host)
        return host;
    /* Room for it among the starters now: later its work would be lost without. */
    if (schedule_reserve(table->starters, HASH_CNT(by_name, table->hosts) + 1))
        return NULL;
    host = calloc(1, sizeof(*host) + name.len + 1);
    if (!host)
        return NULL;
    memcpy(host->name, name.ptr, name.len);
    host->last = &host->first;
    host->starter.position = SCHEDULE_OUT;
    HASH_ADD_KEYPTR(by_name, table->hosts, host->name, name.len, host);
    if (TABLE_HAS(by_name, host))
        return host;
    free(host);
    return NULL;
}

static void host_settle(struct host_table *table, struct host *host)
{
    if (!host->waiting || host->in_flight >= (size_t)table->policy.transfers_max)
        schedule_remove(table->starters, &host->starter);
    else {
        int failed = schedule_put(table->starters, &host->starter, host->not_before_ms);
        assert(!failed); /* host_get() has made room for every host */
        (void)failed;
    }
}

static void host_forget_if_idle(struct host_table *table, struct host *host, int64_t now_ms)
{
    if (host->waiting || host->in_flight || host->not_before_ms > now_ms)
        return;
    schedule_remove(table->starters, &host->starter);
    HASH_DELETE(by_name, table->hosts, host);
    free(host);
}

/* The name may end in a port. */
static int32_t gap_of(const struct host_table *table, struct str name)
{
    ptrdiff_t colon = name.len > 0 && name.ptr[0] != '[' ? str_find_byte(name, ':', 0) : -1;
    if (colon >= 0)
        name.len = (size_t)colon;
    for (size_t i = 0; i < table->policy.gap_count; i++) {
        struct str suffix = str_from(table->policy.gaps[i].suffix);
        bool whole =
            name.len == suffix.len || (name.len > suffix.len && name.ptr[name.len - suffix.len - 1] == '.');
        if (whole && str_ends(name, suffix))
            return table->policy.gaps[i].gap_ms;
    }
    return table->policy.gap_ms;
}

static void host_started(struct host_table *table, struct host *host, int64_t now_ms)
{
    host->in_flight++;
    table->in_flight++;
    host->paused = false;
    host->not_before_ms = now_ms + gap_of(table, str_from(host->name));
}

enum host_answer host_acquire(struct host_table *table, struct str name, struct host_work *work,
                              int64_t now_ms)
{
    struct host *host = host_get(table, name);
    if (!host)
        return HOST_FULL;
    if (!host->waiting && host->in_flight < (size_t)table->policy.transfers_max &&
        host->not_before_ms <= now_ms) {
        host_started(table, host, now_ms);
        return HOST_START;
    }
    if (host->waiting >= (size_t)table->policy.queue_max)
        return HOST_FULL;
    assert(!work->queued);
    work->next = NULL;
    work->queued = true;
    *host->last = work;
    host->last = &work->next;
    host->waiting++;
    table->waiting++;
    host_settle(table, host);
    return HOST_WAIT;
}

/* Hosts whose gap has just run out would stay for ever when nothing is fetched from them again. */
static void sweep(struct host_table *table, int64_t now_ms)
{
    if (++table->releases % SWEEP_EVERY)
        return;
    struct host *host, *next;
    HASH_ITER(by_name, table->hosts, host, next)
    host_forget_if_idle(table, host, now_ms);
}

void host_release(struct host_table *table, struct str name, int64_t now_ms)
{
    struct host *host = host_find(table, name);
    assert(host && host->in_flight > 0);
    host->in_flight--;
    table->in_flight--;
    host_settle(table, host);
    host_forget_if_idle(table, host, now_ms);
    sweep(table, now_ms);
}

void host_pause(struct host_table *table, struct str name, int64_t pause_ms, int64_t now_ms)
{
    struct host *host = host_get(table, name);
    if (!host || pause_ms <= 0)
        return;
    if (pause_ms > table->policy.retry_after_max_ms)
        pause_ms = table->policy.retry_after_max_ms;
    pause_ms += (int64_t)clock_random((uint64_t)pause_ms / PAUSE_JITTER_SHARE + 1);
    if (now_ms + pause_ms > host->not_before_ms)
        host->not_before_ms = now_ms + pause_ms;
    host->paused = true;
    host_settle(table, host);
}

struct host_work *host_table_next(struct host_table *table, int64_t now_ms)
{
    struct schedule_item *item = schedule_take_due(table->starters, now_ms);
    if (!item)
        return NULL;
    struct host *host = container_of(item, struct host, starter);
    struct host_work *work = host->first;
    assert(work);
    host->first = work->next;
    if (!host->first)
        host->last = &host->first;
    work->next = NULL;
    work->queued = false;
    host->waiting--;
    table->waiting--;
    host_started(table, host, now_ms);
    host_settle(table, host);
    return work;
}

int64_t host_table_next_ms(const struct host_table *table)
{
    const struct schedule_item *first = schedule_first(table->starters);
    return first ? first->due_ms : INT64_MAX;
}

void host_cancel(struct host_table *table, struct str name, struct host_work *work)
{
    struct host *host = host_find(table, name);
    if (!host || !work->queued)
        return;
    for (struct host_work **at = &host->first; *at; at = &(*at)->next) {
        if (*at != work)
            continue;
        *at = work->next;
        if (!*at)
            host->last = at;
        work->queued = false;
        host->waiting--;
        table->waiting--;
        host_settle(table, host);
        return;
    }
}

void host_table_counts(const struct host_table *table, struct host_counts *ret_counts)
{
    *ret_counts = (struct host_counts){
        .hosts = HASH_CNT(by_name, table->hosts), .waiting = table->waiting, .in_flight = table->in_flight};
}

void host_table_slowest(const struct host_table *table, size_t most, host_visit *visit, void *context)
{
    const struct host *shown[64];
    size_t count = 0;
    if (most > sizeof(shown) / sizeof(shown[0]))
        most = sizeof(shown) / sizeof(shown[0]);
    if (most == 0)
        return;
    struct host *host, *next;
    HASH_ITER(by_name, table->hosts, host, next)
    {
        if (!host->waiting && !host->paused)
            continue;
        size_t at = count < most ? count++ : most;
        if (at == most && shown[most - 1]->waiting >= host->waiting)
            continue;
        if (at == most)
            at = most - 1;
        while (at > 0 && shown[at - 1]->waiting < host->waiting) {
            shown[at] = shown[at - 1];
            at--;
        }
        shown[at] = host;
    }
    for (size_t i = 0; i < count; i++)
        visit(context, str_from(shown[i]->name), shown[i]->waiting, shown[i]->in_flight,
              shown[i]->not_before_ms);
}
