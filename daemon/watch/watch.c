/* watch: numbers into words and JSON. Keeps nothing but the window it is given. */
#include "daemon/watch/watch.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/json_writer.h"
#include "base/url.h"
#include "daemon/process/log.h"
#include "daemon/process/metrics.h"
#include "feeds/http/http_answer.h"

enum {
    STORE_STUCK_MS = 25000, /* a group commit takes milliseconds; a sick disk may take seconds */
    PUBLISHER_STUCK_MS = 25000,
    WORKER_STUCK_MS = 60000, /* thirty times the budget of an article */
    HOSTS_SHOWN = 10,
    FIGURES_MAX = 24,
    HELD_MAX = 10, /* feeds named whose articles wait for pages */
};

static int64_t resident_bytes(void)
{
    FILE *file = fopen("/proc/self/statm", "re");
    if (!file)
        return 0;
    long long total, resident = 0;
    if (fscanf(file, "%lld %lld", &total, &resident) != 2)
        resident = 0;
    fclose(file);
    return resident * sysconf(_SC_PAGESIZE);
}

void watch_gauges(const struct watch_parts *parts)
{
    struct poller_counts feeds;
    struct store_counts store;
    struct publisher_status publisher;
    struct host_counts hosts;
    size_t written, suppressed;
    poller_get_counts(parts->poller, &feeds);
    store_get_counts(parts->store, &store);
    publisher_get_status(parts->publisher, &publisher);
    host_table_counts(transfers_hosts(parts->transfers), &hosts);
    metrics_set(METRIC_FEEDS, (int64_t)feeds.feeds);
    metrics_set(METRIC_FEEDS_OK, (int64_t)feeds.by_status[FEED_STATUS_OK]);
    metrics_set(METRIC_FEEDS_NEW, (int64_t)feeds.by_status[FEED_STATUS_NEW]);
    metrics_set(METRIC_FEEDS_FAILING, (int64_t)feeds.by_status[FEED_STATUS_FAILING]);
    metrics_set(METRIC_FEEDS_SILENT, (int64_t)feeds.by_status[FEED_STATUS_SILENT]);
    metrics_set(METRIC_FEEDS_GONE, (int64_t)feeds.by_status[FEED_STATUS_GONE]);
    metrics_set(METRIC_FEEDS_DUE, (int64_t)(feeds.due + hosts.waiting));
    metrics_set(METRIC_TRANSFERS, (int64_t)hosts.in_flight);
    metrics_set(METRIC_INTAKE_ROWS, store.intake);
    metrics_set(METRIC_OUTBOX_ROWS, store.outbox);
    metrics_set(METRIC_REVISITS_PLANNED, store.visits);
    metrics_set(METRIC_OUTBOX_BYTES, store.outbox_bytes);
    metrics_set(METRIC_STORE_BYTES, store.database_bytes);
    metrics_set(METRIC_WORKERS_QUEUED, (int64_t)workers_queued(parts->workers));
    log_counts(&written, &suppressed);
    metrics_set(METRIC_LOG_LINES, (int64_t)written);
    metrics_set(METRIC_LOG_SUPPRESSED, (int64_t)suppressed);
    metrics_set(METRIC_STORE_FULL, store.full);
    metrics_set(METRIC_STORE_COMMITS, store.commits);
    metrics_set(METRIC_BROKER_UP, publisher.state == PUBLISHER_RUNNING);
    metrics_set(METRIC_RESIDENT_BYTES, resident_bytes());
}

static void window_read(struct watch_window *now)
{
    now->since_ms = clock_monotonic_ms();
    now->polls = metrics_get(METRIC_POLLS);
    now->not_modified = metrics_get(METRIC_POLLS_NOT_MODIFIED);
    now->fresh = metrics_get(METRIC_ENTRIES_NEW);
    now->revised = metrics_get(METRIC_ENTRIES_REVISED);
    now->published = metrics_get(METRIC_PUBLISHED);
    now->rejected = metrics_get(METRIC_REJECTED);
    now->delivered = metrics_get(METRIC_RECORDS_DELIVERED);
    now->failed = metrics_get(METRIC_POLLS_FAILED);
}

