/* websub_request: one request to a hub: written down, then the host's turn, then the POST. Loop thread only.
 */
#include <assert.h>
#include <event2/event.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/container_of.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "daemon/websub/websub_private.h"
#include "feeds/http/cache_hints.h"

enum { ANSWER_BYTES_MAX = 64 * 1024 }; /* what a hub says beside its status is of no use */

static struct websub_entry *entry_of(struct transfer *transfer)
{
    return container_of(transfer, struct websub_entry, transfer);
}

static void ended(struct websub_entry *entry)
{
    assert(entry->asking != ASKING_NOTHING && !entry->transfer.host);
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

static void on_answer(struct transfer *transfer, struct fetch_result *result)
{
    struct websub_entry *entry = entry_of(transfer);
    const struct http_answer *answer = result ? &result->answer : NULL;
    bool good = answer && answer->error == FETCH_ERROR_NONE && answer->status >= 200 && answer->status < 300;
    assert(entry->asking == ASKING_RUNNING ? entry->websub->requests > 0 : entry->asking == ASKING_WAITING);
    if (entry->asking == ASKING_RUNNING)
        entry->websub->requests--;
    buffer_done(&entry->body);
    /* A hub that has verified already has taken the request, whatever it answers then: attempts is 0. */
    if (!result)
        refused(entry, 0, "too much waits for its host");
    else if (!result->cancelled && !good && entry->subscription.attempts > 0)
        refused(entry, cache_retry_after_ms(answer, clock_wall_ms()),
                answer->error != FETCH_ERROR_NONE ? result->error_text : "its status says no");
    ended(entry);
}

static bool prepare(struct transfer *transfer, struct fetch_request *request)
{
    struct websub_entry *entry = entry_of(transfer);
    struct websub *websub = entry->websub;
    assert(entry->asking == ASKING_WAITING && !entry->doomed);
    buffer_clear(&entry->body);
    if (websub_request(&entry->subscription, &websub->policy, str_from(websub->config->websub_callback),
                       &entry->body)) {
        refused(entry, 0, "no memory for the request");
        return false;
    }
    request->accept = "*/*";
    request->body_bytes_max = ANSWER_BYTES_MAX;
    request->post = buffer_str(&entry->body);
    request->post_type = "application/x-www-form-urlencoded";
    entry->asking = ASKING_RUNNING;
    websub->requests++;
    metrics_add(METRIC_WEBSUB_REQUESTS, 1);
    return true;
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
    entry->transfer.prepare = prepare;
    entry->transfer.done = on_answer;
    entry->asking = ASKING_WAITING;
    transfers_fetch(entry->websub->context.transfers, &entry->transfer, entry->subscription.hub);
}

void websub_ask(struct websub_entry *entry)
{
    assert(entry->asking == ASKING_NOTHING && !entry->doomed);
    websub_asked(&entry->subscription, clock_wall_ms());
    entry->asking = ASKING_STORING;
    websub_save(entry, on_written);
    websub_plan(entry);
}

void websub_ask_cancel(struct websub_entry *entry)
{
    if (entry->asking == ASKING_WAITING)
        transfers_cancel(entry->websub->context.transfers, &entry->transfer);
    if (entry->asking != ASKING_RUNNING)
        entry->asking = ASKING_NOTHING;
}
