/* schedule: which feed is due next. A binary heap over wall-clock due times with positions kept in
 * the items, so that moving one item is O(log n). Loop thread only.
 *
 * Wall time, because due times are persisted; when somebody sets the clock, schedule_clock_stepped() keeps
 * what was an hour away an hour away: no storm after a step forward, no silence after one back. */
#ifndef NEWSD_FEEDS_POLL_SCHEDULE_H
#define NEWSD_FEEDS_POLL_SCHEDULE_H

#include <stddef.h>
#include <stdint.h>

struct schedule;

struct schedule_item {
    int64_t due_ms;
    size_t position; /* owned by the schedule; SCHEDULE_OUT when not in it */
};

#define SCHEDULE_OUT ((size_t)-1)

struct schedule *schedule_create(void);
/* Does not free the items. Sets *schedule NULL; accepts NULL. */
void schedule_destroy(struct schedule **schedule);
/* Room for `count` items: as long as there are no more, schedule_put() does not fail. 0 or -ENOMEM. */
int schedule_reserve(struct schedule *schedule, size_t count);
/* Puts an item in, or moves it if it is in already. 0 or -ENOMEM. */
int schedule_put(struct schedule *schedule, struct schedule_item *item, int64_t due_ms);
void schedule_remove(struct schedule *schedule, struct schedule_item *item);
/* The earliest item, or NULL. */
struct schedule_item *schedule_first(const struct schedule *schedule);
/* Takes the earliest item out when it is due at now_ms, else NULL. */
struct schedule_item *schedule_take_due(struct schedule *schedule, int64_t now_ms);
/* The wall clock was set: every due time moves with it. `by_ms` is how far it jumped (negative: back). */
void schedule_clock_stepped(struct schedule *schedule, int64_t by_ms);
/* Number of items due at now_ms, counted up to `limit`. */
size_t schedule_count_due(const struct schedule *schedule, int64_t now_ms, size_t limit);

#endif
