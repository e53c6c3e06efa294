/* ini: systemd-style files: [section], key = value, whole-line comments with '#' or ';'. Any thread. */
#ifndef NEWSD_DAEMON_CONFIG_INI_H
#define NEWSD_DAEMON_CONFIG_INI_H

#include "base/error.h"

/* Called for every assignment, in order; strings live until it returns. `value` is trimmed and may be empty.
 */
typedef void ini_assign(void *context, unsigned line, const char *section, const char *key,
                        const char *value);
/* Called for a line that is neither comment, section nor assignment. */
typedef void ini_fault(void *context, unsigned line, const char *text);

/* Reads a whole file. 0, or a negative errno when it cannot be read. */
int ini_read(const char *path, ini_assign *assign, ini_fault *fault, void *context);

#endif
