/* transfers: joins the fetcher's slots with the hosts' budgets. Owns both. Loop thread only; never logs. */
#include "daemon/fetching/transfers.h"

#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"

struct transfers {
    struct fetcher *fetcher;
    struct host_table *hosts;
    struct event *timer;
    struct transfer_wish *first, **last; /* want a slot first, then their host */
    size_t running;                      /* started and not yet ended */
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
    fetcher_destroy(&(*transfers)->fetcher);
    host_table_destroy(&(*transfers)->hosts);
    if ((*transfers)->timer)
        event_free((*transfers)->timer);
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

static struct transfer_wish *wish_of(struct host_work *work)
{
    return (struct transfer_wish *)((char *)work - offsetof(struct transfer_wish, work));
}

static void begin(struct transfers *transfers, struct transfer_wish *wish)
{
    transfers->running++;
    wish->start(wish);
}

static void wish_forget(struct transfer_wish *wish)
{
    free(wish->host);
    wish->host = NULL;
}

static void first_to_host(struct transfers *transfers, int64_t now_ms)
{
    struct transfer_wish *wish = transfers->first;
    transfers->first = wish->next;
    if (!transfers->first)
        transfers->last = &transfers->first;
    switch (host_acquire(transfers->hosts, str_from(wish->host), &wish->work, now_ms)) {
    case HOST_START:
        begin(transfers, wish);
        break;
    case HOST_WAIT:
        break;
    case HOST_FULL:
        wish_forget(wish);
        wish->refused(wish);
        break;
    }
}

/* Not re-entrant: starting a transfer may end it at once, which pumps again. */
static void pump(struct transfers *transfers)
{
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
            begin(transfers, wish_of(work));
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

bool transfers_want(struct transfers *transfers, struct transfer_wish *wish, struct str host)
{
    assert(!wish->host && wish->start && wish->refused);
    wish->host = strndup(host.ptr, host.len);
    if (!wish->host)
        return false;
    wish->work = (struct host_work){0};
    wish->next = NULL;
    *transfers->last = wish;
    transfers->last = &wish->next;
    pump(transfers);
    return true;
}

void transfers_ended(struct transfers *transfers, struct transfer_wish *wish)
{
    assert(transfers->running > 0);
    transfers->running--;
    host_release(transfers->hosts, str_from(wish->host), clock_monotonic_ms());
    wish_forget(wish);
    if (transfers->slots)
        pump(transfers);
}

void transfers_cancel(struct transfers *transfers, struct transfer_wish *wish)
{
    if (!wish->host)
        return;
    for (struct transfer_wish **at = &transfers->first; *at; at = &(*at)->next) {
        if (*at != wish)
            continue;
        *at = wish->next;
        if (!*at)
            transfers->last = at;
        wish_forget(wish);
        return;
    }
    host_cancel(transfers->hosts, str_from(wish->host), &wish->work);
    wish_forget(wish);
}

void transfers_pause_host(struct transfers *transfers, struct str host, int64_t pause_ms)
{
    host_pause(transfers->hosts, host, pause_ms, clock_monotonic_ms());
}

struct fetcher *transfers_fetcher(struct transfers *transfers)
{
    return transfers->fetcher;
}

struct host_table *transfers_hosts(struct transfers *transfers)
{
    return transfers->hosts;
}
