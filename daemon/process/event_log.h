/* event_log: what libevent has to say, in the daemon's own log instead of as bare lines on standard error. */
#ifndef NEWSD_DAEMON_PROCESS_EVENT_LOG_H
#define NEWSD_DAEMON_PROCESS_EVENT_LOG_H

/* Before the first event base. libevent's warnings become warnings without a kind, its errors errors, once a
 * minute each. One of them is of no concern to anybody and goes to the debug level: that a filter (guard.h)
 * holds the last reference to its socket. */
void event_log_setup(void);

#endif
