/* outgoing: rows to messages. Keeps nothing. */
#include "daemon/kafka/outgoing.h"
#include "daemon/store/store_outbox.h"

#include <assert.h>
#include <string.h>

bool outgoing_refused_for_good(rd_kafka_resp_err_t error)
{
    return error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE || error == RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE ||
           error == RD_KAFKA_RESP_ERR_INVALID_MSG || error == RD_KAFKA_RESP_ERR_INVALID_RECORD;
}

/* The value becomes the envelope, and only the content type says so: the ce_ headers stay, by which newsd
 * finds its own records again. A tombstone has no value to put into an envelope. */
static int to_structured(struct arena *arena, const struct store_outgoing *row, struct record_header *headers,
                         size_t count, struct str *ret_value)
{
    assert(row->value.len && count <= RECORD_HEADERS_MAX);
    struct record record = {.value = row->value, .header_count = count};
    memcpy(record.headers, headers, count * sizeof(*headers));
    int error = record_structured(arena, &record, ret_value);
    for (size_t i = 0; i < count && !error; i++)
        if (!strcmp(headers[i].name, "content-type"))
            headers[i].value = STR(RECORD_STRUCTURED_TYPE);
    return error;
}

rd_kafka_resp_err_t outgoing_produce(rd_kafka_t *producer, struct arena *arena, const char *topic,
                                     const struct store_outgoing *row, bool structured, void *opaque)
{
    struct record_header headers[RECORD_HEADERS_MAX];
    size_t count = 0;
    if (record_headers_decode(arena, row->headers, headers, &count))
        return RD_KAFKA_RESP_ERR__QUEUE_FULL;
    struct str value = row->value;
    if (structured && value.len && to_structured(arena, row, headers, count, &value))
        return RD_KAFKA_RESP_ERR__QUEUE_FULL;
    rd_kafka_headers_t *made = rd_kafka_headers_new(count);
    for (size_t i = 0; i < count; i++)
        rd_kafka_header_add(made, headers[i].name, -1, headers[i].value.ptr, (ssize_t)headers[i].value.len);
    /* producev, not produceva: the latter frees headers twice for an unknown partition (librdkafka #4627). */
    rd_kafka_resp_err_t error = rd_kafka_producev(
        producer, RD_KAFKA_V_TOPIC(topic), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
        RD_KAFKA_V_KEY(row->key.ptr, row->key.len),
        RD_KAFKA_V_VALUE((void *)(uintptr_t)(value.len ? value.ptr : NULL), value.len) /* a tombstone */,
        RD_KAFKA_V_HEADERS(made), RD_KAFKA_V_OPAQUE(opaque), RD_KAFKA_V_END);
    if (error)
        rd_kafka_headers_destroy(made);
    return error;
}
