/* bench_schedule: newsd's schedule against three others on synthetic sites, on a virtual clock.
 *
 *     bench_schedule [FEEDS]      10 000 by default, 30 days
 *
 * The rules: every hour; Miniflux's entry_frequency (T2) and Media Cloud's overlap rule (T3), as their own
 * programs have them; newsd's own through poll_settle(), as the daemon calls it, with jitter. Because a rule
 * that asks more often is always quicker, newsd stands beside each of the others a second time, with
 * interval-default set so that both spend the same number of requests.
 *
 * Delay: from publication to the poll that finds the entry, over all entries published after a feed's first
 * poll. Lost: entries pushed out of the document between two polls. Miniflux gets true dates for every feed
 * here. */
#include <stdio.h>
#include <string.h>

#include "base/clock.h"
#include "bench/synthetic_sites.h"
#include "feeds/poll/poll_rules.h"

enum { FEEDS = 10000, DELAY_BUCKETS = 2000, MATCH_STEPS = 10 };

#define MATCH_CLOSE 0.005 /* equal enough */

#define MINUTE_MS 60000LL
#define END_MS (SITES_BEGIN_MS + SITES_DAYS * DAY_MS)

/* One feed under one rule. */
struct run {
    const struct site_feed *feed;
    const struct poll_policy *policy;
    struct feed_state state; /* newsd's */
    int64_t minutes;         /* Media Cloud's poll_minutes */
    int64_t last_ms, last_new_ms;
    size_t week_start; /* Miniflux: first entry of the last seven days */
    bool polled;
};

/* What a poll found. */
struct sight {
    int64_t now_ms;
    size_t end;            /* entries published so far */
    uint32_t shown, fresh; /* entries in the document, and those not seen before */
};

typedef int64_t (*next_poll)(struct run *run, const struct sight *sight); /* milliseconds to wait */

struct totals {
    uint64_t requests, entries, found, lost, lost_estimate;
    double delay_ms;
    uint64_t hosts[SITES_BIG_HOSTS];
    uint32_t delays[DELAY_BUCKETS]; /* by logarithm, 100 a decade from a second on */
};

static int64_t at_least_ttl(const struct run *run, int64_t wait_ms)
{
    return wait_ms > run->feed->ttl_s * 1000LL ? wait_ms : run->feed->ttl_s * 1000LL;
}

static int64_t next_at_floor(struct run *run, const struct sight *sight)
{
    (void)run;
    (void)sight;
    return 10 * MINUTE_MS;
}

static int64_t next_hourly(struct run *run, const struct sight *sight)
{
    (void)run;
    (void)sight;
    return HOUR_MS;
}

/* 7 days / entries dated in the last 7 days, 5 minutes to 24 hours; then the feed's ttl. */
static int64_t next_miniflux(struct run *run, const struct sight *sight)
{
    while (run->week_start < sight->end &&
           run->feed->entries_ms[run->week_start] < sight->now_ms - 7 * DAY_MS)
        run->week_start++;
    size_t first = sight->end - sight->shown; /* older ones were never taken in */
    if (!run->polled && run->week_start < first)
        run->week_start = first;
    size_t count = sight->end - run->week_start;
    int64_t minutes = count ? (int64_t)lround(7 * 24 * 60 / (double)count) : 24 * 60;
    minutes = minutes < 5 ? 5 : minutes > 24 * 60 ? 24 * 60 : minutes;
    return at_least_ttl(run, minutes * MINUTE_MS);
}

