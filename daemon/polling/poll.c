/* poll: one poll from its turn to its end: host -> fetch -> parse (worker) -> identity (store) -> done. Loop
 * thread; only parse_run and settle_run are called elsewhere, on a poll's own data. */
#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/container_of.h"
#include "daemon/polling/feed_report.h"
#include "daemon/store/store_poll.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "daemon/polling/poll_document.h"
#include "daemon/polling/poll_states.h"
#include "daemon/polling/poller_private.h"

enum {
    DOCUMENT_ARENA_BYTES =
        256 << 20, /* of one document with its items; a 16 MiB feed needs about a third of it */
};

const char poll_accept[] =
    "application/rss+xml, application/atom+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, application/json;q=0.6, */*;q=0.1";

/* One poll with a document. */
struct poll {
    struct work work;
    struct store_poll store;
    struct poller *poller;
    struct polled_feed *feed;
    struct arena *arena;
    struct poll_policy policy;
    struct http_answer answer;
    struct poll_verdict verdict;
    struct poll_document document;
    struct poll_change change;
    char *body;
    enum poll_source source;
    bool backfill;
};

static void count_answer(const struct fetch_result *result, const struct poll_verdict *verdict)
{
    metrics_add(METRIC_POLLS, 1);
    metrics_add(METRIC_POLL_BYTES_WIRE, result->wire_bytes);
    metrics_add(METRIC_POLL_BYTES, result->body_bytes);
    if (verdict->kind == POLL_UNCHANGED)
        metrics_add(result->answer.status == 304 ? METRIC_POLLS_NOT_MODIFIED : METRIC_POLLS_SAME_BODY, 1);
    if (verdict->kind == POLL_FAILED || verdict->error != FETCH_ERROR_NONE)
        metrics_add_poll_error((int)verdict->error);
}

static void announce(struct polled_feed *feed, const struct poll_change *change, const char *words)
{
    if (change->gap)
        metrics_add(METRIC_FEED_GAPS, 1);
    metrics_add(METRIC_ENTRIES_LOST, change->lost);
    if (change->gap || feed_report_due(change))
        feed_report_log(&feed->state, change, words);
}

void poll_look_back(struct polled_feed *feed)
{
    struct poller *poller = feed->poller;
    struct poll_change change;
    enum feed_status before = (enum feed_status)feed->state.status;
    if (!poll_set_aside(&feed->state, clock_wall_ms(), &change))
        return;
    assert(feed->phase == PHASE_IDLE && !poller->running);
    poller->by_status[before]--;
    poller->by_status[feed->state.status]++;
    metrics_add(METRIC_FEEDS_SET_ASIDE, 1);
    metrics_add_poll_error(FETCH_ERROR_SET_ASIDE);
    announce(feed, &change, NULL);
    poll_states_save(feed, &change);
}

/* An answer without a document: settled here and now. */
static void settle_simple(struct polled_feed *feed, struct fetch_result *result,
                          const struct poll_verdict *verdict)
{
    assert(verdict->kind != POLL_BODY);
    struct poll_change change = {0};
    struct poller *poller = feed->poller;
    enum feed_status before = (enum feed_status)feed->state.status;
    if (poll_settle(&feed->state, &poller->policy, &result->answer, verdict, NULL, clock_wall_ms(), &change))
        feed->state.next_poll_ms = clock_wall_ms() + poller->policy.interval_default_s * 1000LL;
    poller->by_status[before]--;
    poller->by_status[feed->state.status]++;
    announce(feed, &change, result->error_text);
    poll_states_save(feed, &change);
    if (poller->watch && verdict->kind == POLL_UNCHANGED && !feed->removed)
        poller->watch->polled(poller->watch->context, &feed->state, 0);
    poller->ended(feed, NULL);
}

static void poll_free(struct poll *poll)
{
    feed_state_done(&poll->store.state_before);
    feed_state_done(&poll->store.state);
    arena_destroy(&poll->arena);
    free(poll->body);
    free(poll);
}

static void count_items(const struct store_poll *job)
{
    assert(job->counts.braked <= job->counts.skipped);
    metrics_add(METRIC_ENTRIES_SEEN, (int64_t)job->counts.known + job->counts.fresh);
    metrics_add(METRIC_ENTRIES_KNOWN, job->counts.known);
    metrics_add(METRIC_ENTRIES_NEW, job->counts.fresh);
    metrics_add(METRIC_ENTRIES_REVISED, job->counts.revised);
    metrics_add(METRIC_ENTRIES_WITHDRAWN, job->counts.withdrawn);
    metrics_add(METRIC_ENTRIES_SIGHTED, job->counts.sighted);
    metrics_add(METRIC_ENTRIES_SKIPPED, (int64_t)job->counts.skipped - job->counts.braked);
    metrics_add(METRIC_ENTRIES_BRAKED, job->counts.braked);
    for (size_t i = 0; i < job->item_count; i++) {
        const struct store_item *item = &job->items[i];
        if (item->taken && !job->backfill && item->verdict == ENTRY_NEW && item->candidate.published_ms)
            metrics_observe(METRIC_DELAY_FETCHED, job->now_ms - item->candidate.published_ms);
    }
    metrics_add(METRIC_INTAKE_ADDED, job->counts.taken);
}

