/* intake_payload: see the header. */
#include "processors/intake_payload.h"

#include <errno.h>

int intake_payload_feed(struct buffer *out, const struct intake_feed *feed)
{
    struct json_writer *json = json_writer_create(out, false);
    if (!json)
        return -ENOMEM;
    json_begin_object(json);
    json_field_str(json, "id", feed->id);
    json_field_str(json, "url", feed->url);
    json_field_str(json, "title", feed->title);
    json_field_str(json, "link", feed->link);
    json_field_str(json, "language", feed->language);
    json_field_str(json, "rights", feed->rights);
    json_field_str(json, "publisher", feed->publisher);
    json_end_object(json);
    return json_writer_finish(&json);
}

static void write_text(struct json_writer *json, struct str value, const char *type)
{
    json_begin_object(json);
    json_field_str(json, "value", value);
    json_field_cstr(json, "type", type);
    json_end_object(json);
}

void intake_payload_entry(struct json_writer *json, const void *entry)
{
    const struct intake_entry *plain = entry;
    json_begin_object(json);
    json_field_str(json, "id", plain->id);
    if (plain->title.len) {
        json_key(json, "title");
        write_text(json, plain->title, "text/plain");
    }
    json_field_str(json, "link", plain->link);
    json_field_str(json, "published", plain->published);
    if (plain->content.len) {
        json_key(json, "content");
        json_begin_array(json);
        write_text(json, plain->content, plain->content_is_html ? "text/html" : "text/plain");
        json_end_array(json);
    }
    json_end_object(json);
}

int intake_payload_write(struct buffer *out, const struct intake_payload *payload)
{
    struct json_writer *json = json_writer_create(out, false);
    if (!json)
        return -ENOMEM;
    json_begin_object(json);
    json_key(json, "feed");
    json_raw(json, payload->feed);
    json_key(json, "entry");
    payload->write_entry(json, payload->entry);
    json_field_str(json, "entry_id", payload->entry_id);
    json_field_str(json, "url", payload->url);
    if (payload->fetched.len)
        json_field_str(json, "fetched", payload->fetched);
    else
        json_field_time_ms(json, "fetched", payload->fetched_ms);
    json_end_object(json);
    return json_writer_finish(&json);
}

int intake_payload_plain(struct arena *arena, const struct intake_feed *feed,
                         const struct intake_entry *entry, struct intake_payload *payload,
                         struct str *ret_payload)
{
    _cleanup_buffer_ struct buffer object = {0}, out = {0};
    int code = intake_payload_feed(&object, feed);
    if (code < 0)
        return code;
    payload->feed = buffer_str(&object);
    payload->write_entry = intake_payload_entry;
    payload->entry = entry;
    code = intake_payload_write(&out, payload);
    payload->feed = STR_NONE; /* its bytes end here */
    if (code < 0)
        return code;
    *ret_payload = arena_str(arena, buffer_str(&out));
    return ret_payload->ptr ? 0 : -ENOMEM;
}
