/* demo: `newsd demo`: the whole of newsd in one process with nothing to set up: librdkafka's mock
 * cluster, a small news site (or feeds of the user's own), the ordinary daemon with its state in a temporary
 * folder, and the records as they arrive. */
#include <dirent.h>
#include <errno.h>
#include <event2/event.h>
#include <getopt.h>
#include <jansson.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <sysexits.h>
#include <unistd.h>

#include "base/clock.h"
#include "daemon/commands/command.h"
#include "daemon/daemon.h"
#include "daemon/demo/demo_site.h"
#include "daemon/kafka/conf.h"
#include "daemon/process/log.h"
#include "daemon/commands/record_print.h"

enum { PARTITIONS = 4, ONCE_LIMIT_S = 90, EXPECTED_MAX = 64, LINE_BYTES = 128 };

struct demo {
    struct event_base *base;
    char folder[64];
    bool once, json, own_site, failed;
    rd_kafka_t *broker_handle, *consumer;
    rd_kafka_mock_cluster_t *cluster;
    rd_kafka_queue_t *queue;
    int wake_fd;
    struct event *wake, *interrupt, *term, *limit;
    struct demo_site *site;
    struct daemon *daemon;
    const char *const *expected;
    size_t expected_count, arrived, records;
    bool seen[EXPECTED_MAX];
    bool stopping;
};

static void on_stopped(void *context)
{
    event_base_loopbreak(((struct demo *)context)->base);
}

static void stop(struct demo *demo)
{
    if (demo->stopping) {
        event_base_loopbreak(demo->base);
        return;
    }
    demo->stopping = true;
    daemon_stop(demo->daemon, on_stopped, demo);
}

static void on_signal(evutil_socket_t number, short what, void *context)
{
    (void)number, (void)what; /* the signature is libevent's */
    stop(context);
}

static void on_limit(evutil_socket_t fd, short what, void *context)
{
    (void)fd, (void)what; /* the signature is libevent's */
    struct demo *demo = context;
    demo->failed = true;
    for (size_t i = 0; i < demo->expected_count; i++)
        if (!demo->seen[i])
            fprintf(stderr, "newsd demo: after %d s the record '%s' has not arrived\n", ONCE_LIMIT_S,
                    demo->expected[i]);
    stop(demo);
}

/* ---- The records ---- */

static void tick_off(struct demo *demo, const rd_kafka_message_t *message)
{
    char line[LINE_BYTES];
    json_t *root = json_loadb(message->payload, message->len, 0, NULL);
    struct str status = str_from(json_string_value(json_object_get(root, "status")));
    bool known = demo_site_line(record_header_of(message, "ce_type"), record_header_of(message, "ce_subject"),
                                status, line, sizeof(line));
    json_decref(root);
    for (size_t i = 0; known && i < demo->expected_count; i++) {
        if (demo->seen[i] || strcmp(demo->expected[i], line))
            continue;
        demo->seen[i] = true;
        demo->arrived++;
        break;
    }
    if (demo->once && demo->own_site && demo->arrived == demo->expected_count && !demo->stopping)
        stop(demo);
}

static void on_records(evutil_socket_t fd, short what, void *context)
{
    (void)what;
    struct demo *demo = context;
    uint64_t count;
    rd_kafka_message_t *message;
    /* A failed read only means that another wake-up was taken already. */
    if (read(fd, &count, sizeof(count)) < 0)
        count = 0;
    while ((message = rd_kafka_consumer_poll(demo->consumer, 0))) {
        if (!message->err) {
            demo->records++;
            if (demo->json)
                record_print_json(stdout, message);
            else
                record_print(stdout, message, record_print_colour(stdout));
            tick_off(demo, message);
        }
        rd_kafka_message_destroy(message);
    }
}

static int consume(struct demo *demo, const struct config *config)
{
    static const uint64_t one = 1;
    char words[256];
    rd_kafka_conf_t *conf = kafka_conf_consumer(config, NULL);
    demo->consumer = conf ? rd_kafka_new(RD_KAFKA_CONSUMER, conf, words, sizeof(words)) : NULL;
    demo->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    demo->wake = demo->wake_fd >= 0
                     ? event_new(demo->base, demo->wake_fd, EV_READ | EV_PERSIST, on_records, demo)
                     : NULL;
    if (!demo->consumer || !demo->wake)
        return -ENOMEM;
    rd_kafka_poll_set_consumer(demo->consumer);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(16);
    for (int i = 0; i < TOPIC_COUNT; i++) {
        const struct config_topic *topic = &config->topics[i];
        if (!topic->name)
            continue;
        rd_kafka_mock_topic_create(demo->cluster, topic->name, PARTITIONS, 1);
        for (int32_t partition = 0; partition < PARTITIONS; partition++)
            rd_kafka_topic_partition_list_add(list, topic->name, partition)->offset =
                RD_KAFKA_OFFSET_BEGINNING;
    }
    rd_kafka_assign(demo->consumer, list);
    rd_kafka_topic_partition_list_destroy(list);
    demo->queue = rd_kafka_queue_get_consumer(demo->consumer);
    event_add(demo->wake, NULL);
    rd_kafka_queue_io_event_enable(demo->queue, demo->wake_fd, &one, sizeof(one));
    /* The queue wakes only when it stops being empty, and it may not be empty any more. */
    event_active(demo->wake, EV_READ, 0);
    return 0;
}

