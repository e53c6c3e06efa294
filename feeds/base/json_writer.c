/* json_writer: yajl_gen with sticky errors. One thread per writer. */
#include "base/json_writer.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <yajl/yajl_gen.h>

#include "base/clock.h"

struct json_writer {
    yajl_gen gen;
    struct buffer *buffer;
    int error;
};

static void write_out(void *context, const char *ptr, size_t len)
{
    struct json_writer *json = context;
    int error = buffer_append(json->buffer, ptr, len);
    if (error && !json->error)
        json->error = error;
}

static void note(struct json_writer *json, yajl_gen_status status)
{
    if (status == yajl_gen_status_ok || json->error)
        return;
    json->error = status == yajl_gen_invalid_string ? -EILSEQ : -EINVAL;
}

struct json_writer *json_writer_create(struct buffer *buffer, bool pretty)
{
    struct json_writer *json = calloc(1, sizeof(*json));
    if (!json)
        return NULL;
    json->buffer = buffer;
    json->gen = yajl_gen_alloc(NULL);
    if (!json->gen) {
        free(json);
        return NULL;
    }
    yajl_gen_config(json->gen, yajl_gen_print_callback, write_out, json);
    yajl_gen_config(json->gen, yajl_gen_validate_utf8, 1);
    if (pretty) {
        yajl_gen_config(json->gen, yajl_gen_beautify, 1);
        yajl_gen_config(json->gen, yajl_gen_indent_string, "  ");
    }
    return json;
}

int json_writer_finish(struct json_writer **json)
{
    if (!*json)
        return -ENOMEM;
    int error = (*json)->error;
    if (!error && (*json)->buffer->failed)
        error = -ENOMEM;
    yajl_gen_free((*json)->gen);
    free(*json);
    *json = NULL;
    return error;
}

void json_begin_object(struct json_writer *json)
{
    if (!json->error)
        note(json, yajl_gen_map_open(json->gen));
}

void json_end_object(struct json_writer *json)
{
    if (!json->error)
        note(json, yajl_gen_map_close(json->gen));
}

void json_begin_array(struct json_writer *json)
{
    if (!json->error)
        note(json, yajl_gen_array_open(json->gen));
}

void json_end_array(struct json_writer *json)
{
    if (!json->error)
        note(json, yajl_gen_array_close(json->gen));
}

void json_str(struct json_writer *json, struct str value)
{
    if (!json->error)
        note(json,
             yajl_gen_string(json->gen, (const unsigned char *)(value.ptr ? value.ptr : ""), value.len));
}

void json_key_str(struct json_writer *json, struct str key)
{
    json_str(json, key);
}

void json_key(struct json_writer *json, const char *key)
{
    json_str(json, str_from(key));
}

void json_int(struct json_writer *json, int64_t value)
{
    if (!json->error)
        note(json, yajl_gen_integer(json->gen, value));
}

void json_double(struct json_writer *json, double value, int digits)
{
    if (json->error)
        return;
    if (!isfinite(value)) {
        json->error = -EINVAL;
        return;
    }
    char text[40];
    int len = snprintf(text, sizeof(text), "%.*g", digits, value);
    note(json, yajl_gen_number(json->gen, text, (size_t)len));
}

void json_bool(struct json_writer *json, bool value)
{
    if (!json->error)
        note(json, yajl_gen_bool(json->gen, value));
}

void json_write_null(struct json_writer *json)
{
    if (!json->error)
        note(json, yajl_gen_null(json->gen));
}

void json_raw(struct json_writer *json, struct str value)
{
    /* yajl prints a "number" as it stands and does the commas around it. */
    if (!json->error)
        note(json, yajl_gen_number(json->gen, value.ptr, value.len));
}

void json_field_str(struct json_writer *json, const char *key, struct str value)
{
    if (str_empty(value))
        return;
    json_key(json, key);
    json_str(json, value);
}

void json_field_cstr(struct json_writer *json, const char *key, const char *value)
{
    json_field_str(json, key, str_from(value));
}

void json_field_int(struct json_writer *json, const char *key, int64_t value)
{
    json_key(json, key);
    json_int(json, value);
}

void json_field_double(struct json_writer *json, const char *key, double value, int digits)
{
    json_key(json, key);
    json_double(json, value, digits);
}

void json_field_bool(struct json_writer *json, const char *key, bool value)
{
    json_key(json, key);
    json_bool(json, value);
}

void json_field_true(struct json_writer *json, const char *key, bool value)
{
    if (value)
        json_field_bool(json, key, true);
}

void json_field_time_ms(struct json_writer *json, const char *key, int64_t wall_ms)
{
    char text[CLOCK_RFC3339_BYTES];
    json_field_cstr(json, key, clock_rfc3339(wall_ms, 1, text));
}
