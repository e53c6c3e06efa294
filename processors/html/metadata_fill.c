/* metadata_fill: one field or list of a page's data after the other, from whatever source tells it. Worker
 * threads. */
#include "processors/html/byline.h"
#include "processors/html/metadata.h"
#include "processors/html/text.h"
#include "processors/text/moment.h"

enum {
    NAME_BYTES_MAX = 120, /* longer author values are sentences */
    BYLINE_BYTES_MAX = 600,
    LIST_MAX = 100,
};

void metadata_set(struct arena *arena, struct str *field, struct str value)
{
    if (field->ptr || str_trim(value).len == 0)
        return;
    struct str line = html_line(arena, value);
    if (line.len)
        *field = line;
}

static void add_person(struct arena *arena, struct page_metadata *metadata, struct str name, struct str url)
{
    if (name.len > NAME_BYTES_MAX || str_starts_nocase(name, STR("http")) || name.ptr[0] == '@' ||
        metadata->authors.count >= LIST_MAX)
        return;
    for (size_t i = 0; i < metadata->authors.count; i++)
        if (str_equal_nocase(metadata->authors.items[i].name, name))
            return;
    struct article_person *person = article_list_add(arena, &metadata->authors);
    if (person)
        *person = (struct article_person){.name = arena_str(arena, name),
                                          .role = STR("author"),
                                          .url = url.len ? arena_str(arena, url) : STR_NONE};
}

void metadata_add_author(struct arena *arena, struct page_metadata *metadata, struct str name, struct str url)
{
    struct str line = str_trim(name).len ? html_line(arena, name) : STR_NONE, person;
    if (line.len > BYLINE_BYTES_MAX)
        return;
    struct byline byline = {.rest = line};
    if (byline_is_of_site(line)) { /* "post.example, Lirana" */
        metadata_set(arena, &metadata->house, line);
        return;
    }
    while (line.len && byline_next(&byline, &person))
        add_person(arena, metadata, person, byline.rest.len ? STR_NONE : url);
}

void metadata_add_organisation(struct arena *arena, struct page_metadata *metadata, struct str name)
{
    size_t before = metadata->authors.count;
    add_person(arena, metadata, name, STR_NONE);
    if (metadata->authors.count > before)
        metadata->authors.items[before].organisation = true;
}

struct article_image *metadata_add_image(struct arena *arena, struct page_metadata *metadata, struct str url)
{
    url = str_trim(url);
    if (str_find(url, STR("&amp;"), 0) >= 0) /* escaped twice */
        url = html_line(arena, url);
    if (url.len == 0 || metadata->images.count >= LIST_MAX)
        return NULL;
    for (size_t i = 0; i < metadata->images.count; i++)
        if (str_equal(metadata->images.items[i].url, url))
            return &metadata->images.items[i];
    struct article_image *image = article_list_add(arena, &metadata->images);
    if (image)
        *image = (struct article_image){.url = arena_str(arena, url), .width = -1, .height = -1};
    return image;
}

void metadata_add_keywords(struct arena *arena, struct page_metadata *metadata, struct str list)
{
    struct str part;
    while (list.ptr && str_split(&list, ',', &part)) {
        struct str line = str_trim(part).len ? html_line(arena, part) : STR_NONE;
        bool known = line.len == 0 || line.len > NAME_BYTES_MAX || metadata->keywords.count >= LIST_MAX;
        for (size_t i = 0; i < metadata->keywords.count && !known; i++)
            known = str_equal(metadata->keywords.items[i], line);
        struct str *slot = known ? NULL : article_list_add(arena, &metadata->keywords);
        if (slot)
            *slot = line;
    }
}

void metadata_add_date(struct arena *arena, struct page_metadata *metadata, const char *kind,
                       const char *origin, struct str text)
{
    struct article_date date = {.kind = kind, .origin = origin};
    if (text.len == 0 || metadata->dates.count >= LIST_MAX || moment_parse(arena, text, &date) < 0)
        return;
    for (size_t i = 0; i < metadata->dates.count; i++)
        if (metadata->dates.items[i].ms == date.ms && metadata->dates.items[i].kind == kind)
            return;
    struct article_date *slot = article_list_add(arena, &metadata->dates);
    if (slot)
        *slot = date;
}
