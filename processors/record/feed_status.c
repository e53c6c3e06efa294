/* feed_status: the records of news.feeds. Pure. */
#include <errno.h>

#include "processors/record/cloudevents.h"
#include "processors/record/record_private.h"

static void write_value(struct json_writer *json, const struct feed_status_report *report)
{
    json_begin_object(json);
    json_field_str(json, "id", report->feed_id);
    json_field_str(json, "url", report->feed_url);
    json_field_str(json, "moved_to", report->moved_to);
    json_field_str(json, "title", report->title);
    json_field_cstr(json, "status", report->status);
    json_field_cstr(json, "status_before", report->status_before);
    json_field_cstr(json, "error", report->error);
    json_field_str(json, "error_text", report->error_text);
    if (report->http_status)
        json_field_int(json, "http_status", report->http_status);
    record_field_time(json, "since", report->since_ms);
    record_field_time(json, "last_success", report->last_success_ms);
    record_field_time(json, "last_new", report->last_new_ms);
    record_field_time(json, "next_poll", report->next_poll_ms);
    json_field_int(json, "failures_in_row", report->failures_in_row);
    if (report->interval_s > 0)
        json_field_int(json, "interval_s", report->interval_s);
    record_field_time(json, "time", report->now_ms);
    json_end_object(json);
}

int record_feed_status(struct arena *arena, const struct feed_status_report *report,
                       struct record *ret_record, struct error *error)
{
    _cleanup_buffer_ struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    if (!json)
        return error_set(error, -ENOMEM, "no memory for a record");
    write_value(json, report);
    *ret_record = (struct record){.topic = TOPIC_FEEDS};
    int failure = record_value_finish(arena, &json, &out, &ret_record->value, error);
    if (failure)
        return failure;
    ret_record->key = arena_str(arena, report->feed_id);
    struct cloudevent event = {
        .type = "org.newsd.feed.status",
        .identity = arena_printf(arena, "%.*s\n%s\n%lld", STR_ARG(report->feed_id), report->status,
                                 (long long)report->now_ms),
        .source = arena_str(arena, report->feed_url),
        .subject = ret_record->key,
        .schema = RECORD_SCHEMA_BASE "feed-status-1.json",
        .time_ms = report->now_ms,
        .recorded_ms = report->now_ms,
    };
    failure = cloudevents_fill(arena, &event, ret_record);
    return failure ? error_set(error, failure, "no memory for a record") : 0;
}
