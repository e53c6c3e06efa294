/* conf: properties in, rd_kafka_conf_t out. Owns nothing. */
#include "daemon/kafka/conf.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* What newsd's promises stand on is not for the operator to change. */
static const struct {
    const char *name, *value;
} mandatory[] = {
    {"enable.idempotence", "true"}, /* sets acks=all and in-order retries */
    {"message.timeout.ms", "0"},    /* a time-out would make a gap; the outbox waits instead */
    {"log.queue", "true"},
};

/* Good defaults where librdkafka's own do not suit a small daemon; the operator's word goes first. */
static const struct {
    const char *name, *value;
} defaults[] = {
    {"compression.codec", "zstd"},
    {"linger.ms", "20"},
    {"queue.buffering.max.messages", "10000"},
    {"queue.buffering.max.kbytes", "131072"},
    {"statistics.interval.ms", "2000"},
    {"socket.keepalive.enable", "true"},
    {"reconnect.backoff.max.ms", "5000"},
    {"topic.metadata.refresh.interval.ms", "30000"},
};

static const char *const forbidden[] = {
    "enable.idempotence",    "message.timeout.ms", "delivery.timeout.ms", "log.queue", "acks",
    "request.required.acks", "transactional.id"};

static bool is_forbidden(const char *name)
{
    for (size_t i = 0; i < sizeof(forbidden) / sizeof(forbidden[0]); i++)
        if (!strcmp(name, forbidden[i]))
            return true;
    return false;
}

static bool is_set(const struct config *config, const char *name)
{
    for (size_t i = 0; i < config->kafka_count; i++)
        if (!strcmp(config->kafka[i].name, name) ||
            (!strcmp(name, "compression.codec") && !strcmp(config->kafka[i].name, "compression.type")) ||
            (!strcmp(name, "linger.ms") && !strcmp(config->kafka[i].name, "queue.buffering.max.ms")))
            return true;
    return false;
}

/* librdkafka takes any text for a broker and then asks for it for ever. */
static bool is_broker(struct str text)
{
    ptrdiff_t scheme = str_find(text, STR("://"), 0);
    struct str place = scheme < 0 ? text : str_slice(text, (size_t)scheme + 3, text.len);
    size_t colon = place.len;
    while (colon > 0 && place.ptr[colon - 1] != ':' && place.ptr[colon - 1] != ']')
        colon--;
    if (colon == 0 || place.ptr[colon - 1] == ']') /* no port: 9092 */
        return place.len > 0;
    struct str port = str_slice(place, colon, place.len);
    int64_t number;
    return colon > 1 && str_to_int64(port, &number) && number >= 1 && number <= 65535;
}

/* The problem's words, or false when all brokers could be some. */
static bool wrong_broker(const struct config_property *property, char *text, size_t size)
{
    struct str rest = str_from(property->value), broker;
    if (strcmp(property->name, "bootstrap.servers") && strcmp(property->name, "metadata.broker.list"))
        return false;
    while (str_split(&rest, ',', &broker)) {
        broker = str_trim_ascii(broker);
        if (is_broker(broker))
            continue;
        (void)snprintf(text, size, "kafka.%s: '%.*s' is no broker; write HOST:PORT", property->name,
                       STR_ARG(broker));
        return true;
    }
    return false;
}

/* librdkafka finds a missing file only when it connects, and does not name it then. */
static bool missing_file(const struct config_property *property, char *text, size_t size)
{
    if (!str_ends(str_from(property->name), STR(".location")) || !strcmp(property->value, "probe") ||
        access(property->value, R_OK) == 0)
        return false;
    (void)snprintf(text, size, "kafka.%s: %s cannot be read: %s", property->name, property->value,
                   strerror(errno));
    return true;
}

int kafka_conf_check(const struct config *config, config_report *report, void *context)
{
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    int failure = 0;
    for (size_t i = 0; i < config->kafka_count; i++) {
        const struct config_property *property = &config->kafka[i];
        char words[512] = "", text[768];
        struct config_problem problem = {.file = property->file, .line = property->line, .text = text};
        if (is_forbidden(property->name))
            (void)snprintf(text, sizeof(text), "kafka.%s is set by newsd itself; remove the line",
                           property->name);
        else if (rd_kafka_conf_set(conf, property->name, property->value, words, sizeof(words)) !=
                 RD_KAFKA_CONF_OK)
            (void)snprintf(text, sizeof(text), "kafka.%s: %s", property->name,
                           property->secret ? "librdkafka does not accept the value" : words);
        else if (!wrong_broker(property, text, sizeof(text)) && !missing_file(property, text, sizeof(text)))
            continue;
        report(context, &problem);
        failure = ERR_CONFIG;
    }
    rd_kafka_conf_destroy(conf);
    if (!failure && !is_set(config, "bootstrap.servers") && !is_set(config, "metadata.broker.list")) {
        struct config_problem problem = {
            .file = config->file,
            .text = "[kafka] bootstrap.servers is not set; name at least one broker, e.g. localhost:9092"};
        report(context, &problem);
        failure = ERR_CONFIG;
    }
    return failure;
}

