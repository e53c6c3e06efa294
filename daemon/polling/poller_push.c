/* poller_push: what the push subscriber tells the poller: documents, hints, and how a feed is to be polled.
 * Loop thread only. */
#include <assert.h>
#include <errno.h>
#include <string.h>

#include "daemon/polling/poller_private.h"

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

int poller_push(struct poller *poller, const char *feed_url, char **body, size_t len, struct str content_type)
{
    struct polled_feed *feed = find(poller, feed_url);
    if (!feed)
        return ERR_NOT_FOUND;
    if (!poller->running || !poller->context.may_poll(poller->context.context) || push_too_much(feed, len))
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
