/* json_writer: JSON into a buffer, with sticky errors. One thread per writer. Written here and not left to a
 * library because writing is a third of the time from a feed's bytes to its JSON (`make bench`), and most of
 * that went into looking at every byte twice. */
#include "base/json_writer.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/clock.h"
#include "base/utf8.h"
#include "base/wide.h"

enum { DEPTH_MAX = 128, INDENT = 2 };

enum place {
    IN_ARRAY,
    BEFORE_KEY,
    BEFORE_VALUE, /* of an object's key */
};

struct level {
    uint8_t place;
    bool filled; /* something stands in it already */
};

struct json_writer {
    struct buffer *buffer;
    int error;
    bool pretty, complete;
    size_t depth;
    struct level levels[DEPTH_MAX];
};

struct json_writer *json_writer_create(struct buffer *buffer, bool pretty)
{
    struct json_writer *json = malloc(sizeof(*json));
    if (!json)
        return NULL;
    json->buffer = buffer;
    json->error = 0;
    json->pretty = pretty;
    json->complete = false;
    json->depth = 0;
    return json;
}

int json_writer_finish(struct json_writer **json)
{
    if (!*json)
        return -ENOMEM;
    int error = (*json)->error;
    if (!error && (*json)->buffer->failed)
        error = -ENOMEM;
    if (!error && (*json)->pretty)
        error = buffer_append_byte((*json)->buffer, '\n');
    free(*json);
    *json = NULL;
    return error;
}

/* Room for `len` bytes behind what is there; NULL after noting the error. */
static char *room(struct json_writer *json, size_t len)
{
    int error = buffer_reserve(json->buffer, len);
    if (error) {
        json->error = error;
        return NULL;
    }
    return json->buffer->ptr + json->buffer->len;
}

static void put(struct json_writer *json, const char *ptr, size_t len)
{
    char *out = room(json, len);
    if (!out)
        return;
    memcpy(out, ptr, len);
    json->buffer->len += len;
    out[len] = '\0';
}

static void put_byte(struct json_writer *json, char byte)
{
    char *out = room(json, 1);
    if (!out)
        return;
    out[0] = byte;
    out[1] = '\0';
    json->buffer->len++;
}

static void new_line(struct json_writer *json)
{
    char *out = room(json, 1 + json->depth * INDENT);
    if (!out)
        return;
    out[0] = '\n';
    memset(out + 1, ' ', json->depth * INDENT);
    json->buffer->len += 1 + json->depth * INDENT;
    json->buffer->ptr[json->buffer->len] = '\0';
}

/* Whatever comes next, a key or a value: what has to stand before it. False when it may not come here. */
static bool begin(struct json_writer *json, bool is_key)
{
    if (json->error)
        return false;
    if (json->depth == 0) {
        if (json->complete || is_key)
            json->error = -EINVAL;
        json->complete = true;
        return !json->error;
    }
    struct level *level = &json->levels[json->depth - 1];
    if (level->place == BEFORE_VALUE) {
        if (is_key)
            json->error = -EINVAL;
        level->place = BEFORE_KEY;
        return !json->error;
    }
    if (is_key != (level->place == BEFORE_KEY)) {
        json->error = -EINVAL;
        return false;
    }
    if (level->filled)
        put_byte(json, ',');
    level->filled = true;
    if (json->pretty)
        new_line(json);
    if (is_key)
        level->place = BEFORE_VALUE;
    return !json->error;
}

static void open(struct json_writer *json, char bracket, enum place place)
{
    if (!begin(json, false))
        return;
    if (json->depth == DEPTH_MAX) {
        json->error = -EINVAL;
        return;
    }
    put_byte(json, bracket);
    json->levels[json->depth++] = (struct level){.place = (uint8_t)place};
}

static void close(struct json_writer *json, char bracket, enum place place)
{
    if (json->error)
        return;
    if (json->depth == 0 || json->levels[json->depth - 1].place != place) {
        json->error = -EINVAL;
        return;
    }
    bool filled = json->levels[--json->depth].filled;
    if (json->pretty && filled)
        new_line(json);
    put_byte(json, bracket);
}

void json_begin_object(struct json_writer *json)
{
    open(json, '{', BEFORE_KEY);
}

