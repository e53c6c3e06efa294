/* store_feeds: the jobs about feeds as a whole: which there are, and the state of each. */
#ifndef NEWSD_DAEMON_STORE_STORE_FEEDS_H
#define NEWSD_DAEMON_STORE_STORE_FEEDS_H

#include <stddef.h>

#include "base/must_use.h"
#include "daemon/store/store.h"
#include "feeds/poll/feed_state.h"

struct record;

/* Before store_start(), on the calling thread: every feed, in order of rowid. The visitor copies what it
 * keeps. */
_must_use_ int store_load_feeds(struct store *store,
                                void (*visit)(void *context, const struct feed_state *state), void *context,
                                struct error *error);

/* Adds feeds (rowid 0 becomes the new number) and removes others, with all that belongs to the removed. */
struct store_feeds {
    struct store_job base;
    struct feed_state **add;
    size_t add_count;
    const int64_t *remove;
    size_t remove_count;
    const struct record *records; /* news.feeds records about the removed, in the same transaction */
    size_t record_count;
};
void store_submit_feeds(struct store *store, struct store_feeds *job);

/* Writes the states of feeds whose poll brought no document (304, failures): one row each. */
struct store_states {
    struct store_job base;
    const struct feed_state *states; /* copies, owned by the submitter */
    size_t count;
    const struct record *records; /* news.feeds records to send with them, in the same transaction */
    size_t record_count;
};
void store_submit_states(struct store *store, struct store_states *job);

#endif
