/* log: the daemon's one voice. Any thread. Only daemon/ logs.
 *
 *     log_write(LOG_KIND_FEED_FAILING, 4, url, LOG_FIELDS({"FEED", url}, {"HTTP_STATUS", "503"}),
 *               "feed %s fails: %s", url, text);
 *
 * Under systemd ($JOURNAL_STREAM is our standard error) lines go to journald with fields NEWSD_FEED,
 * NEWSD_HOST, NEWSD_STAGE, NEWSD_ERROR ... and a MESSAGE_ID per kind; else as logfmt or JSON lines to
 * standard error. The same kind about the same subject is written at most once a minute; the next line says
 * how many were left out. */
#ifndef NEWSD_DAEMON_PROCESS_LOG_H
#define NEWSD_DAEMON_PROCESS_LOG_H

#include <stddef.h>

enum log_target { LOG_TARGET_AUTO, LOG_TARGET_JOURNAL, LOG_TARGET_LOGFMT, LOG_TARGET_JSON };

/* Every kind of message that an operator may want to match: see log.c for its MESSAGE_ID, severity and
 * meaning. */
enum log_kind {
    LOG_KIND_OTHER, /* no message id */
    LOG_KIND_START,
    LOG_KIND_READY,
    LOG_KIND_STOPPING,
    LOG_KIND_STOPPED,
    LOG_KIND_SUMMARY,
    LOG_KIND_RELOAD,
    LOG_KIND_RELOAD_FAILED,
    LOG_KIND_CONFIG_CHANGE,
    LOG_KIND_CONFIG_PROBLEM,
    LOG_KIND_FEED_ADDED,
    LOG_KIND_FEED_REMOVED,
    LOG_KIND_FEED_FAILING,
    LOG_KIND_FEED_RECOVERED,
    LOG_KIND_FEED_SILENT,
    LOG_KIND_FEED_MOVED,
    LOG_KIND_FEED_GONE,
    LOG_KIND_FEED_SET_ASIDE,
    LOG_KIND_FEED_GAP,
    LOG_KIND_HOST_PAUSED,
    LOG_KIND_WEBSUB_SUBSCRIBED,
    LOG_KIND_WEBSUB_DENIED,
    LOG_KIND_WEBSUB_DEMOTED,
    LOG_KIND_BROKER_AWAY,
    LOG_KIND_BROKER_BACK,
    LOG_KIND_PRODUCER_REBUILT,
    LOG_KIND_RECONCILED,
    LOG_KIND_TOPIC_CREATED,
    LOG_KIND_TOPIC_PROBLEM,
    LOG_KIND_BACK_PRESSURE,
    LOG_KIND_BACK_PRESSURE_OVER,
    LOG_KIND_STORE_FULL,
    LOG_KIND_STORE_SPACE,
    LOG_KIND_STORE_CHECK,
    LOG_KIND_REJECT,
    LOG_KIND_PAGE_GONE,
    LOG_KIND_COUNT
};

/* severity: syslog's LOG_ERR 3, LOG_WARNING 4, LOG_NOTICE 5, LOG_INFO 6, LOG_DEBUG 7 (<syslog.h>). */
struct log_field {
    const char *name;  /* "FEED", "HOST", "STAGE", "ERROR", "URL" ...; written as NEWSD_FEED or feed= */
    const char *value; /* NULL = left out */
};

void log_setup(enum log_target target, int level);
void log_set_level(int level);

/* `subject` (may be NULL) is what repeats are counted by: a feed's URL, a host. `fields` ends with a NULL
 * name; may be NULL. */
void log_write(enum log_kind kind, int severity, const char *subject, const struct log_field *fields,
               const char *format, ...) __attribute__((format(printf, 5, 6)));

#define LOG_FIELDS(...) ((const struct log_field[]){__VA_ARGS__, {NULL, NULL}})

/* Short forms without kind. */
#define log_error(...) log_write(LOG_KIND_OTHER, 3, NULL, NULL, __VA_ARGS__)
#define log_warning(...) log_write(LOG_KIND_OTHER, 4, NULL, NULL, __VA_ARGS__)
#define log_notice(...) log_write(LOG_KIND_OTHER, 5, NULL, NULL, __VA_ARGS__)
#define log_info(...) log_write(LOG_KIND_OTHER, 6, NULL, NULL, __VA_ARGS__)
#define log_debug(...) log_write(LOG_KIND_OTHER, 7, NULL, NULL, __VA_ARGS__)

/* Written and left out by the rate limit since start. */
void log_counts(size_t *ret_written, size_t *ret_suppressed);

#endif
