/* feed_json: prints a document key by key; what is unknown is left out. Keeps nothing and
 * allocates nothing of its own. */
#include "feeds/parse/feed_json.h"

#include "base/date.h"

static void write_text(struct json_writer *json, const char *key, const struct feed_text *text)
{
    if (str_empty(text->value) && str_empty(text->src))
        return;
    if (key)
        json_key(json, key);
    json_begin_object(json);
    json_field_str(json, "value", text->value);
    json_field_str(json, "type", text->type);
    json_field_str(json, "language", text->language);
    json_field_str(json, "base", text->base);
    json_field_str(json, "src", text->src);
    json_end_object(json);
}

static void write_person(struct json_writer *json, const char *key, const struct feed_person *person)
{
    if (str_empty(person->name) && str_empty(person->email) && str_empty(person->url))
        return;
    if (key)
        json_key(json, key);
    json_begin_object(json);
    json_field_str(json, "name", person->name);
    json_field_str(json, "email", person->email);
    json_field_str(json, "url", person->url);
    json_end_object(json);
}

#define WRITE_LIST(json, key, list, write)                                                                   \
    do {                                                                                                     \
        if ((list).count == 0)                                                                               \
            break;                                                                                           \
        json_key((json), (key));                                                                             \
        json_begin_array(json);                                                                              \
        for (size_t i_ = 0; i_ < (list).count; i_++)                                                         \
            write((json), &(list).items[i_]);                                                                \
        json_end_array(json);                                                                                \
    } while (0)

static void write_one_text(struct json_writer *json, const struct feed_text *text)
{
    write_text(json, NULL, text);
}

static void write_one_person(struct json_writer *json, const struct feed_person *person)
{
    write_person(json, NULL, person);
}

static void write_one_str(struct json_writer *json, const struct str *value)
{
    json_str(json, *value);
}

static void write_category(struct json_writer *json, const struct feed_category *category)
{
    json_begin_object(json);
    json_field_str(json, "term", category->term);
    json_field_str(json, "scheme", category->scheme);
    json_field_str(json, "label", category->label);
    json_end_object(json);
}

static void write_number(struct json_writer *json, const char *key, int64_t value)
{
    if (value >= 0)
        json_field_int(json, key, value);
}

static void write_link(struct json_writer *json, const struct feed_link *link)
{
    json_begin_object(json);
    json_field_str(json, "rel", link->rel.len ? link->rel : STR("alternate"));
    json_field_str(json, "type", link->type);
    json_field_str(json, "href", link->href);
    json_field_str(json, "hreflang", link->hreflang);
    json_field_str(json, "title", link->title);
    write_number(json, "length", link->length);
    json_end_object(json);
}

static void write_enclosure(struct json_writer *json, const struct feed_enclosure *enclosure)
{
    json_begin_object(json);
    json_field_str(json, "url", enclosure->url);
    json_field_str(json, "type", enclosure->type);
    write_number(json, "length", enclosure->length);
    json_field_str(json, "title", enclosure->title);
    write_number(json, "duration_s", enclosure->duration_s);
    json_end_object(json);
}

static void write_image(struct json_writer *json, const char *key, const struct feed_image *image)
{
    if (!image)
        return;
    if (key)
        json_key(json, key);
    json_begin_object(json);
    json_field_str(json, "url", image->url);
    json_field_str(json, "title", image->title);
    json_field_str(json, "link", image->link);
    write_number(json, "width", image->width > 0 ? image->width : -1);
    write_number(json, "height", image->height > 0 ? image->height : -1);
    json_field_str(json, "description", image->description);
    json_end_object(json);
}

/* "published" as understood and "published_raw" with the source's own text. */
static void write_time(struct json_writer *json, const char *key, const char *raw_key,
                       const struct feed_time *time)
{
    char instant[CLOCK_RFC3339_BYTES];
    if (str_empty(time->raw))
        return;
    if (time->precision != TIME_NONE)
        json_field_str(json, key, date_format(time, instant));
    json_field_str(json, raw_key, time->raw);
}

#define WRITE_TIME(json, name) write_time((json), #name, #name "_raw", &dates->name)

static void write_dates(struct json_writer *json, const struct feed_dates *dates)
{
    WRITE_TIME(json, published);
    WRITE_TIME(json, updated);
    WRITE_TIME(json, created);
    WRITE_TIME(json, expired);
    WRITE_TIME(json, valid_from);
    WRITE_TIME(json, valid_until);
}

