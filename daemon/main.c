/* main: the command line's front door: global set-up, help, and the way to each command. */
#include <curl/curl.h>
#include <getopt.h>
#include <libxml/parser.h>
#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sysexits.h>

#include "daemon/commands/command_table.h"
#include "daemon/config/options.h"

static void usage(FILE *out)
{
    fprintf(out, "newsd turns live news feeds into structured records on Kafka.\n\nusage: newsd COMMAND "
                 "[ARGUMENT...]\n\n");
    for (size_t i = 0; i < command_count; i++)
        fprintf(out, "  %-10s %s\n", command_table[i]->name, command_table[i]->summary);
    fprintf(out, "\n  newsd help COMMAND     one command\n  newsd options          every option of the "
                 "configuration file, as a sample file\n"
                 "  newsd --version\n\nThe manual: newsd(8), newsd.conf(5), newsd-records(7).\n");
}

static int refuse(const char *name)
{
    command_say_unknown(name);
    return EX_USAGE;
}

static int help(const char *name)
{
    const struct command *command = command_find(name);
    _cleanup_buffer_ struct buffer text = {0};
    if (!command)
        return refuse(name);
    printf("usage: newsd %s %s\n\n%s\n\n", command->name, command->arguments, command->summary);
    if (command == &command_run && options_help(&text) == 0)
        printf("Options of the configuration file, with their defaults:\n%s\n", text.ptr);
    printf("newsd(8) says more.\n");
    return EX_OK;
}

static int print_options(int mdoc)
{
    _cleanup_buffer_ struct buffer text = {0};
    if (mdoc ? options_manual(&text) : options_sample(&text))
        return EX_OSERR;
    return fwrite(text.ptr, 1, text.len, stdout) == text.len ? EX_OK : EX_IOERR;
}

static void set_up(void)
{
    signal(SIGPIPE, SIG_IGN);
    umask(0027);
    /* Arenas of documents and articles come and go by the thousand: malloc keeps some memory for the next
     * instead of handing it back to the kernel, which would have to clear it again. More malloc arenas only
     * cost memory. */
    mallopt(M_ARENA_MAX, 2);
    mallopt(M_TRIM_THRESHOLD, 16 << 20);
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
    curl_global_init(CURL_GLOBAL_DEFAULT);
    xmlInitParser();
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        usage(stderr);
        return EX_USAGE;
    }
    const char *name = argv[1];
    if (!strcmp(name, "--help") || !strcmp(name, "-h") || (!strcmp(name, "help") && argc == 2)) {
        usage(stdout);
        return EX_OK;
    }
    if (!strcmp(name, "--version")) {
        printf("newsd %s\n", NEWSD_VERSION);
        return EX_OK;
    }
    if (!strcmp(name, "help"))
        return help(argv[2]);
    if (!strcmp(name, "options"))
        return print_options(argc > 2 && !strcmp(argv[2], "--mdoc"));
    const struct command *command = command_find(name);
    if (!command)
        return refuse(name);
    if (argc > 2 && !strcmp(argv[2], "--help"))
        return help(name);
    set_up();
    int status = command->run(argc - 1, argv + 1);
    if (status == EX_USAGE) {
        command_say_misspelt(command, argc - 1, argv + 1, optind);
        fprintf(stderr, "usage: newsd %s %s\n", command->name, command->arguments);
    }
    return status;
}
