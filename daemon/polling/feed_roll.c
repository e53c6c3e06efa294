/* feed_roll: the feeds in memory and the operator's list. Loop thread only. */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/clock.h"
#include "base/container_of.h"
#include "daemon/polling/feed_report.h"
#include "daemon/store/store_feeds.h"
#include "daemon/process/log.h"
#include "daemon/polling/poller_private.h"

enum {
    FIRST_POLLS_PER_SECOND = 50, /* T8: an import is spread, the first of it starts at once */
};

static struct polled_feed *feed_add(struct poller *poller, const struct feed_state *state)
{
    struct polled_feed *feed = calloc(1, sizeof(*feed));
    if (!feed)
        return NULL;
    if (feed_state_copy(&feed->state, state)) {
        free(feed);
        return NULL;
    }
    feed->poller = poller;
    feed->item.position = SCHEDULE_OUT;
    feed->phase = PHASE_IDLE;
    HASH_ADD_KEYPTR(by_url, poller->feeds, feed->state.url, strlen(feed->state.url), feed);
    if (!TABLE_HAS(by_url, feed)) {
        feed_state_done(&feed->state);
        free(feed);
        return NULL;
    }
    poller->by_status[feed->state.status]++;
    return feed;
}

void feed_free(struct poller *poller, struct polled_feed *feed)
{
    /* A poll under way comes back to its feed. */
    assert(feed->phase != PHASE_POLLING && !feed->transfer.host);
    assert(poller->by_status[feed->state.status] > 0);
    poller->by_status[feed->state.status]--;
    schedule_remove(poller->schedule, &feed->item);
    push_forget_all(feed);
    follow_forget(feed);
    HASH_DELETE(by_url, poller->feeds, feed);
    feed_state_done(&feed->state);
    free(feed);
}

void poller_restore(void *context, const struct feed_state *state)
{
    struct poller *poller = context;
    assert(poller->magic == POLLER_MAGIC);
    struct polled_feed *feed = feed_add(poller, state);
    if (feed) /* T9 */
        feed->state.next_poll_ms = poll_resume_ms(state, &poller->policy, clock_wall_ms());
    else
        log_error("no memory for feed %s", state->url);
}

struct feeds_job {
    struct store_feeds store;
    struct poller *poller;
    struct polled_feed **added;
    struct feed_state *states; /* what the store's thread reads and numbers; texts are the feeds' own */
    int64_t *removed;
    struct record *records; /* one for each feed taken off the list */
};

static void feeds_job_free(struct feeds_job *job)
{
    arena_destroy(&job->store.base.arena);
    free(job->store.add);
    free(job->added);
    free(job->states);
    free(job->removed);
    free(job->records);
    free(job);
}

static void feeds_stored(struct store_job *base, int error)
{
    struct feeds_job *job = container_of(base, struct feeds_job, store.base);
    struct poller *poller = job->poller;
    if (error && error != ERR_SHUTDOWN)
        log_error("the feed list was not stored: %s; the next reload or start reads it again",
                  error_text(error));
    for (size_t i = 0; i < job->store.add_count; i++) {
        assert(job->added[i]->phase == PHASE_STORING);
        job->added[i]->state.rowid = job->states[i].rowid;
        if (error)
            feed_free(poller, job->added[i]);
        else
            poller->ended(job->added[i], NULL);
    }
    bool records = !error && job->store.record_count > 0;
    feeds_job_free(job);
    assert(poller->magic == POLLER_MAGIC && poller->jobs > 0);
    poller->jobs--;
    if (records)
        poller->context.records_stored(poller->context.context);
    poller->look(poller);
}

static struct feeds_job *feeds_job(struct poller *poller, size_t add, size_t remove)
{
    struct feeds_job *job = calloc(1, sizeof(*job));
    if (!job)
        return NULL;
    job->poller = poller;
    job->store.base.done = feeds_stored;
    job->store.base.arena = arena_create(ARENA_CAP_DEFAULT);
    job->store.add = calloc(add + 1, sizeof(struct feed_state *));
    job->added = calloc(add + 1, sizeof(*job->added));
    job->states = calloc(add + 1, sizeof(*job->states));
    job->removed = calloc(remove + 1, sizeof(*job->removed));
    job->records = calloc(remove + 1, sizeof(*job->records));
    job->store.remove = job->removed;
    job->store.records = job->records;
    if (!job->store.base.arena || !job->store.add || !job->added || !job->states || !job->removed ||
        !job->records) {
        feeds_job_free(job);
        return NULL;
    }
    return job;
}

static void feed_apply_entry(struct poller *poller, struct polled_feed *feed,
                             const struct feed_list_entry *entry)
{
    feed->listed = true;
    feed->state.page_policy =
        (uint8_t)(entry->page_policy >= 0 ? entry->page_policy : (int)poller->config->pages);
    feed->state.interval_fixed_s = entry->interval_s;
    feed->state.unchecked_certificate = entry->unchecked_certificate;
}

