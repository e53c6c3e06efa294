/* feed_report: a change of a feed's status, as a line in the log and as a record on news.feeds. */
#ifndef NEWSD_DAEMON_POLLING_FEED_REPORT_H
#define NEWSD_DAEMON_POLLING_FEED_REPORT_H

#include <stdbool.h>

#include "base/arena.h"
#include "feeds/poll/feed_state.h"
#include "feeds/poll/poll_rules.h"
#include "processors/record/record.h"

/* The word that stands in the record: "recovered" for ok after failing or gone, "moved" for an adopted
 * redirect, else the status's own name. */
const char *feed_report_word(const struct feed_state *state, const struct poll_change *change);

/* True when the change is worth a line and a record. */
bool feed_report_due(const struct poll_change *change);

/* Makes the record in the arena; pure, any thread. 0, -ENOMEM, ERR_RECORD. */
int feed_report_record(struct arena *arena, const struct feed_state *state, const struct poll_change *change,
                       int64_t now_ms, struct record *ret_record);

/* The record of a feed taken off the list. */
int feed_report_removed(struct arena *arena, const struct feed_state *state, int64_t now_ms,
                        struct record *ret_record);

/* Writes the line. `words` are libcurl's or the parser's own, may be NULL. Loop thread. */
void feed_report_log(const struct feed_state *state, const struct poll_change *change, const char *words);

#endif
