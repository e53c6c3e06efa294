/* jsonfeed: reads the JSON with jansson and fills the document through the shared builder. */
#include "feeds/parse/jsonfeed.h"

#include <errno.h>
#include <jansson.h>
#include <limits.h>

#include "base/date.h"
#include "base/utf8.h"
#include "feeds/parse/repair_json.h"

enum {
    BRACKETS_MAX = 500000, /* objects and arrays; 50,000 items have some each, and each costs 200 bytes */
    VALUES_MAX = 4000000,
};

static struct str text_of(struct feed_builder *build, const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_string(value))
        return build_copy(build, str_make(json_string_value(value), json_string_length(value)));
    if (json_is_integer(value)) /* ids are numbers in many feeds */
        return arena_printf(build->arena, "%lld", (long long)json_integer_value(value));
    if (json_is_real(value))
        return arena_printf(build->arena, "%.15g", json_real_value(value));
    return STR_NONE;
}

static struct str url_of(struct feed_builder *build, const json_t *object, const char *key)
{
    return build_url(build, build->base, text_of(build, object, key));
}

static struct feed_text construct(struct feed_builder *build, struct str value, const char *type,
                                  struct str language)
{
    struct text_source source = {
        .text = value,
        .type_default = str_from(type),
        .language = language.ptr ? language : build->language,
        .base = build->base,
        .raw = build->options->raw,
    };
    return text_construct(build->arena, &source);
}

static void time_of(struct feed_builder *build, const json_t *object, const char *key, struct feed_time *time)
{
    struct str text = text_of(build, object, key);
    if (text.len)
        (void)date_parse(text, time); /* an unreadable date keeps its raw text */
}

static void add_author(struct feed_builder *build, const json_t *author)
{
    struct feed_person person = {.name = text_of(build, author, "name"), .url = url_of(build, author, "url")};
    if (person.name.len || person.url.len)
        build_author(build, person);
}

static void read_authors(struct feed_builder *build, const json_t *object)
{
    const json_t *authors = json_object_get(object, "authors"), *author;
    size_t index;
    if (json_array_size(authors) == 0)
        add_author(build, json_object_get(object, "author"));
    json_array_foreach(authors, index, author) add_author(build, author);
}

/* A whole number that an int64_t holds, else -1. */
static int64_t number_of(const json_t *object, const char *key)
{
    const json_t *value = json_object_get(object, key);
    double number = json_is_number(value) ? json_number_value(value) : -1;
    return number >= 0 && number < 0x1p62 ? (int64_t)number : -1;
}

static void read_attachment(struct feed_builder *build, const json_t *attachment)
{
    struct feed_enclosure enclosure = {
        .url = url_of(build, attachment, "url"),
        .type = text_of(build, attachment, "mime_type"),
        .title = text_of(build, attachment, "title"),
        .length = number_of(attachment, "size_in_bytes"),
        .duration_s = number_of(attachment, "duration_in_seconds"),
    };
    if (enclosure.url.len)
        build_enclosure(build, enclosure);
}

static void add_image(struct feed_builder *build, struct str url)
{
    struct feed_image *image = url.len ? build_image(build) : NULL;
    if (image)
        image->url = url;
}

static void add_link(struct feed_builder *build, const char *rel, struct str href)
{
    struct feed_link link = {.rel = str_from(rel), .href = href, .length = -1};
    if (href.len)
        build_link(build, link, RANK_CORE);
}

static void read_content(struct feed_builder *build, const json_t *item, struct feed_entry *entry)
{
    static const struct {
        const char *key, *type;
    } forms[] = {{"content_html", "text/html"}, {"content_text", "text/plain"}};
    for (size_t i = 0; i < 2; i++) {
        struct str value = text_of(build, item, forms[i].key);
        struct feed_text *content = value.len ? FEED_LIST_ADD(build->arena, &entry->content) : NULL;
        if (content)
            *content = construct(build, value, forms[i].type, entry->language);
    }
    struct str summary = text_of(build, item, "summary");
    if (summary.len)
        entry->summary = construct(build, summary, "text/plain", entry->language);
}

static void read_item(struct feed_builder *build, const json_t *item)
{
    const json_t *value;
    size_t index;
    if (!json_is_object(item) || !build_entry_open(build))
        return;
    struct feed_entry *entry = build->entry;
    entry->id = text_of(build, item, "id");
    entry->language = text_of(build, item, "language");
    struct str title = text_of(build, item, "title");
    if (title.len)
        entry->title = construct(build, title, "text/plain", entry->language);
    read_content(build, item, entry);
    add_link(build, "alternate", url_of(build, item, "url"));
    add_link(build, "related", url_of(build, item, "external_url"));
    time_of(build, item, "date_published", &entry->dates.published);
    time_of(build, item, "date_modified", &entry->dates.updated);
    read_authors(build, item);
    json_array_foreach(json_object_get(item, "tags"), index, value) if (json_is_string(value))
        build_category(build, build_copy(build, str_from(json_string_value(value))), STR_NONE, STR_NONE);
    json_array_foreach(json_object_get(item, "attachments"), index, value) read_attachment(build, value);
    struct str image = url_of(build, item, "image");
    add_image(build, image.len ? image : url_of(build, item, "banner_image"));
    if (str_equal(entry->id, entry->link) && entry->id.len)
        entry->id_is_link = true;
    build_entry_close(build);
}