static void write_position(struct json_writer *json, const struct feed_geo *geo, size_t index)
{
    json_begin_array(json);
    for (unsigned i = 0; i < geo->dimensions; i++)
        json_double(json, geo->numbers[index * geo->dimensions + i], 15);
    json_end_array(json);
}

static void write_geo(struct json_writer *json, const struct feed_geo *geo)
{
    static const char *const shapes[] = {"Point", "LineString", "Polygon", "Box"};
    if (!geo || geo->count == 0)
        return;
    json_key(json, "geo");
    json_begin_object(json);
    json_field_cstr(json, "type", shapes[geo->shape]);
    json_key(json, "coordinates");
    if (geo->shape == SHAPE_POINT) {
        write_position(json, geo, 0);
    } else {
        json_begin_array(json);
        if (geo->shape == SHAPE_POLYGON)
            json_begin_array(json);
        for (size_t i = 0; i < geo->count; i++)
            write_position(json, geo, i);
        if (geo->shape == SHAPE_POLYGON)
            json_end_array(json);
        json_end_array(json);
    }
    json_end_object(json);
}

static void write_flag(struct json_writer *json, const char *key, enum feed_flag flag)
{
    if (flag != FLAG_ABSENT)
        json_field_bool(json, key, flag == FLAG_YES);
}

static void write_transcript(struct json_writer *json, const struct feed_transcript *transcript)
{
    json_begin_object(json);
    json_field_str(json, "url", transcript->url);
    json_field_str(json, "type", transcript->type);
    json_field_str(json, "language", transcript->language);
    json_field_str(json, "text", transcript->text);
    json_end_object(json);
}

static void write_podcast_person(struct json_writer *json, const struct feed_podcast_person *person)
{
    json_begin_object(json);
    json_field_str(json, "name", person->name);
    json_field_str(json, "role", person->role);
    json_field_str(json, "group", person->group);
    json_field_str(json, "url", person->url);
    json_field_str(json, "image", person->image);
    json_end_object(json);
}

static void write_podcast(struct json_writer *json, const struct feed_podcast *podcast)
{
    if (!podcast)
        return;
    json_key(json, "podcast");
    json_begin_object(json);
    write_person(json, "owner", &podcast->owner);
    write_flag(json, "explicit", podcast->is_explicit);
    write_flag(json, "block", podcast->block);
    write_flag(json, "locked", podcast->locked);
    write_text(json, "subtitle", &podcast->subtitle);
    write_text(json, "summary", &podcast->summary);
    write_image(json, "image", podcast->image);
    json_field_str(json, "type", podcast->type);
    json_field_str(json, "episode_type", podcast->episode_type);
    json_field_str(json, "title", podcast->title);
    json_field_str(json, "guid", podcast->guid);
    json_field_str(json, "medium", podcast->medium);
    write_number(json, "duration_s", podcast->duration_s);
    write_number(json, "season", podcast->season);
    write_number(json, "episode", podcast->episode);
    WRITE_LIST(json, "categories", podcast->categories, write_one_str);
    WRITE_LIST(json, "keywords", podcast->keywords, write_one_str);
    WRITE_LIST(json, "transcripts", podcast->transcripts, write_transcript);
    WRITE_LIST(json, "funding", podcast->funding, write_transcript);
    if (podcast->chapters.url.len) {
        json_key(json, "chapters");
        write_transcript(json, &podcast->chapters);
    }
    WRITE_LIST(json, "persons", podcast->persons, write_podcast_person);
    json_end_object(json);
}

static void write_credit(struct json_writer *json, const struct feed_credit *credit)
{
    json_begin_object(json);
    json_field_str(json, "role", credit->role);
    json_field_str(json, "name", credit->name);
    json_end_object(json);
}

static void write_three(struct json_writer *json, const char *key, const char *const *names, struct str a,
                        struct str b, struct str c)
{
    if (str_empty(a) && str_empty(b) && str_empty(c))
        return;
    json_key(json, key);
    json_begin_object(json);
    json_field_str(json, names[0], a);
    json_field_str(json, names[1], b);
    json_field_str(json, names[2], c);
    json_end_object(json);
}

