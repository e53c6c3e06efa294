/* topics: asks the cluster to create what is missing. Loop thread; the answer comes as an event of the
 * producer's queue. */
#ifndef NEWSD_DAEMON_KAFKA_TOPICS_H
#define NEWSD_DAEMON_KAFKA_TOPICS_H

#include <librdkafka/rdkafka.h>

#include "daemon/config/config.h"

/* Sends the request for every topic that is on; the answer is an RD_KAFKA_EVENT_CREATETOPICS_RESULT on
 * `queue`. */
void topics_create(rd_kafka_t *producer, rd_kafka_queue_t *queue, const struct config *config);

/* Reads the answer and says in the log what was created and what went wrong. True when records may be sent;
 * false when the cluster did not answer and it is worth asking again. A cluster that is up and never answers
 * this request (librdkafka's mock cluster is one) is taken to have its topics. */
bool topics_created(rd_kafka_event_t *event, bool broker_up);

#endif
