/* time_point: a piece of the calendar: a century, a year, a week, a day, a minute. Pure; any thread.
 *
 *     struct time_point year = time_point_of(GRAIN_YEAR, clock_days_from_civil(2022, 3, 2));
 *     year = time_point_shift(year, -1);                                               2021 */
#ifndef NEWSD_PROCESSORS_MEANING_TIME_POINT_H
#define NEWSD_PROCESSORS_MEANING_TIME_POINT_H

#include <stdbool.h>
#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"

/* From the longest to the shortest. */
enum time_grain {
    GRAIN_NONE,
    GRAIN_CENTURY,
    GRAIN_DECADE,
    GRAIN_YEAR,
    GRAIN_HALF, /* of a year */
    GRAIN_SEASON,
    GRAIN_QUARTER,
    GRAIN_MONTH,
    GRAIN_WEEK,
    GRAIN_WEEKEND,
    GRAIN_DAY,
    GRAIN_PART, /* of a day: morning, night */
    GRAIN_HOUR,
    GRAIN_MINUTE,
    GRAIN_SECOND,
    GRAINS
};

enum time_part { PART_MORNING, PART_AFTERNOON, PART_EVENING, PART_NIGHT, PART_NOON, TIME_PARTS };

enum { MINUTES_OF_DAY = 24 * 60 };

struct time_point {
    enum time_grain grain; /* GRAIN_NONE = no point */
    int64_t day;           /* its first, since 1970-01-01 */
    enum time_part part;   /* of GRAIN_PART */
    int minute;            /* of the day, by the clock of the zone; hours and minutes */
    int zone_minutes;      /* that clock's lead over UTC */
};

/* The piece of this size that holds the day. */
struct time_point time_point_of(enum time_grain grain, int64_t day);
/* So many of its own size further; negative: back. */
struct time_point time_point_shift(struct time_point point, int64_t count);
/* Its year. */
int64_t time_point_year(struct time_point point);
/* When it begins and ends in UTC; the end is the next one's beginning. */
int64_t time_point_begin_ms(struct time_point point);
int64_t time_point_end_ms(struct time_point point);
/* TIMEX3; STR_NONE without memory or without a point. */
struct str time_point_value(struct arena *arena, struct time_point point);
/* "P2D", "PT30M"; tenths < 0: "PXD". STR_NONE without memory. */
struct str time_duration_value(struct arena *arena, enum time_grain grain, int64_t tenths);

#endif
