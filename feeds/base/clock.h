/* clock: time and randomness through one door, so that tests can run on a virtual clock.
 *
 * Wall time is milliseconds since 1970-01-01T00:00:00Z; monotonic time is milliseconds since an
 * arbitrary start and never goes back. Timers and budgets use monotonic time only. Thread-safe;
 * the virtual clock is for single-threaded tests. */
#ifndef NEWSD_FEEDS_BASE_CLOCK_H
#define NEWSD_FEEDS_BASE_CLOCK_H

#include <stddef.h>
#include <stdint.h>

int64_t clock_wall_ms(void);
int64_t clock_monotonic_ms(void);
int64_t clock_monotonic_us(void);
/* CPU time of the calling thread in microseconds (not affected by the virtual clock). */
int64_t clock_thread_cpu_us(void);

/* Uniform in [0, bound); 0 when bound is 0. Not for secrets. */
uint64_t clock_random(uint64_t bound);

/* From now on both clocks stand at `wall_ms` (monotonic starts at 1 000 000) and move only by
 * clock_virtual_advance(); clock_random() follows `seed`. */
void clock_virtual_start(int64_t wall_ms, uint64_t seed);
void clock_virtual_advance(int64_t ms);
/* Wall clock set to another value without moving the monotonic one (a step of the system clock). */
void clock_virtual_step_wall(int64_t wall_ms);
void clock_virtual_stop(void);

enum { CLOCK_RFC3339_BYTES = 32 };

/* Writes UTC RFC 3339 with milliseconds ("2022-01-11T10:33:00.000Z"), without them when `with_ms` is 0.
 * Returns `out`. Years outside 0..9999 are clamped to the range's ends. */
char *clock_rfc3339(int64_t wall_ms, int with_ms, char out[CLOCK_RFC3339_BYTES]);

/* Days since 1970-01-01 of a proleptic Gregorian date, and back (Howard Hinnant's days_from_civil). */
int64_t clock_days_from_civil(int64_t year, int month, int day);
void clock_civil_from_days(int64_t days, int64_t *ret_year, int *ret_month, int *ret_day);

#endif
