/* websub_hooks: what polls and hubs tell of a subscription, and what follows from it. Loop thread only. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "daemon/websub/websub_private.h"

enum { HINT_HOLDS_MS = 3600000 }; /* a poll within this time finds what a push without a document meant */

/* ---- Polls ---- */

static bool offer_take(struct websub_offer *offer, const struct websub_links *links)
{
    struct websub_offer fresh = {.known = true, .topic = strndup(links->topic.ptr, links->topic.len)};
    bool complete = fresh.topic != NULL;
    assert(links->hub_count <= WEBSUB_HUBS_MAX);
    for (size_t i = 0; i < links->hub_count && complete; i++) {
        char *hub = strndup(links->hubs[i].ptr, links->hubs[i].len);
        complete = hub != NULL;
        if (hub)
            fresh.hubs[fresh.hub_count++] = hub;
    }
    websub_offer_done(complete ? offer : &fresh);
    if (complete)
        *offer = fresh;
    return complete;
}

static void subscribe(struct websub *websub, const struct feed_state *feed, const struct websub_links *links)
{
    struct websub_subscription fresh;
    if (!feed->rowid || websub_subscription_init(&fresh, feed->rowid, str_from(feed->url), links->hubs[0],
                                                 links->topic, clock_wall_ms()))
        return; /* the next poll offers it again */
    struct websub_entry *entry = websub_add(websub, &fresh);
    if (!entry)
        return;
    (void)offer_take(&entry->offer, links);
    websub_save(entry, NULL);
    websub_plan(entry);
}

static void on_discovered(void *context, const struct feed_state *feed, const struct websub_links *links)
{
    struct websub *websub = context;
    assert(websub->magic == WEBSUB_MAGIC);
    struct websub_entry *entry = websub_find_feed(websub, feed->url);
    if (!websub->running)
        return;
    if (!entry && links->hub_count > 0)
        subscribe(websub, feed, links);
    if (!entry || !offer_take(&entry->offer, links) || websub_still_offered(entry))
        return;
    entry->subscription.next_ms = clock_wall_ms();
    websub_plan(entry);
}

static void on_polled(void *context, const struct feed_state *feed, uint32_t fresh)
{
    const struct websub *websub = context;
    assert(websub->magic == WEBSUB_MAGIC);
    struct websub_entry *entry = websub_find_feed(websub, feed->url);
    int64_t now = clock_wall_ms();
    if (!entry || entry->trust == TRUST_NONE)
        return;
    bool hinted = entry->hinted_ms && now - entry->hinted_ms < HINT_HOLDS_MS;
    entry->hinted_ms = 0;
    if (entry->trust == TRUST_PROVED) {
        websub_set_trust(entry, TRUST_AUDITED);
        return;
    }
    if (fresh == 0 || hinted)
        return;
    /* The hub may be about to deliver them: it has the grace time for it. */
    entry->missed += fresh;
    if (!entry->missed_ms)
        entry->missed_ms = now;
    websub_plan(entry);
}

static void on_pushed(void *context, const struct feed_state *feed, bool good, uint32_t known)
{
    struct websub *websub = context;
    assert(websub->magic == WEBSUB_MAGIC);
    struct websub_entry *entry = websub_find_feed(websub, feed->url);
    if (!entry)
        return;
    if (!good) {
        entry->hinted_ms = clock_wall_ms();
        poller_poll_soon(websub->context.poller, feed->url);
    }
    entry->missed = good && known < entry->missed ? entry->missed - known : 0;
    if (entry->missed == 0)
        entry->missed_ms = 0;
}

static void on_removed(void *context, const struct feed_state *feed)
{
    const struct websub *websub = context;
    assert(websub->magic == WEBSUB_MAGIC);
    struct websub_entry *entry = websub_find_feed(websub, feed->url);
    if (entry)
        websub_drop(entry);
}

void websub_watch_init(struct websub *websub)
{
    websub->watch = (struct poller_watch){.discovered = on_discovered,
                                          .polled = on_polled,
                                          .pushed = on_pushed,
                                          .removed = on_removed,
                                          .context = websub};
}

void websub_demote(struct websub_entry *entry)
{
    const struct websub_subscription *subscription = &entry->subscription;
    /* Only polls that are an audit count what the hub owes. */
    assert(entry->trust == TRUST_AUDITED && entry->missed > 0 && subscription->feed_url);
    log_write(LOG_KIND_WEBSUB_DEMOTED, 5, subscription->feed_url,
              LOG_FIELDS({"FEED", subscription->feed_url}, {"HUB", subscription->hub}),
              "hub %s did not deliver %u entries of %s that a poll found; the feed is polled as before",
              subscription->hub, entry->missed, subscription->feed_url);
    metrics_add(METRIC_WEBSUB_DEMOTED, 1);
    websub_demoted(&entry->subscription);
    websub_set_trust(entry, TRUST_NONE);
    entry->give_up = entry->offer.hub_count > 1;
    websub_save(entry, NULL);
}