/* Tells the push subscriber what came of it. */
static void tell(const struct poll *poll)
{
    const struct poller_watch *watch = poll->poller->watch;
    const struct feed_state *feed = &poll->feed->state;
    bool good = poll->document.findings.parse_error == FETCH_ERROR_NONE;
    if (!watch || poll->feed->removed)
        return;
    if (poll->source == POLL_PUSHED) {
        watch->pushed(watch->context, feed, good, poll->store.counts.known);
    } else if (good && poll->source == POLL_OWN) {
        watch->discovered(watch->context, feed, &poll->document.links);
        watch->polled(watch->context, feed,
                      poll->store.counts.fresh - poll->store.counts.revised - poll->store.counts.withdrawn);
    }
}

/* What is to be known to go on from the document; false where it was none. */
static bool step_from(const struct poll *poll, struct follow_step *ret_step)
{
    *ret_step = (struct follow_step){
        .document = &poll->document,
        .source = poll->source,
        .gap = poll->change.gap,
        .backfill = poll->backfill,
        .known = poll->store.counts.known,
        .fresh = poll->store.counts.fresh - poll->store.counts.revised,
    };
    return poll->document.findings.parse_error == FETCH_ERROR_NONE;
}

/* Takes over what the store has settled (but url and rowid); *state is empty afterwards. */
static void take_state(struct polled_feed *feed, struct feed_state *state)
{
    struct poller *poller = feed->poller;
    int64_t rowid = feed->state.rowid;
    /* The list may have been read again since the poll began. */
    state->page_policy = feed->state.page_policy;
    state->interval_fixed_s = feed->state.interval_fixed_s;
    state->unchecked_certificate = feed->state.unchecked_certificate;
    /* url is the hash's key: the old string stays, only the rest is exchanged. */
    char *url = feed->state.url;
    assert(state->url && !strcmp(state->url, url));
    assert(poller->by_status[feed->state.status] > 0);
    poller->by_status[feed->state.status]--;
    free(state->url);
    state->url = NULL;
    feed->state.url = NULL;
    feed_state_done(&feed->state);
    feed->state = *state;
    *state = (struct feed_state){0};
    feed->state.url = url;
    feed->state.rowid = rowid;
    poller->by_status[feed->state.status]++;
}

static void poll_stored(struct store_job *base, int error)
{
    struct poll *poll = (struct poll *)base->context;
    struct poller *poller = poll->poller;
    struct polled_feed *feed = poll->feed;
    assert(poller->polling > 0 && feed->phase == PHASE_POLLING);
    poller->polling--;
    if (error) {
        if (error != ERR_SHUTDOWN && !(error == ERR_NOT_FOUND && feed->removed))
            log_error("feed %s: its entries were not stored, the next poll takes them: %s", feed->state.url,
                      error_text(error));
        if (poll->source == POLL_OWN)
            feed->state.next_poll_ms = clock_wall_ms() + poller->policy.interval_default_s * 1000LL;
        feed->soon = poll->source == POLL_PUSHED;
    } else {
        count_items(&poll->store);
        take_state(feed, &poll->store.state);
        announce(feed, &poll->change, poll->document.words);
        tell(poll);
        if (poll->store.counts.fresh)
            poller->context.items_stored(poller->context.context);
        if (poll->store.record_count)
            poller->context.records_stored(poller->context.context);
    }
    struct follow_step step;
    bool goes_on = !error && step_from(poll, &step);
    poller->ended(feed, goes_on ? &step : NULL);
    poll_free(poll);
    poller->look(poller);
}

/* T7: the feed's habits are learned from the dates of what is new. */
static int fresh_dates(struct arena *arena, const struct store_poll *job, struct poll_findings *found)
{
    int64_t *dates = arena_new_array(arena, int64_t, job->item_count + 1);
    if (!dates)
        return -ENOMEM;
    found->fresh_ms = dates;
    found->fresh_dated = 0;
    for (size_t i = 0; i < job->item_count; i++)
        if (job->items[i].verdict == ENTRY_NEW && job->items[i].candidate.published_ms)
            dates[found->fresh_dated++] = job->items[i].candidate.published_ms;
    return 0;
}

