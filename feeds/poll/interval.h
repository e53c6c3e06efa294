/* interval: how long until the next poll, from what the last ones found (rules T1 to T3, T6 to T9, S6).
 *
 * T7. Polls cost requests and save waiting. With entries at the rate r(t), a poll after T has let
 * W(T) = integral of r(u) * (T - u) over 0..T entry-seconds of waiting add up. Under a budget of requests
 * over many feeds the sum of waiting is least where W is the same for each poll of each feed (Lagrange: the
 * minimum of sum r * T / 2 + m * sum 1 / T has r * T * T / 2 = m). For an even rate that is the square-root
 * law, T = C / sqrt(r); with a day and a week (rhythm.h) it places the polls behind the bursts.
 * interval-default sets the budget: it is the interval of a feed with ten entries a day; four times the
 * entries halve it.
 *
 * Losses. An entry lives in the document until as many have followed as it shows. One that is lost counts as
 * a day of waiting; the poll comes before window * P(N > window) * one day, with N Poisson, costs as much as
 * W may. (That term is T * L'(T) - L(T) of the expected loss L, which is what W(T) is of the waiting.)
 *
 * T3, T6. A poll in time that knew less than a third of the document, or nothing, has shown the model wrong:
 * the window counts for less then, halved by a gap, for some weeks; and after a gap the next interval is a
 * quarter of the last at most. T13: a feed that had nothing new for half a year is asked once a week. T1, T8,
 * T9: hints, jitter and the floor come after all this. An interval that the operator has fixed for a feed
 * stands in place of all but hints and jitter.
 *
 * Pure but for clock_random(); any thread. The functions that change a state are called before its
 * last_success_ms and next_poll_ms are: they compare with the poll before. */
#ifndef NEWSD_FEEDS_POLL_INTERVAL_H
#define NEWSD_FEEDS_POLL_INTERVAL_H

#include "feeds/poll/feed_state.h"
#include "feeds/poll/poll_facts.h"

/* After a document: keeps the feed's rhythm current and plans with it. True when the whole document was
 * unknown: entries were probably lost, about *ret_lost of them (T6). */
bool interval_after_document(struct feed_state *state, const struct poll_policy *policy,
                             const struct poll_findings *found, int64_t now_ms, uint32_t *ret_lost);

/* After 304 or a body already known. */
void interval_after_unchanged(struct feed_state *state, const struct poll_policy *policy, int64_t now_ms);

/* After a pushed document: what it brought belongs to the feed's rhythm; the interval is the polls' own. */
void interval_after_push(struct feed_state *state, uint32_t fresh, int64_t now_ms);

/* When to poll next after a success: the interval, the hints, hours and days to skip, jitter. */
int64_t interval_next_ms(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms);

/* When to poll next after a failure: linear back-off by failure points, never for ever (S6). */
int64_t interval_retry_ms(const struct feed_state *state, const struct poll_policy *policy,
                          enum fetch_error error, int64_t retry_after_ms, int64_t now_ms);

/* True when the feed has brought nothing new for much longer than its own history explains. */
bool interval_is_silent(const struct feed_state *state, int64_t now_ms);

#endif
