/* record_private: what the files of this folder share. Not for others. */
#ifndef NEWSD_PROCESSORS_RECORD_RECORD_PRIVATE_H
#define NEWSD_PROCESSORS_RECORD_RECORD_PRIVATE_H

#include "base/json_writer.h"
#include "base/must_use.h"
#include "processors/record/record.h"

#define RECORD_SCHEMA_BASE "https://newsd.org/schemas/"

/* Ends the writer and moves what it wrote into the arena. 0, -ENOMEM, ERR_RECORD. */
_must_use_ int record_value_finish(struct arena *arena, struct json_writer **json, struct buffer *out,
                                   struct str *ret_value, struct error *error);

/* [start, end) in code points. */
void record_write_span(struct json_writer *json, struct span span);
void record_field_span(struct json_writer *json, const char *key, struct span span);
/* The id of the article's entity with this number, from 1: "e7". */
void record_field_entity(struct json_writer *json, const char *key, uint32_t number);
/* [latitude, longitude] */
void record_field_coordinates(struct json_writer *json, float latitude, float longitude);

/* A point in time as RFC 3339; left out when 0. */
void record_field_time(struct json_writer *json, const char *key, int64_t ms);

/* A URI in the standard's sense: a scheme and more behind it. What is no URI makes a ninjs item invalid. */
bool record_is_uri(struct str text);
/* The field with all bytes percent-encoded that a URI cannot hold (feeds give addresses with letters of all
 * languages, and spaces); left out when it is no URI. */
void record_field_uri(struct json_writer *json, const char *key, struct str uri);

/* "uri" of a place in GeoNames; left out when 0. */
void record_field_geoname(struct json_writer *json, uint32_t geoname);
/* A degree of latitude or longitude. */
void record_degree(struct json_writer *json, float degree);

#endif
