/* websub: the table of subscriptions, its schedule and its life. Owns them, the timer and the listener. Loop
 * thread only. */
#include "daemon/websub/websub.h"
#include "daemon/store/store_websub.h"

#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

#include "base/container_of.h"
#include "base/clock.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "daemon/websub/websub_private.h"

enum {
    TICK_MAX_MS = 60000,
    BUSY_AGAIN_MS = 1000,     /* a request is under way: look again then */
    ROUND_MS = 24 * 3600000,  /* when all hubs of a feed have failed */
    RESTART_SPREAD_MS = 5000, /* requests that the last run did not finish */
};

/* ---- Offers ---- */

void websub_offer_done(struct websub_offer *offer)
{
    free(offer->topic);
    for (size_t i = 0; i < offer->hub_count; i++)
        free(offer->hubs[i]);
    *offer = (struct websub_offer){0};
}

/* Where the subscription's hub stands in the offer, or -1. */
static int offer_index(const struct websub_entry *entry)
{
    const struct websub_offer *offer = &entry->offer;
    if (!offer->topic || strcmp(offer->topic, entry->subscription.topic))
        return -1;
    for (size_t i = 0; i < offer->hub_count; i++)
        if (!strcmp(offer->hubs[i], entry->subscription.hub))
            return (int)i;
    return -1;
}

/* ---- Entries ---- */

struct websub_entry *websub_add(struct websub *websub, struct websub_subscription *subscription)
{
    struct websub_entry *entry = calloc(1, sizeof(*entry));
    if (!entry) {
        websub_subscription_done(subscription);
        log_error("no memory for a WebSub subscription; the feed goes on being polled");
        return NULL;
    }
    entry->subscription = *subscription;
    *subscription = (struct websub_subscription){0};
    entry->websub = websub;
    entry->item.position = SCHEDULE_OUT;
    HASH_ADD_KEYPTR(by_token, websub->by_token, entry->subscription.token, WEBSUB_TOKEN_BYTES - 1, entry);
    if (entry->subscription.feed_url)
        HASH_ADD_KEYPTR(by_feed, websub->by_feed, entry->subscription.feed_url,
                        strlen(entry->subscription.feed_url), entry);
    if (!TABLE_HAS(by_token, entry) || (entry->subscription.feed_url && !TABLE_HAS(by_feed, entry))) {
        log_error("no memory for a WebSub subscription; the feed goes on being polled");
        if (TABLE_HAS(by_token, entry))
            HASH_DELETE(by_token, websub->by_token, entry);
        if (TABLE_HAS(by_feed, entry))
            HASH_DELETE(by_feed, websub->by_feed, entry);
        websub_subscription_done(&entry->subscription);
        free(entry);
        return NULL;
    }
    websub_count(entry, false);
    return entry;
}

struct websub_entry *websub_find_token(const struct websub *websub, struct str token)
{
    struct websub_entry *entry = NULL;
    if (token.len == WEBSUB_TOKEN_BYTES - 1)
        HASH_FIND(by_token, websub->by_token, token.ptr, token.len, entry);
    return entry;
}

struct websub_entry *websub_find_feed(const struct websub *websub, const char *feed_url)
{
    struct websub_entry *entry = NULL;
    HASH_FIND(by_feed, websub->by_feed, feed_url, strlen(feed_url), entry);
    return entry;
}

void websub_count(struct websub_entry *entry, bool was_active)
{
    bool active = entry->subscription.state == WEBSUB_ACTIVE;
    assert(!was_active || entry->websub->active > 0);
    entry->websub->active += (size_t)active - (size_t)was_active;
    metrics_set(METRIC_WEBSUB_ACTIVE, (int64_t)entry->websub->active);
}

static void leave_feed(struct websub_entry *entry)
{
    if (!entry->subscription.feed_url)
        return;
    websub_set_trust(entry, TRUST_NONE);
    HASH_DELETE(by_feed, entry->websub->by_feed, entry);
    free(entry->subscription.feed_url);
    entry->subscription.feed_url = NULL;
    entry->subscription.feed = 0;
}

static void unlink_entry(struct websub_entry *entry)
{
    struct websub *websub = entry->websub;
    assert(!entry->doomed);
    bool was_active = entry->subscription.state == WEBSUB_ACTIVE;
    leave_feed(entry);
    schedule_remove(websub->schedule, &entry->item);
    HASH_DELETE(by_token, websub->by_token, entry);
    entry->subscription.state = WEBSUB_LEAVING;
    websub_count(entry, was_active);
    entry->doomed = true;
}

