/* refused: a record that Kafka refuses for good, and what is kept of it. Pure; any thread. */
#ifndef NEWSD_DAEMON_KAFKA_REFUSED_H
#define NEWSD_DAEMON_KAFKA_REFUSED_H

#include <librdkafka/rdkafka.h>

#include "base/arena.h"
#include "feeds/poll/identity.h"
#include "processors/record/record.h"

/* Refused because of its size: a reject that held all of it would be refused in turn. */
bool refused_for_size(rd_kafka_resp_err_t error);

/* Whose record it was, for people; absent as far as the value does not tell. In the arena. */
struct refused_source {
    struct str feed_url, url, title;
};
void refused_source(struct arena *arena, struct str value, struct refused_source *ret_source);

/* Fills article, revision, kind and payload of a reject. The payload is the record itself; of one that was
 * too large, it is an intake entry as far as the record tells it and without its text: enough for `newsd
 * retry`, which then takes the text from the article's page where pages are fetched. */
void refused_report(struct arena *arena, struct str key, struct str value, rd_kafka_resp_err_t error,
                    struct reject_report *report);

#endif
