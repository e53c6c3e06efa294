/* admin: the daemon's small HTTP side door on a UNIX socket or on loopback. Loop thread.
 *
 * GET /metrics (Prometheus text), GET /status (JSON), GET /healthz (200 or 503 with the reason), POST /retry
 * (a reject record). libevent's evhttp with its limits set: it has none of its own (header 8 KiB, body 8 MiB,
 * 5 s). */
#ifndef NEWSD_DAEMON_WATCH_ADMIN_H
#define NEWSD_DAEMON_WATCH_ADMIN_H

#include "base/buffer.h"
#include "base/error.h"
#include "base/str.h"

struct event_base;
struct admin;

struct admin_hooks {
    int (*status)(void *context, struct buffer *json);
    int (*health)(void *context, struct buffer *text); /* 0 = healthy, else `text` says why not */
    /* Answers later through answer(token, ...), exactly once; or returns an error and does not. */
    int (*retry)(void *context, struct str body, void (*answer)(void *token, int error, const char *text),
                 void *token);
    void *context;
};

/* Whether admin_create() could listen there, as far as that can be told without doing it: the form, loopback,
 * a folder for the socket (RuntimeDirectory= makes it for the service). 0, or ERR_CONFIG with the words. */
int admin_check(const char *listen, struct error *error);

/* `listen`: a path, or ADDRESS:PORT where the address is loopback; anything else is refused with ERR_CONFIG.
 */
int admin_create(struct admin **ret_admin, struct event_base *base, const char *listen,
                 const struct admin_hooks *hooks, struct error *error);
void admin_destroy(struct admin **admin);

#endif
