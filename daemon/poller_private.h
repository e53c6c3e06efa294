/* poller_private: the poller's own structs and the seams between its files: poller.c (schedule and
 * life), poll.c (one poll), poll_push.c (pushed documents) and feed_roll.c (the list of feeds). Included by
 * them only. */
#ifndef NEWSD_DAEMON_POLLER_PRIVATE_H
#define NEWSD_DAEMON_POLLER_PRIVATE_H

#include <uthash.h>

#include "daemon/poller.h"
#include "feeds/polling.h"
#include "feeds/schedule.h"

enum phase {
    PHASE_STORING, /* its row is being made: the store's thread writes state.rowid */
    PHASE_IDLE,
    PHASE_WAITING,
    PHASE_POLLING,
};

struct polled_feed {
    struct feed_state state;
    struct schedule_item item;
    struct transfer_wish wish;
    struct poller *poller;
    struct push *pushes; /* documents that wait for the one under way, oldest first */
    UT_hash_handle by_url;
    uint8_t phase;
    bool listed;   /* in the operator's list */
    bool removed;  /* freed as soon as it is idle */
    bool kept;     /* removed before its row was made: the row goes when the feed does */
    bool audit;    /* polls are an audit of what is pushed */
    bool soon;     /* something is new there */
    bool relisted; /* removed and put back on the list meanwhile: added anew when it has left */
};

/* A pushed document that waits. */
struct push {
    struct push *next;
    char *body, *content_type; /* owned; the type may be NULL */
    size_t len;
};

struct poller {
    struct poller_context context;
    const struct poller_watch *watch; /* NULL = nobody pushes */
    const struct config *config;
    struct poll_policy policy;
    struct schedule *schedule;
    struct polled_feed *feeds; /* hash by url */
    struct event *timer, *states_timer;
    size_t by_status[5];
    size_t polling, jobs;
    size_t push_bytes; /* of all that wait */
    struct states_job *states;
    bool running, held;
};

/* poller.c */
void poller_look(struct poller *poller);

/* feed_roll.c */
struct polled_feed *feed_add(struct poller *poller, const struct feed_state *state);
void feed_free(struct poller *poller, struct polled_feed *feed);
/* The feed is idle: back into the schedule, or away if it was removed meanwhile. */
void feed_plan(struct polled_feed *feed);
/* Takes over *state (but url and rowid), which is empty afterwards. */
void feed_take_state(struct polled_feed *feed, struct feed_state *state);

/* poll.c */
/* Begins the poll of a feed that is due. */
void poll_begin(struct polled_feed *feed);
/* Takes a pushed document in; the feed is idle and out of the schedule. Takes over push->body. False without
 * memory: nothing has changed. */
bool poll_take_push(struct polled_feed *feed, struct push *push);

/* poll_push.c */
/* Begins with the next push that waits, if any; the feed is idle. */
bool push_next(struct polled_feed *feed);
void push_forget_all(struct polled_feed *feed);
/* When the feed is to be polled. */
int64_t push_due_ms(const struct polled_feed *feed);

#endif
