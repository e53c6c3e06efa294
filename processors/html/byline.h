/* byline: the people in one line of authors. Any thread.
 *
 *     struct byline byline = {.rest = STR("By Ann Lee, Ben Ode and C. Diaz, Harbour Post")};
 *     struct str name;
 *     while (byline_next(&byline, &name)) ...        "Ann Lee", "Ben Ode", "C. Diaz"
 *
 * "By", "and", roles ("Staff writer", also before a name), and houses behind the names are no people. A line
 * that names nothing else is given as it is
 * ("Post staff"): so houses sign. "Diaz, Carla" and "Ben Ode,
 * Jr." are one. */
#ifndef NEWSD_PROCESSORS_HTML_BYLINE_H
#define NEWSD_PROCESSORS_HTML_BYLINE_H

#include <stdbool.h>

#include "base/str.h"

struct byline {
    struct str rest;
    bool begun; /* "By" has been looked at, and a name given */
};

/* What stands behind "By", "Written by", "Von" ...; STR_NONE where the line does not begin so. */
struct str byline_behind_by(struct str line);

/* True when the line begins with the name of a site: "post.example, Lirana". */
bool byline_is_of_site(struct str line);

/* The name is that of a desk of a house, in full: "Newsroom", "Die Redaktion". */
bool byline_is_desk(struct str name);

/* The next name, in the line's bytes; false when there is none. The line is plain text. */
bool byline_next(struct byline *byline, struct str *ret_name);

#endif
