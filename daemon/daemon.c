/* daemon: creates the parts in order, ties them together, takes them down in reverse. Owns all of them. Loop
 * thread. */
#include "daemon/daemon.h"
#include "daemon/store/store_feeds.h"
#include "daemon/store/store_websub.h"
#include "daemon/store/store_expire.h"

#include <assert.h>
#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/container_of.h"
#include "base/clock.h"
#include "daemon/watch/admin.h"
#include "daemon/config/fetch_settings.h"
#include "daemon/process/log.h"
#include "daemon/process/memory.h"
#include "daemon/process/mailbox.h"
#include "daemon/process/metrics.h"
#include "daemon/articles/retry_intake.h"
#include "daemon/websub/websub.h"

enum {
    TICK_MS = 1000,
    TRIM_INTERVAL_MS = 10000,
    CLOCK_STEP_MS =
        30000, /* a wall clock that moved this far against the monotonic one was set by somebody */
    EXPIRE_FIRST_MS = 600000,
    EXPIRE_INTERVAL_MS = 6 * 3600000,
    EXPIRE_FEEDS = 200,
    EXPIRE_ROWS = 5000,
    DRAIN_MS = 4000, /* of DAEMON_STOP_MS; the rest is the publisher's */
    FLUSH_MS = 3000,
    DRAIN_STEP_MS = 20,
};

enum { DAEMON_MAGIC = 0x6461656d };

struct daemon {
    uint32_t magic;
    struct event_base *base;
    struct config *config;
    struct config *start_config; /* what cannot change is read from here; the same as config until a reload */
    struct mailbox *mailbox;
    struct store *store;
    struct workers *workers;
    struct pipeline *pipeline;
    struct transfers *transfers;
    struct poller *poller;
    struct article_desk *desk;
    struct websub *websub; /* NULL = off */
    struct publisher *publisher;
    struct admin *admin;
    struct event *tick, *drain;
    struct pressure pressure;
    struct watch_parts parts;
    struct watch_window window;
    struct feed_list *list; /* until start */
    bool unclean, expiring, publisher_stopped;
    int64_t clock_offset_ms, summary_ms, trim_ms, expire_ms, expire_after, drain_until_ms;
    void (*stopped)(void *context);
    void *stopped_context;
    char user_agent[USER_AGENT_BYTES];
};

/* ---- What the parts ask ---- */

static struct daemon *daemon_of(void *context)
{
    struct daemon *daemon = context;
    assert(daemon->magic == DAEMON_MAGIC);
    return daemon;
}

static void items_stored(void *context)
{
    article_desk_kick(daemon_of(context)->desk);
}

static void records_stored(void *context)
{
    publisher_kick(daemon_of(context)->publisher);
}

static bool may_poll(void *context)
{
    return pressure_may_poll(&daemon_of(context)->pressure);
}

static bool may_fetch_pages(void *context)
{
    return pressure_may_fetch_pages(&daemon_of(context)->pressure);
}

static bool may_process(void *context)
{
    return pressure_may_process(&daemon_of(context)->pressure);
}

static int admin_status(void *context, struct buffer *json)
{
    struct daemon *daemon = daemon_of(context);
    watch_gauges(&daemon->parts);
    return watch_status(&daemon->parts, &daemon->window, json);
}

static int admin_health(void *context, struct buffer *text)
{
    struct daemon *daemon = daemon_of(context);
    const char *stuck = watch_stuck(&daemon->parts);
    if (!stuck)
        return 0;
    (void)buffer_printf(text, "%s", stuck); /* without memory the answer has no words, and is still 503 */
    return ERR_STORE;
}

static int admin_retry(void *context, struct str body,
                       void (*answer)(void *token, int error, const char *text), void *token)
{
    struct daemon *daemon = daemon_of(context);
    return retry_intake(daemon->store, body, items_stored, daemon, answer, token);
}

/* ---- The second's turn ---- */

static void on_expired(struct store_job *base, int error)
{
    struct store_expire *job = container_of(base, struct store_expire, base);
    struct daemon *daemon = daemon_of(base->context);
    daemon->expiring = false;
    daemon->expire_after = 0;
    if (!error && job->more) { /* go on at the next tick */
        daemon->expire_ms = 0;
        daemon->expire_after = job->next_feed;
    }
    arena_destroy(&job->base.arena);
    free(job);
}

