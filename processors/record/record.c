/* record: values and envelopes of all records that leave newsd. Pure; any thread; everything in the caller's
 * arena. */
#include "processors/record/record.h"

#include <errno.h>

#include "base/json_writer.h"
#include "processors/record/cloudevents.h"
#include "processors/record/ninjs.h"

#define SCHEMA_BASE "https://newsd.org/schemas/"

static const char *article_type(enum article_kind kind)
{
    static const char *const types[] = {"org.newsd.article.published", "org.newsd.article.revised",
                                        "org.newsd.article.withdrawn"};
    return types[kind];
}

static const char *kind_name(enum article_kind kind)
{
    static const char *const names[] = {"published", "revised", "withdrawn"};
    return names[kind];
}

static int finish(struct arena *arena, struct json_writer **json, struct buffer *out, struct str *ret_value,
                  struct error *error)
{
    int failure = json_writer_finish(json);
    if (!failure) {
        *ret_value = arena_str(arena, buffer_str(out));
        failure = ret_value->ptr ? 0 : -ENOMEM;
    }
    if (failure == -ENOMEM)
        return error_set(error, -ENOMEM, "no memory for a record");
    return failure ? error_set(error, ERR_RECORD, "the record cannot be written: %s",
                               failure == -EILSEQ ? "text that is not valid UTF-8" : "values out of order")
                   : 0;
}

int record_article_value(struct arena *arena, const struct article *article, bool pretty,
                         struct str *ret_value, struct error *error)
{
    _cleanup_buffer_ struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, pretty);
    if (!json)
        return error_set(error, -ENOMEM, "no memory for a record");
    ninjs_write(json, article);
    return finish(arena, &json, &out, ret_value, error);
}

int record_article(struct arena *arena, const struct article *article, int64_t recorded_ms,
                   struct record_list *ret_records, struct error *error)
{
    struct record *record = arena_new(arena, struct record);
    if (!record)
        return error_set(error, -ENOMEM, "no memory for a record");
    int failure = record_article_value(arena, article, false, &record->value, error);
    if (failure)
        return failure;
    record->topic = TOPIC_ARTICLES;
    record->key = article->id;
    struct cloudevent event = {
        .type = article_type(article->kind),
        .identity = arena_printf(arena, "%.*s\n%u", STR_ARG(article->id), article->revision),
        .source = article->feed.url,
        .subject = article->url,
        .schema = SCHEMA_BASE "article-1.json",
        .time_ms = article->fetched_ms,
        .recorded_ms = recorded_ms,
    };
    failure = cloudevents_fill(arena, &event, record);
    if (failure)
        return error_set(error, failure, "no memory for a record");
    *ret_records = (struct record_list){.items = record, .count = 1, .capacity = 1};
    return 0;
}

static void time_field(struct json_writer *json, const char *key, int64_t ms)
{
    if (ms)
        json_field_time_ms(json, key, ms);
}

int record_feed_status(struct arena *arena, const struct feed_status_report *report,
                       struct record *ret_record, struct error *error)
{
    _cleanup_buffer_ struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    if (!json)
        return error_set(error, -ENOMEM, "no memory for a record");
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
    time_field(json, "since", report->since_ms);
    time_field(json, "last_success", report->last_success_ms);
    time_field(json, "last_new", report->last_new_ms);
    time_field(json, "next_poll", report->next_poll_ms);
    json_field_int(json, "failures_in_row", report->failures_in_row);
    if (report->interval_s > 0)
        json_field_int(json, "interval_s", report->interval_s);
    time_field(json, "time", report->now_ms);
    json_end_object(json);
    *ret_record = (struct record){.topic = TOPIC_FEEDS};
    int failure = finish(arena, &json, &out, &ret_record->value, error);
    if (failure)
        return failure;
    ret_record->key = arena_str(arena, report->feed_id);
    struct cloudevent event = {
        .type = "org.newsd.feed.status",
        .identity = arena_printf(arena, "%.*s\n%s\n%lld", STR_ARG(report->feed_id), report->status,
                                 (long long)report->now_ms),
        .source = arena_str(arena, report->feed_url),
        .subject = ret_record->key,
        .schema = SCHEMA_BASE "feed-status-1.json",
        .time_ms = report->now_ms,
        .recorded_ms = report->now_ms,
    };
    failure = cloudevents_fill(arena, &event, ret_record);
    return failure ? error_set(error, failure, "no memory for a record") : 0;
}

int record_reject(struct arena *arena, const struct reject_report *report, struct record *ret_record,
                  struct error *error)
{
    _cleanup_buffer_ struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    if (!json)
        return error_set(error, -ENOMEM, "no memory for a record");
    json_begin_object(json);
    json_field_str(json, "article", report->article_id);
    if (report->article_id.len) {
        json_field_int(json, "revision", report->revision);
        json_field_cstr(json, "kind", kind_name(report->kind));
        json_field_bool(json, "backfill", report->backfill);
    }
    json_field_cstr(json, "stage", report->stage);
    json_field_cstr(json, "reason", report->reason);
    json_field_str(json, "error", report->error_text);
    json_field_int(json, "attempts", report->attempts);
    time_field(json, "first_seen", report->first_seen_ms);
    time_field(json, "time", report->now_ms);
    if (report->payload.len) {
        json_key(json, "payload");
        json_raw(json, report->payload);
    }
    json_end_object(json);
    *ret_record = (struct record){.topic = TOPIC_REJECTS};
    int failure = finish(arena, &json, &out, &ret_record->value, error);
    if (failure)
        return failure;
    ret_record->key = report->article_id.len ? arena_str(arena, report->article_id) : STR("unknown");
    struct cloudevent event = {
        .type = "org.newsd.item.rejected",
        .identity = arena_printf(arena, "%.*s\n%u\n%s\n%lld", STR_ARG(report->article_id), report->revision,
                                 report->reason, (long long)report->now_ms),
        .subject = ret_record->key,
        .schema = SCHEMA_BASE "reject-1.json",
        .time_ms = report->now_ms,
        .recorded_ms = report->now_ms,
    };
    failure = cloudevents_fill(arena, &event, ret_record);
    return failure ? error_set(error, failure, "no memory for a record") : 0;
}
