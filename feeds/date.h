/* date: reads the dates that feeds and pages write: RFC 822/2822 in all its decay, RFC 3339 and W3CDTF,
 * ISO 8601 forms, asctime, epoch seconds, named zones, and day and month names of other languages.
 * Pure; any thread. */
#ifndef NEWSD_FEEDS_DATE_H
#define NEWSD_FEEDS_DATE_H

#include "document.h"

/* Fills ms and precision of *ret_time (raw is set to the trimmed text). Returns 0, or -EINVAL when the
 * text is no date that can be trusted: then precision is TIME_NONE and raw is kept. Never "now". */
int date_parse(struct str text, struct feed_time *ret_time);

/* RFC 3339 UTC with the precision that the source had ("2022", "2022-01", "2022-01-11",
 * "2022-01-11T10:33Z", "...:00Z", "...:00.500Z"). STR_NONE when precision is TIME_NONE or the arena is full.
 */
struct str date_format(struct arena *arena, const struct feed_time *time);

#endif
