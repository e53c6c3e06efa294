/* poller: the schedule and the poller's life. Loop thread only. */
#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/container_of.h"
#include "daemon/process/log.h"
#include "daemon/polling/poll_states.h"
#include "daemon/polling/poller_private.h"

enum {
    TICK_MAX_MS = 60000, /* the schedule is looked at at least this often (a stepped wall clock, F25) */
};

static void on_idle(void *context)
{
    struct poller *poller = context;
    assert(poller->magic == POLLER_MAGIC);
    int64_t now = clock_wall_ms();
    while (poller->running && transfers_room(poller->context.transfers)) {
        if (!poller->context.may_poll(poller->context.context)) {
            poller->held = true;
            return;
        }
        struct schedule_item *item = schedule_take_due(poller->schedule, now);
        if (!item)
            return;
        poll_begin(container_of(item, struct polled_feed, item));
    }
}

void feed_plan(struct polled_feed *feed)
{
    assert(!feed->transfer.host && !feed->follow);
    feed->phase = PHASE_IDLE;
    if (feed->removed)
        feed_leave(feed);
    else if (!push_next(feed) && schedule_put(feed->poller->schedule, &feed->item, push_due_ms(feed)))
        log_error("no memory to schedule %s", feed->state.url);
}

static void on_ended(struct polled_feed *feed, const struct follow_step *step)
{
    if (step && follow_next(feed, step))
        return;
    follow_forget(feed); /* what would come after a document that is none */
    feed_plan(feed);
}

void poller_look(struct poller *poller)
{
    assert(poller->magic == POLLER_MAGIC);
    if (!poller->running)
        return;
    poller->held = false;
    on_idle(poller);
    const struct schedule_item *first = schedule_first(poller->schedule);
    int64_t wait = first ? first->due_ms - clock_wall_ms() : TICK_MAX_MS;
    if (poller->held || (wait < 1000 && !transfers_room(poller->context.transfers)))
        wait = 1000; /* a freed slot or the end of back-pressure calls again before that */
    if (wait > TICK_MAX_MS)
        wait = TICK_MAX_MS;
    if (wait < 1)
        wait = 1;
    struct timeval delay = {.tv_sec = wait / 1000, .tv_usec = wait % 1000 * 1000};
    evtimer_add(poller->timer, &delay);
}

static void on_timer(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    poller_look(context);
}

void poller_set_config(struct poller *poller, const struct config *config)
{
    poller->config = config;
    poll_policy_default(&poller->policy);
    poller->policy.interval_min_s = (int32_t)(config->interval_min_ms / 1000);
    poller->policy.interval_max_s = (int32_t)(config->interval_max_ms / 1000);
    poller->policy.interval_default_s = (int32_t)(config->interval_default_ms / 1000);
    poller->policy.hint_max_s = (int32_t)(config->hint_max_ms / 1000);
    poller->policy.failing_after = config->failing_after;
    poller->policy.jitter = config->jitter;
}

int poller_create(struct poller **ret_poller, const struct poller_context *context,
                  const struct config *config, struct error *error)
{
    struct poller *poller = calloc(1, sizeof(*poller));
    if (!poller)
        return error_set(error, -ENOMEM, "no memory for the poller");
    poller->magic = POLLER_MAGIC;
    poller->context = *context;
    poller->look = poller_look;
    poller->ended = on_ended;
    poller->schedule = schedule_create();
    poller->timer = evtimer_new(context->base, on_timer, poller);
    poller->states_timer = evtimer_new(context->base, poll_states_on_timer, poller);
    if (!poller->schedule || !poller->timer || !poller->states_timer) {
        poller_destroy(&poller);
        return error_set(error, -ENOMEM, "no memory for the poller");
    }
    poller_set_config(poller, config);
    transfers_on_idle(context->transfers, on_idle, poller);
    *ret_poller = poller;
    return 0;
}

void poller_start(struct poller *poller)
{
    assert(!poller->running);
    struct polled_feed *feed, *next;
    HASH_ITER(by_url, poller->feeds, feed, next)
    if (feed->phase == PHASE_IDLE && feed->item.position == SCHEDULE_OUT) {
        poll_look_back(feed);
        feed_plan(feed);
    }
    poller->running = true;
    poller_look(poller);
}

void poller_stop(struct poller *poller)
{
    poller->running = false;
    evtimer_del(poller->timer);
    poll_states_send(poller);
}

size_t poller_busy(const struct poller *poller)
{
    return poller->polling + poller->jobs;
}

void poller_clock_stepped(struct poller *poller, int64_t by_ms)
{
    schedule_clock_stepped(poller->schedule, by_ms);
    poller_look(poller);
}

void poller_kick(struct poller *poller)
{
    poller_look(poller);
}

void poller_destroy(struct poller **ret_poller)
{
    struct poller *poller = *ret_poller;
    if (!poller)
        return;
    assert(poller->magic == POLLER_MAGIC);
    assert(poller->polling == 0 && poller->jobs == 0);
    struct polled_feed *feed, *next;
    HASH_ITER(by_url, poller->feeds, feed, next)
    {
        transfers_cancel(poller->context.transfers, &feed->transfer);
        feed_free(poller, feed);
    }
    assert(poller->push_bytes == 0);
    schedule_destroy(&poller->schedule);
    if (poller->timer)
        event_free(poller->timer);
    if (poller->states_timer)
        event_free(poller->states_timer);
    poller->magic = 0;
    free(poller);
    *ret_poller = NULL;
}

void poller_get_counts(const struct poller *poller, struct poller_counts *ret_counts)
{
    *ret_counts =
        (struct poller_counts){.feeds = HASH_CNT(by_url, poller->feeds), .polling = poller->polling};
    memcpy(ret_counts->by_status, poller->by_status, sizeof(poller->by_status));
    ret_counts->due = schedule_count_due(poller->schedule, clock_wall_ms(), 1000000);
}

static void note(struct poller_notable *notable, enum poller_notice notice, size_t most,
                 const struct feed_state *state)
{
    if (notable->counts[notice] < most)
        notable->feeds[notice][notable->counts[notice]++] = state;
}

void poller_get_notable(const struct poller *poller, size_t most, struct poller_notable *ret_notable)
{
    struct polled_feed *feed, *next;
    assert(most <= POLLER_NOTABLE_MAX);
    *ret_notable = (struct poller_notable){0};
    HASH_ITER(by_url, poller->feeds, feed, next)
    {
        const struct feed_state *state = &feed->state;
        if (state->status == FEED_STATUS_FAILING || state->status == FEED_STATUS_GONE)
            note(ret_notable, POLLER_FAILING, most, state);
        if (state->status == FEED_STATUS_SILENT)
            note(ret_notable, POLLER_SILENT, most, state);
        if (state->moved_to)
            note(ret_notable, POLLER_MOVED, most, state);
    }
}

const struct feed_state *poller_feed_of_row(const struct poller *poller, int64_t rowid)
{
    struct polled_feed *feed, *next;
    HASH_ITER(by_url, poller->feeds, feed, next)
    {
        if (feed->state.rowid == rowid)
            return &feed->state;
    }
    return NULL;
}