/* "timeout=3 html=1", the classes that occurred since start. */
static void errors_by_class(char *text, size_t size)
{
    size_t len = 0;
    text[0] = '\0';
    for (int error = 1; error < FETCH_ERROR_COUNT && len < size; error++) {
        int64_t count = metrics_get_poll_error(error);
        if (count)
            len += (size_t)snprintf(text + len, size - len, "%s%s=%lld", len ? " " : "",
                                    fetch_error_name((enum fetch_error)error), (long long)count);
    }
}

/* The summary's figures as fields of the log line; those that are empty are left out. */
struct figures {
    char values[FIGURES_MAX][512];
    struct log_field fields[FIGURES_MAX + 1];
    size_t count;
};

static void __attribute__((format(printf, 3, 4)))
figure(struct figures *figures, const char *name, const char *format, ...)
{
    va_list arguments;
    if (figures->count == FIGURES_MAX)
        return;
    char *value = figures->values[figures->count];
    va_start(arguments, format);
    (void)vsnprintf(value, sizeof(figures->values[0]), format, arguments); /* cut off is fine */
    va_end(arguments);
    if (*value)
        figures->fields[figures->count++] = (struct log_field){name, value};
}

void watch_summary(const struct watch_parts *parts, struct watch_window *window)
{
    struct watch_window now = {0};
    struct poller_counts feeds;
    struct store_counts store;
    char errors[512];
    window_read(&now);
    poller_get_counts(parts->poller, &feeds);
    store_get_counts(parts->store, &store);
    errors_by_class(errors, sizeof(errors));
    double seconds = window->since_ms ? (double)(now.since_ms - window->since_ms) / 1000.0
                                      : (double)(now.since_ms - parts->started_ms) / 1000.0;
    if (seconds < 0.001)
        seconds = 0.001;
    int64_t polls = now.polls - window->polls;
    now.polls_per_s = (double)polls / seconds;
    now.new_per_s = (double)(now.fresh - window->fresh) / seconds;
    now.delivered_per_s = (double)(now.delivered - window->delivered) / seconds;
    now.not_modified_share = polls ? (double)(now.not_modified - window->not_modified) / (double)polls : 0;
    const char *pressure = pressure_words(parts->pressure);
    bool held = strcmp(pressure, "none") != 0;
    struct figures figures = {0};
    figure(&figures, "FEEDS", "%zu", feeds.feeds);
    figure(&figures, "DUE", "%zu", feeds.due);
    figure(&figures, "POLLS_PER_S", "%.1f", now.polls_per_s);
    figure(&figures, "NOT_MODIFIED_SHARE", "%.2f", now.not_modified_share);
    figure(&figures, "NEW", "%lld", (long long)(now.fresh - window->fresh));
    figure(&figures, "REVISED", "%lld", (long long)(now.revised - window->revised));
    figure(&figures, "PUBLISHED", "%lld", (long long)(now.published - window->published));
    figure(&figures, "REJECTED", "%lld", (long long)(now.rejected - window->rejected));
    figure(&figures, "FAILED", "%lld", (long long)(now.failed - window->failed));
    figure(&figures, "ERRORS", "%s", errors);
    figure(&figures, "INTAKE", "%lld", (long long)store.intake);
    figure(&figures, "OUTBOX", "%lld", (long long)store.outbox);
    figure(&figures, "JOBS", "%lld", (long long)store.jobs_queued);
    figure(&figures, "PRESSURE", "%s", pressure);
    figure(&figures, "FETCH_DELAY_MS_P50", "%.0f", metrics_quantile(METRIC_DELAY_FETCHED, 0.5));
    figure(&figures, "FETCH_DELAY_MS_P99", "%.0f", metrics_quantile(METRIC_DELAY_FETCHED, 0.99));
    figure(&figures, "DELIVER_DELAY_MS_P50", "%.0f", metrics_quantile(METRIC_DELAY_DELIVERED, 0.5));
    figure(&figures, "DELIVER_DELAY_MS_P99", "%.0f", metrics_quantile(METRIC_DELAY_DELIVERED, 0.99));
    figure(&figures, "RESIDENT_MB", "%lld", (long long)(resident_bytes() >> 20));
    log_write(
        LOG_KIND_SUMMARY, 6, NULL, figures.fields,
        "summary: %zu feeds, %.1f polls/s, %.0f %% not modified, %lld new, %lld published, %lld rejected, "
        "%lld polls failed, intake %lld, outbox %lld%s%s",
        feeds.feeds, now.polls_per_s, now.not_modified_share * 100, (long long)(now.fresh - window->fresh),
        (long long)(now.published - window->published), (long long)(now.rejected - window->rejected),
        (long long)(now.failed - window->failed), (long long)store.intake, (long long)store.outbox,
        held ? ", " : "", held ? pressure : "");
    *window = now;
    metrics_window_start();
}

