/* shown_date: finds the day that a short text for people names: "Published 11 January 2022 by Ann Lee". Pure;
 * any thread.
 *
 *     struct article_date date;
 *     if (shown_date_find(arena, STR("By Ann Lee | Jan. 11, 2022 | 4 comments"), SHOWN_OPEN, &date)) ...
 *
 * Looks at the words around each year from 1995 on and lets moment_parse() read them, so it knows the months
 * of the languages that feeds/base/date.h knows. Times of day are not taken: a page seldom says their zone.
 */
#ifndef NEWSD_PROCESSORS_TEXT_SHOWN_DATE_H
#define NEWSD_PROCESSORS_TEXT_SHOWN_DATE_H

#include <stdbool.h>

#include "processors/text/moment.h"

/* What 03/05/2025 means: nothing, the third of May, the fifth of March. */
enum shown_order { SHOWN_OPEN, SHOWN_DAY_FIRST, SHOWN_MONTH_FIRST };

enum { SHOWN_TEXT_MAX = 400 }; /* bytes; what is longer is prose and not looked at */

/* Fills value, ms and precision (a day) of the first day named; false when there is none. */
bool shown_date_find(struct arena *arena, struct str text, enum shown_order order,
                     struct article_date *ret_date);

#endif
