/* check: `newsd check`: everything that can be wrong before the daemon starts, with file and line.
 * Looks as the service's user does, and changes nothing. */
#include <errno.h>
#include <getopt.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "daemon/watch/admin.h"
#include "daemon/commands/command.h"
#include "daemon/config/config.h"
#include "daemon/config/feed_list.h"
#include "daemon/config/fetch_settings.h"
#include "daemon/kafka/conf.h"
#include "processors/html/site_rules.h"
#include "daemon/store/store.h"

struct found {
    size_t problems, warnings;
};

static void report(void *context, const struct config_problem *problem)
{
    struct found *found = context;
    if (problem->warning)
        found->warnings++;
    else
        found->problems++;
    config_report_stderr(NULL, problem);
}

/* What root can read tells nothing of what the service can. */
static int become(const char *name)
{
    const struct passwd *user = getpwnam(name);
    if (!user)
        fprintf(stderr, "newsd check: there is no user %s\n", name);
    else if (geteuid() == user->pw_uid)
        return 0;
    else if (initgroups(name, user->pw_gid) || setgid(user->pw_gid) || setuid(user->pw_uid))
        fprintf(stderr, "newsd check: cannot become user %s: %s\n", name, strerror(errno));
    else
        return 0;
    return EX_NOUSER;
}

static void state_problem(const struct config *config, const char *text, struct found *found)
{
    struct config_problem problem = {.file = config->state_directory, .text = text};
    report(found, &problem);
}

/* The state is only looked at: a running daemon keeps it, and is no fault. */
static void check_state(const struct config *config, struct found *found)
{
    const char *directory = config->state_directory;
    struct store_counts counts;
    struct error error = {0};
    bool unclean;
    if (access(directory, F_OK)) {
        if (errno == ENOENT)
            printf("state: %s is not there yet; the service makes it\n", directory);
        else
            state_problem(config, strerror(errno), found);
        return;
    }
    if (access(directory, R_OK | W_OK | X_OK)) {
        state_problem(config, "the state directory cannot be written by this user", found);
        return;
    }
    switch (store_inspect(directory, &counts, &unclean, &error)) {
    case 0:
        printf("state: %s: %lld feeds, %lld entries seen, intake %lld, outbox %lld%s\n", directory,
               (long long)counts.feeds, (long long)counts.seen, (long long)counts.intake,
               (long long)counts.outbox, unclean ? "; the last run did not end cleanly" : "");
        break;
    case -ENOENT:
        printf("state: %s is empty; it will be set up\n", directory);
        break;
    case ERR_STORE_LOCKED:
        printf("state: %s\n", error.text);
        break;
    default:
        state_problem(config, error.text, found);
    }
}

static void check_admin(const struct config *config, struct found *found)
{
    struct error error = {0};
    struct config_problem problem = {.file = config->file, .text = error.text};
    if (config->admin_listen && admin_check(config->admin_listen, &error))
        report(found, &problem);
}

static void check_feeds(const struct config *config, bool quiet, struct found *found)
{
    struct feed_list *list = NULL;
    size_t unused;
    if (feed_list_load(config->feeds_directory, report, found, &list, &unused) == 0 && !quiet)
        printf("feeds: %zu in %s%s\n", list->count, config->feeds_directory,
               list->count ? "" : "; newsd feeds add URL adds the first");
    feed_list_free(&list);
}

struct wish {
    const char *path, *user;
    bool dump, quiet, strict;
};

static int check(const struct wish *wish)
{
    struct config *config;
    struct found found = {0};
    if (config_load(wish->path, report, &found, &config))
        return EX_CONFIG;
    if (kafka_conf_check(config, report, &found) == 0)
        (void)kafka_conf_try(config, report, &found); /* counted by the report */
    check_feeds(config, wish->quiet, &found);
    if (!wish->quiet && fetch_contact_advice(config))
        printf("%s\n", fetch_contact_advice(config));
    if (!wish->quiet && config->site_rules)
        printf("sites: rules for %zu in %s\n", site_rules_count(config->site_rules), config->sites_directory);
    check_admin(config, &found);
    if (!wish->quiet)
        check_state(config, &found);
    if (wish->dump) {
        _cleanup_buffer_ struct buffer text = {0};
        if (config_dump(config, &text) == 0)
            fwrite(text.ptr, 1, text.len, stdout);
    }
    config_free(&config);
    if (found.problems)
        fprintf(stderr, "%zu problem%s\n", found.problems, found.problems == 1 ? "" : "s");
    else if (found.warnings)
        fprintf(stderr, "%zu warning%s; newsd runs without what is wrong\n", found.warnings,
                found.warnings == 1 ? "" : "s");
    else if (!wish->quiet)
        printf("all is well\n");
    return found.problems || (wish->strict && found.warnings) ? EX_CONFIG : EX_OK;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"dump", no_argument, NULL, 'd'},
        {"quiet", no_argument, NULL, 'q'},        {"strict", no_argument, NULL, 's'},
        {"user", required_argument, NULL, 'u'},   {NULL, 0, NULL, 0}};
    struct wish wish = {0};
    int option;
    while ((option = getopt_long(argc, argv, "c:q", options, NULL)) != -1) {
        switch (option) {
        case 'c':
            wish.path = optarg;
            break;
        case 'd':
            wish.dump = true;
            break;
        case 'q':
            wish.quiet = true;
            break;
        case 's':
            wish.strict = true;
            break;
        case 'u':
            wish.user = optarg;
            break;
        default:
            return EX_USAGE;
        }
    }
    /* Root asks about the installed service: its configuration, its user. */
    if (!wish.user && !wish.path && geteuid() == 0 && getpwnam("newsd"))
        wish.user = "newsd";
    int code = wish.user ? become(wish.user) : 0;
    return code ? code : check(&wish);
}

const struct command command_check = {
    .name = "check",
    .arguments = "[-c FILE] [--dump] [--quiet] [--strict] [--user NAME]",
    .summary = "check configuration, feed lists and state; print every problem with its line",
    .run = run,
};
