/* poller_fixture: a poller with a real store and real workers, on the virtual clock, whose requests the test
 * answers. For tests only.
 *
 *     polling_run(polling, 1);                     a list of one feed, which is asked for at once
 *     fake_answer(&polling->transfers, feed_url(0), &(struct served){...});
 *     polling_settle(polling);                     what the answer brought is stored
 *     polling_until_asked(polling);                time passes until the next request */
#ifndef NEWSD_TESTS_DAEMON_POLLER_FIXTURE_H
#define NEWSD_TESTS_DAEMON_POLLER_FIXTURE_H

#include "daemon/fake_transfers.h"
#include "daemon/store/store_feeds.h"
#include "daemon/polling/poller.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "daemon/store/store_fixture.h"

enum { FEEDS_MAX = 400, SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR };
static const int64_t polling_epoch = 1700000000000; /* a Tuesday in November */

struct polling {
    struct fixture store;
    struct config *config;
    struct workers *workers;
    struct transfers transfers;
    struct poller *poller;
    bool held;                               /* by back-pressure */
    void (*opened)(struct polling *polling); /* may be NULL; before the store's thread starts */
    size_t items, records;
};

/* "https://host7.example/rss" */
static inline const char *feed_url(size_t number)
{
    static char urls[FEEDS_MAX][48];
    assert_true(number < FEEDS_MAX);
    (void)snprintf(urls[number], sizeof(urls[number]), "https://host%zu.example/rss", number);
    return urls[number];
}

/* A feed that shows the entries first, first - 1, ... (newest first); `more` goes into its channel. One text
 * at a time. */
static inline const char *rss_with(const char *more, unsigned first, unsigned count)
{
    static char text[64 * 1024];
    size_t len = (size_t)snprintf(text, sizeof(text),
                                  "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>"
                                  "<title>Post</title>%s",
                                  more);
    for (unsigned i = first; i > first - count && len < sizeof(text) - 400; i--)
        len += (size_t)snprintf(text + len, sizeof(text) - len,
                                "<item><guid isPermaLink='false'>e%u</guid><title>Entry %u</title>"
                                "<link>https://post.example/%u</link></item>",
                                i, i, i);
    (void)snprintf(text + len, sizeof(text) - len, "</channel></rss>");
    return text;
}

static inline const char *rss(unsigned first, unsigned count)
{
    return rss_with("", first, count);
}

static inline void polling_items_stored(void *context)
{
    ((struct polling *)context)->items++;
}

static inline void polling_records_stored(void *context)
{
    ((struct polling *)context)->records++;
}

static inline bool polling_may_poll(void *context)
{
    return !((struct polling *)context)->held;
}

/* Opens the store and takes its feeds. */
static inline void polling_open(struct polling *polling)
{
    struct poller_context context = {.store = NULL,
                                     .transfers = &polling->transfers,
                                     .items_stored = polling_items_stored,
                                     .records_stored = polling_records_stored,
                                     .may_poll = polling_may_poll,
                                     .context = polling};
    struct fixture *store = &polling->store;
    polling->transfers = (struct transfers){.slots = FEEDS_MAX};
    polling->held = false;
    fixture_open(store);
    store->base = event_base_new();
    store->mailbox = mailbox_create(store->base);
    assert_int_equal(workers_create(&polling->workers, 2, store->mailbox, &store->error), 0);
    context.base = store->base;
    context.store = store->store;
    context.workers = polling->workers;
    assert_int_equal(poller_create(&polling->poller, &context, polling->config, &store->error), 0);
    assert_int_equal(store_load_feeds(store->store, poller_restore, polling->poller, &store->error), 0);
    if (polling->opened)
        polling->opened(polling);
    assert_int_equal(store_start(store->store, store->mailbox, &store->error), 0);
}

/* All but the store, the workers and the poller: polling_open() makes them. */
static inline void polling_make(struct polling *polling)
{
    *polling = (struct polling){0};
    log_setup(LOG_TARGET_LOGFMT, 2);
    metrics_reset();
    clock_virtual_start(polling_epoch, 1);
    fixture_make(&polling->store);
    polling->config = config_default();
    polling->config->jitter = false;
}

