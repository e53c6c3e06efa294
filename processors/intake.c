/* intake: from the stored payload to an article's input. Copies everything into the arena; the JSON is gone
 * when it returns. Any thread. Texts stay as the feed gave them, but for one-line fields (title, names). */
#include "processors/intake.h"

#include <errno.h>

#include "base/buffer.h"
#include "base/utf8.h"

#include "processors/html/text.h"
#include "base/json_reader.h"
#include "processors/text/moment.h"

enum {
    LIST_ITEMS_MAX =
        200, /* of authors, images and so on: more is a feed gone wrong, and no use to a reader */
};

/* No field of an entry is larger: what is far beyond any article's use is cut, and the record says so. Sizes
 * in bytes. */
static const struct limit {
    const char *name;
    size_t bytes_max;
} limits[] = {
    {"title", 4096},      {"entry id", 2048}, {"summary", 1 << 20},
    {"content", 4 << 20}, {"line", 4096}, /* any other field of one line */
};
enum { LIMIT_TITLE, LIMIT_ENTRY_ID, LIMIT_SUMMARY, LIMIT_CONTENT, LIMIT_LINE, LIMIT_COUNT };

struct intake {
    struct arena *arena;
    struct article *article;
    bool failed;  /* the arena is full */
    unsigned cut; /* bit = a limit that was passed */
};

static struct str limited(struct intake *intake, int limit, struct str s)
{
    if (s.len <= limits[limit].bytes_max)
        return s;
    intake->cut |= 1u << limit;
    return utf8_cut(s, limits[limit].bytes_max);
}

static struct str keep(struct intake *intake, struct str s)
{
    if (s.len == 0)
        return STR_NONE;
    struct str copy = arena_str(intake->arena, s);
    intake->failed |= !copy.ptr;
    return copy;
}

static struct str keep_key(struct intake *intake, const json_t *object, const char *key)
{
    return keep(intake, json_reader_str(object, key));
}

/* A one-line field without markup. */
static struct str keep_line(struct intake *intake, struct str s)
{
    if (s.len == 0)
        return STR_NONE;
    struct str line = html_line(intake->arena, limited(intake, LIMIT_LINE, s));
    intake->failed |= !line.ptr;
    return line.len ? line : STR_NONE;
}

/* A text construct: an object with value and type, or a bare string. */
static struct str text_value(const json_t *text, bool *ret_is_html)
{
    if (json_is_string(text)) {
        struct str value = json_reader_value(text);
        *ret_is_html = html_looks_like_markup(value);
        return value;
    }
    struct str type = json_reader_str(text, "type"), value = json_reader_str(text, "value");
    *ret_is_html = str_equal(type, STR("text/html")) || str_equal(type, STR("application/xhtml+xml")) ||
                   (type.len == 0 && html_looks_like_markup(value));
    return value;
}

static struct str keep_text_line(struct intake *intake, const json_t *text, int limit)
{
    bool is_html;
    struct str value = limited(intake, limit, text_value(text, &is_html));
    if (value.len == 0)
        return STR_NONE;
    if (is_html)
        return keep_line(intake, value);
    struct str line = text_line(intake->arena, value);
    intake->failed |= !line.ptr;
    return line.len ? line : STR_NONE;
}

/* Media types whose value can be read as an article's text. */
static bool readable_type(const json_t *text)
{
    struct str type = json_reader_str(text, "type");
    return type.len == 0 || str_equal(type, STR("text/plain")) || str_equal(type, STR("text/html")) ||
           str_equal(type, STR("application/xhtml+xml"));
}

static void read_content(struct intake *intake, const json_t *entry)
{
    const json_t *list = json_object_get(entry, "content"), *text;
    struct str best = STR_NONE;
    bool best_is_html = false;
    size_t i;
    json_array_foreach((json_t *)list, i, text)
    {
        bool is_html;
        struct str value = text_value(text, &is_html);
        if (readable_type(text) && value.len > best.len) {
            best = value;
            best_is_html = is_html;
        }
    }
    intake->article->content_html = keep(intake, limited(intake, LIMIT_CONTENT, best));
    intake->article->content_is_html = best_is_html;
    bool is_html = false;
    struct str summary = text_value(json_object_get(entry, "summary"), &is_html);
    intake->article->summary_html = keep(intake, limited(intake, LIMIT_SUMMARY, summary));
    intake->article->summary_is_html = is_html;
}

