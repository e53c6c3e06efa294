/* transfers: joins the fetcher's slots with the hosts' budgets. Owns both, and the URL of each request on its
 * way. */
#include "daemon/fetching/transfers.h"

#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/container_of.h"
#include "base/arena.h"
#include "base/clock.h"
#include "base/url.h"
#include "daemon/process/log.h"
#include "feeds/http/cache_hints.h"

enum { URL_ARENA_BYTES = 64 * 1024 };

enum { TRANSFERS_MAGIC = 0x78666572 };

struct transfers {
    uint32_t magic;
    struct fetcher *fetcher;
    struct host_table *hosts;
    struct event *timer;
    struct transfer *first, **last; /* want a slot first, then their host */
    size_t running;                 /* started and not yet ended */
    size_t slots;
    bool pumping, again;
    transfers_idle *idle;
    void *idle_context;
};

static void pump(struct transfers *transfers);

static void on_timer(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    pump(context);
}

int transfers_create(struct transfers **ret_transfers, struct event_base *base,
                     const struct fetch_options *options, const struct host_policy *policy,
                     struct error *error)
{
    struct transfers *transfers = calloc(1, sizeof(*transfers));
    if (!transfers)
        return error_set(error, -ENOMEM, "no memory for transfers");
    transfers->magic = TRANSFERS_MAGIC;
    transfers->last = &transfers->first;
    transfers->hosts = host_table_create(policy);
    transfers->timer = evtimer_new(base, on_timer, transfers);
    transfers->fetcher = fetcher_create(base, options, error);
    if (!transfers->fetcher || !transfers->hosts || !transfers->timer) {
        transfers_destroy(&transfers);
        return -ENOMEM;
    }
    transfers->slots = fetcher_transfers_max(transfers->fetcher);
    *ret_transfers = transfers;
    return 0;
}

void transfers_cancel_all(struct transfers *transfers)
{
    transfers->slots = 0; /* nothing starts any more */
    fetcher_destroy(&transfers->fetcher);
}

void transfers_destroy(struct transfers **transfers)
{
    if (!*transfers)
        return;
    assert((*transfers)->magic == TRANSFERS_MAGIC);
    fetcher_destroy(&(*transfers)->fetcher);
    assert((*transfers)->running == 0); /* each has had its done() */
    host_table_destroy(&(*transfers)->hosts);
    if ((*transfers)->timer)
        event_free((*transfers)->timer);
    (*transfers)->magic = 0;
    free(*transfers);
    *transfers = NULL;
}

void transfers_set_policy(struct transfers *transfers, const struct host_policy *policy)
{
    host_table_set_policy(transfers->hosts, policy);
    pump(transfers);
}

void transfers_on_idle(struct transfers *transfers, transfers_idle *idle, void *context)
{
    transfers->idle = idle;
    transfers->idle_context = context;
}

bool transfers_room(const struct transfers *transfers)
{
    return transfers->running < transfers->slots && !transfers->first;
}

static struct transfer *transfer_of(struct host_work *work)
{
    return container_of(work, struct transfer, work);
}

static void forget(struct transfer *transfer)
{
    assert(!transfer->running);
    free(transfer->host);
    free(transfer->url);
    transfer->host = transfer->url = NULL;
}

/* Rule S7: the whole host, whoever asked. */
static void pause_host(struct transfers *transfers, const char *host, const struct http_answer *answer)
{
    int64_t pause_ms = cache_pause_ms(answer, clock_wall_ms());
    char seconds[24];
    if (pause_ms <= 0)
        return;
    host_pause(transfers->hosts, str_from(host), pause_ms, clock_monotonic_ms());
    (void)snprintf(seconds, sizeof(seconds), "%lld", (long long)(pause_ms / 1000));
    log_write(LOG_KIND_HOST_PAUSED, 5, host, LOG_FIELDS({"HOST", host}, {"SECONDS", seconds}),
              "host %s asks for a pause of %s s; none of its feeds or pages is fetched before", host,
              seconds);
}

/* Slot and host are free again before the owner hears of it, who may free the transfer. */
static void end(struct transfer *transfer, struct fetch_result *result)
{
    struct transfers *transfers = transfer->transfers;
    assert(transfers->running > 0 && transfer->host);
    transfers->running--;
    transfer->running = false;
    if (!result->cancelled)
        pause_host(transfers, transfer->host, &result->answer);
    host_release(transfers->hosts, str_from(transfer->host), clock_monotonic_ms());
    forget(transfer);
    if (transfers->slots)
        pump(transfers);
    transfer->done(transfer, result);
}

