/* push_queue: documents that come by push, on their way into the poll machinery, and what they mean for the
 * schedule. One feed has one poll or push under way at a time: both write its state. Loop thread only. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "daemon/process/log.h"
#include "daemon/polling/poller_private.h"

enum {
    PUSHES_WAITING_MAX = 16,           /* of one feed: its hub comes again, or the next poll has them */
    PUSH_BYTES_WAITING_MAX = 64 << 20, /* of all feeds */
};

static void push_free(struct push *push)
{
    free(push->body);
    free(push->content_type);
    free(push);
}

static struct push *push_pop(struct polled_feed *feed)
{
    struct push *push = feed->pushes;
    if (push) {
        assert(feed->poller->push_bytes >= push->len);
        feed->pushes = push->next;
        feed->poller->push_bytes -= push->len;
    }
    return push;
}

void push_forget_all(struct polled_feed *feed)
{
    struct push *push;
    while ((push = push_pop(feed)))
        push_free(push);
}

bool push_next(struct polled_feed *feed)
{
    assert(feed->phase == PHASE_IDLE && !feed->removed);
    /* At the end of the process none is begun: what waits comes with the first poll of the next run. */
    struct push *push = feed->poller->running ? push_pop(feed) : NULL;
    if (!push)
        return false;
    struct poll_input input = {.source = POLL_PUSHED,
                               .body = push->body,
                               .len = push->len,
                               .content_type = str_from(push->content_type)};
    bool taken = poll_take(feed, &input);
    push->body = input.body;
    if (!taken) {
        log_error("no memory for what was pushed for %s; it is polled instead", feed->state.url);
        feed->soon = true;
    }
    push_free(push);
    return taken;
}

int64_t push_due_ms(const struct polled_feed *feed)
{
    const struct feed_state *state = &feed->state;
    int64_t soonest = state->last_poll_ms + feed->poller->policy.interval_min_s * 1000LL;
    if (feed->soon && soonest < state->next_poll_ms)
        return soonest;
    if (feed->soon || !feed->audit || state->failures_in_row > 0)
        return state->next_poll_ms;
    return websub_audit_ms(state->next_poll_ms, state->last_success_ms,
                           feed->poller->config->websub_audit_ms);
}

static struct polled_feed *find(const struct poller *poller, const char *feed_url)
{
    struct polled_feed *feed;
    HASH_FIND(by_url, poller->feeds, feed_url, strlen(feed_url), feed);
    return feed && !feed->removed ? feed : NULL;
}

/* An idle feed's place in the schedule follows what has changed. */
static void replan(struct polled_feed *feed)
{
    if (feed->phase != PHASE_IDLE || !feed->poller->running)
        return;
    schedule_remove(feed->poller->schedule, &feed->item); /* a push that waits may be begun */
    feed_plan(feed);
    poller_look(feed->poller);
}

void poller_set_watch(struct poller *poller, const struct poller_watch *watch)
{
    poller->watch = watch;
}

void poller_poll_soon(struct poller *poller, const char *feed_url)
{
    struct polled_feed *feed = find(poller, feed_url);
    if (!feed)
        return;
    feed->soon = true;
    replan(feed);
}

void poller_set_audit(struct poller *poller, const char *feed_url, bool audit)
{
    struct polled_feed *feed = find(poller, feed_url);
    if (!feed || feed->audit == audit)
        return;
    feed->audit = audit;
    replan(feed);
}

static bool too_much(const struct polled_feed *feed, size_t len)
{
    size_t waiting = 0;
    for (const struct push *push = feed->pushes; push; push = push->next)
        waiting++;
    return waiting >= PUSHES_WAITING_MAX || feed->poller->push_bytes + len > PUSH_BYTES_WAITING_MAX;
}

static int push_add(struct polled_feed *feed, char **body, size_t len, struct str content_type)
{
    struct push *push = calloc(1, sizeof(*push)), **last = &feed->pushes;
    if (!push)
        return -ENOMEM;
    push->content_type = content_type.ptr ? strndup(content_type.ptr, content_type.len) : NULL;
    if (content_type.ptr && !push->content_type) {
        free(push);
        return -ENOMEM;
    }
    assert(feed->poller->push_bytes + len <= PUSH_BYTES_WAITING_MAX);
    push->body = *body;
    push->len = len;
    *body = NULL;
    while (*last)
        last = &(*last)->next;
    *last = push;
    feed->poller->push_bytes += len;
    return 0;
}

int poller_push(struct poller *poller, const char *feed_url, char **body, size_t len, struct str content_type)
{
    struct polled_feed *feed = find(poller, feed_url);
    if (!feed)
        return ERR_NOT_FOUND;
    if (!poller->running || !poller->context.may_poll(poller->context.context) || too_much(feed, len))
        return -EAGAIN;
    if (!feed->state.backfilled) { /* its first document decides what is backfill: that is a poll's */
        poller_poll_soon(poller, feed_url);
        return 0;
    }
    int error = push_add(feed, body, len, content_type);
    if (error)
        return error;
    if (feed->phase == PHASE_WAITING && !feed->follow) {
        transfers_cancel(poller->context.transfers, &feed->transfer);
        feed->phase = PHASE_IDLE;
    }
    if (feed->phase == PHASE_IDLE) {
        schedule_remove(poller->schedule, &feed->item);
        feed_plan(feed);
    }
    return 0;
}
