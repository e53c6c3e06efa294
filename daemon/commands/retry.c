/* retry: `newsd retry`: takes dead letters from the rejects topic and hands them to the running
 * daemon, one by one. The consumer group's offset moves only behind a letter that the daemon has stored, or
 * that cannot be retried at all. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "base/clock.h"
#include "daemon/commands/admin_client.h"
#include "daemon/commands/command.h"
#include "daemon/config/config.h"
#include "daemon/kafka/conf.h"

enum { POLL_MS = 500, ANSWER_MS = 20000 };

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

/* What stood in one partition when the command began: rejects that come meanwhile, perhaps of the same items,
 * are for the next time. */
struct part {
    int32_t number;
    int64_t end;
    bool done;
};

/* Assigns the partitions of the topic from where the last retry stopped. The number of parts, or -1 when the
 * broker does not answer. */
static int assign_parts(rd_kafka_t *consumer, const char *topic, struct part **ret_parts)
{
    const struct rd_kafka_metadata *metadata;
    rd_kafka_topic_t *handle = rd_kafka_topic_new(consumer, topic, NULL);
    rd_kafka_resp_err_t error = rd_kafka_metadata(consumer, 0, handle, &metadata, ANSWER_MS);
    rd_kafka_topic_destroy(handle);
    int count = !error && metadata->topic_cnt ? metadata->topics[0].partition_cnt : 0;
    struct part *parts = calloc((size_t)count + 1, sizeof(*parts));
    rd_kafka_topic_partition_list_t *list = rd_kafka_topic_partition_list_new(count + 1);
    for (int i = 0; parts && i < count; i++) {
        parts[i].number = metadata->topics[0].partitions[i].id;
        rd_kafka_topic_partition_list_add(list, topic, parts[i].number);
    }
    if (!error)
        rd_kafka_metadata_destroy(metadata);
    if (!error && count)
        error = rd_kafka_committed(consumer, list, ANSWER_MS);
    for (int i = 0; parts && i < count && !error; i++) {
        int64_t low = 0;
        error = rd_kafka_query_watermark_offsets(consumer, topic, parts[i].number, &low, &parts[i].end,
                                                 ANSWER_MS);
        if (list->elems[i].offset < low)
            list->elems[i].offset = low;
        parts[i].done = list->elems[i].offset >= parts[i].end;
    }
    if (!error && count)
        error = rd_kafka_assign(consumer, list);
    rd_kafka_topic_partition_list_destroy(list);
    *ret_parts = parts;
    if (!error && parts)
        return count;
    fprintf(stderr, "newsd retry: the topic %s cannot be read: %s\n", topic,
            error ? rd_kafka_err2str(error) : "no memory");
    return -1;
}

static void part_reached(struct part *parts, int count, int32_t number, int64_t next)
{
    for (int i = 0; i < count; i++)
        if (parts[i].number == number && next >= parts[i].end)
            parts[i].done = true;
}

static bool all_done(const struct part *parts, int count)
{
    for (int i = 0; i < count; i++)
        if (!parts[i].done)
            return false;
    return true;
}

static int retry_all(rd_kafka_t *consumer, const struct config *config, const char *topic)
{
    struct part *parts = NULL;
    int count = assign_parts(consumer, topic, &parts), answer = 1;
    size_t taken = 0, passed = 0;
    int64_t idle_since = clock_monotonic_ms();
    while (count > 0 && answer >= 0 && !all_done(parts, count)) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer, POLL_MS);
        if (!message && clock_monotonic_ms() - idle_since > ANSWER_MS) {
            fprintf(stderr, "newsd retry: the broker sends nothing more\n");
            break;
        }
        if (!message)
            continue;
        if (message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF) {
            part_reached(parts, count, message->partition, INT64_MAX);
        } else if (!message->err) {
            answer = hand_over(config, message);
            taken += answer > 0;
            passed += answer == 0;
            if (answer >= 0)
                rd_kafka_commit_message(consumer, message, 0);
            part_reached(parts, count, message->partition, message->offset + 1);
            idle_since = clock_monotonic_ms();
        }
        rd_kafka_message_destroy(message);
    }
    bool whole = count >= 0 && answer >= 0 && all_done(parts, count);
    free(parts);
    printf("%zu items run again, %zu passed over\n", taken, passed);
    return whole ? EX_OK : EX_UNAVAILABLE;
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
    if (config_load(path, config_report_stderr, NULL, &config))
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
        code = retry_all(consumer, config, topic);
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
