/* store_fixture: a store in a folder of its own, and short forms of its jobs. For tests only.
 *
 * Until fixture_start() jobs run on the calling thread (fixture_run); after it they go to the store's thread
 * and fixture_wait() turns the loop until they are done. */
#ifndef NEWSD_TESTS_DAEMON_STORE_FIXTURE_H
#define NEWSD_TESTS_DAEMON_STORE_FIXTURE_H

#include <event2/event.h>

#include "base/clock.h"
#include "daemon/process/mailbox.h"
#include "daemon/store/store.h"
#include "daemon/store/store_outbox.h"
#include "daemon/temp_folder.h"

struct fixture {
    struct temp_folder folder;
    struct store_options options;
    struct store *store;
    bool unclean;
    struct error error;
    struct arena *arena;
    struct event_base *base;
    struct mailbox *mailbox;
};

static inline int fixture_try_open(struct fixture *fixture)
{
    fixture->options.directory = fixture->folder.path;
    fixture->error = (struct error){0};
    return store_open(&fixture->store, &fixture->options, &fixture->unclean, &fixture->error);
}

static inline void fixture_open(struct fixture *fixture)
{
    int error = fixture_try_open(fixture);
    if (error)
        fail_msg("the store does not open: %s", fixture->error.text);
}

static inline void fixture_make(struct fixture *fixture)
{
    *fixture =
        (struct fixture){.options = {.bytes_max = 64 << 20, .seen_keep_days = 60, .article_keep_days = 7}};
    temp_folder_make(&fixture->folder);
    fixture->arena = arena_create(ARENA_CAP_DEFAULT);
    assert_non_null(fixture->arena);
}

static inline void fixture_start(struct fixture *fixture)
{
    fixture->base = event_base_new();
    fixture->mailbox = mailbox_create(fixture->base);
    assert_int_equal(store_start(fixture->store, fixture->mailbox, &fixture->error), 0);
}

static inline void fixture_done(struct fixture *fixture)
{
    store_close(&fixture->store);
    mailbox_destroy(&fixture->mailbox);
    if (fixture->base)
        event_base_free(fixture->base);
    arena_destroy(&fixture->arena);
    temp_folder_remove(&fixture->folder);
}

static inline struct store_counts fixture_counts(const struct fixture *fixture)
{
    struct store_counts counts;
    store_get_counts(fixture->store, &counts);
    return counts;
}

/* Turns the loop until *done; a job that never ends is a failure after a while. */
static inline void fixture_wait(struct fixture *fixture, const bool *done)
{
    struct timeval step = {.tv_usec = 20000};
    int64_t end = clock_monotonic_ms() + 15000;
    while (!*done && clock_monotonic_ms() < end) {
        event_base_loopexit(fixture->base, &step);
        event_base_dispatch(fixture->base);
    }
    assert_true(*done);
}

/* A record as the stages would have made it. */
static inline struct record fixture_record(enum record_topic topic, const char *id, struct str value)
{
    struct record record = {.topic = topic, .key = str_from(id), .header_count = 2, .value = value};
    assert_true(record.key.len < RECORD_ID_BYTES);
    memcpy(record.id, id, record.key.len);
    record.headers[0] = (struct record_header){"ce_id", str_from(id)};
    record.headers[1] = (struct record_header){"ce_type", STR("org.newsd.article.published")};
    return record;
}

static inline int fixture_run(struct fixture *fixture, struct store_job *job)
{
    job->arena = job->arena ? job->arena : fixture->arena;
    return store_run_now(fixture->store, job);
}

static inline void fixture_append(struct fixture *fixture, enum record_topic topic, const char *id,
                                  const char *value)
{
    struct record record = fixture_record(topic, id, str_from(value));
    struct store_append job = {
        .base.arena = fixture->arena, .records = &record, .record_count = 1, .now_ms = 1000};
    store_submit_append(fixture->store, &job);
    assert_int_equal(fixture_run(fixture, &job.base), 0);
}

#endif
