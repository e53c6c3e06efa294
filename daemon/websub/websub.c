/* websub: what is done when the schedule comes to a subscription, and the subscriber's life. Owns the timer
 * and the listener. Loop thread only. */
#include "daemon/websub/websub.h"

#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

#include "base/container_of.h"
#include "base/clock.h"
#include "daemon/process/log.h"
#include "daemon/websub/websub_private.h"

enum {
    ROUND_MS = 24 * 3600000,  /* when all hubs of a feed have failed */
    RESTART_SPREAD_MS = 5000, /* requests that the last run did not finish */
};

/* ---- Decisions ---- */

/* The feed goes to another hub, or another topic: a subscription with names of its own takes the place of
 * this one, which is ended. */
static void replace(struct websub_entry *entry, const char *hub, int64_t when_ms)
{
    assert(entry->subscription.feed_url && entry->offer.topic);
    struct websub *websub = entry->websub;
    struct websub_subscription fresh;
    struct websub_offer offer = entry->offer;
    if (websub_subscription_init(&fresh, entry->subscription.feed, str_from(entry->subscription.feed_url),
                                 str_from(hub), str_from(offer.topic), when_ms)) {
        log_error("no memory to change the hub of %s", entry->subscription.feed_url);
        websub_plan(entry);
        return;
    }
    entry->offer = (struct websub_offer){0};
    websub_drop(entry);
    entry = websub_add(websub, &fresh);
    if (!entry) {
        websub_offer_done(&offer);
        return;
    }
    entry->offer = offer;
    websub_save(entry, NULL);
    websub_plan(entry);
}

/* The hub has failed, denied or been demoted: the next one of the document, and after the last a day's rest.
 */
static void next_hub(struct websub_entry *entry, int64_t now_ms)
{
    const struct websub_offer *offer = &entry->offer;
    size_t next = (size_t)(websub_offer_index(entry) + 1);
    bool last = next >= offer->hub_count;
    const char *hub = offer->hub_count ? offer->hubs[last ? 0 : next] : NULL;
    entry->give_up = false;
    if (hub && (!last || offer->hub_count > 1)) {
        replace(entry, hub, last ? now_ms + ROUND_MS : now_ms);
        return;
    }
    if (entry->subscription.state == WEBSUB_WANTED) {
        entry->subscription.attempts = 0;
        entry->subscription.next_ms = now_ms + ROUND_MS;
    }
    websub_plan(entry);
}

/* The schedule has come to this entry. */
static void look_at(struct websub_entry *entry, int64_t now_ms)
{
    assert(!entry->doomed && entry->item.position == SCHEDULE_OUT);
    struct websub_subscription *subscription = &entry->subscription;
    bool was_active = subscription->state == WEBSUB_ACTIVE, feed = subscription->feed_url != NULL;
    if (entry->missed_ms && now_ms - entry->missed_ms >= entry->websub->config->websub_grace_ms)
        websub_demote(entry);
    if (entry->asking != ASKING_NOTHING || (subscription->next_ms > now_ms && !entry->give_up)) {
        websub_plan(entry);
        return;
    }
    if (feed && (entry->give_up || websub_hub_fails(subscription))) {
        next_hub(entry, now_ms);
        return;
    }
    enum websub_step step = websub_next(subscription, now_ms);
    websub_count(entry, was_active);
    if (step == WEBSUB_STEP_LAPSED)
        websub_set_trust(entry, TRUST_NONE);
    if (step == WEBSUB_STEP_FORGET)
        websub_forget(entry);
    else if (feed && !websub_still_offered(entry) && entry->offer.hub_count > 0)
        replace(entry, entry->offer.hubs[0], now_ms);
    else if (feed && !websub_still_offered(entry))
        websub_drop(entry);
    else
        websub_ask(entry);
}

/* ---- The schedule ---- */

static void look(struct websub *websub)
{
    struct schedule_item *item;
    int64_t now = clock_wall_ms();
    while (websub->running && (item = schedule_take_due(websub->schedule, now)))
        look_at(container_of(item, struct websub_entry, item), now);
    const struct schedule_item *first = schedule_first(websub->schedule);
    int64_t wait = first ? first->due_ms - clock_wall_ms() : WEBSUB_TICK_MAX_MS;
    wait = wait < 1 ? 1 : wait > WEBSUB_TICK_MAX_MS ? WEBSUB_TICK_MAX_MS : wait;
    struct timeval delay = {.tv_sec = wait / 1000, .tv_usec = wait % 1000 * 1000};
    if (websub->running)
        evtimer_add(websub->timer, &delay);
}

