/* json_reader: short forms over jansson for reading objects from outside: a wrong type reads as absent.
 *
 *     json_t *root = json_reader_parse(bytes, &error);
 *     struct str link = json_reader_str(root, "link");          points into the JSON value
 *     ... json_decref(root); */
#ifndef NEWSD_FEEDS_BASE_JSON_READER_H
#define NEWSD_FEEDS_BASE_JSON_READER_H

#include <jansson.h>

#include "base/error.h"
#include "base/str.h"

/* Any JSON value; NULL with *error (ERR_RECORD, line and column) when it is none. */
json_t *json_reader_parse(struct str bytes, struct error *error);

/* The value itself when a string, else STR_NONE; trimmed. */
struct str json_reader_value(const json_t *value);
struct str json_reader_str(const json_t *object, const char *key);
int64_t json_reader_int(const json_t *object, const char *key, int64_t otherwise);

static inline void json_reader_release(json_t **root)
{
    json_decref(*root);
    *root = NULL;
}
#define _cleanup_json_ __attribute__((cleanup(json_reader_release)))

#endif