void json_end_object(struct json_writer *json)
{
    close(json, '}', BEFORE_KEY);
}

void json_begin_array(struct json_writer *json)
{
    open(json, '[', IN_ARRAY);
}

void json_end_array(struct json_writer *json)
{
    close(json, ']', IN_ARRAY);
}

enum { SLACK = WIDE_BYTES }; /* bytes that copy_plain() may write behind its end */

static bool is_special(char byte)
{
    return (unsigned char)byte < ' ' || byte == '"' || byte == '\\';
}

/* Copies the bytes that stand for themselves, sixteen at a time; returns how many. `out` has room for
 * len + SLACK. *seen gets the bits of all that was looked at. */
static size_t copy_plain(char *out, const char *text, size_t len, wide *seen)
{
    size_t at = 0;
    for (; len - at >= WIDE_BYTES; at += WIDE_BYTES) {
        wide block = wide_load(text + at);
        memcpy(out + at, &block, sizeof(block));
        *seen |= block;
        unsigned first =
            wide_first(wide_below(block, ' ') | wide_equal(block, '"') | wide_equal(block, '\\'));
        if (first < WIDE_BYTES)
            return at + first;
    }
    unsigned char rest = 0;
    for (; at < len && !is_special(text[at]); at++) {
        out[at] = text[at];
        rest |= (unsigned char)text[at];
    }
    *seen |= rest;
    return at;
}

static size_t escape(unsigned char byte, char out[6])
{
    static const char hex[] = "0123456789ABCDEF";
    static const char short_forms[] = {
        ['"'] = '"', ['\\'] = '\\', ['\n'] = 'n', ['\r'] = 'r', ['\t'] = 't', ['\b'] = 'b', ['\f'] = 'f'};
    out[0] = '\\';
    if (short_forms[byte]) {
        out[1] = short_forms[byte];
        return 2;
    }
    memcpy(out + 1, "u00", 3);
    out[4] = hex[byte >> 4];
    out[5] = hex[byte & 15];
    return 6;
}

/* The text in quotation marks, and up to two bytes behind it. */
static void put_string(struct json_writer *json, struct str value, const char *after)
{
    const char *text = value.ptr;
    size_t len = value.len;
    wide seen = {0};
    char *out = room(json, len + 2 + SLACK);
    size_t used = 1, at = 0;
    if (!out)
        return;
    out[0] = '"';
    for (;;) {
        size_t plain = copy_plain(out + used, text + at, len - at, &seen);
        used += plain;
        at += plain;
        if (at == len)
            break;
        used += escape((unsigned char)text[at++], out + used);
        /* An escape is longer than what was counted for its byte. */
        json->buffer->len += used;
        out = room(json, len - at + 2 + SLACK);
        used = 0;
        if (!out)
            return;
    }
    out[used++] = '"';
    for (; *after; after++)
        out[used++] = *after; /* within the slack */
    json->buffer->len += used;
    out[used] = '\0';
    if (wide_any(seen) && !utf8_valid(value))
        json->error = -EILSEQ;
}

void json_str(struct json_writer *json, struct str value)
{
    if (begin(json, false))
        put_string(json, value, "");
}

void json_key_str(struct json_writer *json, struct str key)
{
    if (begin(json, true))
        put_string(json, key, json->pretty ? ": " : ":");
}

void json_raw(struct json_writer *json, struct str value)
{
    if (begin(json, false))
        put(json, value.ptr, value.len);
}

void json_int(struct json_writer *json, int64_t value)
{
    char text[24];
    int len = snprintf(text, sizeof(text), "%lld", (long long)value);
    json_raw(json, str_make(text, (size_t)len));
}

void json_double(struct json_writer *json, double value, int digits)
{
    if (!isfinite(value)) {
        json->error = json->error ? json->error : -EINVAL;
        return;
    }
    char text[40];
    int len = snprintf(text, sizeof(text), "%.*g", digits, value);
    json_raw(json, str_make(text, (size_t)len));
}

void json_bool(struct json_writer *json, bool value)
{
    json_raw(json, value ? STR("true") : STR("false"));
}

void json_write_null(struct json_writer *json)
{
    json_raw(json, STR("null"));
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
