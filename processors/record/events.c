/* events: see the header. Pure. */
#include "processors/record/events.h"

#include "processors/article_words.h"
#include "processors/record/record_private.h"

static void write_actor(struct json_writer *json, const struct article *article,
                        const struct event_actor *actor)
{
    json_begin_object(json);
    json_field_str(json, "text", article_words(article, actor->span));
    record_field_span(json, "span", actor->span);
    json_field_str(json, "name", actor->name);
    json_field_cstr(json, "country", actor->country);
    json_field_cstr(json, "sector", actor->sector);
    json_field_str(json, "cameo", actor->cameo);
    if (actor->entity)
        record_field_entity(json, "entity", actor->entity);
    json_end_object(json);
}

static void write_actors(struct json_writer *json, const struct article *article, const char *key,
                         const struct event_actor *actors, size_t count)
{
    json_key(json, key);
    json_begin_array(json);
    for (size_t i = 0; i < count; i++)
        write_actor(json, article, &actors[i]);
    json_end_array(json);
}

static void write_contexts(struct json_writer *json, const struct coded_event *event)
{
    if (!event->context_count)
        return;
    json_key(json, "context");
    json_begin_array(json);
    for (size_t i = 0; i < event->context_count; i++)
        json_str(json, event->contexts[i]);
    json_end_array(json);
}

static void write_scales(struct json_writer *json, const struct coded_event *event)
{
    if (event->plover_type) {
        json_key(json, "plover");
        json_begin_object(json);
        json_field_cstr(json, "type", event->plover_type);
        json_field_cstr(json, "mode", event->plover_mode);
        write_contexts(json, event);
        json_end_object(json);
    }
    json_field_int(json, "quad_class", event->quad_class);
    json_key(json, "goldstein");
    json_begin_object(json);
    json_field_double(json, "value", event->goldstein, 3);
    json_field_cstr(json, "table", event->goldstein_table);
    json_end_object(json);
}

static void write_place(struct json_writer *json, const struct article *article, uint32_t number)
{
    if (!number)
        return;
    const struct article_entity *place = &article->entities.items[number - 1];
    json_key(json, "place");
    json_begin_object(json);
    json_field_str(json, "name", place->name);
    json_field_cstr(json, "country", place->country);
    if (place->located)
        record_field_coordinates(json, place->latitude, place->longitude);
    json_end_object(json);
}

static bool all_digits(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < '0' || text.ptr[i] > '9')
            return false;
    return text.len > 0;
}

/* A year, month or day; what TIMEX3 has beyond that (weeks, quarters, seasons) stands in newsd.times alone.
 */
static size_t calendar_length(struct str value)
{
    if (value.len < 4 || !all_digits(str_slice(value, 0, 4)))
        return 0;
    if (value.len < 7 || value.ptr[4] != '-' || !all_digits(str_slice(value, 5, 7)))
        return value.len == 4 ? 4 : 0;
    if (value.len < 10 || value.ptr[7] != '-' || !all_digits(str_slice(value, 8, 10)))
        return value.len == 7 ? 7 : 0;
    return 10;
}

static void write_time(struct json_writer *json, const struct article *article, uint32_t number)
{
    const struct article_time *time = number ? &article->times.items[number - 1] : NULL;
    size_t length = time ? calendar_length(time->value) : 0;
    if (!length)
        return;
    json_key(json, "time");
    json_begin_object(json);
    json_field_str(json, "value", str_slice(time->value, 0, length));
    json_field_cstr(json, "precision", length == 4 ? "year" : length == 7 ? "month" : "day");
    record_field_span(json, "span", time->span);
    json_end_object(json);
}

static void write_mentions(struct json_writer *json, const struct article *article,
                           const struct coded_event *event)
{
    if (!event->mention_count)
        return;
    json_key(json, "mentions");
    json_begin_array(json);
    for (size_t i = 0; i < event->mention_count; i++) {
        json_begin_object(json);
        json_field_str(json, "text", article_words(article, event->mentions[i]));
        record_field_span(json, "span", event->mentions[i]);
        json_end_object(json);
    }
    json_end_array(json);
}

void event_write(struct json_writer *json, const struct article *article, size_t at)
{
    const struct coded_event *event = &article->events.items[at];
    json_field_cstr(json, "id", event->id);
    json_field_cstr(json, "cameo", event->cameo);
    write_scales(json, event);
    write_actors(json, article, "source", event->sources, event->source_count);
    write_actors(json, article, "target", event->targets, event->target_count);
    write_place(json, article, event->place);
    write_time(json, article, event->time);
    json_field_cstr(json, "modality", event_modality_text(event->modality));
    if (event->attributed_to.span.end) {
        json_key(json, "attributed_to");
        write_actor(json, article, &event->attributed_to);
    }
    json_key(json, "trigger");
    json_begin_object(json);
    json_field_str(json, "text", article_words(article, event->trigger));
    record_field_span(json, "span", event->trigger);
    json_end_object(json);
    write_mentions(json, article, event);
    record_field_span(json, "sentence", event->sentence);
    json_field_str(json, "text", article_words(article, event->sentence));
    json_field_cstr(json, "rule", event->rule);
    json_field_double(json, "confidence", (double)event->confidence, 3);
    json_field_double(json, "act_confidence", (double)event->act_confidence, 3);
}
