/* command_table: all commands, in the order of the help. */
#ifndef NEWSD_DAEMON_COMMANDS_COMMAND_TABLE_H
#define NEWSD_DAEMON_COMMANDS_COMMAND_TABLE_H

#include "daemon/commands/command.h"

extern const struct command *const command_table[];
extern const size_t command_count;

/* The command of that name, or NULL. */
const struct command *command_find(const char *name);

/* Prints what a misspelt command may have been. */
void command_say_unknown(const char *name);
#endif
