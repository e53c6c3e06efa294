/* json_ld: metadata_read_json_ld(): schema.org objects in a page's scripts. Any thread. */
#include "processors/html/metadata.h"

#include <errno.h>

#include "processors/html/json_ld_articles.h"
#include "base/json_reader.h"
#include "processors/html/text.h"
#include "processors/text/moment.h"

enum {
    DEPTH_MAX = 4,      /* of names in objects in lists */
    LIST_MAX = 50,      /* authors, images, keywords taken from one object */
    ROOTS_MAX = 50,     /* scripts read of one page */
    UPDATES_MAX = 1000, /* entries of a live blog */
};

/* A string, or an object's name or URL, or the first of a list. */
static struct str text_or(const json_t *value, const char *key)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    return json_is_object(value) ? json_reader_str(value, key) : json_reader_value(value);
}

static bool is_house(const json_t *object)
{
    struct str type = text_or(json_object_get(object, "@type"), "");
    return str_ends(type, STR("Organization")) || str_ends(type, STR("Corporation"));
}

/* "name", or what stands for it, at any depth that is met: {"name": {"@value": "Ana Silva"}}. */
static struct str name_of(struct arena *arena, const json_t *person, int depth)
{
    if (depth > DEPTH_MAX || !json_is_object(person))
        return json_reader_value(person);
    static const char *const keys[] = {"name", "@value", "author"};
    for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++) {
        const json_t *value = json_object_get(person, keys[i]);
        struct str name = name_of(arena, json_is_array(value) ? json_array_get(value, 0) : value, depth + 1);
        if (name.len)
            return name;
    }
    struct str given = json_reader_str(person, "givenName"), family = json_reader_str(person, "familyName");
    if (given.len && family.len)
        return arena_printf(arena, "%.*s %.*s", STR_ARG(given), STR_ARG(family));
    return STR_NONE;
}

struct reading {
    struct arena *arena;
    const struct json_ld *found;
    struct page_metadata *metadata;
};

static void read_authors(const struct reading *reading, const json_t *value, int depth)
{
    if (depth > DEPTH_MAX || reading->metadata->authors.count >= LIST_MAX)
        return;
    if (json_is_array(value)) {
        const json_t *one;
        size_t i;
        json_array_foreach(value, i, one) if (i < LIST_MAX) read_authors(reading, one, depth + 1);
        return;
    }
    value = json_ld_resolve(reading->found, value);
    if (is_house(value)) { /* no writer */
        metadata_set(reading->arena, &reading->metadata->house, json_reader_str(value, "name"));
        return;
    }
    static const char *const lists[] = {"@list", "@set", "name"};
    for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
        if (json_is_array(json_object_get(value, lists[i]))) {
            read_authors(reading, json_object_get(value, lists[i]), depth + 1);
            return;
        }
    metadata_add_author(reading->arena, reading->metadata, name_of(reading->arena, value, 0),
                        json_is_object(value) ? json_reader_str(value, "url") : STR_NONE);
}

/* 1200, "1200", "1200px", {"@type": "QuantitativeValue", "value": 1200}; -1 where nothing is told. */
static int64_t size_of(const json_t *value)
{
    int64_t number;
    if (json_is_object(value))
        value = json_object_get(value, "value");
    if (json_is_number(value))
        number = (int64_t)json_number_value(value);
    else {
        struct str text = json_reader_value(value);
        if (str_ends(text, STR("px")))
            text = str_trim(str_slice(text, 0, text.len - 2));
        if (!str_to_int64(text, &number))
            return -1;
    }
    return number > 0 ? number : -1;
}

static void describe_image(const struct reading *reading, struct article_image *image, const json_t *value)
{
    const json_t *creator = json_ld_resolve(reading->found, json_object_get(value, "creator"));
    int64_t width = size_of(json_object_get(value, "width")),
            height = size_of(json_object_get(value, "height"));
    image->width = width > 0 ? width : image->width;
    image->height = height > 0 ? height : image->height;
    metadata_set(reading->arena, &image->caption, json_reader_str(value, "caption"));
    metadata_set(reading->arena, &image->credit, json_reader_str(value, "creditText"));
    metadata_set(reading->arena, &image->credit, text_or(creator, "name"));
}

/* "isAccessibleForFree": true, "True", "http://schema.org/False". */
static enum article_access access_of(const json_t *value)
{
    struct str text = json_reader_value(value);
    if (json_is_true(value) ||
        (text.len >= 4 && str_equal_nocase(str_slice(text, text.len - 4, text.len), STR("true"))))
        return ACCESS_FREE;
    if (json_is_false(value) ||
        (text.len >= 5 && str_equal_nocase(str_slice(text, text.len - 5, text.len), STR("false"))))
        return ACCESS_PAID;
    return ACCESS_UNKNOWN;
}

