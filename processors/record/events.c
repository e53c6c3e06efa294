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

static void write_scales(struct json_writer *json, const struct coded_event *event)
{
    if (event->plover_type) {
        json_key(json, "plover");
        json_begin_object(json);
        json_field_cstr(json, "type", event->plover_type);
        json_field_cstr(json, "mode", event->plover_mode);
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

void event_write(struct json_writer *json, const struct article *article, size_t at)
{
    const struct coded_event *event = &article->events.items[at];
    json_field_cstr(json, "id", event->id);
    json_field_cstr(json, "cameo", event->cameo);
    write_scales(json, event);
    write_actors(json, article, "source", event->sources, event->source_count);
    write_actors(json, article, "target", event->targets, event->target_count);
    write_place(json, article, event->place);
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
    record_field_span(json, "sentence", event->sentence);
    json_field_str(json, "text", article_words(article, event->sentence));
    json_field_cstr(json, "rule", event->rule);
    json_field_double(json, "confidence", (double)event->confidence, 3);
}
