/* command: the command line's commands, one file each; command_table.h lists them.
 * Each gets argv beginning with its own name and returns an exit code of <sysexits.h>. */
#ifndef NEWSD_DAEMON_COMMANDS_COMMAND_H
#define NEWSD_DAEMON_COMMANDS_COMMAND_H

#include <stdbool.h>
#include <stddef.h>

struct command {
    const char *name;
    const char *arguments; /* "[-c FILE]": help, completion and "did you mean" read their words off it */
    const char *summary;   /* one line */
    int (*run)(int argc, char **argv);
};

extern const struct command command_explain, command_language, command_run, command_check, command_demo,
    command_feed, command_extract, command_page, command_feeds, command_status, command_tail, command_retry;

enum { COMMAND_WORDS_MAX = 32, COMMAND_WORD_BYTES = 32 };

struct command_words {
    char text[COMMAND_WORDS_MAX][COMMAND_WORD_BYTES];
    const char *words[COMMAND_WORDS_MAX];
    size_t count;
};

/* The long options of a command ("--json"), or its verbs ("list", "add"), in the order of the help. */
void command_options(const struct command *command, struct command_words *ret_options);
void command_verbs(const struct command *command, struct command_words *ret_verbs);

/* After a command refused its words: prints what a misspelt option or verb may have been, if any is near.
 * argv[first] is the first word that is no option. */
void command_say_misspelt(const struct command *command, int argc, char *const *argv, int first);

#endif