static void add_person(struct intake *intake, const json_t *person, const char *role)
{
    struct str name = keep_line(intake, json_reader_str(person, "name"));
    struct str email = keep_key(intake, person, "email"), url = keep_key(intake, person, "url");
    if (!name.ptr && !email.ptr && !url.ptr)
        return;
    struct article_person *added = article_list_add(intake->arena, &intake->article->authors);
    if (!added) {
        intake->failed = true;
        return;
    }
    *added = (struct article_person){.name = name, .email = email, .url = url, .role = str_from(role)};
}

static void read_people(struct intake *intake, const json_t *entry)
{
    const json_t *person;
    size_t i;
    json_array_foreach(json_object_get(entry, "authors"), i, person) if (i < LIST_ITEMS_MAX)
        add_person(intake, person, "author");
    json_array_foreach(json_object_get(entry, "contributors"), i, person) if (i < LIST_ITEMS_MAX)
        add_person(intake, person, "contributor");
}

static bool has_image(const struct article *article, struct str url)
{
    for (size_t i = 0; i < article->images.count; i++)
        if (str_equal(article->images.items[i].url, url))
            return true;
    return false;
}

static struct article_image *add_image(struct intake *intake, const json_t *image)
{
    struct str url = json_reader_str(image, "url");
    struct article *article = intake->article;
    if (url.len == 0 || has_image(article, url) || article->images.count >= LIST_ITEMS_MAX)
        return NULL;
    struct article_image *added = article_list_add(intake->arena, &article->images);
    if (!added) {
        intake->failed = true;
        return NULL;
    }
    added->url = keep(intake, url);
    added->type = keep_key(intake, image, "type");
    added->width = json_reader_int(image, "width", -1);
    added->height = json_reader_int(image, "height", -1);
    return added;
}

static bool is_image(const json_t *object)
{
    return str_starts_nocase(json_reader_str(object, "type"), STR("image/")) ||
           str_equal(json_reader_str(object, "medium"), STR("image"));
}

static void add_enclosure(struct intake *intake, const json_t *object)
{
    struct str url = json_reader_str(object, "url");
    struct article *article = intake->article;
    if (url.len == 0 || article->enclosures.count >= LIST_ITEMS_MAX)
        return;
    for (size_t i = 0; i < article->enclosures.count; i++)
        if (str_equal(article->enclosures.items[i].url, url))
            return;
    struct article_enclosure *added = article_list_add(intake->arena, &article->enclosures);
    if (!added) {
        intake->failed = true;
        return;
    }
    added->url = keep(intake, url);
    added->type = keep_key(intake, object, "type");
    added->title = keep_text_line(intake, json_object_get(object, "title"), LIMIT_LINE);
    added->length = json_reader_int(object, "length", -1);
    added->duration_s = json_reader_int(object, "duration_s", -1);
}

static void read_media_object(struct intake *intake, const json_t *media)
{
    struct article_image *image = NULL;
    if (is_image(media))
        image = add_image(intake, media);
    else
        add_enclosure(intake, media);
    if (!image)
        image = add_image(intake, json_object_get(media, "thumbnail"));
    if (!image)
        return;
    image->title = keep_text_line(intake, json_object_get(media, "title"), LIMIT_LINE);
    image->caption = keep_text_line(intake, json_object_get(media, "description"), LIMIT_LINE);
    const json_t *credit;
    size_t i;
    json_array_foreach(json_object_get(media, "credit"), i, credit) if (!image->credit.ptr) image->credit =
        keep_line(intake, json_reader_str(credit, "name"));
}

static void read_media(struct intake *intake, const json_t *entry)
{
    const json_t *object;
    size_t i;
    json_array_foreach(json_object_get(entry, "media"), i, object) if (i < LIST_ITEMS_MAX)
        read_media_object(intake, object);
    json_array_foreach(json_object_get(entry, "enclosures"), i, object)
    {
        if (is_image(object))
            (void)add_image(intake, object); /* NULL when known already */
        else
            add_enclosure(intake, object);
    }
    struct article_image *image = add_image(intake, json_object_get(entry, "image"));
    if (image) {
        image->title =
            keep_text_line(intake, json_object_get(json_object_get(entry, "image"), "title"), LIMIT_LINE);
        image->caption = keep_text_line(
            intake, json_object_get(json_object_get(entry, "image"), "description"), LIMIT_LINE);
    }
}

