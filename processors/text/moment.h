/* moment: an article's dates, read from all forms that feeds and pages use (base/date.h). Any thread.
 *
 *     struct article_date date;
 *     if (moment_parse(arena, STR("2022-01-11T10:33Z"), &date) == 0) ... date.ms, date.precision */
#ifndef NEWSD_PROCESSORS_TEXT_MOMENT_H
#define NEWSD_PROCESSORS_TEXT_MOMENT_H

#include "processors/article.h"

/* Reads what date_parse() reads; without an offset a time is read as UTC. Fills value (UTC, as precise as the
 * source), local, zoned, ms and precision; kind and origin stay as they are. 0, -EINVAL (no date that can be
 * trusted) or -ENOMEM. */
int moment_parse(struct arena *arena, struct str text, struct article_date *ret_date);

/* RFC 3339 in UTC, as precise as said ("2022-01-11", "2022-01-11T10:33:00Z"); STR_NONE without memory. */
struct str moment_format(struct arena *arena, int64_t ms, enum date_precision precision);
/* The same on a clock that is ahead of UTC: "2022-01-11T12:33:00+02:00". */
struct str moment_format_local(struct arena *arena, int64_t ms, enum date_precision precision,
                               int offset_min);

#endif
