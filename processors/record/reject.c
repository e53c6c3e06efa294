/* reject: the records of news.rejects: an intake entry that could not go its way, and why. Pure. */
#include <errno.h>
#include <jansson.h>

#include "processors/record/cloudevents.h"
#include "processors/record/record_private.h"

static const char *kind_name(enum article_kind kind)
{
    static const char *const names[] = {"published", "revised", "withdrawn"};
    return names[kind];
}

static void write_value(struct json_writer *json, const struct reject_report *report)
{
    json_begin_object(json);
    json_field_str(json, "article", report->article_id);
    if (report->revision) { /* not known of a record that Kafka refused */
        json_field_int(json, "revision", report->revision);
        json_field_cstr(json, "kind", kind_name(report->kind));
        json_field_bool(json, "backfill", report->backfill);
    }
    json_field_cstr(json, "stage", report->stage);
    json_field_cstr(json, "reason", report->reason);
    json_field_str(json, "error", report->error_text);
    json_field_int(json, "attempts", report->attempts);
    record_field_time(json, "first_seen", report->first_seen_ms);
    record_field_time(json, "time", report->now_ms);
    if (report->payload.len) {
        json_key(json, "payload");
        json_raw(json, report->payload);
    }
    json_end_object(json);
}

/* It goes into the record as it stands: anything but one object would make the whole record unreadable. */
static bool is_object(struct str payload)
{
    json_t *root = json_loadb(payload.ptr, payload.len, 0, NULL);
    bool object = json_is_object(root);
    json_decref(root);
    return object;
}

int record_reject(struct arena *arena, const struct reject_report *report, struct record *ret_record,
                  struct error *error)
{
    if (report->payload.len && !is_object(report->payload))
        return error_set(error, ERR_RECORD, "the record cannot be written: its payload is no JSON object");
    _cleanup_buffer_ struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    if (!json)
        return error_set(error, -ENOMEM, "no memory for a record");
    write_value(json, report);
    *ret_record = (struct record){.topic = TOPIC_REJECTS};
    int failure = record_value_finish(arena, &json, &out, &ret_record->value, error);
    if (failure)
        return failure;
    ret_record->key = report->article_id.len ? arena_str(arena, report->article_id) : STR("unknown");
    struct cloudevent event = {
        .type = "org.newsd.item.rejected",
        .identity = arena_printf(arena, "%.*s\n%u\n%s\n%lld", STR_ARG(report->article_id), report->revision,
                                 report->reason, (long long)report->now_ms),
        .subject = ret_record->key,
        .schema = RECORD_SCHEMA_BASE "reject-1.json",
        .time_ms = report->now_ms,
        .recorded_ms = report->now_ms,
    };
    failure = cloudevents_fill(arena, &event, ret_record);
    return failure ? error_set(error, failure, "no memory for a record") : 0;
}
