/* interval: the adaptive schedule. Pure rules over a feed's state. */
#include "feeds/interval.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"

enum {
    DAY_S = 86400,
    DAY_MS = DAY_S * 1000,
    RATE_DAYS = 7,              /* T2: entries a day are counted over about a week */
    ENTRIES_PER_POLL = 1,       /* T2: the interval aims at so many new entries a poll ... */
    WINDOW_SHARE = 3,           /* ... and at a third of the time that an entry stays in the document */
    QUIET_DAYS = 31,            /* T3: nothing new for so long lengthens faster */
    LATE_MS = 20 * 60000,       /* T3: a poll that ran further from its plan says nothing of the interval */
    RETRY_MAX_S = 30 * DAY_S,   /* S6: the slowest a failing feed is asked ... */
    RETRY_MAX_POINTS = 30,      /* ... once it has so many failure points */
    GONE_PROBE_S = 7 * DAY_S,   /* S5 */
    FORBIDDEN_S = 4 * 3600,     /* S8: up to interval_max, a day by default */
    JITTER_SHARE = 10,          /* T8: a tenth of the interval ... */
    JITTER_MAX_MS = 30 * 60000, /* ... at most 30 minutes */
    HISTORY_DAYS = 14,          /* the memory of a feed's gaps */
    FIRST_DEVIATION_DAYS = 3, /* a young history explains much: two weeks at first, two days after a month */
    SILENT_DEVIATIONS = 5,
    SILENT_MEANS = 2,    /* a monthly feed may be late by a month, however regular it was */
    SILENT_MIN_DAYS = 2, /* also for the busiest feed */
    SILENT_MIN_ENTRIES = 10,
};

static int32_t clamp_interval(const struct poll_policy *policy, double seconds)
{
    if (seconds < policy->interval_min_s)
        return policy->interval_min_s;
    return seconds > policy->interval_max_s ? policy->interval_max_s : (int32_t)seconds;
}

static double current_interval(const struct feed_state *state, const struct poll_policy *policy)
{
    return state->interval_s > 0 ? state->interval_s : policy->interval_default_s;
}

static double days(int64_t ms)
{
    return (double)ms / DAY_MS;
}

/* Entries a day: begun with the first document's own span, then an average that forgets over a week. */
static void note_rate(struct feed_state *state, uint32_t fresh, int64_t now_ms)
{
    double since = state->last_success_ms > 0 ? days(now_ms - state->last_success_ms) : 0;
    if (since <= 0) /* also a clock that was set back */
        return;
    double weight = 1 - exp(-since / RATE_DAYS);
    state->entries_per_day += (float)(weight * (fresh / since - state->entries_per_day));
}

static void begin_rate(struct feed_state *state, const struct poll_findings *found)
{
    double span = days(found->newest_ms - found->oldest_ms);
    bool known = found->entries > 1 && found->oldest_ms > 0 && span > 0.01;
    state->entries_per_day = known ? (float)((found->entries - 1) / span) : 0;
}

/* Mean and deviation of the days between news, weighted by their length: nights and weekends belong to the
 * rhythm, however many short gaps lie between them. */
static void note_gap(struct feed_state *state, int64_t now_ms)
{
    if (state->last_new_ms > 0 && now_ms > state->last_new_ms) {
        float gap = (float)days(now_ms - state->last_new_ms);
        if (state->gap_days_mean <= 0) {
            state->gap_days_mean = gap;
            state->gap_days_deviation = FIRST_DEVIATION_DAYS;
        } else {
            float weight = 1 - expf(-gap / HISTORY_DAYS), off = fabsf(gap - state->gap_days_mean);
            state->gap_days_mean += weight * (gap - state->gap_days_mean);
            state->gap_days_deviation += weight * (off - state->gap_days_deviation);
        }
    }
    state->last_new_ms = now_ms;
}

/* The rhythm sets an upper bound. */
static double rhythm_bound_s(const struct feed_state *state, uint32_t entries)
{
    if (state->entries_per_day <= 0)
        return INFINITY;
    double bound = DAY_S * (double)ENTRIES_PER_POLL / state->entries_per_day;
    double window = entries ? DAY_S * (double)entries / state->entries_per_day / WINDOW_SHARE : INFINITY;
    return window < bound ? window : bound;
}

static bool ran_as_planned(const struct feed_state *state, int64_t now_ms)
{
    return state->next_poll_ms <= 0 || llabs(now_ms - state->next_poll_ms) <= LATE_MS;
}

static double adapted(double interval, const struct poll_findings *found, bool gap)
{
    if (gap)
        return interval / 4;
    double seen = (double)(found->known + found->revised) / found->entries;
    if (seen < 1.0 / 3)
        return interval / 2;
    if (found->fresh == 0)
        return interval * 1.1;
    return seen >= 2.0 / 3 ? interval * 1.02 : interval;
}

