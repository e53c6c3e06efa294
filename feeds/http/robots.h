/* robots: what a robots.txt lets one product fetch: the Robots Exclusion Protocol (RFC 9309). Pure; any
 * thread.
 *
 *     struct robots *robots = robots_parse(text, STR("newsd"));
 *     robots_allows(robots, STR("/news/today?page=2"))
 *
 * The groups of all user-agent lines that name the product count together, else those of "*" (2.2.1). The
 * longest pattern that matches decides, and allow wins a tie (2.2.2). Percent-encodings of what need not be
 * encoded are the same as what they encode. */
#ifndef NEWSD_FEEDS_HTTP_ROBOTS_H
#define NEWSD_FEEDS_HTTP_ROBOTS_H

#include <stdbool.h>

#include "base/str.h"

enum {
    ROBOTS_BYTES_MAX = 512 * 1024, /* the rest of the file is not looked at; RFC 9309, 2.5 asks for 500 KiB */
};

struct robots;

/* NULL without memory. Never fails otherwise: what cannot be read as a rule is none. */
struct robots *robots_parse(struct str text, struct str product);
void robots_free(struct robots **robots);

/* `target` is path and query as they stand in the request line. /robots.txt itself is always allowed. */
bool robots_allows(const struct robots *robots, struct str target);

#endif
