/* statistics: reads the JSON of RD_KAFKA_EVENT_STATS. Keeps nothing. */
#include "daemon/kafka/statistics.h"

#include <jansson.h>
#include <string.h>

void kafka_statistics_read(const char *text, struct kafka_statistics *ret_statistics)
{
    json_t *root = json_loads(text, 0, NULL), *broker;
    const char *name;
    double before = (double)json_integer_value(json_object_get(root, "txmsg_bytes"));
    double after = (double)json_integer_value(json_object_get(root, "tx_bytes"));
    *ret_statistics =
        (struct kafka_statistics){.compression_ratio = before > 0 && after > 0 ? before / after : 0};
    json_object_foreach(json_object_get(root, "brokers"), name, broker)
    {
        const char *state = json_string_value(json_object_get(broker, "state"));
        if (state && !strcmp(state, "UP"))
            ret_statistics->broker_up = true;
    }
    json_decref(root);
}
