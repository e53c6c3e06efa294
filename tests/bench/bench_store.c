/* bench_store: what the store's jobs cost with a feed of few and of many marks: microseconds of processor
 * time per entry (per feed for forgetting and removing). What a statement costs must not grow with what is
 * known.
 *
 *     bench_store MARKS MARKS...     one line each: marks new known sighted renamed absent expire remove */
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "daemon/store/store.h"
#include "daemon/store/store_feeds.h"
#include "daemon/store/store_poll.h"
#include "daemon/store/store_expire.h"

enum { BATCH = 500, DAY_MS = 86400000 };
static const int64_t now_ms = 1800000000000;

struct bench {
    struct store *store;
    struct store_item items[BATCH];
    unsigned next; /* number of the next entry nobody has seen */
};

static void check(int error, const char *what)
{
    if (!error)
        return;
    fprintf(stderr, "%s: %s\n", what, error_text(error));
    exit(1);
}

static double processor_us(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec * 1e6 + (double)time.tv_nsec / 1e3;
}

static int settle(struct store_poll *job)
{
    return feed_state_copy(&job->state, &job->state_before);
}

/* Hashes as they are in life: without order. */
static uint64_t scattered(uint64_t number)
{
    number *= 0x9e3779b97f4a7c15u;
    number ^= number >> 29;
    return number * 0xbf58476d1ce4e5b9u;
}

static void item_fill(struct store_item *item, unsigned key, unsigned link)
{
    *item =
        (struct store_item){.candidate = {.key_hash = scattered(2 * key + 1),
                                          .link_hash = scattered(2 * link + 2),
                                          .title_hash = 7,
                                          .content_hash = 9,
                                          .key = STR("https://news.example/articles/2026/11/25/1234567"),
                                          .link = STR("https://news.example/articles/2026/11/25/1234567"),
                                          .title = STR("A title of the usual length, some sixty letters")},
                            .payload = STR("{\"entry\":{}}")};
    (void)snprintf(item->candidate.article_id, ARTICLE_ID_BYTES, "%016llx%016llx",
                   (unsigned long long)scattered(link), (unsigned long long)link);
    (void)snprintf(item->candidate.article_id_by_key, ARTICLE_ID_BYTES, "%016llx%016llx",
                   (unsigned long long)scattered(key), (unsigned long long)key);
}

static int64_t add_feed(struct bench *bench, const char *url)
{
    struct feed_state state = {.url = (char *)(uintptr_t)url}, *added = &state;
    struct store_feeds job = {.add = &added, .add_count = 1};
    store_submit_feeds(bench->store, &job);
    check(store_run_now(bench->store, &job.base), "adding a feed");
    return state.rowid;
}

/* One poll that shows `count` entries; its processor time per entry. */
static double poll(struct bench *bench, int64_t feed, size_t count, bool complete, int64_t at_ms)
{
    char url[64];
    (void)snprintf(url, sizeof(url), "https://feed.example/%d", (int)feed);
    struct store_poll job = {.base.arena = arena_create(64 << 20),
                             .state_before = {.rowid = feed, .url = url},
                             .items = bench->items,
                             .item_count = count,
                             .complete = complete,
                             .now_ms = at_ms,
                             .backfill_policy = BACKFILL_ALL,
                             .settle = settle};
    double began = processor_us();
    store_submit_poll(bench->store, &job);
    check(store_run_now(bench->store, &job.base), "a poll");
    double used = processor_us() - began;
    feed_state_done(&job.state);
    arena_destroy(&job.base.arena);
    return used / (double)count;
}

static double poll_new(struct bench *bench, int64_t feed)
{
    for (unsigned i = 0; i < BATCH; i++, bench->next++)
        item_fill(&bench->items[i], bench->next, bench->next);
    return poll(bench, feed, BATCH, false, now_ms);
}

/* The same links under other keys. */
static double poll_renamed(struct bench *bench, int64_t feed)
{
    for (unsigned i = 0; i < BATCH; i++)
        item_fill(&bench->items[i], bench->next + i, bench->next - BATCH + i);
    double used = poll(bench, feed, BATCH, false, now_ms);
    bench->next += BATCH;
    return used;
}

static double expire(struct bench *bench)
{
    struct store_expire job = {.now_ms = now_ms + DAY_MS, .feeds_max = 1000, .rows_max = 1000};
    double began = processor_us();
    store_submit_expire(bench->store, &job);
    check(store_run_now(bench->store, &job.base), "forgetting");
    return processor_us() - began;
}

static double remove_feed(struct bench *bench, int64_t feed)
{
    struct store_feeds job = {.remove = &feed, .remove_count = 1};
    double began = processor_us();
    store_submit_feeds(bench->store, &job);
    check(store_run_now(bench->store, &job.base), "removing a feed");
    return processor_us() - began;
}

static void measure(struct bench *bench, unsigned marks)
{
    int64_t feed = add_feed(bench, "https://feed.example/1"),
            other = add_feed(bench, "https://feed.example/2");
    while (bench->next < marks)
        (void)poll_new(bench, feed);
    double fresh = poll_new(bench, feed), known = poll(bench, feed, BATCH, false, now_ms),
           sighted = poll(bench, other, BATCH, false, now_ms), renamed = poll_renamed(bench, feed),
           whole = poll(bench, feed, BATCH, true, now_ms), absent = poll(bench, feed, 1, true, now_ms + 1000);
    printf("%u %.2f %.2f %.2f %.2f %.2f %.2f %.0f %.0f\n", marks, fresh, known, sighted, renamed, whole,
           absent / BATCH, expire(bench), remove_feed(bench, feed));
}

static int remove_one(const char *path, const struct stat *status, int flag, struct FTW *place)
{
    (void)status, (void)flag, (void)place; /* the signature is nftw's */
    return remove(path);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        char folder[] = "/tmp/newsd-bench-store-XXXXXX";
        struct bench *bench = calloc(1, sizeof(*bench));
        struct error error = {0};
        bool unclean;
        if (!bench || !mkdtemp(folder))
            return 1;
        struct store_options options = {
            .directory = folder, .bytes_max = 1 << 30, .seen_keep_days = 60, .article_keep_days = 7};
        if (store_open(&bench->store, &options, &unclean, &error)) {
            fprintf(stderr, "%s\n", error.text);
            return 1;
        }
        measure(bench, (unsigned)strtoul(argv[i], NULL, 10));
        store_close(&bench->store);
        free(bench);
        if (nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS))
            return 1;
    }
    return 0;
}
