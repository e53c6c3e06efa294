/* date_option: the day of publication that a command is given, for the times that a text means by it. */
#ifndef NEWSD_DAEMON_COMMANDS_DATE_OPTION_H
#define NEWSD_DAEMON_COMMANDS_DATE_OPTION_H

#include "base/arena.h"
#include "base/error.h"
#include "base/must_use.h"
#include "base/str.h"

/* The moment in ms since 1970 of "YYYY-MM-DD" (its midnight in UTC) or of RFC 3339. 0; ERR_CONFIG when the
 * text is neither, -ENOMEM when the arena is full, with *error filled. */
_must_use_ int date_option_read(struct arena *arena, struct str text, int64_t *ret_ms, struct error *error);

#endif
