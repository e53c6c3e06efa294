/* bench_consumer: reads a topic from now on for SECONDS and prints, for each record whose headline is "served
 * NANOSECONDS", the milliseconds from there to its arrival here. That is a little more than the time to
 * newsd's delivery report: the broker acknowledges a record before it hands it to a consumer.
 *
 *     bench_consumer BROKERS TOPIC PARTITIONS SECONDS */
#include <librdkafka/rdkafka.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static double now_s(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void report(const rd_kafka_message_t *message)
{
    static const char mark[] = "\"served ";
    double arrived = now_s(CLOCK_REALTIME);
    char *value = strndup(message->payload, message->len), *found = value ? strstr(value, mark) : NULL;
    if (found)
        printf("%.3f\n", (arrived - (double)strtoull(found + sizeof(mark) - 1, NULL, 10) / 1e9) * 1000);
    free(value);
}

int main(int argc, char **argv)
{
    char words[256];
    if (argc != 5)
        return 64;
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "bootstrap.servers", argv[1], NULL, 0);
    rd_kafka_conf_set(conf, "group.id", "bench", NULL, 0);
    rd_kafka_conf_set(conf, "fetch.wait.max.ms", "5", NULL, 0);
    rd_kafka_t *consumer = rd_kafka_new(RD_KAFKA_CONSUMER, conf, words, sizeof(words));
    if (!consumer) {
        fprintf(stderr, "bench_consumer: %s\n", words);
        return 1;
    }
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_t *all = rd_kafka_topic_partition_list_new(8);
    for (int32_t partition = 0; partition < strtol(argv[3], NULL, 10); partition++)
        rd_kafka_topic_partition_list_add(all, argv[2], partition)->offset = RD_KAFKA_OFFSET_END;
    rd_kafka_assign(consumer, all);
    double end = now_s(CLOCK_MONOTONIC) + strtod(argv[4], NULL);
    while (now_s(CLOCK_MONOTONIC) < end) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer, 100);
        if (message && !message->err)
            report(message);
        if (message)
            rd_kafka_message_destroy(message);
    }
    rd_kafka_topic_partition_list_destroy(all);
    rd_kafka_consumer_close(consumer);
    rd_kafka_destroy(consumer);
    return 0;
}
