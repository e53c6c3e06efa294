/* command_table: stands above all commands. What a shell completes is read off the table too, which is handed
 * down for it. */
#include "daemon/commands/command_table.h"

#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "base/nearest.h"
#include "daemon/commands/completion.h"

static int run_completion(int argc, char **argv)
{
    return argc == 2 && completion_print(argv[1], command_table, command_count) ? EX_OK : EX_USAGE;
}

static const struct command command_completion = {
    .name = "completion",
    .arguments = "bash | zsh",
    .summary = "print what makes a shell complete newsd's commands and options",
    .run = run_completion,
};

const struct command *const command_table[] = {
    &command_run,  &command_check,    &command_demo,       &command_feed,  &command_extract,
    &command_page, &command_language, &command_explain,    &command_feeds, &command_status,
    &command_tail, &command_retry,    &command_completion,
};
const size_t command_count = sizeof(command_table) / sizeof(command_table[0]);

const struct command *command_find(const char *name)
{
    for (size_t i = 0; i < command_count; i++)
        if (!strcmp(command_table[i]->name, name))
            return command_table[i];
    return NULL;
}

void command_say_unknown(const char *name)
{
    const char *names[COMMAND_WORDS_MAX];
    size_t count = 0;
    for (; count < command_count && count < COMMAND_WORDS_MAX; count++)
        names[count] = command_table[count]->name;
    const char *near = nearest_word(names, count, name);
    fprintf(stderr, "newsd: there is no command '%s'", name);
    if (near)
        fprintf(stderr, "; did you mean '%s'?", near);
    fprintf(stderr, "\nnewsd --help lists the commands\n");
}
