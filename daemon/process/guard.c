/* guard: a bufferevent filter below each connection of an evhttp. Owns the filters' contexts. */
#include "daemon/process/guard.h"

#include <assert.h>
#include <event2/buffer.h>
#include <event2/bufferevent.h>
#include <event2/event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "daemon/process/metrics.h"

enum {
    HEAD_BYTES_MAX = 24 * 1024, /* evhttp's own limit is below that, and says so in its answer */
    FAREWELL_MS = 1000,         /* for the answer to reach who is still sending */
    GUARDED_MAGIC = 0x67756172,
};

enum { GUARD_MAGIC = 0x67726431 };

struct guard {
    uint32_t magic;
    struct event_base *base;
    struct guard_limits limits;
    size_t connections, bytes;
};

/* One connection. */
struct guarded {
    unsigned magic;
    struct guard *guard;
    struct bufferevent *socket, *filter; /* both evhttp's */
    struct event *deadline, *answered;
    size_t bytes;   /* of the request at hand */
    bool head_seen; /* and wanted */
    bool refused;   /* whatever comes is thrown away */
};

static void deadline_set(struct guarded *guarded, int32_t ms)
{
    struct timeval delay = {.tv_sec = ms / 1000, .tv_usec = ms % 1000 * 1000};
    evtimer_add(guarded->deadline, &delay);
}

static void forget_bytes(struct guarded *guarded)
{
    assert(guarded->guard->bytes >= guarded->bytes);
    guarded->guard->bytes -= guarded->bytes;
    guarded->bytes = 0;
}

/* The answer goes past evhttp, which may not even know of the request; then the connection ends. */
static void refuse(struct guarded *guarded, const char *status, const char *more)
{
    assert(!guarded->refused);
    char answer[256];
    int len = snprintf(answer, sizeof(answer),
                       "HTTP/1.1 %s\r\nContent-Length: 0\r\n%sConnection: close\r\n\r\n", status, more);
    assert(len > 0 && (size_t)len < sizeof(answer)); /* the words are our own */
    bufferevent_write(guarded->socket, answer, (size_t)len);
    guarded->refused = true;
    forget_bytes(guarded);
    deadline_set(guarded, FAREWELL_MS);
}

static bool is_wanted(const struct guarded *guarded, struct evbuffer *head)
{
    const struct guard_limits *limits = &guarded->guard->limits;
    char line[HEAD_BYTES_MAX];
    ev_ssize_t len = evbuffer_copyout(head, line, sizeof(line));
    struct str rest = str_make(line, len > 0 ? (size_t)len : 0), first, method, path;
    if (!str_split(&rest, '\n', &first) || !str_split(&first, ' ', &method) || !str_split(&first, ' ', &path))
        return true; /* evhttp says what is wrong with it */
    ptrdiff_t query = str_find_byte(path, '?', 0);
    if (query >= 0)
        path = str_slice(path, 0, (size_t)query);
    return limits->wanted(limits->context, method, path);
}

/* False: it is to be waited for, or refused. */
static bool look_at_head(struct guarded *guarded, struct evbuffer *in)
{
    struct evbuffer_ptr end = evbuffer_search(in, "\r\n\r\n", 4, NULL);
    if (end.pos < 0) {
        if (evbuffer_get_length(in) >= HEAD_BYTES_MAX)
            refuse(guarded, "431 Request Header Fields Too Large", "");
        return false;
    }
    if (!is_wanted(guarded, in)) {
        metrics_add(METRIC_WEBSUB_UNKNOWN, 1);
        refuse(guarded, "410 Gone", "");
        return false;
    }
    guarded->head_seen = true;
    return true;
}

static enum bufferevent_filter_result on_input(struct evbuffer *in, struct evbuffer *out, ev_ssize_t limit,
                                               enum bufferevent_flush_mode mode, void *context)
{
    (void)limit, (void)mode; /* there is no read mark, and nothing to flush */
    struct guarded *guarded = context;
    struct guard *guard = guarded->guard;
    assert(guarded->magic == GUARDED_MAGIC);
    size_t len = evbuffer_get_length(in);
    if (!guarded->refused && !guarded->head_seen && !look_at_head(guarded, in) && !guarded->refused)
        return BEV_NEED_MORE;
    if (!guarded->refused && guard->bytes + len > guard->limits.bytes_max) {
        metrics_add(METRIC_WEBSUB_BUSY, 1);
        refuse(guarded, "503 Service Unavailable", "Retry-After: 60\r\n");
    }
    if (guarded->refused) {
        evbuffer_drain(in, len);
        return BEV_NEED_MORE;
    }
    assert(guarded->head_seen);
    guard->bytes += len;
    guarded->bytes += len;
    evbuffer_remove_buffer(in, out, len);
    return BEV_OK;
}