/* From two successes in a row on: by the share of entries known already. */
static int64_t next_media_cloud(struct run *run, const struct sight *sight)
{
    enum { DEFAULT = 6 * 60, LEAST = 10, MOST = 24 * 60, STEP = 60, SMALL_STEP = 10, SMALL_DAYS = 31 };
    if (!run->polled) {
        run->minutes = DEFAULT;
        run->last_new_ms = sight->now_ms;
        return run->minutes * MINUTE_MS;
    }
    double seen = sight->fresh ? 100.0 * (sight->shown - sight->fresh) / sight->shown : 101;
    if (sight->fresh)
        run->last_new_ms = sight->now_ms;
    if (seen >= 67) {
        bool small = sight->now_ms - run->last_new_ms < (SMALL_DAYS + 1) * DAY_MS || seen < 100;
        run->minutes += small ? SMALL_STEP : STEP;
        run->minutes = run->minutes > MOST ? MOST : run->minutes;
    } else if (seen < 33) {
        int64_t least = run->feed->ttl_s / 60 > LEAST ? run->feed->ttl_s / 60 : LEAST;
        run->minutes = run->minutes > DEFAULT ? DEFAULT : run->minutes - STEP;
        run->minutes = run->minutes < least ? least : run->minutes;
    }
    return run->minutes * MINUTE_MS;
}

static int64_t next_newsd(struct run *run, const struct sight *sight)
{
    const struct site_feed *feed = run->feed;
    bool unchanged = run->polled && sight->fresh == 0;
    struct http_answer answer = {
        .status = unchanged ? 304 : 200, .was_conditional = unchanged, .received_ms = sight->now_ms};
    struct poll_verdict verdict = {.kind = unchanged ? POLL_UNCHANGED : POLL_BODY, .body_hash = sight->end};
    struct poll_findings found = {.entries = sight->shown,
                                  .fresh = sight->fresh,
                                  .known = sight->shown - sight->fresh,
                                  .ttl_s = feed->ttl_s};
    if (feed->dated && sight->shown) {
        found.oldest_ms = feed->entries_ms[sight->end - sight->shown];
        found.newest_ms = feed->entries_ms[sight->end - 1];
        found.fresh_ms = &feed->entries_ms[sight->end - sight->fresh];
        found.fresh_dated = sight->fresh;
    }
    struct poll_change change;
    if (poll_settle(&run->state, run->policy, &answer, &verdict, &found, sight->now_ms, &change))
        abort();
    run->state.backfilled = true; /* as the poller does */
    return run->state.next_poll_ms - sight->now_ms;
}

static void note_delay(struct totals *totals, int64_t delay_ms)
{
    double place = delay_ms > 1000 ? 100 * log10((double)delay_ms / 1000) : 0;
    totals->delays[place < DELAY_BUCKETS ? (int)place : DELAY_BUCKETS - 1]++;
    totals->delay_ms += (double)delay_ms;
    totals->found++;
}

/* Thirty days of one feed. */
static void simulate(const struct site_feed *feed, next_poll rule, const struct poll_policy *policy,
                     struct totals *totals)
{
    struct run run = {.feed = feed, .policy = policy};
    run.state.interval_s = policy ? policy->interval_default_s : 0;
    size_t seen = 0, end = 0;
    for (int64_t now = feed->first_poll_ms; now < END_MS;) {
        while (end < feed->entry_count && feed->entries_ms[end] <= now)
            end++;
        size_t first = end > feed->window ? end - feed->window : 0, from = seen > first ? seen : first;
        if (run.polled) {
            totals->entries += end - seen;
            totals->lost += from - seen;
            for (size_t i = from; i < end; i++)
                note_delay(totals, now - feed->entries_ms[i]);
        }
        totals->requests++;
        if (feed->host != SITES_OWN_HOST)
            totals->hosts[feed->host]++;
        struct sight sight = {now, end, (uint32_t)(end - first), (uint32_t)(end - from)};
        int64_t wait = rule(&run, &sight);
        run.polled = true;
        run.last_ms = now;
        seen = end;
        now += wait;
    }
    totals->lost_estimate += run.state.entries_lost;
    feed_state_done(&run.state);
}

static struct totals simulate_all(const struct site_feed *feeds, size_t count, next_poll rule,
                                  const struct poll_policy *policy)
{
    struct totals totals = {0};
    clock_virtual_start(SITES_BEGIN_MS, 1);
    for (size_t i = 0; i < count; i++)
        simulate(&feeds[i], rule, policy, &totals);
    clock_virtual_stop();
    return totals;
}

static double delay_minutes(const struct totals *totals, double share)
{
    uint64_t sum = 0;
    for (int i = 0; i < DELAY_BUCKETS; i++) {
        sum += totals->delays[i];
        if ((double)sum >= share * (double)totals->found)
            return pow(10, (i + 0.5) / 100) / 60;
    }
    return 0;
}

