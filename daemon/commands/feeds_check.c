/* feeds_check: one transfer for each feed under the hosts' budgets, one loop, everything parsed as it
 * comes. */
#include "daemon/commands/feeds_check.h"

#include <errno.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/container_of.h"
#include "base/clock.h"
#include "base/url.h"
#include "daemon/config/fetch_settings.h"
#include "daemon/fetching/transfers.h"
#include "base/date.h"
#include "feeds/parse/document.h"

enum { ARENA_BYTES = 256 << 20, PROGRESS_WIDTH = 30 };

struct check {
    struct event_base *base;
    struct transfers *transfers;
    const struct config *config;
    size_t total, done, bad;
    bool terminal;
};

struct checked_feed {
    struct transfer transfer;
    struct check *check;
    char *url;
};

static void progress(const struct check *check)
{
    size_t filled = check->total ? check->done * PROGRESS_WIDTH / check->total : 0;
    if (!check->terminal)
        return;
    fprintf(stderr, "\r[%.*s%*s] %zu of %zu, %zu not well", (int)filled, "##############################",
            (int)(PROGRESS_WIDTH - filled), "", check->done, check->total, check->bad);
    fflush(stderr);
}

static void line(struct check *check, const struct checked_feed *feed, bool good, int status,
                 const char *words, size_t entries, const char *newest, int64_t bytes, int64_t ms)
{
    if (check->terminal)
        fprintf(stderr, "\r\033[K");
    printf("%-4s %4d %-28s %7zu %-10s %9lld %7lld  %s\n", good ? "ok" : "BAD", status, words, entries, newest,
           (long long)bytes, (long long)ms, feed->url);
    fflush(stdout);
    check->done++;
    check->bad += !good;
    progress(check);
    if (check->done == check->total)
        event_base_loopbreak(check->base);
}

static const struct feed_time *newest_of(const struct feed_document *document)
{
    const struct feed_time *newest = NULL;
    for (size_t i = 0; i < document->entries.count; i++) {
        const struct feed_dates *dates = &document->entries.items[i]->dates;
        const struct feed_time *time = dates->published.precision ? &dates->published : &dates->updated;
        if (time->precision && (!newest || time->ms > newest->ms))
            newest = time;
    }
    return newest;
}

/* A length that is right says nothing of what was packed: a stream that ends early is a document that does.
 */
static const char *what_is_wrong(const struct feed_document *document, const struct http_answer *answer)
{
    if (document->truncated && !document->limit_hit)
        return http_answer_header(answer, STR("content-encoding")).len ? ", compressed and cut off"
                                                                       : ", cut off";
    if (document->truncated)
        return ", cut at a limit";
    return document->malformed.ptr ? ", damaged" : "";
}

static void report_document(struct checked_feed *feed, const struct fetch_result *result)
{
    struct arena *arena = arena_create(ARENA_BYTES);
    struct feed_document *document;
    struct error error = {0};
    const struct http_answer *answer = &result->answer;
    struct feed_header headers[64];
    size_t count = 0;
    for (; count < answer->header_count && count < sizeof(headers) / sizeof(headers[0]); count++)
        headers[count] = (struct feed_header){answer->headers[count].name, answer->headers[count].value};
    struct feed_parse_options options = {.url = str_from(answer->final_url ? answer->final_url : feed->url),
                                         .headers = headers,
                                         .header_count = count};
    int failure = arena ? feed_parse(arena, answer->body, &options, &document, &error) : -ENOMEM;
    if (failure) {
        line(feed->check, feed, false, answer->status, error.text[0] ? error.text : error_text(failure), 0,
             "-", result->body_bytes, result->total_us / 1000);
    } else {
        char words[64], out[CLOCK_RFC3339_BYTES];
        const struct feed_time *newest = newest_of(document);
        struct str day = newest ? date_format(newest, out) : STR("-");
        char shown[16];
        (void)snprintf(words, sizeof(words), "%s%s", feed_format_name(document->format),
                       what_is_wrong(document, answer));
        (void)snprintf(shown, sizeof(shown), "%.*s", (int)(day.len > 10 ? 10 : day.len),
                       day.ptr); /* the day will do */
        line(feed->check, feed, document->entries.count > 0 && !document->truncated, answer->status, words,
             document->entries.count, shown, result->body_bytes, result->total_us / 1000);
    }
    arena_destroy(&arena);
}

static void on_fetched(struct transfer *transfer, struct fetch_result *result)
{
    struct checked_feed *feed = container_of(transfer, struct checked_feed, transfer);
    const struct http_answer *answer = result ? &result->answer : NULL;
    char words[64];
    if (!answer) {
        line(feed->check, feed, false, 0, "too many feeds of one host", 0, "-", 0, 0);
    } else if (answer->error && !result->cancelled) {
        line(feed->check, feed, false, answer->status, fetch_error_text(answer->error), 0, "-",
             result->body_bytes, result->total_us / 1000);
    } else if (answer->status != 200 && !result->cancelled) {
        (void)snprintf(words, sizeof(words), "HTTP status %d%s", answer->status,
                       answer->status == 206 ? ", a part only" : "");
        line(feed->check, feed, false, answer->status, words, 0, "-", result->body_bytes,
             result->total_us / 1000);
    } else if (!result->cancelled) {
        report_document(feed, result);
    }
}

static bool prepare(struct transfer *transfer, struct fetch_request *request)
{
    (void)transfer;
    request->accept = "*/*";
    return true;
}

static void want_all(struct check *check, struct checked_feed *all, const struct feed_list *feeds)
{
    for (size_t i = 0; i < feeds->count; i++) {
        struct checked_feed *feed = &all[i];
        feed->check = check;
        feed->url = strndup(feeds->entries[i].url.ptr, feeds->entries[i].url.len);
        feed->transfer.prepare = prepare;
        feed->transfer.done = on_fetched;
        if (feed->url)
            transfers_fetch(check->transfers, &feed->transfer, feed->url);
        else
            check->total--;
    }
}

int command_feeds_check(const struct config *config, const struct feed_list *feeds)
{
    struct check check = {
        .base = event_base_new(), .config = config, .total = feeds->count, .terminal = isatty(STDERR_FILENO)};
    struct checked_feed *all = calloc(feeds->count + 1, sizeof(*all));
    struct fetch_options options;
    struct host_policy policy;
    struct error error = {0};
    char agent[USER_AGENT_BYTES];
    int code = EX_OSERR;
    fetch_settings(config, agent, &options, &policy);
    if (!check.base || !all || transfers_create(&check.transfers, check.base, &options, &policy, &error)) {
        fprintf(stderr, "newsd feeds check: %s\n", error.text[0] ? error.text : "no memory");
    } else {
        printf("%-4s %4s %-28s %7s %-10s %9s %7s  %s\n", "", "HTTP", "format or fault", "entries", "newest",
               "bytes", "ms", "feed");
        want_all(&check, all, feeds);
        if (check.done < check.total)
            event_base_dispatch(check.base);
        if (check.terminal)
            fprintf(stderr, "\r\033[K");
        printf("%zu feeds, %zu well, %zu not\n", check.total, check.total - check.bad, check.bad);
        code = check.bad ? EX_DATAERR : EX_OK;
    }
    transfers_destroy(&check.transfers);
    for (size_t i = 0; all && i < feeds->count; i++)
        free(all[i].url);
    free(all);
    if (check.base)
        event_base_free(check.base);
    return code;
}
