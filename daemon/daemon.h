/* daemon: the parts of newsd put together: store, workers, transfers, poller, article desk, publisher, admin
 * socket. `newsd run` and `newsd demo` both run exactly this. Loop thread only.
 *
 *     daemon_create(&daemon, base, config, list, &error);     opens the state; takes config and list over
 *     daemon_start(daemon, &error);
 *     event_base_dispatch(base);
 *     ... daemon_stop(daemon, on_stopped, context) drains and calls back, within DAEMON_STOP_MS ...
 *     daemon_destroy(&daemon); */
#ifndef NEWSD_DAEMON_DAEMON_H
#define NEWSD_DAEMON_DAEMON_H

#include "base/error.h"
#include "daemon/config/config.h"
#include "daemon/config/feed_list.h"
#include "daemon/watch/watch.h"

struct event_base;
struct daemon;

enum { DAEMON_STOP_MS = 8000 }; /* below the service's promise of 10 s */

/* On failure *config and *list stay the caller's; else they are taken over and set NULL. */
int daemon_create(struct daemon **ret_daemon, struct event_base *base, struct config **config,
                  struct feed_list **list, struct error *error);
int daemon_start(struct daemon *daemon, struct error *error);
/* New configuration and list, both taken over. What cannot change in a running process is said in the log. */
void daemon_reload(struct daemon *daemon, struct config **config, struct feed_list **list);
void daemon_stop(struct daemon *daemon, void (*stopped)(void *context), void *context);
void daemon_destroy(struct daemon **daemon);

/* For status lines and the watchdog. */
const struct watch_parts *daemon_parts(const struct daemon *daemon);
const struct watch_window *daemon_window(const struct daemon *daemon);

#endif