static void read_feed(struct feed_builder *build, const json_t *root)
{
    struct feed_meta *feed = build->meta;
    const json_t *hub;
    size_t index;
    struct str title = text_of(build, root, "title"), description = text_of(build, root, "description");
    feed->language = text_of(build, root, "language");
    if (feed->language.len)
        build->language = feed->language;
    if (title.len)
        feed->title = construct(build, title, "text/plain", feed->language);
    if (description.len)
        feed->description = construct(build, description, "text/plain", feed->language);
    struct str comment = text_of(build, root, "user_comment");
    if (comment.len)
        feed->info = construct(build, comment, "text/plain", feed->language);
    add_link(build, "alternate", url_of(build, root, "home_page_url"));
    add_link(build, "self", url_of(build, root, "feed_url"));
    add_link(build, "next", url_of(build, root, "next_url"));
    feed->logo = url_of(build, root, "icon");
    feed->icon = url_of(build, root, "favicon");
    feed->ended = json_is_true(json_object_get(root, "expired"));
    read_authors(build, root);
    json_array_foreach(json_object_get(root, "hubs"), index, hub)
        add_link(build, "hub", url_of(build, hub, "url"));
}

static enum feed_format format_of(struct str version)
{
    if (str_ends(version, STR("version/1")) || str_equal(version, STR("1.0")) || str_equal(version, STR("1")))
        return FEED_JSON_10;
    return str_ends(version, STR("1.1")) ? FEED_JSON_11 : FEED_JSON;
}

/* Absent in some feeds, a bare number in others. */
static bool known_version(struct str version)
{
    return str_empty(version) || str_starts(version, STR("1")) || str_find(version, STR("jsonfeed"), 0) >= 0;
}

/* A document that ends early keeps the items that came whole: what follows the last of them is cut off, and
 * what is open there is closed. Absent when not even one item is whole. */
static struct str rescue(struct feed_builder *build, struct str text)
{
    enum { DEPTH_MAX = 64 };
    char open[DEPTH_MAX];
    size_t depth = 0, whole = 0;
    bool in_string = false;
    for (size_t i = 0; i < text.len; i++) {
        char byte = text.ptr[i];
        if (in_string) {
            if (byte == '\\')
                i++;
            else
                in_string = byte != '"';
        } else if (byte == '"') {
            in_string = true;
        } else if (byte == '{' || byte == '[') {
            if (depth == DEPTH_MAX)
                break;
            open[depth++] = byte;
        } else if (byte == '}' || byte == ']') {
            if (depth == 0 || (byte == '}') != (open[depth - 1] == '{'))
                break;
            depth--;
            if (byte == '}' && depth == 2 && open[1] == '[')
                whole = i + 1;
        }
    }
    return whole ? arena_printf(build->arena, "%.*s]}", (int)whole, text.ptr) : STR_NONE;
}

/* jansson may quote half a character. */
static struct str fault_text(struct feed_builder *build, const json_error_t *problem)
{
    return utf8_repair(build->arena, arena_printf(build->arena, "line %d: %s", problem->line, problem->text));
}

/* jansson takes its memory outside of the arena, many times the size of a text that is all brackets. */
static bool is_too_large(struct str text)
{
    size_t brackets = 0, values = 0;
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];
        if (c == '"')
            quoted = !quoted;
        else if (quoted && c == '\\')
            i++;
        else if (!quoted && (c == '[' || c == '{'))
            brackets++;
        else if (!quoted && c == ',')
            values++;
    }
    return brackets > BRACKETS_MAX || values > VALUES_MAX;
}

static json_t *load_repaired(struct feed_builder *build, struct str *text)
{
    struct repair_result repair;
    json_error_t problem;
    if (repair_json(build->arena, *text, &repair) || is_too_large(repair.text))
        return NULL;
    json_t *root = json_loadb(repair.text.ptr, repair.text.len, JSON_ALLOW_NUL, &problem);
    *text = repair.text; /* which may still end early */
    for (unsigned kind = 0; kind < REPAIR_COUNT; kind++)
        if (repair.kinds & 1u << kind)
            build_repair(build, repair_name((enum repair_kind)kind));
    return root;
}

/* As it is; else mended; else what came whole. */
static json_t *load(struct feed_builder *build, struct str text, json_error_t *ret_problem)
{
    json_t *root = json_loadb(text.ptr, text.len, JSON_ALLOW_NUL, ret_problem);
    json_error_t again;
    if (root)
        return root;
    root = load_repaired(build, &text);
    struct str rescued = !root && text.len <= INT_MAX ? rescue(build, text) : STR_NONE;
    if (rescued.ptr) {
        root = json_loadb(rescued.ptr, rescued.len, JSON_ALLOW_NUL, &again);
        build->document->truncated = root != NULL;
    }
    if (root)
        build->document->malformed = fault_text(build, ret_problem);
    return root;
}

int jsonfeed_read(struct feed_builder *build, struct str text)
{
    if (is_too_large(text))
        return error_set(build->words, ERR_LIMIT, "JSON of more values than any feed has");
    json_error_t problem;
    const json_t *item;
    size_t index;
    json_t *root = load(build, text, &problem);
    const json_t *items = json_object_get(root, "items");
    struct str version = text_of(build, root, "version");
    if (!root)
        return error_set(build->words, ERR_NOT_A_FEED, "JSON that is damaged: %.*s",
                         STR_ARG(fault_text(build, &problem)));
    if (!json_is_array(items) || !known_version(version)) {
        json_decref(root);
        return error_set(build->words, ERR_NOT_A_FEED, "JSON that is no JSON Feed");
    }
    build->document->format = format_of(version);
    read_feed(build, root);
    json_array_foreach(items, index, item)
    {
        if (build->stop)
            break;
        read_item(build, item);
    }
    json_decref(root);
    build_finish(build);
    return build->error;
}