static bool set(rd_kafka_conf_t *conf, const char *name, const char *value)
{
    return rd_kafka_conf_set(conf, name, value, NULL, 0) == RD_KAFKA_CONF_OK;
}

static rd_kafka_conf_t *operators(const struct config *config)
{
    rd_kafka_conf_t *conf = rd_kafka_conf_new();
    for (size_t i = 0; i < config->kafka_count; i++)
        if (!set(conf, config->kafka[i].name, config->kafka[i].value))
            goto fail;
    return conf;
fail:
    rd_kafka_conf_destroy(conf);
    return NULL;
}

/* As Java's clients do it, by the article alone ("ARTICLE/ID"): what is derived from an article lies in its
 * partition. */
static int32_t partition_by_article(const rd_kafka_topic_t *topic, const void *key, size_t key_length,
                                    int32_t partitions, void *topic_opaque, void *message_opaque)
{
    const char *stroke = key ? memchr(key, '/', key_length) : NULL;
    size_t length = stroke ? (size_t)(stroke - (const char *)key) : key_length;
    return rd_kafka_msg_partitioner_murmur2_random(topic, key, length, partitions, topic_opaque,
                                                   message_opaque);
}

/* False without memory. */
static bool set_partitioner(rd_kafka_conf_t *conf)
{
    rd_kafka_topic_conf_t *topics = rd_kafka_conf_get_default_topic_conf(conf); /* the operator's */
    if (!topics) {
        topics = rd_kafka_topic_conf_new();
        if (!topics)
            return false;
        rd_kafka_conf_set_default_topic_conf(conf, topics);
    }
    rd_kafka_topic_conf_set_partitioner_cb(topics, partition_by_article);
    return true;
}

rd_kafka_conf_t *kafka_conf_producer(const struct config *config)
{
    rd_kafka_conf_t *conf = operators(config);
    if (!conf)
        return NULL;
    if (!is_set(config, "client.id") && !set(conf, "client.id", config->instance))
        goto fail;
    for (size_t i = 0; i < sizeof(defaults) / sizeof(defaults[0]); i++)
        if (!is_set(config, defaults[i].name) && !set(conf, defaults[i].name, defaults[i].value))
            goto fail;
    if (!is_set(config, "partitioner") && !set_partitioner(conf))
        goto fail;
    for (size_t i = 0; i < sizeof(mandatory) / sizeof(mandatory[0]); i++)
        if (!set(conf, mandatory[i].name, mandatory[i].value))
            goto fail;
    rd_kafka_conf_set_events(conf, RD_KAFKA_EVENT_DR | RD_KAFKA_EVENT_ERROR | RD_KAFKA_EVENT_LOG |
                                       RD_KAFKA_EVENT_STATS);
    return conf;
fail:
    rd_kafka_conf_destroy(conf);
    return NULL;
}

rd_kafka_conf_t *kafka_conf_consumer(const struct config *config, const char *group)
{
    rd_kafka_conf_t *conf = operators(config);
    if (!conf)
        return NULL;
    bool good = set(conf, "group.id", group ? group : "newsd-reader") &&
                set(conf, "enable.auto.commit", "false") && set(conf, "enable.partition.eof", "true") &&
                set(conf, "auto.offset.reset", "earliest") &&
                set(conf, "isolation.level", "read_committed") && set(conf, "log_level", "2") &&
                set(conf, "allow.auto.create.topics", "false");
    if (!good) {
        rd_kafka_conf_destroy(conf);
        return NULL;
    }
    return conf;
}

int kafka_conf_try(const struct config *config, config_report *report, void *context)
{
    char words[512] = "", text[768];
    rd_kafka_conf_t *conf = kafka_conf_producer(config);
    rd_kafka_t *producer = conf ? rd_kafka_new(RD_KAFKA_PRODUCER, conf, words, sizeof(words)) : NULL;
    if (producer) {
        rd_kafka_destroy(producer);
        return 0;
    }
    if (conf)
        rd_kafka_conf_destroy(conf);
    (void)snprintf(text, sizeof(text), "[kafka] the properties do not fit together: %s",
                   words[0] ? words : "no memory");
    struct config_problem problem = {.file = config->file, .text = text};
    report(context, &problem);
    return ERR_CONFIG;
}
