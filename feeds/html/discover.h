/* discover: the feeds that a web page names (RSS Autodiscovery 1.0; HTML Living Standard 4.6.6.4,
 * rel=alternate with a feed's type; rel=feed). Pure; any thread. */
#ifndef NEWSD_FEEDS_HTML_DISCOVER_H
#define NEWSD_FEEDS_HTML_DISCOVER_H

#include "base/arena.h"
#include "base/str.h"

struct discovered_feed {
    struct str url; /* absolute */
    struct str title, type;
};

enum { DISCOVERED_MAX = 50 };

/* Feeds in the order in which the page names them: those of its link elements; when there is none, anchors
 * whose address looks like a feed's. Each address once. `html` is UTF-8, `url` the page's own address. 0 or
 * -ENOMEM. */
int discover_feeds(struct arena *arena, struct str html, struct str url, struct discovered_feed **ret_feeds,
                   size_t *ret_count);

/* Where feeds lie on many sites that do not name them: paths for one request each, best first; NULL ends. */
extern const char *const discover_usual_paths[];

#endif
