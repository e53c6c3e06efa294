/* json_ld: metadata_read_json_ld(): schema.org objects in a page's scripts. Any thread. */
#include "processors/html/metadata.h"

#include <errno.h>

#include "processors/json_reader.h"

enum {
    DEPTH_MAX = 6,     /* of @graph, arrays and mainEntity */
    OBJECTS_MAX = 500, /* looked at per page */
    LIST_MAX = 50,     /* authors, images, keywords taken from one object */
};

static bool is_article_type(struct str type)
{
    static const char *const types[] = {
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BackgroundNewsArticle",
        "ReviewNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "Report",
        "AdvertiserContentArticle",
        "SatiricalArticle",
        "TechArticle",
        "SocialMediaPosting",
        "DiscussionForumPosting",
    };
    ptrdiff_t slash;
    while ((slash = str_find_byte(type, '/', 0)) >= 0) /* "http://schema.org/NewsArticle" */
        type = str_slice(type, (size_t)slash + 1, type.len);
    for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (str_equal(type, str_from(types[i])))
            return true;
    return false;
}

static bool is_article(const json_t *object)
{
    const json_t *type = json_object_get(object, "@type"), *one;
    size_t i;
    if (is_article_type(json_reader_value(type)))
        return true;
    json_array_foreach(type, i, one) if (is_article_type(json_reader_value(one))) return true;
    return false;
}

/* A string, or an object's name or URL, or the first of a list. */
static struct str text_or(const json_t *value, const char *key)
{
    if (json_is_array(value))
        value = json_array_get(value, 0);
    return json_is_object(value) ? json_reader_str(value, key) : json_reader_value(value);
}

static void read_authors(struct arena *arena, const json_t *value, struct page_metadata *metadata)
{
    if (json_is_array(value)) {
        const json_t *one;
        size_t i;
        json_array_foreach(value, i, one) if (i < LIST_MAX && !json_is_array(one))
            read_authors(arena, one, metadata);
        return;
    }
    struct str type = json_reader_str(value, "@type");
    if (str_equal(type, STR("Organization")) || str_equal(type, STR("NewsMediaOrganization")))
        return; /* the house, not a writer */
    if (json_is_object(value) && json_is_array(json_object_get(value, "name"))) {
        read_authors(arena, json_object_get(value, "name"), metadata);
        return;
    }
    metadata_add_author(arena, metadata, text_or(value, "name"),
                        json_is_object(value) ? json_reader_str(value, "url") : STR_NONE);
}

static void read_images(struct arena *arena, const json_t *value, struct page_metadata *metadata)
{
    if (!json_is_array(value)) {
        metadata_add_image(arena, metadata, text_or(value, "url"));
        return;
    }
    const json_t *one;
    size_t i;
    json_array_foreach(value, i, one) if (i < LIST_MAX)
        metadata_add_image(arena, metadata, text_or(one, "url"));
}

static void read_article(struct arena *arena, const json_t *object, struct page_metadata *metadata)
{
    metadata_set(arena, &metadata->title, json_reader_str(object, "headline"));
    metadata_set(arena, &metadata->title, json_reader_str(object, "name"));
    metadata_set(arena, &metadata->description, json_reader_str(object, "description"));
    metadata_set(arena, &metadata->section, text_or(json_object_get(object, "articleSection"), "name"));
    metadata_set(arena, &metadata->language, text_or(json_object_get(object, "inLanguage"), "alternateName"));
    metadata_set(arena, &metadata->publisher, text_or(json_object_get(object, "publisher"), "name"));
    metadata_set(arena, &metadata->canonical, text_or(json_object_get(object, "mainEntityOfPage"), "@id"));
    metadata_set(arena, &metadata->canonical, json_reader_str(object, "url"));
    metadata_add_date(arena, metadata, "published", "page:json-ld", json_reader_str(object, "datePublished"));
    metadata_add_date(arena, metadata, "modified", "page:json-ld", json_reader_str(object, "dateModified"));
    if (metadata->authors.count == 0)
        read_authors(arena, json_object_get(object, "author"), metadata);
    if (metadata->images.count == 0)
        read_images(arena, json_object_get(object, "image"), metadata);
    const json_t *keywords = json_object_get(object, "keywords"), *one;
    size_t i;
    metadata_add_keywords(arena, metadata, json_reader_value(keywords));
    json_array_foreach(keywords, i, one) if (i < LIST_MAX)
        metadata_add_keywords(arena, metadata, json_reader_value(one));
}

/* Walks lists, @graph and mainEntity for articles. */
static void walk(struct arena *arena, const json_t *value, struct page_metadata *metadata, int depth,
                 int *objects)
{
    if (depth > DEPTH_MAX || ++*objects > OBJECTS_MAX)
        return;
    const json_t *one;
    size_t i;
    json_array_foreach(value, i, one) walk(arena, one, metadata, depth + 1, objects);
    if (!json_is_object(value))
        return;
    if (is_article(value))
        read_article(arena, value, metadata);
    walk(arena, json_object_get(value, "@graph"), metadata, depth + 1, objects);
    walk(arena, json_object_get(value, "mainEntity"), metadata, depth + 1, objects);
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

int metadata_read_json_ld(struct arena *arena, const struct dom *dom, struct page_metadata *metadata)
{
    int objects = 0;
    for (uint32_t i = dom_find(dom, 0, TAG_SCRIPT); i < dom->count; i = dom_find(dom, i + 1, TAG_SCRIPT)) {
        if (!str_starts_nocase(str_trim(dom_attribute(dom, i, "type")), STR("application/ld+json")) ||
            i + 1 >= dom->nodes[i].end)
            continue;
        struct str json = cleaned(arena, dom->nodes[i + 1].text);
        if (!json.ptr)
            return -ENOMEM;
        if (json.len == 0)
            continue;
        _cleanup_json_ json_t *root = json_reader_parse(json, NULL); /* a damaged block says nothing */
        if (root)
            walk(arena, root, metadata, 0, &objects);
    }
    return arena_exhausted(arena) ? -ENOMEM : 0;
}
