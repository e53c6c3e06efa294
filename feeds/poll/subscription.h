/* subscription: a WebSub subscriber's rules (W3C Recommendation of 2018): what a document says of its hubs,
 * what to ask a hub, whom to believe, and when to ask again. Pure but for the names of a new subscription and
 * the clock's randomness; the daemon does the talking.
 *
 *     websub_discover(arena, &options, document, &links);            who distributes this feed
 *     websub_subscription_init(&s, ...);                             a subscription with names of its own
 *     websub_next(&s, now) -> WEBSUB_STEP_ASK: websub_asked(), websub_request(), POST it to s.hub
 *     websub_check_intent(&s, &intent, now) -> WEBSUB_CONFIRM: websub_confirmed(), echo the challenge
 *     websub_signature(&s, header, body) -> WEBSUB_SIGNED: websub_pushed(), parse the body
 *
 * A callback's last part, the token, is all that tells one subscription from another, and it cannot be
 * guessed. Secret and token stay the same for as long as the subscription does: a renewal that changed them
 * would lose what the hub signs with the old one. */
#ifndef NEWSD_FEEDS_POLL_SUBSCRIPTION_H
#define NEWSD_FEEDS_POLL_SUBSCRIPTION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/str.h"
#include "feeds/parse/document.h"

enum {
    WEBSUB_HUBS_MAX = 8,         /* of one feed; two is the most that was seen */
    WEBSUB_URL_BYTES_MAX = 2048, /* of a hub or topic; longer ones are passed over */
    WEBSUB_TOKEN_BYTES = 33,     /* 128 random bits in hexadecimal */
    WEBSUB_SECRET_BYTES = 65,    /* 256 random bits; the Recommendation wants fewer than 200 bytes */
    WEBSUB_CHALLENGE_BYTES_MAX = 4096,
};

/* ---- Discovery ---- */

struct websub_links {
    struct str topic; /* what to subscribe to: rel=self, else the document's own address */
    struct str hubs[WEBSUB_HUBS_MAX];
    size_t hub_count; /* 0 = nobody distributes it */
};

/* Link headers go before the document's own words, for hubs and topic each. `document` may be NULL. 0 or
 * -ENOMEM. */
int websub_discover(struct arena *arena, const struct feed_parse_options *options,
                    const struct feed_document *document, struct websub_links *ret_links);

/* ---- One subscription ---- */

enum websub_state {
    WEBSUB_WANTED,  /* not confirmed, or its lease ran out */
    WEBSUB_ACTIVE,  /* confirmed by the hub, and its lease runs */
    WEBSUB_DENIED,  /* the hub does not want us */
    WEBSUB_LEAVING, /* to be unsubscribed, then forgotten */
};

enum websub_mode { WEBSUB_NOTHING, WEBSUB_SUBSCRIBE, WEBSUB_UNSUBSCRIBE };

struct websub_policy {
    int64_t lease_ms;     /* asked for; the hub decides */
    int64_t retry_min_ms; /* between two requests for one subscription, doubled with each failure */
};

/* Times are wall-clock milliseconds, 0 = never. Strings are heap-owned. The store keeps all of it. */
struct websub_subscription {
    char token[WEBSUB_TOKEN_BYTES], secret[WEBSUB_SECRET_BYTES];
    int64_t feed;   /* the feed's number, 0 = it was removed */
    char *feed_url; /* NULL = it was removed */
    char *hub, *topic;
    uint8_t state;            /* enum websub_state */
    uint8_t pending;          /* enum websub_mode: what was asked for ... */
    int64_t pending_until_ms; /* ... and may be verified until then */
    int64_t lease_end_ms;
    int64_t next_ms;    /* when to look at it again */
    uint16_t attempts;  /* requests since the last confirmation */
    uint16_t demotions; /* how often the hub was found not to deliver */
    uint32_t pushes;    /* verified ones since the subscription or the last demotion */
};

