/* rhythm: a feed's pace, its day and week, and its bursts. Pure rules over a feed's state. */
#include "feeds/poll/rhythm.h"

#include <math.h>

enum {
    DAY_MS = 86400000,
    PACE_ENTRIES = 8, /* the pace is a mean over the time of so many entries ... */
    PACE_DAYS_MIN = 7,
    PACE_DAYS_MAX = 60,
    QUIET_DAYS = 31,     /* T3: when nothing new has come for so long, the memory is the shortest */
    PRIOR_ENTRIES = 20,  /* a flat day weighs as much as so many entries ... */
    HABIT_ENTRIES = 150, /* ... and the habits are a mean over so many ... */
    TIMES_MAX = 300,     /* ... of which no document gives more than this */
    BURST_MS = 2 * 3600000,
    BURST_PRIOR = 2, /* k: the evidence, in entries, that the usual pace stands for */
    BURST_MAX = 30,
    WALK_DAYS_MAX = 7, /* beyond a week the mean will do */
};

static const double habit_floor = 0.1;
static const double lost_prior = 0.5; /* as BURST_PRIOR; the document itself is good evidence */
static const double turns_a_day[RHYTHM_HARMONICS] = {1, 2, 1 / 7.0, 2 / 7.0};

/* Cosine and sine of what each harmonic turns in a step, and what a burst keeps of itself: exp(-step /
 * BURST_MS). */
static const double step_turns[2 * RHYTHM_HARMONICS] = {
    0.9978589232386035, 0.06540312923014306,  0.9914448613738104, 0.13052619222005157,
    0.9999562892728727, 0.009349841903839275, 0.9998251609127464, 0.018698866430902267};
static const double step_fade = 0.8824969025845955;

static double days(int64_t ms)
{
    return (double)ms / DAY_MS;
}

static void phases(int64_t at_ms, double waves[2 * RHYTHM_HARMONICS])
{
    for (int i = 0; i < RHYTHM_HARMONICS; i++) {
        double angle = 2 * M_PI * fmod(turns_a_day[i] * days(at_ms), 1);
        waves[2 * i] = cos(angle);
        waves[2 * i + 1] = sin(angle);
    }
}

/* ---- Forecast ---- */

/* day(t) * week(t) */
static double habit(const float moments[2 * RHYTHM_HARMONICS], const double waves[2 * RHYTHM_HARMONICS])
{
    double share[2] = {1, 1};
    for (int i = 0; i < 2 * RHYTHM_HARMONICS; i++)
        share[i / RHYTHM_HARMONICS] += 2 * (double)moments[i] * waves[i];
    return fmax(share[0], habit_floor) * fmax(share[1], habit_floor);
}

static double burst_factor(const struct feed_state *state)
{
    double factor =
        ((double)state->burst_entries + BURST_PRIOR) / ((double)state->burst_expected + BURST_PRIOR);
    return fmin(factor, BURST_MAX);
}

void rhythm_forecast(const struct feed_state *state, int64_t from_ms, struct rhythm_forecast *ret_forecast)
{
    ret_forecast->moments = state->habits;
    ret_forecast->per_step = (double)state->entries_per_day * RHYTHM_STEP_MS / DAY_MS;
    ret_forecast->burst = burst_factor(state) - 1;
    phases(from_ms + RHYTHM_STEP_MS / 2, ret_forecast->waves);
}

static void waves_turn(double waves[2 * RHYTHM_HARMONICS])
{
    for (int i = 0; i < 2 * RHYTHM_HARMONICS; i += 2) {
        double cosine = waves[i], sine = waves[i + 1];
        waves[i] = cosine * step_turns[i] - sine * step_turns[i + 1];
        waves[i + 1] = sine * step_turns[i] + cosine * step_turns[i + 1];
    }
}

double rhythm_step(struct rhythm_forecast *forecast)
{
    double entries = forecast->per_step * habit(forecast->moments, forecast->waves) * (1 + forecast->burst);
    forecast->burst *= step_fade;
    waves_turn(forecast->waves);
    return entries;
}

/* ---- Learning ---- */

/* Days between the two times, each hour counted by what the feed's habits make of it. */
static double exposure(const struct feed_state *state, int64_t from_ms, int64_t to_ms)
{
    int64_t left = to_ms - from_ms;
    if (left > WALK_DAYS_MAX * (int64_t)DAY_MS)
        return days(left);
    double waves[2 * RHYTHM_HARMONICS], sum = 0;
    phases(from_ms + RHYTHM_STEP_MS / 2, waves);
    for (; left > 0; left -= RHYTHM_STEP_MS) {
        sum += days(left < RHYTHM_STEP_MS ? left : RHYTHM_STEP_MS) * habit(state->habits, waves);
        waves_turn(waves);
    }
    return sum;
}