static void show_head(void)
{
    printf("%-28s %10s %10s %8s %8s %8s %9s %9s %10s\n", "rule", "requests", "mean", "median", "p95", "lost",
           "lost of", "estimated", "busiest");
    printf("%-28s %10s %10s %8s %8s %8s %9s %9s %10s\n", "", "/feed/day", "delay min", "min", "min",
           "entries", "a million", "lost", "host /hour");
}

static void show(const char *name, const struct totals *totals, size_t feeds)
{
    uint64_t busiest = 0;
    for (int i = 0; i < SITES_BIG_HOSTS; i++)
        busiest = totals->hosts[i] > busiest ? totals->hosts[i] : busiest;
    printf("%-28s %10.2f %10.1f %8.1f %8.1f %8llu %9.0f %9llu %10.0f\n", name,
           (double)totals->requests / (double)feeds / SITES_DAYS,
           totals->delay_ms / (double)totals->found / (double)MINUTE_MS, delay_minutes(totals, 0.5),
           delay_minutes(totals, 0.95), (unsigned long long)totals->lost,
           1e6 * (double)totals->lost / (double)totals->entries, (unsigned long long)totals->lost_estimate,
           (double)busiest / SITES_DAYS / 24);
    (void)fflush(stdout);
}

static struct totals simulate_newsd(const struct site_feed *feeds, size_t count, int32_t interval_default_s)
{
    struct poll_policy policy;
    poll_policy_default(&policy);
    if (interval_default_s > 0)
        policy.interval_default_s = interval_default_s;
    return simulate_all(feeds, count, next_newsd, &policy);
}

/* newsd with the interval-default that spends as many requests as the other rule: requests fall a little
 * slower than the interval grows; what jumps over the goal is halved. */
static struct totals match_requests(const struct site_feed *feeds, size_t count, const struct totals *other,
                                    int32_t *ret_interval_s)
{
    double low = 60, high = 100 * 86400, interval_s = 3600;
    struct totals own = {0};
    for (int i = 0; i < MATCH_STEPS; i++) {
        *ret_interval_s = (int32_t)interval_s;
        own = simulate_newsd(feeds, count, *ret_interval_s);
        double share = (double)own.requests / (double)other->requests;
        if (fabs(share - 1) < MATCH_CLOSE)
            break;
        *(share > 1 ? &low : &high) = interval_s;
        interval_s *= pow(share, 1.25);
        if (interval_s <= low || interval_s >= high)
            interval_s = sqrt(low * high);
    }
    return own;
}

static void compare(const char *name, next_poll rule, const struct site_feed *feeds, size_t count)
{
    struct totals other = simulate_all(feeds, count, rule, NULL);
    show(name, &other, count);
    int32_t interval_s;
    struct totals own = match_requests(feeds, count, &other, &interval_s);
    char label[64];
    (void)snprintf(label, sizeof(label), "  newsd, interval-default %ds", interval_s);
    show(label, &own, count);
}

int main(int argc, char **argv)
{
    size_t count = argc > 1 ? strtoul(argv[1], NULL, 10) : FEEDS;
    struct site_feed *feeds = calloc(count ? count : 1, sizeof(*feeds));
    if (!feeds || count == 0)
        return 2;
    for (size_t i = 0; i < count; i++)
        site_feed_make(&feeds[i], (unsigned)i);
    show_head();
    struct totals own = simulate_newsd(feeds, count, 0);
    show("newsd, its defaults", &own, count);
    struct totals floor = simulate_all(feeds, count, next_at_floor, NULL);
    show("every 10 minutes, the floor", &floor, count);
    compare("every hour", next_hourly, feeds, count);
    compare("Miniflux entry_frequency", next_miniflux, feeds, count);
    compare("Media Cloud overlap", next_media_cloud, feeds, count);
    for (size_t i = 0; i < count; i++)
        free((void *)(uintptr_t)feeds[i].entries_ms);
    free(feeds);
    return 0;
}
