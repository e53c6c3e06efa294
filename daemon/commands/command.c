/* command: what is read off a command's help. */
#include "daemon/commands/command.h"

#include <stdio.h>
#include <string.h>

#include "base/nearest.h"

static size_t letters(const char *text)
{
    return strspn(text, "abcdefghijklmnopqrstuvwxyz-");
}

static void add_word(struct command_words *words, const char *word, size_t len)
{
    if (words->count == COMMAND_WORDS_MAX || len >= COMMAND_WORD_BYTES)
        return;
    (void)snprintf(words->text[words->count], COMMAND_WORD_BYTES, "%.*s", (int)len, word);
    words->words[words->count] = words->text[words->count];
    words->count++;
}

void command_options(const struct command *command, struct command_words *ret_options)
{
    ret_options->count = 0;
    if (strstr(command->arguments, "-c FILE"))
        add_word(ret_options, "--config", strlen("--config"));
    for (const char *at = strstr(command->arguments, "--"); at; at = strstr(at + letters(at), "--"))
        add_word(ret_options, at, letters(at));
    add_word(ret_options, "--help", strlen("--help"));
}

/* A verb begins the arguments or an alternative of them: "[-c FILE] list | add [--unchecked] URL". */
void command_verbs(const struct command *command, struct command_words *ret_verbs)
{
    bool begins = true;
    int depth = 0;
    ret_verbs->count = 0;
    for (const char *at = command->arguments; *at; at++) {
        size_t len = letters(at);
        if (depth == 0 && begins && len > 1 && *at != '-')
            add_word(ret_verbs, at, len);
        depth += (*at == '[') - (*at == ']');
        begins = *at == ']' || *at == '|' || (begins && *at == ' ');
        at += len > 1 ? len - 1 : 0;
    }
}

/* getopt_long() takes the beginning of an option for all of it. */
static bool is_known(const struct command_words *known, const char *word, size_t len)
{
    for (size_t i = 0; i < known->count; i++)
        if (!strncmp(known->words[i], word, len))
            return true;
    return false;
}

static void say_near(const struct command_words *known, const char *word)
{
    const char *near = nearest_word(known->words, known->count, word);
    if (near)
        fprintf(stderr, "did you mean '%s'?\n", near);
}

void command_say_misspelt(const struct command *command, int argc, char *const *argv, int first)
{
    struct command_words options, verbs;
    command_options(command, &options);
    command_verbs(command, &verbs);
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++) {
        char word[COMMAND_WORD_BYTES];
        size_t len = strcspn(argv[i], "=");
        if (strncmp(argv[i], "--", 2) || len >= sizeof(word) || is_known(&options, argv[i], len))
            continue;
        (void)snprintf(word, sizeof(word), "%.*s", (int)len, argv[i]);
        say_near(&options, word);
        return;
    }
    if (first < argc && argv[first][0] != '-' && !is_known(&verbs, argv[first], strlen(argv[first]) + 1))
        say_near(&verbs, argv[first]);
}
