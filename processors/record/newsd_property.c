/* newsd_property: what newsd knows of an article beyond the standard: where it was seen, what was found in
 * it, and how. Pure. */
#include <stdio.h>

#include "base/hash.h"
#include "processors/article_words.h"
#include "processors/record/events.h"
#include "processors/record/ninjs.h"
#include "processors/record/processing.h"
#include "processors/record/record_private.h"
#include "processors/record/statements.h"

static void write_change(struct json_writer *json, const struct article *article)
{
    if (!article->change.class || article->kind == ARTICLE_WITHDRAWN) /* gone is no rewrite */
        return;
    json_key(json, "change");
    json_begin_object(json);
    json_field_cstr(json, "class", article->change.class);
    json_field_bool(json, "title_changed", article->change.title_changed);
    json_field_int(json, "added_chars", article->change.added_chars);
    json_field_int(json, "removed_chars", article->change.removed_chars);
    json_end_object(json);
}

static void write_feed(struct json_writer *json, const struct article *article)
{
    if (str_empty(article->feed.id))
        return;
    json_key(json, "feed");
    json_begin_object(json);
    json_field_str(json, "id", article->feed.id);
    json_field_str(json, "url", article->feed.url);
    json_field_str(json, "title", article->feed.title);
    json_field_str(json, "entry_id", article->feed.entry_id);
    json_field_bool(json, "backfill", article->feed.backfill);
    json_end_object(json);
}

