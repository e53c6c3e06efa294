/* topics: CreateTopics through the admin API. Keeps nothing. */
#include "daemon/kafka/topics.h"

#include <inttypes.h>
#include <stdio.h>

#include "daemon/process/log.h"

enum { REQUEST_MS = 5000 };

static rd_kafka_NewTopic_t *new_topic(const struct config_topic *topic, int replication)
{
    char words[256], value[32];
    rd_kafka_NewTopic_t *fresh = rd_kafka_NewTopic_new(
        topic->name, topic->partitions > 0 ? topic->partitions : 1, replication, words, sizeof(words));
    if (!fresh)
        return NULL;
    if (topic->compact)
        rd_kafka_NewTopic_set_config(fresh, "cleanup.policy", "compact");
    if (topic->retention_ms) {
        (void)snprintf(value, sizeof(value), "%" PRId64, topic->retention_ms);
        rd_kafka_NewTopic_set_config(fresh, "retention.ms", value);
    }
    return fresh;
}

void topics_create(rd_kafka_t *producer, rd_kafka_queue_t *queue, const struct config *config)
{
    rd_kafka_NewTopic_t *topics[TOPIC_COUNT];
    size_t count = 0;
    for (int i = 0; i < TOPIC_COUNT; i++)
        if (config->topics[i].name &&
            (topics[count] = new_topic(&config->topics[i], config->topics_replication)))
            count++;
    rd_kafka_AdminOptions_t *options = rd_kafka_AdminOptions_new(producer, RD_KAFKA_ADMIN_OP_CREATETOPICS);
    rd_kafka_AdminOptions_set_request_timeout(options, REQUEST_MS, NULL, 0);
    if (count)
        rd_kafka_CreateTopics(producer, topics, count, options, queue);
    rd_kafka_AdminOptions_destroy(options);
    rd_kafka_NewTopic_destroy_array(topics, count);
}

bool topics_created(rd_kafka_event_t *event, bool broker_up)
{
    rd_kafka_resp_err_t failure = rd_kafka_event_error(event);
    bool unanswered = failure == RD_KAFKA_RESP_ERR__TIMED_OUT || failure == RD_KAFKA_RESP_ERR__TRANSPORT ||
                      failure == RD_KAFKA_RESP_ERR__TIMED_OUT_QUEUE;
    if (unanswered && !broker_up)
        return false; /* no broker yet */
    if (failure) {
        /* A cluster that lets nobody create topics may still have them, or make them by itself. */
        log_write(LOG_KIND_TOPIC_PROBLEM, 5, "all", LOG_FIELDS({"ERROR", rd_kafka_err2name(failure)}),
                  "topics cannot be created or checked here: %s; they are expected to be there",
                  rd_kafka_event_error_string(event));
        return true;
    }
    size_t count;
    const rd_kafka_topic_result_t **results =
        rd_kafka_CreateTopics_result_topics(rd_kafka_event_CreateTopics_result(event), &count);
    bool retry = false;
    for (size_t i = 0; i < count; i++) {
        const char *name = rd_kafka_topic_result_name(results[i]);
        rd_kafka_resp_err_t error = rd_kafka_topic_result_error(results[i]);
        if (error == RD_KAFKA_RESP_ERR_NO_ERROR)
            log_write(LOG_KIND_TOPIC_CREATED, 5, NULL, LOG_FIELDS({"TOPIC", name}), "created the topic %s",
                      name);
        else if (error == RD_KAFKA_RESP_ERR_NOT_CONTROLLER || error == RD_KAFKA_RESP_ERR_REQUEST_TIMED_OUT)
            retry = true;
        else if (error != RD_KAFKA_RESP_ERR_TOPIC_ALREADY_EXISTS)
            log_write(LOG_KIND_TOPIC_PROBLEM, 4, name,
                      LOG_FIELDS({"TOPIC", name}, {"ERROR", rd_kafka_err2name(error)}),
                      "the topic %s could not be created: %s; create it by hand, or set [topics] create = no",
                      name,
                      rd_kafka_topic_result_error_string(results[i])
                          ? rd_kafka_topic_result_error_string(results[i])
                          : rd_kafka_err2str(error));
    }
    return !retry;
}
