/* outgoing: one outbox row handed to librdkafka. Loop thread. */
#ifndef NEWSD_DAEMON_KAFKA_OUTGOING_H
#define NEWSD_DAEMON_KAFKA_OUTGOING_H

#include <librdkafka/rdkafka.h>

#include "daemon/store/store.h"
#include "daemon/store/store_outbox.h"

/* Copies key, headers and value into librdkafka's queue, the value in an envelope when `structured`
 * (CloudEvents structured content mode); `opaque` comes back with the delivery report. The answer is
 * producev's, or RD_KAFKA_RESP_ERR__QUEUE_FULL when there is no memory. */
rd_kafka_resp_err_t outgoing_produce(rd_kafka_t *producer, struct arena *arena, const char *topic,
                                     const struct store_outgoing *row, bool structured, void *opaque);

/* True for errors that sending again cannot mend: the record itself is at fault. */
bool outgoing_refused_for_good(rd_kafka_resp_err_t error);

#endif
