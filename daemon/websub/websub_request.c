/* websub_request: one request to a hub: written down, then the host's turn, then the POST. Loop thread only.
 */
#include <event2/event.h>

#include "base/clock.h"
#include "base/url.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "daemon/websub/websub_private.h"
#include "feeds/http/cache_hints.h"

enum { ANSWER_BYTES_MAX = 64 * 1024 }; /* what a hub says beside its status is of no use */

static struct websub_entry *entry_of(struct transfer_wish *wish)
{
    return (struct websub_entry *)((char *)wish - offsetof(struct websub_entry, wish));
}

static void ended(struct websub_entry *entry)
{
    entry->asking = ASKING_NOTHING;
    websub_plan(entry);
    websub_release(entry);
}

static void refused(struct websub_entry *entry, int64_t retry_after_ms, const char *words)
{
    websub_refused(&entry->subscription, &entry->websub->policy, retry_after_ms, clock_wall_ms());
    log_debug("hub %s did not take a WebSub request for %s: %s", entry->subscription.hub,
              entry->subscription.topic, words);
    websub_save(entry, NULL);
}

static void on_answer(void *context, struct fetch_result *result)
{
    struct websub_entry *entry = context;
    const struct http_answer *answer = &result->answer;
    bool good = answer->error == FETCH_ERROR_NONE && answer->status >= 200 && answer->status < 300;
    entry->websub->requests--;
    transfers_ended(entry->websub->context.transfers, &entry->wish);
    /* A hub that has verified already has taken the request, whatever it answers then: attempts is 0. */
    if (!result->cancelled && !good && entry->subscription.attempts > 0)
        refused(entry, cache_retry_after_ms(answer, clock_wall_ms()),
                answer->error != FETCH_ERROR_NONE ? result->error_text : "its status says no");
    ended(entry);
}

static void wish_refused(struct transfer_wish *wish)
{
    struct websub_entry *entry = entry_of(wish);
    refused(entry, 0, "too much waits for its host");
    ended(entry);
}

static void wish_start(struct transfer_wish *wish)
{
    struct websub_entry *entry = entry_of(wish);
    struct websub *websub = entry->websub;
    _cleanup_buffer_ struct buffer body = {0};
    int error = websub_request(&entry->subscription, &websub->policy,
                               str_from(websub->config->websub_callback), &body);
    struct fetch_request request = {
        .url = entry->subscription.hub,
        .accept = "*/*",
        .body_bytes_max = ANSWER_BYTES_MAX,
        .post = buffer_str(&body),
        .post_type = "application/x-www-form-urlencoded",
    };
    if (!error)
        error = fetch_start(transfers_fetcher(websub->context.transfers), &request, on_answer, entry);
    if (error) {
        transfers_ended(websub->context.transfers, wish);
        refused(entry, 0, error_text(error));
        ended(entry);
        return;
    }
    entry->asking = ASKING_RUNNING;
    websub->requests++;
    metrics_add(METRIC_WEBSUB_REQUESTS, 1);
}

/* What is asked for is in the store: a verification that comes after a crash is known. */
static void on_written(struct websub_entry *entry, int error)
{
    if (entry->asking != ASKING_STORING)
        return;
    if (error || entry->doomed || !entry->websub->running) {
        ended(entry);
        return;
    }
    struct arena *arena = arena_create(64 * 1024);
    struct str host = arena ? url_host(arena, str_from(entry->subscription.hub)) : STR_NONE;
    entry->wish.start = wish_start;
    entry->wish.refused = wish_refused;
    entry->asking = ASKING_WAITING;
    if (!host.ptr || !transfers_want(entry->websub->context.transfers, &entry->wish, host))
        wish_refused(&entry->wish);
    arena_destroy(&arena);
}

void websub_ask(struct websub_entry *entry)
{
    websub_asked(&entry->subscription, clock_wall_ms());
    entry->asking = ASKING_STORING;
    websub_save(entry, on_written);
    websub_plan(entry);
}

void websub_ask_cancel(struct websub_entry *entry)
{
    if (entry->asking == ASKING_WAITING)
        transfers_cancel(entry->websub->context.transfers, &entry->wish);
    if (entry->asking != ASKING_RUNNING)
        entry->asking = ASKING_NOTHING;
}
