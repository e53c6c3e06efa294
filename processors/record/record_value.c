/* record_value: the parts of writing a value that all records share. Pure. */
#include "processors/record/record_private.h"

#include <errno.h>
#include <stdio.h>

int record_value_finish(struct arena *arena, struct json_writer **json, struct buffer *out,
                        struct str *ret_value, struct error *error)
{
    int failure = json_writer_finish(json);
    if (!failure) {
        struct str value = arena_str(arena, buffer_str(out));
        failure = value.ptr ? 0 : -ENOMEM;
        if (!failure)
            *ret_value = value;
    }
    if (failure == -ENOMEM)
        return error_set(error, -ENOMEM, "no memory for a record");
    return failure ? error_set(error, ERR_RECORD, "the record cannot be written: %s",
                               failure == -EILSEQ ? "text that is not valid UTF-8" : "values out of order")
                   : 0;
}

void record_write_span(struct json_writer *json, struct span span)
{
    json_begin_array(json);
    json_int(json, span.start);
    json_int(json, span.end);
    json_end_array(json);
}

void record_field_span(struct json_writer *json, const char *key, struct span span)
{
    json_key(json, key);
    record_write_span(json, span);
}

void record_field_entity(struct json_writer *json, const char *key, uint32_t number)
{
    char id[16];
    (void)snprintf(id, sizeof(id), "e%u", number); /* it fits */
    json_field_cstr(json, key, id);
}

void record_field_coordinates(struct json_writer *json, float latitude, float longitude)
{
    json_key(json, "coordinates");
    json_begin_array(json);
    record_degree(json, latitude);
    record_degree(json, longitude);
    json_end_array(json);
}

void record_field_time(struct json_writer *json, const char *key, int64_t ms)
{
    if (ms)
        json_field_time_ms(json, key, ms);
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool record_is_uri(struct str text)
{
    if (str_empty(text) || !is_letter(text.ptr[0]))
        return false;
    size_t colon = 1;
    while (colon < text.len && (is_letter(text.ptr[colon]) || memchr("+-.0123456789", text.ptr[colon], 13)))
        colon++;
    return colon + 1 < text.len && text.ptr[colon] == ':';
}

static bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

static bool is_uri_byte(struct str uri, size_t at)
{
    unsigned char c = (unsigned char)uri.ptr[at];
    if (c == '%') /* a percent sign that encodes nothing is not allowed */
        return at + 2 < uri.len && is_hex(uri.ptr[at + 1]) && is_hex(uri.ptr[at + 2]);
    return c > ' ' && c < 0x7f && !strchr("\"<>\\^`{|}", c);
}

void record_field_uri(struct json_writer *json, const char *key, struct str uri)
{
    size_t good = 0;
    if (!record_is_uri(uri))
        return;
    while (good < uri.len && is_uri_byte(uri, good))
        good++;
    if (good == uri.len) {
        json_field_str(json, key, uri);
        return;
    }
    _cleanup_buffer_ struct buffer encoded = {0};
    for (size_t i = 0; i < uri.len; i++) {
        if (is_uri_byte(uri, i))
            buffer_append_byte(&encoded, uri.ptr[i]);
        else
            buffer_printf(&encoded, "%%%02X", (unsigned char)uri.ptr[i]);
    }
    json_field_str(json, key, encoded.failed ? STR_NONE : buffer_str(&encoded)); /* half a URI is none */
}

void record_field_geoname(struct json_writer *json, uint32_t geoname)
{
    char uri[64];
    (void)snprintf(uri, sizeof(uri), "https://sws.geonames.org/%u/", geoname);
    if (geoname)
        json_field_cstr(json, "uri", uri);
}

void record_degree(struct json_writer *json, float degree)
{
    enum { DIGITS = 7 }; /* what the number holds: four behind the point */
    json_double(json, (double)degree, DIGITS);
}