static void add_subject(struct intake *intake, struct str name, struct str scheme, struct str term)
{
    struct article *article = intake->article;
    name = keep_line(intake, name.len ? name : term);
    if (!name.ptr || article->subjects.count >= LIST_ITEMS_MAX)
        return;
    for (size_t i = 0; i < article->subjects.count; i++)
        if (str_equal(article->subjects.items[i].name, name) &&
            str_equal(article->subjects.items[i].scheme, scheme))
            return;
    struct article_subject *added = article_list_add(intake->arena, &article->subjects);
    if (!added) {
        intake->failed = true;
        return;
    }
    *added =
        (struct article_subject){.name = name, .scheme = keep(intake, scheme), .term = keep(intake, term)};
}

static void read_subjects(struct intake *intake, const json_t *entry)
{
    const json_t *object;
    size_t i;
    json_array_foreach(json_object_get(entry, "categories"), i, object)
        add_subject(intake, json_reader_str(object, "label"), json_reader_str(object, "scheme"),
                    json_reader_str(object, "term"));
    json_array_foreach(json_object_get(json_object_get(entry, "news"), "keywords"), i, object)
        add_subject(intake, json_reader_value(object), STR_NONE, STR_NONE);
}

static void add_date(struct intake *intake, const json_t *entry, const char *key, const char *kind,
                     int64_t *ret_ms)
{
    struct article_date date = {.kind = kind, .origin = "feed"};
    int code = moment_parse(intake->arena, json_reader_str(entry, key), &date);
    intake->failed |= code == -ENOMEM;
    if (code < 0)
        return;
    struct article_date *added = article_list_add(intake->arena, &intake->article->dates);
    if (!added) {
        intake->failed = true;
        return;
    }
    *added = date;
    if (ret_ms && *ret_ms == 0)
        *ret_ms = date.ms;
}

static void read_dates(struct intake *intake, const json_t *entry)
{
    struct article *article = intake->article;
    add_date(intake, entry, "published", "published", &article->published_ms);
    add_date(intake, entry, "created", "created", article->published_ms ? NULL : &article->published_ms);
    add_date(intake, entry, "updated", "modified", &article->modified_ms);
    add_date(intake, entry, "expired", "expired", NULL);
}

/* `url`: the address chosen among those of the entry; absent in payloads of older versions. */
static void read_entry(struct intake *intake, const json_t *entry, struct str url)
{
    struct article *article = intake->article;
    article->title = keep_text_line(intake, json_object_get(entry, "title"), LIMIT_TITLE);
    struct str link = url.len ? url : json_reader_str(entry, "link");
    if (link.len == 0 && (str_starts_nocase(json_reader_str(entry, "id"), STR("http://")) ||
                          str_starts_nocase(json_reader_str(entry, "id"), STR("https://"))))
        link = json_reader_str(entry, "id");
    article->url = keep(intake, link);
    if (article->kind == ARTICLE_WITHDRAWN) /* has no text and nothing to it any more */
        return;
    read_content(intake, entry);
    read_people(intake, entry);
    read_media(intake, entry);
    read_subjects(intake, entry);
    read_dates(intake, entry);
    struct str rights = keep_text_line(intake, json_object_get(entry, "rights"), LIMIT_LINE);
    article->rights = rights.ptr ? rights : article->feed.rights;
    article->license = keep_key(intake, entry, "license");
    article->comments_url = keep_key(intake, entry, "comments");
    struct str language = json_reader_str(entry, "language");
    if (language.len == 0)
        language = json_reader_str(json_object_get(entry, "news"), "publication_language");
    article->language_stated = language.len ? keep(intake, language) : article->feed.language;
}

static void read_feed(struct intake *intake, const json_t *feed)
{
    struct article_feed *target = &intake->article->feed;
    target->id = keep_key(intake, feed, "id");
    target->url = keep_key(intake, feed, "url");
    target->title = keep_text_line(intake, json_object_get(feed, "title"), LIMIT_LINE);
    target->link = keep_key(intake, feed, "link");
    target->language = keep_key(intake, feed, "language");
    target->rights = keep_text_line(intake, json_object_get(feed, "rights"), LIMIT_LINE);
    const json_t *publisher = json_object_get(feed, "publisher");
    target->publisher = keep_line(intake, json_is_object(publisher) ? json_reader_str(publisher, "name")
                                                                    : json_reader_value(publisher));
}

