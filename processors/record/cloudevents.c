/* cloudevents: headers and ids of records, and their stored form. CloudEvents 1.0.2, Kafka protocol binding.
 * Pure. */
#include "processors/record/cloudevents.h"

#include <errno.h>
#include <jansson.h>
#include <string.h>

#include "base/buffer.h"
#include "base/clock.h"
#include "base/hash.h"
#include "processors/record/record_private.h"

const char *record_topic_name(enum record_topic topic)
{
    static const char *const names[] = {"articles", "events", "statements", "stories", "feeds", "rejects"};
    return topic < TOPIC_COUNT ? names[topic] : "unknown";
}

static void header_add(struct record *record, const char *name, struct str value)
{
    if (str_empty(value) || record->header_count == RECORD_HEADERS_MAX)
        return;
    record->headers[record->header_count++] = (struct record_header){name, value};
}

static struct str time_str(struct arena *arena, int64_t ms)
{
    char text[CLOCK_RFC3339_BYTES];
    return ms ? arena_str(arena, str_from(clock_rfc3339(ms, 1, text))) : STR_NONE;
}

int cloudevents_fill(struct arena *arena, const struct cloudevent *event, struct record *record)
{
    char hex[SHA256_HEX_BYTES];
    struct str basis = arena_printf(arena, "%s\n%.*s", event->type, STR_ARG(event->identity));
    memcpy(record->id, hash_sha256_hex(basis, RECORD_ID_BYTES - 1, hex), RECORD_ID_BYTES);
    record->header_count = 0;
    header_add(record, "ce_specversion", STR("1.0"));
    header_add(record, "ce_id", arena_str(arena, str_from(record->id)));
    header_add(record, "ce_source", event->source.len ? event->source : STR("urn:newsd"));
    header_add(record, "ce_type", str_from(event->type));
    header_add(record, "ce_time", time_str(arena, event->time_ms));
    header_add(record, "ce_subject", event->subject);
    header_add(record, "ce_dataschema", str_from(event->schema));
    header_add(record, "ce_partitionkey", record->key);
    header_add(record, "ce_recordedtime", time_str(arena, event->recorded_ms));
    header_add(record, "content-type", STR("application/json"));
    return arena_exhausted(arena) ? -ENOMEM : 0;
}

/* A header's name as an attribute of the JSON format: "ce_id" is "id". NULL for headers of other kinds. */
static const char *attribute_name(const char *header)
{
    if (!strcmp(header, "content-type"))
        return "datacontenttype";
    return strncmp(header, "ce_", 3) ? NULL : header + 3;
}

int record_structured(struct arena *arena, const struct record *record, struct str *ret_value)
{
    _cleanup_buffer_ struct buffer out = {0};
    if (!record->header_count)
        return ERR_RECORD;
    struct json_writer *json = json_writer_create(&out, false);
    if (!json)
        return -ENOMEM;
    json_begin_object(json);
    for (size_t i = 0; i < record->header_count; i++) {
        const char *name = attribute_name(record->headers[i].name);
        if (name)
            json_field_str(json, name, record->headers[i].value);
    }
    if (record->value.len) {
        json_key(json, "data");
        json_raw(json, record->value);
    }
    json_end_object(json);
    return record_value_finish(arena, &json, &out, ret_value, NULL);
}

int record_headers_encode(struct arena *arena, const struct record *record, struct str *ret_json)
{
    _cleanup_buffer_ struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    if (!json)
        return -ENOMEM;
    json_begin_object(json);
    for (size_t i = 0; i < record->header_count; i++) {
        json_key(json, record->headers[i].name);
        json_str(json, record->headers[i].value);
    }
    json_end_object(json);
    int error = json_writer_finish(&json);
    if (error)
        return error;
    *ret_json = arena_str(arena, buffer_str(&out));
    return ret_json->ptr ? 0 : -ENOMEM;
}

int record_headers_decode(struct arena *arena, struct str text, struct record_header *ret_headers,
                          size_t *ret_count)
{
    json_error_t problem;
    json_t *root = json_loadb(text.ptr, text.len, 0, &problem), *value;
    const char *name;
    size_t count = 0;
    if (!json_is_object(root)) {
        json_decref(root);
        return ERR_RECORD;
    }
    json_object_foreach(root, name, value)
    {
        if (!json_is_string(value) || count == RECORD_HEADERS_MAX)
            continue;
        ret_headers[count].name = arena_copy(arena, name, strlen(name));
        ret_headers[count].value =
            arena_str(arena, str_make(json_string_value(value), json_string_length(value)));
        count++;
    }
    json_decref(root);
    *ret_count = count;
    return arena_exhausted(arena) ? -ENOMEM : 0;
}
