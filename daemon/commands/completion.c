/* completion: `newsd completion`: what a shell offers behind the Tab key, from the words of the help. */
#include "daemon/commands/completion.h"

#include <stdio.h>
#include <string.h>

struct commands {
    const struct command *const *table;
    size_t count;
};

static void print_words(const struct command_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        printf("%s ", words->words[i]);
}

static void print_names(const struct commands *all)
{
    for (size_t i = 0; i < all->count; i++)
        printf("%s ", all->table[i]->name);
}

/* One branch of a `case` for each command. */
static void print_branches(const struct commands *all, const char *before, const char *behind)
{
    for (size_t i = 0; i < all->count; i++) {
        struct command_words verbs, options;
        command_verbs(all->table[i], &verbs);
        command_options(all->table[i], &options);
        printf("    %s) %s", all->table[i]->name, before);
        print_words(&verbs);
        print_words(&options);
        printf("%s ;;\n", behind);
    }
    printf("    help) %s", before);
    print_names(all);
    printf("%s ;;\n", behind);
}

static void print_bash(const struct commands *all)
{
    printf("# bash completion of newsd; made by: newsd completion bash\n_newsd() {\n"
           "    local words=\n    case ${COMP_WORDS[1]} in\n");
    print_branches(all, "words='", "'");
    printf("    esac\n    [ \"$COMP_CWORD\" != 1 ] || words='");
    print_names(all);
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

static void print_zsh(const struct commands *all)
{
    printf("#compdef newsd\n# made by: newsd completion zsh\n_newsd() {\n    local -a commands\n"
           "    commands=(\n");
    for (size_t i = 0; i < all->count; i++) {
        printf("        '%s:", all->table[i]->name);
        print_quoted(all->table[i]->summary);
        printf("'\n");
    }
    printf("        'help:one command'\n        'options:every option of the configuration file'\n    )\n"
           "    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
           "    case $words[2] in\n");
    print_branches(all, "compadd -- ", "");
    printf("    esac\n    _files\n}\n"
           "if [ \"$funcstack[1]\" = _newsd ]; then _newsd \"$@\"; else compdef _newsd newsd; fi\n");
}

bool completion_print(const char *shell, const struct command *const *commands, size_t count)
{
    struct commands all = {commands, count};
    bool bash = !strcmp(shell, "bash"), zsh = !strcmp(shell, "zsh");
    if (bash)
        print_bash(&all);
    else if (zsh)
        print_zsh(&all);
    return bash || zsh;
}
