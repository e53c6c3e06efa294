/* record: the records of a finished article, value and envelope. Pure; any thread; everything in the caller's
 * arena. */
#include "processors/record/record.h"

#include <errno.h>

#include "processors/record/cloudevents.h"
#include "processors/record/derived.h"
#include "processors/record/ninjs.h"
#include "processors/record/record_private.h"

static const char *article_type(enum article_kind kind)
{
    static const char *const types[] = {"org.newsd.article.published", "org.newsd.article.revised",
                                        "org.newsd.article.withdrawn"};
    return types[kind];
}

int record_article_value(struct arena *arena, const struct article *article, bool pretty,
                         struct str *ret_value, struct error *error)
{
    _cleanup_buffer_ struct buffer out = {0};
    struct json_writer *json = json_writer_create(&out, pretty);
    if (!json)
        return error_set(error, -ENOMEM, "no memory for a record");
    ninjs_write(json, article);
    return record_value_finish(arena, &json, &out, ret_value, error);
}

int record_article(struct arena *arena, const struct article *article, int64_t recorded_ms,
                   struct record_list *ret_records, struct error *error)
{
    struct record *record = arena_new(arena, struct record);
    if (!record)
        return error_set(error, -ENOMEM, "no memory for a record");
    int failure = record_article_value(arena, article, false, &record->value, error);
    if (failure)
        return failure;
    record->topic = TOPIC_ARTICLES;
    record->key = article->id;
    struct cloudevent event = {
        .type = article_type(article->kind),
        .identity = arena_printf(arena, "%.*s\n%u", STR_ARG(article->id), article->revision),
        .source = article->feed.url,
        .subject = article->url,
        .schema = RECORD_SCHEMA_BASE "article-1.json",
        .time_ms = article->fetched_ms,
        .recorded_ms = recorded_ms,
    };
    failure = cloudevents_fill(arena, &event, record);
    if (failure)
        return error_set(error, failure, "no memory for a record");
    *ret_records = (struct record_list){.items = record, .count = 1, .capacity = 1};
    return derived_add(arena, article, recorded_ms, ret_records, error);
}