bool interval_after_document(struct feed_state *state, const struct poll_policy *policy,
                             const struct poll_findings *found, int64_t now_ms)
{
    bool first = !state->backfilled;
    bool gap = !first && found->known + found->revised == 0 && found->fresh > 1;
    double interval = current_interval(state, policy);
    if (first)
        begin_rate(state, found);
    else
        note_rate(state, found->fresh, now_ms);
    if (found->fresh > 0) {
        note_gap(state, now_ms);
        state->entries_total += found->fresh;
    }
    if (gap && state->gaps_total < UINT16_MAX)
        state->gaps_total++;
    if (!first && found->entries > 0 && ran_as_planned(state, now_ms))
        interval = adapted(interval, found, gap);
    double bound = rhythm_bound_s(state, found->entries);
    state->interval_s = clamp_interval(policy, interval < bound ? interval : bound);
    return gap;
}

void interval_after_unchanged(struct feed_state *state, const struct poll_policy *policy, int64_t now_ms)
{
    bool quiet = state->last_new_ms > 0 && now_ms - state->last_new_ms > (int64_t)QUIET_DAYS * DAY_MS;
    double interval = current_interval(state, policy) * (quiet ? 1.5 : 1.05);
    note_rate(state, 0, now_ms);
    /* A feed that is asleep for the night keeps its daytime interval within a factor of four. */
    double bound = rhythm_bound_s(state, 0) * 4;
    if (!quiet && interval > bound)
        interval = bound;
    state->interval_s = clamp_interval(policy, interval);
}

static int64_t with_jitter(const struct poll_policy *policy, int64_t wait_ms)
{
    if (!policy->jitter)
        return wait_ms;
    int64_t most = wait_ms / JITTER_SHARE < JITTER_MAX_MS ? wait_ms / JITTER_SHARE : JITTER_MAX_MS;
    return wait_ms + (int64_t)clock_random((uint64_t)most + 1);
}

/* T1: moves a time out of hours and weekdays (UTC) that the publisher asked to skip; at most a week. */
static int64_t skip_closed(const struct feed_state *state, const struct poll_policy *policy, int64_t when_ms)
{
    if (!state->skip_hours && !state->skip_days)
        return when_ms;
    int64_t hours = when_ms / 3600000;
    for (int step = 0; step < 7 * 24; step++, hours++) {
        int hour = (int)(hours % 24), day = (int)((hours / 24 + 4) % 7); /* 1970-01-01 was a Thursday */
        if ((state->skip_hours >> hour & 1) || (state->skip_days >> day & 1))
            continue;
        /* Not all feeds at once when the hour begins. */
        return step == 0 ? when_ms : hours * 3600000 + with_jitter(policy, JITTER_MAX_MS) - JITTER_MAX_MS;
    }
    return when_ms; /* every hour of the week is closed: nobody means that */
}

int64_t interval_next_ms(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms)
{
    double wait_s = current_interval(state, policy);
    int32_t hint = state->hint_s < policy->hint_max_s ? state->hint_s : policy->hint_max_s;
    if (hint > wait_s)
        wait_s = hint;
    if (wait_s < policy->interval_min_s)
        wait_s = policy->interval_min_s;
    return skip_closed(state, policy, now_ms + with_jitter(policy, (int64_t)(wait_s * 1000)));
}

int64_t interval_retry_ms(const struct feed_state *state, const struct poll_policy *policy,
                          enum poll_error error, int64_t retry_after_ms, int64_t now_ms)
{
    double base = current_interval(state, policy);
    if (base > policy->interval_default_s)
        base = policy->interval_default_s;
    double points = state->failure_quarters / 4.0, wait = base * (1 + points);
    bool forbidden = error == POLL_ERROR_FORBIDDEN || error == POLL_ERROR_CHALLENGE;
    if (forbidden && state->failures_in_row > 1 && wait < FORBIDDEN_S)
        wait = FORBIDDEN_S;
    double most = points >= RETRY_MAX_POINTS ? RETRY_MAX_S : policy->interval_max_s;
    if (wait > most)
        wait = most;
    if ((error == POLL_ERROR_GONE || state->status == FEED_STATUS_GONE) && wait < GONE_PROBE_S)
        wait = GONE_PROBE_S;
    if (wait < policy->interval_min_s)
        wait = policy->interval_min_s;
    int64_t wait_ms = (int64_t)(wait * 1000);
    if (retry_after_ms > wait_ms)
        wait_ms = retry_after_ms;
    return now_ms + with_jitter(policy, wait_ms);
}

bool interval_is_silent(const struct feed_state *state, int64_t now_ms)
{
    if (state->entries_total < SILENT_MIN_ENTRIES || state->last_new_ms <= 0 || state->gap_days_mean <= 0)
        return false;
    double limit = state->gap_days_mean + SILENT_DEVIATIONS * state->gap_days_deviation;
    limit = fmax(limit, SILENT_MEANS * (double)state->gap_days_mean);
    limit = fmax(limit, SILENT_MIN_DAYS);
    return days(now_ms - state->last_new_ms) > limit;
}
