/* websub_table: the subscriptions: by token and by feed, as rows of the store, in the schedule, and how far
 * each is trusted. Loop thread only. */
#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/container_of.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "daemon/store/store_websub.h"
#include "daemon/websub/websub_private.h"

enum { BUSY_AGAIN_MS = 1000 }; /* a request is under way: look again then */

/* ---- Offers ---- */

void websub_offer_done(struct websub_offer *offer)
{
    free(offer->topic);
    for (size_t i = 0; i < offer->hub_count; i++)
        free(offer->hubs[i]);
    *offer = (struct websub_offer){0};
}

int websub_offer_index(const struct websub_entry *entry)
{
    const struct websub_offer *offer = &entry->offer;
    if (!offer->topic || strcmp(offer->topic, entry->subscription.topic))
        return -1;
    for (size_t i = 0; i < offer->hub_count; i++)
        if (!strcmp(offer->hubs[i], entry->subscription.hub))
            return (int)i;
    return -1;
}

bool websub_still_offered(const struct websub_entry *entry)
{
    return !entry->offer.known || websub_offer_index(entry) >= 0;
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
    assert(entry->asking == ASKING_NOTHING || entry->asking == ASKING_RUNNING);
    struct websub_job *job = job_create(entry);
    if (job) { /* else the row stays, and the next run forgets it */
        job->store.remove = true;
        entry->websub->jobs++;
        store_submit_subscription(entry->websub->context.store, &job->store);
    }
    unlink_entry(entry);
    websub_release(entry);
}

/* ---- The schedule ---- */

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
    if (!websub->running || schedule_first(websub->schedule) != &entry->item || wait > WEBSUB_TICK_MAX_MS)
        return;
    evtimer_add(websub->timer, &delay);
}

/* ---- Trust ---- */

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