/* ---- Hubs ---- */

static const char *feed_name(const struct websub_subscription *subscription)
{
    return subscription->feed_url ? subscription->feed_url : subscription->topic;
}

static void confirmed(struct websub_entry *entry, const struct websub_intent *intent)
{
    struct websub_subscription *subscription = &entry->subscription;
    bool was_active = subscription->state == WEBSUB_ACTIVE;
    assert(!entry->doomed && subscription->state != WEBSUB_LEAVING);
    websub_confirmed(subscription, &entry->websub->policy, intent, clock_wall_ms());
    websub_count(entry, was_active);
    metrics_add(METRIC_WEBSUB_SUBSCRIBED, 1);
    if (!was_active)
        log_write(LOG_KIND_WEBSUB_SUBSCRIBED, 6, feed_name(subscription),
                  LOG_FIELDS({"FEED", feed_name(subscription)}, {"HUB", subscription->hub}),
                  "hub %s delivers %s from now on", subscription->hub, feed_name(subscription));
    websub_save(entry, NULL);
    websub_plan(entry);
}

static void denied(struct websub_entry *entry, struct str reason)
{
    struct websub_subscription *subscription = &entry->subscription;
    bool was_active = subscription->state == WEBSUB_ACTIVE;
    if (reason.len > 200)
        reason.len = 200; /* a hub's words are cut off for the log */
    log_write(LOG_KIND_WEBSUB_DENIED, 5, feed_name(subscription),
              LOG_FIELDS({"FEED", feed_name(subscription)}, {"HUB", subscription->hub}),
              "hub %s does not deliver %s: %.*s", subscription->hub, feed_name(subscription),
              (int)(reason.len ? reason.len : sizeof("no reason given") - 1),
              reason.len ? reason.ptr : "no reason given");
    metrics_add(METRIC_WEBSUB_DENIED, 1);
    websub_denied(subscription, clock_wall_ms());
    websub_count(entry, was_active);
    websub_set_trust(entry, TRUST_NONE);
    entry->give_up = entry->offer.hub_count > 1;
    websub_save(entry, NULL);
    websub_plan(entry);
}

/* The hub delivers no more, as was asked. The entry may be gone behind it. */
static void end(struct websub_entry *entry)
{
    websub_ask_cancel(entry);
    websub_forget(entry);
}

enum websub_answer websub_on_intent(struct websub_entry *entry, const struct websub_intent *intent,
                                    struct str reason)
{
    enum websub_answer answer = websub_check_intent(&entry->subscription, intent, clock_wall_ms());
    if (answer == WEBSUB_REFUSE)
        metrics_add(METRIC_WEBSUB_REFUSED, 1);
    else if (answer == WEBSUB_TAKE_DENIAL)
        denied(entry, reason);
    else if (entry->subscription.state == WEBSUB_LEAVING)
        end(entry);
    else
        confirmed(entry, intent);
    return answer;
}

/* A push that proved the hub: its feed is polled once more, for what came before or meanwhile, and the polls
 * after that are an audit. */
static void count_push(struct websub_entry *entry)
{
    metrics_add(METRIC_WEBSUB_PUSHES, 1);
    if (!websub_pushed(&entry->subscription))
        return;
    websub_set_trust(entry, TRUST_PROVED);
    websub_save(entry, NULL);
}

int websub_on_push(struct websub_entry *entry, struct str signature, struct str type, char **body, size_t len)
{
    struct websub_subscription *subscription = &entry->subscription;
    enum websub_seal seal = websub_signature(subscription, signature, str_make(*body, len));
    if (!subscription->feed_url || subscription->state == WEBSUB_LEAVING) {
        metrics_add(METRIC_WEBSUB_UNKNOWN, 1);
        return 410;
    }
    if (seal != WEBSUB_SIGNED) {
        /* The Recommendation's section 7.1.1: discarded, and the sender need not know. */
        metrics_add(seal == WEBSUB_FORGED ? METRIC_WEBSUB_FORGED : METRIC_WEBSUB_UNSIGNED, 1);
        return 202;
    }
    if (len == 0) {
        count_push(entry);
        on_pushed(entry->websub, &(struct feed_state){.url = subscription->feed_url}, false, 0);
        return 202;
    }
    switch (poller_push(entry->websub->context.poller, subscription->feed_url, body, len, type)) {
    case 0:
        count_push(entry);
        return 202;
    case ERR_NOT_FOUND:
        metrics_add(METRIC_WEBSUB_UNKNOWN, 1);
        return 410;
    default:
        metrics_add(METRIC_WEBSUB_BUSY, 1);
        return 503;
    }
}
