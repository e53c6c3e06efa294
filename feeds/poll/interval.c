/* interval: the adaptive schedule. Pure rules over a feed's state. */
#include "feeds/poll/interval.h"

#include <math.h>
#include <stdlib.h>

#include "base/clock.h"
#include "feeds/poll/rhythm.h"

enum {
    DAY_S = 86400,
    DAY_MS = DAY_S * 1000,
    REFERENCE_PER_DAY = 10,   /* T7: interval-default is the interval of a feed with so many entries a day */
    LOST_S = DAY_S,           /* an entry lost is as bad as one that is found a day late */
    WINDOW_LEAST = 5,         /* a document with fewer entries is not full yet, until a gap says so */
    HASTE_DAYS = 14,          /* T3, T6: the memory of documents of which little was known */
    HASTE_MAX = 4,            /* halvings */
    DEAD_DAYS = 180,          /* T13: nothing new for so long, and the feed is asked ... */
    DEAD_PROBE_S = 7 * DAY_S, /* ... once a week */
    LATE_MS = 20 * 60000,     /* T3: a poll that ran further from its plan says nothing of the interval */
    RETRY_MAX_S = 30 * DAY_S, /* S6: the slowest a failing feed is asked ... */
    RETRY_MAX_POINTS = 30,    /* ... once it has so many failure points */
    GONE_PROBE_S = 7 * DAY_S, /* S5 */
    FORBIDDEN_S = 4 * 3600,   /* S8: up to interval_max, a day by default */
    JITTER_SHARE = 10,        /* T8: a tenth of the interval ... */
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

static bool ran_as_planned(const struct feed_state *state, int64_t now_ms)
{
    return state->next_poll_ms <= 0 || llabs(now_ms - state->next_poll_ms) <= LATE_MS;
}

/* z with P(Z > z) = chance, for a normal Z; to 0.003 (Abramowitz and Stegun 26.2.22). */
static double normal_quantile(double chance)
{
    double t = sqrt(-2 * log(chance));
    return t - (2.30753 + 0.27061 * t) / (1 + 0.99229 * t + 0.04481 * t * t);
}

/* Entries expected until the next poll at which the risk to lose some is worth `patience`: the Poisson mean m
 * with window * P(N > window) * LOST_S = patience, by Wilson and Hilferty's cube root. */
static double window_room(const struct feed_state *state, double patience)
{
    double window = fmax(state->document_entries, WINDOW_LEAST) / exp2((double)state->haste);
    double chance = fmin(patience / (window * LOST_S), 0.5), more = window + 1;
    double root = 1 - 1 / (9 * more) - normal_quantile(chance) / (3 * sqrt(more));
    return root > 0 ? more * root * root * root : 0;
}

/* Seconds until what waits, or what may be lost, is worth a request. */
static double planned_s(const struct feed_state *state, const struct poll_policy *policy, int64_t now_ms)
{
    const double step_s = RHYTHM_STEP_MS / 1000.0, default_s = policy->interval_default_s;
    double patience = REFERENCE_PER_DAY * default_s * default_s / DAY_S / 2; /* entries times seconds */
    double room = window_room(state, patience), unseen = 0, wait_s = 0;
    struct rhythm_forecast forecast;
    rhythm_forecast(state, now_ms, &forecast);
    for (; wait_s < policy->interval_max_s; wait_s += step_s) {
        double entries = rhythm_step(&forecast), waiting = (unseen + entries / 2) * step_s;
        if (unseen + entries >= room || waiting >= patience) { /* within this step, at an even rate */
            double by_room = (room - unseen) / entries;
            double by_patience = (sqrt(unseen * unseen + 2 * entries * patience / step_s) - unseen) / entries;
            return wait_s + step_s * fmin(1, fmin(by_room, by_patience));
        }
        unseen += entries;
        patience -= waiting;
    }
    return wait_s;
}

static void note_haste(struct feed_state *state, const struct poll_findings *found, bool gap, int64_t now_ms)
{
    if (state->last_success_ms > 0 && now_ms > state->last_success_ms)
        state->haste *= expf(-(float)days(now_ms - state->last_success_ms) / HASTE_DAYS);
    if (!found || found->entries == 0 || !ran_as_planned(state, now_ms))
        return;
    if (gap)
        state->haste += 1;
    else if (3 * (found->known + found->revised) < found->entries)
        state->haste += 0.5F;
    state->haste = fminf(state->haste, HASTE_MAX);
}

bool interval_after_document(struct feed_state *state, const struct poll_policy *policy,
                             const struct poll_findings *found, int64_t now_ms, uint32_t *ret_lost)
{
    bool first = !state->backfilled;
    bool gap = !first && found->known + found->revised == 0 && found->fresh > 1;
    bool shorten = gap && ran_as_planned(state, now_ms);
    double before = current_interval(state, policy);
    uint32_t lost = gap ? rhythm_lost(state, found, now_ms) : 0;
    if (first) {
        rhythm_begin(state, found, REFERENCE_PER_DAY, now_ms);
    } else {
        state->entries_lost += lost;
        rhythm_note(state, found, lost, now_ms);
        note_haste(state, found, gap, now_ms);
    }
    state->document_entries = (uint16_t)(found->entries < UINT16_MAX ? found->entries : UINT16_MAX);
    if (found->fresh > 0)
        note_gap(state, now_ms);
    if (gap && state->gaps_total < UINT16_MAX)
        state->gaps_total++;
    double interval = planned_s(state, policy, now_ms);
    state->interval_s = clamp_interval(policy, shorten ? fmin(interval, before / 4) : interval);
    *ret_lost = lost;
    return gap;
}

void interval_after_unchanged(struct feed_state *state, const struct poll_policy *policy, int64_t now_ms)
{
    if (!rhythm_is_known(state)) {
        state->interval_s = clamp_interval(policy, current_interval(state, policy));
        return;
    }
    rhythm_note(state, NULL, 0, now_ms);
    note_haste(state, NULL, false, now_ms);
    state->interval_s = clamp_interval(policy, planned_s(state, policy, now_ms));
}

void interval_after_push(struct feed_state *state, uint32_t fresh, int64_t now_ms)
{
    if (fresh == 0)
        return;
    rhythm_note_push(state, fresh, now_ms);
    note_gap(state, now_ms);
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
    if (state->last_new_ms > 0 && days(now_ms - state->last_new_ms) > DEAD_DAYS)
        wait_s = DEAD_PROBE_S;
    if (state->interval_fixed_s > 0)
        wait_s = state->interval_fixed_s;
    int32_t hint = state->hint_s < policy->hint_max_s ? state->hint_s : policy->hint_max_s;
    if (hint > wait_s)
        wait_s = hint;
    if (wait_s < policy->interval_min_s && state->interval_fixed_s == 0)
        wait_s = policy->interval_min_s;
    return skip_closed(state, policy, now_ms + with_jitter(policy, (int64_t)(wait_s * 1000)));
}

int64_t interval_retry_ms(const struct feed_state *state, const struct poll_policy *policy,
                          enum fetch_error error, int64_t retry_after_ms, int64_t now_ms)
{
    double base = current_interval(state, policy);
    if (base > policy->interval_default_s)
        base = policy->interval_default_s;
    double points = state->failure_quarters / 4.0, wait = base * (1 + points);
    bool forbidden = error == FETCH_ERROR_FORBIDDEN || error == FETCH_ERROR_CHALLENGE;
    if (forbidden && state->failures_in_row > 1 && wait < FORBIDDEN_S)
        wait = FORBIDDEN_S;
    double most = points >= RETRY_MAX_POINTS ? RETRY_MAX_S : policy->interval_max_s;
    if (wait > most)
        wait = most;
    if ((error == FETCH_ERROR_GONE || state->status == FEED_STATUS_GONE) && wait < GONE_PROBE_S)
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
