/* schedule: a binary heap of pointers; every item knows its place in it. Loop thread only. */
#include "feeds/poll/schedule.h"

#include <errno.h>
#include <stdlib.h>

struct schedule {
    struct schedule_item **items;
    size_t count, capacity;
};

struct schedule *schedule_create(void)
{
    return calloc(1, sizeof(struct schedule));
}

void schedule_destroy(struct schedule **schedule)
{
    if (!*schedule)
        return;
    for (size_t i = 0; i < (*schedule)->count; i++)
        (*schedule)->items[i]->position = SCHEDULE_OUT;
    free((*schedule)->items);
    free(*schedule);
    *schedule = NULL;
}

static void place(struct schedule *schedule, struct schedule_item *item, size_t position)
{
    schedule->items[position] = item;
    item->position = position;
}

static void sift_up(struct schedule *schedule, struct schedule_item *item, size_t position)
{
    while (position > 0) {
        size_t parent = (position - 1) / 2;
        if (schedule->items[parent]->due_ms <= item->due_ms)
            break;
        place(schedule, schedule->items[parent], position);
        position = parent;
    }
    place(schedule, item, position);
}

static void sift_down(struct schedule *schedule, struct schedule_item *item, size_t position)
{
    for (;;) {
        size_t child = position * 2 + 1;
        if (child >= schedule->count)
            break;
        if (child + 1 < schedule->count &&
            schedule->items[child + 1]->due_ms < schedule->items[child]->due_ms)
            child++;
        if (schedule->items[child]->due_ms >= item->due_ms)
            break;
        place(schedule, schedule->items[child], position);
        position = child;
    }
    place(schedule, item, position);
}

static void settle(struct schedule *schedule, struct schedule_item *item)
{
    size_t position = item->position;
    sift_up(schedule, item, position);
    if (item->position == position)
        sift_down(schedule, item, position);
}

int schedule_reserve(struct schedule *schedule, size_t count)
{
    size_t capacity = schedule->capacity ? schedule->capacity : 256;
    while (capacity < count)
        capacity *= 2;
    if (capacity == schedule->capacity)
        return 0;
    struct schedule_item **items = reallocarray(schedule->items, capacity, sizeof(struct schedule_item *));
    if (!items)
        return -ENOMEM;
    schedule->items = items;
    schedule->capacity = capacity;
    return 0;
}

int schedule_put(struct schedule *schedule, struct schedule_item *item, int64_t due_ms)
{
    if (item->position == SCHEDULE_OUT) {
        if (schedule_reserve(schedule, schedule->count + 1))
            return -ENOMEM;
        item->position = schedule->count++;
        schedule->items[item->position] = item;
    }
    item->due_ms = due_ms;
    settle(schedule, item);
    return 0;
}

void schedule_remove(struct schedule *schedule, struct schedule_item *item)
{
    size_t position = item->position;
    if (position == SCHEDULE_OUT)
        return;
    struct schedule_item *last = schedule->items[--schedule->count];
    item->position = SCHEDULE_OUT;
    if (last == item)
        return;
    place(schedule, last, position);
    settle(schedule, last);
}

struct schedule_item *schedule_first(const struct schedule *schedule)
{
    return schedule->count ? schedule->items[0] : NULL;
}

struct schedule_item *schedule_take_due(struct schedule *schedule, int64_t now_ms)
{
    struct schedule_item *first = schedule_first(schedule);
    if (!first || first->due_ms > now_ms)
        return NULL;
    schedule_remove(schedule, first);
    return first;
}

void schedule_clock_stepped(struct schedule *schedule, int64_t by_ms)
{
    for (size_t i = 0; i < schedule->count; i++) { /* all alike: the heap's order stays */
        int64_t *due = &schedule->items[i]->due_ms;
        if (__builtin_add_overflow(*due, by_ms, due))
            *due = by_ms > 0 ? INT64_MAX : INT64_MIN;
    }
}

static size_t count_due(const struct schedule *schedule, size_t position, int64_t now_ms, size_t limit)
{
    if (position >= schedule->count || schedule->items[position]->due_ms > now_ms || limit == 0)
        return 0;
    size_t count = 1;
    count += count_due(schedule, position * 2 + 1, now_ms, limit - count);
    if (count < limit)
        count += count_due(schedule, position * 2 + 2, now_ms, limit - count);
    return count;
}

size_t schedule_count_due(const struct schedule *schedule, int64_t now_ms, size_t limit)
{
    return count_due(schedule, 0, now_ms, limit);
}