/* evhttp answers: the request is over, and the next one has its own time. */
static enum bufferevent_filter_result on_output(struct evbuffer *in, struct evbuffer *out, ev_ssize_t limit,
                                                enum bufferevent_flush_mode mode, void *context)
{
    (void)limit, (void)mode;
    struct guarded *guarded = context;
    assert(guarded->magic == GUARDED_MAGIC);
    if (guarded->refused) {
        evbuffer_drain(in, evbuffer_get_length(in));
        return BEV_OK;
    }
    forget_bytes(guarded);
    guarded->head_seen = false;
    deadline_set(guarded, guarded->guard->limits.request_ms);
    /* Into the socket at once: evhttp may close the connection as soon as its own buffer is empty. */
    evbuffer_write(in, bufferevent_getfd(guarded->socket));
    return evbuffer_add_buffer(out, in) ? BEV_ERROR : BEV_OK;
}

/* libevent's filter looks at its output when something is added, but evhttp lets it write only afterwards. */
static void on_added(struct evbuffer *output, const struct evbuffer_cb_info *change, void *context)
{
    (void)output;
    struct guarded *guarded = context;
    assert(guarded->magic == GUARDED_MAGIC);
    if (change->n_added)
        event_active(guarded->answered, EV_WRITE, 0);
}

static void on_answered(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what;
    struct guarded *guarded = context;
    assert(guarded->magic == GUARDED_MAGIC);
    bufferevent_flush(guarded->filter, EV_WRITE, BEV_NORMAL);
}

static void on_deadline(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    struct guarded *guarded = context;
    assert(guarded->magic == GUARDED_MAGIC);
    bufferevent_trigger_event(guarded->filter, BEV_EVENT_READING | BEV_EVENT_EOF, BEV_OPT_DEFER_CALLBACKS);
}

static void guarded_free(void *context)
{
    struct guarded *guarded = context;
    assert(guarded->magic == GUARDED_MAGIC && guarded->guard->connections > 0);
    forget_bytes(guarded);
    guarded->guard->connections--;
    event_free(guarded->deadline);
    event_free(guarded->answered);
    guarded->magic = 0;
    free(guarded);
}

/* NULL without memory: nothing is left of it. */
static struct guarded *guarded_create(struct guard *guard, struct event_base *base)
{
    struct guarded *guarded = calloc(1, sizeof(*guarded));
    if (!guarded)
        return NULL;
    guarded->magic = GUARDED_MAGIC;
    guarded->guard = guard;
    guarded->socket = bufferevent_socket_new(base, -1, BEV_OPT_CLOSE_ON_FREE);
    guarded->deadline = evtimer_new(base, on_deadline, guarded);
    guarded->answered = event_new(base, -1, 0, on_answered, guarded);
    if (guarded->socket && guarded->deadline && guarded->answered)
        guarded->filter = bufferevent_filter_new(guarded->socket, on_input, on_output, BEV_OPT_CLOSE_ON_FREE,
                                                 guarded_free, guarded);
    if (guarded->filter) {
        /* Without memory for it, an answer waits for the deadline. */
        (void)evbuffer_add_cb(bufferevent_get_output(guarded->filter), on_added, guarded);
        return guarded;
    }
    if (guarded->socket)
        bufferevent_free(guarded->socket);
    if (guarded->deadline)
        event_free(guarded->deadline);
    if (guarded->answered)
        event_free(guarded->answered);
    free(guarded);
    return NULL;
}

/* evhttp's maker of connections. NULL is no refusal: evhttp would make an unguarded one. */
static struct bufferevent *on_connection(struct event_base *base, void *context)
{
    struct guard *guard = context;
    assert(guard->magic == GUARD_MAGIC);
    struct guarded *guarded = guarded_create(guard, base);
    if (!guarded)
        return NULL;
    guard->connections++;
    if (guard->connections > guard->limits.connections_max) {
        metrics_add(METRIC_WEBSUB_BUSY, 1);
        refuse(guarded, "503 Service Unavailable", "Retry-After: 60\r\n");
    } else {
        deadline_set(guarded, guard->limits.request_ms);
    }
    return guarded->filter;
}

struct guard *guard_create(struct event_base *base, struct evhttp *http, const struct guard_limits *limits)
{
    struct guard *guard = calloc(1, sizeof(*guard));
    if (!guard)
        return NULL;
    guard->magic = GUARD_MAGIC;
    guard->base = base;
    guard->limits = *limits;
    evhttp_set_bevcb(http, on_connection, guard);
    return guard;
}

void guard_destroy(struct guard **ret_guard)
{
    if (!*ret_guard)
        return;
    assert((*ret_guard)->magic == GUARD_MAGIC && (*ret_guard)->connections == 0);
    (*ret_guard)->magic = 0;
    free(*ret_guard);
    *ret_guard = NULL;
}
