/* completion: `newsd completion`: what a shell offers behind the Tab key, from the words of the help. */
#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "daemon/commands/command.h"

static void print_words(const struct command_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        printf("%s ", words->words[i]);
}

static void print_names(void)
{
    for (size_t i = 0; i < command_count; i++)
        printf("%s ", command_table[i]->name);
}

/* One branch of a `case` for each command. */
static void print_branches(const char *before, const char *behind)
{
    for (size_t i = 0; i < command_count; i++) {
        struct command_words verbs, options;
        command_verbs(command_table[i], &verbs);
        command_options(command_table[i], &options);
        printf("    %s) %s", command_table[i]->name, before);
        print_words(&verbs);
        print_words(&options);
        printf("%s ;;\n", behind);
    }
    printf("    help) %s", before);
    print_names();
    printf("%s ;;\n", behind);
}

static void print_bash(void)
{
    printf("# bash completion of newsd; made by: newsd completion bash\n_newsd() {\n"
           "    local words=\n    case ${COMP_WORDS[1]} in\n");
    print_branches("words='", "'");
    printf("    esac\n    [ \"$COMP_CWORD\" != 1 ] || words='");
    print_names();
    printf("help options --help --version'\n"
           "    mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"${COMP_WORDS[COMP_CWORD]}\")\n}\n"
           "complete -o default -F _newsd newsd\n");
}

/* Within '...' of a shell. */
static void print_quoted(const char *text)
{
    for (; *text; text++)
        printf(*text == '\'' ? "'\\''" : "%c", *text);
}

static void print_zsh(void)
{
    printf("#compdef newsd\n# made by: newsd completion zsh\n_newsd() {\n    local -a commands\n"
           "    commands=(\n");
    for (size_t i = 0; i < command_count; i++) {
        printf("        '%s:", command_table[i]->name);
        print_quoted(command_table[i]->summary);
        printf("'\n");
    }
    printf("        'help:one command'\n        'options:every option of the configuration file'\n    )\n"
           "    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
           "    case $words[2] in\n");
    print_branches("compadd -- ", "");
    printf("    esac\n    _files\n}\n"
           "if [ \"$funcstack[1]\" = _newsd ]; then _newsd \"$@\"; else compdef _newsd newsd; fi\n");
}

static int run(int argc, char **argv)
{
    bool bash = argc == 2 && !strcmp(argv[1], "bash"), zsh = argc == 2 && !strcmp(argv[1], "zsh");
    if (bash)
        print_bash();
    else if (zsh)
        print_zsh();
    return bash || zsh ? EX_OK : EX_USAGE;
}

const struct command command_completion = {
    .name = "completion",
    .arguments = "bash | zsh",
    .summary = "print what makes a shell complete newsd's commands and options",
    .run = run,
};
