/* service: what systemd is told. Without systemd (no $NOTIFY_SOCKET) every call does nothing. Loop thread. */
#ifndef NEWSD_DAEMON_PROCESS_SERVICE_H
#define NEWSD_DAEMON_PROCESS_SERVICE_H

#include <stdint.h>

void service_ready(void);
void service_reloading(void);
void service_stopping(void);
/* The line that `systemctl status` shows. */
void service_status(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Interval within which the watchdog wants a ping, 0 = there is none. */
int64_t service_watchdog_interval_ms(void);
void service_watchdog_ping(void);

#endif
