/* ninjs: the standard's part of an article record. Property names and types follow the published ninjs 3.1
 * schema. Pure. */
#include "processors/record/ninjs.h"

#include <stdio.h>
#include <string.h>

#include "processors/article_words.h"
#include "processors/record/record_private.h"

enum { RELEVANCE_MAX = 100 };

/* "full" is for a text that stands for the whole article. */
static bool is_full(const struct article *article)
{
    return article->text_length > 0 && (article->source == SOURCE_PAGE || article->source == SOURCE_FEED);
}

static void write_identity(struct json_writer *json, const struct article *article)
{
    char text[64];
    (void)snprintf(text, sizeof(text), "urn:newsd:article:%.*s",
                   STR_ARG(article->id)); /* 32 digits: it fits */
    json_field_cstr(json, "uri", text);
    json_field_cstr(json, "type", "text");
    json_field_cstr(json, "representationType", is_full(article) ? "full" : "partial");
    (void)snprintf(text, sizeof(text), "%u", article->revision);
    json_field_cstr(json, "version", text);
    json_field_cstr(json, "pubStatus", article->kind == ARTICLE_WITHDRAWN ? "canceled" : "usable");
}

static void write_times(struct json_writer *json, const struct article *article)
{
    record_field_time(json, "firstCreated", article->first_created_ms);
    record_field_time(json, "versionCreated", article->fetched_ms);
    record_field_time(json, "contentCreated", article->published_ms);
    for (size_t i = 0; i < article->dates.count; i++) {
        if (article->dates.items[i].ms && !strcmp(article->dates.items[i].kind, "expired")) {
            record_field_time(json, "expires", article->dates.items[i].ms);
            return;
        }
    }
}

static void write_language(struct json_writer *json, const struct article *article)
{
    if (article->language.len)
        json_field_str(json, "language", article->language);
    else if (article->kind != ARTICLE_WITHDRAWN)
        json_field_str(json, "language", article->language_stated);
}

static void write_value(struct json_writer *json, struct str value, const char *role)
{
    if (str_empty(value))
        return;
    json_begin_object(json);
    json_field_cstr(json, "role", role);
    json_field_cstr(json, "contentType", "text/plain");
    json_field_str(json, "value", value);
    json_end_object(json);
}

static void write_value_list(struct json_writer *json, const char *key, struct str value, const char *role)
{
    if (str_empty(value))
        return;
    json_key(json, key);
    json_begin_array(json);
    write_value(json, value, role);
    json_end_array(json);
}

static void write_headlines(struct json_writer *json, const struct article *article)
{
    if (str_empty(article->title) && str_empty(article->subtitle))
        return;
    json_key(json, "headlines");
    json_begin_array(json);
    write_value(json, article->title, "main");
    write_value(json, article->subtitle, "subtitle");
    json_end_array(json);
}

static uint32_t word_count(struct str text)
{
    uint32_t count = 0;
    bool inside = false;
    for (size_t i = 0; i < text.len; i++) {
        bool space = (unsigned char)text.ptr[i] <= ' ';
        count += inside && space;
        inside = !space;
    }
    return count + inside;
}

static void write_body(struct json_writer *json, const struct article *article)
{
    if (str_empty(article->text))
        return;
    json_key(json, "bodies");
    json_begin_array(json);
    json_begin_object(json);
    json_field_cstr(json, "role", "main");
    json_field_cstr(json, "contentType", "text/plain");
    json_field_int(json, "charCount", article->text_length);
    json_field_int(json, "wordCount", word_count(article->text));
    json_field_str(json, "value", article->text);
    json_end_object(json);
    json_end_array(json);
}

static void write_by(struct json_writer *json, const struct article *article)
{
    _cleanup_buffer_ struct buffer by = {0};
    for (size_t i = 0; i < article->authors.count; i++) {
        struct str name = article->authors.items[i].name;
        if (name.len)
            buffer_printf(&by, "%s%.*s", by.len ? ", " : "", STR_ARG(name));
    }
    json_field_str(json, "by", buffer_str(&by));
}

static void write_author(struct json_writer *json, const struct article_person *person)
{
    json_begin_object(json);
    json_field_str(json, "name", person->name);
    json_field_cstr(json, "rel", "author");
    record_field_uri(json, "uri", person->url);
    if (person->email.len) {
        json_key(json, "contactInfo");
        json_begin_array(json);
        json_begin_object(json);
        json_field_cstr(json, "type", "email");
        json_field_str(json, "value", person->email);
        json_end_object(json);
        json_end_array(json);
    }
    json_end_object(json);
}

