/* validators: which ETag and Last-Modified a feed's state keeps, and when it stops believing them (rules P1
 * to P9).
 *
 *     validators_proof_due(...)     before a poll: is it time to ask without conditions?
 *     validators_judge(...)         after one that worked: what to keep
 *
 * Pure; any thread. */
#ifndef NEWSD_FEEDS_POLL_VALIDATORS_H
#define NEWSD_FEEDS_POLL_VALIDATORS_H

#include "feeds/poll/feed_state.h"
#include "feeds/poll/poll_facts.h"

struct validators {
    bool replace;                   /* false: leave the state's as they are */
    struct str etag, last_modified; /* absent = none; borrowed from the answer or the state */
    bool lied;                      /* the server was caught: poll without conditions from now on */
};

/* P5: answers of 304 only, for so long that one request without conditions is due. */
bool validators_proof_due(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms);

/* To be asked before the state is changed. `found` as in poll_settle(), may be NULL. */
void validators_judge(const struct feed_state *state, const struct http_answer *answer,
                      const struct poll_verdict *verdict, const struct poll_findings *found,
                      struct validators *ret_validators);

#endif
