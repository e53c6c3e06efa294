/* tail_reader: what the topics hold beyond the acknowledged offsets. Used once after an unclean stop or a
 * fatal producer error, on a thread of its own, because librdkafka's metadata and watermark calls block; it
 * ends when the tails are read. */
#ifndef NEWSD_DAEMON_KAFKA_TAIL_READER_H
#define NEWSD_DAEMON_KAFKA_TAIL_READER_H

#include "daemon/config/config.h"
#include "daemon/process/mailbox.h"
#include "daemon/store/store.h"
#include "daemon/store/store_outbox.h"

struct tail_reader;

struct tail {
    char (*ids)[RECORD_ID_BYTES]; /* ce_id of every record found, in no order */
    size_t count;
    struct store_offset *offsets; /* last offset of every partition; topics point into the config */
    size_t offset_count;
};

/* Starts reading; done(context, tail) runs on the loop through the mailbox. The tail lives until
 * tail_reader_destroy(). `offsets` are copied. NULL without memory or thread. */
struct tail_reader *tail_reader_start(const struct config *config, struct mailbox *mailbox,
                                      const struct store_offset *offsets, size_t offset_count,
                                      void (*done)(void *context, const struct tail *tail), void *context);
/* Stops the thread if it still runs (within about a second) and frees all; done is not called any more once
 * this has returned and the mailbox was drained. */
void tail_reader_destroy(struct tail_reader **reader);

#endif
