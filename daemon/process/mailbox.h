/* mailbox: how other threads hand finished work to the loop thread: a queue of messages and an eventfd.
 *
 * A message is embedded in the work itself, so posting never allocates and never fails. Posted messages are
 * delivered on the loop thread in the order in which they were posted. */
#ifndef NEWSD_DAEMON_PROCESS_MAILBOX_H
#define NEWSD_DAEMON_PROCESS_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

struct event_base;
struct mailbox;

struct mail {
    struct mail *next;
    void (*deliver)(struct mail *mail); /* runs on the loop thread */
    bool posted;                        /* and not delivered: it may not be posted again */
};

/* NULL without memory or descriptors. */
struct mailbox *mailbox_create(struct event_base *base);
/* Undelivered mail is delivered first. Sets *mailbox NULL. */
void mailbox_destroy(struct mailbox **mailbox);
/* Any thread. */
void mailbox_post(struct mailbox *mailbox, struct mail *mail);
/* Delivers what is there now; loop thread. Returns the number delivered. */
size_t mailbox_drain(struct mailbox *mailbox);
/* True on the loop thread: the one that created it. */
bool mailbox_is_here(const struct mailbox *mailbox);

#endif
