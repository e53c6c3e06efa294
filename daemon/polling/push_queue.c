/* push_queue: the documents of a feed that came by push and wait for the one under way, and what they mean
 * for the schedule. One feed has one poll or push under way at a time: both write its state. Loop thread
 * only. */
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

bool push_too_much(const struct polled_feed *feed, size_t len)
{
    size_t waiting = 0;
    for (const struct push *push = feed->pushes; push; push = push->next)
        waiting++;
    return waiting >= PUSHES_WAITING_MAX || feed->poller->push_bytes + len > PUSH_BYTES_WAITING_MAX;
}

int push_add(struct polled_feed *feed, char **body, size_t len, struct str content_type)
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