/* A new WEBSUB_WANTED subscription, due now, with fresh token and secret. 0, -ENOMEM, or -EIO when the system
 * gives no randomness. */
int websub_subscription_init(struct websub_subscription *subscription, int64_t feed, struct str feed_url,
                             struct str hub, struct str topic, int64_t now_ms);
/* Frees the strings, not the struct; it is all zero afterwards. */
void websub_subscription_done(struct websub_subscription *subscription);

enum websub_step {
    WEBSUB_STEP_ASK,    /* send the request of websub_wants(): subscribe, renew or unsubscribe */
    WEBSUB_STEP_LAPSED, /* the lease has run out unrenewed: it is WEBSUB_WANTED now, and due */
    WEBSUB_STEP_FORGET, /* nothing more can be done about it */
};

/* What to do with a subscription whose next_ms has come. */
enum websub_step websub_next(struct websub_subscription *subscription, int64_t now_ms);
enum websub_mode websub_wants(const struct websub_subscription *subscription);
/* True when the hub has failed so often that another one is worth trying. */
bool websub_hub_fails(const struct websub_subscription *subscription);

/* Before the request goes out: a hub may verify before it answers. */
void websub_asked(struct websub_subscription *subscription, int64_t now_ms);
/* The body of the request (application/x-www-form-urlencoded). `callback` is the public base address. 0 or
 * -ENOMEM. */
int websub_request(const struct websub_subscription *subscription, const struct websub_policy *policy,
                   struct str callback, struct buffer *body);
/* The hub refused the request or could not be reached; `retry_after_ms` is its own wish, 0 = none. */
void websub_refused(struct websub_subscription *subscription, const struct websub_policy *policy,
                    int64_t retry_after_ms, int64_t now_ms);

/* ---- Verification of intent, denial ---- */

/* The parameters of a GET to a callback; absent ones have no pointer. */
struct websub_intent {
    struct str mode, topic, challenge, lease_seconds;
};

enum websub_answer {
    WEBSUB_REFUSE,      /* 404: nothing of the kind was asked */
    WEBSUB_CONFIRM,     /* 200 with the challenge */
    WEBSUB_TAKE_DENIAL, /* 200 */
};

enum websub_answer websub_check_intent(const struct websub_subscription *subscription,
                                       const struct websub_intent *intent, int64_t now_ms);
/* A subscription was confirmed; lease and renewal are set from the hub's word, else from what was asked. */
void websub_confirmed(struct websub_subscription *subscription, const struct websub_policy *policy,
                      const struct websub_intent *intent, int64_t now_ms);
void websub_denied(struct websub_subscription *subscription, int64_t now_ms);
/* It is no longer wanted: to be unsubscribed while its lease runs. */
void websub_leave(struct websub_subscription *subscription, int64_t now_ms);

/* ---- Distribution ---- */

enum websub_seal { WEBSUB_SIGNED, WEBSUB_UNSIGNED, WEBSUB_FORGED };

/* X-Hub-Signature (absent: no pointer) against the body, in constant time: sha1, sha256, sha384, sha512. */
enum websub_seal websub_signature(const struct websub_subscription *subscription, struct str header,
                                  struct str body);

/* Counts a verified push. True when the hub is trusted from this one on: the first, after a demotion the
 * fourth, then the sixteenth, ... */
bool websub_pushed(struct websub_subscription *subscription);
/* The hub has proved that it delivers: polls may become an audit. */
bool websub_trusted(const struct websub_subscription *subscription);
/* A poll found what the hub should have brought. */
void websub_demoted(struct websub_subscription *subscription);

/* When a feed is polled whose hub delivers: at its own time or, if that is later, `audit_ms` after the last
 * success; `audit_ms` is a day at most. */
int64_t websub_audit_ms(int64_t next_poll_ms, int64_t last_success_ms, int64_t audit_ms);

#endif
