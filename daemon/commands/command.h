/* command: the command line's commands, one file each (command_NAME.c); main.c lists them.
 * Each gets argv beginning with its own name and returns an exit code of <sysexits.h>. */
#ifndef NEWSD_DAEMON_COMMANDS_COMMAND_H
#define NEWSD_DAEMON_COMMANDS_COMMAND_H

struct command {
    const char *name;
    const char *arguments; /* "[-c FILE]" */
    const char *summary;   /* one line */
    int (*run)(int argc, char **argv);
};

extern const struct command command_explain, command_language, command_run, command_check, command_demo,
    command_feed, command_extract, command_page, command_feeds, command_status, command_tail, command_retry;

#endif