/* On the store's thread, between identity and the write of the state; may run twice. */
static int settle_run(struct store_poll *job)
{
    struct poll *poll = job->base.context;
    feed_state_done(&job->state);
    int error = feed_state_copy(&job->state, &job->state_before);
    if (error)
        return error;
    struct poll_findings *found = &poll->document.findings;
    assert(job->counts.revised <= job->counts.fresh);
    found->known = job->counts.known;
    found->revised = job->counts.revised;
    found->fresh = job->counts.fresh - job->counts.revised;
    found->entries = job->counts.known + job->counts.fresh;
    poll->change = (struct poll_change){0};
    error = fresh_dates(poll->arena, job, found);
    if (error)
        return error;
    if (poll->source == POLL_OLDER)
        poll_settle_older(&job->state, found);
    else if (poll->source != POLL_OWN)
        poll_settle_push(&job->state, found, job->now_ms, &poll->change);
    else
        error = poll_settle(&job->state, &poll->policy, &poll->answer, &poll->verdict, found, job->now_ms,
                            &poll->change);
    if (error)
        return error;
    job->state.stopped = 0;
    if (found->parse_error == FETCH_ERROR_NONE)
        job->state.backfilled = true;
    job->records = NULL;
    job->record_count = 0;
    if (!feed_report_due(&poll->change))
        return 0;
    job->records = arena_new(poll->arena, struct record);
    if (!job->records)
        return -ENOMEM;
    job->record_count = 1;
    return feed_report_record(poll->arena, &job->state, &poll->change, job->now_ms, job->records);
}

static void parse_run(struct work *work)
{
    struct poll *poll = container_of(work, struct poll, work);
    struct working *working = store_working(poll->poller->context.store);
    int place = working_begin(working, poll->store.state_before.rowid);
    if (poll_document_read(poll->arena, &poll->document))
        poll->document.findings.parse_error = FETCH_ERROR_TOO_LARGE;
    working_end(working, place);
}

static void parse_done(struct mail *mail)
{
    struct poll *poll = container_of(mail, struct poll, work.mail);
    struct poller *poller = poll->poller;
    struct poll_document *document = &poll->document;
    assert(poll->feed->phase == PHASE_POLLING && (document->item_count == 0 || document->items));
    if (document->limit_hit)
        metrics_add(METRIC_LIMIT_HITS, 1);
    if (document->findings.parse_error && poll->source == POLL_OWN)
        metrics_add_poll_error((int)document->findings.parse_error);
    struct store_poll *job = &poll->store;
    job->base.done = poll_stored;
    job->base.context = poll;
    job->base.arena = poll->arena;
    job->items = document->items;
    job->item_count = document->item_count;
    /* A push may hold no more than what is new: absence means nothing. */
    job->complete = document->complete && poll->source == POLL_OWN;
    job->truncated = poll->source != POLL_OWN || document->findings.truncated || document->limit_hit ||
                     document->findings.parse_error;
    job->backfill = poll->backfill;
    job->backfill_policy = poller->config->backfill;
    job->backfill_value = poller->config->backfill_value;
    job->page_policy = (enum page_policy)poll->store.state_before.page_policy;
    job->now_ms = document->now_ms;
    job->settle = settle_run;
    if (poll->source != POLL_OWN) /* an older state of this feed may wait there, and must not come later */
        poll_states_send(poller);
    store_submit_poll(poller->context.store, job);
}

static int answer_copy(struct arena *arena, const struct http_answer *from, struct http_answer *to)
{
    *to = *from;
    to->body = STR_NONE;
    struct http_header *headers = arena_new_array(arena, struct http_header, from->header_count + 1);
    if (!headers)
        return -ENOMEM;
    for (size_t i = 0; i < from->header_count; i++)
        headers[i] = (struct http_header){arena_str(arena, from->headers[i].name),
                                          arena_str(arena, from->headers[i].value)};
    to->headers = headers;
    if (from->final_url)
        to->final_url = arena_copy(arena, from->final_url, strlen(from->final_url));
    return arena_exhausted(arena) ? -ENOMEM : 0;
}

/* A poll of an answer whose body is still to come. */
static struct poll *poll_create(struct polled_feed *feed, const struct http_answer *answer,
                                const struct poll_verdict *verdict)
{
    struct poll *poll = calloc(1, sizeof(*poll));
    if (!poll)
        return NULL;
    poll->poller = feed->poller;
    poll->feed = feed;
    poll->verdict = *verdict;
    poll->policy = feed->poller->policy;
    poll->arena = arena_create(DOCUMENT_ARENA_BYTES);
    if (!poll->arena || feed_state_copy(&poll->store.state_before, &feed->state) ||
        answer_copy(poll->arena, answer, &poll->answer)) {
        poll_free(poll);
        return NULL;
    }
    poll->document = (struct poll_document){
        .answer = &poll->answer,
        .feed_url = poll->store.state_before.url,
        .poll_url = feed_state_poll_url(&poll->store.state_before),
        .entries_max = (size_t)feed->poller->config->entries_max,
        .now_ms = answer->received_ms ? answer->received_ms : clock_wall_ms(),
        .want_links = feed->poller->watch != NULL,
    };
    poll->document.since_ms = poll->store.state_before.last_success_ms;
    poll->backfill = !poll->store.state_before.backfilled;
    poll->work.run = parse_run;
    poll->work.mail.deliver = parse_done;
    return poll;
}

