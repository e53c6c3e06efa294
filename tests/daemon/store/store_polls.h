/* store_polls: a store in a folder of its own, and polls made of a few words, for the store's tests. */
#ifndef NEWSD_TESTS_DAEMON_STORE_POLLS_H
#define NEWSD_TESTS_DAEMON_STORE_POLLS_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/hash.h"
#include "daemon/store/store.h"
#include "daemon/store/store_feeds.h"
#include "daemon/store/store_poll.h"
#include "daemon/store/store_intake.h"
#include "daemon/store/store_expire.h"

enum { ENTRIES_MAX = 16 };

static const int64_t day_ms = 86400000;
static const int64_t first_day_ms = 1800000000000;

static struct store *store;
static char folder[64];
static bool unclean;

static inline struct store_options store_fixture_options(void)
{
    return (struct store_options){
        .directory = folder, .bytes_max = 64 << 20, .seen_keep_days = 60, .article_keep_days = 7};
}

static inline int store_fixture_open(void)
{
    struct error error = {0};
    struct store_options options = store_fixture_options();
    int failure = store_open(&store, &options, &unclean, &error);
    if (failure)
        fprintf(stderr, "%s\n", error.text);
    return failure;
}

static inline int store_fixture_setup(void **state)
{
    (void)state;
    (void)snprintf(folder, sizeof(folder), "/tmp/newsd-store-XXXXXX");
    return mkdtemp(folder) ? store_fixture_open() : -1;
}

static inline int store_fixture_teardown(void **state)
{
    (void)state;
    store_close(&store);
    static const char *const names[] = {"newsd.db", "newsd.db-wal", "lock", "ballast", "working"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        char path[128];
        (void)snprintf(path, sizeof(path), "%s/%s", folder, names[i]);
        (void)unlink(path); /* not all are always there */
    }
    return rmdir(folder);
}

/* Adds a feed and fills in the state that its polls start from. */
static inline void fixture_feed(struct feed_state *state, const char *url)
{
    *state = (struct feed_state){.url = (char *)(uintptr_t)url, .status = FEED_STATUS_NEW};
    struct store_feeds job = {.add = &state, .add_count = 1};
    store_submit_feeds(store, &job);
    assert_int_equal(store_run_now(store, &job.base), 0);
    assert_true(state->rowid > 0);
}

struct shown {
    const char *key, *link, *content; /* link NULL = none, content NULL = the feed takes it back */
};

static inline int fixture_settle(struct store_poll *job)
{
    (void)job;
    return 0;
}

/* One poll of a feed that shows these entries (up to one without a key); the counts are in the job returned.
 */
static inline struct store_poll fixture_poll(struct feed_state *feed, int64_t now_ms, bool complete,
                                             const struct shown *shown)
{
    static struct store_item items[ENTRIES_MAX];
    struct store_poll job = {.state_before = *feed,
                             .state = *feed,
                             .items = items,
                             .complete = complete,
                             .now_ms = now_ms,
                             .page_policy = PAGES_NEVER,
                             .settle = fixture_settle};
    job.base.arena = arena_create(1 << 20);
    for (; shown->key; shown++) {
        struct entry_candidate *candidate = &items[job.item_count].candidate;
        char hex[SHA256_HEX_BYTES];
        items[job.item_count++].payload = STR("{}");
        *candidate = (struct entry_candidate){
            .key = str_from(shown->key),
            .link = shown->link ? str_from(shown->link) : STR_NONE,
            .key_hash = hash_64(str_from(shown->key)),
            .link_hash = shown->link ? hash_64(str_from(shown->link)) : 0,
            .content_hash = hash_64(str_from(shown->content ? shown->content : "")),
            .title = STR("a title"),
            .deleted = !shown->content,
        };
        const char *id = shown->link ? shown->link : shown->key;
        memcpy(candidate->article_id, hash_sha256_hex(str_from(id), ARTICLE_ID_BYTES - 1, hex),
               ARTICLE_ID_BYTES);
        memcpy(candidate->article_id_by_key, hash_sha256_hex(str_from(shown->key), ARTICLE_ID_BYTES - 1, hex),
               ARTICLE_ID_BYTES);
    }
    store_submit_poll(store, &job);
    assert_int_equal(store_run_now(store, &job.base), 0);
    arena_destroy(&job.base.arena);
    return job;
}
#define SHOWS(...) ((const struct shown[]){__VA_ARGS__, {NULL, NULL, NULL}})

struct taken {
    uint32_t revision;
    enum article_kind kind;
};

/* The last item of the intake. */
static inline struct taken fixture_last_taken(void)
{
    struct arena *arena = arena_create(1 << 20);
    struct store_list_waiting list = {.base.arena = arena, .limit = 100};
    store_submit_list_waiting(store, &list);
    assert_int_equal(store_run_now(store, &list.base), 0);
    assert_true(list.row_count > 0);
    struct store_take take = {.base.arena = arena, .rowid = list.rows[list.row_count - 1].rowid};
    store_submit_take(store, &take);
    assert_int_equal(store_run_now(store, &take.base), 0);
    struct taken taken = {take.revision, take.kind};
    arena_destroy(&arena);
    return taken;
}

static inline void fixture_expire(int64_t now_ms)
{
    struct store_expire job = {.more = true};
    while (job.more) {
        job = (struct store_expire){
            .now_ms = now_ms, .feeds_max = 1, .rows_max = 1, .after_feed = job.next_feed};
        store_submit_expire(store, &job);
        assert_int_equal(store_run_now(store, &job.base), 0);
    }
}

static inline struct store_counts fixture_counts(void)
{
    struct store_counts counts;
    store_get_counts(store, &counts);
    return counts;
}

#endif
