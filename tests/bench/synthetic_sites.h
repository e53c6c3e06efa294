/* synthetic_sites: feeds that publish as sites do, made from a fixed seed, for bench_schedule.
 *
 * Each feed is a Poisson process whose rate changes by the hour of its own time zone and by the day of the
 * week; rates over feeds are log-normal. Some publish round the clock, some once a day, some in bursts or in
 * batches, some have died. Every feed has enough history to fill its document when the simulation begins. */
#ifndef NEWSD_TESTS_BENCH_SYNTHETIC_SITES_H
#define NEWSD_TESTS_BENCH_SYNTHETIC_SITES_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#define HOUR_MS 3600000LL
#define DAY_MS (24 * HOUR_MS)
#define SITES_BEGIN_MS (19003 * DAY_MS) /* a Tuesday */

enum {
    SITES_DAYS = 30,
    SITES_BIG_HOSTS = 20,       /* share a third of the feeds, unevenly */
    SITES_HISTORY_DAYS = 1500,  /* at most, to fill the document of a slow feed */
    SITES_OWN_HOST = UINT16_MAX /* a host with one feed */
};

struct site_feed {
    const int64_t *entries_ms; /* publication times, ascending, history included */
    size_t entry_count;
    int64_t first_poll_ms;
    double per_day;
    uint16_t window; /* entries in the document */
    uint16_t host;
    int32_t ttl_s; /* publisher's hint, 0 = none */
    bool dated;    /* entries carry dates */
};

struct site_random {
    uint64_t state;
};

static inline double site_uniform(struct site_random *random)
{
    uint64_t z = random->state += 0x9e3779b97f4a7c15u; /* splitmix64 */
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    return ((double)((z ^ (z >> 31)) >> 11) + 0.5) / 9007199254740992.0;
}

static inline double site_between(struct site_random *random, double low, double high)
{
    return low + (high - low) * site_uniform(random);
}

static inline double site_normal(struct site_random *random)
{
    double radius = sqrt(-2 * log(site_uniform(random)));
    return radius * cos(2 * M_PI * site_uniform(random));
}

/* What one feed does in the course of a week. */
struct site_habit {
    double hours[24], days[7]; /* local time; mean 1 */
    int zone_hours;
    double burst_share, burst_factor; /* hours that open a burst, and how much more is published then */
    unsigned batch;                   /* entries published at once */
    double dies_ms;                   /* nothing after that */
};

static inline void site_normalise(double *weights, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += weights[i];
    for (int i = 0; i < count; i++)
        weights[i] *= count / sum;
}

/* Sixteen hours of day with a rush in the morning; the night and the weekend are quieter. */
static inline void site_habit_human(struct site_random *random, struct site_habit *habit)
{
    double night = site_between(random, 0.02, 0.25), rush = site_between(random, 0, 1.5);
    double opens = site_between(random, 5, 9), closes = site_between(random, 17, 24);
    double weekend = site_between(random, 0.1, 1);
    for (int hour = 0; hour < 24; hour++) {
        double from_rush = (hour - opens - 2) / 2;
        bool open = hour >= opens && hour < closes;
        habit->hours[hour] = open ? 1 + rush * exp(-from_rush * from_rush) : night;
    }
    for (int day = 0; day < 7; day++)
        habit->days[day] = day == 0 || day == 6 ? weekend : 1;
}

static inline void site_habit_make(struct site_random *random, struct site_habit *habit, double per_day)
{
    static const int zones[] = {-8, -8, -5, -5, -5, -3, 0, 0, 1, 1, 1, 2, 3, 5, 8, 9};
    *habit = (struct site_habit){.batch = 1, .dies_ms = INFINITY};
    habit->zone_hours = zones[(size_t)site_between(random, 0, 16)];
    double kind = site_uniform(random);
    for (int i = 0; i < 24; i++)
        habit->hours[i] = 1;
    for (int i = 0; i < 7; i++)
        habit->days[i] = 1;
    if (kind < 0.10 && per_day < 4) /* at its hour, with little else */
        for (int i = 0, hour = (int)site_between(random, 0, 24); i < 24; i++)
            habit->hours[i] = i == hour ? 1 : 0.005;
    else if (kind < 0.85)
        site_habit_human(random, habit);
    site_normalise(habit->hours, 24);
    site_normalise(habit->days, 7);
    double turn = site_uniform(random);
    if (turn < 0.20) {
        habit->burst_share = 1.0 / site_between(random, 48, 240);
        habit->burst_factor = site_between(random, 4, 15);
    } else if (turn < 0.27) {
        habit->batch = (unsigned)site_between(random, 2, 9);
    } else if (turn < 0.32) {
        habit->dies_ms = (double)SITES_BEGIN_MS - site_between(random, 30, 700) * (double)DAY_MS;
    } else if (turn < 0.34) {
        habit->dies_ms = (double)SITES_BEGIN_MS + site_between(random, 1, 25) * (double)DAY_MS;
    }
}

