/* run: `newsd run`, the service: reads the configuration, runs the daemon, minds the signals and
 * systemd. */
#include <event2/event.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "daemon/commands/command.h"
#include "daemon/config/config.h"
#include "daemon/daemon.h"
#include "daemon/config/feed_list.h"
#include "daemon/config/fetch_settings.h"
#include "daemon/kafka/conf.h"
#include "daemon/process/event_log.h"
#include "daemon/process/log.h"
#include "daemon/process/service.h"

enum { STATUS_INTERVAL_MS = 5000, HURRY_MS = DAEMON_STOP_MS + 1500 };

struct service_run {
    struct event_base *base;
    struct daemon *daemon;
    const char *config_path;
    struct event *term, *interrupt, *hup, *status_timer, *watchdog_timer, *hurry;
    bool stopping;
};

static void report_to_log(void *context, const struct config_problem *problem)
{
    (void)context;
    char text[CONFIG_PROBLEM_BYTES];
    log_write(LOG_KIND_CONFIG_PROBLEM, problem->warning ? 4 : 3, NULL, LOG_FIELDS({"FILE", problem->file}),
              "%s", config_problem_text(problem, text));
}

/* Configuration, Kafka properties and feed lists; single bad lines of a list are said and passed over. */
static int read_everything(const char *path, config_report *report, struct config **ret_config,
                           struct feed_list **ret_list)
{
    size_t problems = 0;
    int failure = config_load(path, report, NULL, ret_config);
    if (!failure)
        failure = kafka_conf_check(*ret_config, report, NULL);
    if (!failure)
        failure = feed_list_load((*ret_config)->feeds_directory, report, NULL, ret_list, &problems);
    if (failure)
        config_free(ret_config);
    return failure;
}

static enum log_target target_from(const char *word)
{
    if (!strcmp(word, "journal"))
        return LOG_TARGET_JOURNAL;
    if (!strcmp(word, "logfmt"))
        return LOG_TARGET_LOGFMT;
    return strcmp(word, "json") ? LOG_TARGET_AUTO : LOG_TARGET_JSON;
}

static void on_stopped(void *context)
{
    event_base_loopbreak(((struct service_run *)context)->base);
}

static void on_hurry(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what;
    log_warning("the stop takes too long and is cut short; what is not delivered stays in the outbox");
    event_base_loopbreak(((struct service_run *)context)->base);
}

static void on_stop_signal(evutil_socket_t signal_number, short what, void *context)
{
    (void)what;
    struct service_run *run = context;
    if (run->stopping) {
        event_base_loopbreak(run->base); /* asked twice: at once; the outbox keeps what is not delivered */
        return;
    }
    run->stopping = true;
    log_write(LOG_KIND_STOPPING, 5, NULL, NULL, "stopping on %s",
              signal_number == SIGTERM ? "SIGTERM" : "SIGINT");
    service_stopping();
    struct timeval hurry = {.tv_sec = HURRY_MS / 1000, .tv_usec = HURRY_MS % 1000 * 1000};
    evtimer_add(run->hurry, &hurry);
    daemon_stop(run->daemon, on_stopped, run);
}

static void on_reload_signal(evutil_socket_t signal_number, short what, void *context)
{
    (void)signal_number, (void)what;
    struct service_run *run = context;
    if (run->stopping)
        return;
    struct config *config = NULL;
    struct feed_list *list = NULL;
    service_reloading();
    if (read_everything(run->config_path, report_to_log, &config, &list))
        log_write(LOG_KIND_RELOAD_FAILED, 3, NULL, NULL,
                  "the new configuration is broken; the old one stays in force");
    else
        daemon_reload(run->daemon, &config, &list);
    service_ready();
}

static void say_status(struct service_run *run)
{
    char line[256];
    watch_status_line(daemon_parts(run->daemon), daemon_window(run->daemon), line, sizeof(line));
    service_status("%s", line);
}

static void on_status(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what;
    say_status(context);
}

static void on_watchdog(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what;
    struct service_run *run = context;
    const char *stuck = watch_stuck(daemon_parts(run->daemon));
    if (!stuck)
        service_watchdog_ping();
    else
        log_error("the watchdog is not fed: %s", stuck);
}

