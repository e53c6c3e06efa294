/* poll_states: states of feeds whose poll brought no document, on their way to the store in batches. Loop
 * thread. */
#ifndef NEWSD_DAEMON_POLLING_POLL_STATES_H
#define NEWSD_DAEMON_POLLING_POLL_STATES_H

#include "daemon/polling/poller_private.h"

struct poll_change;

/* Writes the feed's state with the next batch, and a record of the change where one is due. Without memory
 * the state is not stored this time: after a restart the poll is made again, which does no harm. */
void poll_states_save(struct polled_feed *feed, const struct poll_change *change);
/* Sends the batch that is being collected, if any. */
void poll_states_send(struct poller *poller);
/* The batch timer's callback; context is the poller. */
void poll_states_on_timer(int fd, short what, void *context);

#endif