static void write_media(struct json_writer *json, struct feed_media *const *item)
{
    static const char *const rating[] = {"scheme", "value", ""}, *const license[] = {"type", "href", "value"},
                             *const restriction[] = {"relationship", "type", "value"};
    const struct feed_media *media = *item;
    json_begin_object(json);
    json_field_str(json, "url", media->url);
    json_field_str(json, "type", media->type);
    json_field_str(json, "medium", media->medium);
    write_number(json, "width", media->width);
    write_number(json, "height", media->height);
    write_number(json, "duration_s", media->duration_s);
    write_number(json, "length", media->length);
    json_field_str(json, "title", media->title);
    json_field_str(json, "description", media->description);
    json_field_str(json, "language", media->language);
    WRITE_LIST(json, "credit", media->credits, write_credit);
    if (media->thumbnails.count)
        write_image(json, "thumbnail", &media->thumbnails.items[0]);
    json_field_str(json, "player", media->player);
    write_three(json, "rating", rating, media->rating_scheme, media->rating_value, STR_NONE);
    write_three(json, "license", license, media->license_type, media->license_href, media->license_value);
    write_three(json, "restriction", restriction, media->restriction_relationship, media->restriction_type,
                media->restriction_value);
    json_end_object(json);
}

static void write_reply(struct json_writer *json, const struct feed_reply *reply)
{
    json_begin_object(json);
    json_field_str(json, "ref", reply->ref);
    json_field_str(json, "href", reply->href);
    json_field_str(json, "type", reply->type);
    json_field_str(json, "source", reply->source);
    json_end_object(json);
}

static void write_news(struct json_writer *json, const struct feed_news *news)
{
    if (!news)
        return;
    json_key(json, "news");
    json_begin_object(json);
    json_field_str(json, "publication_name", news->publication_name);
    json_field_str(json, "publication_language", news->publication_language);
    WRITE_LIST(json, "keywords", news->keywords, write_one_str);
    WRITE_LIST(json, "stock_tickers", news->stock_tickers, write_one_str);
    WRITE_LIST(json, "genres", news->genres, write_one_str);
    json_end_object(json);
}

static void write_skips(struct json_writer *json, const struct feed_meta *meta)
{
    static const char *const days[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                       "Thursday", "Friday", "Saturday"};
    if (meta->skip_hours) {
        json_key(json, "skip_hours");
        json_begin_array(json);
        for (int hour = 0; hour < 24; hour++)
            if (meta->skip_hours >> hour & 1)
                json_int(json, hour);
        json_end_array(json);
    }
    if (meta->skip_days) {
        json_key(json, "skip_days");
        json_begin_array(json);
        for (int day = 0; day < 7; day++)
            if (meta->skip_days >> day & 1)
                json_str(json, str_from(days[day]));
        json_end_array(json);
    }
}

static void write_rss_extras(struct json_writer *json, const struct feed_meta *meta)
{
    if (meta->cloud.domain.len || meta->cloud.path.len) {
        json_key(json, "cloud");
        json_begin_object(json);
        json_field_str(json, "domain", meta->cloud.domain);
        json_field_str(json, "port", meta->cloud.port);
        json_field_str(json, "path", meta->cloud.path);
        json_field_str(json, "register_procedure", meta->cloud.register_procedure);
        json_field_str(json, "protocol", meta->cloud.protocol);
        json_end_object(json);
    }
    if (meta->text_input.title.len || meta->text_input.link.len || meta->text_input.name.len ||
        meta->text_input.description.len) {
        json_key(json, "text_input");
        json_begin_object(json);
        json_field_str(json, "title", meta->text_input.title);
        json_field_str(json, "description", meta->text_input.description);
        json_field_str(json, "name", meta->text_input.name);
        json_field_str(json, "link", meta->text_input.link);
        json_end_object(json);
    }
}