static void write_sightings(struct json_writer *json, const struct article *article)
{
    if (!article->seen_in.count)
        return;
    json_key(json, "seen_in");
    json_begin_array(json);
    for (size_t i = 0; i < article->seen_in.count; i++) {
        const struct article_sighting *sighting = &article->seen_in.items[i];
        json_begin_object(json);
        json_field_str(json, "id", sighting->feed_id);
        json_field_str(json, "url", sighting->feed_url);
        json_field_str(json, "entry_id", sighting->entry_id);
        if (sighting->first_seen_ms)
            json_field_time_ms(json, "first_seen", sighting->first_seen_ms);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_source(struct json_writer *json, const struct article *article)
{
    static const char *const outcomes[] = {"page",  "feed",  "blocked", "paywall", "consent",
                                           "empty", "error", "list",    "not-html"};
    json_key(json, "source");
    json_begin_object(json);
    json_field_cstr(json, "outcome", outcomes[article->source]);
    if (article->page_status)
        json_field_int(json, "status", article->page_status);
    json_field_str(json, "page_url", article->page_url);
    json_field_str(json, "page_error", article->page_error);
    json_field_double(json, "confidence", (double)article->source_confidence, 3);
    json_end_object(json);
}

static void write_dateline(struct json_writer *json, const struct article *article)
{
    const struct dateline *dateline = &article->dateline;
    if (dateline->span.end == 0)
        return;
    json_key(json, "dateline");
    json_begin_object(json);
    json_field_str(json, "place", dateline->place);
    json_field_str(json, "region", dateline->region);
    json_field_str(json, "agency", dateline->agency);
    json_field_str(json, "date", dateline->date);
    record_field_span(json, "span", dateline->span);
    if (dateline->place.len) { /* an agency may stand alone */
        record_field_span(json, "place_span", dateline->place_span);
    }
    json_field_cstr(json, "country", dateline->country);
    record_field_geoname(json, dateline->geoname);
    if (dateline->located)
        record_field_coordinates(json, dateline->latitude, dateline->longitude);
    json_end_object(json);
}

static void write_dates(struct json_writer *json, const struct article *article)
{
    static const char *const precisions[] = {"none", "year", "month", "day", "minute", "second", "fraction"};
    if (!article->dates.count)
        return;
    json_key(json, "dates");
    json_begin_array(json);
    for (size_t i = 0; i < article->dates.count; i++) {
        const struct article_date *date = &article->dates.items[i];
        json_begin_object(json);
        json_field_cstr(json, "kind", date->kind);
        json_field_str(json, "value", date->value);
        json_field_str(json, "local", date->local);
        json_field_cstr(json, "precision", precisions[date->precision]);
        json_field_cstr(json, "origin", date->origin);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_access(struct json_writer *json, const struct article *article)
{
    if (article->access != ACCESS_UNKNOWN)
        json_field_bool(json, "free", article->access == ACCESS_FREE);
    if (article->opt_outs) {
        json_key(json, "opt_out");
        json_begin_array(json);
        for (unsigned i = 0; i < OPT_OUTS; i++)
            if (article->opt_outs >> i & 1)
                json_str(json, str_from(opt_out_name(i)));
        json_end_array(json);
    }
    json_field_str(json, "tdm_policy", article->tdm_policy);
    json_field_str(json, "amp_url", article->amp_url);
}

static void write_text(struct json_writer *json, const struct article *article)
{
    char hex[SHA256_HEX_BYTES];
    if (str_empty(article->text))
        return;
    json_field_cstr(json, "text_sha256", hash_sha256_hex(article->text, 64, hex));
    json_key(json, "blocks");
    json_begin_array(json);
    for (size_t i = 0; i < article->blocks.count; i++) {
        const struct block *block = &article->blocks.items[i];
        json_begin_object(json);
        json_field_cstr(json, "kind", block_kind_text(block->kind));
        if (block->level)
            json_field_int(json, "level", block->level);
        record_field_span(json, "span", block->span);
        json_field_str(json, "time", block->time);
        json_end_object(json);
    }
    json_end_array(json);
    json_key(json, "sentences");
    json_begin_array(json);
    for (size_t i = 0; i < article->sentences.count; i++)
        record_write_span(json, article->sentences.items[i]);
    json_end_array(json);
    if (article->fingerprint) {
        (void)snprintf(hex, sizeof(hex), "%016llx", (unsigned long long)article->fingerprint);
        json_field_cstr(json, "fingerprint", hex);
    }
}

static void write_language(struct json_writer *json, const struct article *article)
{
    if (str_empty(article->language))
        return;
    json_key(json, "language");
    json_begin_object(json);
    json_field_str(json, "code", article->language);
    json_field_double(json, "confidence", (double)article->language_confidence, 3);
    json_end_object(json);
}

static void write_keywords(struct json_writer *json, const struct article *article)
{
    if (!article->keywords.count)
        return;
    json_key(json, "keywords");
    json_begin_array(json);
    for (size_t i = 0; i < article->keywords.count; i++) {
        json_begin_object(json);
        json_field_str(json, "text", article->keywords.items[i].text);
        json_field_double(json, "weight", (double)article->keywords.items[i].weight, 3);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_role(struct json_writer *json, const struct role *role)
{
    if (!role->class)
        return;
    json_field_str(json, "role", role->text);
    json_field_cstr(json, "role_class", role_class_text(role->class));
    record_field_span(json, "role_span", role->span);
    if (role->status != ROLE_HOLDS)
        json_field_cstr(json, "role_status", role_status_text(role->status));
    if (role->organisation)
        record_field_entity(json, "organisation", role->organisation);
}

/* What else the text says that the person is. */
static void write_other_roles(struct json_writer *json, const struct article *article,
                              const struct article_entity *person)
{
    bool any = false;
    const struct article_role *told;
    for (uint32_t i = person->first_role; i; i = told->next) {
        told = &article->roles.items[i - 1];
        if (told->role.first == person->role.first)
            continue;
        if (!any) {
            json_key(json, "other_roles");
            json_begin_array(json);
        }
        any = true;
        json_begin_object(json);
        json_field_str(json, "role", told->role.text);
        json_field_cstr(json, "role_class", role_class_text(told->role.class));
        record_field_span(json, "role_span", told->role.span);
        if (told->role.status != ROLE_HOLDS)
            json_field_cstr(json, "role_status", role_status_text(told->role.status));
        json_end_object(json);
    }
    if (any)
        json_end_array(json);
}

static void write_mentions(struct json_writer *json, const struct article *article,
                           const struct article_entity *entity)
{
    json_key(json, "mentions");
    json_begin_array(json);
    for (size_t i = 0; i < entity->name_count; i++)
        record_write_span(json, article->names.items[entity->names[i]].span);
    json_end_array(json);
}

static void write_references(struct json_writer *json, const struct article *article,
                             const struct article_entity *entity)
{
    if (!entity->reference_count)
        return;
    json_key(json, "references");
    json_begin_array(json);
    for (size_t i = 0; i < entity->reference_count; i++)
        record_write_span(json, article->references.items[entity->references[i]].span);
    json_end_array(json);
}

/* Their ids count within the article: other parts of the record name them by these. */
static void write_entities(struct json_writer *json, const struct article *article)
{
    static const char *const types[NAME_TYPES] = {"person", "place",    "organisation",
                                                  "group",  "facility", "event"};
    if (!article->entities.count)
        return;
    json_key(json, "entities");
    json_begin_array(json);
    for (size_t i = 0; i < article->entities.count; i++) {
        const struct article_entity *entity = &article->entities.items[i];
        json_begin_object(json);
        record_field_entity(json, "id", (uint32_t)i + 1);
        json_field_cstr(json, "type", types[entity->type]);
        json_field_str(json, "name", entity->name);
        write_mentions(json, article, entity);
        write_references(json, article, entity);
        write_role(json, &entity->role);
        if (entity->type == NAME_PERSON)
            write_other_roles(json, article, entity);
        json_field_cstr(json, "country", entity->country);
        record_field_geoname(json, entity->geoname);
        if (entity->located)
            record_field_coordinates(json, entity->latitude, entity->longitude);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_quantity(struct json_writer *json, const struct article *article,
                           const struct article_quantity *quantity)
{
    json_begin_object(json);
    json_field_cstr(json, "kind", quantity_kind_text(quantity->kind));
    json_field_double(json, "value", quantity->value, 15);
    if (quantity->high > quantity->value)
        json_field_double(json, "high", quantity->high, 15);
    json_field_cstr(json, "modifier", quantity_modifier_text(quantity->modifier));
    json_field_str(json, "unit", quantity->unit);
    json_field_cstr(json, "effect", quantity->effect);
    if (quantity->entity)
        record_field_entity(json, "entity", quantity->entity);
    json_field_str(json, "text", article_words(article, quantity->span));
    record_field_span(json, "span", quantity->span);
    json_end_object(json);
}

static void write_quantities(struct json_writer *json, const struct article *article)
{
    if (!article->quantities.count)
        return;
    json_key(json, "quantities");
    json_begin_array(json);
    for (size_t i = 0; i < article->quantities.count; i++)
        write_quantity(json, article, &article->quantities.items[i]);
    json_end_array(json);
}

static void write_statements(struct json_writer *json, const struct article *article)
{
    if (!article->statements.count)
        return;
    json_key(json, "statements");
    json_begin_array(json);
    for (size_t i = 0; i < article->statements.count; i++) {
        json_begin_object(json);
        statement_write(json, article, i);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_events(struct json_writer *json, const struct article *article)
{
    if (!article->events.count)
        return;
    json_key(json, "events");
    json_begin_array(json);
    for (size_t i = 0; i < article->events.count; i++) {
        json_begin_object(json);
        event_write(json, article, i);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_times(struct json_writer *json, const struct article *article)
{
    if (!article->times.count)
        return;
    json_key(json, "times");
    json_begin_array(json);
    for (size_t i = 0; i < article->times.count; i++) {
        const struct article_time *time = &article->times.items[i];
        json_begin_object(json);
        json_field_cstr(json, "kind", time_kind_text(time->kind));
        json_field_str(json, "value", time->value);
        json_field_cstr(json, "mod", time->mod);
        if (time->frequency)
            json_field_int(json, "frequency", time->frequency);
        if (time->begin_ms)
            json_field_time_ms(json, "begin", time->begin_ms);
        if (time->end_ms)
            json_field_time_ms(json, "end", time->end_ms);
        json_key(json, "span");
        record_write_span(json, time->span);
        json_field_cstr(json, "origin", time->origin);
        json_field_double(json, "confidence", (double)time->confidence, 3);
        json_end_object(json);
    }
    json_end_array(json);
}

void newsd_property_write(struct json_writer *json, const struct article *article)
{
    json_begin_object(json);
    json_field_str(json, "id", article->id);
    json_field_int(json, "revision", article->revision);
    write_change(json, article);
    write_feed(json, article);
    write_sightings(json, article);
    if (article->fetched_ms)
        json_field_time_ms(json, "fetched", article->fetched_ms);
    write_source(json, article);
    write_dateline(json, article);
    write_dates(json, article);
    write_text(json, article);
    write_access(json, article);
    json_field_str(json, "comments_url", article->comments_url);
    write_language(json, article);
    write_keywords(json, article);
    write_entities(json, article);
    write_times(json, article);
    write_quantities(json, article);
    write_statements(json, article);
    write_events(json, article);
    if (article->story_id.len) {
        json_key(json, "story");
        json_begin_object(json);
        json_field_str(json, "id", article->story_id);
        json_field_double(json, "similarity", (double)article->story_similarity, 3);
        json_field_str(json, "duplicate_of", article->duplicate_of);
        json_end_object(json);
    }
    processing_write(json, article, true);
    json_end_object(json);
}
