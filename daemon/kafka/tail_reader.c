/* tail_reader: one consumer, from the acknowledged offsets to the ends of the partitions. Owns its thread and
 * consumer. */
#include "daemon/kafka/tail_reader.h"
#include "daemon/store/store_outbox.h"

#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/container_of.h"
#include "daemon/kafka/conf.h"

enum {
    METADATA_MS = 3000,
    POLL_MS = 200,
    RETRY_MS = 500,
    TAIL_MAX = 200000, /* records read of a partition without an acknowledged offset: newsd sends 10 000 ahead
                          at most */
};

struct end {
    int64_t offset; /* of the next record to be written */
    bool reached;
};

enum { TAIL_READER_MAGIC = 0x7461696c };

struct tail_reader {
    uint32_t magic;
    struct mail mail;
    pthread_t thread;
    atomic_bool stop;
    struct mailbox *mailbox;
    const struct config *config;
    struct store_offset *known;
    size_t known_count;
    struct tail tail;
    size_t id_capacity, offset_capacity;
    void (*done)(void *context, const struct tail *tail);
    void *context;
};

static int grow(void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity)
        return 0;
    size_t wanted = *capacity ? *capacity * 2 : 256;
    void *fresh = reallocarray(*items, wanted, size);
    if (!fresh)
        return -1;
    *items = fresh;
    *capacity = wanted;
    return 0;
}

static int64_t start_of(const struct tail_reader *reader, const char *topic, int32_t partition, int64_t low,
                        int64_t high)
{
    for (size_t i = 0; i < reader->known_count; i++)
        if (reader->known[i].partition == partition && !strcmp(reader->known[i].topic, topic))
            return reader->known[i].offset + 1 > low ? reader->known[i].offset + 1 : low;
    return high - TAIL_MAX > low ? high - TAIL_MAX : low;
}

static int note_id(struct tail_reader *reader, const rd_kafka_message_t *message)
{
    rd_kafka_headers_t *headers;
    const void *id;
    size_t size;
    if (rd_kafka_message_headers(message, &headers) ||
        rd_kafka_header_get_last(headers, "ce_id", &id, &size) || size >= RECORD_ID_BYTES)
        return 0; /* somebody else's record */
    if (grow((void **)&reader->tail.ids, reader->tail.count, &reader->id_capacity, RECORD_ID_BYTES))
        return -1;
    assert(reader->tail.count < reader->id_capacity && size < RECORD_ID_BYTES);
    memcpy(reader->tail.ids[reader->tail.count], id, size);
    reader->tail.ids[reader->tail.count][size] = '\0';
    reader->tail.count++;
    return 0;
}

static int note_offset(struct tail_reader *reader, const char *topic, int32_t partition, int64_t offset)
{
    if (grow((void **)&reader->tail.offsets, reader->tail.offset_count, &reader->offset_capacity,
             sizeof(struct store_offset)))
        return -1;
    reader->tail.offsets[reader->tail.offset_count++] = (struct store_offset){topic, partition, offset};
    return 0;
}

/* Adds a topic's partitions that have something to read. -1 when the broker did not answer. */
static int plan_topic(struct tail_reader *reader, rd_kafka_t *consumer, const char *topic,
                      rd_kafka_topic_partition_list_t *plan)
{
    const struct rd_kafka_metadata *metadata;
    rd_kafka_topic_t *handle = rd_kafka_topic_new(consumer, topic, NULL);
    rd_kafka_resp_err_t error =
        handle ? rd_kafka_metadata(consumer, 0, handle, &metadata, METADATA_MS) : RD_KAFKA_RESP_ERR__FAIL;
    int failure = error ? -1 : 0;
    if (!error) {
        const rd_kafka_metadata_topic_t *found = metadata->topic_cnt ? &metadata->topics[0] : NULL;
        for (int i = 0; found && i < found->partition_cnt && !failure; i++) {
            int64_t low, high;
            int32_t partition = found->partitions[i].id;
            if (rd_kafka_query_watermark_offsets(consumer, topic, partition, &low, &high, METADATA_MS)) {
                failure = -1;
                break;
            }
            int64_t start = start_of(reader, topic, partition, low, high);
            if (high > 0 && note_offset(reader, topic, partition, high - 1))
                failure = -1;
            if (start < high)
                rd_kafka_topic_partition_list_add(plan, topic, partition)->offset = start;
        }
        rd_kafka_metadata_destroy(metadata);
    }
    if (handle)
        rd_kafka_topic_destroy(handle);
    return failure;
}

static int64_t end_of(const struct tail_reader *reader, const char *topic, int32_t partition)
{
    for (size_t i = 0; i < reader->tail.offset_count; i++)
        if (reader->tail.offsets[i].partition == partition && !strcmp(reader->tail.offsets[i].topic, topic))
            return reader->tail.offsets[i].offset;
    return -1;
}

