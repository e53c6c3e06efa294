/* websub_private: the subscriber's own structs and the seams between its files. From the top: websub.c (its
 * life, and what is due), websub_server.c (the callbacks), websub_hooks.c (what poller and hubs tell),
 * websub_request.c (requests to hubs) and websub_table.c (the subscriptions); each calls those below it only.
 * Included by them only. */
#ifndef NEWSD_DAEMON_WEBSUB_WEBSUB_PRIVATE_H
#define NEWSD_DAEMON_WEBSUB_WEBSUB_PRIVATE_H

#include <stdbool.h>

#include "base/buffer.h"
#include "base/table.h"
#include "daemon/websub/websub.h"
#include "feeds/poll/schedule.h"
#include "feeds/poll/subscription.h"

struct evhttp;

enum websub_asking { /* how far the request of an entry is */
                     ASKING_NOTHING,
                     ASKING_STORING, /* what is asked for is written down first */
                     ASKING_WAITING, /* for a transfer and its host */
                     ASKING_RUNNING,
};

enum websub_trust {
    TRUST_NONE,
    TRUST_PROVED,  /* the hub delivers; one more poll shows what came before or meanwhile */
    TRUST_AUDITED, /* polls are an audit */
};

/* What the feed's last document said; copied, for the next decision about the hub. */
struct websub_offer {
    bool known;
    char *topic, *hubs[WEBSUB_HUBS_MAX];
    size_t hub_count;
};

struct websub_entry {
    struct websub_subscription subscription;
    struct websub_offer offer;
    struct schedule_item item;
    struct transfer transfer;
    struct buffer body; /* of the request under way */
    struct websub *websub;
    UT_hash_handle by_token, by_feed; /* by_feed only while it has a feed_url */
    uint8_t asking, trust;
    bool give_up;      /* on this hub: the next one is asked */
    bool doomed;       /* out of the tables; freed when nothing is under way */
    size_t jobs;       /* store jobs that come back to it */
    uint32_t missed;   /* entries that a poll found and no push has brought */
    int64_t missed_ms; /* since when, 0 = none */
    int64_t hinted_ms; /* when a push without a document told that something is new */
};

enum { WEBSUB_TICK_MAX_MS = 60000 }; /* the schedule is looked at at least this often */

enum { WEBSUB_MAGIC = 0x77736275 }; /* of what callbacks get as void pointers */

struct websub {
    unsigned magic;
    struct websub_context context;
    const struct config *config;
    struct websub_policy policy;
    struct poller_watch watch;
    struct schedule *schedule;
    struct websub_entry *by_token, *by_feed; /* hashes */
    struct evhttp *http;
    struct guard *guard; /* of http's connections */
    struct event *timer;
    size_t active, jobs, requests;
    bool running;
};

/* websub_table.c */
/* Takes *subscription over. NULL without memory: it is done then. */
struct websub_entry *websub_add(struct websub *websub, struct websub_subscription *subscription);
struct websub_entry *websub_find_token(const struct websub *websub, struct str token);
struct websub_entry *websub_find_feed(const struct websub *websub, const char *feed_url);
/* Out of the tables and the store. No request may be waiting: see websub_ask_cancel(). */
void websub_forget(struct websub_entry *entry);
/* Frees what websub_forget() left, once nothing is under way. */
void websub_release(struct websub_entry *entry);
/* Writes the row; `written` (may be NULL) is called when it is there, or with the error. */
void websub_save(struct websub_entry *entry, void (*written)(struct websub_entry *entry, int error));
/* Into the schedule by its own times. */
void websub_plan(struct websub_entry *entry);
void websub_set_trust(struct websub_entry *entry, enum websub_trust trust);
/* Counts it as active or not, after its state has changed. */
void websub_count(struct websub_entry *entry, bool was_active);
void websub_offer_done(struct websub_offer *offer);
/* Where the subscription's hub stands in the offer, or -1. */
int websub_offer_index(const struct websub_entry *entry);
/* True when the last document still says what was subscribed to, or nothing is known of it. */
bool websub_still_offered(const struct websub_entry *entry);
/* The feed is gone or names no hub any more. */
void websub_drop(struct websub_entry *entry);

/* websub_hooks.c */
void websub_watch_init(struct websub *websub);
void websub_demote(struct websub_entry *entry);
enum websub_answer websub_on_intent(struct websub_entry *entry, const struct websub_intent *intent,
                                    struct str reason);
/* HTTP status for the hub. *body is taken over when it is wanted. */
int websub_on_push(struct websub_entry *entry, struct str signature, struct str type, char **body,
                   size_t len);

/* websub_request.c */
void websub_ask(struct websub_entry *entry);
/* Takes back a request that has not begun. */
void websub_ask_cancel(struct websub_entry *entry);

/* websub_server.c */
int websub_listen(struct websub *websub, struct error *error);
void websub_listen_stop(struct websub *websub);

#endif
