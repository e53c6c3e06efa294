/* feed_json: a parsed feed as the JSON of the feed-json contract (`newsd feed`, and the intake's
 * form of an entry). */
#ifndef NEWSD_FEEDS_PARSE_FEED_JSON_H
#define NEWSD_FEEDS_PARSE_FEED_JSON_H

#include "base/json_writer.h"
#include "feeds/parse/document.h"

/* The whole document as one object. Errors stick in the writer. */
void feed_json_document(struct json_writer *json, const struct feed_document *document);

/* One entry as the object that stands in the document's "entries". */
void feed_json_entry(struct json_writer *json, const struct feed_entry *entry);

#endif
