/* cloudevents: the envelope of every record (CloudEvents 1.0.2, Kafka protocol binding 1.0.2, binary mode).
 */
#ifndef NEWSD_PROCESSORS_RECORD_CLOUDEVENTS_H
#define NEWSD_PROCESSORS_RECORD_CLOUDEVENTS_H

#include "base/must_use.h"
#include "processors/record/record.h"

struct cloudevent {
    const char *type;    /* org.newsd.article.published ... */
    struct str identity; /* what makes the id: the same identity and type give the same ce_id for ever */
    struct str source;   /* the feed's URL */
    struct str subject;  /* the article's URL, may be absent */
    const char *schema;  /* URI of the value's JSON Schema */
    int64_t time_ms;     /* when it happened, 0 = not known */
    int64_t recorded_ms; /* when newsd wrote it down, 0 = left out */
};

/* Fills id and headers; record->key must be set before. 0 or -ENOMEM. */
_must_use_ int cloudevents_fill(struct arena *arena, const struct cloudevent *event, struct record *record);

#endif
