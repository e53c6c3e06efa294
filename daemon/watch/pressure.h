/* pressure: back-pressure from Kafka and the disk to the pages and polls. Loop thread only.
 *
 * Outbox at its high mark: no pages. At its hard mark, with a full intake, or with a full disk: no polls
 * either, and no processing that would add to the outbox. Memory never absorbs an outage; disk does, up to
 * its marks. Each mark has a lower one (nine tenths) at which it is over, so that the state does not flicker.
 */
#ifndef NEWSD_DAEMON_WATCH_PRESSURE_H
#define NEWSD_DAEMON_WATCH_PRESSURE_H

#include <stdbool.h>

#include "daemon/config/config.h"
#include "daemon/store/store.h"

enum pressure_level { PRESSURE_NONE, PRESSURE_HIGH, PRESSURE_HARD };

struct pressure {
    enum pressure_level outbox;
    bool intake_full, store_full;
};

/* Looks at the store's counts; true when something changed (said in the log). */
bool pressure_update(struct pressure *pressure, const struct store *store, const struct config *config);

bool pressure_may_poll(const struct pressure *pressure);
bool pressure_may_fetch_pages(const struct pressure *pressure);
bool pressure_may_process(const struct pressure *pressure);

/* "none", or what holds newsd back in a few words: for status lines. */
const char *pressure_words(const struct pressure *pressure);

#endif