static int list_add(struct poller *poller, struct feeds_job *job, const struct feed_list_entry *entry,
                    size_t fresh)
{
    struct feed_state state = {0};
    char *url = strndup(entry->url.ptr, entry->url.len);
    if (!url)
        return -ENOMEM;
    state.url = url;
    state.status = FEED_STATUS_NEW;
    state.status_since_ms = clock_wall_ms();
    state.interval_s = poller->policy.interval_default_s;
    state.next_poll_ms = clock_wall_ms() + (int64_t)(fresh * 1000 / FIRST_POLLS_PER_SECOND);
    struct polled_feed *feed = feed_add(poller, &state);
    free(url);
    if (!feed)
        return -ENOMEM;
    feed->phase = PHASE_STORING;
    feed_apply_entry(poller, feed, entry);
    size_t place = job->store.add_count++;
    job->added[place] = feed;
    job->states[place] = feed->state;
    job->store.add[place] = &job->states[place];
    return 0;
}

void feed_leave(struct polled_feed *feed)
{
    assert(feed->removed && feed->phase == PHASE_IDLE);
    struct poller *poller = feed->poller;
    struct feeds_job *job = feed->relisted || feed->kept ? feeds_job(poller, 1, 1) : NULL;
    if (!job) {
        if (feed->relisted || feed->kept)
            log_error("no memory to take %s off or back on the list; the next reload does it",
                      feed->state.url);
        feed_free(poller, feed);
        return;
    }
    if (feed->kept)
        job->removed[job->store.remove_count++] = feed->state.rowid;
    if (feed->relisted) {
        struct str url = arena_str(job->store.base.arena, str_from(feed->state.url));
        struct feed_list_entry entry = {.url = url,
                                        .page_policy = feed->state.page_policy,
                                        .interval_s = feed->state.interval_fixed_s,
                                        .unchecked_certificate = feed->state.unchecked_certificate};
        feed_free(poller, feed);
        if (!url.ptr || list_add(poller, job, &entry, 0))
            log_error("no memory for a feed that was put back on the list; the next reload takes it");
    } else {
        feed_free(poller, feed);
    }
    poller->jobs++;
    store_submit_feeds(poller->context.store, &job->store);
}

static void removed_report(struct feeds_job *job, struct polled_feed *feed)
{
    assert(feed->phase == PHASE_STORING || feed->state.rowid > 0); /* else no row would go */
    struct record *record = &job->records[job->store.record_count];
    if (feed_report_removed(job->store.base.arena, &feed->state, clock_wall_ms(), record))
        log_error("no memory for the record that says that %s was removed", feed->state.url);
    else
        job->store.record_count++;
    log_write(LOG_KIND_FEED_REMOVED, 6, feed->state.url, LOG_FIELDS({"FEED", feed->state.url}),
              "feed %s is no longer listed and not polled any more", feed->state.url);
    if (feed->phase == PHASE_STORING)
        feed->kept = true;
    else
        job->removed[job->store.remove_count++] = feed->state.rowid;
}

static void list_remove(struct poller *poller, struct feeds_job *job)
{
    struct polled_feed *feed, *next;
    HASH_ITER(by_url, poller->feeds, feed, next)
    {
        if (feed->listed || feed->removed)
            continue;
        removed_report(job, feed);
        if (poller->watch)
            poller->watch->removed(poller->watch->context, &feed->state);
        feed->removed = true;
        if (feed->phase == PHASE_WAITING) {
            transfers_cancel(poller->context.transfers, &feed->transfer);
            feed->phase = PHASE_IDLE;
        }
        if (feed->phase == PHASE_IDLE)
            feed_free(poller, feed);
    }
}

int poller_set_feeds(struct poller *poller, const struct feed_list *list)
{
    struct polled_feed *feed, *next;
    HASH_ITER(by_url, poller->feeds, feed, next)
    feed->listed = false;
    struct feeds_job *job = feeds_job(poller, list->count, HASH_CNT(by_url, poller->feeds));
    if (!job)
        return -ENOMEM;
    size_t fresh = 0;
    bool first_list = HASH_CNT(by_url, poller->feeds) == 0;
    for (size_t i = 0; i < list->count; i++) {
        const struct feed_list_entry *entry = &list->entries[i];
        HASH_FIND(by_url, poller->feeds, entry->url.ptr, entry->url.len, feed);
        if (feed && !feed->removed) {
            feed_apply_entry(poller, feed, entry);
            continue;
        }
        if (feed) { /* taken off the list and put back while its poll is under way */
            feed->relisted = true;
            continue;
        }
        if (list_add(poller, job, entry, fresh++))
            log_error("no memory for feed %.*s", STR_ARG(entry->url));
        else if (!first_list)
            log_write(LOG_KIND_FEED_ADDED, 6, NULL, NULL, "feed %.*s is polled from now on",
                      STR_ARG(entry->url));
    }
    list_remove(poller, job);
    poller->jobs++;
    store_submit_feeds(poller->context.store, &job->store);
    return 0;
}
