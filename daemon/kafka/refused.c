/* refused: reads the record's value. */
#include "daemon/kafka/refused.h"

#include <stdlib.h>
#include <string.h>

#include "base/utf8.h"
#include "base/json_reader.h"
#include "processors/intake_payload.h"

enum { TITLE_BYTES_MAX = 1024, FIELD_BYTES_MAX = 8192 };

bool refused_for_size(rd_kafka_resp_err_t error)
{
    return error == RD_KAFKA_RESP_ERR_MSG_SIZE_TOO_LARGE || error == RD_KAFKA_RESP_ERR_INVALID_MSG_SIZE ||
           error == RD_KAFKA_RESP_ERR_RECORD_LIST_TOO_LARGE;
}

static struct str first_headline(const json_t *root)
{
    return json_reader_str(json_array_get(json_object_get(root, "headlines"), 0), "value");
}

static struct str alternative(const json_t *root, const char *role)
{
    size_t at;
    const json_t *item;
    json_array_foreach(json_object_get(root, "altIds"), at,
                       item) if (str_equal(json_reader_str(item, "role"),
                                           str_from(role))) return json_reader_str(item, "value");
    return STR_NONE;
}

static const json_t *feed_of(const json_t *root)
{
    return json_object_get(json_object_get(root, "newsd"), "feed");
}

void refused_source(struct arena *arena, struct str value, struct refused_source *ret_source)
{
    _cleanup_json_ json_t *root = json_reader_parse(value, NULL);
    *ret_source = (struct refused_source){
        .feed_url = arena_str(arena, json_reader_str(feed_of(root), "url")),
        .url = arena_str(arena, utf8_cut(alternative(root, "url"), FIELD_BYTES_MAX)),
        .title = arena_str(arena, utf8_cut(first_headline(root), TITLE_BYTES_MAX)),
    };
}

/* STR_NONE when the record is no article's, or without memory. */
static struct str intake_entry(struct arena *arena, const json_t *root)
{
    const json_t *source = feed_of(root);
    struct str id = utf8_cut(json_reader_str(source, "entry_id"), FIELD_BYTES_MAX);
    struct intake_feed feed = {.id = utf8_cut(json_reader_str(source, "id"), FIELD_BYTES_MAX),
                               .url = utf8_cut(json_reader_str(source, "url"), FIELD_BYTES_MAX),
                               .title = utf8_cut(json_reader_str(source, "title"), FIELD_BYTES_MAX)};
    struct intake_entry entry = {.id = id,
                                 .title = utf8_cut(first_headline(root), TITLE_BYTES_MAX),
                                 .link = utf8_cut(alternative(root, "url"), FIELD_BYTES_MAX),
                                 .published = json_reader_str(root, "contentCreated")};
    struct intake_payload payload = {.entry_id = id, .fetched = json_reader_str(root, "versionCreated")};
    struct str written = STR_NONE;
    return source && intake_payload_plain(arena, &feed, &entry, &payload, &written) == 0 ? written : STR_NONE;
}

void refused_report(struct arena *arena, struct str key, struct str value, rd_kafka_resp_err_t error,
                    struct reject_report *report)
{
    report->article_id = key.len == ARTICLE_ID_BYTES - 1 ? key : STR_NONE; /* a feed's key is shorter */
    report->payload = value;
    if (!refused_for_size(error))
        return;
    _cleanup_json_ json_t *root = json_reader_parse(value, NULL);
    report->payload = report->article_id.len ? intake_entry(arena, root) : STR_NONE;
    if (!report->payload.len)
        return;
    report->revision = (uint32_t)json_reader_int(json_object_get(root, "newsd"), "revision", 1);
    report->kind = str_equal(json_reader_str(root, "pubStatus"), STR("canceled")) ? ARTICLE_WITHDRAWN
                   : report->revision > 1                                         ? ARTICLE_REVISED
                                                                                  : ARTICLE_PUBLISHED;
}
