/* events: coded events as JSON: the fields of one event, in the article's record and in its own. */
#ifndef NEWSD_PROCESSORS_RECORD_EVENTS_H
#define NEWSD_PROCESSORS_RECORD_EVENTS_H

#include "base/json_writer.h"
#include "processors/article.h"

/* The fields of article->events.items[at], into an object that is open. */
void event_write(struct json_writer *json, const struct article *article, size_t at);

#endif
