/* revisit: when the page of a published article is fetched again, and what the answer means. Pure; any
 * thread.
 *
 *     due_ms = revisit_next(&delays, first_ms, clock_wall_ms());     0 = never again
 *     ... the page was asked for ...
 *     switch (revisit_judge(page, shown, missed))                    READ: its text tells more */
#ifndef NEWSD_DAEMON_ARTICLES_REVISIT_H
#define NEWSD_DAEMON_ARTICLES_REVISIT_H

#include <stdint.h>

#include "daemon/config/options.h"
#include "daemon/fetching/page_fetch.h"

/* The time of the first visit that lies ahead, counted from the article's publication; 0 when none does.
 * Visits that were slept through are not made up for. */
int64_t revisit_next(const struct option_delays *delays, int64_t first_ms, int64_t now_ms);

enum revisit_finding {
    REVISIT_READ,      /* there is a page: whether it says something else is for the stages to tell */
    REVISIT_UNCHANGED, /* the server says so */
    REVISIT_MISSING,   /* if the next visit finds that, too, it is gone */
    REVISIT_GONE,      /* the article is to be withdrawn */
    REVISIT_FAILED,    /* nothing is known: the next visit may tell */
};

/* `shown` as of struct store_visit: what was never read can neither be missing for long nor gone. `missed`:
 * how many visits before this one in a row found it missing. */
enum revisit_finding revisit_judge(const struct page_fetch *page, uint64_t shown, uint16_t missed);

#endif
