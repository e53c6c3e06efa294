/* input: what a command reads: a file, or standard input. */
#ifndef NEWSD_DAEMON_COMMANDS_INPUT_H
#define NEWSD_DAEMON_COMMANDS_INPUT_H

#include "base/buffer.h"

/* Appends all bytes of the file, "-" = standard input. 0 or -errno. */
int input_read(const char *path, struct buffer *out);

#endif
