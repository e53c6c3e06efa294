/* date: reads the dates that feeds and pages write: RFC 822/2822 in all its decay, RFC 3339 and W3CDTF,
 * ISO 8601 forms, asctime, epoch seconds, named zones, month names and digits of other languages and scripts.
 * Pure but for the system's zone files, which are read for names as "Europe/Paris"; any thread.
 *
 * A wrong date is worse than none. What a text leaves open is decided by evidence: units (2025年3月5日), the
 * year in front, a number over 12, the weekday, AM/PM with slashes (month first), dots (day first), the zone.
 * What stays open is no date: 03/05/2025 alone, 25-03-05, a zone nobody knows, a month that is another one in
 * another language, a year of another calendar. A weekday that is wrong decides nothing and costs nothing. */
#ifndef NEWSD_FEEDS_BASE_DATE_H
#define NEWSD_FEEDS_BASE_DATE_H

#include <stdbool.h>
#include <stdint.h>

#include "base/clock.h"
#include "base/str.h"

enum time_precision { TIME_NONE, TIME_YEAR, TIME_MONTH, TIME_DAY, TIME_MINUTE, TIME_SECOND, TIME_FRACTION };

/* A date as the source wrote it and as understood; precision TIME_NONE = could not be read. */
struct feed_time {
    struct str raw;
    int64_t ms; /* UTC; a day or month stands for its beginning */
    enum time_precision precision;
    bool zoned;         /* the source said in which zone its clock is */
    int16_t offset_min; /* that clock is ahead of UTC by this */
};

/* Fills all of *ret_time (raw is set to the trimmed text). Returns 0, or -EINVAL when the
 * text is no date that can be trusted: then precision is TIME_NONE and raw is kept. Never "now". A time of
 * day without a zone is read as UTC (a Korean one as Korea's). Years from 1583 to 2399. */
int date_parse(struct str text, struct feed_time *ret_time);

/* RFC 3339 in UTC with the precision that the source had: "2022", "2022-01", "2022-01-11",
 * "2022-01-11T10:33:00Z" (also for a time of day without seconds, which RFC 3339 does not have),
 * "2022-01-11T10:33:00.5Z". Written into `out`; absent when
 * there is no date. */
struct str date_format(const struct feed_time *time, char out[CLOCK_RFC3339_BYTES]);

#endif
