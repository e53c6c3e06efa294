/* clock: the real clocks, or a virtual one that tests move. Thread-safe for reading. */
#include "base/clock.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/random.h>
#include <time.h>

static atomic_bool virtual_on;
static _Atomic int64_t virtual_wall_ms;
static _Atomic int64_t virtual_monotonic_ms;
static _Atomic uint64_t virtual_random;

static int64_t read_clock_us(clockid_t id)
{
    struct timespec now;
    clock_gettime(id, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

int64_t clock_wall_ms(void)
{
    return atomic_load(&virtual_on) ? atomic_load(&virtual_wall_ms) : read_clock_us(CLOCK_REALTIME) / 1000;
}

int64_t clock_monotonic_ms(void)
{
    return clock_monotonic_us() / 1000;
}

int64_t clock_monotonic_us(void)
{
    return atomic_load(&virtual_on) ? atomic_load(&virtual_monotonic_ms) * 1000
                                    : read_clock_us(CLOCK_MONOTONIC);
}

int64_t clock_thread_cpu_us(void)
{
    return read_clock_us(CLOCK_THREAD_CPUTIME_ID);
}

/* splitmix64 (Steele, Lea, Flood 2014): one addition and a mix per number, any seed is good. */
static uint64_t mix64(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9u;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebu;
    return x ^ (x >> 31);
}

uint64_t clock_random(uint64_t bound)
{
    static _Thread_local uint64_t state;
    static _Thread_local bool seeded;
    uint64_t x;
    if (atomic_load(&virtual_on)) {
        x = atomic_fetch_add(&virtual_random, 0x9e3779b97f4a7c15u);
    } else {
        if (!seeded) {
            if (getrandom(&state, sizeof(state), GRND_NONBLOCK) != (ssize_t)sizeof(state))
                state = (uint64_t)read_clock_us(CLOCK_MONOTONIC);
            seeded = true;
        }
        x = state += 0x9e3779b97f4a7c15u;
    }
    /* Multiply-shift onto the range; its bias is below 2^-32 for every bound newsd uses. */
    return (uint64_t)(((unsigned __int128)mix64(x) * bound) >> 64);
}

void clock_virtual_start(int64_t wall_ms, uint64_t seed)
{
    atomic_store(&virtual_wall_ms, wall_ms);
    atomic_store(&virtual_monotonic_ms, 1000000);
    atomic_store(&virtual_random, seed);
    atomic_store(&virtual_on, true);
}

void clock_virtual_advance(int64_t ms)
{
    atomic_fetch_add(&virtual_wall_ms, ms);
    atomic_fetch_add(&virtual_monotonic_ms, ms);
}

void clock_virtual_step_wall(int64_t wall_ms)
{
    atomic_store(&virtual_wall_ms, wall_ms);
}

void clock_virtual_stop(void)
{
    atomic_store(&virtual_on, false);
}

int64_t clock_days_from_civil(int64_t year, int month, int day)
{
    year -= month <= 2;
    int64_t era = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_era = year - era * 400;
    int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468;
}

void clock_civil_from_days(int64_t days, int64_t *ret_year, int *ret_month, int *ret_day)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097;
    int64_t day_of_era = days - era * 146097;
    int64_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int64_t shifted_month = (5 * day_of_year + 2) / 153;
    *ret_day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    *ret_month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    *ret_year = year_of_era + era * 400 + (*ret_month <= 2);
}

/* printf is slow for what every record has a dozen of. */
static char *put_digits(char *out, unsigned value, int count, char behind)
{
    for (int i = count - 1; i >= 0; i--, value /= 10)
        out[i] = (char)('0' + value % 10);
    out[count] = behind;
    return out + count + 1;
}

char *clock_rfc3339(int64_t wall_ms, int with_ms, char out[CLOCK_RFC3339_BYTES])
{
    static const int64_t first = -62167219200000, last = 253402300799999; /* years 0 and 9999 */
    if (wall_ms < first)
        wall_ms = first;
    if (wall_ms > last)
        wall_ms = last;
    int64_t days = wall_ms / 86400000, rest = wall_ms % 86400000;
    if (rest < 0) {
        rest += 86400000;
        days--;
    }
    int64_t year;
    int month, day;
    clock_civil_from_days(days, &year, &month, &day);
    char *end = put_digits(out, (unsigned)year, 4, '-');
    end = put_digits(end, (unsigned)month, 2, '-');
    end = put_digits(end, (unsigned)day, 2, 'T');
    end = put_digits(end, (unsigned)(rest / 3600000), 2, ':');
    end = put_digits(end, (unsigned)(rest / 60000 % 60), 2, ':');
    end = put_digits(end, (unsigned)(rest / 1000 % 60), 2, with_ms ? '.' : 'Z');
    if (with_ms)
        end = put_digits(end, (unsigned)(rest % 1000), 3, 'Z');
    *end = '\0';
    return out;
}