/* `before`: entries of the same document that were noted already. */
static void note_time(struct feed_state *state, int64_t time_ms, uint32_t before)
{
    double waves[2 * RHYTHM_HARMONICS];
    phases(time_ms, waves);
    uint32_t known = state->entries_total + before;
    known = known < HABIT_ENTRIES ? known : HABIT_ENTRIES;
    float weight = 1.0F / (float)(known + PRIOR_ENTRIES);
    for (int i = 0; i < 2 * RHYTHM_HARMONICS; i++)
        state->habits[i] += weight * ((float)waves[i] - state->habits[i]);
}

static void note_pace(struct feed_state *state, double entries, double since_days, bool quiet)
{
    double memory =
        state->entries_per_day > 0 ? PACE_ENTRIES / (double)state->entries_per_day : PACE_DAYS_MAX;
    memory = quiet ? PACE_DAYS_MIN : fmin(fmax(memory, PACE_DAYS_MIN), PACE_DAYS_MAX);
    state->pace_days = (float)fmin((double)state->pace_days + since_days, memory);
    double weight = fmin(since_days / (double)state->pace_days, 1);
    state->entries_per_day += (float)(weight * (entries / since_days - (double)state->entries_per_day));
}

/* Only the part of a long wait that lies within a burst's memory counts. */
static void note_burst(struct feed_state *state, double entries, double expected, int64_t since_ms)
{
    double ages = (double)since_ms / BURST_MS, fade = exp(-ages), share = (1 - fade) / ages;
    state->burst_entries = (float)((double)state->burst_entries * fade + entries * share);
    state->burst_expected = (float)((double)state->burst_expected * fade + expected * share);
}

/* Some feeds state the day only: their times of day say nothing. */
static bool dates_have_times(const struct poll_findings *found)
{
    uint32_t round = 0;
    for (uint32_t i = 0; i < found->fresh_dated; i++)
        round += found->fresh_ms[i] % 3600000 == 0;
    return round * 2 <= found->fresh_dated;
}

void rhythm_begin(struct feed_state *state, const struct poll_findings *found, double guess_per_day,
                  int64_t now_ms)
{
    double span = found->oldest_ms > 0 ? days(now_ms - found->oldest_ms) : 0;
    bool dated = found->entries > 0 && span > 0.01;
    state->entries_per_day = (float)(dated ? fmax(found->entries - 1, 0.5) / span : guess_per_day);
    state->pace_days = (float)fmin(dated ? span : 1, PACE_DAYS_MIN);
    if (dates_have_times(found))
        for (uint32_t i = 0; i < found->fresh && i < found->fresh_dated && i < TIMES_MAX; i++)
            if (found->fresh_ms[i] <= now_ms)
                note_time(state, found->fresh_ms[i], i);
    state->entries_total += found->fresh;
}

void rhythm_note(struct feed_state *state, const struct poll_findings *found, uint32_t lost, int64_t now_ms)
{
    int64_t before_ms = state->last_success_ms;
    if (before_ms <= 0 || now_ms <= before_ms) { /* also a clock that was set back */
        state->entries_total += found ? found->fresh : 0;
        return;
    }
    double since = exposure(state, before_ms, now_ms), entries = found ? (double)found->fresh + lost : 0;
    entries += state->pushed_entries;
    state->pushed_entries = 0;
    note_burst(state, entries, since * (double)state->entries_per_day, now_ms - before_ms);
    note_pace(state, entries, since,
              state->last_new_ms > 0 && days(now_ms - state->last_new_ms) > QUIET_DAYS);
    for (uint32_t i = 0; found && i < found->fresh && i < TIMES_MAX; i++) {
        int64_t time_ms = i < found->fresh_dated ? found->fresh_ms[i] : 0;
        bool believable = time_ms > before_ms && time_ms <= now_ms;
        note_time(state, believable ? time_ms : before_ms + (now_ms - before_ms) / 2, i);
    }
    state->entries_total += found ? found->fresh : 0;
}

void rhythm_note_push(struct feed_state *state, uint32_t fresh, int64_t now_ms)
{
    state->pushed_entries += fresh;
    for (uint32_t i = 0; i < fresh && i < TIMES_MAX; i++)
        note_time(state, now_ms, i);
    state->entries_total += fresh;
}

uint32_t rhythm_lost(const struct feed_state *state, const struct poll_findings *found, int64_t now_ms)
{
    int64_t before_ms = state->last_success_ms;
    if (before_ms <= 0 || now_ms <= before_ms)
        return 0;
    double pace = (double)state->entries_per_day, lost;
    if (found->oldest_ms > 0 && found->oldest_ms <= now_ms) {
        if (found->oldest_ms <= before_ms)
            return 0;
        double shown = pace * exposure(state, found->oldest_ms, now_ms);
        lost = pace * exposure(state, before_ms, found->oldest_ms) * (found->entries + lost_prior) /
               (shown + lost_prior);
    } else {
        lost = pace * exposure(state, before_ms, now_ms) - found->entries;
    }
    return (uint32_t)fmin(fmax(lost, 1) + 0.5, UINT16_MAX);
}
