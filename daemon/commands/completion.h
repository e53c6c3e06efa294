/* completion: `newsd completion`: what a shell offers behind the Tab key. */
#ifndef NEWSD_DAEMON_COMMANDS_COMPLETION_H
#define NEWSD_DAEMON_COMMANDS_COMPLETION_H

#include "daemon/commands/command.h"

/* Prints the completion of these commands for "bash" or "zsh"; false, and nothing, for another shell. */
bool completion_print(const char *shell, const struct command *const *commands, size_t count);

#endif