static void expire(struct daemon *daemon, int64_t now_ms)
{
    struct store_expire *job = calloc(1, sizeof(*job));
    if (!job)
        return;
    job->base.done = on_expired;
    job->base.context = daemon;
    job->now_ms = clock_wall_ms();
    job->after_feed = daemon->expire_after;
    job->feeds_max = EXPIRE_FEEDS;
    job->rows_max = EXPIRE_ROWS;
    daemon->expiring = true;
    daemon->expire_ms = now_ms + EXPIRE_INTERVAL_MS;
    store_submit_expire(daemon->store, job);
}

static void look_at_clock(struct daemon *daemon)
{
    int64_t offset = clock_wall_ms() - clock_monotonic_ms(), moved = offset - daemon->clock_offset_ms;
    if (moved > -CLOCK_STEP_MS && moved < CLOCK_STEP_MS)
        return;
    daemon->clock_offset_ms = offset;
    log_notice("the system clock was moved by %+lld s", (long long)(moved / 1000));
    poller_clock_stepped(daemon->poller, moved);
    if (daemon->websub)
        websub_clock_stepped(daemon->websub);
}

static void on_tick(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    struct daemon *daemon = daemon_of(context);
    int64_t now = clock_monotonic_ms();
    watch_gauges(&daemon->parts);
    if (pressure_update(&daemon->pressure, daemon->store, daemon->config)) {
        article_desk_kick(daemon->desk);
        poller_kick(daemon->poller);
    }
    look_at_clock(daemon);
    article_desk_revisit(daemon->desk);
    if (now >= daemon->summary_ms) {
        watch_summary(&daemon->parts, &daemon->window);
        daemon->summary_ms = now + daemon->config->summary_interval_ms;
    }
    if (!daemon->expiring && now >= daemon->expire_ms)
        expire(daemon, now);
    if (now >= daemon->trim_ms) {
        memory_give_back();
        daemon->trim_ms = now + TRIM_INTERVAL_MS;
    }
}

/* ---- Creation ---- */

static int create_store(struct daemon *daemon, struct error *error)
{
    const struct config *config = daemon->config;
    struct store_options options = {
        .directory = config->state_directory,
        .bytes_max = config->database_bytes_max,
        .seen_keep_days = (int32_t)(config->seen_keep_ms / 86400000),
        .article_keep_days = (int32_t)(config->article_keep_ms / 86400000),
        .synchronous = config->synchronous,
    };
    int failure = store_open(&daemon->store, &options, &daemon->unclean, error);
    if (!failure && daemon->unclean)
        log_write(LOG_KIND_STORE_CHECK, 5, NULL, NULL,
                  "the last run did not end cleanly; the database was checked and is sound");
    return failure;
}

static int create_pipeline(struct daemon *daemon, struct error *error)
{
    struct pipeline_options options;
    pipeline_options_default(&options);
    options.data_directory = daemon->config->data_directory;
    options.settings = daemon->config->stages;
    options.article_budget_ms = (int32_t)daemon->config->article_budget_ms;
    options.article_bytes_max = daemon->config->article_bytes_max;
    options.parse_beam = daemon->config->parse_beam;
    options.event_confidence_min = daemon->config->event_confidence_min;
    return pipeline_create(&daemon->pipeline, &options, error);
}

static int create_desks(struct daemon *daemon, struct error *error)
{
    struct poller_context poller = {
        .base = daemon->base,
        .store = daemon->store,
        .transfers = daemon->transfers,
        .workers = daemon->workers,
        .items_stored = items_stored,
        .records_stored = records_stored,
        .may_poll = may_poll,
        .context = daemon,
    };
    struct article_desk_context desk = {
        .store = daemon->store,
        .transfers = daemon->transfers,
        .workers = daemon->workers,
        .pipeline = daemon->pipeline,
        .records_stored = records_stored,
        .may_fetch_pages = may_fetch_pages,
        .may_process = may_process,
        .context = daemon,
    };
    int failure = poller_create(&daemon->poller, &poller, daemon->config, error);
    return failure ? failure : article_desk_create(&daemon->desk, &desk, daemon->config, error);
}

static int create_websub(struct daemon *daemon, struct error *error)
{
    struct websub_context context = {
        .base = daemon->base,
        .store = daemon->store,
        .transfers = daemon->transfers,
        .poller = daemon->poller,
    };
    int failure = websub_create(&daemon->websub, &context, daemon->config, error);
    if (failure)
        return failure;
    poller_set_watch(daemon->poller, websub_watch(daemon->websub));
    return store_load_subscriptions(daemon->store, websub_restore, daemon->websub, error);
}

