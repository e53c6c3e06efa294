/* feed_report: words for what happens to a feed. Keeps no state. */
#include "daemon/polling/feed_report.h"

#include <stdio.h>

#include "base/clock.h"
#include "base/url.h"
#include "daemon/process/log.h"

enum { SHOWN_BYTES = 512 }; /* of an address in a line */

bool feed_report_due(const struct poll_change *change)
{
    return change->moved || change->status_changed || change->set_aside;
}

const char *feed_report_word(const struct feed_state *state, const struct poll_change *change)
{
    bool bad_before = change->before == FEED_STATUS_FAILING || change->before == FEED_STATUS_GONE;
    if (change->status_changed && state->status == FEED_STATUS_OK && bad_before)
        return "recovered";
    if (change->moved && !change->status_changed)
        return "moved";
    return feed_status_name(state->status);
}

static void report_fill(struct arena *arena, const struct feed_state *state, int64_t now_ms, char id[17],
                        struct feed_status_report *report)
{
    feed_state_id(state->url, id);
    *report = (struct feed_status_report){
        .feed_id = str_from(id),
        .feed_url = url_without_credentials(arena, str_from(state->url)),
        .moved_to = state->moved_to ? url_without_credentials(arena, str_from(state->moved_to)) : STR_NONE,
        .title = str_from(state->title),
        .http_status = state->last_http_status,
        .since_ms = state->status_since_ms,
        .last_success_ms = state->last_success_ms,
        .last_new_ms = state->last_new_ms,
        .next_poll_ms = state->next_poll_ms,
        .failures_in_row = state->failures_in_row,
        .interval_s = state->interval_s,
        .now_ms = now_ms,
    };
}

int feed_report_record(struct arena *arena, const struct feed_state *state, const struct poll_change *change,
                       int64_t now_ms, struct record *ret_record)
{
    char id[17];
    struct feed_status_report report;
    report_fill(arena, state, now_ms, id, &report);
    report.status = feed_report_word(state, change);
    report.status_before = change->status_changed ? feed_status_name(change->before) : NULL;
    if (state->last_error != FETCH_ERROR_NONE) {
        report.error = fetch_error_name((enum fetch_error)state->last_error);
        report.error_text = str_from(fetch_error_text((enum fetch_error)state->last_error));
    }
    return record_feed_status(arena, &report, ret_record, NULL);
}

int feed_report_removed(struct arena *arena, const struct feed_state *state, int64_t now_ms,
                        struct record *ret_record)
{
    char id[17];
    struct feed_status_report report;
    report_fill(arena, state, now_ms, id, &report);
    report.status = "removed";
    report.status_before = feed_status_name(state->status);
    report.since_ms = now_ms;
    report.next_poll_ms = 0;
    return record_feed_status(arena, &report, ret_record, NULL);
}

static const struct {
    enum log_kind kind;
    int severity;
} status_kinds[] = {
    [FEED_STATUS_NEW] = {LOG_KIND_OTHER, 6},
    [FEED_STATUS_OK] = {LOG_KIND_OTHER, 6},
    [FEED_STATUS_FAILING] = {LOG_KIND_FEED_FAILING, 4},
    [FEED_STATUS_SILENT] = {LOG_KIND_FEED_SILENT, 5},
    [FEED_STATUS_GONE] = {LOG_KIND_FEED_GONE, 4},
};

static void log_status(const struct feed_state *state, const struct poll_change *change, const char *url,
                       const struct log_field *fields, const char *words)
{
    enum feed_status now = (enum feed_status)state->status;
    const char *word = feed_report_word(state, change);
    bool more = words && *words;
    if (now == FEED_STATUS_FAILING || now == FEED_STATUS_GONE)
        log_write(status_kinds[now].kind, status_kinds[now].severity, url, fields, "feed %s is %s: %s%s%s%s",
                  url, word, fetch_error_text((enum fetch_error)state->last_error), more ? " (" : "",
                  more ? words : "", more ? ")" : "");
    else if (now == FEED_STATUS_OK && change->before != FEED_STATUS_NEW)
        log_write(LOG_KIND_FEED_RECOVERED, 5, url, fields, "feed %s has recovered, it was %s", url,
                  feed_status_name(change->before));
    else if (now == FEED_STATUS_SILENT)
        log_write(LOG_KIND_FEED_SILENT, 5, url, fields,
                  "feed %s has been silent for longer than its history explains", url);
    else
        log_write(LOG_KIND_OTHER, 7, url, fields, "feed %s is %s", url, word);
}

/* An address as a line shows it; cut off is fine there. */
static void show(struct arena *arena, const char *address, const char *otherwise, char ret_text[SHOWN_BYTES])
{
    struct str shown =
        arena && address ? url_without_credentials(arena, str_from(address)) : str_from(otherwise);
    (void)snprintf(ret_text, SHOWN_BYTES, "%.*s", STR_ARG(shown));
}

void feed_report_log(const struct feed_state *state, const struct poll_change *change, const char *words)
{
    struct arena *arena = arena_create(64 * 1024);
    char url[SHOWN_BYTES], moved_to[SHOWN_BYTES], status[16];
    show(arena, state->url, "a feed", url);
    show(arena, state->moved_to, "another address", moved_to);
    (void)snprintf(status, sizeof(status), "%d", state->last_http_status);
    const char *error = state->last_error ? fetch_error_name((enum fetch_error)state->last_error) : NULL;
    const struct log_field *fields =
        LOG_FIELDS({"FEED", url}, {"ERROR", error}, {"HTTP_STATUS", state->last_http_status ? status : NULL});
    if (change->set_aside)
        log_write(LOG_KIND_FEED_SET_ASIDE, 3, url, fields, "feed %s is set aside: %s", url,
                  fetch_error_text(FETCH_ERROR_SET_ASIDE));
    else if (change->status_changed)
        log_status(state, change, url, fields, words);
    if (change->moved)
        log_write(LOG_KIND_FEED_MOVED, 5, url, fields,
                  "feed %s has moved for good to %s, which is polled from now on", url, moved_to);
    if (change->gap)
        log_write(LOG_KIND_FEED_GAP, 5, url, fields,
                  "feed %s: no entry of this document was known, about %u may have been lost "
                  "between two polls; it is polled more often now",
                  url, change->lost);
    arena_destroy(&arena);
}