static void read_image(const struct reading *reading, const json_t *value)
{
    value = json_ld_resolve(reading->found, value);
    struct str url = text_or(value, "url");
    if (url.len == 0 && json_is_object(value))
        url = json_reader_str(value, "contentUrl");
    struct article_image *image = metadata_add_image(reading->arena, reading->metadata, url);
    if (image && json_is_object(value))
        describe_image(reading, image, value);
}

static void read_images(const struct reading *reading, const json_t *value)
{
    if (!json_is_array(value)) {
        read_image(reading, value);
        return;
    }
    const json_t *one;
    size_t i;
    json_array_foreach(value, i, one) if (i < LIST_MAX) read_image(reading, one);
}

static void read_article(const struct reading *reading, const json_t *object)
{
    struct arena *arena = reading->arena;
    struct page_metadata *metadata = reading->metadata;
    const json_t *publisher = json_ld_resolve(reading->found, json_object_get(object, "publisher"));
    metadata_set(arena, &metadata->title, json_reader_str(object, "headline"));
    metadata_set(arena, &metadata->title, json_reader_str(object, "name"));
    metadata_set(arena, &metadata->description, json_reader_str(object, "description"));
    metadata_set(arena, &metadata->subtitle, json_reader_str(object, "alternativeHeadline"));
    metadata_set(arena, &metadata->license, text_or(json_object_get(object, "license"), "url"));
    if (metadata->access == ACCESS_UNKNOWN)
        metadata->access = access_of(json_object_get(object, "isAccessibleForFree"));
    metadata_set(arena, &metadata->section, text_or(json_object_get(object, "articleSection"), "name"));
    metadata_set(arena, &metadata->language, text_or(json_object_get(object, "inLanguage"), "alternateName"));
    metadata_set(arena, &metadata->publisher, text_or(publisher, "name"));
    metadata_set(arena, &metadata->canonical, text_or(json_object_get(object, "mainEntityOfPage"), "@id"));
    metadata_set(arena, &metadata->canonical, json_reader_str(object, "url"));
    metadata_add_date(arena, metadata, "published", "page:json-ld", json_reader_str(object, "datePublished"));
    metadata_add_date(arena, metadata, "modified", "page:json-ld", json_reader_str(object, "dateModified"));
    if (metadata->authors.count == 0)
        read_authors(reading, json_object_get(object, "author"), 0);
    if (metadata->images.count == 0)
        read_images(reading, json_object_get(object, "image"));
    const json_t *keywords = json_object_get(object, "keywords"), *one;
    size_t i;
    metadata_add_keywords(arena, metadata, json_reader_value(keywords));
    json_array_foreach(keywords, i, one) if (i < LIST_MAX)
        metadata_add_keywords(arena, metadata, json_reader_value(one));
}

/* Where no article is told of, what the page says of itself. */
static void read_page(const struct reading *reading, const json_t *object)
{
    struct str published = json_reader_str(object, "datePublished"),
               modified = json_reader_str(object, "dateModified");
    metadata_add_date(reading->arena, reading->metadata, "published", "page:json-ld", published);
    metadata_add_date(reading->arena, reading->metadata, "modified", "page:json-ld", modified);
    read_authors(reading, json_object_get(object, "author"), 0);
}

/* The JSON between wrappers (comments, CDATA), raw control characters made spaces: both occur. */
static struct str cleaned(struct arena *arena, struct str script)
{
    size_t begin = 0, end = script.len;
    while (begin < end && script.ptr[begin] != '{' && script.ptr[begin] != '[')
        begin++;
    if (str_starts(str_slice(script, begin, end), STR("[CDATA[")))
        for (begin += 7; begin < end && script.ptr[begin] != '{' && script.ptr[begin] != '[';)
            begin++;
    while (end > begin && script.ptr[end - 1] != '}' && script.ptr[end - 1] != ']')
        end--;
    if (str_ends(str_slice(script, begin, end), STR("]]")) && begin < end && script.ptr[begin] == '{')
        end -= 2;
    while (end > begin && script.ptr[end - 1] != '}' && script.ptr[end - 1] != ']')
        end--;
    char *copy = arena_copy(arena, script.ptr + begin, end - begin);
    if (!copy)
        return STR_NONE;
    for (size_t i = 0; i < end - begin; i++)
        if ((unsigned char)copy[i] < ' ')
            copy[i] = ' ';
    return str_make(copy, end - begin);
}