static inline int polling_set_up(void **state)
{
    struct polling *polling = malloc(sizeof(*polling));
    polling_make(polling);
    polling_open(polling);
    *state = polling;
    return 0;
}

/* Turns the loop until nothing is under way but what waits for the test's answer. */
static inline void polling_settle(struct polling *polling)
{
    for (int turns = 0; turns < 100000 && poller_busy(polling->poller) > polling->transfers.running; turns++)
        event_base_loop(polling->store.base, EVLOOP_ONCE);
    assert_int_equal(poller_busy(polling->poller), polling->transfers.running);
}

/* The operator's list: feeds first, first + 1, ... */
static inline void polling_list(struct polling *polling, size_t first, size_t count)
{
    static struct feed_list_entry entries[FEEDS_MAX];
    struct feed_list list = {.entries = entries, .count = count};
    for (size_t i = 0; i < count; i++)
        entries[i] = (struct feed_list_entry){.url = str_from(feed_url(first + i)), .page_policy = -1};
    assert_int_equal(poller_set_feeds(polling->poller, &list), 0);
    polling_settle(polling);
}

static inline void polling_run(struct polling *polling, size_t feeds)
{
    polling_list(polling, 0, feeds);
    poller_start(polling->poller);
}

/* As the daemon ends: no new polls, requests are broken off, what is on its way is stored. */
static inline void polling_close(struct polling *polling)
{
    struct fixture *store = &polling->store;
    if (!polling->poller)
        return;
    poller_stop(polling->poller);
    transfers_cancel_all(&polling->transfers);
    polling_settle(polling);
    workers_destroy(&polling->workers);
    store_close(&store->store);
    poller_destroy(&polling->poller);
    assert_int_equal(polling->transfers.running + polling->transfers.waiting, 0);
    mailbox_destroy(&store->mailbox);
    event_base_free(store->base);
    store->base = NULL;
}

static inline int polling_tear_down(void **state)
{
    struct polling *polling = *state;
    polling_close(polling);
    config_free(&polling->config);
    fixture_done(&polling->store);
    free(polling);
    clock_virtual_stop();
    return 0;
}

static inline void polling_pass(struct polling *polling, int64_t ms)
{
    clock_virtual_advance(ms);
    poller_kick(polling->poller);
    polling_settle(polling);
}

/* Lets time pass, minute by minute, until something is asked for; how long it took. */
static inline int64_t polling_until_asked(struct polling *polling)
{
    size_t before = polling->transfers.started;
    int64_t passed = 0;
    while (polling->transfers.started == before && passed < 40LL * DAY) {
        polling_pass(polling, MINUTE);
        passed += MINUTE;
    }
    assert_true(polling->transfers.started > before);
    return passed;
}

static inline void polling_answer(struct polling *polling, const char *url, const struct served *served)
{
    fake_answer(&polling->transfers, url, served);
    polling_settle(polling);
}

static inline struct poller_counts polling_counts(const struct polling *polling)
{
    struct poller_counts counts;
    poller_get_counts(polling->poller, &counts);
    return counts;
}

struct polling_wanted {
    const char *url;
    struct feed_state *state;
};

static inline void polling_note(void *context, const struct feed_state *state)
{
    struct polling_wanted *wanted = context;
    if (!strcmp(state->url, wanted->url))
        assert_int_equal(feed_state_copy(wanted->state, state), 0);
}

/* The state of a feed as the next run will find it; ends this one. The caller frees it; without a URL there
 * is no such feed. */
static inline struct feed_state polling_stored(struct polling *polling, const char *url)
{
    struct feed_state state = {0};
    struct polling_wanted wanted = {url, &state};
    polling_close(polling);
    fixture_open(&polling->store);
    assert_int_equal(store_load_feeds(polling->store.store, polling_note, &wanted, &polling->store.error), 0);
    store_close(&polling->store.store);
    return state;
}

#define POLLING_TEST(name) cmocka_unit_test_setup_teardown(name, polling_set_up, polling_tear_down)

#endif
