/* feeds_check: `newsd feeds check`: every listed feed fetched once, with the daemon's manners, and a
 * table of how they are. */
#ifndef NEWSD_DAEMON_COMMANDS_FEEDS_CHECK_H
#define NEWSD_DAEMON_COMMANDS_FEEDS_CHECK_H

#include "daemon/config/config.h"
#include "daemon/config/feed_list.h"

/* Prints a line for each feed as it is done, progress on a terminal's standard error, and a summary. A
 * sysexits code: EX_OK when all are well, EX_DATAERR when some are not. */
int command_feeds_check(const struct config *config, const struct feed_list *feeds);

#endif
