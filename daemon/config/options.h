/* options: the one table of all options. Parser, checks, defaults, the dump, the sample file, `newsd options`
 * and the manual's section all come from it. */
#ifndef NEWSD_DAEMON_CONFIG_OPTIONS_H
#define NEWSD_DAEMON_CONFIG_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buffer.h"
#include "base/error.h"
#include "daemon/config/config.h"
#include "feeds/poll/host.h"

enum option_type {
    OPTION_STRING,    /* char * */
    OPTION_PATH,      /* char *, absolute or relative to the file's folder */
    OPTION_NUMBER,    /* int32_t */
    OPTION_COUNT,     /* int64_t */
    OPTION_SIZE,      /* int64_t bytes: 512K 16M 8G */
    OPTION_DURATION,  /* int64_t milliseconds: 500ms 90s 5min 2h 1d */
    OPTION_BOOLEAN,   /* bool */
    OPTION_PAGES,     /* enum page_policy */
    OPTION_HOST_GAPS, /* HOST=DURATION, separated by spaces or commas; kept as text */
    OPTION_DELAYS,    /* durations in ascending order, separated by spaces or commas; kept as text */
    OPTION_BACKFILL,  /* skip | newest:N | all | since:DATE */
    OPTION_LOG_LEVEL, /* error warning notice info debug */
    OPTION_LOG_TARGET,
    OPTION_TOPIC, /* name without prefix, or off */
};

struct option_entry {
    const char *section, *key;
    enum option_type type;
    size_t offset;        /* into struct config */
    const char *fallback; /* the default, written as in a file */
    long long min, max;   /* of numbers, in the field's own unit; both 0 = any */
    bool reloadable;
    const char *help;
};

extern const struct option_entry option_table[];
extern const size_t option_count;

/* "newsd, poll, ..., kafka": every section once, in the order of the table. Returns `text`. */
const char *option_sections(char *text, size_t size);

const struct option_entry *option_find(const char *section, const char *key);
/* The known option (or section) nearest to a misspelt one, or NULL when none is near. */
const struct option_entry *option_nearest(const char *section, const char *key);
bool option_section_known(const char *section);

/* Sets the field from text. 0, or ERR_CONFIG with what is allowed in *error. */
int option_set(struct config *config, const struct option_entry *option, const char *value,
               struct error *error);
/* The field's value as it would be written in a file. */
int option_print(const struct config *config, const struct option_entry *option, struct buffer *buffer);

/* The table as mdoc (for newsd.conf(5)), as a commented sample file, and for --help. */
int options_manual(struct buffer *buffer);
int options_sample(struct buffer *buffer);
int options_help(struct buffer *buffer);

/* The gaps of an OPTION_HOST_GAPS (NULL = none) in their order. 0, or ERR_CONFIG with the words. */
int option_host_gaps(const char *text, struct host_policy *policy, struct error *error);

/* Times after an event at which something is done again. */
enum { OPTION_DELAYS_MAX = 8 };
struct option_delays {
    int64_t ms[OPTION_DELAYS_MAX]; /* ascending */
    size_t count;
};
/* The durations of an OPTION_DELAYS (NULL = none). 0, or ERR_CONFIG with the words. */
int option_delays(const char *text, struct option_delays *ret_delays, struct error *error);

/* Reads "500ms", "90s", "5min", "2h" or "1d"; a number alone counts as seconds. */
bool option_duration(const char *text, int64_t *ret_ms);

#endif