static const char *broker_words(enum publisher_state state)
{
    switch (state) {
    case PUBLISHER_STARTING:
        return "starting";
    case PUBLISHER_RECONCILING:
        return "reconciling";
    case PUBLISHER_RUNNING:
        return "up";
    case PUBLISHER_AWAY:
        return "away";
    case PUBLISHER_STOPPED:
        break;
    }
    return "stopped";
}

void watch_status_line(const struct watch_parts *parts, const struct watch_window *window, char *line,
                       size_t size)
{
    struct poller_counts feeds;
    struct store_counts store;
    struct publisher_status publisher;
    poller_get_counts(parts->poller, &feeds);
    store_get_counts(parts->store, &store);
    publisher_get_status(parts->publisher, &publisher);
    bool held = !pressure_may_fetch_pages(parts->pressure) || !pressure_may_poll(parts->pressure);
    (void)snprintf(line, size,
                   "%s: %zu feeds (%zu failing), %.1f polls/s, intake %lld, outbox %lld, Kafka %s%s%s",
                   parts->state, feeds.feeds, feeds.by_status[FEED_STATUS_FAILING], window->polls_per_s,
                   (long long)store.intake, (long long)store.outbox, broker_words(publisher.state),
                   held ? ", held back: " : "", held ? pressure_words(parts->pressure) : "");
}

struct listing {
    struct json_writer *json;
    struct arena *arena;
};

static void show_host(void *context, struct str host, size_t waiting, size_t in_flight, int64_t not_before_ms)
{
    struct listing *listing = context;
    int64_t wait = not_before_ms - clock_monotonic_ms();
    json_begin_object(listing->json);
    json_field_str(listing->json, "host", host);
    json_field_int(listing->json, "waiting", (int64_t)waiting);
    json_field_int(listing->json, "in_flight", (int64_t)in_flight);
    json_field_time_ms(listing->json, "not_before", clock_wall_ms() + (wait > 0 ? wait : 0));
    json_end_object(listing->json);
}

static void begin_feed(const struct listing *listing, const struct feed_state *state)
{
    json_begin_object(listing->json);
    json_field_str(listing->json, "url", url_without_credentials(listing->arena, str_from(state->url)));
}

static void show_failing(const struct listing *listing, const struct feed_state *state)
{
    begin_feed(listing, state);
    json_field_cstr(listing->json, "status", feed_status_name((enum feed_status)state->status));
    json_field_cstr(listing->json, "error", fetch_error_name((enum fetch_error)state->last_error));
    if (state->last_http_status)
        json_field_int(listing->json, "http_status", state->last_http_status);
    json_field_time_ms(listing->json, "since", state->status_since_ms);
    json_field_int(listing->json, "failures", state->failures_in_row);
    json_field_time_ms(listing->json, "next_poll", state->next_poll_ms);
    json_end_object(listing->json);
}

static void show_silent(const struct listing *listing, const struct feed_state *state)
{
    begin_feed(listing, state);
    json_field_time_ms(listing->json, "since", state->status_since_ms);
    if (state->last_new_ms)
        json_field_time_ms(listing->json, "last_new", state->last_new_ms);
    json_end_object(listing->json);
}

static void show_moved(const struct listing *listing, const struct feed_state *state)
{
    begin_feed(listing, state);
    json_field_str(listing->json, "moved_to",
                   url_without_credentials(listing->arena, str_from(state->moved_to)));
    json_end_object(listing->json);
}

