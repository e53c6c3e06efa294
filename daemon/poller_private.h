/* poller_private: the poller's own structs and the seams between its three files: poller.c (schedule and
 * life), poll.c (one poll) and feed_roll.c (the list of feeds). Included by them only. */
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
    UT_hash_handle by_url;
    uint8_t phase;
    bool listed;   /* in the operator's list */
    bool removed;  /* freed as soon as it is idle */
    bool kept;     /* removed before its row was made: the row goes when the feed does */
    bool relisted; /* removed and put back on the list meanwhile: added anew when it has left */
};

struct poller {
    struct poller_context context;
    const struct config *config;
    struct poll_policy policy;
    struct schedule *schedule;
    struct polled_feed *feeds; /* hash by url */
    struct event *timer, *states_timer;
    size_t by_status[5];
    size_t polling, jobs;
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

#endif
