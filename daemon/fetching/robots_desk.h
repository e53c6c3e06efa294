/* robots_desk: asks each site's robots.txt once a day, and answers from it what newsd may fetch (rule N12).
 * Loop thread only.
 *
 *     question->answered = ...;
 *     robots_ask(desk, url, question);        answered() runs now or later, exactly once,
 *     robots_take_back(question);             unless it is taken back before
 *
 * RFC 9309, 2.3.1: what the server has not (4xx) forbids nothing; a server that fails or cannot be reached
 * forbids all until it answers, but rules that were read before stay in force. Rules are kept in memory. */
#ifndef NEWSD_DAEMON_FETCHING_ROBOTS_DESK_H
#define NEWSD_DAEMON_FETCHING_ROBOTS_DESK_H

#include "base/error.h"
#include "daemon/fetching/transfers.h"

struct robots_desk;
struct robots_origin;

enum robots_answer {
    ROBOTS_ALLOWED,
    ROBOTS_FORBIDDEN,
    ROBOTS_UNREACHABLE, /* robots.txt cannot be read, so nothing may be fetched for now */
    ROBOTS_CANCELLED,   /* the process ends */
};

/* Embedded in whatever asks. */
struct robots_question {
    void (*answered)(struct robots_question *question, enum robots_answer answer);
    struct robots_origin *origin; /* while it waits; the desk's, as are next and target */
    struct robots_question *next;
    char *target;
};

/* NULL without memory. `transfers` outlives the desk. */
struct robots_desk *robots_desk_create(struct transfers *transfers);
/* Questions that still wait must have been taken back. */
void robots_desk_destroy(struct robots_desk **desk);

/* A URL that is no http or https URL, or no memory, is ROBOTS_UNREACHABLE. */
void robots_ask(struct robots_desk *desk, const char *url, struct robots_question *question);
/* No answer will come; does nothing to a question that does not wait. */
void robots_take_back(struct robots_question *question);

#endif