static void on_timer(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    struct websub *websub = context;
    assert(websub->magic == WEBSUB_MAGIC);
    look(websub);
}

/* ---- Life ---- */

void websub_restore(void *context, const struct websub_subscription *stored)
{
    struct websub *websub = context;
    struct websub_subscription subscription = *stored;
    int64_t now = clock_wall_ms();
    assert(websub->magic == WEBSUB_MAGIC);
    subscription.hub = strdup(stored->hub);
    subscription.topic = strdup(stored->topic);
    subscription.feed_url = stored->feed_url ? strdup(stored->feed_url) : NULL;
    if (!subscription.hub || !subscription.topic || (stored->feed_url && !subscription.feed_url)) {
        websub_subscription_done(&subscription);
        log_error("no memory for a WebSub subscription");
        return;
    }
    /* What was asked and not answered when the last run ended is asked again, but not all at once. */
    int64_t soon = now + (int64_t)clock_random(RESTART_SPREAD_MS);
    if (subscription.state == WEBSUB_WANTED && subscription.attempts > 0 && subscription.next_ms > soon &&
        subscription.pending_until_ms > now)
        subscription.next_ms = soon;
    struct websub_entry *entry = websub_add(websub, &subscription);
    if (!entry)
        return;
    if (!entry->subscription.feed_url && entry->subscription.state != WEBSUB_LEAVING)
        websub_leave(&entry->subscription, now); /* its feed was removed while WebSub was off */
    else if (websub_trusted(&entry->subscription))
        entry->trust = TRUST_PROVED;
    websub_plan(entry);
}

void websub_set_config(struct websub *websub, const struct config *config)
{
    websub->config = config;
    websub->policy.lease_ms = config->websub_lease_ms;
    websub->policy.retry_min_ms = config->interval_min_ms;
}

const struct poller_watch *websub_watch(const struct websub *websub)
{
    return &websub->watch;
}

int websub_create(struct websub **ret_websub, const struct websub_context *context,
                  const struct config *config, struct error *error)
{
    struct websub *websub = calloc(1, sizeof(*websub));
    if (!websub)
        return error_set(error, -ENOMEM, "no memory for the WebSub subscriber");
    websub->magic = WEBSUB_MAGIC;
    websub->context = *context;
    websub_set_config(websub, config);
    websub_watch_init(websub);
    websub->schedule = schedule_create();
    websub->timer = evtimer_new(context->base, on_timer, websub);
    int failure = websub->schedule && websub->timer
                      ? websub_listen(websub, error)
                      : error_set(error, -ENOMEM, "no memory for the WebSub subscriber");
    if (failure) {
        websub_destroy(&websub);
        return failure;
    }
    *ret_websub = websub;
    return 0;
}

void websub_start(struct websub *websub)
{
    assert(!websub->running);
    websub->running = true;
    look(websub);
}

void websub_stop(struct websub *websub)
{
    struct websub_entry *entry, *next;
    websub->running = false;
    evtimer_del(websub->timer);
    websub_listen_stop(websub);
    HASH_ITER(by_token, websub->by_token, entry, next)
    websub_ask_cancel(entry);
}

size_t websub_busy(const struct websub *websub)
{
    return websub->jobs + websub->requests;
}

void websub_clock_stepped(struct websub *websub)
{
    /* Leases are wall-clock times: they are looked at again, not moved. */
    if (websub->running)
        look(websub);
}

void websub_destroy(struct websub **ret_websub)
{
    struct websub *websub = *ret_websub;
    if (!websub)
        return;
    assert(websub->jobs == 0 && websub->requests == 0);
    websub_listen_stop(websub);
    struct websub_entry *entry, *next;
    HASH_ITER(by_token, websub->by_token, entry, next)
    {
        websub_ask_cancel(entry);
        schedule_remove(websub->schedule, &entry->item);
        if (entry->subscription.feed_url)
            HASH_DELETE(by_feed, websub->by_feed, entry);
        HASH_DELETE(by_token, websub->by_token, entry);
        entry->doomed = true;
        websub_release(entry);
    }
    schedule_destroy(&websub->schedule);
    if (websub->timer)
        event_free(websub->timer);
    websub->magic = 0;
    free(websub);
    *ret_websub = NULL;
}
