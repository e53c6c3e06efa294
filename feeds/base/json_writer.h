/* json_writer: streaming JSON into a buffer.
 *
 *     struct json_writer *json = json_writer_create(&buffer, false);
 *     json_begin_object(json);
 *     json_key(json, "title"); json_str(json, title);
 *     json_field_str(json, "link", link);            // left out when absent or empty
 *     json_end_object(json);
 *     error = json_writer_finish(&json);              // 0, or the first error met
 *
 * Errors stick: after one, every call does nothing and finish reports it. Strings that are not valid
 * UTF-8 are an error (-EILSEQ): text is repaired where it enters newsd, not where it leaves. */
#ifndef NEWSD_FEEDS_BASE_JSON_WRITER_H
#define NEWSD_FEEDS_BASE_JSON_WRITER_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "base/buffer.h"
#include "base/must_use.h"
#include "base/str.h"

struct json_writer;

/* Writes behind what `buffer` holds; `pretty` indents by two spaces. NULL without memory. */
struct json_writer *json_writer_create(struct buffer *buffer, bool pretty);
/* Frees the writer and sets *json NULL. 0, or the first error (-ENOMEM, -EILSEQ, -EINVAL for calls out of
 * order). */
_must_use_ int json_writer_finish(struct json_writer **json);

void json_begin_object(struct json_writer *json);
void json_end_object(struct json_writer *json);
void json_begin_array(struct json_writer *json);
void json_end_array(struct json_writer *json);
void json_key_str(struct json_writer *json, struct str key);
/* Here, so that the length of a literal is known when it is compiled. */
static inline void json_key(struct json_writer *json, const char *key)
{
    json_key_str(json, str_make(key, strlen(key)));
}
void json_str(struct json_writer *json, struct str value);
void json_int(struct json_writer *json, int64_t value);
/* Shortest form with at most `digits` significant digits (1..17); not finite is an error. */
void json_double(struct json_writer *json, double value, int digits);
void json_bool(struct json_writer *json, bool value);
void json_write_null(struct json_writer *json);
/* A complete JSON value, trusted to be valid, as it is. */
void json_raw(struct json_writer *json, struct str value);

/* Key and value at once. */
static inline void json_field_str(struct json_writer *json, const char *key,
                                  struct str value) /* not when empty */
{
    if (str_empty(value))
        return;
    json_key(json, key);
    json_str(json, value);
}
void json_field_cstr(struct json_writer *json, const char *key, const char *value); /* not when NULL or "" */
void json_field_int(struct json_writer *json, const char *key, int64_t value);
void json_field_double(struct json_writer *json, const char *key, double value, int digits);
void json_field_bool(struct json_writer *json, const char *key, bool value);
void json_field_true(struct json_writer *json, const char *key, bool value);         /* only when true */
void json_field_time_ms(struct json_writer *json, const char *key, int64_t wall_ms); /* RFC 3339 UTC, ms */

#endif
