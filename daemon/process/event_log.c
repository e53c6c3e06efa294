/* event_log: libevent's messages on their way to the log. */
#include "daemon/process/event_log.h"

#include <event2/event.h>
#include <string.h>
#include <syslog.h>

#include "daemon/process/log.h"

static int severity_of(int libevents)
{
    switch (libevents) {
    case EVENT_LOG_ERR:
        return LOG_ERR;
    case EVENT_LOG_WARN:
        return LOG_WARNING;
    case EVENT_LOG_MSG:
        return LOG_INFO;
    default:
        return LOG_DEBUG;
    }
}

static void on_message(int libevents, const char *message)
{
    /* libevent 2.1 takes the reference that a filter was given for its own and says so of every connection;
     * the socket is closed and freed all the same. */
    static const char about_filters[] = "BEV_OPT_CLOSE_ON_FREE set on an bufferevent with too few references";
    int severity = strcmp(message, about_filters) ? severity_of(libevents) : LOG_DEBUG;
    log_write(LOG_KIND_OTHER, severity, message, NULL, "libevent: %s", message);
}

void event_log_setup(void)
{
    event_set_log_callback(on_message);
}
