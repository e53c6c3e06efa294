/* record_print: a record of the topics for people, or as one JSON line for programs. Any thread with its own
 * stream. */
#ifndef NEWSD_DAEMON_COMMANDS_RECORD_PRINT_H
#define NEWSD_DAEMON_COMMANDS_RECORD_PRINT_H

#include <librdkafka/rdkafka.h>
#include <stdbool.h>
#include <stdio.h>

#include "base/str.h"

/* True when `out` is a terminal and NO_COLOR is not set. */
bool record_print_colour(FILE *out);

/* A few lines: kind, title, where from, what was found. */
void record_print(FILE *out, const rd_kafka_message_t *message, bool colour);

/* {"topic","partition","offset","key","headers":{},"value":{}} and a newline. */
void record_print_json(FILE *out, const rd_kafka_message_t *message);

/* Value of a header of the message, or STR_NONE. Lives as long as the message. */
struct str record_header_of(const rd_kafka_message_t *message, const char *name);

#endif
