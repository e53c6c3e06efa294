/* poller_private: the poller's own structs and the seams between its files. From the top: poller_push.c (what
 * the push subscriber tells), poller.c (schedule and life), feed_roll.c (the list of feeds), poll_follow.c
 * (documents that continue one), push_queue.c (pushed documents that wait) and poll.c (one poll); each calls
 * those below it only. What goes on when something has ended is the schedule's to say, and handed down:
 * `look` and `ended`. Included by them only. */
#ifndef NEWSD_DAEMON_POLLING_POLLER_PRIVATE_H
#define NEWSD_DAEMON_POLLING_POLLER_PRIVATE_H

#include "base/table.h"
#include "daemon/polling/poller.h"
#include "feeds/poll/poll_rules.h"
#include "feeds/poll/schedule.h"

enum phase {
    PHASE_STORING, /* its row is being made: the store's thread writes state.rowid */
    PHASE_IDLE,
    PHASE_WAITING,
    PHASE_POLLING,
};

struct polled_feed {
    struct feed_state state;
    struct schedule_item item;
    struct transfer transfer;
    struct poller *poller;
    struct push *pushes;        /* documents that wait for the one under way, oldest first */
    struct poll_follow *follow; /* documents that belong to the last poll; the feed is not idle until then */
    UT_hash_handle by_url;
    uint8_t phase;
    bool listed;   /* in the operator's list */
    bool removed;  /* freed as soon as it is idle */
    bool kept;     /* removed before its row was made: the row goes when the feed does */
    bool audit;    /* polls are an audit of what is pushed */
    bool soon;     /* something is new there */
    bool relisted; /* removed and put back on the list meanwhile: added anew when it has left */
};

/* Where a document comes from. Only a poll's own settles validators, schedule and hints. */
enum poll_source { POLL_OWN, POLL_PUSHED, POLL_OLDER, POLL_SITEMAP };

/* A body on its way in. What is taken over is NULL afterwards. */
struct poll_input {
    enum poll_source source;
    bool backfill; /* POLL_OLDER, POLL_SITEMAP: the first look at this feed */
    char *body;    /* owned */
    size_t len;
    struct str content_type; /* may be absent */
    const char *final_url;   /* base of the document; NULL = the feed's own address */
};

/* A pushed document that waits. */
struct push {
    struct push *next;
    char *body, *content_type; /* owned; the type may be NULL */
    size_t len;
};

struct follow_step;

enum { POLLER_MAGIC = 0x706f6c6c };

struct poller {
    uint32_t magic;
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
    /* Brings due feeds while there is room. */
    void (*look)(struct poller *poller);
    /* A document is through, or nothing is under way any more for another reason: goes on with the feed.
     * `step` NULL: nothing follows the document. */
    void (*ended)(struct polled_feed *feed, const struct follow_step *step);
};

/* poller.c */
/* Brings due feeds while there is room, then sleeps until the next one is due. */
void poller_look(struct poller *poller);
/* The feed is idle: back into the schedule, or away if it was removed meanwhile. */
void feed_plan(struct polled_feed *feed);

/* feed_roll.c */
void feed_free(struct poller *poller, struct polled_feed *feed);
/* A removed feed whose poll has ended goes; if it was put back on the list meanwhile, it comes again as a new
 * one. */
void feed_leave(struct polled_feed *feed);

/* poll.c */
extern const char poll_accept[]; /* the Accept header: feeds first */
/* At the start, before the feed is scheduled: what the last runs came to at its documents. */
void poll_look_back(struct polled_feed *feed);
/* Begins the poll of a feed that is due. */
void poll_begin(struct polled_feed *feed);
/* Takes in a document that no poll of its own has brought; the feed is out of the schedule and nothing else
 * is under way. Takes over input->body. False without memory: nothing has changed. */
bool poll_take(struct polled_feed *feed, struct poll_input *input);

/* poll_follow.c */
struct poll_document;
/* What was stored of the document at hand, and what is to be known of it to go on. */
struct follow_step {
    const struct poll_document *document;
    enum poll_source source;
    bool gap;      /* a poll: no entry was known */
    bool backfill; /* the first look at this feed */
    uint32_t known, fresh;
};
/* Asks for the next document that belongs to the one at hand. True when one is asked for: the feed is not
 * idle. */
bool follow_next(struct polled_feed *feed, const struct follow_step *step);
void follow_forget(struct polled_feed *feed);

/* push_queue.c */
/* So much waits already, of this feed or of all, that another document of `len` bytes has no place. */
bool push_too_much(const struct polled_feed *feed, size_t len);
/* Takes over *body, which is NULL afterwards. 0, or -ENOMEM: nothing has changed. */
int push_add(struct polled_feed *feed, char **body, size_t len, struct str content_type);
/* Begins with the next push that waits, if any; the feed is idle. */
bool push_next(struct polled_feed *feed);
void push_forget_all(struct polled_feed *feed);
/* When the feed is to be polled. */
int64_t push_due_ms(const struct polled_feed *feed);

#endif