/* Times of publication, ascending; the caller frees them. By time change: an exponential draw is used up at
 * the rate of each hour in turn. */
static inline int64_t *site_publish(struct site_random *random, const struct site_habit *habit,
                                    double per_day, double history_days, size_t *ret_count)
{
    int64_t begin = SITES_BEGIN_MS - (int64_t)(history_days * (double)DAY_MS);
    int64_t *times = NULL;
    size_t count = 0, room = 0;
    double left = -log(site_uniform(random)), burst_hours = 0;
    begin -= begin % HOUR_MS;
    if (habit->dies_ms < (double)SITES_BEGIN_MS)
        begin -= SITES_BEGIN_MS - (int64_t)habit->dies_ms;
    for (int64_t hour = begin; hour < SITES_BEGIN_MS + SITES_DAYS * DAY_MS; hour += HOUR_MS) {
        int64_t local = hour / HOUR_MS + habit->zone_hours;
        if ((double)hour > habit->dies_ms)
            break;
        if (burst_hours <= 0 && habit->burst_share > 0 && site_uniform(random) < habit->burst_share)
            burst_hours = site_between(random, 1, 7);
        double rate = per_day / 24 / habit->batch * habit->hours[local % 24] *
                      habit->days[(local / 24 + 4) % 7] * (burst_hours > 0 ? habit->burst_factor : 1);
        burst_hours--;
        double used = 0;
        for (; left <= rate - used; left = -log(site_uniform(random))) {
            used += left;
            if (count + habit->batch > room) {
                room = room ? room * 2 : 64;
                times = realloc(times, room * sizeof(*times));
                if (!times)
                    abort();
            }
            for (unsigned i = 0; i < habit->batch; i++)
                times[count++] = hour + (int64_t)(used / rate * (double)HOUR_MS);
        }
        left -= rate - used;
    }
    *ret_count = count;
    return times;
}

/* The one with this number, always the same. */
static inline void site_feed_make(struct site_feed *feed, unsigned number)
{
    static const uint16_t windows[] = {5, 10, 10, 10, 15, 20, 20, 20, 25, 30, 40, 50, 50, 100};
    struct site_random random = {0x6e65777364ull * (number + 1)};
    double per_day = exp(site_normal(&random) * 1.9); /* median one a day, mean six */
    per_day = fmin(fmax(per_day, 0.01), 300);
    struct site_habit habit;
    site_habit_make(&random, &habit, per_day);
    *feed = (struct site_feed){.per_day = per_day};
    feed->window = windows[(size_t)(site_uniform(&random) * sizeof(windows) / sizeof(windows[0]))];
    double big = site_uniform(&random); /* the first of the big hosts has a twelfth of all feeds */
    feed->host = big < 1.0 / 3 ? (uint16_t)(SITES_BIG_HOSTS * pow(big * 3, 2)) : SITES_OWN_HOST;
    feed->ttl_s = site_uniform(&random) < 0.15 ? 3600 : 0;
    feed->dated = site_uniform(&random) < 0.85;
    feed->first_poll_ms = SITES_BEGIN_MS + (int64_t)(site_uniform(&random) * (double)HOUR_MS);
    double history = fmin(fmax(10, 1.5 * feed->window / per_day), SITES_HISTORY_DAYS);
    feed->entries_ms = site_publish(&random, &habit, per_day, history, &feed->entry_count);
}

#endif
