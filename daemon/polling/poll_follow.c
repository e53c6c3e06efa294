/* poll_follow: documents that belong to one that a poll has brought: older pages after a gap (T6, RFC 5005),
 * and the sitemaps of an index. One after another through the feed's own turn at its host; what goes wrong
 * ends the reading and harms nothing. Loop thread only. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/container_of.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "daemon/polling/poll_document.h"
#include "daemon/polling/poller_private.h"

static_assert(FOLLOW_PAGES_MAX <= FOLLOW_SITEMAPS_MAX, "older pages have places for as many");

struct poll_follow {
    enum poll_source source;
    bool backfill;
    char *urls[FOLLOW_SITEMAPS_MAX];
    size_t count, next; /* `next` is asked for, or is to be */
    unsigned pages;     /* older ones, asked for so far */
    char *body_url;     /* where the document at hand came from */
};

void follow_forget(struct polled_feed *feed)
{
    struct poll_follow *follow = feed->follow;
    if (!follow)
        return;
    for (size_t i = 0; i < follow->count; i++)
        free(follow->urls[i]);
    free(follow->body_url);
    free(follow);
    feed->follow = NULL;
}

static bool add_url(struct poll_follow *follow, struct str url)
{
    assert(follow->count < FOLLOW_SITEMAPS_MAX);
    char *copy = strndup(url.ptr, url.len);
    if (copy)
        follow->urls[follow->count++] = copy;
    return copy != NULL;
}

static bool request(struct polled_feed *feed);

/* The next one, or the end. */
static void go_on(struct polled_feed *feed)
{
    assert(feed->follow->next < feed->follow->count);
    feed->follow->next++;
    if (!request(feed))
        feed->poller->ended(feed, NULL);
}

static void take_document(struct polled_feed *feed, struct fetch_result *result)
{
    struct poll_follow *follow = feed->follow;
    const struct http_answer *answer = &result->answer;
    struct poll_input input = {.source = follow->source,
                               .backfill = follow->backfill,
                               .content_type = http_answer_header(answer, STR("content-type"))};
    free(follow->body_url);
    follow->body_url = strdup(answer->final_url ? answer->final_url : follow->urls[follow->next]);
    input.final_url = follow->body_url;
    input.body = fetch_result_take_body(result, &input.len);
    if (input.final_url && input.body && poll_take(feed, &input)) {
        metrics_add(METRIC_DOCUMENTS_FOLLOWED, 1);
        follow->next++;
        return;
    }
    free(input.body);
    go_on(feed);
}

static void on_fetched(struct transfer *transfer, struct fetch_result *result)
{
    struct polled_feed *feed = container_of(transfer, struct polled_feed, transfer);
    struct poller *poller = feed->poller;
    const struct http_answer *answer = result ? &result->answer : NULL;
    bool started = feed->phase == PHASE_POLLING;
    assert(feed->follow && feed->follow->next < feed->follow->count);
    assert(started ? poller->polling > 0 : feed->phase == PHASE_WAITING);
    poller->polling -= started;
    if (!answer || result->cancelled || feed->removed || !poller->running) {
        poller->ended(feed, NULL);
    } else if (answer->error == FETCH_ERROR_NONE && answer->status == 200) {
        take_document(feed, result);
    } else {
        log_debug("feed %s: %s, which belongs to it, could not be read: %s", feed->state.url,
                  feed->follow->urls[feed->follow->next],
                  answer->error != FETCH_ERROR_NONE ? result->error_text : "its status says no");
        go_on(feed);
    }
    if (started)
        poller->look(poller);
}

static bool prepare(struct transfer *transfer, struct fetch_request *fetch)
{
    struct polled_feed *feed = container_of(transfer, struct polled_feed, transfer);
    assert(feed->phase == PHASE_WAITING && feed->follow);
    fetch->accept = poll_accept;
    fetch->http1_only = feed->state.http1_only;
    fetch->unchecked_certificate = feed->state.unchecked_certificate;
    feed->phase = PHASE_POLLING;
    feed->poller->polling++;
    return true;
}

/* False when there is none left: the feed is as it was, without a follow. */
static bool request(struct polled_feed *feed)
{
    struct poll_follow *follow = feed->follow;
    struct poller *poller = feed->poller;
    if (follow->next >= follow->count || feed->removed || !poller->running) {
        follow_forget(feed);
        return false;
    }
    feed->transfer.prepare = prepare;
    feed->transfer.done = on_fetched;
    feed->phase = PHASE_WAITING;
    transfers_fetch(poller->context.transfers, &feed->transfer, follow->urls[follow->next]);
    return true;
}

/* An archive goes on while nothing of it is known, page by page. */
static bool older_again(struct poll_follow *follow, const struct follow_step *step)
{
    struct str older = step->document->older;
    if (step->known > 0 || step->fresh == 0 || follow->pages >= FOLLOW_PAGES_MAX || !older.ptr)
        return false;
    for (size_t i = 0; i < follow->count; i++)
        if (str_equal(older, str_from(follow->urls[i])))
            return false; /* it goes in circles */
    follow->pages++;
    return add_url(follow, older);
}

static bool begin(struct polled_feed *feed, const struct follow_step *step)
{
    const struct poll_document *document = step->document;
    assert(!feed->follow && step->source == POLL_OWN);
    bool all = step->backfill && feed->poller->config->backfill == BACKFILL_ALL;
    bool older = document->older.ptr && (step->gap || all);
    if (document->sitemaps.count == 0 && !older)
        return false;
    struct poll_follow *follow = calloc(1, sizeof(*follow));
    if (!follow)
        return false;
    feed->follow = follow;
    follow->backfill = step->backfill;
    follow->source = older ? POLL_OLDER : POLL_SITEMAP;
    if (older)
        follow->pages = add_url(follow, document->older) ? 1 : 0;
    for (size_t i = 0; !older && i < document->sitemaps.count; i++)
        (void)add_url(follow, document->sitemaps.items[i]);
    return true;
}

bool follow_next(struct polled_feed *feed, const struct follow_step *step)
{
    if (step->source == POLL_PUSHED)
        return false;
    if (step->source == POLL_OWN) {
        follow_forget(feed);
        return begin(feed, step) && request(feed);
    }
    if (!feed->follow)
        return false;
    assert(feed->follow->source == step->source);
    if (step->source == POLL_OLDER)
        (void)older_again(feed->follow, step);
    return request(feed);
}
