/* interval: how long until the next poll, from what the last ones found (rules T1 to T3, T6, T8, T9, S6).
 * Pure but for clock_random(); any thread. The three functions that change a state are called before its
 * last_success_ms and next_poll_ms are: they compare with the poll before. */
#ifndef NEWSD_FEEDS_INTERVAL_H
#define NEWSD_FEEDS_INTERVAL_H

#include "feeds/feed_state.h"
#include "feeds/polling.h"

/* After a document: shortens when little of it was known, lengthens when most was; keeps the feed's rhythm
 * (entries a day, days between news) current. True when the whole document was unknown: entries were probably
 * lost (T6). */
bool interval_after_document(struct feed_state *state, const struct poll_policy *policy,
                             const struct poll_findings *found, int64_t now_ms);

/* After 304 or a body already known. */
void interval_after_unchanged(struct feed_state *state, const struct poll_policy *policy, int64_t now_ms);

/* When to poll next after a success: the interval, the hints, hours and days to skip, jitter. */
int64_t interval_next_ms(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms);

/* When to poll next after a failure: linear back-off by failure points, never for ever (S6). */
int64_t interval_retry_ms(const struct feed_state *state, const struct poll_policy *policy,
                          enum poll_error error, int64_t retry_after_ms, int64_t now_ms);

/* True when the feed has brought nothing new for much longer than its own history explains. */
bool interval_is_silent(const struct feed_state *state, int64_t now_ms);

#endif
