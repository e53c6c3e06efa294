/* command_retry: `newsd retry`: takes dead letters from the rejects topic and hands them to the running
 * daemon, one by one. The consumer group's offset moves only behind a letter that the daemon has stored, or
 * that cannot be retried at all. */
#include <getopt.h>
#include <stdio.h>
#include <sysexits.h>

#include "base/clock.h"
#include "daemon/admin_client.h"
#include "daemon/command.h"
#include "daemon/config.h"
#include "daemon/kafka/conf.h"

enum { POLL_MS = 500, IDLE_MS = 10000 };

static void report(void *context, const struct config_problem *problem)
{
    (void)context;
    fprintf(stderr, "%s:%u: %s\n", problem->file ? problem->file : "newsd", problem->line, problem->text);
}

/* 1 = taken, 0 = cannot be retried, -1 = try again later. */
static int hand_over(const struct config *config, const rd_kafka_message_t *message)
{
    _cleanup_buffer_ struct buffer answer = {0};
    struct error error = {0};
    int status = admin_client_request(config->admin_listen, "POST", "/retry",
                                      str_make(message->payload, message->len), &answer, &error);
    if (status == 200)
        return 1;
    if (status == 400) {
        fprintf(stderr, "newsd retry: %s[%d] offset %lld holds no item that can be run again; passed over\n",
                rd_kafka_topic_name(message->rkt), message->partition, (long long)message->offset);
        return 0;
    }
    fprintf(stderr, "newsd retry: %s\n", status < 0 ? error.text : "the daemon could not store the item");
    return -1;
}

static int retry_all(rd_kafka_t *consumer, const struct config *config)
{
    size_t taken = 0, passed = 0;
    int64_t idle_since = clock_monotonic_ms();
    int answer = 1;
    bool at_end = false;
    while (answer >= 0 && !at_end && clock_monotonic_ms() - idle_since < IDLE_MS) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer, POLL_MS);
        if (!message)
            continue;
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            at_end = true;
        } else if (!message->err) {
            answer = hand_over(config, message);
            taken += answer > 0;
            passed += answer == 0;
            if (answer >= 0)
                rd_kafka_commit_message(consumer, message, 0);
            idle_since = clock_monotonic_ms();
        }
        rd_kafka_message_destroy(message);
    }
    printf("%zu items run again, %zu passed over\n", taken, passed);
    return answer < 0 ? EX_UNAVAILABLE : EX_OK;
}

static int run(int argc, char **argv)
{
    static const struct option options[] = {
        {"config", required_argument, NULL, 'c'}, {"from", required_argument, NULL, 'f'}, {NULL, 0, NULL, 0}};
    const char *path = NULL, *topic = NULL;
    int option;
    while ((option = getopt_long(argc, argv, "c:", options, NULL)) != -1) {
        if (option == 'c')
            path = optarg;
        else if (option == 'f')
            topic = optarg;
        else
            return EX_USAGE;
    }
    struct config *config;
    char words[256];
    if (config_load(path, report, NULL, &config))
        return EX_CONFIG;
    topic = topic ? topic : config->topics[TOPIC_REJECTS].name;
    rd_kafka_conf_t *conf = topic ? kafka_conf_consumer(config, "newsd-retry") : NULL;
    rd_kafka_t *consumer = conf ? rd_kafka_new(RD_KAFKA_CONSUMER, conf, words, sizeof(words)) : NULL;
    int code = EX_CONFIG;
    if (!consumer) {
        fprintf(stderr, "newsd retry: %s\n",
                !topic ? "the rejects topic is off"
                : conf ? words
                       : "a Kafka property is refused");
    } else {
        rd_kafka_poll_set_consumer(consumer);
        rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(1);
        rd_kafka_topic_partition_list_add(list, topic, RD_KAFKA_PARTITION_UA);
        rd_kafka_subscribe(consumer, list);
        rd_kafka_topic_partition_list_destroy(list);
        code = retry_all(consumer, config);
        rd_kafka_consumer_close(consumer);
        rd_kafka_destroy(consumer);
    }
    config_free(&config);
    return code;
}

const struct command command_retry = {
    .name = "retry",
    .arguments = "[-c FILE] [--from TOPIC]",
    .summary = "run the items of the rejects topic again",
    .run = run,
};
