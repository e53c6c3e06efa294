/* mock_broker: librdkafka's mock cluster as a process of its own, for tests that kill newsd.
 *
 * Prints its bootstrap address; then reads commands from standard input: down, up, error CODE COUNT
 * (Produce), rtt MS, quit. */
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void command(rd_kafka_mock_cluster_t *cluster, int brokers, const char *line)
{
    int number, count;
    if (!strncmp(line, "down", 4))
        for (int id = 1; id <= brokers; id++)
            rd_kafka_mock_broker_set_down(cluster, id);
    else if (!strncmp(line, "up", 2))
        for (int id = 1; id <= brokers; id++)
            rd_kafka_mock_broker_set_up(cluster, id);
    else if (sscanf(line, "rtt %d", &number) == 1)
        for (int id = 1; id <= brokers; id++)
            rd_kafka_mock_broker_set_rtt(cluster, id, number);
    else if (sscanf(line, "error %d %d", &number, &count) == 2)
        while (count-- > 0)
            rd_kafka_mock_push_request_errors(cluster, 0 /* Produce */, 1, (rd_kafka_resp_err_t)number);
}

int main(int argc, char **argv)
{
    char words[256], line[256];
    int brokers = argc > 2 && !strcmp(argv[1], "--brokers") ? (int)strtol(argv[2], NULL, 10) : 1;
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    rd_kafka_conf_set(conf, "log_level", "2", NULL, 0);
    rd_kafka_t *handle = rd_kafka_new(RD_KAFKA_PRODUCER, conf, words, sizeof(words));
    rd_kafka_mock_cluster_t *cluster = handle ? rd_kafka_mock_cluster_new(handle, brokers) : NULL;
    if (!cluster) {
        fprintf(stderr, "the mock cluster cannot be made: %s\n", words);
        return 1;
    }
    printf("%s\n", rd_kafka_mock_cluster_bootstraps(cluster));
    fflush(stdout);
    while (fgets(line, sizeof(line), stdin) && strncmp(line, "quit", 4))
        command(cluster, brokers, line);
    rd_kafka_mock_cluster_destroy(cluster);
    rd_kafka_destroy(handle);
    return 0;
}
