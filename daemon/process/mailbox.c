/* mailbox: an intrusive queue under a mutex, and an eventfd that wakes the loop. Owns no mail. */
#include "daemon/process/mailbox.h"

#include <assert.h>
#include <event2/event.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

enum { MAILBOX_MAGIC = 0x6d61696c };

struct mailbox {
    uint32_t magic;
    pthread_t loop;
    pthread_mutex_t lock;
    struct mail *first, **last;
    struct event *event;
    int fd;
};

static void on_readable(evutil_socket_t fd, short what, void *context)
{
    (void)what; /* the signature is libevent's */
    uint64_t count;
    /* A failed read only means that another wake-up was taken already. */
    if (read(fd, &count, sizeof(count)) < 0)
        count = 0;
    mailbox_drain(context);
}

struct mailbox *mailbox_create(struct event_base *base)
{
    struct mailbox *mailbox = calloc(1, sizeof(*mailbox));
    if (!mailbox)
        return NULL;
    mailbox->magic = MAILBOX_MAGIC;
    mailbox->loop = pthread_self();
    mailbox->last = &mailbox->first;
    pthread_mutex_init(&mailbox->lock, NULL);
    mailbox->fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    if (mailbox->fd >= 0)
        mailbox->event = event_new(base, mailbox->fd, EV_READ | EV_PERSIST, on_readable, mailbox);
    if (!mailbox->event || event_add(mailbox->event, NULL)) {
        mailbox_destroy(&mailbox);
        return NULL;
    }
    return mailbox;
}

void mailbox_destroy(struct mailbox **mailbox)
{
    struct mailbox *box = *mailbox;
    if (!box)
        return;
    assert(box->magic == MAILBOX_MAGIC);
    mailbox_drain(box);
    assert(!box->first); /* what a delivery posts here would be lost */
    if (box->event)
        event_free(box->event);
    if (box->fd >= 0)
        close(box->fd);
    pthread_mutex_destroy(&box->lock);
    box->magic = 0;
    free(box);
    *mailbox = NULL;
}

void mailbox_post(struct mailbox *mailbox, struct mail *mail)
{
    assert(mailbox->magic == MAILBOX_MAGIC && mail->deliver);
    mail->next = NULL;
    pthread_mutex_lock(&mailbox->lock);
    assert(!mail->posted && *mailbox->last == NULL);
    mail->posted = true;
    int was_empty = mailbox->first == NULL;
    *mailbox->last = mail;
    mailbox->last = &mail->next;
    pthread_mutex_unlock(&mailbox->lock);
    uint64_t one = 1;
    /* The counter cannot overflow: it is written only when the queue was empty. */
    if (was_empty && write(mailbox->fd, &one, sizeof(one)) < 0)
        abort();
}

bool mailbox_is_here(const struct mailbox *mailbox)
{
    return pthread_equal(mailbox->loop, pthread_self()) != 0;
}

size_t mailbox_drain(struct mailbox *mailbox)
{
    assert(mailbox->magic == MAILBOX_MAGIC && mailbox_is_here(mailbox));
    pthread_mutex_lock(&mailbox->lock);
    struct mail *mail = mailbox->first;
    mailbox->first = NULL;
    mailbox->last = &mailbox->first;
    pthread_mutex_unlock(&mailbox->lock);
    size_t count = 0;
    while (mail) {
        struct mail *next = mail->next; /* deliver may free the mail, or post it again */
        assert(mail->posted);
        mail->posted = false;
        mail->deliver(mail);
        mail = next;
        count++;
    }
    return count;
}
