/* rhythm: how often a feed publishes, and when, learned from its polls and its entries' dates.
 *
 *     rhythm_begin(state, found, guess, now);       the first document
 *     rhythm_note(state, found, lost, now);         each later success (found NULL: nothing new)
 *     rhythm_forecast(state, now, &forecast);       what is to come ...
 *     rhythm_step(&forecast)                        ... entries expected in the next quarter of an hour
 *
 * The model is a Poisson process with the rate
 *
 *     entries_per_day * day(t) * week(t) * burst(t)
 *
 * entries_per_day is a mean that forgets over the time of eight entries, a week at least and two months at
 * most. day and week are Fourier series of two harmonics each, 1 + 2 * sum(c * cos + s * sin), where c and s
 * are the mean cosine and sine over the entries' times: the trigonometric moments, which estimate a density
 * on a circle. Eight floats for both, where a histogram by hour and weekday takes 31 and needs smoothing.
 * They begin at 0, a flat day, and the series does not fall below a tenth of its mean. burst is the posterior
 * mean of a gamma-Poisson rate: with n entries lately where m were expected, (n + k) / (m + k). "Lately" is
 * four hours, and the forecast returns to 1 as fast.
 *
 * Pure; any thread. note and lost are called before last_success_ms is set: they look at the time since. */
#ifndef NEWSD_FEEDS_POLL_RHYTHM_H
#define NEWSD_FEEDS_POLL_RHYTHM_H

#include "feeds/poll/feed_state.h"
#include "feeds/poll/poll_facts.h"

enum { RHYTHM_HARMONICS = 4, RHYTHM_STEP_MS = 15 * 60000 };

struct rhythm_forecast {
    double waves[2 * RHYTHM_HARMONICS]; /* cosine and sine of each harmonic's phase now */
    const float *moments;               /* the state's */
    double per_step;                    /* entries, before day, week and burst */
    double burst;                       /* what it adds to 1 */
};

/* The pace and the habits that the first document's dates show; without dates, `guess_per_day` is soon
 * forgotten. */
void rhythm_begin(struct feed_state *state, const struct poll_findings *found, double guess_per_day,
                  int64_t now_ms);

/* Takes in what came since last_success_ms, with `lost` entries that no poll saw. */
void rhythm_note(struct feed_state *state, const struct poll_findings *found, uint32_t lost, int64_t now_ms);

/* Takes in entries that came between two polls; the time that passed is the next poll's to count. */
void rhythm_note_push(struct feed_state *state, uint32_t fresh, int64_t now_ms);

/* T6: how many entries were probably pushed out of the document before it was seen, when none of it was
 * known: those expected between the last poll and the oldest entry, at the pace of the document. */
uint32_t rhythm_lost(const struct feed_state *state, const struct poll_findings *found, int64_t now_ms);

void rhythm_forecast(const struct feed_state *state, int64_t from_ms, struct rhythm_forecast *ret_forecast);
double rhythm_step(struct rhythm_forecast *forecast);

/* False until something is known of the feed's pace. */
static inline bool rhythm_is_known(const struct feed_state *state)
{
    return state->pace_days > 0;
}

#endif