/* The page's documents; a damaged one says nothing. Returns how many there are in `roots`, or -ENOMEM. */
static int read_roots(struct arena *arena, const struct dom *dom, json_t *roots[ROOTS_MAX])
{
    int count = 0;
    for (uint32_t i = dom_find(dom, 0, TAG_SCRIPT); i < dom->count && count < ROOTS_MAX;
         i = dom_find(dom, i + 1, TAG_SCRIPT)) {
        if (!str_starts_nocase(str_trim(dom_attribute(dom, i, "type")), STR("application/ld+json")) ||
            i + 1 >= dom->nodes[i].end)
            continue;
        struct str json = cleaned(arena, dom->nodes[i + 1].text);
        if (!json.ptr)
            break; /* the arena's own state tells the caller */
        json_t *root = json.len ? json_reader_parse(json, NULL) : NULL;
        if (root)
            roots[count++] = root;
    }
    return count;
}

/* What the page's own articles are, in the arena; they live as long as the roots, which read_roots() gave.
 * NULL without memory. */
static struct json_ld *choose(struct arena *arena, json_t *const *roots, int count,
                              const struct json_ld_page *page)
{
    struct json_ld *found = arena_alloc(arena, sizeof(*found));
    if (!found)
        return NULL;
    *found = (struct json_ld){0};
    for (int i = 0; i < count; i++)
        json_ld_collect(found, roots[i]);
    json_ld_choose(found, page);
    return found;
}

int metadata_read_json_ld(struct arena *arena, const struct dom *dom, const struct json_ld_page *page,
                          struct page_metadata *metadata)
{
    json_t *roots[ROOTS_MAX];
    int count = read_roots(arena, dom, roots);
    struct json_ld *found = choose(arena, roots, count, page);
    struct reading reading = {arena, found, metadata};
    for (size_t i = 0; found && i < found->article_count; i++)
        read_article(&reading, found->articles[i]);
    if (found && found->article_count == 0 && found->page)
        read_page(&reading, found->page);
    for (int i = 0; i < count; i++)
        json_decref(roots[i]);
    return arena_exhausted(arena) ? -ENOMEM : 0;
}

int metadata_read_body(struct arena *arena, const struct dom *dom, const struct json_ld_page *page,
                       struct str *ret_body)
{
    json_t *roots[ROOTS_MAX];
    int count = read_roots(arena, dom, roots);
    struct json_ld *found = choose(arena, roots, count, page);
    *ret_body = STR_NONE;
    for (size_t i = 0; found && !ret_body->len && i < found->article_count; i++) {
        struct str body = json_reader_str(found->articles[i], "articleBody");
        if (access_of(json_object_get(found->articles[i], "isAccessibleForFree")) != ACCESS_PAID)
            *ret_body = body.len ? arena_str(arena, body) : STR_NONE;
    }
    for (int i = 0; i < count; i++)
        json_decref(roots[i]);
    return arena_exhausted(arena) ? -ENOMEM : 0;
}

static void add_update(struct arena *arena, const json_t *value, struct live_updates *updates)
{
    struct article_date date = {.kind = "published"};
    struct str headline = json_reader_str(value, "headline"), body = json_reader_str(value, "articleBody");
    if (moment_parse(arena, json_reader_str(value, "datePublished"), &date) < 0 ||
        !(headline.len || body.len))
        return;
    struct live_update *update = article_list_add(arena, &updates->list);
    if (update)
        *update = (struct live_update){.headline = headline.len ? html_line(arena, headline) : STR_NONE,
                                       .body = body.len ? html_line(arena, body) : STR_NONE,
                                       .time = date.local.len ? date.local : date.value};
}

int metadata_read_updates(struct arena *arena, const struct dom *dom, const struct json_ld_page *page,
                          struct live_updates *ret_updates)
{
    json_t *roots[ROOTS_MAX];
    int count = read_roots(arena, dom, roots);
    struct json_ld *found = choose(arena, roots, count, page);
    *ret_updates = (struct live_updates){0};
    for (size_t i = 0; found && i < found->article_count; i++) {
        const json_t *list = json_object_get(found->articles[i], "liveBlogUpdate"), *one;
        size_t k;
        if (access_of(json_object_get(found->articles[i], "isAccessibleForFree")) == ACCESS_PAID)
            continue;
        json_array_foreach(list, k, one) if (k < UPDATES_MAX)
            add_update(arena, json_ld_resolve(found, one), ret_updates);
    }
    for (int i = 0; i < count; i++)
        json_decref(roots[i]);
    return arena_exhausted(arena) ? -ENOMEM : 0;
}
