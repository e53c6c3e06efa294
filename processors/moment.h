/* moment: dates in RFC 3339 and the ISO 8601 forms that feeds-as-JSON and pages use. Pure; any thread.
 *
 *     struct article_date date;
 *     if (moment_parse(arena, STR("2022-01-11T10:33Z"), &date) == 0) ... date.ms, date.precision */
#ifndef NEWSD_PROCESSORS_MOMENT_H
#define NEWSD_PROCESSORS_MOMENT_H

#include "processors/article.h"

/* Reads "2022", "2022-01", "2022-01-11", "2022-01-11T10:33", with seconds, fraction and offset ("Z",
 * "+01:00",
 * "+0100", "+01"), 'T', 't' or a space between. Without an offset a time is read as UTC. Fills value (UTC, as
 * precise as the source), ms and precision; kind and origin stay as they are. 0, -EINVAL or -ENOMEM. */
int moment_parse(struct arena *arena, struct str text, struct article_date *ret_date);

/* RFC 3339 in UTC, as precise as said ("2022-01-11", "2022-01-11T10:33:00Z"); STR_NONE without memory. */
struct str moment_format(struct arena *arena, int64_t ms, enum date_precision precision);

#endif