static int create_parts(struct daemon *daemon, struct error *error)
{
    struct fetch_options options;
    struct host_policy policy;
    fetch_settings(daemon->config, daemon->user_agent, &options, &policy);
    int failure = create_store(daemon, error);
    if (!failure && !(daemon->mailbox = mailbox_create(daemon->base)))
        failure = error_set(error, -ENOMEM, "cannot create the mailbox");
    if (!failure)
        failure = create_pipeline(daemon, error);
    if (!failure)
        failure = workers_create(&daemon->workers, (size_t)daemon->config->workers, daemon->mailbox, error);
    if (!failure)
        failure = transfers_create(&daemon->transfers, daemon->base, &options, &policy, error);
    if (!failure)
        failure = create_desks(daemon, error);
    if (!failure)
        failure = store_load_feeds(daemon->store, poller_restore, daemon->poller, error);
    if (!failure)
        failure = article_desk_remember(daemon->desk, error);
    if (!failure && daemon->config->websub_listen)
        failure = create_websub(daemon, error);
    if (!failure)
        failure = publisher_create(&daemon->publisher, daemon->base, daemon->mailbox, daemon->store,
                                   daemon->config, daemon->unclean, error);
    struct admin_hooks hooks = {
        .status = admin_status, .health = admin_health, .retry = admin_retry, .context = daemon};
    if (!failure && daemon->config->admin_listen)
        failure = admin_create(&daemon->admin, daemon->base, daemon->config->admin_listen, &hooks, error);
    return failure;
}

int daemon_create(struct daemon **ret_daemon, struct event_base *base, struct config **config,
                  struct feed_list **list, struct error *error)
{
    struct daemon *daemon = calloc(1, sizeof(*daemon));
    if (!daemon)
        return error_set(error, -ENOMEM, "no memory for the daemon");
    daemon->magic = DAEMON_MAGIC;
    daemon->base = base;
    daemon->config = daemon->start_config = *config;
    int failure = create_parts(daemon, error);
    daemon->tick = event_new(base, -1, EV_PERSIST, on_tick, daemon);
    if (!failure && !daemon->tick)
        failure = error_set(error, -ENOMEM, "no memory for a timer");
    if (failure) {
        daemon->config = daemon->start_config = NULL;
        daemon_destroy(&daemon);
        return failure;
    }
    daemon->list = *list;
    *config = NULL;
    *list = NULL;
    daemon->parts = (struct watch_parts){daemon->poller,    daemon->desk,      daemon->publisher,
                                         daemon->store,     daemon->transfers, daemon->workers,
                                         &daemon->pressure, "starting",        clock_monotonic_ms()};
    *ret_daemon = daemon;
    return 0;
}

int daemon_start(struct daemon *daemon, struct error *error)
{
    int failure = store_start(daemon->store, daemon->mailbox, error);
    if (failure)
        return failure;
    daemon->clock_offset_ms = clock_wall_ms() - clock_monotonic_ms();
    daemon->summary_ms = clock_monotonic_ms() + daemon->config->summary_interval_ms;
    daemon->expire_ms = clock_monotonic_ms() + EXPIRE_FIRST_MS;
    (void)pressure_update(&daemon->pressure, daemon->store, daemon->config); /* says what it finds itself */
    if (poller_set_feeds(daemon->poller, daemon->list))
        return error_set(error, -ENOMEM, "no memory for the feed list");
    feed_list_free(&daemon->list);
    publisher_start(daemon->publisher);
    article_desk_kick(daemon->desk); /* what the last run left in the intake */
    poller_start(daemon->poller);
    if (daemon->websub)
        websub_start(daemon->websub);
    struct timeval second = {.tv_sec = TICK_MS / 1000};
    event_add(daemon->tick, &second);
    daemon->parts.state = "running";
    return 0;
}

static void say_difference(void *context, const char *text)
{
    (void)context;
    log_write(LOG_KIND_CONFIG_CHANGE, 5, NULL, NULL, "configuration: %s", text);
}

