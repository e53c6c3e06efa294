/* store_jobs: short forms of the store's jobs on one store of a test's own. For tests only. */
#ifndef NEWSD_TESTS_DAEMON_STORE_JOBS_H
#define NEWSD_TESTS_DAEMON_STORE_JOBS_H

#include "daemon/store/store_fixture.h"
#include "daemon/store/store_feeds.h"
#include "daemon/store/store_poll.h"
#include "daemon/store/store_intake.h"
#include "daemon/store/store_outbox.h"

static const int64_t now_ms = 1641897180000;

static inline int64_t add_feed(struct fixture *fixture, const char *url)
{
    struct feed_state state = {.url = strdup(url), .interval_s = 3600}, *added = &state;
    struct store_feeds job = {.add = &added, .add_count = 1};
    store_submit_feeds(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    int64_t rowid = state.rowid;
    assert_true(rowid > 0);
    feed_state_done(&state);
    return rowid;
}

/* An item whose key, link and content are told by small numbers; link 0 = none. */
static inline struct store_item make_item(unsigned key, unsigned link, unsigned content)
{
    struct store_item item = {.candidate = {.key_hash = key,
                                            .link_hash = link,
                                            .title_hash = 7,
                                            .content_hash = content,
                                            .key = STR("entry"),
                                            .link = link ? STR("https://news.example/a") : STR_NONE,
                                            .title = STR("A title")},
                              .payload = STR("{\"entry\":{}}")};
    (void)snprintf(item.candidate.article_id, ARTICLE_ID_BYTES, "%032x", link ? 1000 + link : key);
    (void)snprintf(item.candidate.article_id_by_key, ARTICLE_ID_BYTES, "%032x", key);
    return item;
}

static inline int settle(struct store_poll *job)
{
    if (feed_state_copy(&job->state, &job->state_before))
        return -ENOMEM;
    job->state.etag = strdup("\"v2\"");
    job->state.entries_total += job->counts.fresh;
    return 0;
}

static inline int settle_in_vain(struct store_poll *job)
{
    (void)job;
    return ERR_RECORD;
}

static inline struct store_poll make_poll(struct fixture *fixture, int64_t feed, const char *url,
                                          struct store_item *items, size_t count)
{
    return (struct store_poll){
        .base.arena = fixture->arena,
        .state_before = {.rowid = feed, .url = (char *)(uintptr_t)url, .interval_s = 3600},
        .items = items,
        .item_count = count,
        .backfill_policy = BACKFILL_ALL,
        .now_ms = now_ms,
        .settle = settle,
    };
}

static inline int run_poll(struct fixture *fixture, struct store_poll *job)
{
    store_submit_poll(fixture->store, job);
    int error = fixture_run(fixture, &job->base);
    feed_state_done(&job->state);
    return error;
}

static inline struct store_list_waiting list(struct fixture *fixture)
{
    struct store_list_waiting job = {.limit = 1000};
    store_submit_list_waiting(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    return job;
}

static inline struct store_take take(struct fixture *fixture, int64_t rowid)
{
    struct store_take job = {.rowid = rowid};
    store_submit_take(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    return job;
}

static inline struct store_read_outbox read_outbox(struct fixture *fixture, size_t rows_max, size_t bytes_max)
{
    struct store_read_outbox job = {.rows_max = rows_max, .bytes_max = bytes_max};
    store_submit_read_outbox(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
    return job;
}

static inline int finish(struct fixture *fixture, int64_t rowid, const struct record *record,
                         const char *article_id)
{
    struct store_finish job = {.rowid = rowid,
                               .records = record,
                               .record_count = 1,
                               .article_id = str_from(article_id),
                               .title = STR("A title"),
                               .text = STR("The text of the article."),
                               .derived = STR("statements/1 events/2"),
                               .fingerprint = 99,
                               .story = STR("00000000000000000000000000000abc"),
                               .revision = 1,
                               .now_ms = now_ms};
    store_submit_finish(fixture->store, &job);
    return fixture_run(fixture, &job.base);
}

/* One item of one feed in the intake; returns the feed. */
static inline int64_t take_one_in(struct fixture *fixture, unsigned content)
{
    struct store_item item = make_item(1, 2, content);
    int64_t feed = 1;
    if (fixture_counts(fixture).feeds == 0)
        feed = add_feed(fixture, "https://feed.example/1");
    struct store_poll poll = make_poll(fixture, feed, "https://feed.example/1", &item, 1);
    assert_int_equal(run_poll(fixture, &poll), 0);
    return feed;
}

static inline int set_up(void **state)
{
    struct fixture *fixture = malloc(sizeof(*fixture));
    fixture_make(fixture);
    *state = fixture;
    return 0;
}

static inline int set_up_open(void **state)
{
    set_up(state);
    fixture_open(*state);
    return 0;
}

static inline int tear_down(void **state)
{
    fixture_done(*state);
    free(*state);
    return 0;
}

#endif