void websub_release(struct websub_entry *entry)
{
    if (!entry->doomed || entry->jobs > 0 || entry->asking != ASKING_NOTHING)
        return;
    assert(entry->item.position == SCHEDULE_OUT && !entry->transfer.host);
    websub_offer_done(&entry->offer);
    websub_subscription_done(&entry->subscription);
    free(entry);
}

/* ---- The store ---- */

struct websub_job {
    struct store_subscription store;
    struct websub *websub;
    struct websub_entry *entry; /* NULL for a removal */
    void (*written)(struct websub_entry *entry, int error);
};

static void on_saved(struct store_job *base, int error)
{
    struct websub_job *job = container_of(base, struct websub_job, store.base);
    struct websub_entry *entry = job->entry;
    if (error && error != ERR_SHUTDOWN)
        log_error("a WebSub subscription was not stored: %s", error_text(error));
    assert(job->websub->magic == WEBSUB_MAGIC && job->websub->jobs > 0);
    job->websub->jobs--;
    if (entry) {
        assert(entry->jobs > 0);
        entry->jobs--;
        if (job->written)
            job->written(entry, error);
        websub_release(entry);
    }
    websub_subscription_done(&job->store.subscription);
    free(job);
}

static struct websub_job *job_create(struct websub_entry *entry)
{
    struct websub_job *job = calloc(1, sizeof(*job));
    if (!job)
        return NULL;
    struct websub_subscription *copy = &job->store.subscription;
    *copy = entry->subscription;
    copy->feed_url = NULL;
    copy->hub = strdup(entry->subscription.hub);
    copy->topic = strdup(entry->subscription.topic);
    if (!copy->hub || !copy->topic) {
        websub_subscription_done(copy);
        free(job);
        return NULL;
    }
    job->store.base.done = on_saved;
    job->websub = entry->websub;
    return job;
}

void websub_save(struct websub_entry *entry, void (*written)(struct websub_entry *entry, int error))
{
    struct websub_job *job = job_create(entry);
    if (!job) {
        if (written)
            written(entry, -ENOMEM);
        return;
    }
    job->entry = entry;
    job->written = written;
    entry->jobs++;
    entry->websub->jobs++;
    store_submit_subscription(entry->websub->context.store, &job->store);
}

void websub_forget(struct websub_entry *entry)
{
    struct websub_job *job = job_create(entry);
    if (job) { /* else the row stays, and the next run forgets it */
        job->store.remove = true;
        entry->websub->jobs++;
        store_submit_subscription(entry->websub->context.store, &job->store);
    }
    websub_ask_cancel(entry);
    unlink_entry(entry);
    websub_release(entry);
}

/* ---- Decisions ---- */

void websub_set_trust(struct websub_entry *entry, enum websub_trust trust)
{
    entry->trust = (uint8_t)trust;
    if (trust != TRUST_AUDITED) {
        entry->missed = 0;
        entry->missed_ms = 0;
    }
    if (entry->subscription.feed_url)
        poller_set_audit(entry->websub->context.poller, entry->subscription.feed_url, trust == TRUST_AUDITED);
}

void websub_drop(struct websub_entry *entry)
{
    assert(!entry->doomed);
    bool was_active = entry->subscription.state == WEBSUB_ACTIVE;
    leave_feed(entry);
    websub_leave(&entry->subscription, clock_wall_ms());
    websub_count(entry, was_active);
    websub_save(entry, NULL);
    websub_plan(entry);
}

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
    size_t next = (size_t)(offer_index(entry) + 1);
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

bool websub_still_offered(const struct websub_entry *entry)
{
    return !entry->offer.known || offer_index(entry) >= 0;
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
    int64_t wait = first ? first->due_ms - clock_wall_ms() : TICK_MAX_MS;
    wait = wait < 1 ? 1 : wait > TICK_MAX_MS ? TICK_MAX_MS : wait;
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

void websub_plan(struct websub_entry *entry)
{
    struct websub *websub = entry->websub;
    int64_t now = clock_wall_ms(), due = entry->give_up ? now : entry->subscription.next_ms;
    if (entry->doomed)
        return;
    if (entry->asking != ASKING_NOTHING && due < now + BUSY_AGAIN_MS)
        due = now + BUSY_AGAIN_MS;
    if (entry->missed_ms && entry->missed_ms + websub->config->websub_grace_ms < due)
        due = entry->missed_ms + websub->config->websub_grace_ms;
    if (schedule_put(websub->schedule, &entry->item, due))
        log_error("no memory to schedule a WebSub subscription");
    int64_t wait = due > now ? due - now : 0;
    struct timeval delay = {.tv_sec = wait / 1000, .tv_usec = wait % 1000 * 1000};
    if (!websub->running || schedule_first(websub->schedule) != &entry->item || wait > TICK_MAX_MS)
        return;
    evtimer_add(websub->timer, &delay);
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