void daemon_reload(struct daemon *daemon, struct config **config, struct feed_list **list)
{
    size_t differences = config_diff(daemon->config, *config, say_difference, NULL);
    struct config *before = daemon->config;
    struct fetch_options options;
    struct host_policy policy;
    struct poller_counts counts;
    daemon->config = *config;
    *config = NULL;
    poller_set_config(daemon->poller, daemon->config);
    article_desk_set_config(daemon->desk, daemon->config);
    if (daemon->websub)
        websub_set_config(daemon->websub, daemon->config);
    fetch_settings(daemon->config, daemon->user_agent, &options, &policy);
    transfers_set_policy(daemon->transfers, &policy);
    log_set_level(daemon->config->log_level);
    if (before != daemon->start_config)
        config_free(&before);
    if (poller_set_feeds(daemon->poller, *list))
        log_error("no memory for the new feed list; the old one stays");
    poller_get_counts(daemon->poller, &counts);
    log_write(LOG_KIND_RELOAD, 5, NULL, NULL, "reloaded: %zu options changed, %zu feeds", differences,
              counts.feeds);
    feed_list_free(list);
}

/* ---- The end ---- */

static void on_publisher_stopped(void *context)
{
    struct daemon *daemon = daemon_of(context);
    daemon->publisher_stopped = true;
    daemon->stopped(daemon->stopped_context);
}

static void on_drain(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    struct daemon *daemon = daemon_of(context);
    bool busy = poller_busy(daemon->poller) || article_desk_busy(daemon->desk) ||
                (daemon->websub && websub_busy(daemon->websub));
    if (busy && clock_monotonic_ms() < daemon->drain_until_ms) {
        struct timeval step = {.tv_usec = DRAIN_STEP_MS * 1000};
        evtimer_add(daemon->drain, &step);
        return;
    }
    publisher_stop(daemon->publisher, FLUSH_MS, on_publisher_stopped, daemon);
}

void daemon_stop(struct daemon *daemon, void (*stopped)(void *context), void *context)
{
    daemon->stopped = stopped;
    daemon->stopped_context = context;
    daemon->parts.state = "stopping";
    event_del(daemon->tick);
    if (daemon->websub)
        websub_stop(daemon->websub);
    poller_stop(daemon->poller);
    article_desk_stop(daemon->desk);
    transfers_cancel_all(daemon->transfers);
    daemon->drain_until_ms = clock_monotonic_ms() + DRAIN_MS;
    daemon->drain = evtimer_new(daemon->base, on_drain, daemon);
    if (!daemon->drain) {
        publisher_stop(daemon->publisher, FLUSH_MS, on_publisher_stopped, daemon);
        return;
    }
    struct timeval now = {0};
    evtimer_add(daemon->drain, &now);
}

void daemon_destroy(struct daemon **ret_daemon)
{
    struct daemon *daemon = *ret_daemon;
    if (!daemon)
        return;
    assert(daemon->magic == DAEMON_MAGIC);
    admin_destroy(&daemon->admin);
    if (daemon->websub)
        websub_stop(daemon->websub);
    if (daemon->poller)
        poller_stop(daemon->poller);
    if (daemon->desk)
        article_desk_stop(daemon->desk);
    if (daemon->transfers)
        transfers_cancel_all(daemon->transfers);
    if (daemon->publisher)
        publisher_stop(daemon->publisher, 0, NULL, NULL); /* asks the store for nothing more */
    /* Workers first: what they finish goes to the store, which finishes it before it closes. */
    workers_destroy(&daemon->workers);
    if (daemon->mailbox)
        mailbox_drain(daemon->mailbox);
    store_close(&daemon->store);
    if (daemon->mailbox)
        mailbox_drain(daemon->mailbox);
    publisher_destroy(&daemon->publisher);
    article_desk_destroy(&daemon->desk);
    websub_destroy(&daemon->websub);
    poller_destroy(&daemon->poller);
    transfers_destroy(&daemon->transfers);
    pipeline_destroy(&daemon->pipeline);
    mailbox_destroy(&daemon->mailbox);
    if (daemon->tick)
        event_free(daemon->tick);
    if (daemon->drain)
        event_free(daemon->drain);
    feed_list_free(&daemon->list);
    if (daemon->start_config != daemon->config)
        config_free(&daemon->start_config);
    config_free(&daemon->config);
    daemon->magic = 0;
    free(daemon);
    *ret_daemon = NULL;
}

const struct watch_parts *daemon_parts(const struct daemon *daemon)
{
    return &daemon->parts;
}

const struct watch_window *daemon_window(const struct daemon *daemon)
{
    return &daemon->window;
}
