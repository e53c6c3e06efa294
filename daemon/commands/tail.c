/* tail: `newsd tail`: reads the topics and prints them. */
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "base/clock.h"
#include "daemon/commands/command.h"
#include "daemon/config/config.h"
#include "daemon/kafka/conf.h"
#include "daemon/commands/record_print.h"

enum { METADATA_MS = 5000, POLL_MS = 200 };

static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
    (void)number;
    stopped = 1;
}

struct settings {
    const char *config, *brokers;
    bool json, beginning;
    long count, timeout_s;
};

/* Assigns every partition of a topic. -1 when the broker does not answer or knows no such topic. */
static int add_topic(rd_kafka_t *consumer, rd_kafka_topic_partition_list_t *list, const char *name,
                     int64_t offset)
{
    const struct rd_kafka_metadata *metadata;
    rd_kafka_topic_t *topic = rd_kafka_topic_new(consumer, name, NULL);
    rd_kafka_resp_err_t error = rd_kafka_metadata(consumer, 0, topic, &metadata, METADATA_MS);
    rd_kafka_topic_destroy(topic);
    if (error) {
        fprintf(stderr, "newsd tail: no broker answers: %s\n", rd_kafka_err2str(error));
        return -1;
    }
    int partitions = metadata->topic_cnt ? metadata->topics[0].partition_cnt : 0;
    if (!partitions)
        fprintf(stderr, "newsd tail: there is no topic %s yet\n", name);
    for (int i = 0; i < partitions; i++)
        rd_kafka_topic_partition_list_add(list, name, metadata->topics[0].partitions[i].id)->offset = offset;
    rd_kafka_metadata_destroy(metadata);
    return 0;
}

static int follow(rd_kafka_t *consumer, const struct settings *settings)
{
    bool colour = record_print_colour(stdout);
    long seen = 0;
    int64_t end = settings->timeout_s ? clock_monotonic_ms() + settings->timeout_s * 1000 : INT64_MAX;
    while (!stopped && (!settings->count || seen < settings->count) && clock_monotonic_ms() < end) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer, POLL_MS);
        if (message && !message->err) {
            if (settings->json)
                record_print_json(stdout, message);
            else
                record_print(stdout, message, colour);
            seen++;
        }
        if (message)
            rd_kafka_message_destroy(message);
    }
    return settings->count && seen < settings->count && !stopped ? EX_TEMPFAIL : EX_OK;
}

static int tail(const struct settings *settings, const struct config *config, char **topics, int topic_count)
{
    char words[256];
    rd_kafka_conf_t *conf = kafka_conf_consumer(config, NULL);
    rd_kafka_t *consumer = conf ? rd_kafka_new(RD_KAFKA_CONSUMER, conf, words, sizeof(words)) : NULL;
    if (!consumer) {
        fprintf(stderr, "newsd tail: %s\n",
                conf ? words : "a Kafka property is refused; newsd check names it");
        return EX_CONFIG;
    }
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(16);
    int64_t offset = settings->beginning ? RD_KAFKA_OFFSET_BEGINNING : RD_KAFKA_OFFSET_END;
    int failure = 0;
    for (int i = 0; i < topic_count && !failure; i++)
        failure = add_topic(consumer, list, topics[i], offset);
    for (int i = 0; i < TOPIC_COUNT && !topic_count && !failure; i++)
        if (config->topics[i].name)
            failure = add_topic(consumer, list, config->topics[i].name, offset);
    int code = failure || !list->cnt ? EX_UNAVAILABLE : EX_OK;
    if (code == EX_OK) {
        rd_kafka_assign(consumer, list);
        code = follow(consumer, settings);
    }
    rd_kafka_topic_partition_list_destroy(list);
    rd_kafka_destroy_flags(consumer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    return code;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {{"config", required_argument, NULL, 'c'},
                                            {"brokers", required_argument, NULL, 'b'},
                                            {"json", no_argument, NULL, 'j'},
                                            {"from", required_argument, NULL, 'f'},
                                            {"count", required_argument, NULL, 'n'},
                                            {"timeout", required_argument, NULL, 't'},
                                            {NULL, 0, NULL, 0}};
    struct settings settings = {0};
    int option;
    while ((option = getopt_long(argc, argv, "c:b:", options, NULL)) != -1) {
        switch (option) {
        case 'c':
            settings.config = optarg;
            break;
        case 'b':
            settings.brokers = optarg;
            break;
        case 'j':
            settings.json = true;
            break;
        case 'f':
            if (strcmp(optarg, "beginning") && strcmp(optarg, "end")) {
                fprintf(stderr, "newsd tail: --from is beginning or end\n");
                return EX_USAGE;
            }
            settings.beginning = !strcmp(optarg, "beginning");
            break;
        case 'n':
            settings.count = strtol(optarg, NULL, 10);
            break;
        case 't':
            settings.timeout_s = strtol(optarg, NULL, 10);
            break;
        default:
            return EX_USAGE;
        }
    }
    struct config *config = NULL;
    /* With brokers on the command line no configuration is needed. */
    if (settings.brokers && !settings.config)
        config = config_default();
    else if (config_load(settings.config, config_report_stderr, NULL, &config))
        return EX_CONFIG;
    if (!config ||
        (settings.brokers && config_set(config, "kafka", "bootstrap.servers", settings.brokers, NULL)))
        return EX_OSERR;
    signal(SIGINT, on_signal);
    signal(SIGTERM, on_signal);
    int code = tail(&settings, config, argv + optind, argc - optind);
    config_free(&config);
    return code;
}

const struct command command_tail = {
    .name = "tail",
    .arguments = "[TOPIC...] [-b BROKERS] [--json] [--from beginning|end] [--count N] [--timeout SECONDS]",
    .summary = "read the topics and print them for people",
    .run = run,
};