static void notable_fields(const struct listing *listing, const struct poller *poller)
{
    static const struct {
        const char *key;
        void (*show)(const struct listing *listing, const struct feed_state *state);
    } kinds[POLLER_NOTICES] = {
        [POLLER_FAILING] = {"failing", show_failing},
        [POLLER_SILENT] = {"silent", show_silent},
        [POLLER_MOVED] = {"moved", show_moved},
    };
    struct poller_notable notable;
    poller_get_notable(poller, POLLER_NOTABLE_MAX, &notable);
    for (size_t kind = 0; kind < POLLER_NOTICES; kind++) {
        json_key(listing->json, kinds[kind].key);
        json_begin_array(listing->json);
        for (size_t i = 0; i < notable.counts[kind]; i++)
            kinds[kind].show(listing, notable.feeds[kind][i]);
        json_end_array(listing->json);
    }
}

/* Feeds whose articles wait for their pages, one at a time from a host. */
static void held_field(const struct listing *listing, const struct watch_parts *parts)
{
    struct desk_backlog backlog[HELD_MAX];
    size_t count = article_desk_backlog(parts->desk, backlog, HELD_MAX);
    json_key(listing->json, "held");
    json_begin_array(listing->json);
    for (size_t i = 0; i < count; i++) {
        const struct feed_state *state = poller_feed_of_row(parts->poller, backlog[i].feed_rowid);
        if (!state)
            continue; /* removed from the lists meanwhile */
        begin_feed(listing, state);
        json_field_int(listing->json, "waiting", (int64_t)backlog[i].waiting);
        json_end_object(listing->json);
    }
    json_end_array(listing->json);
}

static void delay_field(struct json_writer *json, const char *key, enum metric metric)
{
    json_key(json, key);
    json_begin_object(json);
    json_field_double(json, "p50", metrics_quantile(metric, 0.5), 6);
    json_field_double(json, "p99", metrics_quantile(metric, 0.99), 6);
    json_end_object(json);
}

static void feeds_field(struct json_writer *json, const struct watch_parts *parts)
{
    struct poller_counts feeds;
    poller_get_counts(parts->poller, &feeds);
    json_key(json, "feeds");
    json_begin_object(json);
    json_field_int(json, "total", (int64_t)feeds.feeds);
    for (int status = FEED_STATUS_NEW; status <= FEED_STATUS_GONE; status++)
        json_field_int(json, feed_status_name((enum feed_status)status), (int64_t)feeds.by_status[status]);
    json_field_int(json, "due", (int64_t)feeds.due);
    json_end_object(json);
}

static void rates_field(struct json_writer *json, const struct watch_window *window)
{
    json_key(json, "rates");
    json_begin_object(json);
    json_field_double(json, "polls_per_s", window->polls_per_s, 6);
    json_field_double(json, "new_per_s", window->new_per_s, 6);
    json_field_double(json, "delivered_per_s", window->delivered_per_s, 6);
    json_field_double(json, "not_modified_share", window->not_modified_share, 4);
    json_end_object(json);
}

static void queues_field(struct json_writer *json, const struct watch_parts *parts,
                         const struct store_counts *store)
{
    json_key(json, "queues");
    json_begin_object(json);
    json_field_int(json, "intake", store->intake);
    json_field_int(json, "outbox", store->outbox);
    json_field_int(json, "outbox_bytes", store->outbox_bytes);
    json_field_int(json, "jobs", store->jobs_queued);
    json_field_int(json, "waiting", (int64_t)article_desk_waiting(parts->desk));
    json_field_int(json, "workers_busy", (int64_t)workers_busy(parts->workers));
    json_field_int(json, "workers_queued", (int64_t)workers_queued(parts->workers));
    json_field_cstr(json, "pressure", pressure_words(parts->pressure));
    json_end_object(json);
}

static void broker_field(struct json_writer *json, const struct watch_parts *parts)
{
    struct publisher_status publisher;
    publisher_get_status(parts->publisher, &publisher);
    json_key(json, "broker");
    json_begin_object(json);
    json_field_cstr(json, "state", broker_words(publisher.state));
    json_field_cstr(json, "error", publisher.broker_error);
    if (publisher.away_since_ms)
        json_field_time_ms(json, "away_since", publisher.away_since_ms);
    json_field_int(json, "in_flight", publisher.in_flight);
    json_field_int(json, "sent", publisher.sent);
    json_field_int(json, "delivered", publisher.delivered);
    json_field_int(json, "rejected", publisher.rejected);
    json_field_int(json, "rebuilt", publisher.rebuilt);
    json_field_int(json, "reconciled", publisher.reconciled);
    if (publisher.compression_ratio > 0)
        json_field_double(json, "compression_ratio", publisher.compression_ratio, 4);
    json_end_object(json);
}