/* ---- Set-up ---- */

static int start_broker(struct demo *demo)
{
    char words[256];
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "log_level", "2", NULL, 0);
    demo->broker_handle = rd_kafka_new(RD_KAFKA_PRODUCER, conf, words, sizeof(words));
    demo->cluster = demo->broker_handle ? rd_kafka_mock_cluster_new(demo->broker_handle, 1) : NULL;
    return demo->cluster ? 0 : ERR_KAFKA;
}

static int set(struct config *config, const char *section, const char *key, const char *value)
{
    struct error error = {0};
    int failure = config_set(config, section, key, value, &error);
    if (failure)
        fprintf(stderr, "newsd demo: %s\n", error.text);
    return failure;
}

static struct config *make_config(const struct demo *demo)
{
    char path[128];
    struct config *config = config_default();
    if (!config)
        return NULL;
    const struct {
        const char *section, *key, *value;
    } options[] = {
        {"kafka", "bootstrap.servers", rd_kafka_mock_cluster_bootstraps(demo->cluster)},
        {"admin", "listen", "off"},
        {"topics", "create", "no"},
        {"poll", "backfill", "all"},
        {"poll", "interval-min", demo->own_site ? "1s" : "1min"},
        {"poll", "interval-default", demo->own_site ? "1s" : "5min"},
        {"poll", "interval-max", demo->own_site ? "2s" : "1h"},
        {"poll", "hint-max", demo->own_site ? "1s" : "1h"},
        {"poll", "host-gap", demo->own_site ? "0s" : "2s"},
        {"poll", "host-transfers", demo->own_site ? "16" : "2"},
        {"poll", "jitter", demo->own_site ? "no" : "yes"},
        {"poll", "failing-after", "2"},
        {"poll", "allow-private-addresses", "yes"},
        {"pages", "policy", "auto"},
        {"kafka", "linger.ms", "5"},
    };
    int failure = 0;
    for (size_t i = 0; i < sizeof(options) / sizeof(options[0]) && !failure; i++)
        failure = set(config, options[i].section, options[i].key, options[i].value);
    (void)snprintf(path, sizeof(path), "%s/state", demo->folder);
    failure = failure ? failure : set(config, "newsd", "state-directory", path);
    (void)snprintf(path, sizeof(path), "%s/feeds.d", demo->folder);
    failure = failure ? failure : set(config, "newsd", "feeds-directory", path);
    if (failure)
        config_free(&config);
    return config;
}

static int copy_file(const char *from, const char *to)
{
    char chunk[65536];
    size_t count;
    FILE *in = fopen(from, "re"), *out = in ? fopen(to, "we") : NULL;
    while (out && (count = fread(chunk, 1, sizeof(chunk), in)) > 0)
        fwrite(chunk, 1, count, out);
    if (in)
        fclose(in);
    return out && fclose(out) == 0 ? 0 : -EIO;
}

/* The feeds of the command line, or the site's own, as lists in the temporary folder. */
static int write_lists(struct demo *demo, int count, char **arguments)
{
    char path[160];
    const char *urls[16];
    size_t site_feeds = demo->site ? demo_site_feeds(demo->site, urls, 16) : 0;
    (void)snprintf(path, sizeof(path), "%s/feeds.d/demo.txt", demo->folder);
    FILE *list = fopen(path, "we");
    if (!list)
        return -errno;
    for (size_t i = 0; i < site_feeds; i++)
        fprintf(list, "%s\n", urls[i]);
    int failure = 0;
    for (int i = 0; i < count && !failure; i++) {
        if (!strncmp(arguments[i], "http", 4)) {
            fprintf(list, "%s\n", arguments[i]);
            continue;
        }
        (void)snprintf(path, sizeof(path), "%s/feeds.d/%d.opml", demo->folder, i);
        failure = copy_file(arguments[i], path);
        if (failure)
            fprintf(stderr, "newsd demo: %s cannot be read\n", arguments[i]);
    }
    return fclose(list) ? -EIO : failure;
}

static int make_folders(struct demo *demo)
{
    char path[128];
    const char *temporary = getenv("TMPDIR");
    (void)snprintf(demo->folder, sizeof(demo->folder), "%.40s/newsd-demo-XXXXXX",
                   temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp(demo->folder))
        return -errno;
    (void)snprintf(path, sizeof(path), "%s/feeds.d", demo->folder);
    return mkdir(path, 0700) ? -errno : 0;
}

