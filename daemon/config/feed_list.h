/* feed_list: the operator's feed lists: every *.opml and *.txt of the feeds directory, as one list.
 *
 * Text: one feed per line, `URL [key=value]...`, '#' comments; keys: title, category,
 * pages=never|auto|always, interval=DURATION, certificate=unchecked. OPML outlines as opml.h reads them. The
 * same URL twice is a problem, the first one counts. */
#ifndef NEWSD_DAEMON_CONFIG_FEED_LIST_H
#define NEWSD_DAEMON_CONFIG_FEED_LIST_H

#include "base/arena.h"
#include "daemon/config/config.h"

struct feed_list_entry {
    struct str url, title, category;
    int page_policy;    /* enum page_policy, -1 = the config's */
    int32_t interval_s; /* 0 = adaptive */
    bool unchecked_certificate;
    const char *file;
    unsigned line;
};

struct feed_list {
    struct arena *arena;
    struct feed_list_entry *entries;
    size_t count;
};

/* Reads all lists. Problems are reported with file and line; 0, or ERR_CONFIG when a file cannot be read or
 * is broken as a whole, or -ENOMEM. Single bad lines, doubles and a folder that is not there are warnings:
 * they are passed over (*ret_problems counts everything). */
int feed_list_load(const char *directory, config_report *report, void *context, struct feed_list **ret_list,
                   size_t *ret_problems);
void feed_list_free(struct feed_list **list);

#endif