static void counters_field(struct json_writer *json)
{
    static const struct {
        const char *key;
        enum metric metric;
    } shown[] = {
        {"polls", METRIC_POLLS},
        {"polls_failed", METRIC_POLLS_FAILED},
        {"entries_seen", METRIC_ENTRIES_SEEN},
        {"entries_known", METRIC_ENTRIES_KNOWN},
        {"entries_new", METRIC_ENTRIES_NEW},
        {"entries_skipped", METRIC_ENTRIES_SKIPPED},
        {"entries_sighted", METRIC_ENTRIES_SIGHTED},
        {"intake", METRIC_INTAKE_ADDED},
        {"published", METRIC_PUBLISHED},
        {"rejected", METRIC_REJECTED},
        {"delivered", METRIC_RECORDS_DELIVERED},
        {"revisits_unchanged", METRIC_REVISITS_UNCHANGED},
        {"revisits_revised", METRIC_REVISITS_REVISED},
        {"revisits_withdrawn", METRIC_REVISITS_WITHDRAWN},
        {"revisits_missing", METRIC_REVISITS_MISSING},
        {"revisits_failed", METRIC_REVISITS_FAILED},
        {"reconciled", METRIC_RECORDS_RECONCILED},
    };
    json_key(json, "counters");
    json_begin_object(json);
    for (size_t i = 0; i < sizeof(shown) / sizeof(shown[0]); i++)
        json_field_int(json, shown[i].key, metrics_get(shown[i].metric));
    json_end_object(json);
}

int watch_status(const struct watch_parts *parts, const struct watch_window *window, struct buffer *out)
{
    struct arena *arena = arena_create(1 << 20);
    struct json_writer *json = arena ? json_writer_create(out, false) : NULL;
    if (!json) {
        arena_destroy(&arena);
        return -ENOMEM;
    }
    struct store_counts store;
    store_get_counts(parts->store, &store);
    struct listing listing = {json, arena};
    json_begin_object(json);
    json_field_cstr(json, "version", NEWSD_VERSION);
    json_field_int(json, "uptime_s", (clock_monotonic_ms() - parts->started_ms) / 1000);
    json_field_cstr(json, "state", parts->state);
    feeds_field(json, parts);
    rates_field(json, window);
    queues_field(json, parts, &store);
    broker_field(json, parts);
    json_key(json, "store");
    json_begin_object(json);
    json_field_int(json, "bytes", store.database_bytes);
    json_field_int(json, "feeds", store.feeds);
    json_field_int(json, "entries_seen", store.seen);
    json_field_int(json, "articles", store.articles);
    json_field_int(json, "revisits", store.visits);
    json_field_bool(json, "full", store.full);
    json_end_object(json);
    json_key(json, "delays_ms");
    json_begin_object(json);
    delay_field(json, "published_to_fetched", METRIC_DELAY_FETCHED);
    delay_field(json, "fetched_to_delivered", METRIC_DELAY_DELIVERED);
    json_end_object(json);
    counters_field(json);
    json_key(json, "hosts");
    json_begin_array(json);
    host_table_slowest(transfers_hosts(parts->transfers), HOSTS_SHOWN, show_host, &listing);
    json_end_array(json);
    notable_fields(&listing, parts->poller);
    held_field(&listing, parts);
    json_field_int(json, "resident_bytes", resident_bytes());
    json_end_object(json);
    int error = json_writer_finish(&json);
    arena_destroy(&arena);
    return error;
}

const char *watch_stuck(const struct watch_parts *parts)
{
    int64_t now = clock_monotonic_ms();
    struct store_counts store;
    struct publisher_status publisher;
    store_get_counts(parts->store, &store);
    publisher_get_status(parts->publisher, &publisher);
    if (store.jobs_queued > 0 && now - store.progress_ms > STORE_STUCK_MS)
        return "the store makes no progress";
    if (publisher.state != PUBLISHER_STOPPED && publisher.progress_ms &&
        now - publisher.progress_ms > PUBLISHER_STUCK_MS)
        return "the publisher makes no progress";
    int64_t oldest = workers_oldest_start_ms(parts->workers);
    if (oldest && now - oldest > WORKER_STUCK_MS)
        return "a worker is stuck";
    return NULL;
}
