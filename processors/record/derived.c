/* derived: see the header. Pure. */
#include "processors/record/derived.h"

#include <errno.h>
#include <string.h>

#include "processors/record/cloudevents.h"
#include "processors/record/events.h"
#include "processors/record/record_private.h"
#include "processors/record/statements.h"

static size_t count_statements(const struct article *article)
{
    return article->statements.count;
}

static const char *statement_id(const struct article *article, size_t at)
{
    return article->statements.items[at].id;
}

static size_t count_events(const struct article *article)
{
    return article->events.count;
}

static const char *event_id(const struct article *article, size_t at)
{
    return article->events.items[at].id;
}

static const struct derived_kind {
    enum record_topic topic;
    const char *types[3]; /* by enum article_kind: the last is a tombstone's */
    const char *schema;
    size_t (*count)(const struct article *article);
    const char *(*id)(const struct article *article, size_t at);
    void (*write)(struct json_writer *json, const struct article *article, size_t at);
} kinds[] = {
    {TOPIC_STATEMENTS,
     {"org.newsd.statement.published", "org.newsd.statement.revised", "org.newsd.statement.withdrawn"},
     RECORD_SCHEMA_BASE "statement-1.json",
     count_statements,
     statement_id,
     statement_write},
    {TOPIC_EVENTS,
     {"org.newsd.event.published", "org.newsd.event.revised", "org.newsd.event.withdrawn"},
     RECORD_SCHEMA_BASE "event-1.json",
     count_events,
     event_id,
     event_write},
};
enum { KINDS = sizeof(kinds) / sizeof(kinds[0]) };

static int write_value(struct arena *arena, const struct article *article, const struct derived_kind *kind,
                       size_t at, struct str *ret_value, struct error *error)
{
    _cleanup_buffer_ struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, false);
    if (!json)
        return error_set(error, -ENOMEM, "no memory for a record");
    json_begin_object(json);
    json_field_str(json, "article", article->id);
    json_field_int(json, "revision", article->revision);
    kind->write(json, article, at);
    json_end_object(json);
    return record_value_finish(arena, &json, &out, ret_value, error);
}

/* Key and envelope. */
static int address(struct arena *arena, const struct article *article, const struct derived_kind *kind,
                   enum article_kind change, struct str id, int64_t recorded_ms, struct record *record)
{
    record->topic = kind->topic;
    record->key = arena_printf(arena, "%.*s/%.*s", STR_ARG(article->id), STR_ARG(id));
    struct cloudevent event = {
        .type = kind->types[change],
        .identity = arena_printf(arena, "%.*s\n%u", STR_ARG(record->key), article->revision),
        .source = article->feed.url,
        .subject = article->url,
        .schema = kind->schema,
        .time_ms = article->fetched_ms,
        .recorded_ms = recorded_ms,
    };
    return record->key.ptr ? cloudevents_fill(arena, &event, record) : -ENOMEM;
}

static struct record *add(struct arena *arena, struct record_list *records)
{
    if (arena_grow(arena, (void **)&records->items, records->count, &records->capacity,
                   sizeof(struct record)))
        return NULL;
    records->items[records->count] = (struct record){0};
    return &records->items[records->count++];
}

int derived_add(struct arena *arena, const struct article *article, int64_t recorded_ms,
                struct record_list *records, struct error *error)
{
    enum article_kind change = article->revision > 1 ? ARTICLE_REVISED : ARTICLE_PUBLISHED;
    int failure = 0;
    for (size_t k = 0; k < KINDS && article->kind != ARTICLE_WITHDRAWN; k++)
        for (size_t i = 0; i < kinds[k].count(article) && !failure; i++) {
            struct record *record = add(arena, records);
            failure = record ? address(arena, article, &kinds[k], change, str_from(kinds[k].id(article, i)),
                                       recorded_ms, record)
                             : -ENOMEM;
            failure = failure ? error_set(error, failure, "no memory for a record")
                              : write_value(arena, article, &kinds[k], i, &record->value, error);
        }
    return failure;
}

static const struct derived_kind *kind_of(enum record_topic topic)
{
    for (size_t k = 0; k < KINDS; k++)
        if (kinds[k].topic == topic)
            return &kinds[k];
    return NULL;
}

static struct str id_of(const struct record *record)
{
    ptrdiff_t stroke = str_find_byte(record->key, '/', 0);
    return stroke < 0 ? STR_NONE : str_slice(record->key, (size_t)stroke + 1, record->key.len);
}

struct str derived_list(struct arena *arena, const struct record_list *records)
{
    _cleanup_buffer_ struct buffer list = {0};
    for (size_t i = 0; i < records->count; i++) {
        const struct record *record = &records->items[i];
        if (kind_of(record->topic) && record->value.len)
            buffer_printf(&list, "%s%s/%.*s", list.len ? " " : "", record_topic_name(record->topic),
                          STR_ARG(id_of(record)));
    }
    return list.len && !list.failed ? arena_str(arena, buffer_str(&list)) : STR_NONE;
}

static bool is_among(const struct record_list *records, size_t count, enum record_topic topic, struct str id)
{
    for (size_t i = 0; i < count; i++)
        if (records->items[i].topic == topic && str_equal(id_of(&records->items[i]), id))
            return true;
    return false;
}

int derived_withdraw(struct arena *arena, const struct article *article, struct str before,
                     int64_t recorded_ms, struct record_list *records)
{
    size_t count = records->count;
    struct str entry;
    int error = 0;
    while (!error && before.len && str_split(&before, ' ', &entry)) {
        ptrdiff_t stroke = str_find_byte(entry, '/', 0);
        struct str name = stroke < 0 ? STR_NONE : str_slice(entry, 0, (size_t)stroke);
        struct str id = str_slice(entry, (size_t)(stroke + 1), entry.len);
        for (size_t k = 0; k < KINDS && !error; k++) {
            if (!str_equal(name, str_from(record_topic_name(kinds[k].topic))) ||
                is_among(records, count, kinds[k].topic, id))
                continue;
            struct record *record = add(arena, records);
            error = record ? address(arena, article, &kinds[k], ARTICLE_WITHDRAWN, id, recorded_ms, record)
                           : -ENOMEM;
        }
    }
    return error;
}
