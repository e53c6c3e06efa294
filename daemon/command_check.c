/* command_check: `newsd check`: everything that can be wrong before the daemon starts, with file and line. */
#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/command.h"
#include "daemon/config.h"
#include "daemon/feed_list.h"
#include "daemon/kafka/conf.h"
#include "daemon/store.h"

static void report(void *context, const struct config_problem *problem)
{
    size_t *problems = context;
    (*problems)++;
    if (problem->file && problem->line)
        fprintf(stderr, "%s:%u: %s\n", problem->file, problem->line, problem->text);
    else
        fprintf(stderr, "%s: %s\n", problem->file ? problem->file : "newsd", problem->text);
}

/* The state is only looked at: a running daemon keeps it, and is no fault. */
static void check_state(const struct config *config, size_t *problems)
{
    char path[4096], pid[32] = "";
    (void)snprintf(path, sizeof(path), "%s/lock", config->state_directory);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        if (access(config->state_directory, W_OK) && access(config->state_directory, F_OK) == 0)
            printf("state: %s cannot be written by this user\n", config->state_directory);
        else
            printf("state: %s is empty; it will be set up\n", config->state_directory);
        return;
    }
    if (flock(fd, LOCK_SH | LOCK_NB)) {
        ssize_t len = read(fd, pid, sizeof(pid) - 1);
        pid[len > 0 ? (size_t)len : 0] = '\0';
        pid[strcspn(pid, "\n")] = '\0';
        printf("state: %s is in use by process %s\n", config->state_directory, pid);
        close(fd);
        return;
    }
    close(fd);
    struct store *store;
    struct error error = {0};
    bool unclean;
    struct store_options options = {
        .directory = config->state_directory, .bytes_max = config->database_bytes_max, .synchronous = true};
    if (access(config->state_directory, W_OK)) {
        printf("state: %s cannot be written by this user and was not looked at\n", config->state_directory);
    } else if (store_open(&store, &options, &unclean, &error)) {
        struct config_problem problem = {config->state_directory, 0, error.text};
        report(problems, &problem);
    } else {
        struct store_counts counts;
        store_get_counts(store, &counts);
        printf("state: %s: %lld feeds, %lld entries seen, intake %lld, outbox %lld%s\n",
               config->state_directory, (long long)counts.feeds, (long long)counts.seen,
               (long long)counts.intake, (long long)counts.outbox,
               unclean ? "; the last run did not end cleanly" : "");
        store_close(&store);
    }
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"dump", no_argument, NULL, 'd'},
                                            {"quiet", no_argument, NULL, 'q'},
                                            {NULL, 0, NULL, 0}};
    const char *path = NULL;
    bool dump = false, quiet = false;
    int option;
    while ((option = getopt_long(argc, argv, "c:q", options, NULL)) != -1) {
        if (option == 'c')
            path = optarg;
        else if (option == 'd')
            dump = true;
        else if (option == 'q')
            quiet = true;
        else
            return EX_USAGE;
    }
    struct config *config;
    struct feed_list *list = NULL;
    size_t problems = 0, list_problems = 0;
    if (config_load(path, report, &problems, &config))
        return EX_CONFIG;
    (void)kafka_conf_check(config, report, &problems); /* counted by the report */
    if (feed_list_load(config->feeds_directory, report, &problems, &list, &list_problems) == 0 && !quiet)
        printf("feeds: %zu in %s\n", list->count, config->feeds_directory);
    if (!quiet)
        check_state(config, &problems);
    if (dump) {
        _cleanup_buffer_ struct buffer text = {0};
        if (config_dump(config, &text) == 0)
            fwrite(text.ptr, 1, text.len, stdout);
    }
    if (problems)
        fprintf(stderr, "%zu problem%s\n", problems, problems == 1 ? "" : "s");
    else if (!quiet)
        printf("all is well\n");
    feed_list_free(&list);
    config_free(&config);
    return problems ? EX_CONFIG : EX_OK;
}

const struct command command_check = {
    .name = "check",
    .arguments = "[-c FILE] [--dump] [--quiet]",
    .summary = "check configuration, feed lists and state; print every problem with its line",
    .run = run,
};