static void read_item(struct intake *intake, const struct intake_item *item)
{
    struct article *article = intake->article;
    article->id = keep(intake, item->article_id);
    article->revision = item->revision ? item->revision : 1;
    article->kind = item->kind;
    article->feed.backfill = item->backfill;
    article->first_created_ms = item->first_created_ms;
    article->previous_title = keep(intake, item->previous_title);
    article->previous_text = keep(intake, item->previous_text);
    article->page = keep(intake, item->page);
    article->page_url = keep(intake, item->page_url);
    article->page_error = keep(intake, item->page_error);
    article->page_headers = keep(intake, item->page_headers);
    article->page_status = item->page_status;
    article->site_rules = item->site_rules;
    for (size_t i = 0; i < item->seen_in_count; i++) {
        struct article_sighting *sighting = article_list_add(intake->arena, &article->seen_in);
        if (!sighting) {
            intake->failed = true;
            return;
        }
        *sighting = (struct article_sighting){
            .feed_id = keep(intake, item->seen_in[i].feed_id),
            .feed_url = keep(intake, item->seen_in[i].feed_url),
            .entry_id = keep(intake, item->seen_in[i].entry_id),
            .first_seen_ms = item->seen_in[i].first_seen_ms,
        };
    }
}

static int read_payload(struct intake *intake, const struct intake_item *item, struct error *error)
{
    _cleanup_json_ json_t *root = json_reader_parse(item->payload, error);
    if (!root)
        return ERR_RECORD;
    const json_t *feed = json_object_get(root, "feed"), *entry = json_object_get(root, "entry");
    if (!json_is_object(root) || !json_is_object(entry) || !json_is_object(feed))
        return error_set(error, ERR_RECORD, "the payload has no object \"%s\"",
                         json_is_object(feed) ? "entry" : "feed");
    struct article *article = intake->article;
    read_feed(intake, feed);
    read_entry(intake, entry, json_reader_str(root, "url"));
    struct str entry_id = json_reader_str(root, "entry_id");
    article->feed.entry_id =
        keep(intake, limited(intake, LIMIT_ENTRY_ID, entry_id.len ? entry_id : json_reader_str(entry, "id")));
    struct article_date fetched = {0};
    int code = moment_parse(intake->arena, json_reader_str(root, "fetched"), &fetched);
    intake->failed |= code == -ENOMEM;
    article->fetched_ms = item->fetched_ms ? item->fetched_ms : code == 0 ? fetched.ms : 0;
    return 0;
}

/* A cut field is told like a stage that did a part of its work. */
static void note_cuts(struct intake *intake)
{
    _cleanup_buffer_ struct buffer note = {0};
    for (int limit = 0; limit < LIMIT_COUNT; limit++)
        if (intake->cut & 1u << limit)
            buffer_printf(&note, "%s%s cut at %zu bytes", note.len ? ", " : "", limits[limit].name,
                          limits[limit].bytes_max);
    struct stage_outcome *outcome =
        intake->cut ? article_list_add(intake->arena, &intake->article->processing) : NULL;
    if (outcome)
        *outcome = (struct stage_outcome){.stage = "intake",
                                          .version = 1,
                                          .outcome = OUTCOME_PARTIAL,
                                          .note = arena_str(intake->arena, buffer_str(&note))};
}

int intake_to_article(struct arena *arena, const struct intake_item *item, struct article **ret_article,
                      struct error *error)
{
    struct intake intake = {.arena = arena, .article = arena_new(arena, struct article)};
    if (!intake.article)
        return error_set(error, -ENOMEM, "no memory for the article");
    intake.article->arena = arena;
    intake.article->source = SOURCE_EMPTY;
    read_item(&intake, item);
    int code = read_payload(&intake, item, error);
    if (code < 0)
        return code;
    note_cuts(&intake);
    if (intake.failed)
        return error_set(error, -ENOMEM, "the article's input is larger than its memory");
    *ret_article = intake.article;
    return 0;
}
