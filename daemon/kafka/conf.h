/* conf: librdkafka's configuration from ours. Any thread. */
#ifndef NEWSD_DAEMON_KAFKA_CONF_H
#define NEWSD_DAEMON_KAFKA_CONF_H

#include <librdkafka/rdkafka.h>

#include "daemon/config/config.h"

/* Tries every property of [kafka]; each one that librdkafka does not know or accept, or that newsd must set
 * itself, is reported with its place. 0 or ERR_CONFIG. */
int kafka_conf_check(const struct config *config, config_report *report, void *context);

/* Makes a producer and lets it go: finds what single properties do not show (a mechanism without its user, a
 * certificate file that is not there). Sends nothing that matters; takes some milliseconds. 0 or ERR_CONFIG.
 */
int kafka_conf_try(const struct config *config, config_report *report, void *context);

/* The producer's configuration: the operator's properties, then newsd's own: idempotence, no message time-out
 * (the outbox decides), bounded queue, zstd unless set otherwise, events instead of callbacks. NULL when a
 * property is refused. */
rd_kafka_conf_t *kafka_conf_producer(const struct config *config);

/* A consumer that reads assigned partitions and commits nothing, unless `group` is given. */
rd_kafka_conf_t *kafka_conf_consumer(const struct config *config, const char *group);

#endif
