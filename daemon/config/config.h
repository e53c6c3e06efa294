/* config: everything the operator may set, read from a file and its drop-ins.
 *
 * systemd-style INI: [section], key = value, '#' or ';' comments, later files and lines win, an empty value
 * resets. One option table (options.c) gives parser, checks, defaults, --help, the sample file and
 * newsd.conf(5). Everything in [kafka] is handed to librdkafka as it is. Durations: "90s" "5min" "2h" "1d";
 * sizes: "512K" "16M" "8G"; booleans: yes/no/true/false/on/off. */
#ifndef NEWSD_DAEMON_CONFIG_CONFIG_H
#define NEWSD_DAEMON_CONFIG_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buffer.h"
#include "base/error.h"
#include "feeds/poll/feed_state.h"
#include "processors/record/record.h"
#include "processors/stage_setting.h"

struct config_property { /* of librdkafka */
    char *name, *value;
    char *file;
    unsigned line;
    bool secret; /* never shown */
};

struct config_topic {
    char *name; /* full name with prefix, NULL = switched off */
    int32_t partitions;
    int64_t retention_ms; /* -1 = for ever, 0 = the broker's default */
    bool compact;
};

struct config {
    char *file; /* main file, NULL = none was there */
    /* [newsd] */
    char *instance;        /* default: "newsd" */
    char *state_directory; /* /var/lib/newsd, or $STATE_DIRECTORY */
    char *feeds_directory; /* feeds.d beside the config file */
    char *contact;         /* URL or mail address for the User-Agent */
    int32_t workers;       /* 0 = one per processor */
    /* [poll] */
    int64_t interval_min_ms, interval_max_ms, interval_default_ms, hint_max_ms;
    int32_t transfers_max;
    int32_t host_transfers_max;
    int64_t host_gap_ms;
    char *host_gaps; /* HOST=DURATION ... */
    int64_t connect_timeout_ms, timeout_ms;
    int64_t body_bytes_max;
    int64_t entries_max;
    int32_t redirects_max;
    int32_t failing_after;
    bool allow_private_addresses;
    bool jitter;
    char *ca_file;
    enum backfill_policy backfill;
    int64_t backfill_value;
    /* [websub] */
    char *websub_listen;   /* ADDRESS:PORT; NULL = off */
    char *websub_callback; /* public base URL of what listens there */
    int64_t websub_lease_ms, websub_audit_ms, websub_grace_ms;
    int64_t websub_body_bytes_max;
    /* [pages] */
    enum page_policy pages;
    bool pages_robots;
    int64_t page_bytes_max;
    char *pages_revisit;           /* DURATION ...; NULL = off */
    char *sites_directory;         /* sites.d beside the config file */
    struct site_rules *site_rules; /* read from there, NULL = none */
    /* [process] */
    int64_t article_budget_ms, article_bytes_max;
    int32_t parse_beam;           /* ways that the parser keeps */
    int32_t event_confidence_min; /* in 100 */
    int32_t attempts_max;         /* poison rule, default 3 */
    char *data_directory;
    /* [stages] */
    struct stage_setting stages[STAGES_MAX];
    /* [store] */
    int64_t database_bytes_max;
    int64_t outbox_high, outbox_hard; /* rows: page fetches and polls slow down / stop */
    int64_t intake_high;
    int64_t seen_keep_ms, article_keep_ms;
    bool synchronous;
    /* [kafka] */
    struct config_property *kafka;
    size_t kafka_count;
    /* [topics] */
    struct config_topic topics[TOPIC_COUNT];
    bool topics_create;
    int32_t topics_replication; /* -1 = the broker's default */
    bool headers_structured;    /* CloudEvents structured content mode instead of binary */
    /* [log] */
    char *log_target;  /* auto, journal, logfmt, json */
    int32_t log_level; /* syslog severity 3..7 */
    int64_t summary_interval_ms;
    /* [admin] */
    char *admin_listen; /* path of a UNIX socket, or ADDRESS:PORT on loopback; NULL = off */
};

/* One problem found while reading; `file` may be NULL, `line` 0. */
struct config_problem {
    const char *file;
    unsigned line;
    const char *text; /* what is wrong and what would be right */
    bool warning;     /* newsd runs and reloads all the same, without what is wrong */
};
typedef void config_report(void *context, const struct config_problem *problem);

enum { CONFIG_PROBLEM_BYTES = 4096 + ERROR_TEXT_BYTES };
/* "FILE:LINE: warning: TEXT", without what is not known. Returns `text`. */
const char *config_problem_text(const struct config_problem *problem, char text[CONFIG_PROBLEM_BYTES]);
/* A config_report for command-line tools; context is not used. */
void config_report_stderr(void *context, const struct config_problem *problem);

/* Reads `path` (NULL = /etc/newsd/newsd.conf, which may be absent) and its drop-ins PATH.d/ *.conf in order
 * of name. Every problem is reported; 0, or ERR_CONFIG when there was any, or -ENOMEM, with *ret_config
 * NULL. */
int config_load(const char *path, config_report *report, void *context, struct config **ret_config);
/* All defaults, as if every file were empty. NULL without memory. */
struct config *config_default(void);
/* Sets one option as if it stood in a file (`--set section.key=value`, demo, tests). 0 or ERR_CONFIG. */
int config_set(struct config *config, const char *section, const char *key, const char *value,
               struct error *error);
void config_free(struct config **config);

/* One line per option whose value differs, "section.key: old -> new"; secrets as "(secret)". Options that
 * take effect only after a restart are marked " (needs a restart)". Number of differences. */
size_t config_diff(const struct config *before, const struct config *after,
                   void (*line)(void *context, const char *text), void *context);

/* The effective configuration in the file's own syntax, secrets hidden (`newsd check --dump`). */
int config_dump(const struct config *config, struct buffer *buffer);

#endif