static void poll_submit(struct poll *poll, char *body, size_t len)
{
    assert(poll->feed->phase == PHASE_POLLING && !poll->feed->transfer.host);
    poll->body = body;
    poll->document.body = str_make(body, len);
    poll->poller->polling++;
    workers_submit(poll->poller->context.workers, &poll->work);
}

bool poll_take(struct polled_feed *feed, struct poll_input *input)
{
    assert(feed->item.position == SCHEDULE_OUT && !feed->transfer.host);
    assert(input->source != POLL_OWN && input->body);
    struct http_header type = {STR("Content-Type"), input->content_type};
    struct http_answer answer = {.status = 200,
                                 .headers = &type,
                                 .header_count = input->content_type.ptr ? 1 : 0,
                                 .final_url = input->final_url,
                                 .received_ms = clock_wall_ms()};
    struct poll_verdict verdict = {.kind = POLL_BODY};
    struct poll *poll = poll_create(feed, &answer, &verdict);
    if (!poll)
        return false;
    poll->source = input->source;
    poll->backfill = input->backfill;
    poll->document.want_links = false;
    feed->phase = PHASE_POLLING;
    poll_submit(poll, input->body, input->len);
    input->body = NULL;
    return true;
}

static void take_answer(struct polled_feed *feed, struct fetch_result *result)
{
    struct poller *poller = feed->poller;
    struct poll_verdict verdict;
    poll_judge(&feed->state, &poller->policy, &result->answer, clock_wall_ms(), &verdict);
    count_answer(result, &verdict);
    struct poll *poll = verdict.kind == POLL_BODY ? poll_create(feed, &result->answer, &verdict) : NULL;
    if (verdict.kind == POLL_BODY && !poll)
        verdict = (struct poll_verdict){.kind = POLL_FAILED, .error = FETCH_ERROR_INTERNAL};
    if (poll) {
        size_t len;
        char *body = fetch_result_take_body(result, &len);
        poll_submit(poll, body, len);
    } else {
        settle_simple(feed, result, &verdict);
    }
}

static void on_fetched(struct transfer *transfer, struct fetch_result *result)
{
    struct polled_feed *feed = container_of(transfer, struct polled_feed, transfer);
    struct poller *poller = feed->poller;
    bool started = feed->phase == PHASE_POLLING;
    assert(!feed->follow);
    assert(started ? poller->polling > 0 : feed->phase == PHASE_WAITING);
    poller->polling -= started;
    if (!result) { /* too much waits for the host */
        feed->state.next_poll_ms = clock_wall_ms() + poller->policy.interval_min_s * 1000LL;
        poller->ended(feed, NULL);
        return;
    }
    if (result->cancelled)
        poller->ended(feed, NULL);
    else
        take_answer(feed, result);
    if (started) /* else the poller is just looking, and goes on with the next feed */
        poller->look(poller);
}

static bool prepare(struct transfer *transfer, struct fetch_request *fetch)
{
    struct polled_feed *feed = container_of(transfer, struct polled_feed, transfer);
    struct poller *poller = feed->poller;
    assert(feed->phase == PHASE_WAITING && poller->polling < HASH_CNT(by_url, poller->feeds));
    struct poll_request request;
    poll_prepare(&feed->state, &poller->policy, clock_wall_ms(), &request);
    fetch->accept = poll_accept;
    fetch->etag = request.etag;
    fetch->last_modified = request.last_modified;
    fetch->http1_only = request.http1_only;
    fetch->unchecked_certificate = request.unchecked_certificate;
    feed->phase = PHASE_POLLING;
    feed->soon = false;
    poller->polling++;
    return true;
}

void poll_begin(struct polled_feed *feed)
{
    assert(feed->phase == PHASE_IDLE && feed->item.position == SCHEDULE_OUT);
    assert(!feed->removed && !feed->follow && feed->poller->running);
    feed->phase = PHASE_WAITING;
    feed->transfer.prepare = prepare;
    feed->transfer.done = on_fetched;
    transfers_fetch(feed->poller->context.transfers, &feed->transfer, feed_state_poll_url(&feed->state));
}