static size_t count_authors(const struct article *article, bool organisations)
{
    size_t count = 0;
    for (size_t i = 0; i < article->authors.count; i++)
        count +=
            article->authors.items[i].name.len && article->authors.items[i].organisation == organisations;
    return count;
}

static void write_authors(struct json_writer *json, const struct article *article, bool organisations)
{
    for (size_t i = 0; i < article->authors.count; i++)
        if (article->authors.items[i].name.len && article->authors.items[i].organisation == organisations)
            write_author(json, &article->authors.items[i]);
}

static size_t count_entities(const struct article *article, enum name_type type)
{
    size_t count = 0;
    for (size_t i = 0; i < article->entities.count; i++)
        count += article->entities.items[i].type == type;
    return count;
}

/* Roles are not of the standard: they stand in newsd.entities. */
static void write_mentioned(struct json_writer *json, const struct article *article, enum name_type type)
{
    for (size_t i = 0; i < article->entities.count; i++) {
        if (article->entities.items[i].type != type)
            continue;
        json_begin_object(json);
        json_field_str(json, "name", article->entities.items[i].name);
        json_field_cstr(json, "rel", "mentioned");
        json_end_object(json);
    }
}

/* The authors, then those who are named in the text. */
static void write_people(struct json_writer *json, const struct article *article)
{
    write_by(json, article);
    if (!count_authors(article, false) && !count_entities(article, NAME_PERSON))
        return;
    json_key(json, "people");
    json_begin_array(json);
    write_authors(json, article, false);
    write_mentioned(json, article, NAME_PERSON);
    json_end_array(json);
}

static void write_organisations(struct json_writer *json, const struct article *article)
{
    if (!count_authors(article, true) && !count_entities(article, NAME_ORGANISATION))
        return;
    json_key(json, "organisations");
    json_begin_array(json);
    write_authors(json, article, true);
    write_mentioned(json, article, NAME_ORGANISATION);
    json_end_array(json);
}

/* A point as GeoJSON (RFC 7946): the longitude first. */
static void write_point(struct json_writer *json, float latitude, float longitude)
{
    json_key(json, "geoJSON");
    json_begin_object(json);
    json_field_cstr(json, "type", "Point");
    json_key(json, "coordinates");
    json_begin_array(json);
    record_degree(json, longitude);
    record_degree(json, latitude);
    json_end_array(json);
    json_end_object(json);
}

static void write_dateline_place(struct json_writer *json, const struct dateline *dateline)
{
    json_begin_object(json);
    json_field_str(json, "name", dateline->place);
    json_field_cstr(json, "rel", "dateline");
    record_field_geoname(json, dateline->geoname);
    if (dateline->located)
        write_point(json, dateline->latitude, dateline->longitude);
    json_end_object(json);
}

static void write_named_place(struct json_writer *json, const struct article_entity *entity)
{
    json_begin_object(json);
    json_field_str(json, "name", entity->name);
    json_field_cstr(json, "rel", "mentioned");
    record_field_geoname(json, entity->geoname);
    if (entity->located)
        write_point(json, entity->latitude, entity->longitude);
    json_end_object(json);
}

static void write_places(struct json_writer *json, const struct article *article)
{
    bool dateline = article->dateline.place.len, named = false;
    for (size_t i = 0; i < article->entities.count && !named; i++)
        named = article->entities.items[i].type == NAME_PLACE;
    if (!dateline && !named)
        return;
    json_field_str(json, "located", article->dateline.place);
    json_key(json, "places");
    json_begin_array(json);
    if (dateline)
        write_dateline_place(json, &article->dateline);
    for (size_t i = 0; i < article->entities.count; i++)
        if (article->entities.items[i].type == NAME_PLACE)
            write_named_place(json, &article->entities.items[i]);
    json_end_array(json);
}

/* The concept's own URI: the term when it is one, or the term behind its scheme where the scheme is made for
 * that. A scheme alone names no concept. */
static void write_subject_uri(struct json_writer *json, const struct article_subject *subject)
{
    struct str scheme = subject->scheme;
    if (record_is_uri(subject->term)) {
        record_field_uri(json, "uri", subject->term);
        return;
    }
    if (!record_is_uri(scheme) || str_empty(subject->term) || !strchr("/#=:", scheme.ptr[scheme.len - 1]))
        return;
    _cleanup_buffer_ struct buffer whole = {0};
    buffer_printf(&whole, "%.*s%.*s", STR_ARG(scheme), STR_ARG(subject->term));
    if (!whole.failed)
        record_field_uri(json, "uri", buffer_str(&whole));
}

