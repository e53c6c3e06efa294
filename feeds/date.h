/* date: reads the dates that feeds and pages write: RFC 822/2822 in all its decay, RFC 3339 and W3CDTF,
 * ISO 8601 forms, asctime, epoch seconds, named zones, and day and month names of other languages.
 * Pure; any thread. */
#ifndef NEWSD_FEEDS_DATE_H
#define NEWSD_FEEDS_DATE_H

#include "base/clock.h"
#include "document.h"

/* Fills ms and precision of *ret_time (raw is set to the trimmed text). Returns 0, or -EINVAL when the
 * text is no date that can be trusted: then precision is TIME_NONE and raw is kept. Never "now". */
int date_parse(struct str text, struct feed_time *ret_time);

/* RFC 3339 in UTC with the precision that the source had: "2022", "2022-01", "2022-01-11",
 * "2022-01-11T10:33:00Z" (also for a time of day without seconds, which RFC 3339 does not have),
 * "2022-01-11T10:33:00.5Z". Written into `out`; absent when
 * there is no date. */
struct str date_format(const struct feed_time *time, char out[CLOCK_RFC3339_BYTES]);

#endif
