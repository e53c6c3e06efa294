/* interval: the adaptive schedule. Pure rules over a feed's state. */
#include "feeds/interval.h"

#include <math.h>

#include "base/clock.h"

enum {
    DAY_S = 86400,
    DAY_MS = DAY_S * 1000,
    RETRY_MAX_S = 30 * DAY_S,      /* S6: the slowest a failing feed is asked */
    GONE_PROBE_S = 7 * DAY_S,      /* S5 */
    FORBIDDEN_S = 4 * 3600,        /* S8: to 24 h */
    QUIET_DAYS = 31,               /* T3: nothing new for so long lengthens faster */
    ENTRIES_PER_POLL = 3,          /* the interval aims at so few new entries a poll */
    WINDOW_SHARE = 3,              /* and at a third of the time that an entry stays in the document */
    JITTER_SHARE = 10,             /* T8: a tenth of the interval ... */
    JITTER_MAX_MS = 30 * 60000,    /* ... at most 30 minutes */
    SILENT_MIN_ENTRIES = 10,
    SILENT_MIN_DAYS = 2,
    SILENT_DEVIATIONS = 6,
};

static int32_t clamp_interval(const struct poll_policy *policy, double seconds)
{
    if (seconds < policy->interval_min_s)
        return policy->interval_min_s;
    return seconds > policy->interval_max_s ? policy->interval_max_s : (int32_t)seconds;
}

static double days(int64_t ms)
{
    return (double)ms / DAY_MS;
}

/* Entries a day: exponential average over a week, begun with the document's own span. */
static void note_rate(struct feed_state *state, const struct poll_findings *found, int64_t now_ms)
{
    if (!state->backfilled) {
        double span = days(found->newest_ms - found->oldest_ms);
        state->entries_per_day = found->entries > 1 && span > 0.01 ? (float)((found->entries - 1) / span) : 0;
        return;
    }
    double since = state->last_full_ms > 0 ? days(now_ms - state->last_full_ms) : 0;
    if (since <= 0)
        return;
    double weight = 1 - exp(-since / 7);
    state->entries_per_day += (float)(weight * (found->fresh / since - state->entries_per_day));
}

static void note_gap(struct feed_state *state, int64_t now_ms)
{
    if (state->last_new_ms > 0 && now_ms > state->last_new_ms) {
        float gap = (float)days(now_ms - state->last_new_ms), off = fabsf(gap - state->gap_days_mean);
        bool first = state->gap_days_mean <= 0;
        state->gap_days_mean = first ? gap : state->gap_days_mean + 0.2F * (gap - state->gap_days_mean);
        state->gap_days_deviation = first ? gap : state->gap_days_deviation + 0.2F * (off - state->gap_days_deviation);
    }
    state->last_new_ms = now_ms;
}

/* The rhythm sets an upper bound: a few entries a poll, and no poll later than a part of the document's own window. */
static double rhythm_bound_s(const struct feed_state *state, const struct poll_findings *found)
{
    if (state->entries_per_day <= 0)
        return INFINITY;
    double bound = DAY_S * (double)ENTRIES_PER_POLL / state->entries_per_day;
    double window = DAY_S * (double)found->entries / state->entries_per_day / WINDOW_SHARE;
    return window < bound ? window : bound;
}

bool interval_after_document(struct feed_state *state, const struct poll_policy *policy, const struct poll_findings *found,
                             int64_t now_ms)
{
    bool gap = state->backfilled && found->entries > 0 && found->known + found->revised == 0 && found->fresh > 1;
    double interval = state->interval_s > 0 ? state->interval_s : policy->interval_default_s;
    note_rate(state, found, now_ms);
    if (found->fresh > 0) {
        note_gap(state, now_ms);
        state->entries_total += found->fresh;
    }
    if (gap) {
        interval /= 4;
        state->gaps_total++;
    } else if (state->backfilled && found->entries > 0) {
        double seen = (double)(found->known + found->revised) / found->entries;
        if (seen < 1.0 / 3)
            interval /= 2;
        else if (found->fresh == 0)
            interval *= 1.1;
        else if (seen >= 2.0 / 3)
            interval *= 1.02;
    }
    double bound = rhythm_bound_s(state, found);
    state->interval_s = clamp_interval(policy, interval < bound ? interval : bound);
    return gap;
}

void interval_after_unchanged(struct feed_state *state, const struct poll_policy *policy, int64_t now_ms)
{
    double interval = state->interval_s > 0 ? state->interval_s : policy->interval_default_s;
    bool quiet = state->last_new_ms > 0 && now_ms - state->last_new_ms > (int64_t)QUIET_DAYS * DAY_MS;
    interval *= quiet ? 1.5 : 1.05;
    double bound = state->entries_per_day > 0 ? DAY_S * (double)ENTRIES_PER_POLL / state->entries_per_day : INFINITY;
    /* A feed that is asleep for the night keeps its daytime interval within a factor of four. */
    if (!quiet && interval > bound * 4)
        interval = bound * 4;
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
static int64_t skip_closed(const struct feed_state *state, int64_t when_ms)
{
    if (!state->skip_hours && !state->skip_days)
        return when_ms;
    for (int step = 0; step < 7 * 24; step++) {
        int64_t hours = when_ms / 3600000;
        int hour = (int)(hours % 24), day = (int)((hours / 24 + 4) % 7); /* 1970-01-01 was a Thursday */
        if (!(state->skip_hours >> hour & 1) && !(state->skip_days >> day & 1))
            return when_ms;
        when_ms = (hours + 1) * 3600000;
    }
    return when_ms; /* every hour of the week is closed: nobody means that */
}

int64_t interval_next_ms(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms)
{
    int64_t wait_s = state->interval_s > 0 ? state->interval_s : policy->interval_default_s;
    int32_t hint = state->hint_s < policy->hint_max_s ? state->hint_s : policy->hint_max_s;
    if (hint > wait_s)
        wait_s = hint;
    if (wait_s < policy->interval_min_s)
        wait_s = policy->interval_min_s;
    return skip_closed(state, now_ms + with_jitter(policy, wait_s * 1000));
}

int64_t interval_retry_ms(const struct feed_state *state, const struct poll_policy *policy, enum poll_error error,
                          int64_t retry_after_ms, int64_t now_ms)
{
    double base = state->interval_s > 0 ? state->interval_s : policy->interval_default_s;
    if (base > policy->interval_default_s)
        base = policy->interval_default_s;
    double points = state->failure_quarters / 4.0, wait = base * (1 + points);
    double most = points >= 30 ? RETRY_MAX_S : policy->interval_max_s;
    if (error == POLL_ERROR_GONE)
        wait = GONE_PROBE_S;
    else if ((error == POLL_ERROR_FORBIDDEN || error == POLL_ERROR_CHALLENGE) && state->failures_in_row > 1)
        wait = wait < FORBIDDEN_S ? FORBIDDEN_S : wait;
    if (wait > most && error != POLL_ERROR_GONE)
        wait = most;
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
    if (limit < SILENT_MIN_DAYS)
        limit = SILENT_MIN_DAYS;
    return days(now_ms - state->last_new_ms) > limit;
}