static void write_subjects(struct json_writer *json, const struct article *article)
{
    if (!article->subjects.count && !article->keywords.count)
        return;
    json_key(json, "subjects");
    json_begin_array(json);
    for (size_t i = 0; i < article->subjects.count; i++) {
        const struct article_subject *subject = &article->subjects.items[i];
        json_begin_object(json);
        json_field_str(json, "name", subject->name.len ? subject->name : subject->term);
        json_field_cstr(json, "rel", "category");
        write_subject_uri(json, subject);
        json_field_str(json, "literal", subject->term);
        json_field_cstr(json, "creator", "feed");
        json_end_object(json);
    }
    for (size_t i = 0; i < article->keywords.count; i++) {
        const struct keyword *keyword = &article->keywords.items[i];
        int relevance = (int)(keyword->weight * RELEVANCE_MAX + 0.5F);
        json_begin_object(json);
        json_field_str(json, "name", keyword->text);
        json_field_cstr(json, "rel", "keyword");
        json_field_cstr(json, "creator", "newsd");
        json_field_int(json, "relevance",
                       relevance < 0               ? 0
                       : relevance > RELEVANCE_MAX ? RELEVANCE_MAX
                                                   : relevance);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_sources(struct json_writer *json, const struct article *article)
{
    struct str publisher = article->feed.publisher.len ? article->feed.publisher : article->feed.title;
    if (str_empty(publisher) && str_empty(article->dateline.agency))
        return;
    json_key(json, "infoSources");
    json_begin_array(json);
    if (publisher.len) {
        json_begin_object(json);
        json_field_str(json, "name", publisher);
        json_field_cstr(json, "role", "publisher");
        record_field_uri(json, "uri", article->feed.link);
        json_end_object(json);
    }
    if (article->dateline.agency.len) {
        json_begin_object(json);
        json_field_str(json, "name", article->dateline.agency);
        json_field_cstr(json, "role", "agency");
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_rendition(struct json_writer *json, struct str url, struct str type, int64_t width,
                            int64_t height, int64_t bytes, int64_t duration_s)
{
    json_key(json, "renditions");
    json_begin_array(json);
    json_begin_object(json);
    json_field_cstr(json, "name", "original");
    record_field_uri(json, "href", url);
    json_field_str(json, "contentType", type);
    if (width > 0)
        json_field_int(json, "width", width);
    if (height > 0)
        json_field_int(json, "height", height);
    if (bytes > 0)
        json_field_int(json, "sizeInBytes", bytes);
    if (duration_s > 0)
        json_field_int(json, "duration", duration_s);
    json_end_object(json);
    json_end_array(json);
}

static const char *object_type(struct str media_type)
{
    if (str_starts_nocase(media_type, STR("audio/")))
        return "audio";
    if (str_starts_nocase(media_type, STR("video/")))
        return "video";
    return str_starts_nocase(media_type, STR("image/")) ? "picture" : "component";
}

static void write_associations(struct json_writer *json, const struct article *article)
{
    size_t number = 0;
    char name[32];
    if (!article->images.count && !article->enclosures.count)
        return;
    json_key(json, "associations");
    json_begin_array(json);
    for (size_t i = 0; i < article->images.count; i++) {
        const struct article_image *image = &article->images.items[i];
        if (!record_is_uri(image->url))
            continue;
        json_begin_object(json);
        (void)snprintf(name, sizeof(name), "image-%zu", ++number);
        json_field_cstr(json, "name", name);
        json_field_cstr(json, "rel", "illustration");
        record_field_uri(json, "uri", image->url);
        json_field_cstr(json, "type", "picture");
        json_field_str(json, "title", image->title);
        write_value_list(json, "descriptions", image->caption, "caption");
        json_field_str(json, "by", image->credit);
        write_rendition(json, image->url, image->type, image->width, image->height, -1, -1);
        json_end_object(json);
    }
    number = 0;
    for (size_t i = 0; i < article->enclosures.count; i++) {
        const struct article_enclosure *enclosure = &article->enclosures.items[i];
        if (!record_is_uri(enclosure->url))
            continue;
        json_begin_object(json);
        (void)snprintf(name, sizeof(name), "enclosure-%zu", ++number);
        json_field_cstr(json, "name", name);
        json_field_cstr(json, "rel", "enclosure");
        record_field_uri(json, "uri", enclosure->url);
        json_field_cstr(json, "type", object_type(enclosure->type));
        json_field_str(json, "title", enclosure->title);
        write_rendition(json, enclosure->url, enclosure->type, -1, -1, enclosure->length,
                        enclosure->duration_s);
        json_end_object(json);
    }
    json_end_array(json);
}

static void write_alternative(struct json_writer *json, const char *role, struct str value)
{
    if (str_empty(value))
        return;
    json_begin_object(json);
    json_field_cstr(json, "role", role);
    json_field_str(json, "value", value);
    json_end_object(json);
}

static void write_alternatives(struct json_writer *json, const struct article *article)
{
    json_key(json, "altIds");
    json_begin_array(json);
    write_alternative(json, "url", article->url);
    write_alternative(json, "feed-entry", article->feed.entry_id);
    write_alternative(json, "newsd", article->id);
    json_end_array(json);
}

/* Planned, and not over on the day of the article. */
static bool is_ahead(const struct article *article, const struct coded_event *event)
{
    int64_t now = article->published_ms ? article->published_ms : article->first_created_ms;
    if (event->modality != MODALITY_PLANNED)
        return false;
    int64_t end_ms = event->time ? article->times.items[event->time - 1].end_ms : 0;
    return end_ms == 0 || end_ms > now;
}

static void name_actors(struct buffer *name, const struct event_actor *actors, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (actors[i].name.len)
            buffer_printf(name, "%s%.*s", name->len ? ", " : "", STR_ARG(actors[i].name));
}

/* "Russia, United States: talks, 2022-01-10, Geneva". */
static void write_planned(struct json_writer *json, const struct article *article,
                          const struct coded_event *event)
{
    _cleanup_buffer_ struct buffer name = {0};
    struct str when = event->time ? article->times.items[event->time - 1].value : STR_NONE;
    struct str where = event->place ? article->entities.items[event->place - 1].name : STR_NONE;
    name_actors(&name, event->sources, event->source_count);
    name_actors(&name, event->targets, event->target_count);
    buffer_printf(&name, "%s%.*s", name.len ? ": " : "", STR_ARG(article_words(article, event->trigger)));
    if (when.len)
        buffer_printf(&name, ", %.*s", STR_ARG(when));
    if (where.len)
        buffer_printf(&name, ", %.*s", STR_ARG(where));
    json_begin_object(json);
    json_field_cstr(json, "id", event->id);
    json_field_str(json, "name", buffer_str(&name));
    json_field_cstr(json, "rel", "planned");
    json_end_object(json);
}

/* What is to come; newsd.events has the same ids. */
static void write_planned_events(struct json_writer *json, const struct article *article)
{
    size_t ahead = 0;
    for (size_t i = 0; i < article->events.count; i++) {
        if (!is_ahead(article, &article->events.items[i]))
            continue;
        if (ahead++ == 0) {
            json_key(json, "events");
            json_begin_array(json);
        }
        write_planned(json, article, &article->events.items[i]);
    }
    if (ahead)
        json_end_array(json);
}

static void write_rights(struct json_writer *json, const struct article *article)
{
    json_field_str(json, "copyrightNotice", article->rights.len ? article->rights : article->feed.rights);
    if (!record_is_uri(article->license))
        return;
    json_key(json, "rightsInfo");
    json_begin_object(json);
    record_field_uri(json, "linkedRights", article->license);
    json_end_object(json);
}

void ninjs_write(struct json_writer *json, const struct article *article)
{
    json_begin_object(json);
    write_identity(json, article);
    write_times(json, article);
    write_language(json, article);
    write_headlines(json, article);
    write_value_list(json, "descriptions", article->summary, "summary");
    write_body(json, article);
    write_people(json, article);
    write_organisations(json, article);
    write_places(json, article);
    write_planned_events(json, article);
    write_subjects(json, article);
    write_sources(json, article);
    write_associations(json, article);
    write_alternatives(json, article);
    write_rights(json, article);
    json_key(json, "standard");
    json_begin_object(json);
    json_field_cstr(json, "name", "ninjs");
    json_field_cstr(json, "version", "3.1");
    json_field_cstr(json, "schema", "http://www.iptc.org/std/ninjs/ninjs-schema_3.1.json#");
    json_end_object(json);
    json_key(json, "newsd");
    newsd_property_write(json, article);
    json_end_object(json);
}