static int read_plan(struct tail_reader *reader, rd_kafka_t *consumer, rd_kafka_topic_partition_list_t *plan)
{
    int left = plan->cnt, failure = 0;
    bool *over = calloc((size_t)plan->cnt + 1, sizeof(*over));
    if (!over || rd_kafka_assign(consumer, plan)) {
        free(over);
        return -1;
    }
    while (left > 0 && !failure && !atomic_load(&reader->stop)) {
        rd_kafka_message_t *message = rd_kafka_consumer_poll(consumer, POLL_MS);
        if (!message)
            continue;
        const char *topic = message->rkt ? rd_kafka_topic_name(message->rkt) : "";
        bool ended = message->err == RD_KAFKA_RESP_ERR__PARTITION_EOF;
        if (!message->err) {
            failure = note_id(reader, message);
            ended = message->offset >= end_of(reader, topic, message->partition);
        } else if (!ended && message->err != RD_KAFKA_RESP_ERR__TRANSPORT &&
                   message->err != RD_KAFKA_RESP_ERR__ALL_BROKERS_DOWN) {
            failure = -1;
        }
        for (int i = 0; ended && i < plan->cnt; i++) {
            if (over[i] || plan->elems[i].partition != message->partition ||
                strcmp(plan->elems[i].topic, topic))
                continue;
            assert(left > 0);
            over[i] = true;
            left--;
        }
        rd_kafka_message_destroy(message);
    }
    free(over);
    return failure ? -1 : 0;
}

static int read_tails(struct tail_reader *reader)
{
    rd_kafka_conf_t *conf = kafka_conf_consumer(reader->config, NULL);
    rd_kafka_t *consumer = conf ? rd_kafka_new(RD_KAFKA_CONSUMER, conf, NULL, 0) : NULL;
    if (!consumer) {
        if (conf)
            rd_kafka_conf_destroy(conf);
        return -1;
    }
    rd_kafka_poll_set_consumer(consumer);
    rd_kafka_topic_partition_list_t *plan = rd_kafka_topic_partition_list_new(16);
    int failure = 0;
    reader->tail.count = reader->tail.offset_count = 0;
    for (int topic = 0; topic < TOPIC_COUNT && !failure; topic++)
        if (reader->config->topics[topic].name)
            failure = plan_topic(reader, consumer, reader->config->topics[topic].name, plan);
    if (!failure && plan->cnt)
        failure = read_plan(reader, consumer, plan);
    rd_kafka_topic_partition_list_destroy(plan);
    rd_kafka_assign(consumer, NULL);
    rd_kafka_destroy_flags(consumer, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE);
    return failure;
}

static void deliver(struct mail *mail)
{
    struct tail_reader *reader = container_of(mail, struct tail_reader, mail);
    assert(reader->magic == TAIL_READER_MAGIC);
    if (!atomic_load(&reader->stop))
        reader->done(reader->context, &reader->tail);
}

static void *reader_main(void *context)
{
    struct tail_reader *reader = context;
    assert(reader->magic == TAIL_READER_MAGIC);
    while (!atomic_load(&reader->stop) && read_tails(reader)) {
        (void)poll(NULL, 0, RETRY_MS); /* the broker is away; an early return only tries sooner */
    }
    if (!atomic_load(&reader->stop))
        mailbox_post(reader->mailbox, &reader->mail);
    return NULL;
}

struct tail_reader *tail_reader_start(const struct config *config, struct mailbox *mailbox,
                                      const struct store_offset *offsets, size_t offset_count,
                                      void (*done)(void *context, const struct tail *tail), void *context)
{
    struct tail_reader *reader = calloc(1, sizeof(*reader));
    if (!reader)
        return NULL;
    reader->magic = TAIL_READER_MAGIC;
    reader->mail.deliver = deliver;
    reader->mailbox = mailbox;
    reader->config = config;
    reader->done = done;
    reader->context = context;
    reader->known = calloc(offset_count + 1, sizeof(*offsets));
    reader->known_count = offset_count;
    if (reader->known && offset_count)
        memcpy(reader->known, offsets, offset_count * sizeof(*offsets));
    if (!reader->known || pthread_create(&reader->thread, NULL, reader_main, reader)) {
        free(reader->known);
        free(reader);
        return NULL;
    }
    return reader;
}

void tail_reader_destroy(struct tail_reader **ret_reader)
{
    struct tail_reader *reader = *ret_reader;
    if (!reader)
        return;
    assert(reader->magic == TAIL_READER_MAGIC);
    atomic_store(&reader->stop, true);
    pthread_join(reader->thread, NULL);
    mailbox_drain(reader->mailbox); /* its mail, if it was posted, is read before it is freed */
    free(reader->known);
    free(reader->tail.ids);
    free(reader->tail.offsets);
    reader->magic = 0;
    free(reader);
    *ret_reader = NULL;
}
