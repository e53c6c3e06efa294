/* feed_list: the operator's feed lists: every *.opml and *.txt of the feeds directory, as one list.
 *
 * Text: one feed per line, `URL [key=value]...`, '#' comments; keys: title, category, site (the address for
 * people), pages=never|auto|always, interval=DURATION, certificate=unchecked. A value may stand in "", and a
 * quote within is doubled. OPML outlines as opml.h reads them, with the last three keys as settings. The same
 * URL twice is a problem, the first one counts. */
#ifndef NEWSD_DAEMON_CONFIG_FEED_LIST_H
#define NEWSD_DAEMON_CONFIG_FEED_LIST_H

#include "base/arena.h"
#include "base/buffer.h"
#include "daemon/config/config.h"

struct feed_list_entry {
    struct str url, title, category, site;
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
/* The entry as a line of a text list, and the settings of an OPML outline (empty when it has none of its
 * own). What a line cannot hold, as a line's end within a title, is a blank there. */
void feed_list_write_line(struct buffer *buffer, const struct feed_list_entry *entry);
void feed_list_write_settings(struct buffer *buffer, const struct feed_list_entry *entry);
/* Reads such settings into the entry; what is wrong with them is reported. */
void feed_list_read_settings(struct arena *arena, struct str settings, struct feed_list_entry *entry,
                             config_report *report, void *context);

void feed_list_free(struct feed_list **list);

#endif