static void remove_folder(const char *path)
{
    DIR *folder = opendir(path);
    struct dirent *entry;
    char child[512];
    while (folder && (entry = readdir(folder))) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, ".."))
            continue;
        (void)snprintf(child, sizeof(child), "%s/%s", path, entry->d_name);
        if (entry->d_type == DT_DIR)
            remove_folder(child);
        else
            (void)unlink(child); /* what cannot be removed stays in the temporary folder */
    }
    if (folder)
        closedir(folder);
    (void)rmdir(path);
}

static int add_events(struct demo *demo)
{
    demo->interrupt = evsignal_new(demo->base, SIGINT, on_signal, demo);
    demo->term = evsignal_new(demo->base, SIGTERM, on_signal, demo);
    demo->limit = evtimer_new(demo->base, on_limit, demo);
    if (!demo->interrupt || !demo->term || !demo->limit)
        return -ENOMEM;
    event_add(demo->interrupt, NULL);
    event_add(demo->term, NULL);
    struct timeval limit = {.tv_sec = ONCE_LIMIT_S};
    if (demo->once)
        event_add(demo->limit, &limit);
    return 0;
}

static int start(struct demo *demo, int count, char **arguments)
{
    struct error error = {0};
    struct config *config = NULL;
    struct feed_list *list = NULL;
    size_t problems;
    int failure = make_folders(demo);
    if (!failure)
        failure = start_broker(demo);
    if (!failure && demo->own_site) {
        failure = demo_site_start(demo->base, &demo->site, &error);
        demo->expected_count = demo_site_expected(&demo->expected);
    }
    if (!failure)
        failure = write_lists(demo, count, arguments);
    if (!failure && !(config = make_config(demo)))
        failure = ERR_CONFIG;
    if (!failure)
        failure = consume(demo, config);
    if (!failure)
        failure = feed_list_load(config->feeds_directory, config_report_stderr, NULL, &list, &problems);
    if (!failure)
        failure = daemon_create(&demo->daemon, demo->base, &config, &list, &error);
    if (!failure)
        failure = add_events(demo);
    if (!failure)
        failure = daemon_start(demo->daemon, &error);
    config_free(&config);
    feed_list_free(&list);
    if (failure)
        fprintf(stderr, "newsd demo: %s\n", error.text[0] ? error.text : error_text(failure));
    return failure;
}

static void end(struct demo *demo)
{
    struct event *events[] = {demo->interrupt, demo->term, demo->limit, demo->wake};
    daemon_destroy(&demo->daemon);
    demo_site_stop(&demo->site);
    for (size_t i = 0; i < sizeof(events) / sizeof(events[0]); i++)
        if (events[i])
            event_free(events[i]);
    if (demo->queue) {
        rd_kafka_queue_io_event_enable(demo->queue, -1, NULL, 0);
        rd_kafka_queue_destroy(demo->queue);
    }
    if (demo->consumer)
        rd_kafka_destroy_flags(demo->consumer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    if (demo->cluster)
        rd_kafka_mock_cluster_destroy(demo->cluster);
    if (demo->broker_handle)
        rd_kafka_destroy(demo->broker_handle);
    if (demo->wake_fd >= 0)
        close(demo->wake_fd);
    remove_folder(demo->folder);
    event_base_free(demo->base);
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {
        {"once", no_argument, NULL, 'o'}, {"json", no_argument, NULL, 'j'}, {NULL, 0, NULL, 0}};
    struct demo demo = {.wake_fd = -1};
    int option;
    while ((option = getopt_long(argc, argv, "", options, NULL)) != -1) {
        if (option == '?')
            return EX_USAGE;
        demo.once = demo.once || option == 'o';
        demo.json = demo.json || option == 'j';
    }
    demo.own_site = optind == argc;
    demo.base = event_base_new();
    if (!demo.base)
        return EX_OSERR;
    log_setup(LOG_TARGET_LOGFMT, 4);
    int failure = start(&demo, argc - optind, argv + optind);
    if (!failure) {
        fprintf(demo.json ? stderr : stdout,
                "newsd %s demo. The broker listens on %s; to join: kcat -b %s -C -t news.articles\n%s\n",
                NEWSD_VERSION, rd_kafka_mock_cluster_bootstraps(demo.cluster),
                rd_kafka_mock_cluster_bootstraps(demo.cluster), demo.once ? "" : "Ctrl-C ends it.\n");
        fflush(stdout);
        event_base_dispatch(demo.base);
        fprintf(demo.json ? stderr : stdout, "\n%zu records", demo.records);
        if (demo.own_site)
            fprintf(demo.json ? stderr : stdout, ", %zu of %zu expected ones arrived", demo.arrived,
                    demo.expected_count);
        fprintf(demo.json ? stderr : stdout, "\n");
    }
    end(&demo);
    if (failure)
        return EX_UNAVAILABLE;
    return demo.failed ? EX_SOFTWARE : EX_OK;
}

const struct command command_demo = {
    .name = "demo",
    .arguments = "[URL|OPML...] [--once] [--json]",
    .summary = "everything at once with nothing to set up",
    .run = run,
};