static int add_events(struct service_run *run)
{
    run->term = evsignal_new(run->base, SIGTERM, on_stop_signal, run);
    run->interrupt = evsignal_new(run->base, SIGINT, on_stop_signal, run);
    run->hup = evsignal_new(run->base, SIGHUP, on_reload_signal, run);
    run->status_timer = event_new(run->base, -1, EV_PERSIST, on_status, run);
    run->watchdog_timer = event_new(run->base, -1, EV_PERSIST, on_watchdog, run);
    run->hurry = evtimer_new(run->base, on_hurry, run);
    if (!run->term || !run->interrupt || !run->hup || !run->status_timer || !run->watchdog_timer ||
        !run->hurry)
        return -1;
    event_add(run->term, NULL);
    event_add(run->interrupt, NULL);
    event_add(run->hup, NULL);
    struct timeval interval = {.tv_sec = STATUS_INTERVAL_MS / 1000};
    event_add(run->status_timer, &interval);
    int64_t watchdog_ms = service_watchdog_interval_ms();
    if (watchdog_ms > 0) {
        struct timeval ping = {.tv_sec = watchdog_ms / 2000, .tv_usec = watchdog_ms / 2 % 1000 * 1000};
        event_add(run->watchdog_timer, &ping);
    }
    return 0;
}

static void free_events(struct service_run *run)
{
    struct event *events[] = {run->term,         run->interrupt,      run->hup,
                              run->status_timer, run->watchdog_timer, run->hurry};
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
        if (events[i])
            event_free(events[i]);
}

static int exit_code(int failure)
{
    switch (failure) {
    case ERR_CONFIG:
        return EX_CONFIG;
    case ERR_STORE_LOCKED:
        return EX_TEMPFAIL;
    case ERR_STORE:
    case ERR_STORE_FULL:
        return EX_IOERR;
    case ERR_STORE_VERSION:
    case ERR_STORE_DAMAGED:
        return EX_DATAERR;
    default:
        return EX_OSERR;
    }
}

static int serve(struct service_run *run, struct config **config, struct feed_list **list)
{
    struct error error = {0};
    struct poller_counts counts;
    size_t listed = (*list)->count;
    log_write(LOG_KIND_START, 5, NULL, NULL, "newsd %s starts with %zu feeds, state in %s", NEWSD_VERSION,
              listed, (*config)->state_directory);
    const char *advice = fetch_contact_advice(*config);
    if (advice)
        log_write(LOG_KIND_CONFIG_PROBLEM, 5, NULL, NULL, "%s", advice);
    if (access("/proc/self/statm", R_OK))
        log_notice("there is no /proc: newsd's memory is shown as 0; mount it to see it");
    int failure = daemon_create(&run->daemon, run->base, config, list, &error);
    if (!failure && add_events(run))
        failure = error_set(&error, -ENOMEM, "no memory for signal handlers");
    if (!failure)
        failure = daemon_start(run->daemon, &error);
    if (failure) {
        log_error("%s", error.text[0] ? error.text : error_text(failure));
        return exit_code(failure);
    }
    poller_get_counts(daemon_parts(run->daemon)->poller, &counts);
    service_ready();
    say_status(run);
    log_write(LOG_KIND_READY, 5, NULL, NULL, "ready: %zu feeds", counts.feeds);
    event_base_dispatch(run->base);
    return EX_OK;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"test", no_argument, NULL, 't'}, {NULL, 0, NULL, 0}};
    struct service_run service = {0};
    struct config *config = NULL;
    struct feed_list *list = NULL;
    bool test_only = false;
    int option;
    while ((option = getopt_long(argc, argv, "c:t", options, NULL)) != -1) {
        if (option == 'c')
            service.config_path = optarg;
        else if (option == 't')
            test_only = true;
        else
            return EX_USAGE;
    }
    if (optind < argc) {
        fprintf(stderr, "newsd run: unexpected argument '%s'; see newsd help run\n", argv[optind]);
        return EX_USAGE;
    }
    if (read_everything(service.config_path, config_report_stderr, &config, &list))
        return EX_CONFIG;
    if (test_only) {
        config_free(&config);
        feed_list_free(&list);
        return EX_OK;
    }
    log_setup(target_from(config->log_target), config->log_level);
    event_log_setup();
    service.base = event_base_new();
    if (!service.base) {
        log_error("cannot create an event loop");
        return EX_OSERR;
    }
    int code = serve(&service, &config, &list);
    free_events(&service);
    daemon_destroy(&service.daemon);
    event_base_free(service.base);
    config_free(&config);
    feed_list_free(&list);
    if (code == EX_OK)
        log_write(LOG_KIND_STOPPED, 5, NULL, NULL, "stopped");
    return code;
}

const struct command command_run = {
    .name = "run",
    .arguments = "[-c FILE] [-t]",
    .summary = "run the service (-t: only check the configuration)",
    .run = run,
};
