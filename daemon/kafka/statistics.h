/* statistics: what newsd wants of librdkafka's statistics document. Pure; any thread. */
#ifndef NEWSD_DAEMON_KAFKA_STATISTICS_H
#define NEWSD_DAEMON_KAFKA_STATISTICS_H

#include <stdbool.h>

struct kafka_statistics {
    bool broker_up;           /* at least one broker is connected */
    double compression_ratio; /* bytes of messages to bytes on the wire, 0 = nothing sent yet */
};

/* A document that cannot be read gives all zero. */
void kafka_statistics_read(const char *text, struct kafka_statistics *ret_statistics);

#endif