static void write_meta(struct json_writer *json, const struct feed_meta *meta)
{
    json_begin_object(json);
    json_field_str(json, "id", meta->id);
    write_text(json, "title", &meta->title);
    write_text(json, "subtitle", &meta->subtitle);
    write_text(json, "description", &meta->description);
    json_field_str(json, "link", meta->link);
    WRITE_LIST(json, "links", meta->links, write_link);
    json_field_str(json, "language", meta->language);
    write_text(json, "rights", &meta->rights);
    if (meta->generator_name.len || meta->generator_url.len || meta->generator_version.len) {
        json_key(json, "generator");
        json_begin_object(json);
        json_field_str(json, "name", meta->generator_name);
        json_field_str(json, "url", meta->generator_url);
        json_field_str(json, "version", meta->generator_version);
        json_end_object(json);
    }
    WRITE_LIST(json, "authors", meta->authors, write_one_person);
    WRITE_LIST(json, "contributors", meta->contributors, write_one_person);
    write_person(json, "publisher", &meta->publisher);
    write_person(json, "webmaster", &meta->webmaster);
    write_dates(json, &meta->dates);
    write_text(json, "info", &meta->info);
    json_field_str(json, "moved_to", meta->moved_to);
    json_field_true(json, "ended", meta->ended);
    WRITE_LIST(json, "categories", meta->categories, write_category);
    write_image(json, "image", meta->image);
    json_field_str(json, "icon", meta->icon);
    json_field_str(json, "logo", meta->logo);
    json_field_str(json, "docs", meta->docs);
    json_field_str(json, "comments", meta->comments);
    json_field_str(json, "errors_to", meta->errors_to);
    json_field_str(json, "license", meta->license);
    write_rss_extras(json, meta);
    write_number(json, "ttl_s", meta->ttl_s);
    write_skips(json, meta);
    write_number(json, "update_interval_s", meta->update_interval_s);
    WRITE_LIST(json, "hubs", meta->hubs, write_one_str);
    json_field_str(json, "self", meta->self);
    json_field_str(json, "next", meta->next);
    json_field_str(json, "previous", meta->previous);
    json_field_str(json, "archive", meta->archive);
    json_field_true(json, "complete", meta->complete);
    write_geo(json, meta->geo);
    write_podcast(json, meta->podcast);
    json_end_object(json);
}

void feed_json_entry(struct json_writer *json, const struct feed_entry *entry)
{
    json_begin_object(json);
    json_field_str(json, "id", entry->id);
    json_field_true(json, "id_is_link", entry->id_is_link);
    json_field_true(json, "deleted", entry->deleted);
    write_text(json, "title", &entry->title);
    write_text(json, "summary", &entry->summary);
    WRITE_LIST(json, "content", entry->content, write_one_text);
    json_field_str(json, "link", entry->link);
    WRITE_LIST(json, "links", entry->links, write_link);
    WRITE_LIST(json, "enclosures", entry->enclosures, write_enclosure);
    WRITE_LIST(json, "media", entry->media, write_media);
    write_image(json, "image", entry->image);
    WRITE_LIST(json, "authors", entry->authors, write_one_person);
    WRITE_LIST(json, "contributors", entry->contributors, write_one_person);
    write_person(json, "publisher", &entry->publisher);
    write_text(json, "rights", &entry->rights);
    write_dates(json, &entry->dates);
    WRITE_LIST(json, "categories", entry->categories, write_category);
    json_field_str(json, "comments", entry->comments);
    json_field_str(json, "comments_feed", entry->comments_feed);
    json_field_str(json, "comments_post", entry->comments_post);
    if (entry->source) {
        json_key(json, "source");
        write_meta(json, entry->source);
    }
    json_field_str(json, "language", entry->language);
    write_news(json, entry->news);
    write_geo(json, entry->geo);
    json_field_str(json, "license", entry->license);
    WRITE_LIST(json, "in_reply_to", entry->in_reply_to, write_reply);
    write_podcast(json, entry->podcast);
    json_end_object(json);
}

static void write_entry(struct json_writer *json, struct feed_entry *const *entry)
{
    feed_json_entry(json, *entry);
}

void feed_json_document(struct json_writer *json, const struct feed_document *document)
{
    json_begin_object(json);
    json_field_cstr(json, "format", feed_format_name(document->format));
    json_field_str(json, "encoding", document->encoding);
    json_field_str(json, "malformed", document->malformed);
    WRITE_LIST(json, "repairs", document->repairs, write_one_str);
    json_field_true(json, "truncated", document->truncated);
    json_key(json, "feed");
    write_meta(json, &document->feed);
    json_key(json, "entries");
    json_begin_array(json);
    for (size_t i = 0; i < document->entries.count; i++)
        write_entry(json, &document->entries.items[i]);
    json_end_array(json);
    json_end_object(json);
}
