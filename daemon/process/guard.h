/* guard: what strangers may take of a public HTTP listener: so many connections, so many bytes that wait for
 * the rest of their request, so much time for each request, and nothing at all for an address that nobody
 * knows.
 *
 * It stands between the socket and evhttp, which reads a whole body before anybody is asked about it, counts
 * nothing, and knows idle time only. Loop thread. */
#ifndef NEWSD_DAEMON_PROCESS_GUARD_H
#define NEWSD_DAEMON_PROCESS_GUARD_H

#include <event2/http.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

struct guard;

struct guard_limits {
    size_t connections_max;
    size_t bytes_max;   /* of all requests that are not answered yet */
    int32_t request_ms; /* from the connection, or the last answer, to the next answer */
    /* Whether a request with this method and path is wanted at all, asked when its head is there. */
    bool (*wanted)(void *context, struct str method, struct str path);
    void *context;
};

/* Guards every connection of `http` from now on. NULL without memory. */
struct guard *guard_create(struct event_base *base, struct evhttp *http, const struct guard_limits *limits);

/* After evhttp_free(), which ends the connections. Sets *guard NULL. */
void guard_destroy(struct guard **guard);

#endif