static void on_fetched(void *context, struct fetch_result *result)
{
    end(context, result);
}

static void fail(struct fetch_result *result, int error)
{
    *result = (struct fetch_result){
        .answer = {.error = error == -EINVAL ? FETCH_ERROR_URL : FETCH_ERROR_INTERNAL,
                   .received_ms = clock_wall_ms()},
        .cancelled = error == -ECANCELED,
    };
    (void)snprintf(result->error_text, sizeof(result->error_text), "the URL cannot be fetched: %s",
                   error_text(error));
}

static void begin(struct transfers *transfers, struct transfer *transfer)
{
    struct fetch_request request = {.url = transfer->url};
    struct fetch_result result;
    assert(transfers->running < transfers->slots && transfer->url && !transfer->running);
    transfers->running++;
    transfer->running = true;
    int error = transfer->prepare(transfer, &request)
                    ? fetch_start(transfers->fetcher, &request, on_fetched, transfer)
                    : -ECANCELED;
    if (!error)
        return;
    fail(&result, error);
    end(transfer, &result);
}

static void first_to_host(struct transfers *transfers, int64_t now_ms)
{
    struct transfer *transfer = transfers->first;
    assert(transfer->transfers == transfers && transfer->host);
    transfers->first = transfer->next;
    if (!transfers->first)
        transfers->last = &transfers->first;
    switch (host_acquire(transfers->hosts, str_from(transfer->host), &transfer->work, now_ms)) {
    case HOST_START:
        begin(transfers, transfer);
        break;
    case HOST_WAIT:
        break;
    case HOST_FULL:
        forget(transfer);
        transfer->done(transfer, NULL);
        break;
    }
}

/* Not re-entrant: starting a transfer may end it at once, which pumps again. */
static void pump(struct transfers *transfers)
{
    assert(transfers->magic == TRANSFERS_MAGIC);
    if (transfers->pumping) {
        transfers->again = true;
        return;
    }
    transfers->pumping = true;
    do {
        transfers->again = false;
        int64_t now = clock_monotonic_ms();
        struct host_work *work;
        while (transfers->running < transfers->slots && (work = host_table_next(transfers->hosts, now)))
            begin(transfers, transfer_of(work));
        while (transfers->running < transfers->slots && transfers->first)
            first_to_host(transfers, now);
        if (transfers_room(transfers) && transfers->idle)
            transfers->idle(transfers->idle_context);
    } while (transfers->again);
    transfers->pumping = false;

    int64_t next = host_table_next_ms(transfers->hosts);
    if (next == INT64_MAX || transfers->running >= transfers->slots) {
        evtimer_del(transfers->timer);
        return;
    }
    int64_t wait = next - clock_monotonic_ms();
    if (wait < 1)
        wait = 1;
    struct timeval delay = {.tv_sec = wait / 1000, .tv_usec = wait % 1000 * 1000};
    evtimer_add(transfers->timer, &delay);
}

void transfers_fetch(struct transfers *transfers, struct transfer *transfer, const char *url)
{
    assert(!transfer->host && transfer->prepare && transfer->done);
    struct arena *arena = arena_create(URL_ARENA_BYTES);
    struct str host = arena ? url_host(arena, str_from(url)) : STR_NONE;
    struct fetch_result result;
    transfer->transfers = transfers;
    transfer->host = host.ptr ? strndup(host.ptr, host.len) : NULL;
    transfer->url = transfer->host ? strdup(url) : NULL;
    bool wrong = arena && !host.ptr;
    arena_destroy(&arena);
    if (!transfer->url) {
        forget(transfer);
        fail(&result, wrong ? -EINVAL : -ENOMEM);
        transfer->done(transfer, &result);
        return;
    }
    transfer->work = (struct host_work){0};
    transfer->next = NULL;
    assert(*transfers->last == NULL);
    *transfers->last = transfer;
    transfers->last = &transfer->next;
    pump(transfers);
}

void transfers_cancel(struct transfers *transfers, struct transfer *transfer)
{
    if (!transfer->host || transfer->running)
        return;
    assert(transfer->transfers == transfers);
    for (struct transfer **at = &transfers->first; *at; at = &(*at)->next) {
        if (*at != transfer)
            continue;
        *at = transfer->next;
        if (!*at)
            transfers->last = at;
        forget(transfer);
        return;
    }
    host_cancel(transfers->hosts, str_from(transfer->host), &transfer->work);
    forget(transfer);
}

struct host_table *transfers_hosts(struct transfers *transfers)
{
    return transfers->hosts;
}
